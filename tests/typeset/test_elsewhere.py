"""Two sites compared, and what knows of the builder at all."""

import ast
from zipfile import ZipFile

import pytest

from tests.markdown import ROOT
from typeset.elsewhere import main

PAGE = '<meta name="generator" content="{}"><p>{}</p>'
# What speaks with MkDocs, and would have to speak with another builder
DOOR = {"build", "checking", "hook", "keeping", "record", "runs", "site", "steps"}
DOOR |= {"takeaway", "together"}


@pytest.fixture
def sites(tmp_path):
    """Lay out the same site of two builders, with an archive of it."""

    def lay_out(name, generator):
        site = tmp_path / name
        site.mkdir()
        (site / "index.html").write_text(PAGE.format(generator, "text"), "utf-8")
        (site / "data.json").write_text("{}", "utf-8")
        with ZipFile(site / "all.zip", "w") as archive:
            archive.write(site / "index.html", "index.html")
        return site

    return lay_out("one", "this"), lay_out("other", "that, which has a longer name")


def test_what_built_a_page_is_no_difference(sites, capsys):
    assert main([*map(str, sites)]) == 0
    assert capsys.readouterr().out.strip() == "3 files, 0 of which differ"


def test_what_differs_is_shown_and_what_lacks_is_named(sites, capsys):
    one, other = sites
    (other / "index.html").write_text(PAGE.format("that", "test"), "utf-8")
    (one / "data.json").unlink()
    with ZipFile(other / "all.zip", "a") as archive:
        archive.writestr("more.txt", "more")
    assert main([str(one), str(other)]) == 1
    said = capsys.readouterr().out
    assert "index.html: byte 5: b'<p>text</p>' and b'<p>test</p>'" in said
    assert "data.json: only in the second" in said
    assert "all.zip/more.txt: only in the second" in said


@pytest.mark.parametrize("wrong", [["one"], ["one", "nowhere"]])
def test_what_is_no_two_sites_is_refused(wrong, capsys):
    assert main(wrong) == 2
    assert capsys.readouterr().err


def test_no_more_of_typeset_knows_of_mkdocs_than_is_said():
    """The rest is functions from text to text, for whoever builds the site."""
    found = set()
    for file in (ROOT / "typeset").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [n.name for n in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.partition(".")[0] == "mkdocs" for name in names):
                found.add(file.stem)
    assert found == DOOR
