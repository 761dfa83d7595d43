"""What the site tells of a run: numbers that can be counted, and what was left out."""

import re

import pytest

from mathcheck.command.account import account
from mathcheck.command.cache import Cache
from mathcheck.page.check import check_file
from tests.markdown import DOCS, ROOT

LEFT_OUT = "<!-- math: unchecked: it has no bounds -->\n$$\nx = x + x\n$$\n"


@pytest.fixture
def told(tmp_path):
    def told(**texts):
        pages = []
        for name, text in texts.items():
            path = tmp_path / name.replace("_", ".")
            path.write_text(text, "utf-8")
            pages.append(check_file(path, str(path))[0])
        return account(pages, "Version 1", lambda page, anchor: f"there#{anchor}")

    return told


def test_it_says_what_was_read_and_of_which_edition(told):
    cell = "# %% [markdown]\n# $1 = 1$\n"
    said = told(a_md="$1 = 1$", b_md="$2 = 2$", lab_py=cell, module_py='"""$3 = 3$"""')
    assert said.startswith(
        "The run that built this page (version 1) read "
        "2 pages, 1 lab and the docstrings of 1 module:\n\n"
    )
    assert "| **4** | statements hold |" in said
    assert "| **0** | are not checked |" in said
    assert "Not checked" not in said


def test_what_was_kept_of_a_page_counts_as_what_it_is(tmp_path):
    (tmp_path / "lab.py").write_text("# %% [markdown]\n# $1 = 1$\n", "utf-8")
    cache = Cache(tmp_path / "kept")
    cache.write("key", check_file(tmp_path / "lab.py", "lab.py")[0])
    kept = cache.read("key")
    assert kept is not None
    assert "read 1 lab:" in account([kept], "Version 1", lambda page, anchor: "")


def test_what_is_not_checked_is_named_with_its_place_and_its_reason(told):
    text = f"$x \\in \\mathbb{{R}}$\n\n# A\n\n## Where it ends\n\n{LEFT_OUT}"
    said = told(page_md=text)
    assert "| **1** | is not checked |" in said
    assert said.endswith(
        'Not checked is <a href="there#at-9-1">a formula in “Where it ends”</a>: '
        "it has no bounds."
    )


def test_a_label_is_the_anchor(told):
    text = LEFT_OUT.replace("x = x + x", r"x = x + x \label{eq:open}")
    assert 'href="there#eq-open"' in told(page_md=f"# A\n\n{text}")


def test_a_reader_counts_as_many_pages_and_labs_and_finds_what_is_not_checked(site):
    html = (site / "checked" / "index.html").read_text("utf-8")
    pages, labs, modules = map(
        int,
        re.search(r"read (\d+) pages, (\d+) labs and .* (\d+) modules", html).groups(),
    )
    assert pages == len(list(DOCS.glob("*.md")))
    assert labs == len(list(DOCS.glob("labs/*.py")))
    assert modules == len(list((ROOT / "snippets").rglob("*.py")))
    sources = [path.read_text("utf-8") for path in DOCS.rglob("*.md")]
    mark = re.compile("^<!-- math: unchecked:", re.MULTILINE)  # and not within words
    marks = sum(len(mark.findall(source)) for source in sources)
    links = re.findall(r'Not checked is <a href="\.\./(\w+/)#([\w-]+)"', html)
    assert len(links) == marks
    for page, anchor in links:
        assert f'id="{anchor}"' in (site / page / "index.html").read_text("utf-8")
