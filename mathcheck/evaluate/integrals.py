"""Definite integrals and limits, as far as numbers tell.

An integral is taken by double-exponential quadrature, with all nodes and with half of
them; a limit along a sequence, with Aitken's extrapolation. What does not settle is
refused.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.axes import Axis, entry, filled, summed, trimmed
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.logic import inside
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.evaluate.sequences import far_limit, whole
from mathcheck.read.problems import RefusedError, ShapeError
from mathcheck.read.scope import Variable
from mathcheck.read.syntax import (
    Absolute,
    Call,
    Cases,
    Indicator,
    Integral,
    Limit,
    Number,
)
from mathcheck.read.tree import has

# Double-exponential quadrature: the ends may be singular, the range infinite
STEPS = np.linspace(-4.2, 4.2, 2801)
FEWER_STEPS = np.linspace(-4.2, 4.2, 281)  # of an integral within another
LOOKS = STEPS[::2]  # where it is looked for a spike
SHARES = np.linspace(0, 1, 401)  # of the way between the neighbours of a peak
ZOOMS = 2  # how often it is looked closer at a peak
INNER = 2.0  # of the steps; beyond, the nodes crowd at an end
FEW = 30  # of these nodes, if no more of them see a peak it is a spike
VANISHED = 1e-30  # share of the largest term that is nothing
BENT = ("max", "min", "relu", "ReLU", "sign", "sgn")  # functions with a kink
TINY = 1e-300  # so that an integral of 0 is no 0 / 0
SETTLED = 1e-8  # how much all nodes may tell more than half of them


@rule(Integral)
def evaluate_integral(evaluator: Evaluator, node: Integral) -> Thing:
    """Evaluate an integral by quadrature."""
    low, high = (
        known(evaluator(end), "a limit").array for end in (node.low, node.high)
    )
    if evaluator.exact:
        raise RefusedError("an integral has no more digits than floats have", node.at)
    with zero_log_zero(evaluator):
        return quadratures(evaluator, node, low, high)


@contextmanager
def zero_log_zero(evaluator: Evaluator) -> Iterator[None]:
    """Let 0 log 0 be 0: a density underflows in its tails, its logarithm does not."""
    scope = evaluator.scope
    evaluator.scope = scope.nested()
    evaluator.scope.frames[-1].zero_log_zero = True
    try:
        yield
    finally:
        evaluator.scope = scope


def quadratures(evaluator: Evaluator, node: Integral, low: Value, high: Value) -> Thing:
    """Take an integral between two ends, in as many parts as it needs.

    Each is taken twice, to see how exact it is.
    """
    ends = [low, high]
    if np.isneginf(dual.primal(low)).all() and np.isposinf(dual.primal(high)).all():
        ends = [low, np.zeros((1, 1)), high]  # where |x| has its kink
    if not nested(evaluator, node):
        spike = spike_between(evaluator, node, ends)
        ends = ends if spike is None else [low, spike, high]
        if spike is None and (breaks := kinks(node, low, high)):
            ends = [low, *breaks, high]
    parts = [integrated(evaluator, node, *pair) for pair in pairwise(ends)]
    fine, coarse, magnitude = (
        functools.reduce(operator.add, halves) for halves in zip(*parts, strict=True)
    )
    apart = sum(np.abs(dual.primal(a) - dual.primal(b)) for a, b, _ in parts)
    size = np.abs(dual.primal(coarse))
    gap = apart / (1e-3 * dual.primal(magnitude) + size + TINY)
    settled = gap <= SETTLED
    if not settled.any():
        raise RefusedError("the quadrature of this integral does not settle", node.at)
    evaluator.unsettled |= not settled.all()
    fine = dual.where(settled, fine, np.nan)
    evaluator.tolerance = max(evaluator.tolerance, 10 * float(gap[settled].max()))
    return Quantity(trimmed(fine))


def kinks(node: Integral, low: Value, high: Value) -> list[np.ndarray]:
    """Return the numbers at which an integrand may break, or peak, from low to high."""
    bent = has(Absolute | Cases | Indicator, node.body) or any(
        isinstance(part, Call) and part.function in BENT for part in node.body.parts
    )
    a, b = dual.primal(low), dual.primal(high)
    numbers = {n.text for n in node.body.parts if isinstance(n, Number)}
    found = {float(text) for text in numbers if bent or "." in text}
    return [
        np.full((1, 1), x) for x in sorted(found) if (a < x).all() and (x < b).all()
    ]


def nested(evaluator: Evaluator, node: Integral) -> bool:
    """Say whether an integral stands within another, or another within it."""
    return bool(evaluator.integrating) or has(Integral, node.body)


def spike_between(
    evaluator: Evaluator, node: Integral, ends: list[Value]
) -> np.ndarray | None:
    """Return where the integrand is largest, at each point, if few nodes see it there.

    An end of an interval is where the nodes crowd, so that the interval is split there.
    """
    found: np.ndarray | None = None
    most = np.zeros((1, 1))
    narrow = np.zeros((1, 1), bool)
    for low, high in pairwise(ends):
        nodes, sizes, axis = looked_at(evaluator, node, low, high, LOOKS)
        top = sizes.max(axis.from_end, keepdims=True)
        best = sizes.argmax(axis.from_end, keepdims=True)
        inner = np.abs(LOOKS[best]) < INNER  # where the nodes do not crowd already
        few = inner & ((sizes > 1e-3 * top).sum(axis.from_end, keepdims=True) < FEW)
        peak = around_peak(nodes, sizes, axis)
        middle = np.take(nodes, [len(LOOKS) // 2], axis=axis.from_end)
        for _ in range(ZOOMS if few.any() else 0):
            at_peak = looked_at(evaluator, node, *peak[::2], SHARES)
            peak = around_peak(*at_peak)
        here = np.where(few, peak[1], middle)
        better = top > most
        found = here if found is None else np.where(better, here, found)
        narrow = np.where(better, few, narrow)
        most = np.maximum(top, most)
    return found if found is not None and (narrow & (most > 0)).any() else None


def looked_at(
    evaluator: Evaluator, node: Integral, low: Value, high: Value, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray, Axis]:
    """Return nodes between two ends and how large the integrand is there."""
    with evaluator.layer() as layer:
        axis = evaluator.new_axis(len(steps))
        a, b = dual.primal(low), dual.primal(high)
        laid = axis.laid(steps)
        nodes = a + (b - a) * laid if steps is SHARES else quadrature(a, b, laid)[0]
        nodes = dual.primal(nodes)
        layer.values["plain", node.name, 0] = Quantity(nodes)
        body = known(evaluator(node.body), "an integral").array
    sizes = np.nan_to_num(np.abs(dual.primal(body)), posinf=0.0)
    shape = np.broadcast_shapes(axis.reached(sizes).shape, nodes.shape)
    return np.broadcast_to(nodes, shape), np.broadcast_to(sizes, shape), axis


def around_peak(
    nodes: np.ndarray, sizes: np.ndarray, axis: Axis
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the node at which the integrand is largest, between its neighbours."""
    best = sizes.argmax(axis.from_end, keepdims=True)
    before, here, after = (
        np.take_along_axis(
            nodes, np.clip(best + step, 0, axis.length - 1), axis.from_end
        )
        for step in (-1, 0, 1)
    )
    return before, here, after


