"""Links: to a page or place that is not there, and places that others link to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import LINKS, Fault, chosen, sources

LINK = re.compile(
    r"\]\((?P<page>(?!https?:|mailto:)[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)"
)
LABEL = re.compile(r"\\label\{eq:(?P<name>[\w-]+)\}")
HEADING = re.compile(r"^#{2,4} (?P<words>.+)$", re.MULTILINE)
FOOTNOTE = re.compile(r"\[\^(?P<name>[\w-]+)\]")
TARGETS = 120  # of links whose page or place is changed, each


def faults(root: Path) -> Iterator[Fault]:
    """Yield links to elsewhere, and places with another name that are linked to."""
    pages: list[Fault] = []
    anchors: list[Fault] = []
    targets: set[str] = set()
    for source in sources("links", root, "docs/*.md", "docs/labs/*.py"):
        for link in LINK.finditer(source.text):
            if link["page"]:
                end = link.start("page") + len(link["page"].rpartition(".")[0])
                pages.append(source.fault(end, end, "x", LINKS))
            if link["anchor"]:
                page = link["page"] or Path(source.path).name
                targets.add(f"{Path(page).name}#{link['anchor']}")
                end = link.end("anchor")
                anchors.append(source.fault(end - 1, end, "", LINKS))
    yield from chosen(pages, TARGETS, lambda fault: fault.name)
    yield from chosen(anchors, TARGETS, lambda fault: fault.name)
    for source in sources("links", root, "docs/*.md"):
        here = f"{Path(source.path).name}#"
        for label in LABEL.finditer(source.text):
            if f"{here}eq-{label['name']}" in targets:
                yield source.fault(label.end("name"), label.end("name"), "x", LINKS)
        for heading in HEADING.finditer(source.text):
            if here + slug(heading["words"]) in targets:
                end = heading.end("words")
                yield source.fault(end, end, " again", LINKS)
        for note in FOOTNOTE.finditer(source.text):
            yield source.fault(note.end("name"), note.end("name"), "x", LINKS)


def slug(words: str) -> str:
    """Return the anchor of a heading."""
    plain = re.sub(r"[^\w\s-]", "", words).strip().lower()
    return re.sub(r"[\s-]+", "-", plain)
