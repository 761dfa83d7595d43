"""A formula on its way: cut out of its source once, lexed once, and read in its scope.

What is declared from, tried, explained, marked and changed is all taken from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from mathcheck.read.claims import Statement
from mathcheck.read.continued import goes_on, last_side
from mathcheck.read.lexer import Token, tokens
from mathcheck.read.problems import Problem
from mathcheck.read.reasons import REASON
from mathcheck.read.scope import Scope
from mathcheck.read.statements import read
from mathcheck.source.blocks import Element
from mathcheck.source.lines import Lines

Readings = dict[tuple[object, bool], list[Statement]]


@dataclass(frozen=True, eq=False)
class Formula:
    """A formula of a page, and all that is made of its LaTeX."""

    element: Element
    lines: Lines  # of the source that it was cut out of
    before: Formula | None = None  # the one that it goes on with, if it begins with =
    readings: Readings = field(default_factory=dict, repr=False)

    @property
    def latex(self) -> str:
        """Its LaTeX, as it stands in the source."""
        return self.element.latex

    @property
    def offset(self) -> int:
        """Where it starts in its source."""
        return self.element.offset

    @cached_property
    def tokens(self) -> list[Token]:
        """Its tokens; every later step goes by these."""
        return tokens(self.latex)

    @cached_property
    def reasons(self) -> list[Token]:
        """The words of its reasons, which state nothing: see `reasons.py`."""
        spans = [match.span() for match in REASON.finditer(self.latex)]
        return [
            token
            for token in self.tokens
            if any(start <= token.at < end for start, end in spans)
        ]

    @cached_property
    def carried(self) -> list[Token]:
        """The side of the formula before with which it goes on."""
        try:
            if self.before and goes_on(self.tokens):
                return last_side([*self.before.carried, *self.before.tokens])
        except Problem:
            pass  # which is told of the formula that it is in
        return []

    def statements(self, scope: Scope, *, concludes: bool = False) -> list[Statement]:
        """Return what it states where this is in force; it is read once for that."""
        key = scope.trail, concludes
        if key not in self.readings:
            own = [token for token in self.tokens if token not in self.reasons]
            found = [*self.carried, *own]
            self.readings[key] = read(
                found,
                scope,
                spoken=self.reasons,
                concludes=concludes,
                inline=not self.element.display,
            )
        return self.readings[key]

    def place(self, at: int = 0) -> tuple[int, int]:
        """Return line and column of a place in it."""
        return self.lines.place(self.offset + at)

    @property
    def cell(self) -> int:
        """The number of its cell in a notebook; 0 elsewhere."""
        return self.lines.cell(self.offset)

    def on_one_line(self, start: int = 0, end: int | None = None) -> str:
        """Return its LaTeX, or a part of it, without line breaks."""
        return " ".join(self.latex[start:end].split())

    def changed(self, latex: str) -> Formula:
        """Return the formula that would stand here with other LaTeX."""
        return Formula(replace(self.element, latex=latex), self.lines, self.before)
