"""Dots: from an index, in a chain of relations, without a sign, and without an end."""

from pathlib import Path

import pytest

from tests.mathcheck.pages import bad, by_formula, check, held, said

PREAMBLE = r"""# Test

$n, c, N \in \mathbb{N}$, $j \in \{1, \dots, c\}$, $i \in \{1, \dots, N\}$,
$\pi \in \mathbb{R}^c$, $a \in \mathbb{R}_{>0}^c$, $x_1, \dots, x_n \in \mathbb{R}$,
$t \in \mathbb{R}$, $q \in (-1, 1)$, $b \in (0, 1)$, $p \in \Delta^{N-1}$,
$z \in \mathbb{R}^N$, $f(t) := t^2$, $h := -\sum_i p_i \log p_i$.

"""

RIGHT = r"""
\pi_j + \cdots + \pi_c = \sum_{k=j}^c \pi_k
\pi_j + \pi_{j+1} + \cdots + \pi_c = \sum_{k=j}^c \pi_k
\log\frac{a_j}{a_{j+1}} + \cdots + \log\frac{a_{c-1}}{a_c} = \log \frac{a_j}{a_c}
a_j a_{j+1} \cdots a_c = \prod_{k=j}^c a_k
h = \log N \quad \text{if } p_1 = p_2 = \cdots = p_N
h = \log N \quad \text{if } p_1 = p_2 = \cdots = p_N = \frac{1}{N}
p_1 = \dots = p_N \implies p_i = \frac{1}{N}
\sum_i z_i = N t \quad \text{if } z_1 = z_2 = \dots = z_N = t
z_1 \le z_2 \le \cdots \le z_N \implies z_1 \le z_N
z_1 \ge z_2 \ge \cdots \ge z_N \implies z_1 = \max_i z_i
p_1 \ge \frac{1}{N} \quad \text{if } p_1 \ge p_2 \ge \dots \ge p_N
-\sum_{i=1}^n f(x_i) = -f(x_1) - f(x_2) \cdots - f(x_n)
\frac{1}{1 - q} = 1 + q + q^2 + \dots
\log(1 + q) = q - \frac{q^2}{2} + \frac{q^3}{3} - \cdots
e^q = 1 + q + \frac{q^2}{2!} + \frac{q^3}{3!} + \cdots
\frac{1}{b} = 1 + (1 - b) + (1 - b)^2 + \dots
\sum_{k=1}^\infty b^{k-1} = \lim_{n \to \infty} \frac{1 - b^n}{1 - b} = \frac{1}{1 - b}
\lim_{n \to \infty} \sum_{k=1}^n b^{k-1} = \frac{1}{1 - b}
""".strip().splitlines()

WRONG = r"""
\pi_j + \cdots + \pi_c = \sum_{k=1}^c \pi_k
\log\frac{a_j}{a_{j+1}} + \cdots + \log\frac{a_{c-1}}{a_c} = \log \frac{a_c}{a_j}
a_j \cdots a_c = \prod_{k=1}^c a_k
h = 2 \log N \quad \text{if } p_1 = p_2 = \cdots = p_N = \frac{1}{N}
p_1 = p_2 = \cdots = p_N
z_1 \le z_2 \le \cdots \le z_N \implies z_1 \ge z_N
p_2 \ge \frac{1}{N} \quad \text{if } p_1 \ge p_2 \ge \dots \ge p_N
\sum_{i=1}^n f(x_i) = -f(x_1) - f(x_2) \cdots - f(x_n)
\frac{1}{1 + q} = 1 + q + q^2 + \dots
\log(1 + q) = q + \frac{q^2}{2} + \frac{q^3}{3} + \cdots
\sum_{k=1}^\infty b^{k-1} = \lim_{n \to \infty} \frac{1 - b^n}{1 - b} = \frac{2}{1 - b}
""".strip().splitlines()


def test_dots_that_go_on_as_they_began_are_read(tmp_path: Path) -> None:
    results = by_formula(tmp_path, RIGHT, PREAMBLE)
    for formula, found in zip(RIGHT, results, strict=True):
        assert held(found), (formula, said(found))


def test_what_is_wrong_of_a_row_with_dots_is_refuted(tmp_path: Path) -> None:
    results = by_formula(tmp_path, WRONG, PREAMBLE)
    for formula, found in zip(WRONG, results, strict=True):
        assert [f.status for f in found] == ["refuted"], (formula, said(found))


@pytest.mark.parametrize(
    "formula",
    [
        r"1 + q^2 + q^3 + \cdots = t",
        r"1 + q + \cdots = t",
        r"t = z_1 = \dots = q",
        r"t + \dots + q = 1",
    ],
)
def test_dots_of_which_it_is_not_clear_how_they_go_on_are_refused(
    tmp_path: Path, formula: str
) -> None:
    (found,) = bad(check(tmp_path, f"${formula}$", PREAMBLE))
    assert "what the dots stand for cannot be read" in found.detail
