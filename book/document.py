"""The book as one HTML document: cover, contents, chapters. It loads nothing."""

import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin

from book.chapters import Binder, BookError, Chapter, heading
from typeset.page import glyph_pool

FONT = re.compile(r'url\("(?P<font>[^":]+\.woff2)"\)')
STYLESHEET = re.compile(r'<link rel="stylesheet" href="(?P<href>[^":]+)"')
HERE = Path(__file__).parent


def document(
    site: Path,
    contents: list[Chapter],
    about: Mapping[str, str],
    pages: Mapping[str, int] | None = None,
) -> str:
    """Return the book; `pages` says on which page each chapter begins, if it is known.

    `about` holds the title, the description, the edition and the site's address.
    """
    binder = Binder(contents, about["site_url"])
    bound = {
        chapter: binder.bound(chapter, read(site, chapter)) for chapter in contents
    }
    titles = {chapter: heading(article) for chapter, article in bound.items()}
    sections = [
        f'<section class="chapter" id="{chapter.name}" style="page: {chapter.name}">\n'
        f"{article.decode_contents()}\n</section>"
        for chapter, article in bound.items()
    ]
    title = escape(about["title"])
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{escape(about["description"])}">
<style>{styles(site)}{running_heads(titles)}</style>
</head>
<body dir="ltr" data-md-color-scheme="default">
<main class="md-typeset">
<header class="cover">
<h1>{title}</h1>
<p>{escape(about["description"])}</p>
<p class="edition">{escape(about["edition"])}</p>
</header>
{table_of_contents(titles, pages or {})}
{"".join(sections)}
</main>
{glyph_pool(binder.glyphs)}
</body>
</html>
"""


def read(site: Path, chapter: Chapter) -> str:
    """Return the HTML of a chapter's page."""
    page = site / chapter.url / "index.html"
    if not page.is_file():
        raise BookError(f"{page} is not there: run `make build`")
    return page.read_text("utf-8")


def styles(site: Path) -> str:
    """Return the site's style sheets, in their order, and the book's own."""
    start = (site / "index.html").read_text("utf-8")
    links = (urljoin("/", match["href"]) for match in STYLESHEET.finditer(start))
    sheets = [site / link.lstrip("/") for link in links] + [HERE / "book.css"]
    return "\n".join(map(with_fonts, sheets))


def with_fonts(sheet: Path) -> str:
    """Return a style sheet that carries its fonts: the book is one document."""

    def embedded(match: re.Match[str]) -> str:
        font = b64encode((sheet.parent / match["font"]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{font}")'

    return FONT.sub(embedded, sheet.read_text("utf-8"))


def running_heads(titles: Mapping[Chapter, str]) -> str:
    """Return what makes each chapter's number and title stand on all its pages."""

    def head(chapter: Chapter, title: str) -> str:
        quoted = re.sub(r'[\\"<]', lambda sign: f"\\{ord(sign[0]):x} ", title)
        words = f"{chapter.number}\\2002 {quoted}"
        return f'@page {chapter.name} {{ @top-left {{ content: "{words}"; }} }}'

    return "\n".join(head(chapter, title) for chapter, title in titles.items())


def table_of_contents(titles: Mapping[Chapter, str], pages: Mapping[str, int]) -> str:
    """Return the contents: the parts, and in each its chapters with their pages."""

    def entry(chapter: Chapter) -> str:
        page = pages.get(chapter.name, "")
        return (
            f'<li><a href="#{chapter.name}"><span>{chapter.number}</span> '
            f"{escape(titles[chapter])} <span>{page}</span></a></li>"
        )

    parts = [
        (f"<p>{escape(part)}</p>" if part else "")
        + f"<ol>{''.join(entry(chapter) for chapter in group)}</ol>"
        for part, group in groupby(titles, lambda chapter: chapter.part)
    ]
    return f'<section class="contents"><h1>Contents</h1>{"".join(parts)}</section>'
