"""Strict conclusions at ties: where the sides meet, and the premise holds as well."""

from pathlib import Path

import pytest

from tests.mathcheck.pages import check, held, said

GIVEN = r"""Let $x, y, a, b \in \mathbb{R}$, $p, q \in (0, 1)$,
$r \in \mathbb{R}_{\ge 0}$, $z \in \mathbb{R}^K$ and $j, k \in \{1, \dots, K\}$.

"""


@pytest.mark.parametrize(
    "formula",
    [
        r"\max(x, y) = x \implies x > y",
        r"\max(x, y) = x \implies x \ne y",
        r"\max(x, y) = x \iff x > y",
        r"|x - y| = x - y \implies x > y",
        r"\min(p, q) = q \implies p > q",
        r"|a| = a \implies a > 0",
        r"\sqrt{a^2} = a \implies a > 0",
        r"[1 - x]_+ = 0 \implies x > 1",
        r"\max(x, y, a) = x \implies x > y",
        r"x = |y| \implies x > y",
        r"\begin{cases} x & x \ge y \\ y & x < y \end{cases} = x \implies x > y",
        r"\max(x, y) = x \text{ and } a > 0 \implies a x > a y",
        r"\max(p, \tfrac12) = p \implies p > \frac12",
        r"z_1 = \max_j z_j \implies z_1 > \frac1K \sum_{k=1}^K z_k",
        r"r = |r| \implies r > 0",
        r"x^2 + y^2 = 1 \implies x < 1",
    ],
)
def test_a_strict_conclusion_that_fails_at_a_tie_is_refuted(
    tmp_path: Path, formula: str
) -> None:
    found = check(tmp_path, f"$${formula}$$\n", GIVEN)
    assert [f.status for f in found] == ["refuted"], said(found)


@pytest.mark.parametrize(
    "formula",
    [
        r"\max(x, y) = x \implies x \ge y",
        r"\max(x, y) = x, x \ne y \implies x > y",
        r"\max(x, y) > y \implies x > y",
        r"|a| = a \implies e^a > \frac12",
        r"|p| = p \implies p > 0",
        r"p = \min(p, q) \implies p < q + \frac1{10}",
        r"\max(x, y) = x \text{ and } y > 0 \implies x > 0",
        r"x = \max(y, a) + 1 \implies x > y",
        r"x = \log(1 + e^y) \implies x > y",
        r"x = \frac{e^y}{1 + e^y} \implies x < 1",
        r"x y = 1 \implies x \ne 0",
        r"x^2 + y^2 = 1 \implies x < \frac{11}{10}",
    ],
)
def test_a_strict_conclusion_without_a_tie_holds(tmp_path: Path, formula: str) -> None:
    found = check(tmp_path, f"$${formula}$$\n", GIVEN)
    assert held(found), said(found)


def test_a_tie_in_what_a_sentence_supposes_refutes_its_claim(tmp_path: Path) -> None:
    found = check(tmp_path, r"If $\max(x, y) = x$, then $x > y$.", GIVEN)
    assert [f.status for f in found] == ["holds", "refuted"], said(found)
