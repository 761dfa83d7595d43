r"""Points at which floats see nothing, so that more digits are asked.

There $1 - \tanh^2 x$ is 0, or $\log(1 - \tanh^2 x)$ infinite, or a bend at a number
that is named makes no difference any more. A number that bounds something may be
exceeded there all the same.
"""

from __future__ import annotations

import functools

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.logic import NOWHERE, Mask
from mathcheck.read.signs import MIRRORED
from mathcheck.trial.doubt import SURE, in_pieces
from mathcheck.trial.growth import has_constant
from mathcheck.trial.landmarks import numbers_in
from mathcheck.trial.points import Points, alone, spaced
from mathcheck.trial.precise import surely_fails
from mathcheck.trial.related import every_entry
from mathcheck.trial.rounding import excess
from mathcheck.trial.sides import Sides

ROUNDING = 1e-14  # relative difference that may be nothing else
MOST = 8  # points of each kind, from near to far
BESIDE = 1.01  # times a number that is named, up to which a bend at it is looked behind


def fails_unseen(points: Points, operator: str, sides: Sides) -> Mask:
    """Return a point at which a relation fails where floats cannot tell."""
    for place in suspects(points, operator, sides):
        if surely_fails(points, operator, sides.nodes, place):
            return alone(points.mask, place)
    return NOWHERE


def suspects(points: Points, operator: str, sides: Sides) -> list[tuple[int, ...]]:
    """Return some of the points at which floats cannot tell whether it fails."""
    if operator in MIRRORED:
        if not any(map(has_constant, sides.nodes)):
            return []
        over = excess(operator, sides)
        assert over is not None
        finite = every_entry(np.isfinite(sides.x) & np.isfinite(sides.y))
        wrong = every_entry(over > ROUNDING * sides.size) & finite
        same = every_entry(sides.gap == 0) & finite
        endless = every_entry(~(over < np.inf))
        kinds = [wrong, endless, ~finite & ~endless, same]
    elif operator == "=" and any(map(in_pieces, sides.nodes)):
        met = every_entry(sides.gap <= SURE * sides.size)
        kinds = [met & behind(points, a) for a in bends(sides)]
    else:
        return []
    kinds = [kind & points.mask for kind in kinds]
    size = functools.reduce(np.maximum, sizes(points), np.zeros((1, 1)))
    return [place for kind in kinds for place in spaced(kind, MOST, size)]


def sizes(points: Points) -> list[np.ndarray]:
    """Return how far out each symbol is, point by point; of a family all of it."""
    found = []
    for (kind, _, _), value in points.values.items():
        size = np.abs(dual.primal(value.array)).max(axis=(-1, -2), keepdims=True)
        found.append(size.max(axis=-3) if kind == "family" else size)
    return found


def bends(sides: Sides) -> list[float]:
    """Return the numbers that are named, at which an expression may bend."""
    return [abs(a) for a in numbers_in(sides.nodes) if abs(a) > 1]


def behind(points: Points, bend: float) -> Mask:
    """Return where some symbol is beyond a number, in size, and not far beyond it."""
    beyond = [(size > bend) & (size < BESIDE * bend) for size in sizes(points)]
    return functools.reduce(np.logical_or, beyond, NOWHERE)
