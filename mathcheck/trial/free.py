"""Values in coordinates without an end, in which all distances are logarithms.

What is near the end of a set, or far out, is there as far from its neighbours as what
is in the midst: a search that moves in these coordinates comes near every end.
"""

from __future__ import annotations

import numpy as np

from mathcheck.read.syntax import Interval, Node, Simplex
from mathcheck.trial.landmarks import entries

Array = np.ndarray
FARTHEST = 690.0  # logarithm of the largest and smallest numbers
Ends = tuple[float, float]


def one_a_point(values: Array, family: int) -> bool:
    """Say whether a symbol has one value a point, and not one for each index too."""
    return values.ndim <= 3 + min(family, 1)


def freed(values: Array, space: Node, ends: Ends) -> Array:
    """Return the coordinates of values in a set."""
    low, high = ends
    with np.errstate(all="ignore"):
        if isinstance(entries(space), Simplex):
            return np.log(np.maximum(values, 1e-300))
        if np.isinf(low) and np.isinf(high):
            return np.arcsinh(values)
        if np.isinf(high):
            return np.maximum(np.log(values - low), -FARTHEST)
        if np.isinf(low):
            return np.maximum(np.log(high - values), -FARTHEST)
        below, above = values - low, high - values
        return np.clip(np.log(below) - np.log(above), -FARTHEST, FARTHEST)


def within(values: Array, space: Node, ends: Ends) -> Array:
    """Say at which points values that were placed are in their set, ends excepted.

    What is very near an open end is at that end by rounding.
    """
    base, (low, high) = entries(space), ends
    if isinstance(base, Simplex):
        good = values > 0 if base.open else values >= 0
    else:
        assert isinstance(base, Interval)
        good = values > low if base.low_open else values >= low
        good = good & (values < high if base.high_open else values <= high)
    return np.asarray(good.all(axis=(-1, -2), keepdims=True))


def placed(free: Array, space: Node, ends: Ends) -> Array:
    """Return the values that have these coordinates."""
    low, high = ends
    base = entries(space)
    if isinstance(base, Simplex):
        weights = np.exp(free - free.max(axis=-2, keepdims=True))
        return np.asarray(weights / weights.sum(axis=-2, keepdims=True))
    assert isinstance(base, Interval)
    bounded = np.clip(free, -FARTHEST, FARTHEST)
    if np.isinf(low) and np.isinf(high):
        return np.sinh(bounded)
    if np.isinf(high):
        return low + np.exp(bounded)
    if np.isinf(low):
        return high - np.exp(bounded)
    small = np.exp(-np.abs(bounded))
    near = (high - low) * small / (1 + small)  # how far the nearer end is
    return np.where(bounded < 0, low + near, high - near)
