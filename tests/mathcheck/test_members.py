"""Conditions on all members: points are moved to where all of them are equal."""

from pathlib import Path

from tests.mathcheck.pages import by_formula, held, said

PREAMBLE = r"""# Test

$K \in \mathbb{N}$, $i, j \in \{1, \dots, K\}$, $E, z \in \mathbb{R}^K$,
$c \in \mathbb{R}_{>0}$, $x \in \mathbb{R}$, $p \in \Delta^{K-1}$,
$r \in \mathbb{R}_{>0}^K$, $\alpha_i \in \mathbb{R}_{>0}$,
$F := -\log \sum_i e^{-E_i}$, $h := -\sum_i p_i \log p_i$.

"""

RIGHT = r"""
F = E_1 - \log K \quad \text{if } E = E_1 \mathbf{1}
F = x - \log K \quad \text{if } E = x \mathbf{1}
F = c - \log K \quad \text{if } E_i = c \text{ for all } i
h = \log K \quad \text{if } p_i = c \text{ for all } i
h = -\log c \quad \text{if } p_i = c \text{ for all } i
h = \log K \quad \text{if } p_i = \frac{1}{K} \text{ for all } i
h = \log K \quad \text{if } p_i = p_j \text{ for all } i, j
h = \log K \quad \text{if } p = p_1 \mathbf{1}
h = \log K \quad \text{if all } p_i = 1/K
h = \log K \quad \text{if all } p_i \text{ are equal}
\sum_i \alpha_i = K \quad \text{if } \alpha = \mathbf{1}
\sum_i \alpha_i = K c \quad \text{if } \alpha_i = c \text{ for all } i
\sum_i \alpha_i = K \alpha_1 \quad \text{if all } \alpha_i \text{ are the same}
\alpha_1 = 2 \implies \alpha_1^2 = 4
\sum_i \alpha_i = 1 \implies \alpha_i \le 1
""".strip().splitlines()

WRONG = r"""
F = E_1 \quad \text{if } E = E_1 \mathbf{1}
h = 0 \quad \text{if } p_i = c \text{ for all } i
h = (K - 1) \log 2 \quad \text{if } p_i = \frac{1}{K} \text{ for all } i
h = 0 \quad \text{if all } p_i \text{ are equal}
\sum_i r_i = x \quad \text{if all } r_i = x
\sum_i \alpha_i = 2 K \quad \text{if } \alpha = \mathbf{1}
\sum_i \alpha_i = 1 \implies \alpha_i \le \frac{1}{2}
""".strip().splitlines()


def test_what_holds_where_all_members_are_equal_is_right(tmp_path: Path) -> None:
    results = by_formula(tmp_path, RIGHT, PREAMBLE)
    for formula, found in zip(RIGHT, results, strict=True):
        assert held(found), (formula, said(found))


def test_what_fails_where_all_members_are_equal_is_refuted(tmp_path: Path) -> None:
    results = by_formula(tmp_path, WRONG, PREAMBLE)
    for formula, found in zip(WRONG, results, strict=True):
        assert [f.status for f in found] == ["refuted"], (formula, said(found))
