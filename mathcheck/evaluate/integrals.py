"""Integrals by quadrature, limits along a sequence."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.logic import inside
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.evaluate.sums import along_sum, full
from mathcheck.evaluate.symbols import trimmed
from mathcheck.problems import RefusedError, ShapeError
from mathcheck.read.syntax import Integral, Limit
from mathcheck.scope import Variable

# Double-exponential quadrature: the ends may be singular, the range infinite
STEPS = np.linspace(-3.6, 3.6, 2401)


@rule(Integral)
def evaluate_integral(evaluator: Evaluator, node: Integral) -> Thing:
    """Evaluate an integral by quadrature, twice, to see how exact it is."""
    low, high = (
        known(evaluator(end), "a limit").array for end in (node.low, node.high)
    )
    depth = evaluator.depth
    with evaluator.layer({}):
        axis = evaluator.depth
        steps = evaluator.axis(STEPS).array
        nodes, weights = quadrature(low, high, dual.primal(steps))
        evaluator.layers[-1].values["plain", node.name, 0] = Quantity(nodes)
        body = known(evaluator(node.body), "an integral")
        if body.rank != "number":
            raise ShapeError("the integral of a vector; write its components", node.at)
        terms = dual.multiply(body.array, weights)
        fine = along_sum(terms, axis, len(STEPS))
        half = (np.arange(len(STEPS)) % 2 == 0) * 2.0
        half = half.reshape(dual.primal(steps).shape)
        coarse = along_sum(dual.multiply(terms, half), axis, len(STEPS))
    evaluator.depth = depth
    a, b = dual.primal(fine), dual.primal(coarse)
    settled = np.abs(a - b) <= 1e-11 + 1e-8 * np.abs(b)
    if not settled.any():
        raise RefusedError("the quadrature of this integral does not settle", node.at)
    fine = dual.where(settled, fine, np.full((1, 1), np.nan))
    evaluator.tolerance = max(evaluator.tolerance, 1e-7)
    return Quantity(trimmed(fine))


def quadrature(low: Value, high: Value, steps: np.ndarray) -> tuple[Value, Value]:
    """Return nodes and weights between two ends, which may vary from point to point."""
    h = STEPS[1] - STEPS[0]
    s, ds = np.pi / 2 * np.sinh(steps), np.pi / 2 * np.cosh(steps) * h
    down, up = (np.isneginf(dual.primal(low)), np.isposinf(dual.primal(high)))
    if down.all() and up.all():
        return np.sinh(s), np.cosh(s) * ds
    if up.all():
        return dual.add(low, np.exp(s)), np.exp(s) * ds
    if down.all():
        return dual.add(high, -np.exp(s)), np.exp(s) * ds
    if down.any() or up.any():
        raise RefusedError("the limits of an integral are infinite at some points only")
    width = dual.add(high, dual.negative(low))
    share = 1 / (1 + np.exp(-2 * s))  # of the way from low to high
    nodes = dual.add(low, dual.multiply(width, share))
    weights = dual.multiply(width, ds / (2 * np.cosh(s) ** 2))
    ends = (dual.primal(nodes) == dual.primal(low)) | (
        dual.primal(nodes) == dual.primal(high)
    )
    middle = dual.multiply(dual.add(low, high), np.full((1, 1), 0.5))
    return dual.where(ends, middle, nodes), dual.where(ends, np.zeros((1, 1)), weights)


STEPS_OF_LIMIT = 14  # half powers of ten, down to 1e-7 from the target


@rule(Limit)
def evaluate_limit(evaluator: Evaluator, node: Limit) -> Thing:
    """Evaluate a limit along a sequence; it has to settle."""
    target = known(evaluator(node.target), "a limit").array
    goal = float(dual.primal(target).flat[0])
    if dual.primal(target).size > 1:
        raise RefusedError("the target of a limit must be a constant", node.at)
    depth = evaluator.depth
    found = []
    for side in (-1, 1) if node.side == 0 and np.isfinite(goal) else (node.side or 1,):
        powers = 10.0 ** (np.arange(1, 1 + STEPS_OF_LIMIT) / 2)
        path = goal + side / powers if np.isfinite(goal) else np.sign(goal) * powers
        if side == -1 and not allowed(evaluator, node.name, path):
            continue
        with evaluator.layer({}):
            axis = evaluator.depth
            evaluator.layers[-1].values["plain", node.name, 0] = evaluator.axis(path)
            body = known(evaluator(node.body), "a limit")
            array = whole_axis(body.array, axis)
        found.append((array, axis, body.rank))
    evaluator.depth = depth
    results = []
    for array, axis, rank in found:
        values = dual.primal(array)
        entries = np.stack(
            [np.take(values, [i], axis=-3 - axis) for i in range(STEPS_OF_LIMIT)]
        )
        gaps = np.abs(np.diff(entries, axis=0)) / (1 + np.abs(entries[1:]))
        gaps = np.where(np.isfinite(gaps), gaps, np.inf)
        chosen = gaps.argmin(axis=0)  # where the sequence moves least
        least = gaps.min(axis=0)
        settled = least <= 1e-3
        if not settled.any():
            raise RefusedError("the sequence of this limit does not settle", node.at)
        evaluator.tolerance = max(
            evaluator.tolerance, 1e-8, 10 * float(least[settled].max())
        )
        last: Value = np.full((1, 1), np.nan)
        for i in range(STEPS_OF_LIMIT - 1):
            entry = entry_of(array, axis, i + 1)
            last = dual.where(settled & (chosen == i), entry, last)
        results.append(Quantity(trimmed(last), rank))
    first, other = dual.primal(results[0].array), dual.primal(results[-1].array)
    if not np.allclose(first, other, rtol=1e-2, atol=1e-2, equal_nan=True):
        raise RefusedError("the limits from the left and the right differ", node.at)
    return results[-1]


def whole_axis(x: Value, axis: int) -> Value:
    """Return a value that has the whole axis of the sequence."""
    return dual.linear(lambda a: full(a, axis, STEPS_OF_LIMIT), x)


def entry_of(x: Value, axis: int, i: int) -> Value:
    """Return an entry of a sequence."""
    return dual.linear(lambda a: np.take(a, [i], axis=-3 - axis), x)


def allowed(evaluator: Evaluator, name: str, path: np.ndarray) -> bool:
    """Say whether a symbol may take these values."""
    meaning = evaluator.scope.plain(name)
    if not isinstance(meaning, Variable):
        return True
    return bool(inside(evaluator, Quantity(path[:, None, None]), meaning.space).all())
