r"""Membership in an interval is two inequalities, and is tried as they are.

So $x \in [0, 1]$ gets the search that $0 \le x \le 1$ gets, and its rounding.
"""

from __future__ import annotations

from mathcheck.read.syntax import (
    Both,
    Interval,
    Member,
    Node,
    Relation,
)
from mathcheck.read.tree import is_infinite


def as_order(node: Node) -> Node:
    """Return the order of a number and the ends of the interval that it is in."""
    if not (isinstance(node, Member) and node.inside):
        return node
    space, found = node.space, node.element
    if not isinstance(space, Interval):
        return node
    sides: list[Node] = [found]
    operators: list[str] = []
    if not is_infinite(space.low):
        sides.insert(0, space.low)
        operators.append("<" if space.low_open else r"\le")
    if not is_infinite(space.high):
        sides.append(space.high)
        operators.append("<" if space.high_open else r"\le")
    if not operators:
        return node
    return Relation(tuple(operators), tuple(sides), at=node.at)


def members(node: Node) -> list[Node]:
    """Return the memberships of a list, x and y in one set, one after the other."""
    parts = node.conditions if isinstance(node, Both) and not node.any else ()
    alone = all(isinstance(part, Member) for part in parts)
    return list(parts) if parts and alone else [node]
