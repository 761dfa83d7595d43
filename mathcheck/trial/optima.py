r"""The largest or the least value over a continuous set: \max_x x e^{-x} = e^{-1}.

A value that surpasses the one that is claimed refutes it. That none does is evidence
only together with one that comes as near as rounding lets see; else nothing is said.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.dual import Array
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import Mask, inside
from mathcheck.evaluate.quantity import Quantity, Rank, known
from mathcheck.read.problems import RefusedError
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    Extreme,
    Infinity,
    Interval,
    Negated,
    Node,
    Power,
    Product,
    Relation,
    Simplex,
)
from mathcheck.read.tree import has, unbracketed
from mathcheck.trial.digits import precision
from mathcheck.trial.extremes import (
    JOINT,
    directions,
    each,
    joint_step,
    newton_step,
    one_name,
    space_of,
)
from mathcheck.trial.points import Points
from mathcheck.trial.sample import drawn, ends, structure
from mathcheck.trial.show import digits, first_place, where
from mathcheck.trial.sides import Refuted

OPPOSITE = {"max": "min", "min": "max", "sup": "inf", "inf": "sup"}
LARGEST = ("max", "sup")
NEAR = 1e-9  # relative distance at which a value is reached
SURE = 1e-6  # and by which one surpasses a claimed value beyond doubt
ROUNDS = 12  # in each, what is left of a line shrinks to a twelfth
GRID = 25
CANDIDATES = 240  # vectors that are tried first
SWEEPS = 12  # over all pairs of components of a distribution
CLOSER = 4  # grids, each within the one before
FEWEST = 1e-12  # share that is left to each, where none may be 0
STEPS = 60  # of Newton's method, from the best of them
FARTHEST = 1e12
BOUNDING = {1: ("=", r"\approx", r"\le", "<"), -1: ("=", r"\approx", r"\ge", ">")}
EDGE = 2  # points of a grid beside an end that is no element
REPAIR = r"write \le or \ge instead, with the point of equality as its own statement"


@dataclass(frozen=True)
class Best:
    """The best value that was found, at each point."""

    value: Array
    attained: Mask  # whether it surely is one of the values
    tail: Array  # the value so far out that rounding may spoil it: it refutes nothing


def is_optimum(node: Node) -> bool:
    """Say whether a side is a largest or least value, perhaps with a minus."""
    inner = unbracketed(node)
    if isinstance(inner, Negated):
        inner = unbracketed(inner.body)
    return isinstance(inner, Extreme) and inner.kind in OPPOSITE


def optimum(node: Node) -> Extreme:
    """Return a side without its minus: that of a minimum is a maximum."""
    inner = unbracketed(node)
    if isinstance(inner, Negated):
        found = unbracketed(inner.body)
        assert isinstance(found, Extreme)
        body = Negated(found.body, at=found.at)
        return replace(found, kind=OPPOSITE[found.kind], body=body)
    assert isinstance(inner, Extreme)
    return inner


def compare_optima(
    points: Points, node: Relation, ordinary: Callable[[Relation], int]
) -> int:
    """Compare the steps of a chain in which a side is an optimum."""
    count = 0
    for operator, (left, right) in zip(
        node.operators, pairwise(node.sides), strict=True
    ):
        if not (is_optimum(left) or is_optimum(right)):
            count = max(count, ordinary(Relation((operator,), (left, right))))
            continue
        if not is_optimum(left):
            left, right, operator = right, left, MIRRORED.get(operator, operator)
        count = max(count, compare(points, operator, optimum(left), right))
    return count


def compare(points: Points, operator: str, side: Extreme, other: Node) -> int:
    """Compare an optimum with what stands on the other side."""
    if operator not in ("=", r"\approx", *MIRRORED):
        raise RefusedError(
            f"an extreme over a continuous set with {operator}; {REPAIR}"
        )
    evaluator, mask = points.evaluator, points.mask & ~points.special
    if not mask.any():
        raise RefusedError("no ordinary point that was tried satisfies the condition")
    found = best(evaluator, side)
    value = value_of(evaluator, other)
    half = precision(unbracketed(other)) if operator == r"\approx" else None
    margin = 0.0 if half is None else half
    sign = 1 if side.kind in LARGEST else -1
    size = 1 + np.abs(value)
    over = sign * (found.value - value)  # by how much what was found surpasses it
    tail = sign * (found.tail - value)
    shape = np.broadcast_shapes(over.shape, tail.shape, mask.shape)
    over, tail, size, mask, attained = (
        np.broadcast_to(a, shape) for a in (over, tail, size, mask, found.attained)
    )
    bounds = operator in BOUNDING[sign]
    if bounds and not is_optimum(other):
        bad = mask & (over > margin + SURE * size)
        if bad.any():
            raise surpassed(points, side, bad, found.value, value)
    if operator in ("<", ">"):
        return told(mask, (over < -SURE * size) if bounds else (over > SURE * size))
    if operator in MIRRORED:
        return told(mask, (over <= NEAR * size) if bounds else (over >= -NEAR * size))
    near = np.abs(over) <= margin + NEAR * size
    if side.kind in ("max", "min") and not (attained | ~mask | ~near).all():
        name = {"max": "sup", "min": "inf"}[side.kind]
        raise RefusedError(
            f"whether this value is attained cannot be told; write \\{name}"
        )
    if side.kind in ("sup", "inf"):
        near = near | (np.abs(tail) <= margin + NEAR * size)
    return told(mask, near)


def value_of(evaluator: Evaluator, other: Node) -> Array:
    """Return the value that an optimum is said to have."""
    if is_optimum(other):
        return best(evaluator, optimum(other)).value
    if isinstance(unbracketed(other), Infinity) or has(Extreme, other):
        raise RefusedError(f"this about an extreme cannot be tried; {REPAIR}")
    claimed = known(evaluator(other), "an extreme")
    if claimed.rank != "number":
        raise RefusedError("an extreme is compared with a number only")
    return dual.primal(claimed.array)


def surpassed(
    points: Points, side: Extreme, bad: Mask, reached: Array, claimed: Array
) -> Refuted:
    """Say which value is better than the one that is claimed to be best."""
    place = first_place(bad)
    left, right = (
        digits(float(np.broadcast_to(a, bad.shape)[place].reshape(-1)[0]))
        for a in (reached, claimed)
    )
    least = "least" if side.kind in LARGEST else "most"
    text = f"left is at {least} {left}, right {right}"
    return Refuted(text + where(points, place))


def told(mask: Mask, good: Mask) -> int:
    """Return at how many points an optimum is as claimed, or refuse to say."""
    if not (good | ~mask).all():
        raise RefusedError(
            f"no value that was tried tells whether this extreme is right; {REPAIR}"
        )
    return int(mask.sum())


def best(evaluator: Evaluator, side: Extreme) -> Best:
    """Return the best value that is found over the set of an optimum."""
    domain = space_of(evaluator, side)
    if isinstance(domain, Interval):
        return on_line(evaluator, side, domain)
    if isinstance(domain, Simplex | Power | Product):
        return among_vectors(evaluator, side, domain)
    raise RefusedError(f"an extreme over this set is not read; {REPAIR}")


def scored(evaluator: Evaluator, side: Extreme, tried: Array, rank: Rank) -> Array:
    """Return how good each of the values tried is, these first; more is better."""
    with evaluator.layer() as layer:
        axis = evaluator.new_axis(len(tried))
        own = tried.shape[1:]
        missing = -axis.from_end - 1 - len(own)
        laid = tried.reshape(len(tried), *[1] * missing, *own)
        layer.values.update(each(evaluator, side, Quantity(laid, rank)))
        value = known(evaluator(side.body), "an extreme")
        if value.rank != "number":
            raise RefusedError("an extreme of a vector")
        found = axis.filled(dual.primal(value.array))
    sign = 1 if side.kind in LARGEST else -1
    return np.where(np.isfinite(found), sign * found, -np.inf)


def on_line(evaluator: Evaluator, side: Extreme, domain: Interval) -> Best:
    """Return the best value over an interval: on a grid that closes in on it."""
    low_end, high_end = ends(evaluator, domain)
    first = grid(low_end, high_end, domain)
    tried = first.reshape(-1, 1, 1)
    score = scored(evaluator, side, tried, "number")
    top = score.max(axis=0)
    open_low, open_high = domain.low_open, domain.high_open
    edges = [*(score[:EDGE] if open_low else ()), *(score[-EDGE:] if open_high else ())]
    outer = np.max(edges, axis=0) if edges else np.full(top.shape, -np.inf)
    tried = np.broadcast_to(
        tried.reshape(-1, *[1] * top.ndim), (len(first), *top.shape)
    )
    for _ in range(ROUNDS):
        at = score.argmax(axis=0)[None]
        low = np.take_along_axis(tried, np.maximum(at - 1, 0), 0)
        high = np.take_along_axis(tried, np.minimum(at + 1, len(tried) - 1), 0)
        shares = np.linspace(0, 1, GRID).reshape(-1, *[1] * top.ndim)
        tried = low + (high - low) * shares
        score = scored(evaluator, side, tried, "number")
        score = np.broadcast_to(score, tried.shape)
        top = np.maximum(top, score.max(axis=0))
    attained = top > outer + SURE * (1 + np.abs(top))
    sign = 1 if side.kind in LARGEST else -1
    away = [
        way * FARTHEST for way, end in ((-1, low_end), (1, high_end)) if np.isinf(end)
    ]
    tail = top
    if away:
        tail = scored(evaluator, side, np.array(away).reshape(-1, 1, 1), "number").max(
            0
        )
    return Best(sign * top, attained, sign * tail)


def grid(low: float, high: float, domain: Interval) -> Array:
    """Return numbers of an interval, in their order, near and far."""
    steps = np.concatenate([np.logspace(-9, -1, 17), np.linspace(0.2, 20, 100)])
    steps = np.concatenate([steps, np.logspace(1.5, 5, 8)])
    if np.isinf(low) and np.isinf(high):
        return np.concatenate([-steps[::-1], [0.0], steps])
    if np.isinf(high):
        closed = [] if domain.low_open else [low]
        return np.concatenate([closed, low + steps])
    if np.isinf(low):
        closed = [] if domain.high_open else [high]
        return np.concatenate([high - steps[::-1], closed])
    small = np.logspace(-9, -2, 15)
    shares = np.concatenate([small, np.linspace(0.02, 0.98, 97), 1 - small[::-1]])
    inner = low + (high - low) * shares
    first, last = ([] if domain.low_open else [low]), [] if domain.high_open else [high]
    return np.concatenate([first, inner, last])


def among_vectors(evaluator: Evaluator, side: Extreme, domain: Node) -> Best:
    """Return the best value over vectors: by Newton's method, from the best of many."""
    shape, rank, base = structure(evaluator, domain)
    if rank != "column":
        raise RefusedError(f"an extreme over this set is not read; {REPAIR}")
    tried = drawn(evaluator, base, (CANDIDATES, *shape), (one_name(side), 31))
    score = scored(evaluator, side, tried, rank)
    top, chosen = score.max(axis=0), score.argmax(axis=0)
    here = tried[chosen.reshape(-1)].reshape(*chosen.shape[:-2], *shape)
    minimised = replace(side, kind="arg" + ("max" if side.kind in LARGEST else "min"))
    place = Quantity(here if chosen.size > 1 else here.reshape(shape), rank)
    ways = directions(shape[0], domain)
    for _ in range(STEPS):
        place = Quantity(newton_step(evaluator, minimised, place, ways), rank)
    for _ in range(JOINT):
        place = Quantity(joint_step(evaluator, minimised, place, ways), rank)
    last = dual.primal(place.array)
    if isinstance(domain, Simplex):
        last = shared_out(evaluator, side, here, domain)
        place = Quantity(last, rank)
    score = scored(evaluator, side, last[None], rank)[0]
    score = np.where(inside(evaluator, place, domain), score, -np.inf)
    top = np.maximum(top, score)
    moderate = np.abs(last).max(axis=(-1, -2), keepdims=True) < 1 / NEAR
    attained = np.broadcast_to(moderate, np.broadcast_shapes(moderate.shape, top.shape))
    sign = 1 if side.kind in LARGEST else -1
    return Best(sign * top, attained, sign * top)


def shared_out(
    evaluator: Evaluator, side: Extreme, start: Array, domain: Simplex
) -> Array:
    """Return a distribution from which no share that passes over makes a better one.

    Between two components at a time, the best share is found on a grid that closes in.
    """
    least = FEWEST if domain.open else 0.0
    here = start
    pairs = list(itertools.combinations(range(start.shape[-2]), 2))
    for i, j in pairs * SWEEPS:
        both = here[..., i : i + 1, :] + here[..., j : j + 1, :]
        low, high = least * both, (1 - least) * both
        for _ in range(CLOSER):
            shares = np.linspace(0, 1, GRID).reshape(-1, *[1] * both.ndim)
            first = low + (high - low) * shares
            tried = np.repeat(here[None], GRID, axis=0)
            tried[..., i : i + 1, :] = first
            tried[..., j : j + 1, :] = both - first
            at = scored(evaluator, side, tried, "column").argmax(axis=0)[None]
            low, here_share, high = (
                np.take_along_axis(first, np.clip(at + way, 0, GRID - 1), 0)[0]
                for way in (-1, 0, 1)
            )
        here = here.copy()
        here[..., i : i + 1, :] = here_share
        here[..., j : j + 1, :] = both - here_share
    return here
