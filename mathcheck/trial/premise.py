r"""Premises that hold by rounding only: $e^{-45} \ge e^{-16}$, for both are nearly 0.

A conclusion that fails there refutes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.logic import Mask, alike
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import Node, Relation
from mathcheck.trial.points import Points, alone, places
from mathcheck.trial.precise import compared_at

DOUBTED = 12  # counter-examples of which it is asked whether their premise holds
LOSING = 1e6  # what so large numbers swallow may matter
MARGIN = 1e-9  # share of the sides by which a premise holds beyond doubt


def order(premise: Node) -> Relation | None:
    """Return a premise that is an inequality of two numbers, or a chain of such."""
    if isinstance(premise, Relation) and set(premise.operators) <= MIRRORED.keys():
        return premise
    return None


def supported(points: Points, bad: Mask) -> Mask:
    """Return a counter-example at which the premise does not hold by rounding only."""
    premise = points.premise
    if premise is None or not bad.any():
        return bad
    held = bad.copy()
    for spare, _ in to_spare(points, premise):
        held = held & (spare >= 0)
    for place in places(held, DOUBTED):
        steps = zip(premise.operators, pairwise(premise.sides), strict=True)
        found = [(op, compared_at(points, nodes, place)) for op, nodes in steps]
        if not any(f and f.relates(op) is False for op, f in found):
            return alone(held, place)
    return np.zeros(bad.shape, bool)


def beyond_doubt(points: Points) -> Mask:
    """Return where the premise, if there is one, holds by more than rounding."""
    found: Mask = np.ones((1, 1), bool)
    for spare, size in to_spare(points, points.premise):
        found = found & (spare > MARGIN * size)
    return found


def firm(points: Points) -> Mask:
    r"""Return where no condition holds because a term of it is lost far out.

    So z_j \ge z_k + 1 does in floats, where both are 10^{300}.
    """
    found: Mask = np.ones((1, 1), bool)
    for condition in points.conditions:
        for spare, size in to_spare(points, order(condition)):
            found = found & ((size < LOSING) | (spare > MARGIN * size))
    return found


def to_spare(
    points: Points, premise: Relation | None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield by how much each step of a premise holds, and how large its sides are."""
    if premise is None:
        return
    things = [points.evaluator(side) for side in premise.sides]
    for operator, (one, other) in zip(premise.operators, pairwise(things), strict=True):
        a, b = (dual.primal(side.array) for side in alike(one, other))
        spare = a - b if operator in (">", r"\ge") else b - a
        size = np.maximum(np.abs(a), np.abs(b))
        yield np.nan_to_num(spare, nan=-1.0), np.nan_to_num(size)