def integrated(
    evaluator: Evaluator, node: Integral, low: Value, high: Value
) -> tuple[Value, Value, Value]:
    """Integrate between two ends with all nodes, with half of them, and the sizes."""
    steps = FEWER_STEPS if nested(evaluator, node) else STEPS
    with evaluator.layer() as layer:
        axis = evaluator.new_axis(len(steps))
        nodes, weights = quadrature(low, high, axis.laid(steps))
        layer.values["plain", node.name, 0] = Quantity(nodes)
        evaluator.integrating += 1
        try:
            body = known(evaluator(node.body), "an integral")
        finally:
            evaluator.integrating -= 1
        if body.rank != "number":
            raise ShapeError("the integral of a vector; write its components", node.at)
        terms = without_tail(body.array * weights, axis, low, high)
        every_other = axis.laid(np.arange(len(steps)) % 2 == 0)
        weight = steps[1] - steps[0]
        sizes = summed(np.abs(dual.primal(terms)) * weight, axis)
        return (
            summed(terms * weight, axis),
            summed(terms * (2 * weight) * every_other, axis),
            sizes,
        )


def without_tail(terms: Value, axis: Axis, low: Value, high: Value) -> Value:
    """Return the terms of an integral with 0 where they overflow after they vanish.

    Far out towards infinity e^x e^{-e^x} is 0 first, and infinity times 0 beyond.
    """
    endless = np.isinf(dual.primal(low)) | np.isinf(dual.primal(high))
    values = axis.filled(dual.primal(terms))
    lost = ~np.isfinite(values)
    if not (endless.any() and lost.any()):
        return terms
    along = axis.from_end
    sizes = np.where(lost, 0.0, np.abs(values))
    nothing = lost | (sizes <= VANISHED * sizes.max(along, keepdims=True))
    before = reversed_all(nothing, along)  # from there on nothing is left
    tail = reversed_all(lost, along)
    vanishes = (before & ~tail).sum(along, keepdims=True) >= axis.length // 100
    return dual.where(endless & tail & vanishes, 0.0, filled(terms, axis))


