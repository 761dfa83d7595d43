"""Formulas that hold, changed in one place: which changes, and what becomes of them."""

import pytest

from mathcheck.page.check import check_file
from mathcheck.page.mutants import Tally, slips
from mathcheck.read.formula import Formula
from mathcheck.source.blocks import Element
from mathcheck.source.lines import Lines
from tests.mathcheck.pages import PREAMBLE

# A formula, and one of its changes by the name of the slip
SLIPS = [
    ("relation", r"a \le b", r"a \ge b"),
    ("sign", r"a + b", r"a - b"),
    ("index", r"a_k + b_j", r"a_{b} + b_j"),
    ("letter", r"a_k + b", r"{k} _k + b"),
    ("number", r"\sum_{k=1}^{K} b", r"\sum_{k=2 }^{K} b"),
    ("limit", r"\sum_{k=1}^{K} b", r"\sum_{k=1}^{{K-1} } b"),
    ("a factor left out", r"2 (b + c)^2 d", r"2 (b + c)^2"),
    ("a factor left out", r"2 \cdot x_k = y", "x_k = y"),
    ("1/N left out", r"\frac{1}{N} \sum_{n=1}^{N} a_n", r"\sum_{n=1}^{N} a_n"),
    ("a sum left out", r"-\sum_{k=1}^{K} y_k", "- y_k"),
    ("a function left out", r"y \log p", "y p"),
    ("a square left out", r"(a - b)^2", "(a - b)"),
    ("a transpose left out", r"w^\top x", "w x"),
    ("the sign of an exponent", "e^{x}", "e^{ -(x) }"),
    ("the sign of an exponent", "2^{-n}", "2^{ n}"),
    ("a fraction upside down", r"\frac{a}{b}", r"\frac {b}{a}"),
    (
        "arguments in the other order",
        r"\operatorname{KL}(q \,\|\, p)",
        r"\operatorname{KL}( p \| q )",
    ),
    (
        "a bracket that closes too early",
        r"\left( a - b + c \right) d",
        "( a - b ) + c d",
    ),
    ("strict for not strict", r"a \le b", r"a < b"),
]
# What no slip of this name may do: it would be another formula, or none
KEPT = [
    ("a factor left out", "f(x) = x"),
    ("a fraction upside down", r"\frac{\partial L}{\partial z_k}"),
    ("a fraction upside down", r"\frac{a}{a}"),
    ("strict for not strict", "a < b"),
    ("arguments in the other order", "f(a, a) + (b, c)"),
]


def changed(latex):
    formula = Formula(Element(latex, 0, display=True), Lines(latex))
    return [(slip.family, " ".join(slip.latex.split())) for slip in slips(formula)]


@pytest.mark.parametrize(("family", "latex", "slip"), SLIPS)
def test_a_careless_author_may_write_this(family, latex, slip):
    made = changed(latex)
    assert (family, " ".join(slip.split())) in made
    assert len({text for _, text in made}) == len(made)


@pytest.mark.parametrize(("family", "latex"), KEPT)
def test_what_would_be_no_slip_is_left_alone(family, latex):
    assert family not in dict(changed(latex))


def tally_of(tmp_path, formula):
    page = tmp_path / "page.md"
    page.write_text(f"$$\n{formula}\n$$\n", "utf-8")
    (tmp_path / "notation.md").write_text(PREAMBLE, "utf-8")
    _, scope = check_file(tmp_path / "notation.md", "n", everywhere=True)
    tally = Tally(lambda made: made)
    check_file(page, "page.md", scope, witness=tally)
    return tally


def test_a_changed_formula_passes_only_if_it_is_true(tmp_path):
    shift = r"\operatorname{softmax}(z + x \mathbf{1}) = \operatorname{softmax}(z)"
    tally = tally_of(tmp_path, shift)
    assert len(tally.tried) > 6
    passed = {" ".join(t.slip.latex.split()) for t in tally.tried if not t.status}
    true = {
        shift.replace(*pair) for pair in (("+", "-"), (" x ", " "), (r"\mathbf{1}", ""))
    }
    assert {" ".join(latex.split()) for latex in passed} == true


def test_what_a_changed_definition_may_spoil_further_down_is_said(tmp_path):
    tally = tally_of(tmp_path, "r := x + 1")
    assert all(trial.tells for trial in tally.tried if trial.status is None)
    assert not tally_of(tmp_path, "x = 1").tried
