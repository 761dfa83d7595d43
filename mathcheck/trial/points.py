"""The points at which a statement is tried: indices, labels and draws on axes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import Mask, ends_of, holds, inside
from mathcheck.evaluate.quantity import Quantity, Thing, known, number
from mathcheck.read.problems import RefusedError, TooManyError
from mathcheck.read.scope import (
    Definition,
    Key,
    Meaning,
    Scope,
    Variable,
)
from mathcheck.read.syntax import (
    Both,
    Every,
    Extreme,
    Maps,
    Naturals,
    Node,
    Range,
    Relation,
    Symbol,
)
from mathcheck.read.tree import symbols
from mathcheck.trial.narrow import widen
from mathcheck.trial.sample import assigned, far, wild
from mathcheck.trial.satisfy import even_out, of_numbers, satisfy

POINTS = 20  # random draws, special ones included


Draw = Callable[[Evaluator, Variable, int], Quantity]
Place = tuple[int, ...]  # a point: where it stands on each of the axes of points


MANY = 60  # for inequalities, which fail in corners


GRID = 300_000  # points with all indices, at most


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
    slack: dual.Array = field(default_factory=lambda: np.zeros((1, 1)))
    # how far off a conclusion may be, since Newton's method is, too
    meanings: list[Meaning] = field(default_factory=list)  # of all that is laid out
    familiar: bool = False  # whether it was tried at sizes like these before
    given: frozenset[str] = frozenset()  # over what no constant of \propto is common
    premise: Relation | None = None  # an order that may seem to hold by rounding


def places(mask: Mask, most: int | None = None) -> list[Place]:
    """Return the points of a mask, or the first of them."""
    return [tuple(map(int, at[:-2])) for at in np.argwhere(mask)[:most]]


def spaced(mask: Mask, most: int, sizes: np.ndarray | None = None) -> list[Place]:
    """Return some of the points of a mask, from first to last, or from near to far."""
    found = places(mask)
    if sizes is not None:
        size = np.broadcast_to(sizes, np.broadcast_shapes(sizes.shape, mask.shape))
        found.sort(key=lambda place: float(size[(*place, 0, 0)]))
    return found[:: max(1, -(-len(found) // most))]


def alone(mask: Mask, place: Place) -> Mask:
    """Return one point alone, of all that a mask is about."""
    found = np.zeros(mask.shape, bool)
    found[(*place, 0, 0)] = True
    return found


def needed(scope: Scope, nodes: list[Node]) -> list[Meaning]:
    """Return all meanings that these expressions may depend on."""
    found: dict[tuple[Key, int], Meaning] = {}
    names = set().union(*map(symbols, nodes)) if nodes else set()
    for node in nodes:  # what a drawn variable, or one to be chosen, is declared as
        names |= {v for n in node.parts if (v := getattr(n, "variable", None))}
        names |= {v for n in node.parts if isinstance(n, Extreme) for v in n.names}
    seen: set[str] = set()
    while names - seen:
        name = sorted(names - seen)[0]
        seen.add(name)
        for meaning in relevant(scope, name):
            found[meaning.key, 0] = meaning
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


def in_force(scope: Scope, nodes: list[Node]) -> list[Node]:
    """Return under which conditions of their declarations expressions are tried."""
    waiting, found = scope.conditions(), list[Node]()
    while waiting:
        names = {meaning.name for meaning in needed(scope, [*nodes, *found])}
        more = [c for c in waiting if not names.isdisjoint(free_in(c))]
        if not more:
            break
        found += more
        waiting = [c for c in waiting if c not in more]
    return found


def free_in(condition: Node) -> set[str]:
    """Return what a condition is about; not the indices for all of which it holds."""
    quantified = condition.names if isinstance(condition, Every) else ()
    return set(symbols(condition).difference(quantified))


def relevant(scope: Scope, name: str) -> Iterator[Meaning]:
    """Yield the meanings of a name that are not hidden by an inner one."""
    seen: set[Key] = set()
    for meaning in scope.meanings(name):
        if meaning.key not in seen:
            seen.add(meaning.key)
            yield meaning


def laid_out(
    scope: Scope,
    meanings: list[Meaning],
    sizes: dict[str, int],
    conditions: list[Node],
    count: int,
    *,
    edges: bool = False,
    draw: Draw = assigned,
    most: int = 0,
) -> Points | None:
    """Give all symbols their values; None if no point satisfies the conditions.

    The points at the edges alone are enough only if it is asked whether there are any.
    """
    evaluator = Evaluator(scope)
    evaluator.exacting = draw is not assigned
    if most:  # numbers that this may take
        evaluator.longest, evaluator.largest = most, most
    evaluator.points = evaluator.new_axis(count).length  # the axis of the draws
    for name, n in sizes.items():
        evaluator.root.values["plain", name, 0] = number(n)
    variables = [m for m in meanings if isinstance(m, Variable)]
    bounds = enumerate_indices(evaluator, variables)
    if bounds is None:
        return None
    conditions = [*bounds, *conditions]
    draw_values(evaluator, variables, sum(sizes.values()), draw)
    shape = grid(evaluator, variables)
    with np.errstate(all="ignore"):
        mask = satisfying(evaluator, variables, conditions)
    special = wild(count).reshape(-1, 1, 1)
    if not (mask & (edges | ~special)).any():
        return None
    evaluator.used.clear()  # from here on, by the statement itself
    return Points(
        evaluator,
        sizes,
        dual.spread(mask, shape),
        special,
        far(count),
        values=evaluator.drawn_values(),
        bodies=[m.body for m in meanings if isinstance(m, Definition)],
        conditions=conditions,
        meanings=meanings,
    )


def enumerate_indices(
    evaluator: Evaluator, variables: list[Variable]
) -> list[Node] | None:
    r"""Give each index an axis with all its values; None if one of them has none.

    Where k ends at another index, as in \{0, \dots, n\}, it gets all values that it has
    anywhere. Returned is which of them it has at a point.
    """
    bounds: list[Node] = []
    indices = [v for v in variables if isinstance(v.space, Range) and not v.family]
    waiting = {v.name for v in indices}
    while indices:
        free = [v for v in indices if waiting.isdisjoint(symbols(v.space))]
        variable = next(iter(free or indices))
        indices.remove(variable)
        waiting.remove(variable.name)
        assert isinstance(variable.space, Range)
        space = variable.space
        if evaluator.root.sets.keys().isdisjoint(symbols(variable.space)):
            low, high = evaluator.whole(space.low), evaluator.whole(space.high)
        else:
            low, high = outermost(evaluator, space)
            sides = space.low, Symbol(variable.name), space.high
            bounds.append(Relation((r"\le", r"\le"), sides))
        if high < low:
            return None
        if high - low > evaluator.longest:
            raise RefusedError(f"{variable.name} has too many values to be tried")
        index = evaluator.new_axis(high - low + 1).laid(np.arange(low, high + 1))
        evaluator.root.values[variable.key] = Quantity(index)
        evaluator.root.sets[variable.name] = space
    return bounds


def outermost(evaluator: Evaluator, space: Range) -> tuple[int, int]:
    """Return the least and the largest value of an index whose ends vary."""
    first, last = ends_of(evaluator, space)
    if (first % 1).any() or (last % 1).any():
        raise RefusedError("an index ends at whole numbers", space.high.at)
    return int(first.min()), int(last.max())


def draw_values(
    evaluator: Evaluator, variables: list[Variable], seed: int, draw: Draw
) -> None:
    """Draw values for what is no index and no function, where that can be done."""
    for variable in variables:
        if variable.key in evaluator.root.values:
            continue
        if isinstance(variable.space, Maps):
            continue
        if any(isinstance(domain, Naturals) for domain in variable.family):
            continue
        drawn = draw(evaluator, variable, seed)
        evaluator.root.values[variable.key] = drawn


def grid(evaluator: Evaluator, variables: list[Variable]) -> tuple[int, ...]:
    """Return the shape of all points, or refuse if they are too many."""
    root = evaluator.root
    shapes = [
        points_of(variable, root.values[variable.key])
        for variable in variables
        if variable.key in root.values
    ]
    shape = np.broadcast_shapes((1, 1), *shapes)
    if np.prod(shape) > GRID:
        raise TooManyError("too many indices and labels to try them all")
    return shape


def satisfying(
    evaluator: Evaluator, variables: list[Variable], conditions: list[Node]
) -> Mask:
    """Move values until they satisfy the conditions; return at which points they do."""
    mask: Mask = np.ones((1, 1), bool)
    for condition in conditions:
        satisfy(evaluator, condition)
        even_out(evaluator, condition)
    evaluator.forget()
    if conditions and not any(map(has_equation, conditions)):
        widen(evaluator, variables, conditions)
    for condition in conditions:
        mask = mask & firmly(evaluator, condition)
    for variable in variables if conditions else ():
        mask = mask & still_inside(evaluator, variable)
    return mask


def firmly(evaluator: Evaluator, condition: Node) -> Mask:
    """Return where a condition holds; of many orders none by rounding, if that can be.

    A chain of them holds nearly where all are tiny, in whichever order.
    """
    found = holds(evaluator, condition)
    together = isinstance(condition, Every | Both) and not has_equation(condition)
    if not together or evaluator.exacting or evaluator.exact:
        return found
    evaluator.exacting = True
    evaluator.forget()
    try:
        exactly = holds(evaluator, condition)
    finally:
        evaluator.exacting = False
        evaluator.forget()
    return exactly if 2 * np.mean(exactly) > np.mean(found) else found


def has_equation(condition: Node) -> bool:
    """Say whether a condition has an equation in it."""
    return any(isinstance(n, Relation) and "=" in n.operators for n in condition.parts)


def still_inside(evaluator: Evaluator, variable: Variable) -> np.ndarray:
    """Say where a symbol that was moved is still in the set that it is drawn from."""
    stored = evaluator.root.values.get(variable.key)
    if not isinstance(stored, Quantity):
        return np.ones((1, 1), bool)
    if not variable.family:
        return inside(evaluator, stored, variable.space)
    if not of_numbers(variable):
        return np.ones((1, 1), bool)
    return np.asarray(inside(evaluator, stored, variable.space).all(axis=-3))


def points_of(variable: Variable, thing: Thing) -> tuple[int, ...]:
    """Return the shape of the points of a stored value, without its own axes."""
    shape = dual.primal(known(thing, "a value").array).shape
    own = 2 + bool(variable.family)
    return (*shape[: len(shape) - own], 1, 1)
