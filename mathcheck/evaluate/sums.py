"""Sums, products, extremes and their arguments over finitely many values.

A bound variable has an axis of its own; where it is out of range or its condition does
not hold, the neutral element of the operation stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from mathcheck.evaluate import dual, real, room
from mathcheck.evaluate.axes import Axis, filled, multiplied, summed, trimmed
from mathcheck.evaluate.dual import Array, Value
from mathcheck.evaluate.evaluator import Evaluator, Layer, rule
from mathcheck.evaluate.finite import elements, rank_of
from mathcheck.evaluate.largest import chosen
from mathcheck.evaluate.logic import holds, inside
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known, number, scale
from mathcheck.evaluate.series import TERMS, series
from mathcheck.read.problems import RefusedError, ShapeError
from mathcheck.read.syntax import (
    Big,
    Bound,
    Chosen,
    Finite,
    Naturals,
    Power,
    Range,
    Such,
    UnitVectors,
    Without,
)


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
        result = reduced(evaluator, layer, node, body, mask, axes)
    return Quantity(trimmed(result.array), result.rank)


def bind(evaluator: Evaluator, layer: Layer, bound: Bound) -> tuple[Axis, np.ndarray]:
    """Give an axis to a bound variable; return it, and where it is in range."""
    domain = bound.domain
    key = ("plain", bound.name, 0)
    if isinstance(domain, Without | Such | Chosen):
        return bind_some(evaluator, layer, bound, domain)
    if isinstance(domain, Finite | Power | UnitVectors):
        found = elements(evaluator, domain)
        if found is None:
            raise RefusedError("the set of this index is not finite", bound.at)
        axis = evaluator.new_axis(len(found))
        layer.values[key] = Quantity(axis.laid(found), rank_of(found))
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
    finite = real.isfinite(lows).all()
    if finite and (real.isinf(highs) & (highs > 0)).all():
        return bind_endless(evaluator, layer, bound, lows)
    if not (finite and real.isfinite(highs).all()):
        raise RefusedError("a sum that begins or ends at infinity", bound.at)
    if not (whole(lows) and whole(highs)):
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
    if lows.size == highs.size == 1 and lows.item() <= highs.item():
        return axis, np.ones((1, 1), bool)  # all of it, as nearly always
    return axis, (index >= lows) & (index <= highs)


def whole(a: Array) -> bool:
    """Say whether all numbers are whole ones."""
    return bool(a.item() == round(a.item()) if a.size == 1 else (a == a.round()).all())


def bind_endless(
    evaluator: Evaluator, layer: Layer, bound: Bound, lows: Array
) -> tuple[Axis, np.ndarray]:
    """Give an axis to the first values of an index without an end."""
    if lows.size > 1 or lows.flat[0] != round(lows.flat[0]):
        raise RefusedError("an infinite sum begins at one whole number", bound.at)
    low = int(lows.flat[0])
    axis = evaluator.new_axis(TERMS)
    layer.values["plain", bound.name, 0] = Quantity(axis.laid(low + np.arange(TERMS)))
    layer.sets[bound.name] = Naturals(low)
    layer.endless.append(axis)
    return axis, np.ones((1, 1), bool)


def bind_some(
    evaluator: Evaluator, layer: Layer, bound: Bound, domain: Without | Such | Chosen
) -> tuple[Axis, np.ndarray]:
    """Give an axis to all of a set; return where the values are those that count."""
    whole = domain.whole if isinstance(domain, Chosen) else domain.base
    axis, mask = bind(evaluator, layer, Bound(bound.name, domain=whole, at=bound.at))
    value = known(layer.values["plain", bound.name, 0], "an index")
    return axis, mask & inside(evaluator, value, domain)


def masked(body: Quantity, mask: np.ndarray, neutral: float) -> Quantity:
    """Return the body with a neutral value where the mask is not set."""
    if mask.all():
        return body
    room.together(mask, body.array)
    return Quantity(dual.where(mask, body.array, neutral), body.rank)


def reduced(
    evaluator: Evaluator, layer: Layer, node: Big, body: Quantity, mask: np.ndarray,
    axes: list[Axis],
) -> Quantity:  # fmt: skip
    """Reduce the axes of the bound variables."""
    if node.kind != "sum" and body.rank != "number":
        raise ShapeError(f"a {node.kind} of vectors; write the components", node.at)
    neutral = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "argmax": -np.inf}
    array = masked(body, mask, neutral.get(node.kind, np.inf)).array
    if node.kind in ("sum", "prod", "max", "min"):
        if layer.endless and (node.kind != "sum" or len(layer.endless) > 1):
            raise RefusedError(
                "of infinitely many terms only the sum over one index is evaluated",
                node.at,
            )
        for axis in axes:
            if axis not in layer.endless:
                array = ALONG[node.kind](array, axis)
        for axis in layer.endless:
            array = series(evaluator, array, axis, node.at)
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
