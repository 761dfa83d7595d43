"""The checker is measured: formulas that hold, changed in one place."""

from mathcheck.page.check import check_file
from mathcheck.page.mutants import Tally, changes
from mathcheck.read.formula import Formula
from mathcheck.source.blocks import Element
from mathcheck.source.lines import Lines
from tests.markdown import ROOT
from tests.mathcheck.pages import PREAMBLE


def test_changes_are_of_one_place():
    latex = r"a \le \sum_{k=1}^{K} b"
    formula = Formula(Element(latex, 0, display=True), Lines(latex))
    made = [changed.latex for changed in changes(formula, 12)]
    assert r"a \ge  \sum_{k=1}^{K} b" in made
    assert r"a \le \sum_{k=2 }^{K} b" in made
    assert r"a \le \sum_{k=1}^{{K-1} } b" in made
    assert all(made.count(latex) == 1 for latex in made)


def test_a_changed_formula_passes_only_if_it_is_true(tmp_path):
    page = tmp_path / "page.md"
    shift = r"\operatorname{softmax}(z + x \mathbf{1}) = \operatorname{softmax}(z)"
    page.write_text(f"$$\n{shift}\n$$\n", "utf-8")
    (tmp_path / "notation.md").write_text(PREAMBLE, "utf-8")
    _, scope = check_file(tmp_path / "notation.md", "n", everywhere=True)
    tally = Tally(each=12)
    check_file(page, "page.md", scope, tally=tally)
    assert tally.tried > 3
    assert tally.passed == [shift.replace("+", "-")]


def test_nearly_all_changed_formulas_of_a_page_are_rejected():
    _, notation = check_file(ROOT / "docs" / "notation.md", "n", everywhere=True)
    tally = Tally(each=12)
    check_file(ROOT / "docs" / "softmax.md", "softmax.md", notation, tally=tally)
    assert tally.tried > 200
    assert len(tally.passed) <= tally.tried / 100
