"""A page is made again when anything changes of which it is made, and only then."""

import os
from types import SimpleNamespace

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, get_files
from mkdocs.structure.pages import Page

from tests import sites
from typeset import keeping
from typeset.build import Build, Known

PAGE = """\
# A page

$x \\in \\mathbb{R}$, and $x = x$ is 2.00<!-- = two() -->.

--8<-- "code/shown.py:shown"

<!-- figure: line -->
"""
SOURCES = {
    "pyproject.toml": '[tool.mathcheck]\npaths = ["docs"]\ncode = ["code"]\n'
    'notation = "docs/notation.md"\n',
    "requirements.txt": "numpy==2\n",
    "mkdocs.yml": "site_name: small\nsite_url: !ENV [SMALL_URL, '']\n"
    "markdown_extensions:\n  - typeset.embedding: {project: !relative $config_dir}\n",
    "docs/index.md": "# Start\n",
    "docs/page.md": PAGE,
    "docs/notation.md": "# Notation\n",
    "docs/labs/lab.py": "# %%\nfrom code import base\n",
    "code/__init__.py": "",
    "code/base.py": "TWO = 2\n",
    "code/named.py": "from code.base import TWO\n\ndef two():\n    return TWO\n",
    "code/shown.py": "def shown():\n    return 1\n",
    "code/other.py": "def other():\n    return 1\n",
    "figures/page.py": "from code import shown\n\nREADS = ('data.json',)\n",
    "figures/other.py": "",
    "data.json": "[]",
    "typeset/roles.toml": "",
    "typeset/search.toml": "",
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a project whose packages are named as nobody else's, and its folder."""
    name = f"code_{os.path.basename(tmp_path)}"
    for path, text in SOURCES.items():
        file = tmp_path / path.replace("code/", f"{name}/")
        file.parent.mkdir(parents=True, exist_ok=True)
        text = text.replace("from code", f"from {name}").replace('"code', f'"{name}')
        file.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    return SimpleNamespace(folder=tmp_path, package=name)


def key(project, uri="page.md", made=(), **changes):
    """Return the key of a page of a project, as a new build would compute it."""
    config = load_config(str(project.folder / "mkdocs.yml"), **changes)
    files = get_files(config)
    for name in made:
        files.append(File(name, config.docs_dir, config.site_dir, True))
    if not files.get_file_from_path(uri).is_documentation_page():
        files.get_file_from_path(uri).is_documentation_page = lambda: True
    page = Page(None, files.get_file_from_path(uri), config)
    page.markdown = (project.folder / "docs" / uri).read_text("utf-8")
    build = Build()
    build.begin(config)
    return keeping.key_of(Known(page, files, build))


def changed(project, path):
    """Add a comment to a file of a project."""
    file = project.folder / path.replace("code/", f"{project.package}/")
    file.write_text(file.read_text("utf-8") + "\n# another\n", "utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "docs/page.md",
        "docs/notation.md",  # what is in force on all pages
        "mkdocs.yml",
        "requirements.txt",
        "typeset/roles.toml",
        "typeset/search.toml",
        "code/shown.py",  # which the page embeds, and its figure imports
        "code/named.py",  # which the source of a number calls
        "code/base.py",  # which that one imports
        "code/__init__.py",
        "figures/page.py",
        "data.json",  # which the figure reads
    ],
)
def test_a_page_depends_on(project, path):
    before = key(project)
    assert key(project) == before
    changed(project, path)
    assert key(project) != before


@pytest.mark.parametrize(
    "path", ["docs/index.md", "code/other.py", "figures/other.py", "docs/labs/lab.py"]
)
def test_a_page_does_not_depend_on(project, path):
    before = key(project)
    changed(project, path)
    assert key(project) == before


@pytest.mark.parametrize("path", ["docs/labs/lab.py", "code/base.py"])
def test_a_lab_depends_on_itself_and_on_what_it_imports(project, path):
    before = key(project, "labs/lab.py")
    changed(project, path)
    assert key(project, "labs/lab.py") != before


def test_a_page_depends_on_which_files_there_are(project):
    before = key(project)
    (project.folder / "docs" / "new.md").touch()
    assert key(project) != before


def test_a_page_depends_on_a_function_that_takes_a_name_on_it(project):
    before = key(project)
    new = project.folder / project.package / "new.py"
    new.write_text("def numbers():\n    return 1\n")
    assert key(project) == before
    new.write_text("def page():\n    return 1\n")
    assert key(project) != before


def test_a_page_depends_on_the_environment_that_the_settings_name(project, monkeypatch):
    before = key(project)
    monkeypatch.setenv("SMALL_URL", "https://example.org/")
    assert key(project) != before


def test_a_page_depends_on_our_code_and_on_the_checkers(project, monkeypatch):
    before = key(project)
    for name in ("own_sources", "HERE"):
        with monkeypatch.context() as patch:
            value = (lambda: "another") if name == "own_sources" else project.folder
            patch.setattr(keeping, name, value)
            keeping.makers.cache_clear()
            assert key(project) != before
        keeping.makers.cache_clear()
    assert key(project) == before


def test_a_page_does_not_depend_on_where_the_site_is_put(project, tmp_path):
    assert key(project, site_dir=str(tmp_path / "elsewhere")) == key(project)
    assert key(project, site_url="http://127.0.0.1:8000/") == key(project)
    assert key(project, made=["feed.xml"]) == key(project)  # only at an address
    assert key(project, made=["other.xml"]) != key(project)


def test_a_page_of_a_project_that_is_not_trusted_is_not_kept(project, monkeypatch):
    monkeypatch.chdir("/")
    assert key(project) == ""


def kept(folder):
    """Return the pages that are kept, by the names of their files."""
    found = (folder / ".cache" / "pages").glob("*.kept")
    return sorted(file.name.partition(".")[0] for file in found)


def test_a_page_is_made_once_and_again_after_an_edit(small_site, tmp_path):
    html = []
    for text in ("# A\n\n$1 = 1$\n", "# A\n\n$1 = 1$\n", "# A\n\n$2 = 2$\n"):
        assert small_site({"a": text})[0] == 0
        html.append(sites.html_of(tmp_path, "a").partition("</article>")[0])
    assert html[0] == html[1] != html[2]
    assert kept(tmp_path) == ["a", "a", "checked", "index"]


def test_what_is_wrong_is_told_by_each_build(small_site, tmp_path):
    for _ in range(2):
        code, said = small_site({"a": "# A\n\n[no page](nowhere.md)\n"})
        assert code == 1
        assert "nowhere.md" in said
    assert "a" not in kept(tmp_path)


def test_a_build_that_hears_no_warning_keeps_no_page(small_site, tmp_path):
    small_site({"a": "# A\n"}, "--quiet")
    assert kept(tmp_path) == []
