"""The points at which a statement is tried: sizes, indices, labels and draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import holds, inside
from mathcheck.evaluate.quantity import Quantity, Thing, known, number
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import (
    Definition,
    Key,
    Meaning,
    Scope,
    Variable,
    is_size,
    key_of,
)
from mathcheck.read.syntax import (
    Bound,
    Constant,
    Extreme,
    Indexed,
    Maps,
    Matrix,
    Naturals,
    Node,
    Number,
    Power,
    Range,
    Relation,
    Symbol,
    Unit,
    Vector,
)
from mathcheck.read.tree import children, symbols, walk
from mathcheck.trial.sample import far, place, wild
from mathcheck.trial.satisfy import satisfy

POINTS = 20  # random draws, special ones included


MANY = 60  # for inequalities, which fail in corners


GRID = 300_000  # points with all indices, at most


SIZES = (2, 3, 4)


LARGEST = 20  # size that a condition may ask for


@dataclass
class Points:
    """One choice of sizes, with everything else laid out on axes."""

    evaluator: Evaluator
    sizes: dict[str, int]
    mask: np.ndarray  # where the conditions hold
    special: np.ndarray  # at the edge of a set, where a value may not exist
    far: np.ndarray  # so far out that floating point is at its end
    values: dict[Key, Quantity] = field(default_factory=dict)
    bodies: list[Node] = field(default_factory=list)  # of the definitions in use
    conditions: list[Node] = field(default_factory=list)


def needed(scope: Scope, nodes: list[Node]) -> list[Meaning]:
    """Return all meanings that these expressions may depend on."""
    found: dict[tuple[Key, int], Meaning] = {}
    names = set().union(*map(symbols, nodes)) if nodes else set()
    for node in nodes:  # what a drawn variable, or one to be chosen, is declared as
        names |= {v for n in walk(node) if (v := getattr(n, "variable", None))}
        names |= {n.name for n in walk(node) if isinstance(n, Extreme)}
    seen: set[str] = set()
    while names - seen:
        name = sorted(names - seen)[0]
        seen.add(name)
        for meaning in relevant(scope, name):
            found[key_of(meaning), 0] = meaning
            if isinstance(meaning, Definition):
                names |= symbols(meaning.body) - {n for n, _ in meaning.indices}
                names |= set(meaning.parameters or ())
                for _, domain in meaning.indices:
                    names |= symbols(domain)
                if meaning.variable:
                    names |= symbols(meaning.variable.space)
            else:
                names |= symbols(meaning.space).union(*map(symbols, meaning.family))
    return list(found.values())


def relevant(scope: Scope, name: str) -> Iterator[Meaning]:
    """Yield the meanings of a name that are not hidden by an inner one."""
    seen: set[Key] = set()
    for meaning in scope.meanings(name):
        if key_of(meaning) not in seen:
            seen.add(key_of(meaning))
            yield meaning


def choices(
    scope: Scope, meanings: list[Meaning], nodes: list[Node], conditions: list[Node]
) -> list[dict[str, int]]:
    """Return the sizes to try: each of two to four, and unlike each other."""
    names = sorted({m.name for m in meanings if isinstance(m, Variable) and is_size(m)})
    if not names:
        return [{}]
    special = set().union(*map(symbols, conditions)) if conditions else set()
    bodies = [m.body for m in meanings if isinstance(m, Definition)]
    largest = max(map(written_out, [*nodes, *bodies]), default=0)
    counted = set().union(*map(as_numbers, nodes)) if nodes else set()
    ranges: dict[str, tuple[int, ...]] = {}
    for name in names:
        sizes: tuple[int, ...] = (*SIZES, 5, 7) if name in counted else SIZES
        if name in special or largest:
            sizes = tuple(range(1, max(5, min(largest, 8) + 2) + 1))
        sizes = (*sizes, *(n for n in compared(name, conditions) if n not in sizes))
        ranges[name] = sizes
    main = next((name for name in ("K",) if name in names), names[0])
    result: list[dict[str, int]] = []
    others = [name for name in names if name != main]
    for turn, value in enumerate(ranges[main]):
        for shift in range(3 if others else 1):
            chosen = {main: value}
            for i, name in enumerate(others, 1):
                chosen[name] = ranges[name][(turn + shift * i + 1) % len(ranges[name])]
            if chosen not in result:
                result.append(chosen)
    if len(names) > 1 and any(name in special for name in names):
        result = every_choice(names, ranges)
    starts = {
        m.name: m.space.start
        for m in meanings
        if isinstance(m, Variable) and isinstance(m.space, Naturals)
    }
    extra = [
        {**result[0], name: start}
        for name, start in starts.items()
        if name in names and start == 0
    ]
    return result + extra


def compared(name: str, conditions: list[Node]) -> list[int]:
    """Return the sizes that conditions ask for by number: K = 10."""
    found = []
    for relation in (part for node in conditions for part in walk(node)):
        if isinstance(relation, Relation) and Symbol(name) in relation.sides:
            for side in relation.sides:
                if isinstance(side, Number) and side.text.isdigit():
                    found.append(int(side.text))
    return [n for n in found if 1 <= n <= LARGEST]


def every_choice(
    names: list[str], ranges: dict[str, tuple[int, ...]]
) -> list[dict[str, int]]:
    """Return all combinations of sizes, if they are not too many."""
    result: list[dict[str, int]] = [{}]
    for name in names:
        result = [{**chosen, name: n} for chosen in result for n in ranges[name]]
    return result if len(result) <= 125 else result[:: len(result) // 125 + 1]


def written_out(node: Node) -> int:
    """Return the largest length or component that is written as a number, or 0."""
    largest = 0
    for part in walk(node):
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
    return set().union(*map(as_numbers, children(node)))


def laid_out(
    scope: Scope,
    meanings: list[Meaning],
    sizes: dict[str, int],
    conditions: list[Node],
    count: int,
    *,
    edges: bool = False,
) -> Points | None:
    """Give all symbols their values; None if no point satisfies the conditions.

    The points at the edges alone are enough only if it is asked whether there are any.
    """
    evaluator = Evaluator(scope)
    root = evaluator.root
    evaluator.points = evaluator.new_axis(count).length  # the axis of the draws
    for name, n in sizes.items():
        root.values["plain", name, 0] = number(n)
    variables = [m for m in meanings if isinstance(m, Variable)]
    for variable in variables:
        if isinstance(variable.space, Range) and not variable.family:
            low = evaluator.whole(variable.space.low)
            high = evaluator.whole(variable.space.high)
            if high < low:
                return None
            if high - low > 2000:
                raise RefusedError(f"{variable.name} has too many values to be tried")
            axis = evaluator.new_axis(high - low + 1)
            index = axis.laid(np.arange(low, high + 1))
            root.values[key_of(variable)] = Quantity(index)
            root.sets[variable.name] = variable.space
    for variable in variables:
        if key_of(variable) in root.values or isinstance(variable.space, Maps):
            continue
        if any(isinstance(domain, Naturals) for domain in variable.family):
            continue
        drawn = place(evaluator, variable, count, sum(sizes.values()))
        if drawn is not None:
            root.values[key_of(variable)] = drawn
    shapes = [
        points_of(variable, root.values[key_of(variable)])
        for variable in variables
        if key_of(variable) in root.values
    ]
    shape = np.broadcast_shapes((1, 1), *(s for s in shapes))
    if np.prod(shape) > GRID:
        raise RefusedError("too many indices and labels to try them all")
    with np.errstate(all="ignore"):
        mask = np.ones((1, 1), bool)
        for condition in conditions:
            satisfy(evaluator, condition)
        for layer in evaluator.layers:
            layer.memo.clear()
        for condition in conditions:
            mask = mask & holds(evaluator, condition)
        for variable in variables if conditions else ():
            mask = mask & still_inside(evaluator, variable)
    special = wild(count).reshape(-1, 1, 1)
    if not (mask & (edges | ~special)).any():
        return None
    values = {k: v for k, v in root.values.items() if isinstance(v, Quantity)}
    mask = np.broadcast_to(mask, np.broadcast_shapes(mask.shape, shape))
    bodies = [m.body for m in meanings if isinstance(m, Definition)]
    evaluator.used.clear()  # from here on, by the statement itself
    return Points(
        evaluator, sizes, mask, special, far(count), values, bodies, conditions
    )


def still_inside(evaluator: Evaluator, variable: Variable) -> np.ndarray:
    """Say where a symbol that was moved is still in the set that it is drawn from."""
    stored = evaluator.root.values.get(key_of(variable))
    if variable.family or not isinstance(stored, Quantity):
        return np.ones((1, 1), bool)
    return inside(evaluator, stored, variable.space)


def points_of(variable: Variable, thing: Thing) -> tuple[int, ...]:
    """Return the shape of the points of a stored value, without its own axes."""
    shape = dual.primal(known(thing, "a value").array).shape
    own = 2 + bool(variable.family)
    return (*shape[: len(shape) - own], 1, 1)
