"""What was released when, from CHANGELOG.md: for a feed, and for who releases next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from markdown import markdown

from typeset.citation import Work

NAME = "CHANGELOG.md"
FEED = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)
UNRELEASED = "Unreleased"
RELEASED = re.compile(r"(?P<version>\d+\.\d+\.\d+), (?P<day>\d{4}-\d\d-\d\d)")
LINK = re.compile(r"(?<=\]\()(?!https?:)(?P<path>[^)#]+)(?P<anchor>#[^)]*)?(?=\))")
PAGES = "docs/"  # to which links lead from the list of changes


class ChangesError(Exception):
    """The list of changes has a section or a link that cannot be read."""


@dataclass(frozen=True)
class Release:
    """A version: when it was released, and what it changed, in Markdown."""

    version: str
    day: str  # as in 2026-11-28
    notes: str


def sections(changelog: str) -> dict[str, str]:
    """Return the sections of the list of changes by their titles, in order."""
    _, *parts = HEADING.split(changelog)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def releases(changelog: str) -> list[Release]:
    r"""Return the released versions, newest first.

    ChangesError: a section is neither a release nor of what is unreleased.

    >>> releases("## Unreleased\n\n## 1.0.0, 2026-11-28\n\n- First.\n")
    [Release(version='1.0.0', day='2026-11-28', notes='- First.')]
    """
    found = []
    for title, notes in sections(changelog).items():
        if title == UNRELEASED:
            continue
        said = RELEASED.fullmatch(title)
        if said is None:
            form = f"{UNRELEASED}, or a version and a day as in 1.0.0, 2026-11-28"
            raise ChangesError(f"{NAME}: the section {title!r} is not {form}")
        found.append(Release(said["version"], said["day"], notes.strip()))
    return found


def feed(project: Path, made: Work, url_of: Callable[[str], str | None]) -> str:
    """Return the releases of a site, whose address is known, as an Atom feed.

    `url_of` returns where in the site a source is shown, or None if it is not.
    ChangesError: there is no release, or a link to what is not shown.
    """

    def linked(link: re.Match[str]) -> str:
        path = link["path"]
        within = path.startswith(PAGES)
        url = url_of(path.removeprefix(PAGES)) if within else None
        if url is None:
            raise ChangesError(f"{NAME}: a link to {path}, which is no page")
        return made.at(url) + (link["anchor"] or "")

    found = releases((project / NAME).read_text("utf-8"))
    if not found:
        raise ChangesError(f"{NAME}: no release")
    root = ElementTree.Element("feed", xmlns=ATOM)
    add(root, "id", made.address)
    add(root, "title", made.title)
    add(root, "updated", moment(found[0]))
    add(add(root, "author"), "name", made.holder)
    add(root, "link", href=made.address)
    add(root, "link", rel="self", href=made.at(FEED))
    for release in found:
        entry = add(root, "entry")
        add(entry, "id", f"{made.address}#{release.version}")
        add(entry, "title", f"Version {release.version}")
        add(entry, "updated", moment(release))
        add(entry, "link", href=made.address)
        add(entry, "content", markdown(LINK.sub(linked, release.notes)), type="html")
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=True) + "\n"


def add(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    """Add an element to another; return it."""
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def moment(release: Release) -> str:
    """Return when a version was released, as Atom has it: the day begins in UTC."""
    return f"{release.day}T00:00:00Z"
