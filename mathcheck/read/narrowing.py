r"""A declaration and what it is restricted by: y \in \{0, 1\}^K with \sum_k y_k = 1."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from mathcheck.read.claims import Statement
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Meaning, Scope, Variable
from mathcheck.read.syntax import (
    Finite,
    Indexed,
    Node,
    Power,
    Range,
    Such,
    UnitVectors,
)
from mathcheck.read.tree import symbols


def narrowed(statement: Statement, condition: Node) -> Statement:
    """Return a declaration of those values for which a condition holds as well."""
    declares = tuple(fewer(meaning, condition) for meaning in statement.declares)
    return replace(statement, declares=declares)


def fewer(meaning: Meaning, condition: Node) -> Meaning:
    """Return a variable with a smaller set, if the condition is about it."""
    if not isinstance(meaning, Variable) or meaning.name not in symbols(condition):
        return meaning
    if not finite(meaning.space) or meaning.family:
        raise RefusedError(
            f"{meaning.name} is restricted by a condition, which is read of finite "
            r"sets only; name the set that is left, such as \Delta^{K-1} or (0, 1)",
            condition.at,
        )
    space = Such(meaning.name, meaning.space, condition, at=condition.at)
    return replace(meaning, space=space)


def finite(space: Node) -> bool:
    """Say whether a set has finitely many elements, whatever the sizes are."""
    base = space.base if isinstance(space, Power | Such) else space
    if isinstance(base, Power | Such):
        return finite(base)
    return isinstance(base, Range | Finite | UnitVectors)


def counting(scope: Scope, node: Node, chosen: Collection[str] = ()) -> set[str]:
    """Return the indices that count members or components in a relation.

    One that was chosen before, as c in z_c, is no counter of components.
    """
    found: set[str] = set()
    for part in node.parts:
        if isinstance(part, Indexed):
            base = scope.plain(getattr(part.base, "name", ""))
            members = len(getattr(base, "family", ()))
            for place, index in enumerate(part.indices):
                name = getattr(index, "name", "")
                if place < members or name not in chosen:
                    found.add(name)
    return {name for name in found & symbols(node) if scope.is_index(name)}


def about(scope: Scope, declared: list[Meaning], node: Node) -> list[Variable]:
    """Return which of the symbols that were just declared a relation is about."""
    return [
        meaning
        for meaning in declared
        if isinstance(meaning, Variable)
        and meaning.name in symbols(node) - counting(scope, node)
        and not meaning.family
        and finite(meaning.space)
        and scope.in_section(meaning.name) == meaning
    ]
