r"""Which index counts the members where one stands above and one below: z_i^{(k)}.

A family that is declared as x^{(i)} has its members counted above. One that is declared
as z_i \in \mathbb{R}^K may have its components there, or its members as well: then the
sets of the indices tell.
"""

from __future__ import annotations

from mathcheck.read.parts import sides_of
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Definition, Meaning, Scope, Variable
from mathcheck.read.syntax import (
    Indexed,
    Node,
    Range,
    Symbol,
)


def in_order(
    scope: Scope, name: str, above: list[Node], below: list[Node], at: int
) -> tuple[Node, ...]:
    """Return indices in the order in which the members of a name take them."""
    first, second = (*above, *below), (*below, *above)
    meaning = meant(scope, name, len(first))
    if not above or not below or meaning is None or meaning.samples:
        return first
    places = places_of(meaning)
    faults = strange(scope, places, first), strange(scope, places, second)
    if faults[0] == faults[1]:
        raise RefusedError(
            f"which index of {name} stands above can be read in two ways; "
            "write both below, with a comma",
            at,
        )
    return first if faults[0] < faults[1] else second


def meant(scope: Scope, name: str, count: int) -> Meaning | None:
    """Return the meaning of a name that takes so many indices, if one does."""
    for meaning in scope.meanings(name):
        if len(places_of(meaning)) == count:
            return meaning
    return None


def places_of(meaning: Meaning) -> list[Node | None]:
    """Return the sets that the indices of a meaning run over, in their order."""
    if isinstance(meaning, Definition):
        return [space for _, space in meaning.indices]
    return [*meaning.family, *sides_of(meaning.space)]


def strange(scope: Scope, places: list[Node | None], indices: tuple[Node, ...]) -> int:
    """Count the indices that are of another set than that of their place."""
    return sum(
        place is not None and own is not None and own != place
        for place, own in zip(places, (set_of(scope, i) for i in indices), strict=True)
    )


def set_of(scope: Scope, index: Node) -> Node | None:
    """Return the set of an index that is a symbol, or a member of a family."""
    name = index.base if isinstance(index, Indexed) else index
    known = scope.plain(name.name) if isinstance(name, Symbol) else None
    space = known.space if isinstance(known, Variable) else None
    return space if isinstance(space, Range) else None
