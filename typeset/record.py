"""What is made of a page alone: its HTML, and what the rest of the site asks of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from mathcheck.page.explain import Explanation
from typeset.page import Equation


@dataclass
class Record:
    """What was made of a page."""

    key: str = ""
    """All that it depends on; empty if that cannot be said."""

    content: str | None = None
    """Its HTML once it is made, without what depends on other pages and on the code."""

    title: str = ""
    """Its title, as MkDocs knows it."""

    toc: TableOfContents = field(default_factory=lambda: TableOfContents([]))
    """Its headings."""

    anchors: set[str] = field(default_factory=set)
    """Where links may lead."""

    links: dict[str, dict[str, str]] = field(default_factory=dict)
    """Its links to anchors, by the source of the page that they lead to."""

    equations: dict[str, Equation] = field(default_factory=dict)
    """Its numbered equations, by their anchors."""

    glyphs: dict[str, str] = field(default_factory=dict)
    """The outlines that its formulas need."""

    figures: dict[str, int] = field(default_factory=dict)
    """The numbers of its figures, by their anchors."""

    files: dict[str, bytes] = field(default_factory=dict)
    """What lies beside it, by name."""

    found: list[dict[str, Any]] = field(default_factory=list)
    """What the search finds: its sections."""

    explained: list[Explanation] = field(default_factory=list)
    """What its symbols mean."""

    def take(self, html: str, page: Page) -> None:
        """Take up the HTML of a page, and what MkDocs knows since it rendered it."""
        self.content = html
        self.title, self.toc = str(page.title), page.toc
        self.anchors = page.present_anchor_ids or set()
        links = page.links_to_anchors or {}
        self.links = {file.src_uri: anchors for file, anchors in links.items()}

    def give(self, page: Page, files: Files) -> None:
        """Let MkDocs know of a page what it would if it had rendered it."""
        page.content, page.toc, page.title = self.content, self.toc, self.title
        page.present_anchor_ids = self.anchors
        page.links_to_anchors = {
            file: anchors
            for uri, anchors in self.links.items()
            if (file := files.get_file_from_path(uri))
        }
