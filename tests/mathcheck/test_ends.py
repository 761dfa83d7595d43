"""Where a statement is tried: ends of sets, true roots, what is given behind a bar."""

from pathlib import Path

from tests.mathcheck.pages import by_formula, held, said

PREAMBLE = r"""# Test

$n, m, K \in \mathbb{N}$, $\beta, c, d \in [0, 1]$, $a \in (0, 1)$,
$r \in \mathbb{R}_{\ge 0}$, $s, \lambda \in \mathbb{R}_{>0}$,
$x, y, \mu \in \mathbb{R}$,
$k, l \in \{1, \dots, K\}$, $i \in \{1, \dots, m\}$, $g \in \mathbb{R}^{m \times K}$,
$\sigma(x) := \frac{1}{1 + e^{-x}}$,
$q(k \mid i) := \frac{e^{g_{ik}}}{\sum_l e^{g_{il}}}$.

"""

RIGHT = [
    r"\lim_{n \to \infty} a^n = 0",
    r"\lim_{n \to \infty} \beta^n = 0 \quad \text{if } \beta < 1",
    r"\lim_{n \to \infty} (a \beta)^n = 0",
    r"\lim_{n \to \infty} \frac{1 - a^n}{1 - a} = \frac{1}{1 - a}",
    r"\lim_{n \to \infty} e^{-s n} = 0",
    r"\sigma((x - \mu) / s) = \tfrac12 \implies x = \mu",
    r"e^{x / s} = 1 \implies x = 0",
    r"\tanh(x / s) = 0 \implies x \ge 0",
    r"\lambda x = \lambda y \implies x = y",
    r"1 - e^{-x^2 / s} = 0 \implies x = 0",
    r"e^{-s} x = 0 \implies x = 0",
    r"q(k \mid i) \propto e^{g_{ik}}",
    r"q(k \mid i) \propto i e^{g_{ik}}",
]

WRONG = [
    r"\lim_{n \to \infty} \beta^n = 0",
    r"\lim_{n \to \infty} (1 - \beta)^n = 0",
    r"\lim_{n \to \infty} (\beta (1 - c) d)^n = 0",
    r"\lim_{n \to \infty} e^{-r n} = 0",
    r"\sigma((x - \mu) / s) = \tfrac12 \implies x = 2 \mu",
    r"x^2 = y^2 \implies x = y",
    r"e^{-s} x = 0 \implies x > 0",
    r"\sigma(x / s) = a \implies x = \log \frac{a}{1 - a}",
    r"q(k \mid i) \propto k e^{g_{ik}}",
    r"q(k \mid i) \propto e^{-g_{ik}}",
]


def test_what_holds_at_the_ends_of_sets_and_at_true_roots_is_right(
    tmp_path: Path,
) -> None:
    results = by_formula(tmp_path, RIGHT, PREAMBLE)
    for formula, found in zip(RIGHT, results, strict=True):
        assert held(found), (formula, said(found))


def test_what_fails_at_an_end_of_a_set_or_at_a_true_root_is_refuted(
    tmp_path: Path,
) -> None:
    results = by_formula(tmp_path, WRONG, PREAMBLE)
    for formula, found in zip(WRONG, results, strict=True):
        assert [f.status for f in found] == ["refuted"], (formula, said(found))


SUMS = r"""# Test

$K \in \mathbb{N}$, $k, j \in \{1, \dots, K\}$, $a, d \in \mathbb{R}$,
$z \in \mathbb{R}^K$, $b := a + e^d$, $g := 1 + e^{-d^2}$,
$c_k := a + \sum_{j=1}^{k} e^{z_j}$.

"""


def test_more_digits_show_a_term_that_a_definition_adds(tmp_path: Path) -> None:
    right = [r"b > a", r"b \ne a", r"g > 1", r"c_k > c_{k-1} \quad \text{for } k > 1"]
    for formula, found in zip(right, by_formula(tmp_path, right, SUMS), strict=True):
        assert held(found), (formula, said(found))
    wrong = [r"b > a + 1", r"b \le a", r"g \ne 2", r"c_k \le a"]
    for formula, found in zip(wrong, by_formula(tmp_path, wrong, SUMS), strict=True):
        assert [f.status for f in found] == ["refuted"], (formula, said(found))
