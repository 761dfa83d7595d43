r"""Where a side has no value: out of all bounds in floating point, or nowhere defined.

What overflows has a value, which more digits find. What has none, as log x at x < 0, is
a fault of the statement on the set that its symbols are declared in.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate.logic import Mask
from mathcheck.read.problems import RefusedError
from mathcheck.read.syntax import Big, Call, Cases, Infinity, Node
from mathcheck.read.tree import has, walk
from mathcheck.trial.points import Points
from mathcheck.trial.precise import compared_at
from mathcheck.trial.related import every_entry
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted, Sides

MOST = 6  # points without a value at which it is asked why


def existing(
    points: Points, node: Node, operator: str, sides: Sides, mask: Mask, label: str
) -> tuple[Mask, Mask]:
    """Return where both sides are numbers, and where more digits prove the relation.

    Where one side has no value in truth, the statement is refuted.
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
    proven = np.zeros(missing.shape, bool)
    for place in places[:: max(1, len(places) // MOST)]:
        at = (*place, 0, 0)
        here = np.zeros(missing.shape, bool)
        here[at] = True
        edge = bool(np.broadcast_to(points.special, missing.shape)[at])
        text = counterexample(points, node, here, sides.named, label)
        found = compared_at(points, sides.nodes, place)
        holds = found.relates(operator) if found else None
        if found and "undefined" in found.found:
            if edge and left_out(points, sides.nodes):
                continue
            if edge or found.one_sided:
                raise Refuted(f"not defined everywhere: {text}; {repair(points, node)}")
        elif holds is False:
            raise Refuted(text)
        proven[at] = bool(holds)
        if not holds and not edge:
            raise RefusedError(f"not a finite number: {text}")
    return fine, proven


def left_out(points: Points, nodes: tuple[Node, ...]) -> bool:
    """Say whether a statement leaves some points out: a tie has no arg max.

    Cases that do not cover all points speak of those that they cover.
    """
    for part in (p for n in (*nodes, *points.bodies) for p in walk(n)):
        if isinstance(part, Big) and part.kind in ("argmax", "argmin"):
            return True
        if isinstance(part, Cases) and all(when is not None for _, when in part.rows):
            return True
    return False


def repair(points: Points, node: Node) -> str:
    """Say what can be done where a value does not exist."""
    parts = [p for n in (node, *points.bodies) for p in walk(n)]
    if any(isinstance(p, Call) and p.function in ("log", "KL") for p in parts):
        return r"declare what is positive as positive, or write $0 \log 0 := 0$ before"
    return "declare its symbols where it is defined, or add the condition"
