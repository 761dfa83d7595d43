"""Where floating point cannot tell whether a relation holds, more digits are asked.

That is where sides meet, or nearly so, and where a term may be lost in another one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mathcheck.evaluate import real
from mathcheck.evaluate.logic import Mask
from mathcheck.read.problems import RefusedError
from mathcheck.read.syntax import (
    Absolute,
    Big,
    Binary,
    Call,
    Cases,
    Constant,
    Indicator,
    Negated,
    Node,
    Number,
)
from mathcheck.read.tree import has, unbracketed
from mathcheck.trial.digits import precision
from mathcheck.trial.points import Place, Points, places
from mathcheck.trial.precise import holds_at
from mathcheck.trial.sides import Sides, is_zero

MEETING = 1e-6  # relative difference below which a verdict may be rounding
SURE = 1e-9  # and below which floating point sees none
ROUNDED = 1e-14  # a difference from 0 that is no more is rounding
# Functions of which no value comes so near to a number that it seems to be it
PLAIN = ("factorial", "binom", "floor", "ceil", "abs", "sqrt", "max", "min", "log")
ENDLESS = (Call, Constant)  # what may be so small that it is 0 in floating point
MOST = 2  # points at which more digits are asked, of each kind
CONFIRMED = 4  # points at which a refutation is looked into, at most
LOW_POWER = 4  # nor do powers of no higher order
FEW_DIGITS = 7  # and numbers of no more digits than these
MODERATE = (0.02, 16)  # constants between these lose nothing in rounding


def resolved(
    points: Points, operator: str, sides: Sides, mask: Mask, good: Mask, told: Mask
) -> tuple[Mask, Mask]:
    """Return where a relation holds, and where that can be told, in more digits."""
    if operator not in ("=", r"\ne", "<", ">", r"\le", r"\ge", r"\approx"):
        return good, told
    gap, size = whole(sides.gap), whole(sides.size)
    shape = np.broadcast_shapes(gap.shape, good.shape, told.shape, mask.shape)
    gap, size, good, told, mask = (
        np.broadcast_to(a, shape) for a in (gap, size, good, told, mask)
    )
    good, told = good.copy(), told.copy()
    if operator == r"\approx":
        doubtful = [mask & (np.abs(gap - shown(sides)) <= SURE * size)]
    else:
        doubtful = list(doubts(points, operator, sides, (gap, size, good, told, mask)))
    for doubt in doubtful:
        rescued = False
        others = doubt & ~good
        for place in worst(doubt, gap, size):
            at = (*place, 0, 0)
            others[at] = False
            answer = holds_at(points, operator, sides.nodes, place)
            if answer is not None:
                rescued |= answer and not good[at]
                good[at], told[at] = answer, True
                if not answer:  # one counter-example is enough
                    return good, told
            elif operator == r"\approx" and float(np.min(shown(sides))) < SURE:
                raise RefusedError(
                    "rounding hides whether these digits are right; show at most nine"
                )
            elif gap[at] <= SURE * size[at]:
                good[at], told[at] = True, False
                others |= doubt & (not real.AVAILABLE)
        # the others of this kind say nothing, if it was rounding at those
        excused = others & (rescued | (gap <= SURE * size))
        good, told = good | excused, told & ~excused
    return good, told


def confirmed(
    points: Points, operator: str, nodes: tuple[Node, Node], bad: Mask
) -> Mask:
    """Return where a relation fails, without the points at which more digits prove it.

    If they prove it at all that are asked, it was rounding at the others too.
    """
    shape = np.broadcast_shapes(bad.shape, points.mask.shape)
    bad = np.array(np.broadcast_to(bad, shape))
    asked = places(bad, CONFIRMED)
    for place in asked:
        answer = holds_at(points, operator, nodes, place)
        bad[(*place, 0, 0)] = not answer
        if answer is False:
            return bad
    if not any(bad[(*place, 0, 0)] for place in asked):
        bad[...] = False
    return bad


def doubts(
    points: Points, operator: str, sides: Sides, arrays: tuple[np.ndarray, ...]
) -> Iterator[np.ndarray]:
    """Yield the points that floating point leaves in doubt, kind by kind."""
    gap, size, good, told, mask = arrays
    near = mask & (gap <= MEETING * size)
    yield mask & ~told
    lossy = loses(points, sides.nodes)
    yield mask & ~good & (gap > 0)  # refuted, perhaps by rounding
    yield mask & ~good & ~(gap > 0)  # and where that is not what tells the sides apart
    if operator == "=" and not points.familiar:
        yield mask & good & told & (gap > SURE * size)  # excused, perhaps wrongly
    if operator in (r"\le", r"\ge"):
        sign = 1 if operator == r"\le" else -1
        over = whole((sides.x - sides.y) * sign) > 0
        yield near & good & over
        if not points.familiar:  # excused, perhaps wrongly
            visible = gap > (ROUNDED if any(map(is_zero, sides.nodes)) else 0)
            yield mask & good & told & over & visible & (gap > MEETING * size)
    if operator in ("=", r"\le", r"\ge") and not points.familiar:
        if has(ENDLESS, *sides.nodes, *points.bodies):
            vanished = mask & good & (size == 0)
            if (vanished | ~mask).all():  # all that is seen is 0 = 0
                yield one_of(vanished)
            yield one_of(vanished & points.far)
    if operator in ("=", r"\le", r"\ge") and lossy:
        meets = near & good & (gap <= SURE * size)
        ordinary = meets & ~points.special
        if not real.AVAILABLE:
            yield meets
        yield one_of(ordinary)
        yield one_of(meets & points.special)


def whole(a: np.ndarray) -> np.ndarray:
    """Return the largest of the entries, at each point."""
    return np.asarray(a.max(axis=(-1, -2), keepdims=True))


def shown(sides: Sides) -> np.ndarray:
    """Return half a unit in the last place that is shown."""
    left, right = map(precision, sides.nodes)
    half_unit = left if right is None else right
    assert half_unit is not None
    return np.asarray(half_unit)


def worst(doubt: np.ndarray, gap: np.ndarray, size: np.ndarray) -> list[Place]:
    """Return some of the points in doubt, those where the sides differ most."""
    found = places(doubt)
    if len(found) <= MOST:
        return found
    ratio = (gap / np.where(size == 0, 1, size))[doubt]
    return [found[i] for i in np.argsort(-ratio, kind="stable")[:MOST]]


def one_of(mask: np.ndarray) -> np.ndarray:
    """Return the first of the points alone."""
    found = np.zeros(mask.shape, bool)
    if mask.any():
        found.flat[int(mask.argmax())] = True
    return found


def loses(points: Points, nodes: tuple[Node, ...]) -> bool:
    """Say whether a constant is so small, large or long that something may be lost."""
    low, high = MODERATE
    for node in (*nodes, *points.bodies, *points.conditions):
        for part in node.parts:
            if isinstance(part, Number):
                value = float(part.text)
                many = sum(map(str.isdigit, part.text)) > FEW_DIGITS
                if many or (value and not low <= value <= high):
                    return True
            if isinstance(part, Binary) and part.operation == "^":
                exponent = unbracketed(part.right)
                if isinstance(exponent, Negated):
                    exponent = unbracketed(exponent.body)
                if isinstance(exponent, Number) and float(exponent.text) > LOW_POWER:
                    return True
    return False


def in_pieces(node: Node) -> bool:
    """Say whether an expression is one thing here and another thing far away."""
    names = ("max", "min", "relu", "ReLU", "sign", "sgn")
    return any(
        isinstance(part, Absolute | Cases | Indicator)
        or (isinstance(part, Call) and part.function in names)
        or (isinstance(part, Big) and part.kind in names)
        for part in node.parts
    )


def endless(node: Node) -> bool:
    """Say whether an expression may come so near to a number that it seems to be it."""
    return any(
        isinstance(part, Constant)
        or (isinstance(part, Call) and part.function not in PLAIN)
        for part in node.parts
    )
