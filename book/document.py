"""The book as one HTML document: cover, contents, chapters. It loads nothing."""

import re
from collections.abc import Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin

from book.chapters import Binder, BookError, Chapter
from typeset.page import glyph_pool

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
    bound = [
        f'<section class="chapter" id="{chapter.name}">\n'
        f"{binder.bound(chapter, read(site, chapter))}\n</section>"
        for chapter in contents
    ]
    title = escape(about["title"])
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{escape(about["description"])}">
<style>{styles(site)}</style>
</head>
<body dir="ltr" data-md-color-scheme="default">
<main class="md-typeset">
<header class="cover">
<h1>{title}</h1>
<p>{escape(about["description"])}</p>
<p class="edition">{escape(about["edition"])}</p>
</header>
{table_of_contents(contents, pages or {})}
{"".join(bound)}
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
    return "\n".join(sheet.read_text("utf-8") for sheet in sheets)


def table_of_contents(contents: list[Chapter], pages: Mapping[str, int]) -> str:
    """Return the contents: the parts, and in each its chapters with their pages."""

    def entry(chapter: Chapter) -> str:
        page = pages.get(chapter.name, "")
        return (
            f'<li><a href="#{chapter.name}"><span>{chapter.number}</span> '
            f"{escape(chapter.title)} <span>{page}</span></a></li>"
        )

    parts = [
        (f"<p>{escape(part)}</p>" if part else "")
        + f"<ol>{''.join(entry(chapter) for chapter in group)}</ol>"
        for part, group in groupby(contents, lambda chapter: chapter.part)
    ]
    return f'<section class="contents"><h1>Contents</h1>{"".join(parts)}</section>'
