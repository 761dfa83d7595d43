"""The pages of the built site as chapters: ids, links and numbers of one document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from book.words import with_words

# What a page has for the screen: buttons, links to headings, contents of its own,
# scripts, symbols' cards; and what the book says once, of all its chapters
IDLE = (
    "a.md-content__button, a.headerlink, nav.on-this-page, script, template, "
    "div.downloads, footer.colophon, "
    'svg[display="none"]'  # a figure, as it is drawn for a phone
)
POOL = "svg.glyphs"
IDS = frozenset("id for aria-labelledby aria-describedby aria-controls".split())
LINKS = ("href", "xlink:href")
LOCAL = re.compile(r"url\(#(?P<id>[^)]+)\)")
REFERENCE = re.compile(r"#(?P<chapter>[\w-]+):(?:eq|fig)-.*")
NUMBER = re.compile(r"(?:(?<=\()|(?<=Figure[ \u00a0]))\d+(?=\)?$)")
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


def heading(article: Tag) -> str:
    """Return the heading of a page, as text."""
    if article.h1 is None:
        raise BookError("there is no heading on a page")
    return article.h1.get_text().strip()


class Binder:
    """Takes in one page after another; keeps one pool of glyphs for all."""

    def __init__(self, contents: list[Chapter], site_url: str) -> None:
        self.by_url = {chapter.url: chapter for chapter in contents}
        self.by_name = {chapter.name: chapter for chapter in contents}
        self.site_url = site_url
        self.glyphs: dict[str, str] = {}

    def bound(self, chapter: Chapter, page: str) -> Tag:
        """Return the article of a page as it stands in the book.

        The parser writes names in small letters, which in HTML are the same, in an SVG
        as well.
        """
        soup = BeautifulSoup(page, "html.parser", multi_valued_attributes=None)
        article = soup.select_one("article.md-content__inner")
        if article is None:
            raise BookError(f"there is no article on the page {chapter.url or 'index'}")
        for idle in article.select(IDLE):
            idle.decompose()
        for pool in article.select(POOL):
            self.take_glyphs(pool.extract())
        for tag in article.find_all(True):
            self.rename(tag, chapter)
        for link in article.select("a[href]"):
            self.number(link)
        with_words(article)
        if article.h1 is not None:
            article.h1["data-number"] = str(chapter.number)
        return article

    def take_glyphs(self, pool: Tag) -> None:
        """Move a page's glyphs to those of the book; each must be the same in all."""
        for glyph in pool.find_all("path"):
            name, outline = str(glyph["id"]), str(glyph["d"])
            if self.glyphs.setdefault(name, outline) != outline:
                raise BookError(f"two outlines of the glyph {name}")

    def rename(self, tag: Tag, chapter: Chapter) -> None:
        """Make a tag's ids the chapter's own, and let its links stay in the book."""
        for name, value in [(name, str(tag[name])) for name in tag.attrs]:
            if name in LINKS:
                if link := self.link(value, chapter):
                    tag[name] = link
                else:
                    del tag[name]
            elif name in IDS:
                tag[name] = " ".join(f"{chapter.name}:{one}" for one in value.split())
            else:
                tag[name] = LOCAL.sub(rf"url(#{chapter.name}:\g<id>)", value)

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

    def number(self, link: Tag) -> None:
        """Put the chapter's number before that of a reference: (4.7), Figure 4.2."""
        reference = REFERENCE.fullmatch(str(link["href"]))
        last = link.contents[-1] if link.contents else None
        if reference and isinstance(last, NavigableString):
            chapter = self.by_name[reference["chapter"]]
            last.replace_with(NUMBER.sub(rf"{chapter.number}.\g<0>", last))
