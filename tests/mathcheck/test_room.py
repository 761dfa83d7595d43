"""What one formula may take is bounded: it is refused before it is made or computed."""

import re
import sys
from collections import Counter

import numpy as np
import pytest

from mathcheck.evaluate import room
from mathcheck.evaluate.dual import Dual
from mathcheck.evaluate.room import NUMBERS, PRODUCTS
from mathcheck.read.problems import RefusedError
from mathcheck.source import delimiters
from mathcheck.source.blocks import left_over
from mathcheck.source.cautious import read_cautiously
from mathcheck.source.delimiters import FORMULA, formulas
from tests.mathcheck.pages import check, held, said

# Each would make an array of gigabytes, or compute for minutes
TOO_LARGE = [
    r"\mathbf{1}_{10000} \mathbf{1}_{10000}^\top = v v^\top",
    r"\mathbf{1}_{10^9}^\top \mathbf{1}_{10^9} = 10^9",
    r"I_{10000} = I_{10000}",
    r"I_{3000} I_{3000} = I_{3000}",
    r"S \otimes I_{1000} \otimes I_{1000} = S \otimes I_{1000000}",
    r"g \in \mathbb{R}^{5000}, \quad g g^\top = g g^\top",
    r"g \in \mathbb{R}^{5000}, \quad \operatorname{diag}(g) = \operatorname{diag}(g)",
    r"g \in \mathbb{R}^{9999}, \quad \nabla_g (g^\top g) = 2 g",
    r"g \in \mathbb{R}^{90 \times 90},\ \nabla_g \operatorname{tr}(g^\top g) = 2 g",
    r"G \in \mathbb{R}^{90 \times 90}, \quad \sum_{r=1}^{2000} r G = 2001000 G",
    r"g \in \mathbb{R}^{9999}, \ \sum_{r=1}^{2000} g_r \mathbf{1}_{9999}^\top g = 1",
    r"\sum_{r=1}^{2000} \sum_{s=1}^{1000} r s = 1",
    r"g \in \mathbb{R}^{10^5 \times 10^5}, \quad g = g",
]


@pytest.mark.parametrize("latex", TOO_LARGE)
def test_what_would_be_too_large_is_refused_with_a_repair(tmp_path, latex):
    found = check(tmp_path, f"$${latex}$$")
    refused = [f.detail for f in found if f.status == "refused"]
    assert len(refused) == 1, said(found)
    assert re.search("too large; write|too many|at most|too much", refused[0])


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathbf{1}_{1000}^\top \mathbf{1}_{1000} = 1000",
        r"I_{100} I_{100} = I_{100}",
        r"g \in \mathbb{R}^{64 \times 64}, \quad g (g g) = (g g) g",
        r"\sum_{r=1}^{2000} r = 2001000",
        r"\nabla_z^2 A(z) = \operatorname{diag}(p) - p p^\top",
    ],
)
def test_what_is_large_and_fits_is_tried(tmp_path, latex):
    assert held(check(tmp_path, f"$${latex}$$"))


def test_one_formula_has_a_bound_on_all_that_it_computes(tmp_path, monkeypatch):
    sums = [rf"$$\sum_{{r=1}}^{{{n}}} r = {n * (n + 1) // 2}$$" for n in range(70, 90)]
    monkeypatch.setattr(room, "WORK", room.STEP)
    found = check(tmp_path, sums.pop())
    assert "takes too many steps" in found[0].detail, said(found)
    monkeypatch.setattr(room, "WORK", 2 * len(sums) * room.STEP)  # enough for each
    assert held(check(tmp_path, "\n\n".join(sums)))


def test_a_result_is_measured_by_what_it_broadcasts_to():
    column, row = np.ones((2000, 1)), np.ones((1, 2000))
    with pytest.raises(RefusedError, match="too large"):
        room.together(column, row)
    room.together(column, np.ones((2000, 1)))
    change = Dual(1, np.ones((1, 1)), column)  # which only its change makes large
    with pytest.raises(RefusedError, match="too large"):
        room.together(change, row)


def test_a_product_of_matrices_is_measured_by_its_sums_too():
    side = int((2 * PRODUCTS) ** (1 / 3))
    square = np.ones((side, side))
    assert square.size < NUMBERS
    with pytest.raises(RefusedError, match="too many steps"):
        room.product(square, square)
    room.product(square[: side // 4], square)


# --- pages ------------------------------------------------------------------------

OPENINGS = [r"\begin{a} ", r"\[ ", r"\( ", "$$ $ ", "<!-- math: refuted -->\n", "$x = "]


def steps(work, *arguments):
    """Count the lines of Python that some work takes."""
    count = Counter()

    def trace(frame, event, argument):
        count[event] += 1
        return trace

    sys.settrace(trace)
    try:
        work(*arguments)
    finally:
        sys.settrace(None)
    return count["line"]


@pytest.mark.parametrize("opening", OPENINGS)
def test_reading_a_page_grows_with_it_and_not_with_its_square(opening):
    short, long = (steps(read_cautiously, opening * n) for n in (100, 400))
    assert long < 6 * short + 1000


@pytest.mark.parametrize(
    ("opening", "closing"),
    [(r"\begin{a}", r"\end{a}"), (r"\[", r"\]"), (r"\(", r"\)")],
)
def test_no_formula_is_looked_for_behind_the_last_that_could_close_it(
    monkeypatch, opening, closing
):
    tried = []

    class Counting:
        def match(self, text, at):
            tried.append(at)
            return FORMULA.match(text, at)

    monkeypatch.setattr(delimiters, "FORMULA", Counting())
    text = f"{opening} x {closing} and then {f'{opening} y ' * 9}"
    assert [found.span() for found in formulas(text)] == [(0, text.index(" and"))]
    assert tried == [0]


def test_formulas_are_those_of_the_regular_expression():
    pieces = r"$ $$ \$ \[ \] \( \) \begin{a} \end{a} \begin{b*} \end{b*} x \\".split()
    rng = np.random.default_rng(0)
    for _ in range(3000):
        text = "".join(rng.choice([*pieces, " ", "\n"], size=rng.integers(1, 14)))
        expected = [match.span() for match in FORMULA.finditer(text)]
        assert [match.span() for match in formulas(text)] == expected, text


def test_what_was_meant_is_found_once_and_what_follows_too():
    left = list(left_over(r"\( a = 1, and $ b = 2 $, and \begin{a} c"))
    assert [at for at, _ in left] == [0]
    left = list(left_over(r"$ b = 2 $, \( a = 1 \), and \begin{a} c"))
    assert [text for _, text in left] == ["$ b = 2 $", r"\( a = 1 ", r"\begin{a} c"]
