"""The document as a PDF, printed by Chromium, and what can be read off a PDF."""

import re
from pathlib import Path

from playwright.sync_api import Browser

OBJECT = re.compile(rb"(?<=\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
REFERENCE = re.compile(rb"(\d+) 0 R")
DESTINATION = re.compile(rb"/(?P<name>[^\s/\[]+) \[(?P<page>\d+) 0 R /XYZ")


def printed(browser: Browser, document: Path) -> bytes:
    """Print a document, with an outline of its headings and tags for readers aloud."""
    page = browser.new_page(java_script_enabled=False)
    page.emulate_media(media="print")  # no layout for a screen beforehand
    page.goto(document.as_uri(), timeout=300_000)
    made = page.pdf(outline=True, tagged=True, prefer_css_page_size=True)
    page.close()
    return made


def objects(pdf: bytes) -> dict[int, bytes]:
    """Return the objects of a PDF as Chromium writes it, by their numbers."""
    return {int(number): body for number, body in OBJECT.findall(pdf)}


def page_numbers(pdf: bytes) -> dict[int, int]:
    """Return the number of each page, from 1, by that of its object."""
    known = objects(pdf)
    order: list[int] = []

    def walk(node: int) -> None:
        kids = re.search(rb"/Kids \[(.*?)\]", known[node], re.DOTALL)
        if kids is None:
            order.append(node)
        else:
            for kid in REFERENCE.findall(kids[1]):
                walk(int(kid))

    root = next(body for body in known.values() if b"/Type /Catalog" in body)
    tree = re.search(rb"/Pages (\d+) 0 R", root)
    assert tree is not None
    walk(int(tree[1]))
    return {node: number for number, node in enumerate(order, start=1)}


def pages_of(pdf: bytes) -> dict[str, int]:
    """Return the page on which each target of a link stands, by its id."""
    numbers = page_numbers(pdf)
    return {
        found["name"].decode(): numbers[int(found["page"])]
        for found in DESTINATION.finditer(pdf)
    }
