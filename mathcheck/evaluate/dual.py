"""Derivatives by forward-mode dual numbers, over whole arrays, to any depth.

A dual is a value and its change along one direction: a + b ε with ε² = 0.
Each derivative that is taken has a tag of its own, so that they nest without mixing.
Every operation is one of four kinds, and its rule is that of its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


tags = count(1)


@dataclass(frozen=True)
class Dual:
    """A value and its change; either may be a dual of an outer derivative."""

    tag: int
    value: Array | Dual
    change: Array | Dual


Value = Array | Dual


def primal(x: Value) -> Array:
    """Return the value without any of its changes."""
    while isinstance(x, Dual):
        x = x.value
    return x


def change(x: Value, tag: int) -> Value:
    """Return the change along one derivative's direction: the derivative itself."""
    if isinstance(x, Dual):
        if x.tag == tag:
            return x.change
        return Dual(x.tag, change(x.value, tag), change(x.change, tag))
    return np.zeros((1, 1))


def split(x: Value, tag: int) -> tuple[Value, Value | None]:
    """Return value and change along a tag, None for no change."""
    if isinstance(x, Dual) and x.tag == tag:
        return x.value, x.change
    return x, None


def linear(f: Callable[[Array], Any], x: Value) -> Value:
    """Apply a linear map of arrays: its derivative is itself."""
    if isinstance(x, Dual):
        return Dual(x.tag, linear(f, x.value), linear(f, x.change))
    return f(x)


def outermost(*values: Value) -> int:
    """Return the largest tag, or 0 if there is no dual."""
    return max((x.tag for x in values if isinstance(x, Dual)), default=0)


def bilinear(f: Callable[[Array, Array], Any], a: Value, b: Value) -> Value:
    """Apply a product: the derivative is that of each factor, times the other."""
    tag = outermost(a, b)
    if not tag:
        return f(a, b)  # type: ignore[arg-type]
    (a, da), (b, db) = split(a, tag), split(b, tag)
    left = bilinear(f, da, b) if da is not None else None
    right = bilinear(f, a, db) if db is not None else None
    both = [term for term in (left, right) if term is not None]
    changed = both[0] if len(both) == 1 else add(both[0], both[1])
    return Dual(tag, bilinear(f, a, b), changed)


def add(a: Value, b: Value) -> Value:
    """Add, both the values and the changes."""
    tag = outermost(a, b)
    if not tag:
        return a + b  # type: ignore[operator]
    (a, da), (b, db) = split(a, tag), split(b, tag)
    if da is None or db is None:
        present = da if da is not None else db
        assert present is not None
        shape = np.broadcast_shapes(primal(a).shape, primal(b).shape)
        return Dual(tag, add(a, b), linear(lambda d: spread(d, shape), present))
    return Dual(tag, add(a, b), add(da, db))


def spread(x: Array, shape: tuple[int, ...]) -> Array:
    """Broadcast to a shape as well as to the array's own."""
    return np.broadcast_to(x, np.broadcast_shapes(x.shape, shape))


def elementwise(
    f: Callable[[Array], Any], derivative: Callable[[Value], Value], x: Value
) -> Value:
    """Apply a function to each number, given its derivative as a function of duals."""
    if isinstance(x, Dual):
        slope = derivative(x.value)
        value = elementwise(f, derivative, x.value)
        return Dual(x.tag, value, multiply(slope, x.change))
    return f(x)


def multiply(a: Value, b: Value) -> Value:
    """Multiply number by number."""
    return bilinear(np.multiply, a, b)


def negative(x: Value) -> Value:
    """Change the sign."""
    return linear(np.negative, x)


def matmul(a: Value, b: Value) -> Value:
    """Multiply matrices; an inner axis of length 1 is repeated, as that of ones is."""

    def product(a: Array, b: Array) -> Array:
        inner = max(a.shape[-1], b.shape[-2])
        a = np.broadcast_to(a, (*a.shape[:-1], inner))
        b = np.broadcast_to(b, (*b.shape[:-2], inner, b.shape[-1]))
        return np.matmul(a, b)

    return bilinear(product, a, b)


def reciprocal(x: Value) -> Value:
    """Divide 1 by each number."""
    return elementwise(lambda a: 1 / a, lambda a: negative(power(a, -2)), x)


def power(x: Value, n: int) -> Value:
    """Raise to a constant whole power, negative bases included."""
    if n == 0:
        return linear(lambda a: 0 * a, x) if isinstance(x, Dual) else np.ones_like(x)

    def slope(a: Value) -> Value:
        lower = np.ones((1, 1)) if n == 1 else power(a, n - 1)
        return multiply(np.full((1, 1), float(n)), lower)

    return elementwise(lambda a: np.power(a, float(n)), slope, x)


def exp(x: Value) -> Value:
    """Raise e to each number."""
    return elementwise(np.exp, exp, x)


def log(x: Value) -> Value:
    """Take the natural logarithm."""
    return elementwise(np.log, reciprocal, x)


def absolute(x: Value) -> Value:
    """Take the absolute value; at 0 it has no derivative."""

    def slope(a: Value) -> Value:
        sign = np.sign(primal(a))
        return np.where(sign == 0, np.nan, sign)

    return elementwise(np.abs, slope, x)


def sine(x: Value) -> Value:
    """Take the sine."""
    return elementwise(np.sin, cosine, x)


def cosine(x: Value) -> Value:
    """Take the cosine."""
    return elementwise(np.cos, lambda a: negative(sine(a)), x)


def arctangent(x: Value) -> Value:
    """Take the arc tangent."""
    one = np.ones((1, 1))
    return elementwise(np.arctan, lambda a: reciprocal(add(one, multiply(a, a))), x)


def where(mask: npt.NDArray[np.bool_], a: Value, b: Value) -> Value:
    """Choose the one value or the other, with its change."""
    tag = outermost(a, b)
    if not tag:
        return np.where(mask, a, b)  # type: ignore[arg-type]
    (a, da), (b, db) = split(a, tag), split(b, tag)
    zero: Value = np.zeros((1, 1))
    changed = where(mask, zero if da is None else da, zero if db is None else db)
    return Dual(tag, where(mask, a, b), changed)
