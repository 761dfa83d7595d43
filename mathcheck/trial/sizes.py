"""The sizes at which a statement is tried: of classes, of examples, of features.

Small ones tell most, all of them unlike each other, lest a transposed matrix fit.
"""

from __future__ import annotations

from itertools import product

from mathcheck.read.scope import Definition, Meaning, Variable, is_size
from mathcheck.read.syntax import (
    Bound,
    Constant,
    Indexed,
    Matrix,
    Naturals,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    Unit,
    Vector,
)
from mathcheck.read.tree import symbols

SIZES = (2, 3, 4)
LARGEST = 20  # size that a condition may ask for
MANY = 125  # combinations of sizes, at most


def choices(
    meanings: list[Meaning], nodes: list[Node], conditions: list[Node]
) -> list[dict[str, int]]:
    """Return the sizes to try: each of two to four, and unlike each other."""
    lengths = lengths_in(meanings)
    sizes = [
        m
        for m in meanings
        if isinstance(m, Variable)
        and (is_size(m) or (m.name in lengths and isinstance(m.space, Naturals)))
    ]
    names = sorted({m.name for m in sizes})
    if not names:
        return [{}]
    bodies = [m.body for m in meanings if isinstance(m, Definition)]
    longest = max(map(written_out, [*nodes, *bodies]), default=0)
    low = {m.name: least(m) for m in sizes}
    ranges = {
        name: tuple(
            n for n in values_of(name, nodes, conditions, longest) if n >= low[name]
        )
        or (low[name], low[name] + 1)
        for name in names
    }
    conditioned = set().union(*map(symbols, conditions))
    if len(names) > 1 and not conditioned.isdisjoint(names):
        result = every_choice(ranges)
    else:
        result = unlike_choices(ranges)
    result += [one for one in with_ones(sizes, result[0]) if one not in result]
    starts = {m.name: getattr(m.space, "start", 1) or 0 for m in sizes}
    result = [c for c in result if all(c[name] >= starts[name] for name in names)]
    from_zero = dict.fromkeys(m.name for m in sizes if m.space == Naturals(0))
    return result + [{**result[0], name: 0} for name in from_zero]


def lengths_in(meanings: list[Meaning]) -> set[str]:
    """Return the names on which shapes depend; an integer among them is a size."""
    variables = [m for m in meanings if isinstance(m, Variable)]
    spaces = [space for m in variables for space in (m.space, *m.family)]
    return set().union(*map(symbols, spaces))


def with_ones(sizes: list[Variable], first: dict[str, int]) -> list[dict[str, int]]:
    """Return choices in which one size is 1, if it may be that."""
    return [{**first, m.name: 1} for m in sizes if least(m) <= 1]


def least(size: Variable) -> int:
    """Return the smallest size that a declaration allows, but 0."""
    start = size.space.start if isinstance(size.space, Naturals) else None
    return max(1, start or 1)


def values_of(
    name: str, nodes: list[Node], conditions: list[Node], longest: int
) -> tuple[int, ...]:
    """Return the values of one size: more where something depends on the number."""
    conditioned = any(name in symbols(condition) for condition in conditions)
    values: tuple[int, ...] = SIZES
    if conditioned or longest:
        values = tuple(range(1, max(5, min(longest, 8) + 2) + 1))
    elif any(name in as_numbers(node) for node in nodes):
        values = (*SIZES, 5, 7)
    return (*values, *(n for n in asked_for(name, conditions) if n not in values))


def unlike_choices(ranges: dict[str, tuple[int, ...]]) -> list[dict[str, int]]:
    """Return each value of the main size with another one for the rest.

    With the first of them the rest has all its values in turn, the same one too.
    """
    main = "K" if "K" in ranges else next(iter(ranges))
    others = [name for name in ranges if name != main]
    result: list[dict[str, int]] = []
    for turn, value in enumerate(ranges[main]):
        for shift in range(3 if others and not turn else 1):
            chosen = {main: value}
            for i, name in enumerate(others, 1):
                chosen[name] = ranges[name][(turn + shift * i + 1) % len(ranges[name])]
            if chosen not in result:
                result.append(chosen)
    return result


def every_choice(ranges: dict[str, tuple[int, ...]]) -> list[dict[str, int]]:
    """Return all combinations of sizes, or some of them if they are too many."""
    found = [
        dict(zip(ranges, sizes, strict=True)) for sizes in product(*ranges.values())
    ]
    return found if len(found) <= MANY else found[:: len(found) // MANY + 1]


def asked_for(name: str, conditions: list[Node]) -> list[int]:
    """Return the sizes that conditions ask for by number: K = 10."""
    found = []
    for relation in (part for node in conditions for part in node.parts):
        if isinstance(relation, Relation) and Symbol(name) in relation.sides:
            for side in relation.sides:
                if isinstance(side, Number) and side.text.isdigit():
                    found.append(int(side.text))
    return [n for n in found if 1 <= n <= LARGEST]


def written_out(node: Node) -> int:
    """Return the largest length or component that is written as a number, or 0."""
    largest = 0
    for part in node.parts:
        numbers: tuple[Node, ...] = ()
        if isinstance(part, Vector):
            largest = max(largest, len(part.items))
        elif isinstance(part, Matrix):
            largest = max(largest, len(part.rows), len(part.rows[0]))
        elif isinstance(part, Unit):
            numbers = (part.index,)
        elif isinstance(part, Indexed):
            numbers = part.indices
        elif isinstance(part, Power):
            numbers = part.sizes
        for shown in numbers:
            if isinstance(shown, Number) and shown.text.isdigit():
                largest = max(largest, int(shown.text), 1)
    return largest


def as_numbers(node: Node) -> set[str]:
    """Return the names that stand in an expression other than as a sum's limit."""
    if isinstance(node, Symbol):
        return {node.name}
    if isinstance(node, Bound | Indexed | Constant):
        return set()
    return set().union(*map(as_numbers, node.children))
