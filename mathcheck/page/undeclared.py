r"""The symbols that nothing declares where they stand, all of them.

A formula is refused at its first one; an author who declares wants to know the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mathcheck.page.finding import Finding
from mathcheck.page.occurrences import named
from mathcheck.read.calls import BUILT_IN
from mathcheck.read.conditions import begins_name
from mathcheck.read.formula import Formula
from mathcheck.read.grammar import parser_of
from mathcheck.read.lexer import Token
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Scope

Role = Literal["size", "index", "other"]  # above a sum, below something, elsewhere
CONSTANTS = ("e", "d", r"\pi", "I", r"\mathbb{1}")  # d is that of a derivative
NO_NAMES = (r"\mathbb{R}", r"\mathbb{N}", r"\mathbb{Z}", r"\mathbb{E}", r"\mathbb{P}")
SUMS = (r"\sum", r"\prod")


@dataclass(frozen=True)
class Place:
    """Where a symbol stands, how it is written, and what it is there."""

    formula: Formula
    at: int
    latex: str
    role: Role


@dataclass
class Undeclared:
    """Collects them from the formulas of a page, as they are checked."""

    places: dict[int, list[tuple[str, Place]]] = field(default_factory=dict)

    def add(self, formula: Formula, found: list[Finding], scope: Scope) -> None:
        """Keep those of a formula; of one that is read twice, the second time."""
        failed = any(f.status in ("undefined", "refused") for f in found)
        self.places[formula.offset] = [*undeclared(formula, scope)] if failed else []

    def by_name(self) -> dict[str, list[Place]]:
        """Return where each stands: first sizes, then indices, then all others."""
        found: dict[str, list[Place]] = {}
        for _, places in sorted(self.places.items()):
            for name, place in places:
                found.setdefault(name, []).append(place)
        order = ("size", "index", "other")

        def rank(name: str) -> int:
            return min(order.index(place.role) for place in found[name])

        return {name: found[name] for name in sorted(found, key=rank)}


def undeclared(formula: Formula, scope: Scope) -> Iterator[tuple[str, Place]]:
    """Yield the names in a formula that have no meaning."""
    try:
        found = formula.tokens
    except Problem:
        return
    parser = parser_of([*found], scope)
    bound = bound_in(found)
    while not parser.done:
        start, position = parser.here, parser.position
        if not begins_name(start):
            parser.take()
            continue
        try:
            name = named(parser)
        except Problem:
            name, parser.position = start.text, position + 1
        plain = name.removeprefix(r"\mathbf ")
        known = name in NO_NAMES or plain in CONSTANTS or plain in BUILT_IN
        turned = name == "T" and position and found[position - 1].text == "^"
        if known or turned or name in bound or parser.knows(name):
            continue
        last = parser.tokens[parser.position - 1]
        latex = formula.on_one_line(start.at, last.end)
        yield name, Place(formula, start.at, latex, role_of(found, position))


def bound_in(found: Sequence[Token]) -> set[str]:
    r"""Return the letters that a formula binds with limits: \sum_{i=1}^N."""
    return {
        letter.text
        for sign, below, brace, letter, equals in zip(
            found, found[1:], found[2:], found[3:], found[4:], strict=False
        )
        if sign.text in SUMS and below.text + brace.text == "_{" and equals.text == "="
    }


def role_of(found: Sequence[Token], position: int) -> Role:
    """Return what a symbol is: the end of a sum, in a subscript, or something else."""
    first = position
    depth = 0
    while first > 0 and depth < 1:
        first -= 1
        depth += found[first].text == "{"
        depth -= found[first].text == "}"
    inner = first if depth == 1 else position  # the brace around it, or itself
    for before in (position - 1, inner - 1):
        sign = found[before].text if before >= 0 else ""
        if sign == "_":
            return "index"
        if sign == "^" and ends_below(found, before - 1):
            return "size"
    return "other"


def ends_below(found: Sequence[Token], last: int) -> bool:
    """Say whether the lower limit of a sum ends at a token."""
    first, depth = last, 0
    while first > 0:
        depth += found[first].text == "}"
        depth -= found[first].text == "{"
        if not depth:
            break
        first -= 1
    return first > 1 and found[first - 1].text == "_" and found[first - 2].text in SUMS
