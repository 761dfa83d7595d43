r"""A file as the checker reads it.

A page or a lab of a site is read as the site shows it, and all else cautiously: pages
of no site, notebooks, the docstrings of modules, and every page where the site's parser
is not installed. What MyST, Quarto and reStructuredText write in a way of their own is
first written as Markdown would, each thing at its place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from mathcheck.source import myst, rest
from mathcheck.source.blocks import Cut, Element, Fault, Heading, Reading, Text, blank
from mathcheck.source.border import read_shown
from mathcheck.source.cautious import read_cautiously
from mathcheck.source.delimiters import tightened
from mathcheck.source.jupyter import cells_of
from mathcheck.source.python import CELL, docstrings, notebook
from mathcheck.source.quarto import unlabelled
from mathcheck.source.site import NotInstalledError, Site, site_of

# Without one of these no parser shows a formula
POSSIBLE = re.compile(r"[$&]|\\[(\[]|\\begin|<math|arithmatex")


def read_file(path: Path, settings: Path | None = None) -> Text:
    """Read a file, one of a site as its `mkdocs.yml` says."""
    source = text_of(path)
    if path.suffix == ".ipynb":
        return read_notebook(source, path.name)
    if path.suffix == ".qmd":
        return read_elsewhere(unlabelled(source), source)
    site = site_of(settings)
    if path.suffix != ".py":
        return read_page(source, site)
    if site and site.is_lab(path):
        return read_lab(source, site)
    if CELL.search(source):
        return read_cells(source)
    prose, sections = docstrings(source)
    prose, cuts = rest.unfolded(prose)
    read = read_cautiously(prose, cuts)  # in which # is no heading
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
        return read_elsewhere(source, source)
    read = read_shown(source, source, site.body(source), site.page)
    return Text(source, source, "page", read)


def read_elsewhere(prose: str, source: str) -> Text:
    """Read a page of no site."""
    prose, read = read_markdown(prose)
    return Text(source, prose, "page", read)


def read_markdown(prose: str) -> tuple[str, Reading]:
    """Read Markdown that may be MyST; return its prose, too."""
    cuts: list[Cut] = []
    faults: list[Fault] = []
    if myst.is_myst(prose):
        prose, cuts, faults = myst.unfolded(prose)
    read = read_cautiously(prose, cuts)
    return prose, replace(read, faults=[*faults, *read.faults])


def read_notebook(content: str, name: str) -> Text:
    """Read a notebook of Jupyter, whose dollars may have spaces inside."""
    cells = cells_of(content, name)
    prose, read = read_markdown(tightened(cells.prose))
    return Text(cells.source, prose, "notebook", read, cells.starts)


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
    prose, read = read_markdown(prose)
    return Text(
        source, prose, "notebook", replace(read, faults=[*faults, *read.faults])
    )
