"""The feed of releases, from CHANGELOG.md."""

from xml.etree import ElementTree

import pytest

from tests.markdown import ROOT
from typeset.changes import NAME, ChangesError, feed, releases
from typeset.citation import Work
from typeset.edition import Edition

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MADE = Work("A & B", "Who", "2026", Edition("1.1.0"), "https://example.org/x/")
CHANGES = """\
# Changelog

## Unreleased

- Not yet: [a page](docs/none.md).

## 1.1.0, 2026-12-24

- New: [a page](docs/page.md#part) & `code`.

## 1.0.0, 2026-11-28

- First.
"""


@pytest.fixture
def fed(tmp_path):
    """Return what makes a feed of a list of changes."""

    def fed(changelog):
        (tmp_path / NAME).write_text(changelog)
        return feed(tmp_path, MADE, {"page.md": "page/"}.get)

    return fed


def test_it_has_the_releases_newest_first_with_whole_addresses(fed):
    root = ElementTree.fromstring(fed(CHANGES))
    entries = root.findall("a:entry", ATOM)
    read = [
        [e.findtext(f"a:{n}", "", ATOM) for n in ("title", "updated")] for e in entries
    ]
    assert read == [
        ["Version 1.1.0", "2026-12-24T00:00:00Z"],
        ["Version 1.0.0", "2026-11-28T00:00:00Z"],
    ]
    assert root.findtext("a:title", "", ATOM) == "A & B"
    assert root.findtext("a:updated", "", ATOM) == "2026-12-24T00:00:00Z"
    assert root.findtext("a:author/a:name", "", ATOM) == "Who"
    content = entries[0].findtext("a:content", "", ATOM)
    link = '<a href="https://example.org/x/page/#part">a page</a>'
    assert content == f"<ul>\n<li>New: {link} &amp; <code>code</code>.</li>\n</ul>"
    ids = [found.text for found in root.iter(f"{{{ATOM['a']}}}id")]
    assert len(set(ids)) == 3
    assert all(name.startswith("https://example.org/x/") for name in ids)


@pytest.mark.parametrize(
    ("changelog", "wrong"),
    [
        (CHANGES.replace("page.md", "gone.md"), "a link to docs/gone.md"),
        (CHANGES.replace(", 2026-12-24", ""), "the section '1.1.0' is not"),
        ("# Changelog\n\n## Unreleased\n\n- One.\n", "no release"),
    ],
)
def test_what_it_cannot_tell_ends_the_build(fed, changelog, wrong):
    with pytest.raises(ChangesError, match=f"{NAME}: {wrong}"):
        fed(changelog)


def test_the_changes_of_this_project_can_be_read():
    found = releases((ROOT / NAME).read_text("utf-8"))
    days = [release.day for release in found]
    assert found
    assert days == sorted(days, reverse=True)
