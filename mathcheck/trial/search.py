r"""A search for where an inequality has least to spare, from many starts.

Random points seldom meet the corner in which a bound that is a little too tight breaks,
nor the one point at which a strict inequality is an equality. So the points breed:
those at which least is to spare become the parents of new ones, which lie as far from
them as differential evolution says, or at random at all scales. They move in
coordinates in which the ends of a set are far away (`free`). Half of them look for what
is least, and half for what is least as a share of the sides, which may be tiny.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.logic import holds, inside
from mathcheck.evaluate.quantity import Quantity, known
from mathcheck.read.scope import Key, Variable
from mathcheck.read.signs import LOEWNER
from mathcheck.read.syntax import Interval, Node, Simplex, Without
from mathcheck.read.tree import has
from mathcheck.trial.compare import Check
from mathcheck.trial.free import FARTHEST, Ends, freed, one_a_point, placed, within
from mathcheck.trial.landmarks import Landmarks, entries
from mathcheck.trial.premise import beyond_doubt
from mathcheck.trial.rounding import excess, scale
from mathcheck.trial.sample import ends
from mathcheck.trial.sides import Sides, matched

REACH = 15.0  # how far from the others points are drawn again
OPERATORS = ("<", r"\le", ">", r"\ge", *LOEWNER, r"\ne")
ABSOLUTE, SHARE = 1.0, 0.0  # size of the sides below which a difference is absolute
VANISHING = 1e-6  # of such sides no share is looked for: there all bounds are tight
PARENTS = 6


class Search:
    """The points of one inequality, on their way to where it is tight."""

    def __init__(self, check: Check, operator: str, nodes: tuple[Node, Node]) -> None:
        self.check = check
        self.operator, self.nodes = operator, nodes
        self.root = check.evaluator.root
        self.movable = continuous(check)
        self.rng = np.random.default_rng(11)
        self.allowed = check.points.mask
        self.many = check.points.far.shape[0]
        self.floor = np.where(np.arange(self.many) % 2 == 0, ABSOLUTE, SHARE)
        self.ends = {k: self.ends_of(v.space) for k, v in self.movable.items()}
        self.limit = FARTHEST  # how far out points may move
        self.sides: Sides
        self.spare = self.to_spare()

    def ends_of(self, space: Node) -> Ends:
        """Return the ends of the interval in which a symbol's entries are."""
        base = entries(space)
        return (
            ends(self.check.evaluator, base) if isinstance(base, Interval) else (0, 1)
        )

    def starts(self) -> dict[Key, np.ndarray]:
        """Return points far out, near the ends of sets, and where they were drawn."""
        evaluator = self.check.evaluator
        plan = Landmarks(list(self.movable.values()), self.nodes)
        plan = plan.spread(self.many, self.rng)
        found = {}
        for key, variable in self.movable.items():
            if variable.family:
                found[key] = self.value(key)
            else:
                found[key] = dual.primal(plan.draw(evaluator, variable, 17).array)
        self.bring_together(found)
        return found

    def bring_together(self, found: dict[Key, np.ndarray]) -> None:
        """Put symbols of one set near each other at every other pair of points.

        It is where a Lipschitz constant or a curvature is tight.
        """
        first: dict[Node, Key] = {}
        for key, variable in self.movable.items():
            space = variable.space
            other = first.setdefault(space, key)
            if other == key or variable.family or self.movable[other].family:
                continue
            at = freed(found[other], space, self.ends[key])
            shape = (-1, *[1] * (at.ndim - 1))
            reach = np.power(10.0, self.rng.uniform(-4, 0, self.many)).reshape(shape)
            beside = at + reach * self.rng.normal(size=at.shape)
            near = placed(beside, space, self.ends[key])
            chosen = (np.arange(self.many) // 2 % 2 == 0).reshape(shape)
            found[key] = np.where(chosen, near, found[key])

    def children(self) -> dict[Key, np.ndarray]:
        """Return children of the best points, of each kind of spare, at all scales."""
        rng, many = self.rng, self.many
        alive = np.flatnonzero(np.isfinite(self.spare))
        parent = np.empty(many, int)
        for kind in (0, 1):  # even points look for the least, odd ones for a share
            own = np.arange(kind, many, 2)
            parent[own] = rng.choice(own[np.argsort(self.spare[own])[:PARENTS]],
                                     size=len(own))  # fmt: skip
        one, other = rng.choice(alive, size=(2, many))
        along = np.where(rng.random(many) < 0.6, rng.uniform(0.2, 0.9, many), 0)
        reach = np.power(10.0, rng.uniform(-4, 0.5, many)) * (along == 0)
        made = {}
        for key, variable in self.movable.items():
            at = freed(self.value(key), variable.space, self.ends[key])
            shape = (-1, *[1] * (at.ndim - 1))
            step = along.reshape(shape) * (at[one] - at[other])
            noise = rng.normal(size=at.shape) * (rng.random(at.shape) < 0.7)
            moved = at[parent] + step + reach.reshape(shape) * noise
            moved = np.clip(moved, -self.limit, self.limit)
            made[key] = placed(moved, variable.space, self.ends[key])
        return made

    def values(self) -> dict[Key, np.ndarray]:
        """Return where the points are."""
        return {key: self.value(key) for key in self.movable}

    def value(self, key: Key) -> np.ndarray:
        """Return the values of one symbol at all points."""
        return dual.primal(known(self.root.values[key], key[1]).array)

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

    def try_out(
        self, children: dict[Key, np.ndarray], *, safe: bool = True
    ) -> np.ndarray:
        """Put the points where the children are; return what they have to spare.

        They are safe if they cannot have left their sets, but for rounding.
        """
        evaluator = self.check.evaluator
        for key, values in children.items():
            rank = known(self.root.values[key], key[1]).rank
            self.root.values[key] = Quantity(values, rank)
        evaluator.forget()
        mask = self.allowed
        for key, variable in self.movable.items():
            good = within(children[key], variable.space, self.ends[key])
            if variable.family:
                good = np.asarray(good.all(axis=-3))
            elif has(Without, variable.space) or not safe:
                stored = known(self.root.values[key], key[1])
                good = inside(evaluator, stored, variable.space)
            mask = mask & good
        for condition in self.check.points.conditions:
            mask = mask & holds(evaluator, condition)
        self.check.points.mask = mask & beyond_doubt(self.check.points)
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
        self.sides = sides = matched(left, right, self.nodes)
        over = excess(self.operator, sides)
        gap = sides.gap if over is None else -over
        size = scale(self.operator, sides)
        size = np.where(np.isfinite(size), size, 0)
        floor = self.floor.reshape(-1, 1, 1)
        share = np.where(size > VANISHING, gap / np.maximum(size, VANISHING), 1.0)
        gap = np.where(floor == SHARE, share, gap / (floor + size))
        gap = gap.max(axis=(-1, -2), keepdims=True)
        gap, mask = np.broadcast_arrays(gap, check.points.mask)
        gap = np.where(mask & np.isfinite(gap), gap, np.inf)
        if gap.ndim < 3 or gap.shape[-3] != self.many:
            return np.full(self.many, np.inf)
        return np.moveaxis(gap, -3, 0).reshape(self.many, -1).min(axis=1)

    def near(self, values: np.ndarray, space: Node, scale: float) -> np.ndarray:
        """Return values near others, in the same set."""
        if isinstance(entries(space), Simplex):
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
        low, high = self.ends_of(space)
        return low, high, high - low


def continuous(check: Check) -> dict[Key, Variable]:
    """Return the symbols with real values, which can be moved."""
    found: dict[Key, Variable] = {}
    for key in check.points.values:
        meaning = check.evaluator.scope.meant_by(key)
        if isinstance(meaning, Variable):
            values = dual.primal(check.points.values[key].array)
            flat = one_a_point(values, len(meaning.family))
            if flat and isinstance(entries(meaning.space), Interval | Simplex):
                found[key] = meaning
    return found
