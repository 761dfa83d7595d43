"""The document as a PDF, printed by Chromium, and what is read off it."""

from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser
from pypdf import PdfReader


def printed(browser: Browser, document: Path) -> bytes:
    """Print a document, with an outline of its headings and tags for readers aloud."""
    page = browser.new_page(java_script_enabled=False)
    page.emulate_media(media="print")  # no layout for a screen beforehand
    page.goto(document.as_uri(), timeout=300_000)
    made = page.pdf(outline=True, tagged=True, prefer_css_page_size=True)
    page.close()
    return made


def pages_of(pdf: bytes) -> dict[str, int]:
    """Return the page, from 1, on which each target of a link stands, by its id."""
    reader = PdfReader(BytesIO(pdf))
    return {
        name.removeprefix("/"): number + 1
        for name, target in reader.named_destinations.items()
        if (number := reader.get_destination_page_number(target)) is not None
    }
