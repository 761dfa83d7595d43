r"""Where a side has no value: out of all bounds in floating point, or nowhere defined.

What overflows has a value, which more digits find. What has none, as log x at x < 0, is
a fault of the statement on the set that its symbols are declared in.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import real
from mathcheck.evaluate.logic import Mask
from mathcheck.read.problems import RefusedError
from mathcheck.read.syntax import Call, Infinity, Node
from mathcheck.read.tree import has, walk
from mathcheck.trial.points import Points
from mathcheck.trial.precise import compared_at
from mathcheck.trial.related import every_entry
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted, Sides

MOST = 6  # points without a value at which it is asked why


def existing(
    points: Points, node: Node, operator: str, sides: Sides, mask: Mask, label: str
) -> Mask:
    """Return where both sides are numbers.

    Elsewhere the relation is tried in more digits; where there is no value in truth, it
    is refused.
    """
    x, y = sides.x, sides.y
    fine = np.isfinite(x) & np.isfinite(y)
    if has(Infinity, *sides.nodes):
        fine = fine | ((x == y) & np.isinf(x))
    fine = every_entry(fine)
    missing = ~fine & mask
    if points.evaluator.unsettled:  # those points say nothing
        missing = missing & every_entry(~np.isnan(x - y))
    places = [tuple(map(int, place[:-2])) for place in np.argwhere(missing)]
    for place in places[:: max(1, len(places) // MOST)]:
        here = np.zeros(missing.shape, bool)
        here[(*place, 0, 0)] = True
        far = bool(np.broadcast_to(points.far, missing.shape)[(*place, 0, 0)])
        special = bool(np.broadcast_to(points.special, missing.shape)[(*place, 0, 0)])
        found = compared_at(points, sides.nodes, place)
        holds = found.relates(operator) if found else None
        text = counterexample(points, node, here, sides.named, label)
        if found and "undefined" in found.found:
            raise RefusedError(
                f"not defined everywhere: {text}; {repair(points, node)}"
            )
        if holds is False:
            raise Refuted(text)
        if holds is None and not far and (found or real.libmp is None or not special):
            raise RefusedError(f"not a finite number: {text}")
    return fine


def repair(points: Points, node: Node) -> str:
    """Say what can be done where a value does not exist."""
    parts = [p for n in (node, *points.bodies) for p in walk(n)]
    if any(isinstance(p, Call) and p.function in ("log", "KL") for p in parts):
        return r"declare what is positive as positive, or write $0 \log 0 := 0$ before"
    return "declare its symbols where it is defined, or add the condition"
