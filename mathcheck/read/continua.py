r"""Intervals given by relations: \inf_{x > 0}, \{x \in \mathbb{R} : x > 0\}."""

from __future__ import annotations

from mathcheck.read.cursor import cut_at, top_level
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    Both,
    Bound,
    Infinity,
    Interval,
    Negated,
    Node,
    Relation,
    Symbol,
)
from mathcheck.read.tree import is_infinite, symbols

REALS = Interval(Negated(Infinity()), Infinity(), True, True)
COUNTING = "ijklmn"  # what a letter that nothing declares is, if it is one of these


def intervals_below(parser: Parser, below: list[Token], at: int) -> list[Bound]:
    """Return real numbers with the intervals that relations below a sign give them.

    There are none if anything else stands below it.
    """
    domains: dict[str, Interval] = {}
    for part in cut_at(below, ","):
        if not top_level(part, (*MIRRORED,)) or top_level(part, (":", r"\mid")):
            return []
        with parser.having(fresh=True):
            found = parser.isolated(part, parser.grammar.condition)
        if not isinstance(found, Relation):
            return []
        inner = found.sides[1:2] if len(found.sides) == 3 else found.sides
        name = next(
            (s.name for s in inner if isinstance(s, Symbol) and is_real(parser, s)), ""
        )
        domain = narrowed(name, domains.get(name, REALS), found) if name else None
        if domain is None:
            return []
        domains[name] = domain
    ends = {free for domain in domains.values() for free in symbols(domain)}
    if ends & {*domains}:  # \min_{0 < a < b, b < 1}
        return []
    for free in sorted(ends):
        parser.require(free, at)
    return [Bound(name, domain=domain, at=at) for name, domain in domains.items()]


def narrowed(name: str, base: Interval, found: Node) -> Interval | None:
    """Return what relations leave of an interval; None if they are not about its ends.

    So 0 < x < 1; an end of which nothing is said stays where it is.
    """
    if isinstance(found, Both) and not found.any:
        left: Interval | None = base
        for part in found.conditions:
            left = narrowed(name, left, part) if left else None
        return left
    if not isinstance(found, Relation) or not set(found.operators) <= MIRRORED.keys():
        return None
    at, sides = found.at, found.sides
    place = next((i for i, s in enumerate(sides) if s == Symbol(name)), None)
    others = [symbols(side) for i, side in enumerate(sides) if i != place]
    if place is None or len(sides) > 3 or (len(sides) == 3 and place != 1):
        return None
    if any(name in free for free in others):
        return None
    ends = {False: (base.low, base.low_open), True: (base.high, base.high_open)}
    for i, operator in enumerate(found.operators):
        left_end, sign = sides[i], operator
        if i == place:  # x < b is b > x
            left_end, sign = sides[i + 1], MIRRORED[operator]
        upper = sign in (">", r"\ge")
        if not is_infinite(ends[upper][0]):  # which of two ends counts is not told here
            return None
        ends[upper] = left_end, sign in ("<", ">")
    (low, low_open), (high, high_open) = ends[False], ends[True]
    return Interval(low, high, low_open, high_open, at=at)


def is_real(parser: Parser, node: Node) -> bool:
    """Say whether a side is a letter for a real number, or for one that is new."""
    if not isinstance(node, Symbol):
        return False
    if node.name in parser.bound or not parser.scope.known(node.name):
        return node.name not in COUNTING and node.name not in parser.bound
    space = parser.scope.space(node.name)
    return isinstance(space, Interval)
