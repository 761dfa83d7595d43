"""An evolutionary search for where an inequality has least to spare.

Random points seldom meet the corner in which a bound that is a little too tight breaks,
nor the one point at which a strict inequality is an equality. So the points breed:
those at which least is to spare become the parents of new ones.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.logic import holds, inside
from mathcheck.evaluate.quantity import Quantity, known
from mathcheck.read.scope import Key, Variable, key_of
from mathcheck.read.syntax import Interval, Node, Power, Simplex
from mathcheck.trial.compare import Check
from mathcheck.trial.sample import ends
from mathcheck.trial.sides import matched

REACH = 15.0  # how far out is searched
SIGNS = {"<": 1, r"\le": 1, ">": -1, r"\ge": -1}


class Search:
    """The points of one inequality, on their way to where it is tight."""

    def __init__(self, check: Check, operator: str, nodes: tuple[Node, Node]) -> None:
        self.check = check
        self.operator, self.nodes = operator, nodes
        self.root = check.evaluator.root
        self.movable = continuous(check)
        self.rng = np.random.default_rng(11)
        self.allowed = check.points.mask
        self.spare = self.to_spare()

    def values(self) -> dict[Key, np.ndarray]:
        """Return where the points are."""
        return {key: self.value(key) for key in self.movable}

    def value(self, key: Key) -> np.ndarray:
        """Return the values of one symbol at all points."""
        return dual.primal(known(self.root.values[key], key[1]).array)

    def scattered(self, scale: float) -> dict[Key, np.ndarray]:
        """Return children around the best points, at random."""
        parents = np.argsort(self.spare)[:6]
        chosen = self.rng.choice(parents, size=len(self.spare))
        return {
            key: self.near(self.value(key)[chosen], variable.space, scale)
            for key, variable in self.movable.items()
        }

    def crossed(self) -> dict[Key, np.ndarray]:
        """Return children of the best point, moved along differences of other points.

        Differences shrink as the points close in: differential evolution.
        """
        alive = np.flatnonzero(np.isfinite(self.spare))
        best = self.spare.argmin()
        many = len(self.spare)
        one, other = self.rng.choice(alive, size=(2, many))
        share = self.rng.uniform(0.2, 0.9, size=many)
        children = {}
        for key in self.movable:
            values = self.value(key)
            step = share.reshape(-1, *[1] * (values.ndim - 1))
            children[key] = values[best] + step * (values[one] - values[other])
        return children

    def try_out(self, children: dict[Key, np.ndarray]) -> np.ndarray:
        """Put the points where the children are; return what they have to spare."""
        evaluator = self.check.evaluator
        for key, values in children.items():
            rank = known(self.root.values[key], key[1]).rank
            self.root.values[key] = Quantity(values, rank)
        evaluator.forget()
        mask = self.allowed
        for key, variable in self.movable.items():
            stored = known(self.root.values[key], key[1])
            if not variable.family:
                mask = mask & inside(evaluator, stored, variable.space)
        for condition in self.check.points.conditions:
            mask = mask & holds(evaluator, condition)
        self.check.points.mask = mask
        self.check.points.values = evaluator.drawn_values()
        return self.to_spare()

    def keep_better(self, older: dict[Key, np.ndarray], spare: np.ndarray) -> None:
        """Keep each child that is better than who had its place."""
        better = spare < self.spare
        for key, before in older.items():
            values = self.value(key)
            choose = better.reshape(-1, *[1] * (values.ndim - 1))
            rank = known(self.root.values[key], key[1]).rank
            self.root.values[key] = Quantity(np.where(choose, values, before), rank)
        self.check.evaluator.forget()
        self.spare = np.where(better, spare, self.spare)

    def to_spare(self) -> np.ndarray:
        """Return how much each point has to spare, at its worst index."""
        check = self.check
        left, right = (check.evaluator(side) for side in self.nodes)
        sides = matched(left, right, self.nodes)
        size = np.where(np.isfinite(sides.size), sides.size, 0)
        gap = (sides.y - sides.x) * SIGNS[self.operator] / (1 + size)
        mask = check.points.mask & ~check.points.far
        gap, mask = np.broadcast_arrays(gap, mask)
        gap = np.where(mask & np.isfinite(gap), gap, np.inf)
        points = check.points.far.shape[0]
        if gap.ndim < 3 or gap.shape[-3] != points:
            return np.full(points, np.inf)
        return np.moveaxis(gap, -3, 0).reshape(points, -1).min(axis=1)

    def near(self, values: np.ndarray, space: Node, scale: float) -> np.ndarray:
        """Return values near others, in the same set."""
        if isinstance(space, Simplex):
            outcomes = values.shape[-2]
            corner = np.eye(outcomes)[self.rng.integers(outcomes, size=len(values))]
            corner = corner.reshape(len(values), *[1] * (values.ndim - 3), -1, 1)
            shape = (len(values), *[1] * (values.ndim - 1))
            share = scale * self.rng.uniform(size=shape)
            return (1 - share) * values + share * corner
        low, high, width = self.range(space)
        noise = self.rng.normal(size=values.shape) * scale
        if np.isinf(low) and np.isinf(high):
            return np.clip(values + noise * (1 + np.abs(values)), -REACH, REACH)
        if np.isfinite(width):
            inner = 1e-6 * width
            return np.clip(values + noise * width, low + inner, high - inner)
        away = np.clip(np.abs(values - (low if np.isfinite(low) else high)), 1e-4, None)
        away = np.minimum(away * np.exp(noise), 100 * REACH)
        return low + away if np.isfinite(low) else high - away

    def range(self, space: Node) -> tuple[float, float, float]:
        """Return the ends of the interval in which a symbol's entries are."""
        base = space.base if isinstance(space, Power) else space
        assert isinstance(base, Interval)
        low, high = ends(self.check.evaluator, base)
        return low, high, high - low


def continuous(check: Check) -> dict[Key, Variable]:
    """Return the symbols with real values, which can be moved."""
    found: dict[Key, Variable] = {}
    for key in check.points.values:
        for meaning in check.evaluator.scope.meanings(key[1]):
            if isinstance(meaning, Variable) and key_of(meaning) == key:
                space = meaning.space
                base = space.base if isinstance(space, Power) else space
                own = 3 + len(meaning.family[:1])
                flat = dual.primal(check.points.values[key].array).ndim <= own
                if isinstance(base, Interval | Simplex) and flat:
                    found[key] = meaning
                break
    return found
