"""Sums to infinity, with a bound for the rest that is left out.

The rest is bounded by a geometric series where the terms shrink by a ratio that does
not grow any more, or else found by Richardson's extrapolation of the partial sums at
powers of two, as for 1/n². What settles in neither way, at no point, is refused.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from mathcheck.evaluate import dual
from mathcheck.evaluate.axes import Axis, entry, filled, summed
from mathcheck.evaluate.dual import Array, Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.read.problems import RefusedError

DOUBLINGS = 11
TERMS = 2**DOUBLINGS
WINDOW = 8  # of terms, whose ratios are compared with those before
ROUNDING = 4e-16  # relative error of a term
MEANS = 32  # partial sums that are averaged
TINY = 1e-40  # rest of a sum that is known in many digits, relative to it or to 1
LEAST = 1e-290  # what is no float any more
SETTLED = 1e-10  # error of the sum, relative to it or to 1


def series(evaluator: Evaluator, terms: Value, axis: Axis, at: int) -> Value:
    """Return the sum of infinitely many terms, of which the first lie on an axis.

    That of their changes is a series of its own.
    """
    tag = dual.outermost(terms)
    if tag:
        value, change = dual.split(terms, tag)
        moved = series(
            evaluator, np.zeros((1, 1)) if change is None else change, axis, at
        )
        return dual.Dual(tag, series(evaluator, value, axis, at), moved)
    whole = filled(terms, axis)
    values = dual.primal(whole)
    if evaluator.exact:
        return exact_series(evaluator, values, axis, at)
    found = np.isfinite(values)
    kept = np.logical_and.accumulate(found, axis=axis.from_end)  # before an overflow
    whole = dual.where(kept, whole, 0.0)
    values = np.where(kept, values, 0.0)
    total = dual.primal(summed(whole, axis))
    size = np.maximum(np.abs(total), 1.0)
    noise = ROUNDING * np.abs(values).sum(axis=axis.from_end, keepdims=True)
    rest = np.where(
        kept.any(axis.from_end, keepdims=True), tail(values, kept, axis), np.inf
    )
    good = rest + noise <= SETTLED * size
    if not good.all():
        limit, error = extrapolated(values, axis)
        mean, spread = averaged(values, axis)
        turns = turning(values, axis)
        limit, error = np.where(turns, mean, limit), np.where(turns, spread, error)
        slow = kept.all(axis.from_end, keepdims=True) & (error <= SETTLED * size)
        slow = slow & shrinking(values, axis)
        total = np.where(slow & ~good, limit, total)
        good = good | slow
    if not good.any():
        raise RefusedError(
            f"the partial sums of this infinite sum do not settle within {TERMS} terms",
            at,
        )
    evaluator.unsettled |= not good.all()
    evaluator.tolerance = max(evaluator.tolerance, 10 * SETTLED)
    return dual.where(good, total, np.nan)


def exact_series(evaluator: Evaluator, terms: Array, axis: Axis, at: int) -> Value:
    """Return an infinite sum in many digits, where its terms soon are tiny."""
    values = terms.astype(float)
    kept = np.isfinite(values)
    total = summed(terms, axis)
    size = np.maximum(np.abs(dual.primal(total).astype(float)), 1.0)
    error = tail(values, kept, axis) / size
    if not (kept.all() and (error <= TINY).all()):
        raise RefusedError("this infinite sum has no more digits", at)
    evaluator.tolerance = max(evaluator.tolerance, float(error.max()), LEAST)
    return total


def tail(values: Array, kept: Array, axis: Axis) -> Array:
    """Return a bound for the terms after the last one that is known.

    The largest ratio of two terms among the last must not grow, or so little that its
    limit can be bounded, as for x^n / n.
    """
    last = kept.sum(axis.from_end, keepdims=True) - 1
    sizes = np.abs(values)
    ends = [
        np.take_along_axis(sizes, np.maximum(last - i, 0), axis.from_end)
        for i in range(2 * WINDOW + 1)
    ]
    ratios = [b / a for b, a in pairwise(ends)]
    near, before = np.max(ratios[:WINDOW], axis=0), np.max(ratios[WINDOW:], axis=0)
    growth = np.where(near > before * (1 + 1e-12), near - before, 0) / WINDOW
    ratio = near + 2 * growth * last
    bound = np.where(ratio < 1, ends[0] * ratio / (1 - ratio), np.inf)
    bound = np.where(np.isfinite(bound) & (last >= 4 * WINDOW), bound, np.inf)
    gone = np.max(ends[:4], axis=0) == 0
    return np.where(gone, 0.0, bound)


def shrinking(values: Array, axis: Axis) -> npt.NDArray[np.bool_]:
    """Say where terms shrink faster than 1/n, or with changing signs, as a power."""

    def at(i: int) -> Array:
        return np.abs(np.asarray(entry(values, axis, i)))

    half = np.take(values, range(TERMS // 2, TERMS), axis=axis.from_end)
    signs = np.sign(half)
    steady = (signs == np.take(signs, [0], axis=axis.from_end)).all(
        axis.from_end, keepdims=True
    )
    ratio = at(TERMS - 1) / at(TERMS // 2 - 1)
    turns = turning(values, axis)
    return np.asarray((steady & (2 * ratio < 0.75)) | (turns & (ratio < 0.75)))


def turning(values: Array, axis: Axis) -> npt.NDArray[np.bool_]:
    """Say where each of the later terms has another sign than the one before it."""
    half = np.take(values, range(TERMS // 2, TERMS), axis=axis.from_end)
    turns = np.abs(np.diff(np.sign(half), axis=axis.from_end)) == 2
    return np.asarray(turns.all(axis.from_end, keepdims=True))


def averaged(values: Array, axis: Axis) -> tuple[Array, Array]:
    """Return the limit of partial sums around it, by Euler's means, and its error."""
    sums = np.cumsum(values, axis=axis.from_end)
    row = [np.asarray(entry(sums, axis, i)) for i in range(TERMS - MEANS, TERMS)]
    while len(row) > 2:
        row = [(a + b) / 2 for a, b in pairwise(row)]
    return (row[0] + row[1]) / 2, np.abs(row[1] - row[0])


def extrapolated(values: Array, axis: Axis) -> tuple[Array, Array]:
    """Return Richardson's limit of the partial sums at powers of two, and its error."""
    sums = np.cumsum(values, axis=axis.from_end)
    row = [np.asarray(entry(sums, axis, 2**k - 1)) for k in range(3, DOUBLINGS + 1)]
    best, error = row[-1], np.full(row[-1].shape, np.inf)
    for order in range(1, len(row) - 1):
        weight = 2.0**order
        row = [(weight * b - a) / (weight - 1) for a, b in pairwise(row)]
        gap = np.abs(row[-1] - row[-2]) if len(row) > 1 else error
        better = gap < error
        best, error = np.where(better, row[-1], best), np.where(better, gap, error)
    return best, 10 * error
