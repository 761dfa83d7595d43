r"""A file as the checker reads it.

A page or a lab of a site is read as the site shows it, and all else cautiously: pages
of no site, the docstrings of modules, and every page where the site's parser is not
installed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from mathcheck.source.blocks import Element, Heading, Text, blank
from mathcheck.source.border import read_shown
from mathcheck.source.cautious import read_cautiously
from mathcheck.source.python import CELL, docstrings, notebook
from mathcheck.source.site import NotInstalledError, Site, site_of

# Without one of these no parser shows a formula
POSSIBLE = re.compile(r"[$&]|\\[(\[]|\\begin|<math|arithmatex")


def read_file(path: Path, settings: Path | None = None) -> Text:
    """Read a file, one of a site as its `mkdocs.yml` says."""
    source = text_of(path)
    site = site_of(settings)
    if path.suffix != ".py":
        return read_page(source, site)
    if site and site.is_lab(path):
        return read_lab(source, site)
    if CELL.search(source):
        return read_cells(source)
    prose, sections = docstrings(source)
    read = read_cautiously(prose)  # in which # is no heading
    kept = [item for item in read.items if isinstance(item, Element)]
    items: list[Heading | Element] = [*kept, *sections]
    items.sort(key=lambda item: item.offset)
    return Text(source, prose, "module", replace(read, items=items))


def text_of(path: Path) -> str:
    """Return the text of a file; all places are those in it."""
    return re.sub("\r\n?", "\n", path.read_text("utf-8-sig"))


def read_page(source: str, site: Site | None) -> Text:
    """Read a page."""
    if site is None:
        return Text(source, source, "page", read_cautiously(source))
    read = read_shown(source, source, site.body(source), site.page)
    return Text(source, source, "page", read)


def read_lab(source: str, site: Site) -> Text:
    """Read the text cells of a lab."""
    if not POSSIBLE.search(source):
        return read_cells(source)
    prose, _ = notebook(source)
    try:
        read = read_shown(source, prose, 0, site.lab)
    except NotInstalledError:
        return read_cells(source)
    return Text(source, prose, "notebook", read)


def read_cells(source: str) -> Text:
    """Read a notebook of no site: its text cells, and docstrings in its code."""
    prose, faults = notebook(source)
    try:
        strings, _ = docstrings(source)
    except SyntaxError:  # commands to IPython
        strings = blank(source)
    both = zip(prose, strings, strict=True)
    prose = "".join(text if text.strip() else string for text, string in both)
    read = read_cautiously(prose)
    return Text(
        source, prose, "notebook", replace(read, faults=[*faults, *read.faults])
    )
