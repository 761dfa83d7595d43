"""``python -m book`` prints the built site as site/cross-entropy-checked.pdf."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config import load_config

from book.chapters import BookError, chapters
from book.document import document
from book.pdf import pages_of, printed
from typeset.browser import chromium
from typeset.edition import edition

ROOT = Path(__file__).parents[1]


def book(site: Path) -> bytes:
    """Print the site twice: the first time tells the contents the pages."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    about = {
        "title": config.site_name,
        "description": config.site_description or "",
        "edition": str(edition(ROOT)),
        "site_url": config.site_url or "",
    }
    contents = chapters(config.nav or [])
    with TemporaryDirectory() as folder, chromium() as browser:
        html = Path(folder) / "book.html"
        html.write_text(document(site, contents, about), "utf-8")
        pages = pages_of(printed(browser, html))
        html.write_text(document(site, contents, about, pages), "utf-8")
        return printed(browser, html)


if __name__ == "__main__":
    site = ROOT / "site"
    try:
        made = book(site)
    except BookError as error:
        sys.exit(str(error))
    target = site / "cross-entropy-checked.pdf"
    target.write_bytes(made)
    print(target.relative_to(ROOT))
