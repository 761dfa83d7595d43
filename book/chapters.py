"""The pages of the built site as chapters: ids, links and numbers of one document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin

from book.words import with_words

ARTICLE = re.compile(
    r'<article class="md-content__inner md-typeset">(.*?)</article>', re.DOTALL
)
# What a page has for the screen: buttons, links to headings, contents of its own,
# scripts, symbols' cards; and what the book says once, of all its chapters
IDLE = re.compile(
    r'<a\b[^>]*class="(?:md-content__button|headerlink)[^>]*>.*?</a>'
    r'|<nav class="on-this-page".*?</nav>'
    r"|<script\b.*?</script>|<template\b.*?</template>"
    r'|<div class="downloads".*?</div>|<footer class="colophon">.*?</footer>'
    r'|<svg display="none".*?</svg>',  # a figure, as it is drawn for a phone
    re.DOTALL,
)
POOL = re.compile(r'<svg class="glyphs".*?</svg>', re.DOTALL)
GLYPH = re.compile(r'<path id="(?P<id>[^"]+)" d="(?P<outline>[^"]*)"></path>')
TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
NAMING = re.compile(
    r'(?<=\s)(?P<name>id|for|(?:xlink:)?href|aria-(?:labelledby|describedby|controls))="'
    r'(?P<value>[^"]*)"'
)
LOCAL = re.compile(r"url\(#(?P<id>[^)]+)\)")
REFERENCE = re.compile(
    r'(?P<start><a\b[^>]*href="#(?P<chapter>[\w-]+):(?:eq|fig)-[^"]*"[^>]*>'
    r"(?:(?!</a>).)*(?:\(|Figure(?: |&nbsp;)))(?P<number>\d+)(?=\)?</a>)",
    re.DOTALL,
)
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
SITE = "http://site.invalid/"  # while links are resolved


class BookError(Exception):
    """The site cannot be bound into a book."""


@dataclass(frozen=True)
class Chapter:
    """A page of the navigation: its place in the book, and its address in the site."""

    number: int
    part: str
    url: str

    @property
    def name(self) -> str:
        """Return the chapter's id, and the prefix of the ids in it."""
        return self.url.strip("/").replace("/", "-") or "start"


def chapters(nav: list[Any]) -> list[Chapter]:
    """Return the chapters in the order of the navigation of mkdocs.yml."""
    entries = enumerate(pages(nav), start=1)
    return [Chapter(number, *page) for number, page in entries]


def pages(nav: list[Any], part: str = "") -> Iterator[tuple[str, str]]:
    """Yield each page of the navigation: its part and its address."""
    for entry in nav:
        for title, content in entry.items():
            if isinstance(content, list):
                yield from pages(content, title)
            else:
                folder = content.rpartition(".")[0]
                yield part, "" if folder == "index" else f"{folder}/"


def heading(article: str) -> str:
    """Return the heading of a page, as text."""
    found = HEADING.search(article)
    if found is None:
        raise BookError("there is no heading on a page")
    return unescape(re.sub("<[^>]*>", "", found[1])).strip()


class Binder:
    """Takes in one page after another; keeps one pool of glyphs for all."""

    def __init__(self, contents: list[Chapter], site_url: str) -> None:
        self.by_url = {chapter.url: chapter for chapter in contents}
        self.by_name = {chapter.name: chapter for chapter in contents}
        self.site_url = site_url
        self.glyphs: dict[str, str] = {}

    def bound(self, chapter: Chapter, page: str) -> str:
        """Return the article of a page as it stands in the book."""
        article = ARTICLE.search(page)
        if article is None:
            raise BookError(f"there is no article on the page {chapter.url or 'index'}")
        html = POOL.sub(self.take_glyphs, IDLE.sub("", article[1]))
        html = TAG.sub(lambda tag: self.renamed(tag[0], chapter), html)
        html = REFERENCE.sub(self.numbered, html)
        return with_words(html).replace("<h1", f'<h1 data-number="{chapter.number}"', 1)

    def take_glyphs(self, pool: re.Match[str]) -> str:
        """Move a page's glyphs to those of the book; each must be the same in all."""
        for glyph in GLYPH.finditer(pool[0]):
            known = self.glyphs.setdefault(glyph["id"], glyph["outline"])
            if known != glyph["outline"]:
                raise BookError(f"two outlines of the glyph {glyph['id']}")
        return ""

    def renamed(self, tag: str, chapter: Chapter) -> str:
        """Make a tag's ids the chapter's own, and let its links stay in the book."""

        def named(attribute: re.Match[str]) -> str:
            name, value = attribute["name"], attribute["value"]
            if name.endswith("href"):
                link = self.link(value, chapter)
                return f'{name}="{link}"' if link else ""
            ids = " ".join(f"{chapter.name}:{one}" for one in value.split())
            return f'{name}="{ids}"'

        tag = LOCAL.sub(rf"url(#{chapter.name}:\g<id>)", tag)
        return NAMING.sub(named, tag)

    def link(self, href: str, chapter: Chapter) -> str:
        """Return where a link leads: in the book, elsewhere, or nowhere on paper."""
        if href.removeprefix("#") in self.glyphs:
            return href
        address, anchor = urldefrag(urljoin(SITE + chapter.url, href))
        if not address.startswith(SITE):
            return href
        path = address.removeprefix(SITE)
        if path in self.by_url:
            return f"#{self.by_url[path].name}" + (f":{anchor}" if anchor else "")
        return urljoin(self.site_url, path) if self.site_url else ""

    def numbered(self, reference: re.Match[str]) -> str:
        """Put the number of its chapter before its own: (4.7), Figure 4.2."""
        chapter = self.by_name[reference["chapter"]]
        return f"{reference['start']}{chapter.number}.{reference['number']}"
