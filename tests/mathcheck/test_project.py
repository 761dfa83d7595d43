"""What was found is kept: a page that has not changed is not checked again."""

import time

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


def test_edited_page_is_checked_again_within_half_a_second(tmp_path):
    """The rest of it is remembered; measured against the first check, as a ratio."""
    page = tmp_path / "gradient.md"
    text = (ROOT / "docs" / "gradient.md").read_text("utf-8")
    page.write_text(text, "utf-8")
    inherited = check_file(ROOT / "docs" / "notation.md", "n", everywhere=True).scope
    start = time.perf_counter()
    check_file(page, "g", inherited)
    first = time.perf_counter() - start
    page.write_text(text.replace("= -\\log p_c = A(z) - z_c", "= A(z) - z_c"), "utf-8")
    start = time.perf_counter()
    check_file(page, "g", inherited)
    again = time.perf_counter() - start
    assert again < 0.5 or again < first / 2


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


def test_in_a_projects_own_folder_no_page_is_passed_over(tmp_path):
    """MkDocs builds them too, whatever their folders are called."""
    (tmp_path / "pyproject.toml").write_text('[tool.mathcheck]\npaths = ["docs"]\n')
    names = ("site/a.md", "node_modules/b.mkd", "c.mdown", "site/site/d.markdown")
    for name in names:
        page = tmp_path / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("$1 = 2$", "utf-8")
    (tmp_path / "docs" / ".drafts").mkdir()
    (tmp_path / "docs" / ".drafts" / "e.md").write_text("$1 = 2$", "utf-8")
    found = project.files_in(tmp_path / "docs")
    assert {path.name for path in found} == {"a.md", "b.mkd", "c.mdown", "d.markdown"}
