"""The points at which a statement is tried: sizes, indices, labels and draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import holds
from mathcheck.evaluate.quantity import Quantity, Thing, known, number
from mathcheck.problems import RefusedError
from mathcheck.read.syntax import Indexed, Maps, Naturals, Node, Number, Power, Range
from mathcheck.read.tree import symbols, walk
from mathcheck.scope import Definition, Key, Meaning, Scope, Variable, is_size, key_of
from mathcheck.trial.sample import place, wild
from mathcheck.trial.satisfy import satisfy

POINTS = 12  # random draws, special ones included


MANY = 48  # for inequalities, which fail in corners


GRID = 300_000  # points with all indices, at most


SIZES = (2, 3, 4)


MORE_SIZES = (1, 2, 3, 4, 5)  # where a condition is about a size, or one is written out


@dataclass
class Points:
    """One choice of sizes, with everything else laid out on axes."""

    evaluator: Evaluator
    sizes: dict[str, int]
    mask: np.ndarray  # where the conditions hold
    special: np.ndarray  # at the edge of a set, where a value may not exist
    values: dict[Key, Quantity] = field(default_factory=dict)


def needed(scope: Scope, nodes: list[Node]) -> list[Meaning]:
    """Return all meanings that these expressions may depend on."""
    found: dict[tuple[Key, int], Meaning] = {}
    names = set().union(*map(symbols, nodes)) if nodes else set()
    for node in nodes:  # what a drawn variable is declared as
        names |= {v for n in walk(node) if (v := getattr(n, "variable", None))}
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
    literal = any(written_out(node) for node in nodes)
    literal |= any(isinstance(m, Definition) and written_out(m.body) for m in meanings)
    ranges: dict[str, tuple[int, ...]] = {}
    for name in names:
        more = name in special or literal
        ranges[name] = MORE_SIZES if more else SIZES
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


def every_choice(
    names: list[str], ranges: dict[str, tuple[int, ...]]
) -> list[dict[str, int]]:
    """Return all combinations of sizes, if they are not too many."""
    result: list[dict[str, int]] = [{}]
    for name in names:
        result = [{**chosen, name: n} for chosen in result for n in ranges[name]]
    return result if len(result) <= 125 else result[:: len(result) // 125 + 1]


def written_out(node: Node) -> bool:
    """Say whether a vector's length or a component's number is written as a number."""
    for part in walk(node):
        if type(part).__name__ in ("Vector", "Matrix", "Unit"):
            return True
        if isinstance(part, Indexed) and any(
            isinstance(i, Number) for i in part.indices
        ):
            return True
        if isinstance(part, Power) and any(isinstance(s, Number) for s in part.sizes):
            return True
    return False


def laid_out(
    scope: Scope,
    meanings: list[Meaning],
    sizes: dict[str, int],
    conditions: list[Node],
    count: int,
) -> Points | None:
    """Give all symbols their values; None if no point satisfies the conditions."""
    evaluator = Evaluator(scope)
    root = evaluator.layers[0]
    evaluator.depth = 1  # the axis of the draws
    for name, n in sizes.items():
        root.values["plain", name, 0] = number(n)
    variables = [m for m in meanings if isinstance(m, Variable)]
    for variable in variables:
        if isinstance(variable.space, Range) and not variable.family:
            low = evaluator.whole(variable.space.low)
            high = evaluator.whole(variable.space.high)
            if high < low:
                return None
            root.values[key_of(variable)] = evaluator.axis(np.arange(low, high + 1))
            root.sets[variable.name] = variable.space
    for variable in variables:
        if key_of(variable) in root.values or isinstance(variable.space, Maps):
            continue
        if any(isinstance(domain, Naturals) for domain in variable.family):
            continue
        drawn = place(evaluator, variable, count, sum(sizes.values()))
        if drawn is not None:
            root.values[key_of(variable)] = drawn
    grid = 1
    for thing in root.values.values():
        shape = dual.primal(known(thing, "a value").array).shape
        grid = max(grid, 1)
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
    if not mask.any():
        return None
    special = wild(count).reshape(-1, 1, 1)
    values = {k: v for k, v in root.values.items() if isinstance(v, Quantity)}
    mask = np.broadcast_to(mask, np.broadcast_shapes(mask.shape, shape))
    return Points(evaluator, sizes, mask, special, values)


def points_of(variable: Variable, thing: Thing) -> tuple[int, ...]:
    """Return the shape of the points of a stored value, without its own axes."""
    shape = dual.primal(known(thing, "a value").array).shape
    own = 2 + bool(variable.family)
    return (*shape[: len(shape) - own], 1, 1)
