"""Jupyter notebooks: the text cells of an `.ipynb`, and docstrings in its code.

Its places are those that a reader finds: the number of the cell, and a line in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from mathcheck.source.blocks import blank
from mathcheck.source.python import docstrings

GAP = "\n\n"  # between two cells, which no paragraph goes across


@dataclass(frozen=True)
class Cells:
    """A notebook as one text: its cells, those that are prose, where each begins."""

    source: str
    prose: str
    starts: tuple[int, ...]


def cells_of(content: str, name: str) -> Cells:
    """Return the cells of a notebook.

    SyntaxError: the content is no notebook, or one of a format before the fourth.
    """
    try:
        notebook = json.loads(content)
    except ValueError as error:
        raise SyntaxError(f"{name} is no notebook: {error}") from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise SyntaxError(
            f"{name} is no notebook of format 4, which has a list of cells; "
            "`jupyter nbconvert --to notebook` makes one of it"
        )
    sources, proses, starts, at = [], [], [], 0
    for number, cell in enumerate(cells, 1):
        source = source_of(cell, f"{name}:cell {number}")
        sources.append(source)
        proses.append(prose_of(cell["cell_type"], source))
        starts.append(at)
        at += len(source) + len(GAP)
    return Cells(GAP.join(sources), GAP.join(proses), tuple(starts))


def source_of(cell: Any, place: str) -> str:
    """Return the text of a cell, which may be kept as a list of its lines."""
    source = cell.get("source") if isinstance(cell, dict) else None
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or not isinstance(cell.get("cell_type"), str):
        raise SyntaxError(f"{place} has no type, or no text")
    return source.replace("\r\n", "\n")


def prose_of(kind: str, source: str) -> str:
    """Return what may hold mathematics in a cell, place for place."""
    if kind == "markdown":
        return source
    if kind != "code":
        return blank(source)
    try:
        return docstrings(source)[0]
    except SyntaxError:  # commands to IPython
        return blank(source)
