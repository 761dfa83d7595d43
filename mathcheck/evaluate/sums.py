"""Sums, products and extremes over finitely many values."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.largest import chosen
from mathcheck.evaluate.logic import holds
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known, number, scale
from mathcheck.evaluate.symbols import trimmed
from mathcheck.read.problems import RefusedError, ShapeError
from mathcheck.read.syntax import Big, Bound, Finite, Range


@rule(Big)
def evaluate_big(evaluator: Evaluator, node: Big) -> Thing:
    """Evaluate a sum, a product, a maximum, ... over finitely many values."""
    if not node.bound:
        return evaluator(node.body)
    depth = evaluator.depth
    with evaluator.layer({}):
        mask: np.ndarray = np.ones((1, 1), bool)
        axes = []
        for bound in node.bound:
            n, inside = bind(evaluator, bound)
            axes.append((evaluator.depth - 1, n))
            mask = mask & inside
            if bound.condition is not None:
                mask = mask & holds(evaluator, bound.condition)
        body = evaluator(node.body)
        if isinstance(body, Pending):
            if not mask.all():
                raise ShapeError("the size of what is summed cannot be read")
            count = float(np.prod([n for _, n in axes]))
            if node.kind != "sum":
                raise ShapeError("the size of what is multiplied cannot be read")

            return scale(body, number(count))
        result = reduced(evaluator, node, body, mask, axes)
    evaluator.depth = depth
    return Quantity(trimmed(result.array), result.rank)


def bind(evaluator: Evaluator, bound: Bound) -> tuple[int, np.ndarray]:
    """Give an axis to a bound variable; return its length and where it is in range."""
    domain = bound.domain
    layer = evaluator.layers[-1]
    key = ("plain", bound.name, 0)
    if isinstance(domain, Finite):
        values = [known(evaluator(item), "an element") for item in domain.items]
        flat = [float(dual.primal(v.array).flat[0]) for v in values]
        if any(v.rank != "number" or dual.primal(v.array).size > 1 for v in values):
            raise RefusedError(
                "the elements of this set are not plain numbers", bound.at
            )
        layer.values[key] = evaluator.axis(flat)
        layer.sets[bound.name] = domain
        return len(flat), np.ones((1, 1), bool)
    if isinstance(domain, Range):
        bound = Bound(bound.name, domain.low, domain.high, domain, bound.condition)
    if bound.low is None or bound.high is None:
        raise RefusedError("the set of this index is not finite", bound.at)
    low, high = (
        known(evaluator(end), "a limit").array for end in (bound.low, bound.high)
    )
    lows, highs = dual.primal(low), dual.primal(high)
    if not np.isfinite(highs).all() or not np.isfinite(lows).all():
        raise RefusedError("an infinite sum is not evaluated", bound.at)
    if (lows != np.round(lows)).any() or (highs != np.round(highs)).any():
        raise RefusedError("the limits of a sum must be whole numbers", bound.at)
    first, last = int(lows.min()), int(highs.max())
    if last - first > 2000:
        raise RefusedError("a sum of more than 2000 terms", bound.at)
    if last < first:  # an empty sum: one term, which is masked
        last = first
    axis = evaluator.axis(np.arange(first, last + 1))
    layer.values[key] = axis
    layer.sets[bound.name] = Range(bound.low, bound.high)
    values_here = dual.primal(axis.array)
    return last - first + 1, (values_here >= lows) & (values_here <= highs)


def masked(body: Quantity, mask: np.ndarray, neutral: float) -> Quantity:
    """Return the body with a neutral value where the mask is not set."""
    if mask.all():
        return body
    return Quantity(dual.where(mask, body.array, neutral), body.rank)


def reduced(
    evaluator: Evaluator,
    node: Big,
    body: Quantity,
    mask: np.ndarray,
    axes: list[tuple[int, int]],
) -> Quantity:
    """Reduce the axes of the bound variables."""
    if node.kind != "sum" and body.rank != "number":
        raise ShapeError(f"a {node.kind} of vectors; write the components", node.at)
    neutral = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "argmax": -np.inf}
    array = masked(body, mask, neutral.get(node.kind, np.inf)).array
    if node.kind in ("sum", "prod"):
        for axis, n in axes:
            combine = along_sum if node.kind == "sum" else along_product
            array = combine(array, axis, n)
        return Quantity(array, body.rank)
    if len(axes) > 1:
        for axis, n in axes[:-1]:
            array = extreme(array, axis, n, node.kind)
    axis, n = axes[-1]
    if node.kind in ("max", "min"):
        return Quantity(extreme(array, axis, n, node.kind))
    if len(axes) > 1:
        raise RefusedError("an argmax over two indices is not read", node.at)
    found = place_of_extreme(array, axis, n, node.kind == "argmax")
    (bound,) = node.bound
    index = known(evaluator.layers[-1].values["plain", bound.name, 0], "an index")
    first = float(dual.primal(index.array).flat[0])
    if isinstance(bound.domain, Finite):
        raise RefusedError("an argmax over a set of that kind is not read", node.at)
    return Quantity(dual.primal(found.array) + (first - 1))


def full(a: np.ndarray, axis: int, n: int) -> np.ndarray:
    """Return an array that has the whole axis."""
    missing = 3 + axis - a.ndim
    if missing > 0:
        a = a.reshape(*[1] * missing, *a.shape)
    shape = list(a.shape)
    shape[-3 - axis] = n
    return np.broadcast_to(a, shape)


def along_sum(x: Value, axis: int, n: int) -> Value:
    """Sum along an axis of points."""
    return dual.linear(lambda a: full(a, axis, n).sum(axis=-3 - axis, keepdims=True), x)


def along_product(x: Value, axis: int, n: int) -> Value:
    """Multiply along an axis of points."""
    whole = dual.linear(lambda a: full(a, axis, n), x)

    def entry(i: int) -> Value:
        return dual.linear(lambda a: np.take(a, [i], axis=-3 - axis), whole)

    result = entry(0)
    for i in range(1, n):
        result = result * entry(i)
    return result


def extreme(x: Value, axis: int, n: int, kind: str) -> Value:
    """Take the largest or smallest value along an axis of points."""
    whole = dual.linear(lambda a: full(a, axis, n), x)
    return chosen(whole, -3 - axis, kind.endswith("max"))


def place_of_extreme(x: Value, axis: int, n: int, largest: bool) -> Quantity:
    """Return at which value of the index the extreme is; a tie has no answer."""
    values = full(dual.primal(x), axis, n)
    best = (
        values.max(-3 - axis, keepdims=True)
        if largest
        else values.min(-3 - axis, keepdims=True)
    )
    at = values == best
    place = at.argmax(axis=-3 - axis, keepdims=True) + 1.0
    return Quantity(np.where(at.sum(-3 - axis, keepdims=True) > 1, np.nan, place))
