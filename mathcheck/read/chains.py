r"""Dots in a chain of relations: p_1 = p_2 = \dots = p_N, or x_1 \le \dots \le x_N.

It says as much as a relation with an index that runs from the first to the last.
"""

from __future__ import annotations

from mathcheck.read.counters import moved, place_in_row
from mathcheck.read.dots import Pattern, pattern, unclear
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Variable
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    Binary,
    Dots,
    Every,
    Node,
    Number,
    Range,
    Relation,
    Symbol,
)


def has_dots(node: Relation) -> bool:
    """Say whether dots stand for some of the sides."""
    return any(isinstance(side, Dots) for side in node.sides)


def spread_out(node: Relation) -> tuple[list[Node], Variable]:
    """Return the relations that a chain with dots stands for, and what counts them."""
    cut = next(i for i, side in enumerate(node.sides) if isinstance(side, Dots))
    if not 0 < cut < len(node.sides) - 1:
        raise unclear(node.sides[cut].at)
    operator, last = node.operators[cut], node.sides[cut + 1]
    start, found = run_before(node, cut)
    end = found.high if operator == "=" else before(found.high)
    name = f"place from {shown(found.low)} to {shown(end)}"
    place = Symbol(name, at=node.at)
    following = found.low if operator == "=" else moved(place, 1)
    signs: tuple[str, ...] = (operator,)
    sides: tuple[Node, ...] = found.entry(place), found.entry(following)
    rest = node.operators[cut + 1 :], node.sides[cut + 1 :]
    if rest[0] and {operator, *rest[0]} == {"="}:  # each is what the last one is
        signs, sides, rest = rest[0], (sides[0], *rest[1][1:]), ((), ())
    row = Relation(signs, sides, at=node.at)
    result: list[Node] = [Every((name,), row, at=node.at)]
    if start:
        head = node.operators[:start], node.sides[: start + 1]
        result.insert(0, Relation(*head, at=node.at))
    if rest[0]:
        result.append(Relation(*rest, at=last.at))
    if any(isinstance(side, Dots) for side in node.sides[cut + 1 :]):
        raise unclear(last.at)
    return result, Variable(name, Range(found.low, end, at=node.at))


def run_before(node: Relation, cut: int) -> tuple[int, Pattern]:
    """Return where the sides begin that dots go on with, and their pattern."""
    operator, last, at = node.operators[cut], node.sides[cut + 1], node.sides[cut].at
    if operator not in ("=", *MIRRORED) or node.operators[cut - 1] != operator:
        raise unclear(at)
    start, found = cut - 1, pattern(node.sides[cut - 1 : cut], last, at)
    while start and node.operators[start - 1] == operator:
        try:
            found = pattern(node.sides[start - 1 : cut], last, at)
        except RefusedError:
            break
        start -= 1
    return start, found


def before(high: Node) -> Node:
    """Return the number before another one."""
    if place_in_row(high) is not None:
        return moved(high, -1)
    return Binary("-", high, Number("1", at=high.at), at=high.at)


def shown(node: Node) -> str:
    """Return a number, or how far something is from an index, as a text."""
    place = place_in_row(node)
    if place is None:
        return repr(node)
    base, offset = place
    name = base.name if base else ""
    return f"{name}{offset:+d}" if name and offset else name or str(offset)
