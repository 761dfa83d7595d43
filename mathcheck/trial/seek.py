"""A search for a point at which an inequality fails: draws that close in on the worst.

Random points seldom meet the corner in which a bound that is a little too tight breaks.
So the points with the least to spare become the parents of new ones near them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.logic import holds
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.problems import Problem
from mathcheck.read.syntax import Interval, Node, Power, Relation, Simplex
from mathcheck.read.tree import walk
from mathcheck.scope import Key, Variable, key_of
from mathcheck.trial.sides import matched

if TYPE_CHECKING:
    from mathcheck.trial.compare import Check

ROUNDS = (
    1.0,
    1.0,
    1.0,
    0.7,
    0.7,
    0.4,
    0.2,
    0.1,
    0.03,
    0.01,
)  # how far the children are from their parents
CLEAR = 1e-7  # by how much an inequality must fail, so that it is not rounding
REACH = 15.0  # how far out is searched
SIGNS = {"<": 1, r"\le": 1, ">": -1, r"\ge": -1}


def seek(check: Check, node: Relation) -> None:
    """Try each inequality of a chain at points that close in on where it is tight."""
    root = check.evaluator.layers[0]
    before, shown = dict(root.values), check.points.values
    allowed = check.points.mask
    for step, operator in enumerate(node.operators):
        nodes = (node.sides[step], node.sides[step + 1])
        if operator not in SIGNS:
            continue
        try:
            close_in(check, operator, nodes)
        finally:
            root.values = dict(before)
            root.memo.clear()
            check.points.values, check.points.mask = shown, allowed


def close_in(check: Check, operator: str, nodes: tuple[Node, Node]) -> None:
    """Let the points of one inequality breed; the comparison raises if one fails."""
    evaluator = check.evaluator
    root = evaluator.layers[0]
    movable = continuous(check)
    if not movable or any(map(equation, check.points.conditions)):
        return  # moved points would not satisfy an equation any more
    rng = np.random.default_rng(11)
    allowed = check.points.mask
    spare = to_spare(check, operator, nodes)
    for scale in ROUNDS:
        parents = np.argsort(spare)[:6]
        if not np.isfinite(spare[parents[0]]):
            return
        chosen = rng.choice(parents, size=len(spare))
        older = dict(root.values)
        for key, variable in movable.items():
            stored = known(root.values[key], variable.name)
            values = dual.primal(stored.array)
            children = near(values[chosen], variable.space, scale, rng)
            root.values[key] = Quantity(children, stored.rank)
        root.memo.clear()
        evaluator.calls = 0
        evaluator.calls = 0
        mask = check.points.mask
        for condition in check.points.conditions:
            mask = mask & holds(evaluator, condition)
        check.points.mask = mask
        fresh = to_spare(check, operator, nodes)
        if fresh.min() < -CLEAR:
            check.points.values = {
                key: value
                for key, value in root.values.items()
                if isinstance(value, Quantity)
            }
            left, right = (evaluator(side) for side in nodes)
            with suppress(Problem):  # a point without a value is no counter-example
                check.compare(operator, left, right, "", nodes)
        check.points.mask = allowed
        better = fresh < spare
        for key in movable:
            root.values[key] = mixed(root.values[key], older[key], better)
        root.memo.clear()
        spare = np.where(better, fresh, spare)


def equation(condition: Node) -> bool:
    """Say whether a condition has an equation in it."""
    return any(isinstance(n, Relation) and "=" in n.operators for n in walk(condition))


def continuous(check: Check) -> dict[Key, Variable]:
    """Return the symbols with real values, which can be moved."""
    found: dict[Key, Variable] = {}
    for key in check.points.values:
        for meaning in check.evaluator.scope.meanings(key[1]):
            if isinstance(meaning, Variable) and key_of(meaning) == key:
                space = meaning.space
                base = space.base if isinstance(space, Power) else space
                if isinstance(base, Interval | Simplex):
                    found[key] = meaning
                break
    return found


def to_spare(check: Check, operator: str, nodes: tuple[Node, Node]) -> np.ndarray:
    """Return how much each point has to spare, at its worst index."""
    left, right = (check.evaluator(side) for side in nodes)
    a, b = matched(left, right, nodes)
    gap = (dual.primal(b.array) - dual.primal(a.array)) * SIGNS[operator]
    mask = check.points.mask & ~check.points.far
    size = np.maximum(np.abs(dual.primal(a.array)), np.abs(dual.primal(b.array)))
    gap = gap / (1 + np.where(np.isfinite(size), size, 0))
    gap, mask = np.broadcast_arrays(gap, mask)
    gap = np.where(mask & np.isfinite(gap), gap, np.inf)
    points = check.points.far.shape[0]
    if gap.ndim < 3 or gap.shape[-3] != points:
        return np.full(points, np.inf)
    return np.moveaxis(gap, -3, 0).reshape(points, -1).min(axis=1)


def near(
    values: np.ndarray, space: Node, scale: float, rng: np.random.Generator
) -> np.ndarray:
    """Return values near others, in the same set."""
    if isinstance(space, Simplex):
        corner = np.eye(values.shape[-2])[
            rng.integers(values.shape[-2], size=len(values))
        ]
        corner = corner.reshape(len(values), *[1] * (values.ndim - 3), -1, 1)
        share = scale * rng.uniform(size=(len(values), *[1] * (values.ndim - 1)))
        return (1 - share) * values + share * corner
    base = space.base if isinstance(space, Power) else space
    assert isinstance(base, Interval)
    bounded_below = type(base.low).__name__ != "Negated"
    bounded_above = type(base.high).__name__ not in ("Infinity",)
    noise = rng.normal(size=values.shape) * scale
    if not bounded_below and not bounded_above:
        return np.clip(values + noise * (1 + np.abs(values)), -REACH, REACH)
    if bounded_below and not bounded_above:
        low = values.min() if values.size else 0.0
        low = min(low, 0.0)
        return low + np.clip((values - low) * np.exp(noise), 1e-4, 100 * REACH)
    if bounded_above and bounded_below:
        low, high = values.min(), values.max()
        return np.clip(values + noise * (high - low), low, high)
    return values


def mixed(fresh: Thing, older: Thing, better: np.ndarray) -> Quantity:
    """Return the fresh values where they are better, else the older ones."""
    new, old = known(fresh, "a value"), known(older, "a value")
    a, b = dual.primal(new.array), dual.primal(old.array)
    choose = better.reshape(-1, *[1] * (a.ndim - 1))
    return Quantity(np.where(choose, a, b), new.rank)
