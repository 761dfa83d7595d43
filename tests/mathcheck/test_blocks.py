"""Matrices and vectors that are written out in blocks."""

from pathlib import Path

import pytest

from mathcheck.source.blocks import without_remarks
from tests.mathcheck.pages import check

GIVEN = r"""Let $W \in \mathbb{R}^{m \times d}$, $b \in \mathbb{R}^m$,
$x \in \mathbb{R}^d$, $A, B \in \mathbb{R}^{n \times n}$,
$u, v \in \mathbb{R}^n$ and $c \in \mathbb{R}$.

"""
AFFINE = r"\begin{pmatrix} W & b \end{pmatrix} \begin{pmatrix} x \\ 1 \end{pmatrix}"
DIAGONAL = r"\begin{pmatrix} A & 0 \\ 0 & B \end{pmatrix}"
BORDERED = r"\begin{pmatrix} A & u \\ v^\top & c \end{pmatrix}"
STACKED = r"\begin{pmatrix} u \\ v \end{pmatrix}"


@pytest.mark.parametrize(
    ("formula", "status"),
    [
        (rf"{AFFINE} = W x + b", "holds"),
        (rf"{AFFINE} = W x - b", "refuted"),
        (rf"{DIAGONAL} {STACKED} = \begin{{pmatrix}} A u \\ B v \end{{pmatrix}}",
         "holds"),
        (rf"{DIAGONAL} {STACKED} = \begin{{pmatrix}} B u \\ A v \end{{pmatrix}}",
         "refuted"),
        (rf"\operatorname{{tr}} {BORDERED} = \operatorname{{tr}}(A) + c", "holds"),
        (rf"\lVert {STACKED} \rVert^2 = \lVert u \rVert^2 + \lVert v \rVert^2",
         "holds"),
        (rf"\lVert {STACKED} \rVert = \lVert u \rVert + \lVert v \rVert", "refuted"),
        (r"\nabla_x \left\lVert \begin{pmatrix} x \\ 1 \end{pmatrix} \right\rVert^2 "
         "= 2 x", "holds"),
        (r"\begin{pmatrix} A & u \\ v & c \end{pmatrix} = A", "refused"),
    ],
)  # fmt: skip
def test_blocks_are_put_together(tmp_path: Path, formula: str, status: str) -> None:
    found = check(tmp_path, f"$${formula}$$\n", GIVEN)
    assert [f.status for f in found] == [status], found[0].detail


@pytest.mark.parametrize(
    ("markdown", "rendered"),
    [
        ("<!-- math: refuted -->\n$1 = 2$", "\n$1 = 2$"),
        ("<!--math: refuted-->\n$1 = 2$", "\n$1 = 2$"),
        ("<!-- math: unchecked: of two\nlines --> $x$", " $x$"),
        ("2 <!-- = 1 + 1 --> and `<!-- = 1 + 1 -->`", "2  and `<!-- = 1 + 1 -->`"),
        (
            "Write `<!-- math: refuted -->` above.",
            "Write `<!-- math: refuted -->` above.",
        ),
        ("```\n<!-- math: refuted -->\n```\n", "```\n<!-- math: refuted -->\n```\n"),
        (
            "!!! note\n\n    <!-- math: refuted -->\n    $1 = 2$",
            "!!! note\n\n    \n    $1 = 2$",
        ),
        ("<!-- for authors -->", "<!-- for authors -->"),
    ],
)
def test_a_comment_to_the_checker_is_shown_in_code_and_nowhere_else(markdown, rendered):
    assert without_remarks(markdown) == rendered
