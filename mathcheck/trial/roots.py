r"""Where two sides that are said to differ, $a \ne b$, are equal: by bisection.

If one side is larger at one point and smaller at another, they meet on the way from the
one to the other, unless they jump.
"""

from __future__ import annotations

import numpy as np

from mathcheck.read.scope import Key
from mathcheck.trial.free import freed, placed
from mathcheck.trial.rounding import surely_failing
from mathcheck.trial.search import Search

HALVINGS = 70
APART = 1e-6  # relative difference of sides that surely differ
MET = 1e-12  # and of such that have met


def signs(search: Search) -> np.ndarray:
    """Return at which points the left side is surely larger, or smaller: 1, -1, or 0.

    The points stand first, and then all indices.
    """
    sides = search.sides
    gap = sides.x - sides.y
    mask = search.check.points.mask
    sure = surely_failing(search.check.evaluator, "=", sides, mask, APART)
    told = np.where(np.broadcast_to(sure, mask.shape), np.sign(gap), 0)
    if told.ndim < 3 or told.shape[-3] != search.many:
        return np.zeros((search.many, 1))
    return np.moveaxis(told, -3, 0).reshape(search.many, -1)


def two_signs(told: np.ndarray) -> np.ndarray:
    """Return for which indices the left side is larger here and smaller there."""
    return np.asarray((told > 0).any(axis=0) & (told < 0).any(axis=0))


def find_root(search: Search) -> np.ndarray:
    """Return where two numbers that are said to differ are equal after all."""
    nowhere = np.zeros((1, 1), bool)
    if search.sides.left.rank != "number":
        return nowhere
    before, told = search.values(), signs(search)
    if not two_signs(told).any():
        search.try_out(search.starts())
        told = signs(search)
    both = np.flatnonzero(two_signs(told))
    if not len(both):
        search.try_out(before)
        return nowhere
    index = both[0]
    above = np.flatnonzero(told[:, index] > 0)
    below = np.flatnonzero(told[:, index] < 0)
    first, last = np.resize(above, search.many), np.resize(below, search.many)
    high, low = at(search, first), at(search, last)
    apart = np.abs(gaps(search))[:, index]
    apart = np.minimum(apart[first], apart[last])
    for _ in range(HALVINGS):
        middle = {key: (high[key] + low[key]) / 2 for key in high}
        search.try_out(values_at(search, middle))
        over = gaps(search)[:, index] > 0
        for key, here in middle.items():
            chosen = over.reshape(-1, *[1] * (here.ndim - 1))
            high[key] = np.where(chosen, here, high[key])
            low[key] = np.where(chosen, low[key], here)
    size = np.maximum(search.sides.size, apart.reshape(-1, 1, 1))
    met = search.sides.gap <= MET * size
    return np.asarray(search.check.points.mask & met)


def gaps(search: Search) -> np.ndarray:
    """Return how much larger the left side is; points first, then all indices."""
    gap = search.sides.x - search.sides.y
    gap = np.broadcast_to(gap, search.check.points.mask.shape)
    return np.moveaxis(gap, -3, 0).reshape(search.many, -1)


def at(search: Search, chosen: np.ndarray) -> dict[Key, np.ndarray]:
    """Return the coordinates of the chosen points."""
    return {
        key: freed(search.value(key), variable.space, search.ends[key])[chosen]
        for key, variable in search.movable.items()
    }


def values_at(search: Search, free: dict[Key, np.ndarray]) -> dict[Key, np.ndarray]:
    """Return the values that have these coordinates."""
    return {
        key: placed(free[key], variable.space, search.ends[key])
        for key, variable in search.movable.items()
    }
