"""Where two sides are related otherwise than is claimed, and rounding is not why.

Both sides are evaluated again with small errors in every step. These are larger than
those of floating point, so that a difference which is larger than all that they do is
real: numbers that are far out, tiny, or nearly equal may refute, and rounding may not.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mathcheck.evaluate.errors import Errors
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import NOWHERE, Mask
from mathcheck.evaluate.quantity import Pending
from mathcheck.read.problems import Problem
from mathcheck.read.signs import LOEWNER, LOEWNER_UP
from mathcheck.trial.related import every_entry
from mathcheck.trial.sides import Sides, matched

SIZE = 1e-2  # of the errors, in units of those that an evaluator makes
RUNS = 4
MARGIN = 10  # times the largest change that was seen is what rounding may do


def excess(operator: str, sides: Sides) -> np.ndarray | None:
    """Return by how much a relation fails, entry by entry; None if it has no measure.

    Of an order of matrices it is how far below zero the least eigenvalue is.
    """
    if operator == "=":
        return sides.gap
    if operator in ("<", r"\le"):
        return np.asarray(sides.x - sides.y)
    if operator in (">", r"\ge"):
        return np.asarray(sides.y - sides.x)
    if operator in LOEWNER and sides.left.rank == "matrix":
        gap = sides.y - sides.x if operator in LOEWNER_UP else sides.x - sides.y
        even = np.nan_to_num((gap + gap.swapaxes(-1, -2)) / 2)
        return np.asarray(-np.linalg.eigvalsh(even)[..., :1, None])
    return None


def scale(operator: str, sides: Sides) -> np.ndarray:
    """Return how large the numbers are that are compared."""
    size = sides.size
    if operator in LOEWNER:
        return np.asarray(size.max(axis=(-1, -2), keepdims=True) * size.shape[-1])
    return np.asarray(size)


def surely_failing(
    evaluator: Evaluator, operator: str, sides: Sides, mask: Mask, least: float
) -> Mask:
    """Return where a relation fails by more than a share and more than by rounding."""
    over = excess(operator, sides)
    if over is None or evaluator.tolerance > 1e-9:
        return NOWHERE  # no measure, or an approximation that is no better
    finite = every_entry(np.isfinite(sides.x) & np.isfinite(sides.y))
    suspect = (over > least * scale(operator, sides)) & finite & mask
    for allowed in rounding(evaluator, operator, sides):
        if not suspect.any():
            return NOWHERE
        suspect = suspect & (over > allowed)
    return np.asarray(suspect.any(axis=(-1, -2), keepdims=True))


def rounding(evaluator: Evaluator, operator: str, sides: Sides) -> Iterator[np.ndarray]:
    """Yield, run by run, how much rounding may do to what is between two sides."""
    yield np.zeros((1, 1))
    over = left_over(operator, sides)
    for run in range(RUNS):
        again = with_errors(evaluator, sides, run)
        if again is None:
            yield np.full((1, 1), np.inf)
            return
        moved = np.abs(left_over(operator, again) - over)
        moved = moved.max(axis=(-1, -2), keepdims=True)
        yield np.where(np.isnan(moved), np.inf, MARGIN * moved)


def left_over(operator: str, sides: Sides) -> np.ndarray:
    """Return the difference of two sides, with its sign, or that of their order."""
    over = None if operator == "=" else excess(operator, sides)
    return np.asarray(sides.x - sides.y) if over is None else over


def with_errors(evaluator: Evaluator, sides: Sides, run: int) -> Sides | None:
    """Evaluate two sides again with small errors; None if they have no value then."""
    evaluator.noise, evaluator.thorough = Errors(run, SIZE), True
    evaluator.forget()
    try:
        things = [evaluator(node) for node in sides.nodes]
        left, right = (
            x.like(sides.left) if isinstance(x, Pending) else x for x in things
        )
        return matched(left, right, sides.nodes)
    except Problem:  # an index that is not whole any more
        return None
    finally:
        evaluator.noise, evaluator.thorough = None, False
        evaluator.forget()
