"""Points at the ends of sets: symbols alone at an end, or several of them together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.logic import holds
from mathcheck.evaluate.quantity import Quantity
from mathcheck.read.scope import Key, Variable
from mathcheck.read.syntax import Interval
from mathcheck.read.tree import base_of
from mathcheck.trial.points import Place, Points, places
from mathcheck.trial.sample import FAR, SPECIAL, ends

NEAR = SPECIAL - FAR  # special points that are not far out
MOST = 26  # ways of moving symbols: all of them, if there are three


def at_edges(points: Points) -> list[Place]:
    """Return one point for each way in which draws are at an edge: equal, at an end."""
    here = points.mask & points.special & ~points.far
    first = len(points.special) - SPECIAL
    found: dict[int, Place] = {}
    for place in places(here):
        if first <= place[-1] < first + NEAR:
            found.setdefault(place[-1], place)
    return list(found.values())


def at_ends(points: Points, place: Place) -> Iterator[None]:
    """Move each symbol, and some together, to the ends of their sets for a while."""
    moves = [*moves_to_ends(points)]
    together = (
        chosen
        for count in range(1, len(moves) + 1)
        for chosen in combinations(moves, count)
        if len({key for key, _ in chosen}) == count
    )
    for chosen in islice(together, MOST):
        before = {key: points.values[key] for key, _ in chosen}
        try:
            for key, end in chosen:
                there = np.full_like(dual.primal(before[key].array), end)
                put(points, key, Quantity(there, before[key].rank))
            if satisfied(points, place):
                yield
        finally:
            for key, value in before.items():
                put(points, key, value)


def moves_to_ends(points: Points) -> Iterator[tuple[Key, float]]:
    """Yield the symbols whose sets have ends that belong to them, with these."""
    for meaning in points.meanings:
        base = base_of(meaning.space) if isinstance(meaning, Variable) else None
        if isinstance(base, Interval) and meaning.key in points.values:
            low, high = ends(points.evaluator, base)
            for end, outside in ((low, base.low_open), (high, base.high_open)):
                if not outside and not np.isinf(end):
                    yield meaning.key, end


def put(points: Points, key: Key, value: Quantity) -> None:
    """Give a symbol its values, for what is evaluated and for what is shown."""
    points.values[key] = points.evaluator.root.values[key] = value
    points.evaluator.forget()


def satisfied(points: Points, place: Place) -> bool:
    """Say whether the conditions hold at a point."""
    evaluator, shape = points.evaluator, points.mask.shape
    good = np.ones(shape, bool)
    for condition in points.conditions:
        good = good & holds(evaluator, condition)
    return bool(np.broadcast_to(good, shape)[(*place, 0, 0)])
