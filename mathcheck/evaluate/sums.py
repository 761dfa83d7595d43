"""Sums, products, extremes and their arguments over finitely many values.

A bound variable has an axis of its own; where it is out of range or its condition does
not hold, the neutral element of the operation stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.axes import Axis, filled, multiplied, summed, trimmed
from mathcheck.evaluate.dual import Array, Value
from mathcheck.evaluate.evaluator import Evaluator, Layer, rule
from mathcheck.evaluate.largest import chosen
from mathcheck.evaluate.logic import holds
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known, number, scale
from mathcheck.read.problems import RefusedError, ShapeError
from mathcheck.read.syntax import Big, Bound, Finite, Range


@rule(Big)
def evaluate_big(evaluator: Evaluator, node: Big) -> Thing:
    """Evaluate a sum, a product, a maximum, ... over finitely many values."""
    if not node.bound:
        return evaluator(node.body)
    with evaluator.layer() as layer:
        mask: np.ndarray = np.ones((1, 1), bool)
        axes = []
        for bound in node.bound:
            axis, inside = bind(evaluator, layer, bound)
            axes.append(axis)
            mask = mask & inside
            if bound.condition is not None:
                mask = mask & holds(evaluator, bound.condition)
        body = evaluator(node.body)
        if isinstance(body, Pending):
            if not mask.all():
                raise ShapeError("the size of what is summed cannot be read")
            if node.kind != "sum":
                raise ShapeError("the size of what is multiplied cannot be read")
            return scale(body, number(math.prod(axis.length for axis in axes)))
        result = reduced(layer, node, body, mask, axes)
    return Quantity(trimmed(result.array), result.rank)


def bind(evaluator: Evaluator, layer: Layer, bound: Bound) -> tuple[Axis, np.ndarray]:
    """Give an axis to a bound variable; return it, and where it is in range."""
    domain = bound.domain
    key = ("plain", bound.name, 0)
    if isinstance(domain, Finite):
        values = [known(evaluator(item), "an element") for item in domain.items]
        flat = [float(dual.primal(v.array).flat[0]) for v in values]
        if any(v.rank != "number" or dual.primal(v.array).size > 1 for v in values):
            raise RefusedError(
                "the elements of this set are not plain numbers", bound.at
            )
        axis = evaluator.new_axis(len(flat))
        layer.values[key] = Quantity(axis.laid(flat))
        layer.sets[bound.name] = domain
        return axis, np.ones((1, 1), bool)
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
    if last - first > evaluator.longest:
        raise RefusedError(f"a sum of more than {evaluator.longest} terms", bound.at)
    if last < first:  # an empty sum: one term, which is masked
        last = first
    axis = evaluator.new_axis(last - first + 1)
    index = axis.laid(np.arange(first, last + 1))
    layer.values[key] = Quantity(index)
    layer.sets[bound.name] = Range(bound.low, bound.high)
    return axis, (index >= lows) & (index <= highs)


def masked(body: Quantity, mask: np.ndarray, neutral: float) -> Quantity:
    """Return the body with a neutral value where the mask is not set."""
    if mask.all():
        return body
    return Quantity(dual.where(mask, body.array, neutral), body.rank)


def reduced(
    layer: Layer, node: Big, body: Quantity, mask: np.ndarray, axes: list[Axis]
) -> Quantity:
    """Reduce the axes of the bound variables."""
    if node.kind != "sum" and body.rank != "number":
        raise ShapeError(f"a {node.kind} of vectors; write the components", node.at)
    neutral = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "argmax": -np.inf}
    array = masked(body, mask, neutral.get(node.kind, np.inf)).array
    if node.kind in ("sum", "prod", "max", "min"):
        for axis in axes:
            array = ALONG[node.kind](array, axis)
        return Quantity(array, body.rank)
    if len(axes) > 1:
        raise RefusedError("an argmax over two indices is not read", node.at)
    (bound,), (axis,) = node.bound, axes
    index = known(layer.values["plain", bound.name, 0], "an index")
    return Quantity(
        index_of_extreme(array, axis, dual.primal(index.array), node.kind == "argmax")
    )


def largest_along(x: Value, axis: Axis) -> Value:
    """Take the largest value along an axis."""
    return chosen(filled(x, axis), axis.from_end, largest=True)


def smallest_along(x: Value, axis: Axis) -> Value:
    """Take the smallest value along an axis."""
    return chosen(filled(x, axis), axis.from_end, largest=False)


ALONG: dict[str, Callable[[Value, Axis], Value]] = {
    "sum": summed,
    "prod": multiplied,
    "max": largest_along,
    "min": smallest_along,
}


def index_of_extreme(x: Value, axis: Axis, index: Array, largest: bool) -> Array:
    """Return at which value of the index the extreme is; a tie has no answer."""
    values = axis.filled(dual.primal(x))
    extreme = values.max if largest else values.min
    best = values == extreme(axis.from_end, keepdims=True)
    first = best.argmax(axis.from_end, keepdims=True)
    several = best.sum(axis.from_end, keepdims=True) != 1  # none, if one has no value
    return np.where(several, np.nan, index.ravel()[first])
