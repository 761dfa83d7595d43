"""What was found is kept: a page that has not changed is not checked again."""

import sys

import numpy as np
import pytest

from mathcheck.command import project
from mathcheck.page import element
from mathcheck.page.check import check_file
from tests.markdown import ROOT


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Return where a page of a project is to stand, whose folder we are in."""
    element.MEMORY.clear()
    (tmp_path / "pyproject.toml").write_text('[tool.mathcheck]\npaths = ["docs"]\n')
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "docs" / "page.md"


def test_page_that_has_not_changed_is_not_checked_again(page, monkeypatch):
    page.write_text("$x \\in \\mathbb{R}$ and $x = x$", "utf-8")
    first = project.check_page(page)
    with monkeypatch.context() as patch:
        patch.setattr(project, "check_file", None)
        assert project.check_page(page) == first
        assert first.order
    page.write_text("$x \\in \\mathbb{R}$ and $x = 2 x$", "utf-8")
    assert {f.status for f in project.check_page(page).findings} == {"holds", "refuted"}


def test_a_page_is_known_however_its_path_is_written(page, tmp_path, monkeypatch):
    settings = '[tool.mathcheck]\npaths = ["docs"]\nnotation = "docs/notation.md"\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    notation = page.with_name("notation.md")
    notation.write_text("Let $x \\in \\mathbb{R}$ be a number.", "utf-8")
    page.write_text("$x = x$ and $x = 2 x$", "utf-8")
    for file in (notation, page):
        relative = file.relative_to(tmp_path)
        element.MEMORY.clear()
        first = project.check_page(file)
        other = project.check_page(relative, fresh=True)
        with monkeypatch.context() as patch:
            patch.setattr(project, "check_file", None)
            assert project.check_page(file) == first
            assert project.check_page(relative) == other
        assert {f.path for f in first.findings} == {str(file)}
        assert {f.path for f in other.findings} == {str(relative)}
        assert first.explanations
    assert {said.path for said in first.explanations} == {str(notation)}


def test_link_to_a_folder_whose_pages_would_be_shown_unread_is_refused(page, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    page.with_name("link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(project.SettingsError, match="link is a link to a folder"):
        project.check_paths([page.parent])


def kept_files(tmp_path):
    return [file for file in (tmp_path / ".cache").rglob("*") if file.is_file()]


def test_half_written_cache_is_checked_again(page, tmp_path):
    page.write_text("$x \\in \\mathbb{R}$ and $x + x = 2 x$", "utf-8")
    first = project.check_paths([page])
    kinds = {file.parent.name for file in kept_files(tmp_path)}
    assert kinds == {"pages", "formulas"}
    for file in kept_files(tmp_path):
        file.write_bytes(b"")
    assert project.check_paths([page]) == first


def test_another_version_of_numpy_knows_nothing(page, monkeypatch):
    page.write_text("$x \\in \\mathbb{R}$ and $x + x = 2 x$", "utf-8")
    project.check_paths([page])
    assert project.is_kept(page)
    monkeypatch.setattr(np, "__version__", "99")
    project.cache_of.cache_clear()
    assert not project.is_kept(page)


def test_page_from_elsewhere_is_given_no_code_and_leaves_nothing_behind(
    page, tmp_path, monkeypatch
):
    settings = '[tool.mathcheck]\npaths = ["docs"]\ncode = ["theirs"]\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "__init__.py").write_text("def two():\n    return 2\n")
    page.write_text("It is 2.00<!-- = two() -->.", "utf-8")
    monkeypatch.chdir(ROOT)
    [finding] = project.check_paths([page])[0].findings
    assert finding.status == "refused"
    assert "two is not known here; the functions of theirs are known if" in (
        finding.detail
    )
    assert "theirs" not in sys.modules
    assert not (tmp_path / ".cache").exists()
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)  # and taken away again
    [finding] = project.check_paths([page])[0].findings
    assert finding.status == "holds"
    del sys.modules["theirs"]


def test_a_page_is_checked_again_only_if_code_changed_that_it_names(
    page, tmp_path, monkeypatch
):
    settings = '[tool.mathcheck]\npaths = ["docs"]\ncode = ["numbered"]\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    package = tmp_path / "numbered"
    package.mkdir()
    for name, text in {
        "__init__": "",
        "base": "NUMBER = 2\n",
        "two": "from numbered.base import NUMBER\n\ndef two():\n    return NUMBER\n",
        "other": "def other():\n    return 1\n",
    }.items():
        (package / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    page.write_text("It is 2.00<!-- = two() -->.", "utf-8")
    [finding] = project.check_page(page).findings
    assert finding.status == "holds"
    (package / "other.py").write_text("def other():\n    return 3\n")
    assert project.is_kept(page)
    (package / "base.py").write_text("NUMBER = 3.5\n")  # of another size, so that
    assert not project.is_kept(page)  # Python compiles it again within a second
    [finding] = project.check_page(page).findings
    assert finding.status == "refuted"
    for name in [name for name in sys.modules if name.startswith("numbered")]:
        del sys.modules[name]


def test_of_an_edited_page_only_what_changed_is_tried_again(tmp_path):
    page = tmp_path / "gradient.md"
    text = (ROOT / "docs" / "gradient.md").read_text("utf-8")
    _, inherited = check_file(ROOT / "docs" / "notation.md", "n", everywhere=True)

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


def test_next_run_remembers_formulas_and_says_the_same_of_them(page, monkeypatch):
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


def test_in_other_folders_what_others_have_installed_is_passed_over(tmp_path):
    """A virtual environment may have any name, and thousands of docstrings."""
    for name in ("notes.md", "env/lib/a.md", "env/lib/b.py", "environment/c.md"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("$1 = 2$", "utf-8")
    (tmp_path / "env" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    found = [path.name for path in project.files_in(tmp_path)]
    assert found == ["c.md", "notes.md"]
    assert [path.name for path in project.files_in(tmp_path / "environment")] == [
        "c.md"
    ]
