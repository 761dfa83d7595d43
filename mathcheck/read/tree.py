"""What a tree says of itself: its names, free and bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mathcheck.read.syntax import (
    Big,
    Both,
    Bracket,
    Call,
    Chosen,
    Composed,
    Expectation,
    Extreme,
    Grid,
    Infinity,
    Integral,
    Inverse,
    Limit,
    Negated,
    Node,
    Power,
    Substituted,
    Such,
    Symbol,
)


def together(
    conditions: Sequence[Node], *, at: int = -1, any_of_them: bool = False
) -> Node:
    """Return conditions as one: all of them hold, or any."""
    if len(conditions) == 1:
        return conditions[0]
    return Both(tuple(conditions), any=any_of_them, at=at)


def conjuncts(condition: Node | None) -> tuple[Node, ...]:
    """Return the parts of a condition that all have to hold."""
    if isinstance(condition, Both) and not condition.any:
        return condition.conditions
    return (condition,) if condition else ()


def has(kinds: Any, *nodes: Node) -> bool:
    """Say whether an expression has a part of these kinds."""
    return any(isinstance(part, kinds) for node in nodes for part in node.parts)


def base_of(space: Node) -> Node:
    """Return the set of the entries, which of numbers is the set itself."""
    return space.base if isinstance(space, Power) else space


def bound_names(node: Node) -> set[str]:
    """Return the names that a node itself binds."""
    if isinstance(node, Big):
        return {bound.name for bound in node.bound}
    if isinstance(node, Expectation):
        return {node.variable} if node.variable else set()
    if isinstance(node, Grid):
        return {node.row, node.column}
    if isinstance(node, Integral | Limit | Such):
        return {node.name}
    if isinstance(node, Extreme):
        return {*node.names}
    return set()


KNOWN: dict[int, tuple[Node, frozenset[str]]] = {}  # by identity, with the node kept


def symbols(node: Node) -> frozenset[str]:
    """Return the names that occur free, those of called functions included."""
    known = KNOWN.get(id(node))
    if known is None:
        if len(KNOWN) > 100_000:
            KNOWN.clear()
        known = KNOWN[id(node)] = node, frozenset(free_names(node))
    return known[1]


def free_names(node: Node) -> set[str] | frozenset[str]:
    """Find the names that occur free in a node."""
    if isinstance(node, Symbol):
        return {node.name}
    if isinstance(node, Chosen):
        return {node.name} | symbols(node.whole)
    if isinstance(node, Such):
        return (symbols(node.condition) - {node.name}) | symbols(node.base)
    if isinstance(node, Big):
        inner = set(symbols(node.body)) | (
            symbols(node.condition) if node.condition else set()
        )
        ranges: set[str] = set()
        for bound in node.bound:
            for part in (bound.low, bound.high, bound.domain):
                ranges |= symbols(part) if part else set()
            inner |= symbols(bound.condition) if bound.condition else set()
        return (inner - bound_names(node)) | (ranges - bound_names(node))
    if isinstance(node, Integral):
        return (
            (symbols(node.body) - {node.name}) | symbols(node.low) | symbols(node.high)
        )
    if isinstance(node, Substituted):
        return symbols(node.body).union(*map(symbols, node.values), node.names)
    if isinstance(node, Limit):
        return (symbols(node.body) - {node.name}) | symbols(node.target)
    if isinstance(node, Expectation):
        inner = set().union(*map(symbols, node.bodies))
        return (inner - bound_names(node)) | symbols(node.law)
    below: set[str] = set().union(*map(symbols, node.children))
    if isinstance(node, Call | Inverse):
        below.add(node.function)
    if isinstance(node, Composed):
        below.update(node.functions)
    return below - bound_names(node)


def all_bound(node: Node) -> set[str]:
    """Return the names that are bound anywhere in a tree."""
    return set().union(*(bound_names(part) for part in node.parts))


def is_infinite(end: Node) -> bool:
    """Say whether an end of an interval is infinite."""
    return isinstance(end.body if isinstance(end, Negated) else end, Infinity)


def unbracketed(node: Node) -> Node:
    """Return a node without the brackets around it."""
    return unbracketed(node.body) if isinstance(node, Bracket) else node
