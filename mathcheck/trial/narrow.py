"""Conditions that few points satisfy: values are moved until more of them do.

How far a point is from satisfying them is made smaller by the search that also finds
where inequalities are tight: from landmarks, and along differences of other points.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import alike, holds
from mathcheck.evaluate.quantity import Quantity, known
from mathcheck.read.scope import Key, Variable
from mathcheck.read.syntax import Both, Interval, Node, Relation
from mathcheck.trial.free import Ends, freed, one_a_point, placed
from mathcheck.trial.landmarks import Landmarks, entries, is_continuous
from mathcheck.trial.sample import ends
from mathcheck.trial.satisfy import real_symbols

FEW = 8  # the part of all points that is few: one in so many
ROUNDS = 40
# Logarithms of the largest numbers: of those that no exponential makes overflow, and of
# all, if none of the first satisfies the conditions
NEAR, FARTHEST = 4.0, 20.0
Values = dict[Key, np.ndarray]


def violation(evaluator: Evaluator, node: Node) -> np.ndarray:
    """Return how far each point is from satisfying a condition; 0 where it does."""
    satisfied = holds(evaluator, node)
    if isinstance(node, Both) and node.conditions:
        parts = [violation(evaluator, part) for part in node.conditions]
        shape = np.broadcast_shapes(*(part.shape for part in parts))
        each = np.stack([np.broadcast_to(part, shape) for part in parts])
        return np.asarray(each.min(axis=0) if node.any else each.sum(axis=0))
    apart = np.ones((1, 1))
    if isinstance(node, Relation):
        sides = [evaluator(side) for side in node.sides]
        apart = np.zeros((1, 1))
        for operator, (one, other) in zip(node.operators, pairwise(sides), strict=True):
            a, b = (dual.primal(side.array) for side in alike(one, other))
            gap = np.abs(a - b) / (1 + np.abs(a) + np.abs(b))
            fulfilled = {"<": a < b, r"\le": a <= b, ">": a > b, r"\ge": a >= b}
            wrong = np.where(fulfilled.get(operator, False), 0, gap)
            apart = apart + wrong.max(axis=(-1, -2), keepdims=True)
        satisfied = satisfied & np.isfinite(apart)  # nan is unequal to everything
        apart = np.where(np.isfinite(apart), apart, np.inf)
    return np.where(satisfied, 0.0, np.maximum(apart, 1e-300))


class Narrow:
    """Points on their way into the set that conditions leave."""

    def __init__(
        self, evaluator: Evaluator, variables: list[Variable], conditions: list[Node]
    ) -> None:
        self.evaluator, self.conditions = evaluator, conditions
        moved = {key for c in conditions for key, _ in real_symbols(evaluator, c)}
        self.movable = {
            v.key: v
            for v in variables
            if v.key in moved
            and is_continuous(v)
            and one_a_point(dual.primal(self.stored(v.key).array), len(v.family))
        }
        self.many = evaluator.points
        self.limit = NEAR
        self.rng = np.random.default_rng(13)
        self.ends = {key: self.ends_of(v) for key, v in self.movable.items()}

    def ends_of(self, variable: Variable) -> Ends:
        """Return the ends of the interval that a symbol is in."""
        base = entries(variable.space)
        return ends(self.evaluator, base) if isinstance(base, Interval) else (0, 1)

    def stored(self, key: Key) -> Quantity:
        """Return the values that a symbol has."""
        return known(self.evaluator.root.values[key], key[1])

    def values(self) -> Values:
        """Return where the points are."""
        return {key: dual.primal(self.stored(key).array) for key in self.movable}

    def put(self, values: Values) -> None:
        """Put the points there."""
        for key, array in values.items():
            self.evaluator.root.values[key] = Quantity(array, self.stored(key).rank)
        self.evaluator.forget()

    def distance(self) -> np.ndarray:
        """Return how far each point is from where the conditions hold."""
        total = np.zeros((1, 1))
        for condition in self.conditions:
            total = total + violation(self.evaluator, condition)
        shape: tuple[int, ...] = total.shape
        if len(shape) < 3 or shape[-3] != self.many:
            return np.full(self.many, float(total.min()))
        by_point = np.moveaxis(total, -3, 0).reshape(self.many, -1)
        return np.asarray(by_point.min(axis=1))

    def starts(self) -> Values:
        """Return points at landmarks, such as the numbers that a condition names."""
        evaluator, symbols = self.evaluator, list(self.movable.values())
        plan = Landmarks(symbols, self.conditions)
        plan = plan.spread(self.many, self.rng)
        drawn = {v.key: plan.draw(evaluator, v, 23).array for v in symbols}
        return {key: self.ordinary(key, dual.primal(x)) for key, x in drawn.items()}

    def ordinary(self, key: Key, values: np.ndarray) -> np.ndarray:
        """Return values that are not so far out that others may overflow with them."""
        space, ends_ = self.movable[key].space, self.ends[key]
        free = freed(values, space, ends_)
        inner = (np.abs(free) < self.limit).all(axis=(-1, -2), keepdims=True)
        return np.where(inner, values, self.values()[key])

    def children(self, distance: np.ndarray) -> Values:
        """Return points beside those that are nearest, and between them and others."""
        rng, many = self.rng, self.many
        parent = rng.choice(np.argsort(distance)[: many // 3], size=many)
        one, other = rng.integers(many, size=(2, many))
        along = np.where(rng.random(many) < 0.5, rng.uniform(0.1, 0.9, many), 0)
        reach = 10.0 ** rng.uniform(-4, 0.3, many)
        made = {}
        for key, variable in self.movable.items():
            at = freed(self.values()[key], variable.space, self.ends[key])
            shape = (-1, *[1] * (at.ndim - 1))
            step = along.reshape(shape) * (at[one] - at[other])
            noise = reach.reshape(shape) * rng.normal(size=at.shape)
            moved = np.clip(at[parent] + step + noise, -self.limit, self.limit)
            made[key] = placed(moved, variable.space, self.ends[key])
        return made

    def move(self) -> None:
        """Move the points until half of them satisfy the conditions, or no longer."""
        distance = self.distance()
        for turn in range(ROUNDS):
            if np.mean(distance == 0) > 1 / 2:
                break
            before = self.values()
            if turn == ROUNDS // 2 and np.mean(distance == 0) * FEW < 1:
                self.limit = FARTHEST
            start = turn in (0, ROUNDS // 2)
            made = self.starts() if start else self.children(distance)
            self.put(made)
            now = self.distance()
            better = now < distance
            kept = {
                key: np.where(better.reshape(-1, *[1] * (old.ndim - 1)),
                              made[key], old)
                for key, old in before.items()
            }  # fmt: skip
            self.put(kept)
            distance = np.minimum(distance, now)


def widen(
    evaluator: Evaluator, variables: list[Variable], conditions: list[Node]
) -> None:
    """Move values if few points satisfy conditions on real numbers."""
    narrow = Narrow(evaluator, variables, conditions)
    if not narrow.movable or narrow.many < FEW:
        return
    if np.mean(narrow.distance() == 0) * FEW < 1:
        narrow.move()
