"""At which points a relation holds, as far as floating point can tell.

Equality is up to rounding, and how much that can be is measured: see `rounding`.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.errors import Errors
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import Mask
from mathcheck.evaluate.quantity import Pending
from mathcheck.read.problems import RefusedError, ShapeError
from mathcheck.read.signs import LOEWNER, LOEWNER_UP
from mathcheck.read.syntax import Binary, Call, Node
from mathcheck.read.tree import symbols
from mathcheck.trial.digits import precision
from mathcheck.trial.points import Points
from mathcheck.trial.sides import Sides, matched

EXACT = 1e-9  # relative difference of what is equal but for rounding
LOST = 1e-13  # share of the entries below which an eigenvalue is taken for 0
FAR = 1e-6  # and where numbers are so large that the rounding is, too
RUNS = 3  # with errors, if a failure may be rounding; else one tells what is hidden
ENTRIES = (-1, -2)  # the axes of rows and columns


def related(
    points: Points, operator: str, sides: Sides, mask: Mask
) -> tuple[Mask, Mask]:
    """Return at which points two sides are related, and at which that can be told."""
    everywhere = np.ones((1, 1), bool)
    if operator == r"\approx":
        return rounded(sides), everywhere
    if operator in LOEWNER:
        least, size = loewner(operator, sides)
        semidefinite = least >= -EXACT * (1 + size)
        if operator in (r"\preceq", r"\succeq"):
            return np.asarray(semidefinite), everywhere
        lost = points.far & ~every_entry(sides.gap == 0)  # what is small, far out
        return semidefinite & ((least > LOST * size) | lost), everywhere
    if operator == r"\propto":
        return proportional(points, sides), everywhere
    x, y, gap, size = sides.x, sides.y, sides.gap, sides.size
    near: Mask = (gap <= tolerance(points.evaluator, size)) | (x == y)
    told = everywhere
    ordered: Mask = x < y if operator in ("<", r"\le") else x > y
    if operator not in ("<", ">") and (~every_entry(near) & mask).any():
        holds = operator in (r"\le", r"\ge") and every_entry(near | ordered) | ~mask
        allowed, told = rounding(points.evaluator, sides, 1 if np.all(holds) else RUNS)
        near = near | (gap <= allowed) | ~told
    near = near | (points.far & (gap <= FAR * (1 + size)))
    if operator in ("=", r"\ne"):
        equal = every_entry(near)
        # far out, what is unequal may be equal by rounding
        return equal if operator == "=" else ~equal | points.far, told
    if sides.left.rank != "number":
        raise ShapeError("vectors and matrices have no order; write the components")
    if operator in ("<", ">"):
        if not any(map(jumps, sides.nodes)):  # there, sides come near and never meet
            ordered = ordered & (gap > EXACT * size)
    else:
        ordered = ordered | near
    underflown = points.far & (gap <= EXACT * (1 + size))
    return ordered | underflown, told


def jumps(node: Node) -> bool:
    """Say whether an expression jumps, as a floor does."""
    return any(
        (isinstance(part, Call) and part.function in ("floor", "ceil"))
        or (isinstance(part, Binary) and part.operation == "mod")
        for part in node.parts
    )


def every_entry(mask: Mask) -> Mask:
    """Return at which points something is so in all rows and columns."""
    return np.asarray(mask.all(axis=ENTRIES, keepdims=True))


def tolerance(evaluator: Evaluator, size: dual.Array) -> dual.Array:
    """Return how far apart equal sides may be: more where something is approximated."""
    relative = evaluator.tolerance * size
    absolute = evaluator.tolerance if evaluator.tolerance > EXACT else 0.0
    return np.where(np.isfinite(relative), relative + absolute, 0)


def rounding(evaluator: Evaluator, sides: Sides, runs: int) -> tuple[dual.Array, Mask]:
    """Return how much of a difference rounding can explain, and where it hides none.

    Both sides are evaluated again with small errors in every step: what they do to the
    difference is what rounding, which is far smaller, does to it in proportion.
    """
    worst = np.zeros((1, 1))
    gap = sides.x - sides.y
    again = sides
    try:
        for run in range(runs):
            evaluator.noise = Errors(run, 1.0)
            evaluator.forget()
            try:
                things = [evaluator(node) for node in sides.nodes]
            except RefusedError:  # an index that is not whole, a limit that jumps
                return np.zeros((1, 1)), np.ones((1, 1), bool)
            left, right = (
                x.like(sides.left) if isinstance(x, Pending) else x for x in things
            )
            again = matched(left, right, sides.nodes)
            worst = np.maximum(worst, np.abs(again.x - again.y - gap))
    finally:
        evaluator.noise = None
        evaluator.forget()
    allowed = np.where(np.isnan(worst), np.inf, 1e-2 * worst)
    size = np.abs(gap) + np.abs(again.x) + np.abs(again.y)
    return allowed, every_entry((allowed <= 1e-4 * size) | (allowed < EXACT))


def rounded(sides: Sides) -> Mask:
    """Return where a value rounds to the digits that are shown."""
    left, right = map(precision, sides.nodes)
    half_unit = left if right is None else right
    if half_unit is None:
        raise RefusedError(r"\approx needs a number with its digits on one side")
    return every_entry(sides.gap <= half_unit + EXACT * sides.size)


def loewner(operator: str, sides: Sides) -> tuple[dual.Array, dual.Array]:
    """Return the least eigenvalue of the difference of two symmetric matrices.

    With it comes how large their entries are.
    """
    if sides.left.rank != "matrix":
        raise ShapeError(rf"{operator} compares matrices")
    gap = sides.y - sides.x if operator in LOEWNER_UP else sides.x - sides.y
    turned = gap.swapaxes(-1, -2)
    size = np.nan_to_num(sides.size.max(axis=ENTRIES, keepdims=True))
    if (np.abs(gap - turned) > EXACT * (1 + size)).any():
        raise RefusedError(rf"{operator} compares symmetric matrices; this one is not")
    safe = np.nan_to_num((gap + turned) / 2)
    least = np.linalg.eigvalsh(safe)[..., :1, None]
    return np.asarray(least), np.asarray(size)


def proportional(points: Points, sides: Sides) -> Mask:
    """Return where one constant relates the sides, over the free index."""
    axes = ENTRIES if sides.left.rank != "number" else free_axes(points, sides)
    x, y = np.broadcast_arrays(sides.x, sides.y)
    tried: Mask = dual.spread(points.mask, x.shape)
    dot = (x * y * tried).sum(axis=axes, keepdims=True)
    norm = (y * y * tried).sum(axis=axes, keepdims=True)
    gap = np.abs(x - dot / norm * y)
    allowed = np.maximum(EXACT, points.slack)
    near = (gap <= allowed * (np.abs(x) + np.abs(y))) | ~tried
    length = np.sqrt((x * x * tried).sum(axis=axes, keepdims=True) * norm)
    return near.all(axis=axes, keepdims=True) & (dot > length / 2)


def free_axes(points: Points, sides: Sides) -> tuple[int, ...]:
    """Return the axes, from the end, of the indices that stand free on both sides."""
    free = symbols(sides.nodes[0]) & symbols(sides.nodes[1]) - points.given
    arrays = [
        dual.primal(value.array)
        for (_, name, _), value in points.values.items()
        if name in free and points.evaluator.scope.is_index(name)
    ]
    most = max(sides.x.ndim, sides.y.ndim)
    axes = tuple(-a.ndim for a in arrays if 2 < a.ndim <= most)
    if not axes:
        raise RefusedError(r"\propto needs a free index, or vectors")
    return axes
