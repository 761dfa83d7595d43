r"""A file as the checker reads it.

A page or a lab of a site is read as the site shows it, and all else cautiously: pages
of no site, the docstrings of modules, and every page where the site's parser is not
installed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from mathcheck.source.blocks import Element, Fault, Heading, Reading, Text
from mathcheck.source.border import read_shown
from mathcheck.source.cautious import read_cautiously
from mathcheck.source.python import CELL, docstrings, notebook
from mathcheck.source.site import NotInstalledError, Site, site_of

# Without one of these no parser shows a formula
POSSIBLE = re.compile(r"[$&]|\\[(\[]|\\begin|<math|arithmatex")


def read_file(path: Path, settings: Path | None = None) -> Text:
    """Read a file, one of a site as its `mkdocs.yml` says."""
    source = re.sub("\r\n?", "\n", path.read_text("utf-8-sig"))
    site = site_of(settings)
    if path.suffix != ".py":
        return read_page(source, site)
    if CELL.search(source) or (site and site.is_lab(path)):
        return read_lab(source, site)
    prose, sections = docstrings(source)
    read = read_cautiously(prose)  # in which # is no heading
    kept = [item for item in read.items if isinstance(item, Element)]
    items: list[Heading | Element] = [*kept, *sections]
    items.sort(key=lambda item: item.offset)
    return Text(source, prose, "module", replace(read, items=items))


def read_page(source: str, site: Site | None) -> Text:
    """Read a page."""
    if site is None:
        return Text(source, source, "page", read_cautiously(source))
    read = read_shown(source, source, site.body(source), site.page)
    return Text(source, source, "page", read)


def read_lab(source: str, site: Site | None) -> Text:
    """Read the text cells of a notebook."""
    prose, faults = notebook(source)
    try:
        if site is not None and POSSIBLE.search(source):
            return Text(
                source, prose, "notebook", read_shown(source, prose, 0, site.lab)
            )
    except NotInstalledError:
        pass
    read = read_cautiously(prose)
    return Text(source, prose, "notebook", with_faults(read, faults))


def with_faults(read: Reading, faults: list[Fault]) -> Reading:
    """Return what was read, with more that could not be."""
    return replace(read, faults=[*faults, *read.faults])
