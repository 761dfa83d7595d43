"""Where the lines of a source begin."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate


class Lines:
    r"""The lines of a source, for the places in it that are told to an author.

    >>> Lines("one\ntwo").place(5)
    (2, 2)
    """

    def __init__(self, source: str) -> None:
        lengths = (len(line) + 1 for line in source.split("\n"))
        self.starts = [0, *accumulate(lengths)]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, counted from 1."""
        line = bisect_right(self.starts, offset, hi=len(self.starts) - 1)
        return line, offset - self.starts[line - 1] + 1
