"""Maxima and minima, which have no derivative where there is a tie."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import Quantity, Thing, known, vector
from mathcheck.read.problems import ShapeError, SizeError


def extreme_of(largest: bool) -> Callable[..., Thing]:
    """Return the maximum or the minimum of the arguments, or of one vector."""

    def function(_: Evaluator, *arguments: Thing) -> Thing:
        items = [known(x, "max").array for x in arguments]
        if len(arguments) == 1 and arguments[0].rank == "number":
            return arguments[0]
        if len(arguments) == 1:
            entries = vector(arguments[0], "max")
            return Quantity(chosen(entries.array, entries.along, largest))
        ranks = {x.rank for x in arguments}
        if ranks == {"number", "column"}:  # max(z, 0), of each component
            length = max(dual.primal(item).shape[-2] for item in items)
            items = [np.ones((length, 1)) * item for item in items]
        elif ranks not in ({"number"}, {"column"}):
            raise ShapeError("max of rows or matrices; write the components")
        if len({dual.primal(item).shape[-2:] for item in items}) > 1:
            raise SizeError("max of vectors of different lengths")
        result = items[0]
        for item in items[1:]:
            a, b = dual.primal(result), dual.primal(item)
            result = tie(dual.where(a > b if largest else a < b, result, item), a == b)
            neither = np.asarray(real.isnan(a) | real.isnan(b), bool)
            result = dual.where(neither, np.nan, result)
        return Quantity(result, "number" if ranks == {"number"} else "column")

    return function


def tie(x: Value, equal: np.ndarray) -> Value:
    """Return a maximum whose derivative does not exist where there is a tie."""
    if not isinstance(x, dual.Dual) or not equal.any():
        return x
    return dual.Dual(x.tag, x.value, dual.where(equal, np.nan, x.change))


def chosen(x: Value, axis: int, largest: bool) -> Value:
    """Return the largest or the smallest entry along an axis."""
    values = dual.primal(x)
    none = np.asarray(real.isnan(values).any(axis=axis, keepdims=True))
    extreme = values.max if largest else values.min
    best = values == extreme(axis=axis, keepdims=True)
    first = best.argmax(axis=axis, keepdims=True)

    def take(a: dual.Array) -> dual.Array:
        return np.take_along_axis(dual.spread(a, values.shape), first, axis=axis)

    found = tie(dual.linear(take, x), best.sum(axis=axis, keepdims=True) > 1)
    return dual.where(none, np.nan, found) if none.any() else found
