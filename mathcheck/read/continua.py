r"""What an extreme runs over that no sum could: \inf_{x > 0}, \max_{0 \le t \le 1}."""

from __future__ import annotations

from mathcheck.read.conditions import condition
from mathcheck.read.cursor import top_level
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    Bound,
    Infinity,
    Interval,
    Negated,
    Node,
    Relation,
    Symbol,
)
from mathcheck.read.tree import symbols

COUNTING = "ijklmn"  # what a letter that nothing declares is, if it is one of these


def interval_below(parser: Parser, below: list[Token], at: int) -> Bound | None:
    """Return a real number with the interval that relations below a sign give it."""
    if not top_level(below, (*MIRRORED,)) or top_level(below, (",", ":", r"\mid")):
        return None
    with parser.having(fresh=True):
        found = parser.isolated(below, condition)
    if not isinstance(found, Relation) or not set(found.operators) <= MIRRORED.keys():
        return None
    place = next((i for i, s in enumerate(found.sides) if is_real(parser, s)), None)
    if place is None or len(found.sides) > 3 or (len(found.sides) == 3 and place != 1):
        return None
    name = getattr(found.sides[place], "name", "")
    low: tuple[Node, bool] = Negated(Infinity(at=at), at=at), True
    high: tuple[Node, bool] = Infinity(at=at), True
    for i, operator in enumerate(found.operators):
        left, right = found.sides[i], found.sides[i + 1]
        if i == place:  # x < b is b > x
            left, operator = right, MIRRORED[operator]
        end = left, operator in ("<", ">")
        if operator in ("<", r"\le"):
            low = end
        else:
            high = end
    for end, _ in (low, high):
        for free in sorted(symbols(end) - {name}):
            parser.require(free, at)
    domain = Interval(low[0], high[0], low[1], high[1], at=at)
    return Bound(name, domain=domain, at=at)


def is_real(parser: Parser, node: Node) -> bool:
    """Say whether a side is a letter for a real number, or for one that is new."""
    if not isinstance(node, Symbol):
        return False
    if node.name in parser.bound or not parser.scope.known(node.name):
        return node.name not in COUNTING and node.name not in parser.bound
    space = getattr(parser.scope.plain(node.name), "space", None)
    return isinstance(space, Interval)
