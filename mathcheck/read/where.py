r"""What "where" says: of a variable a restriction, of all else a fact.

In `f = g \text{ where } x = 1` the free symbol x is given a value. But where
`p_j = \sigma(z_j)` is said of a p that has a meaning, this is true or false.
"""

from __future__ import annotations

from collections.abc import Iterator

from mathcheck.read.scope import Definition, Scope, Variable
from mathcheck.read.segments import Segment
from mathcheck.read.syntax import Both, Call, Indexed, Member, Node, Relation, Symbol
from mathcheck.read.tree import symbols, unbracketed

OPENING = ("where", "with")


def opens_where(part: Segment) -> bool:
    """Say whether words say what something is, and not when something holds."""
    return part.words.lower().split()[:1] in ([w] for w in OPENING)


def restrictions(part: Segment, node: Node, scope: Scope) -> list[Node]:
    """Return the conditions among what is read after words."""
    if not opens_where(part):
        return [node]
    return [one for one in each_of(node) if restricts(scope, one)]


def facts(part: Segment, node: Node, scope: Scope) -> list[Node]:
    """Return what is claimed after words."""
    if not opens_where(part):
        return []
    return [one for one in each_of(node) if not restricts(scope, one)]


def each_of(node: Node) -> Iterator[Node]:
    """Yield conditions that hold together, one by one."""
    if isinstance(node, Both) and not node.any:
        for part in node.conditions:
            yield from each_of(part)
    else:
        yield node


def restricts(scope: Scope, node: Node) -> bool:
    """Say whether a condition leaves open what one of its symbols is."""
    if isinstance(node, Both):
        return all(restricts(scope, part) for part in node.conditions)
    if isinstance(node, Member):
        return is_open(scope, node.element)
    if not isinstance(node, Relation):
        return True
    first, *others = node.sides
    if "=" in node.operators:  # the side that is said to be something stands first
        itself = main_name(first) in set().union(*map(symbols, others))
        return is_open(scope, first) and not itself
    known = isinstance(scope.plain(main_name(first)), Definition)
    return not known and any(is_open(scope, side) for side in node.sides)


def is_open(scope: Scope, side: Node) -> bool:
    """Say whether a side is a variable, a component of one, or a function of one."""
    inner = unbracketed(side)
    if isinstance(inner, Call) and not scope.function(inner.function, 1):
        inner = inner.arguments[0]  # log s > 0
    name = main_name(inner)
    return bool(name) and isinstance(scope.plain(name), Variable)


def main_name(side: Node) -> str:
    """Return the name of a symbol, or of the one that a component is of."""
    inner = unbracketed(side)
    base = inner.base if isinstance(inner, Indexed) else inner
    return base.name if isinstance(base, Symbol) else ""