def reversed_all(mask: np.ndarray, along: int) -> np.ndarray:
    """Return where a mask holds from there to the end of an axis."""
    turned = np.logical_and.accumulate(np.flip(mask, along), axis=along)
    return np.flip(turned, along)


def quadrature(low: Value, high: Value, steps: np.ndarray) -> tuple[Value, Value]:
    """Return nodes and weights between two ends, which may vary from point to point."""
    s, ds = np.pi / 2 * np.sinh(steps), np.pi / 2 * np.cosh(steps)
    down, up = (np.isneginf(dual.primal(low)), np.isposinf(dual.primal(high)))
    if down.all() and up.all():
        return np.sinh(s), np.cosh(s) * ds
    if up.all():
        return low + np.exp(s), np.exp(s) * ds
    if down.all():
        return high - np.exp(s), np.exp(s) * ds
    if down.any() or up.any():
        raise RefusedError("the limits of an integral are infinite at some points only")
    width = high - low
    share = 1 / (1 + np.exp(-2 * s))  # of the way from low to high
    nodes = low + width * share
    weights = width * (ds / (2 * np.cosh(s) ** 2))
    ends = (dual.primal(nodes) == dual.primal(low)) | (
        dual.primal(nodes) == dual.primal(high)
    )
    middle = 0.5 * (low + high)
    return dual.where(ends, middle, nodes), dual.where(ends, 0.0, weights)


STEPS_OF_LIMIT = 14  # half powers of ten, down to 1e-7 from the target
SETTLED_LIMIT = 1e-6  # how much the sequence may still move


@rule(Limit)
def evaluate_limit(evaluator: Evaluator, node: Limit) -> Thing:
    """Evaluate a limit along a sequence; it has to settle."""
    target = known(evaluator(node.target), "a limit").array
    goal = float(dual.primal(target).flat[0])
    if dual.primal(target).size > 1:
        raise RefusedError("the target of a limit must be a constant", node.at)
    if evaluator.exact:
        return exact_limit(evaluator, node, goal)
    found = []
    for side in (-1, 1) if node.side == 0 and np.isfinite(goal) else (node.side or 1,):
        powers = 10.0 ** (np.arange(1, 1 + STEPS_OF_LIMIT) / 2)
        if np.isinf(goal) and whole(evaluator, node.name):  # (-1/2)^{3.2} is no number
            powers = np.rint(powers)
        path = goal + side / powers if np.isfinite(goal) else np.sign(goal) * powers
        if side == -1 and not allowed(evaluator, node.name, path):
            continue
        with evaluator.layer() as layer:
            axis = evaluator.new_axis(STEPS_OF_LIMIT)
            layer.values["plain", node.name, 0] = Quantity(axis.laid(path))
            body = known(evaluator(node.body), "a limit")
        every = filled(body.array, axis)
        entries = [entry(every, axis, i) for i in range(STEPS_OF_LIMIT)]
        found.append((entries, body.rank))
    results = [
        Quantity(trimmed(settled(evaluator, node, entries)), rank)
        for entries, rank in found
    ]
    first, other = dual.primal(results[0].array), dual.primal(results[-1].array)
    near = np.allclose(first, other, rtol=1e-2, atol=1e-2, equal_nan=True)
    if not (near or real.AVAILABLE):  # with more digits it is asked again
        raise RefusedError("the limits from the left and the right differ", node.at)
    return results[-1]


