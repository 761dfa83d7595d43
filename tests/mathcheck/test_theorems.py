"""Results of a page: their seals, and the changes that the run refutes."""

import re

import pytest

from mathcheck.command import project
from mathcheck.page.check import check_file
from mathcheck.page.theorems import KINDS
from tests.markdown import DOCS, ROOT
from typeset.marks import with_marks

# Each has its code beside it
CHAPTERS = [path.stem for path in sorted((ROOT / "snippets").glob("[a-z]*.py"))]
DECLARED = "$x, r \\in \\mathbb{R}$\n\n"


@pytest.fixture
def check(tmp_path):
    """Check a page of one formula that has a comment before it."""

    def check(formula, comment):
        page = tmp_path / "page.md"
        text = f"{DECLARED}<!-- math: {comment} -->\n$$\n{formula}\n$$\n"
        page.write_text(text, "utf-8")
        return check_file(page, "page.md")[0]

    return check


def faults(page):
    bad = [f for f in page.findings if f.status in ("refuted", "refused")]
    return [(f.line, f.status) for f in bad]


def marked(page, formula):
    html = f'<div class="arithmatex">\\[\n{formula}\n\\]</div>'
    return with_marks(html, page)[0]


def test_a_result_that_holds_has_a_seal_that_says_where_it_was_tried(check):
    page = check("x + r = r + x", "theorem")
    assert faults(page) == []
    html = marked(page, "x + r = r + x")
    seal = r'<button class="holds seal"[^>]*>checked at \d+ points</button>'
    assert re.search(seal, html)
    assert "aria-hidden" not in html
    assert "<template" not in html


def test_no_seal_without_a_checked_formula(check):
    for formula, place in {
        "x + r = r - x": (5, "refuted"),
        "x \\in \\mathbb{R}": (3, "refused"),
        "x + q = q + x": None,  # q is not declared
    }.items():
        page = check(formula, "theorem")
        assert "seal" not in marked(page, formula)
        if place:
            assert faults(page) == [place]
        else:
            assert any(f.status == "undefined" for f in page.findings)


def test_a_formula_to_be_broken_must_have_a_change_that_is_refuted(check):
    page = check("x = x", "break")
    assert faults(page) == [(3, "refused")]
    assert "no change" in page.findings[-1].detail


def test_an_unknown_comment_is_refused_as_before(check):
    assert faults(check("x = x", "theorem, brake")) == [(5, "refused")]


def test_each_change_is_refuted_and_what_holds_by_luck_is_left_out(check, tmp_path):
    formula = r"\lvert x - r \rvert \le \lvert x \rvert + \lvert r \rvert"
    page = check(formula, "break")
    (changes,) = page.breaks.values()
    assert changes
    # |x + r| is no larger either
    assert not any("x +  r" in change.latex for change in changes)
    for change in changes:
        assert (
            change.latex[: change.at] + change.old
            == ("\n" + formula)[: change.at + len(change.old)]
        )
        alone = tmp_path / "alone.md"
        alone.write_text(f"{DECLARED}$${change.latex}$$\n", "utf-8")
        found = [f for f in check_file(alone, "a")[0].findings if f.status == "refuted"]
        assert change.detail in {f.detail for f in found}


def test_changes_are_written_behind_the_formula_and_marked(check):
    page = check("x - r = -(r - x)", "theorem, break")
    html = marked(page, "x - r = -(r - x)")
    template = html.partition('<template class="breaks"')[2]
    assert "\\mmlToken{mo}[class='changed']{+}" in template.replace("&#x27;", "'")
    assert "One sign changed, − to +. This run refuted it:" in template
    assert re.search("<li>difference = −?[0-9.]+</li>", template)


def test_results_and_their_changes_are_kept(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[tool.mathcheck]\npaths = ["docs"]\n')
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "docs" / "page.md"
    text = DECLARED + "<!-- math: theorem, break -->\n$$\nx - r = -(r - x)\n$$\n"
    file.write_text(text, "utf-8")
    first = project.check_page(file)
    monkeypatch.setattr(project, "check_file", None)
    again = project.check_page(file)
    assert first.breaks
    assert (again.theorems, again.breaks) == (first.theorems, first.breaks)


def test_all_chapters_are_found():
    assert len(CHAPTERS) >= 17


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_has_its_central_results_sealed(chapter):
    page = project.check_page(DOCS / f"{chapter}.md")
    assert len(page.theorems) >= 2, (
        f"docs/{chapter}.md: too few main results ({len(page.theorems)}): write "
        "<!-- math: theorem --> on the line before two formulas or more"
    )
    for offset in page.theorems:
        held = [f for f in page.findings if f.offset == offset]
        assert any(f.status == "holds" and f.points for f in held)


@pytest.mark.parametrize("chapter", ["softmax", "gradient", "likelihood"])
def test_the_main_formulas_can_be_broken_at_a_sign_and_an_index(chapter):
    page = project.check_page(DOCS / f"{chapter}.md")
    changes = [change for found in page.breaks.values() for change in found]
    assert len(page.breaks) >= 2
    assert {"sign", "index"} <= {change.kind for change in changes} <= set(KINDS)
