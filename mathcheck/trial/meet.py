"""Points at which the sides of a strict relation seem to meet, which they may not.

Whether they do is a matter of all digits, and of conditions that hold there with room.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import NOWHERE, Mask, alike, holds
from mathcheck.evaluate.quantity import Quantity
from mathcheck.read.syntax import Both, Node, Relation
from mathcheck.trial.points import Points, alone, places
from mathcheck.trial.precise import Precisely, surely_fails
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted

ASKED = 3  # points at which it is asked whether sides are the same in all digits
CLEAR = 1e-2  # how far a point is from what a condition excludes


def meeting(
    points: Points, operator: str, nodes: tuple[Node, Node], suspect: Mask
) -> tuple[Mask, Precisely] | None:
    """Return a point of some at which the sides are the same, as far as digits tell."""
    for place in places(suspect, ASKED):
        if found := surely_fails(points, operator, nodes, place):
            return alone(suspect, place), found
    return None


def refute_tie(
    points: Points, node: Node, operator: str, nodes: tuple[Node, Node],
    suspect: Mask,
) -> None:  # fmt: skip
    """Raise if the sides of a strict relation are the same at one of some points."""
    if met := meeting(points, operator, nodes, suspect):
        here, found = met
        raise not_strict(points, node, here, found.named)


def not_strict(
    points: Points, node: Node, here: Mask, sides: list[tuple[str, Quantity]]
) -> Refuted:
    """Return what to raise where sides that may not meet do."""
    text = counterexample(points, node, here, sides, "")
    return Refuted(f"the sides meet, so that it is not strict: {text}")


def in_the_clear(evaluator: Evaluator, conditions: Iterable[Node]) -> Mask:
    """Return the points that none of some conditions is about to exclude."""
    found: Mask = np.ones((1, 1), bool)
    for condition in conditions:
        found = found & clear(evaluator, condition)
    return found


def clear_at(evaluator: Evaluator, conditions: Iterable[Node], point: int) -> bool:
    """Say whether none of them is about to exclude one point, at any of its indices."""
    found = in_the_clear(evaluator, conditions)
    if found.ndim > 2 and found.shape[-3] > 1:  # else it holds alike at every point
        found = found[..., point, :, :]
    return bool(found.all())


def clear(evaluator: Evaluator, condition: Node) -> Mask:
    """Return where a condition holds, and not by little."""
    if isinstance(condition, Both):
        return in_the_clear(evaluator, condition.conditions)
    if not isinstance(condition, Relation):
        return NOWHERE  # how near it is to failing has no measure
    found = holds(evaluator, condition)
    for one, other in pairwise([evaluator(side) for side in condition.sides]):
        a, b = (dual.primal(side.array) for side in alike(one, other))
        gap = np.abs(a - b).max(axis=(-1, -2), keepdims=True)
        found = found & (gap > CLEAR)
    return found
