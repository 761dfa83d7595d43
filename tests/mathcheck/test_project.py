"""What was found is kept: a page that has not changed is not checked again."""

from mathcheck.command import cache, project
from mathcheck.page import element
from mathcheck.page.check import check_file
from tests.markdown import ROOT


def test_page_that_has_not_changed_is_not_checked_again(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[tool.mathcheck]\npaths = ["docs"]\n')
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "page.md"
    page.write_text("$x \\in \\mathbb{R}$ and $x = x$", "utf-8")
    first = project.check_page(page)
    with monkeypatch.context() as patch:
        patch.setattr(project, "check_file", None)
        again = project.check_page(page)
        assert again.findings == first.findings
        assert again.formulas == first.formulas
    page.write_text("$x \\in \\mathbb{R}$ and $x = 2 x$", "utf-8")
    assert {f.status for f in project.check_page(page).findings} == {"holds", "refuted"}


def test_half_written_cache_is_checked_again(tmp_path):
    kept = cache.Cache(tmp_path)
    (tmp_path / "key.json").write_text('{"findings": [')
    assert kept.read("key") is None


def test_of_an_edited_page_only_what_changed_is_tried_again(tmp_path):
    page = tmp_path / "gradient.md"
    text = (ROOT / "docs" / "gradient.md").read_text("utf-8")
    inherited = check_file(ROOT / "docs" / "notation.md", "n", everywhere=True).scope

    def tried(text):
        page.write_text(text, "utf-8")
        before = set(element.MEMORY)
        check_file(page, "g", inherited)
        return len(element.MEMORY.keys() - before)

    element.MEMORY.clear()
    edited = text.replace("L = -\\log p_c = A(z) - z_c", "L = A(z) - z_c", 1)
    assert edited != text
    assert tried(text) > 50
    assert tried(text) == 0
    assert tried(edited) == 1


def test_next_run_remembers_formulas_and_says_the_same_of_them(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[tool.mathcheck]\npaths = ["docs"]\n')
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "page.md"
    page.write_text("$x \\in \\mathbb{R}$\n\n$x = x$ and $x = 2 x$", "utf-8")
    element.MEMORY.clear()
    first = project.check_paths([page])[0].findings
    element.MEMORY.clear()  # as in a new process
    page.write_text("A line.\n\n" + page.read_text("utf-8"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(element, "examine", None)
        again = project.check_paths([page])[0].findings
    assert [f.line for f in again] == [f.line + 2 for f in first]
    assert [(f.status, f.detail, f.latex) for f in again] == [
        (f.status, f.detail, f.latex) for f in first
    ]
