r"""Round points at which the sides of a strict inequality meet.

A search only comes near to the one at which $x^2 + 10^8$ is $2 \cdot 10^4 x$. Where it
came near, the numbers are rounded, and exact arithmetic tells whether the sides meet.
"""

from __future__ import annotations

import numpy as np

from mathcheck.trial.doubt import endless
from mathcheck.trial.free import within
from mathcheck.trial.meet import refute_tie
from mathcheck.trial.search import Search

TIGHT = 1e-2  # share of the sides that is between them, at most
BEST = 4  # points that are rounded, of each kind of spare
DIGITS = (1, 2, 3, 4)  # significant ones
MET = 1e-12  # relative difference of sides that may have met
FEW = 6  # numbers that a point may have: of more, not all are round


def meet_at_round_points(search: Search) -> None:
    """Raise if the sides meet at a round point near those that are tightest."""
    order = np.argsort(search.spare)
    tight = order[search.spare[order] < TIGHT][: 2 * BEST]
    if not len(tight):
        return
    nodes = *search.nodes, *search.check.points.bodies
    if any(map(endless, nodes)):
        return
    before = search.values()
    if sum(x[0].size for x in before.values()) > FEW:
        return
    largest = np.max([np.abs(x).reshape(len(x), -1).max(1) for x in before.values()], 0)
    made = {}
    for key, x in before.items():
        moved = with_rounded(x, tight, largest)
        inner = within(moved, search.movable[key].space, search.ends[key])
        made[key] = np.where(inner, moved, x)  # what is open has no end to be put on
    search.try_out(made, safe=False)
    points, sides = search.check.points, search.sides
    met = (sides.gap <= MET * sides.size).all(axis=(-1, -2), keepdims=True)
    node = search.check.node
    refute_tie(points, node, search.operator, search.nodes, points.mask & met)
    search.try_out(before)


def with_rounded(
    values: np.ndarray, tight: np.ndarray, largest: np.ndarray
) -> np.ndarray:
    """Return values of which the first are those of tight points, rounded.

    To so many digits of their own, and of the largest number of the point.
    """
    made = values.copy()
    slots = iter(range(len(values)))
    for digits in DIGITS:
        for chosen in tight:
            here = values[chosen]
            for size, slot in zip((np.abs(here), largest[chosen]), slots, strict=False):
                made[slot] = rounded(here, size, digits)
    return made


def rounded(values: np.ndarray, size: np.ndarray, digits: int) -> np.ndarray:
    """Return numbers with so many significant digits of numbers of this size."""
    with np.errstate(all="ignore"):
        power = np.floor(np.log10(np.where(size > 0, size, 1)))
        unit = 10.0 ** (power - digits + 1)
        return np.asarray(np.round(values / unit) * unit)
