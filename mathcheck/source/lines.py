"""Where the lines of a source begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Lines:
    r"""The lines of a source, for the places in it that are told to an author.

    >>> Lines("one\ntwo").place(5)
    (2, 2)

    A notebook has cells, each of which counts its lines anew:

    >>> lines = Lines("one\n\ntwo", cells=(0, 5))
    >>> lines.place(6), lines.cell(6)
    ((1, 2), 2)
    """

    def __init__(self, source: str, cells: Sequence[int] = ()) -> None:
        lengths = (len(line) + 1 for line in source.split("\n"))
        self.starts = [0, *accumulate(lengths)]
        self.cells = cells  # where they begin

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, counted from 1."""
        line = self.line(offset)
        cell = self.cell(offset)
        above = self.line(self.cells[cell - 1]) - 1 if cell else 0
        return line - above, offset - self.starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """Return the line of an offset in the whole source."""
        return bisect_right(self.starts, offset, hi=len(self.starts) - 1)

    def cell(self, offset: int) -> int:
        """Return the number of the cell of an offset; 0 if the source has none."""
        return bisect_right(self.cells, offset)