def exact_limit(evaluator: Evaluator, node: Limit, goal: float) -> Thing:
    """Evaluate a limit at one point in many digits, from the sides that it may have."""
    results: list[tuple[Value, Quantity]] = []
    for side in (-1, 1) if node.side == 0 and np.isfinite(goal) else (node.side or 1,):
        near = goal + side / 10.0 ** np.arange(1, 15)
        if side == -1 and not allowed(evaluator, node.name, near):
            continue
        value, error, sample = far_limit(evaluator, node, goal, side)
        evaluator.tolerance = max(evaluator.tolerance, error)
        results.append((value, sample))
    first, other = (dual.primal(value) for value, _ in (results[0], results[-1]))
    close = abs(first - other) <= 1e-9 + evaluator.tolerance * (1 + abs(other))
    if not (close | (first == other)).all():
        raise RefusedError("the limits from the left and the right differ", node.at)
    return Quantity(trimmed(results[-1][0]), results[-1][1].rank)


def settled(evaluator: Evaluator, node: Limit, entries: list[Value]) -> Value:
    """Return where a sequence goes: the entry, or extrapolation, that moves least."""
    last: Value = np.full((1, 1), np.nan)
    least = np.full((1, 1), np.inf)
    for _ in range(3):
        gaps = [
            np.abs(dual.primal(b) - dual.primal(a)) / (1 + np.abs(dual.primal(b)))
            for a, b in pairwise(entries)
        ]
        for i in range(2, len(entries)):  # two moves, lest one be small by chance
            gap = np.maximum(gaps[i - 1], gaps[i - 2] / 100)
            better = gap < least
            last = dual.where(better, entries[i], last)
            least = np.where(better, gap, least)
        entries = extrapolated(entries)
    good = least <= SETTLED_LIMIT
    if not good.any() and not real.AVAILABLE:
        raise RefusedError("the sequence of this limit does not settle", node.at)
    worst = float(least[good].max(initial=0))
    evaluator.tolerance = max(evaluator.tolerance, 1e-8, 10 * worst)
    evaluator.unsettled |= not good.all()
    return dual.where(good, last, np.nan)


def extrapolated(entries: list[Value]) -> list[Value]:
    """Take the leading power out of a sequence: Aitken's delta-squared process.

    Only where it contracts: else the process finds a value for 1/x at 0 too.
    """
    result = []
    for a, b, c in zip(entries, entries[1:], entries[2:], strict=False):
        one, two = b - a, c - b
        bend = two - one
        moves = np.abs(dual.primal(one)), np.abs(dual.primal(two))
        flat = (np.abs(dual.primal(bend)) <= 1e-300) | (moves[1] > 0.9 * moves[0])
        step = two * two / dual.where(flat, 1.0, bend)
        result.append(c - dual.where(flat, 0.0, step))
    return result


def allowed(evaluator: Evaluator, name: str, path: np.ndarray) -> bool:
    """Say whether a symbol may take these values."""
    meaning = evaluator.plain(name)
    if not isinstance(meaning, Variable):
        return True
    return bool(inside(evaluator, Quantity(path[:, None, None]), meaning.space).all())
