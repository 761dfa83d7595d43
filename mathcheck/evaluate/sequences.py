"""Limits of one point in many digits, along a sequence that goes really far.

The exponents of ten double: 10, 100, 10^4, ..., 10^128. What converges like a power
of the variable is then settled beyond doubt; what converges like one of its logarithm
halves its distance at each step, so that it can be extrapolated; what does neither, as
log log x, has no limit that numbers can tell.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import Quantity, known
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Variable
from mathcheck.read.syntax import Limit, Naturals, Range, Simplex

EXPONENTS = (1, 2, 4, 8, 16, 32, 64, 128)
FEWER, MORE = 160, 320  # digits; a value is told if both agree on it
LEAST = 4  # entries that a sequence needs
SAME = 1e-30  # what two computations of one entry may differ by
SETTLED = 1e-50  # relative difference of entries that move no more
NEARER = 8  # entries of a sequence up to some hundred
SLOWEST = 0.8  # by which distances must shrink


def far_limit(
    evaluator: Evaluator, node: Limit, goal: float, side: int
) -> tuple[Value, float, Quantity]:
    """Return a limit from one side, its relative error, and an entry of the sequence.

    RefusedError: the sequence does not settle.
    """
    entries = sequence(evaluator, node, goal, side, [*enumerate(EXPONENTS)])
    if len(entries) < LEAST:
        near = steepest(evaluator, node, goal, side)
        if near is not None:
            return near
        raise RefusedError("the sequence of this limit does not settle", node.at)
    values = [dual.primal(e.array) for e in entries]
    if divergent(values):
        return np.sign(values[-1]) * np.inf, 0.0, entries[-1]
    gaps = [relative(a, b) for a, b in pairwise(values)]
    if gaps[-1] <= SETTLED and gaps[-2] <= SETTLED:
        return entries[-1].array, SETTLED, entries[-1]
    if gaps[-1] <= 1e-12 and gaps[-1] <= 1e-3 * gaps[-2] <= 1e-6 * gaps[-3]:
        return entries[-1].array, 10 * gaps[-1], entries[-1]
    # in powers of what would be 1 / log T
    heights = [1 / (e + np.log10(factor(i))) for i, e in enumerate(EXPONENTS)]
    first, second = (
        extrapolated([e.array for e in entries[i:]], heights[i:]) for i in (1, 2)
    )
    error = relative(dual.primal(first), dual.primal(second))
    shrinking = all(b <= SLOWEST * a for a, b in pairwise(gaps[2:]))
    if not shrinking or error > min(1e-9, 1e-4 * gaps[-1]):
        raise RefusedError("the sequence of this limit does not settle", node.at)
    return first, 100 * error, entries[-1]


def steepest(
    evaluator: Evaluator, node: Limit, goal: float, side: int
) -> tuple[Value, float, Quantity] | None:
    """Return a limit that is reached like e^{-e^T}, which has no value far out.

    Nearer by, the last distances are each the square of the one before, at least.
    """
    steps = [(number, number / 4) for number in range(NEARER)]
    entries = sequence(evaluator, node, goal, side, steps)
    if len(entries) < NEARER:
        return None
    values = [dual.primal(e.array) for e in entries]
    gaps = [relative(a, b) for a, b in pairwise(values)]
    logs = [-np.log10(gap) if gap > 0 else np.inf for gap in gaps[1:]]
    steep = all(b >= 2 * a > 0 for a, b in pairwise(logs[-4:]))
    if not steep or gaps[-1] > SETTLED:
        return None
    return entries[-1].array, SETTLED, entries[-1]


def sequence(
    evaluator: Evaluator, node: Limit, goal: float, side: int,
    steps: list[tuple[int, float]],
) -> list[Quantity]:  # fmt: skip
    """Return the entries of a sequence, up to the first that cannot be told.

    Where fewer digits tell something else, rounding has begun; with still smaller
    terms both would lose them, and agree again.
    """
    entries: list[Quantity] = []
    for step in steps:
        low, high = (
            entry(evaluator, node, goal, side, step, digits) for digits in (FEWER, MORE)
        )
        if low is None or high is None:
            break
        if relative(dual.primal(low.array), dual.primal(high.array)) > SAME:
            break
        entries.append(high)
    return entries


def entry(
    evaluator: Evaluator, node: Limit, goal: float, side: int, step: tuple[int, float],
    digits: int,
) -> Quantity | None:  # fmt: skip
    """Return one entry of the sequence in so many digits, if it has a value."""
    with real.digits(digits):
        normalise(evaluator)
        try:
            found = at(evaluator, node, place(evaluator, node, goal, side, step))
        except ArithmeticError:
            return None
    return found if real.isfinite(dual.primal(found.array)).all() else None


def normalise(evaluator: Evaluator) -> None:
    """Give distributions a sum of 1 in all digits, for what is left over tells."""
    values = evaluator.root.values
    for key, value in values.items():
        space = getattr(evaluator.scope.meant_by(key), "space", None)
        if isinstance(space, Simplex) and isinstance(value, Quantity):
            total = value.array.sum(axis=-2, keepdims=True)
            values[key] = Quantity(value.array / total, value.rank)


def place(
    evaluator: Evaluator, node: Limit, goal: float, side: int, step: tuple[int, float]
) -> real.Real:
    """Return where the sequence is: no round number, unless it must be a whole one."""
    number, exponent = step
    away = real.one(factor(number)) * real.one(10) ** exponent
    if np.isfinite(goal):
        return goal + side / away
    if whole(evaluator, node.name):
        away = away.rint() + number  # of both parities: (-1)^n has no limit
    return away if goal > 0 else -away


def whole(evaluator: Evaluator, name: str) -> bool:
    """Say whether what tends to infinity may be a whole number only."""
    meaning = evaluator.plain(name)
    return not isinstance(meaning, Variable) or isinstance(
        meaning.space, Naturals | Range
    )


def factor(number: int) -> float:
    """Return a number from 1 to 2, another one at each step: sin n must not be 0."""
    return 1 + (number * 0.6180339887 + 0.2360679775) % 1


def at(evaluator: Evaluator, node: Limit, value: real.Real) -> Quantity:
    """Evaluate the body with a value for the variable, and nothing remembered."""
    memos = [layer.memo for layer in evaluator.layers]
    for layer in evaluator.layers:
        layer.memo = {}
    try:
        with evaluator.layer() as layer:
            layer.values["plain", node.name, 0] = Quantity(np.full((1, 1), value))
            return known(evaluator(node.body), "a limit")
    finally:
        for layer, memo in zip(evaluator.layers, memos, strict=True):
            layer.memo = memo


def relative(a: np.ndarray, b: np.ndarray) -> float:
    """Return how far apart two values are, in proportion, at their worst entry."""
    return float((abs(a - b) / (1 + abs(b))).max())


def divergent(values: list[np.ndarray]) -> bool:
    """Say whether a sequence grows without bound: at least as the logarithm does."""
    last = [abs(v) for v in values[-4:]]
    grows = all((b > 1.5 * a).all() for a, b in pairwise(last))
    return grows and bool((last[-1] > 100).all())


def extrapolated(entries: list[Value], heights: list[float]) -> Value:
    """Return the value at 0 of the polynomial through the entries: Neville's scheme."""
    table = list(entries)
    for order in range(1, len(table)):
        table = [
            (b * heights[i] - a * heights[i + order])
            * (1 / (heights[i] - heights[i + order]))
            for i, (a, b) in enumerate(pairwise(table))
        ]
    return table[0]
