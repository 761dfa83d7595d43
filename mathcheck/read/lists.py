"""Lists: expressions with commas between them, and dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mathcheck.read.syntax import Dots, Node

if TYPE_CHECKING:
    from mathcheck.read.parser import Parser


def sequence(parser: Parser, *, after_first: bool = False) -> list[Node]:
    """Read expressions with commas between them; dots may stand for some."""
    found = [] if after_first else [item(parser)]
    while parser.skip(",", ";"):
        found.append(item(parser))
    return found


def item(parser: Parser) -> Node:
    """Read an expression of a sequence, or dots."""
    if parser.at(r"\dots"):
        return Dots(at=parser.take().at)
    return parser.expression()
