r"""What counts the entries beside dots: 1 and N, or j and c; and steps from it."""

from __future__ import annotations

from typing import Any

from mathcheck.read.syntax import Binary, Call, Indexed, Negated, Node, Number, Symbol

Pair = tuple[Node, Node]  # what stands at one place of two entries


def place_in_row(node: object) -> tuple[Symbol | None, int] | None:
    """Return what is counted from, and how far it is: (j, 1) of j + 1."""
    if isinstance(node, Number):
        return (None, int(node.text)) if node.text.isdigit() else None
    if isinstance(node, Symbol):
        return node, 0
    if isinstance(node, Binary) and node.operation in ("+", "-"):
        if isinstance(node.left, Symbol) and isinstance(node.right, Number):
            if node.right.text.isdigit():
                step = int(node.right.text)
                return node.left, step if node.operation == "+" else -step
    return None


def keeps_step(first: Pair, pair: Pair) -> bool:
    """Say whether a pair is as far from the first one before the dots as after them."""
    places = [place_in_row(node) for node in (*first, *pair)]
    if None in places:
        return pair == first
    low, high, a, b = (place for place in places if place)
    same = a[0] == low[0] and b[0] == high[0]
    return pair == first or (same and a[1] - low[1] == b[1] - high[1])


def steps(one: Node, other: Node) -> int:
    """Return how many steps something counted is after something else."""
    first, then = place_in_row(one), place_in_row(other)
    return then[1] - first[1] if first and then else 0


def moved(node: Node, step: int) -> Node:
    """Return a number, or an index, some steps further on."""
    found = place_in_row(node)
    if not step or found is None:
        return node
    base, offset = found[0], found[1] + step
    if base is None:
        return (
            Number(str(offset), at=node.at)
            if offset >= 0
            else Negated(Number(str(-offset), at=node.at), at=node.at)
        )
    if not offset:
        return base
    sign = "+" if offset > 0 else "-"
    return Binary(sign, base, Number(str(abs(offset))), at=node.at)


def counts(first: Any, last: Any) -> bool:
    """Say whether two nodes that differ count: 1 and N, j and c, or j + 1 and c - 1."""
    if first == last or not isinstance(last, Node):
        return False
    if isinstance(first, Number):
        return first.text.isdigit()
    low, high = place_in_row(first), place_in_row(last)
    if low is None or high is None:
        return False
    return type(first) is not type(last) or low[0] != high[0]


def in_scripts(first: Any, last: Any) -> bool:
    """Say whether entries differ in a subscript, or in an argument."""
    if isinstance(first, Indexed | Call) and type(first) is type(last):
        own = first.indices if isinstance(first, Indexed) else first.arguments
        others = last.indices if isinstance(last, Indexed) else last.arguments
        if any(map(counts, own, others)):
            return True
    if not isinstance(first, Node) or not isinstance(last, Node):
        return False
    return any(map(in_scripts, first.children, last.children))
