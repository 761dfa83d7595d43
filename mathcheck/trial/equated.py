r"""Where sides that are said to differ meet although an equation is supposed.

Points that satisfy an equation cannot move freely. So $a \ne b$, or $a > b$, is made
one more equation, and all of them are solved together. Where the sides do not cross, as
under $\max(a, b) = a$, they have to meet in all digits.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import numpy as np

from mathcheck.evaluate.logic import Mask
from mathcheck.read.problems import Problem
from mathcheck.read.syntax import ZERO, Binary, Node, Relation, Vector
from mathcheck.trial.compare import Check
from mathcheck.trial.meet import in_the_clear, refute_tie
from mathcheck.trial.points import MANY, Points, alone, has_equation, laid_out, places
from mathcheck.trial.precise import STRICT
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted, matched

APART = 1e-6  # how far sides differ at points at which they surely do
MET = 1e-11


def meet_under_equations(check: Check, node: Relation) -> None:
    """Raise where the sides of a strict relation meet, and the equations hold too."""
    points = check.points
    for operator, nodes in zip(node.operators, pairwise(node.sides), strict=True):
        if operator not in STRICT:
            continue
        with suppress(Problem):
            meets = Relation(("=",), nodes)
            given = [meets, *points.conditions]
            numbers = all(check.evaluator(side).rank == "number" for side in nodes)
            if numbers and (joint := together(given)) is not None:
                given.append(joint)
            found = laid_out(
                points.evaluator.scope, points.meanings, points.sizes, given, MANY,
                edges=True,
            )  # fmt: skip
            if found is None:
                continue
            if operator == r"\ne" and both_signs(check, nodes):
                refute_at(found, node, nodes)
            for side in nodes:  # what they use is shown
                found.evaluator(side)
            refute_tie(found, node, operator, nodes, may_meet(found))


def both_signs(check: Check, nodes: tuple[Node, Node]) -> bool:
    """Say whether one side is larger at some points and smaller at others."""
    left, right = (check.evaluator(side) for side in nodes)
    sides = matched(left, right, nodes)
    gap = np.where(check.points.mask, sides.x - sides.y, 0)
    number = sides.left.rank == "number"
    return number and bool((gap > APART).any() and (gap < -APART).any())


def together(given: list[Node]) -> Relation | None:
    """Return equations of numbers as one of vectors, to be solved all at once."""
    steps = [
        pair
        for relation in given
        if isinstance(relation, Relation) and set(relation.operators) == {"="}
        for pair in pairwise(relation.sides)
    ]
    gaps = tuple(Binary("-", one, other) for one, other in steps)
    if len(gaps) < 2:
        return None
    return Relation(("=",), (Vector(gaps), Vector((ZERO,) * len(gaps))))


def refute_at(points: Points, node: Relation, nodes: tuple[Node, Node]) -> None:
    """Raise at a point at which all of it holds, and no condition is nearly broken."""
    evaluator = points.evaluator
    left, right = (evaluator(side) for side in nodes)
    sides = matched(left, right, nodes)
    met = may_meet(points) & (sides.gap <= MET * (1 + sides.size))
    for place in places(met, 1):
        here = alone(met, place)
        raise Refuted(
            "the sides meet: " + counterexample(points, node, here, sides.named, "")
        )


def may_meet(points: Points) -> Mask:
    """Return the points at which sides that meet refute, far from all other ends."""
    others = [c for c in points.conditions if not has_equation(c)]
    return points.mask & ~points.far & in_the_clear(points.evaluator, others)
