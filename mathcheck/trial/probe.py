"""Points that are not like ordinary ones: far out, at ends, of many classes.

There a statement can only be refuted, and only by more than rounding: at such points a
value may overflow or not exist, which says nothing of the statement.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.differentiate import choose_directions
from mathcheck.evaluate.logic import NOWHERE, Mask
from mathcheck.evaluate.quantity import Pending
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.syntax import (
    Extreme,
    Integral,
    Limit,
    Node,
    Relation,
)
from mathcheck.read.tree import has
from mathcheck.trial.beyond import fails_unseen
from mathcheck.trial.doubt import confirmed, endless
from mathcheck.trial.landmarks import Landmarks, numbers_in
from mathcheck.trial.meet import meeting
from mathcheck.trial.points import Points, laid_out
from mathcheck.trial.precise import STRICT
from mathcheck.trial.rounding import surely_failing
from mathcheck.trial.satisfy import real_symbols
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted, Sides, matched

USUAL = 1e6  # numbers that are no larger, and no smaller than its inverse
LARGEST = 1e15  # whole numbers of a statement, of which floats know the neighbours
LEAST = 1e-11  # relative difference of sides that are not equal


def can_be_probed(node: Node, points: Points) -> bool:
    """Say whether a statement is of sides that have a value at single points.

    Real numbers that a condition moves until an equation holds fulfil it nearly, and
    far out that is not enough.
    """
    if not isinstance(node, Relation):
        return False
    return not has(Integral | Limit | Extreme, node, *points.bodies) and not any(
        moves(points, condition) for condition in points.conditions
    )


def moves(points: Points, condition: Node) -> bool:
    """Say whether real numbers are moved so that a condition holds."""
    return any(
        isinstance(part, Relation)
        and "=" in part.operators
        and bool(real_symbols(points.evaluator, part))
        for part in condition.parts
    )


def probe(points: Points, node: Relation) -> None:
    """Raise if some step of a chain surely fails at these points."""
    evaluator = points.evaluator
    choose_directions(evaluator, list(node.sides))
    sides = [evaluator(side) for side in node.sides]
    steps = zip(node.operators, pairwise(sides), pairwise(node.sides), strict=True)
    for step, (operator, (left, right), nodes) in enumerate(steps, 1):
        if isinstance(left, Pending) and isinstance(right, Pending):
            continue
        both = matched(left, right, nodes)
        bad = surely_failing(evaluator, operator, both, points.mask, LEAST)
        if bad.any():
            bad = confirmed(points, operator, nodes, bad)
        if not bad.any():
            bad = fails_unseen(points, operator, both)
        if not bad.any() and operator in STRICT and not endless(node):
            bad = usual_meeting(points, operator, both)
        if bad.any():
            label = f"step {step}: " if len(node.operators) > 1 else ""
            raise Refuted(counterexample(points, node, bad, both.named, label))


def usual_meeting(points: Points, operator: str, sides: Sides) -> Mask:
    """Return a point of usual numbers at which sides meet that may not, if any."""
    numbers = map(abs, numbers_in([*sides.nodes, *points.bodies]))
    if any(n and not 1 / USUAL <= n <= LARGEST for n in numbers):
        return NOWHERE
    same = points.mask & ((sides.x == sides.y) & np.isfinite(sides.x)).all(
        axis=(-1, -2), keepdims=True
    )
    for value in points.values.values():
        size = np.abs(dual.primal(value.array))
        usual = ((size == 0) | ((size >= 1 / USUAL) & (size <= USUAL))).reshape(
            *size.shape[: max(0, size.ndim - 2)], -1
        )
        usual = usual.all(axis=-1)[..., None, None]
        if sum(n > 1 for n in usual.shape) > 1 or usual.ndim > same.ndim:  # a family
            return NOWHERE
        same = same & usual
    met = meeting(points, operator, sides.nodes, same)
    return met[0] if met else NOWHERE


def far_out(
    scope: Scope, worked: Points, variables: list[Variable], node: Relation
) -> Points | None:
    """Lay out the points far out, and at the ends of sets, at the sizes of others."""
    plan = Landmarks(variables, [node, *worked.conditions, *worked.bodies])
    if not plan.keys:
        return None
    return laid_out(
        scope, worked.meanings, worked.sizes, worked.conditions, plan.count,
        edges=True, draw=plan.draw,
    )  # fmt: skip
