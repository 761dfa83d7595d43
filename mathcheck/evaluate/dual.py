"""Derivatives by forward-mode dual numbers, over whole arrays, to any depth.

A dual is a value and its change along one direction: a + b ε with ε² = 0.
Each derivative that is taken has a tag of its own, so that they nest without mixing.
Formulas are written as for arrays, and work on both: `0.5 * (1 + tanh(0.5 * x))`.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from mathcheck.evaluate import real

Array = npt.NDArray[np.float64]


tags = count(1)


@dataclass(frozen=True, eq=False)
class Dual:
    """A value and its change; either may be a dual of an outer derivative.

    The change has the shape of the value, or one that broadcasts to it.
    """

    tag: int
    value: Value
    change: Value

    __array_ufunc__ = None  # an array on the left leaves the operation to the dual

    def __add__(self, other: Operand) -> Value:
        return add(self, other)

    def __radd__(self, other: Operand) -> Value:
        return add(other, self)

    def __neg__(self) -> Value:
        return linear(np.negative, self)

    def __sub__(self, other: Operand) -> Value:
        return add(self, -other)

    def __rsub__(self, other: Operand) -> Value:
        return add(other, -self)

    def __mul__(self, other: Operand) -> Value:
        return bilinear(np.multiply, self, other)

    def __rmul__(self, other: Operand) -> Value:
        return bilinear(np.multiply, other, self)

    def __truediv__(self, other: Operand) -> Value:
        return divide(self, other)

    def __rtruediv__(self, other: Operand) -> Value:
        return divide(other, self)

    def __pow__(self, n: int) -> Value:
        return power(self, n)

    def __matmul__(self, other: Value) -> Value:
        return bilinear(np.matmul, self, other)

    def __rmatmul__(self, other: Value) -> Value:
        return bilinear(np.matmul, other, self)

    def sum(self, axis: int | tuple[int, ...], *, keepdims: bool) -> Value:
        """Add along axes, as the method of an array does."""
        shape = primal(self).shape
        return linear(lambda a: spread(a, shape).sum(axis, keepdims=keepdims), self)

    def swapaxes(self, one: int, other: int) -> Value:
        """Exchange two axes, as the method of an array does."""
        return linear(lambda a: a.swapaxes(one, other), self)


Value: TypeAlias = Array | Dual
Operand: TypeAlias = Array | Dual | float


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


def split(x: Operand, tag: int) -> tuple[Value, Value | None]:
    """Return value and change along a tag, None for no change."""
    if not isinstance(x, Dual):
        return np.asarray(x), None
    return (x.value, x.change) if x.tag == tag else (x, None)


def total(*changes: Value | None) -> Value:
    """Add the changes that there are."""
    return functools.reduce(operator.add, [d for d in changes if d is not None])


def outermost(*values: Operand) -> int:
    """Return the largest tag, or 0 if there is no dual."""
    return max((x.tag for x in values if isinstance(x, Dual)), default=0)


def spread(x: Array, shape: tuple[int, ...]) -> Array:
    """Broadcast to a shape as well as to the array's own."""
    if x.shape == shape:  # as nearly always
        return x
    return np.broadcast_to(x, np.broadcast_shapes(x.shape, shape))


# --- rules -----------------------------------------------------------------------


def linear(f: Callable[[Array], Any], x: Value) -> Value:
    """Apply a linear map of arrays: its derivative is itself."""
    if isinstance(x, Dual):
        return Dual(x.tag, linear(f, x.value), linear(f, x.change))
    return f(x)


def bilinear(f: Callable[[Any, Any], Any], a: Operand, b: Operand) -> Value:
    """Apply a product: the derivative is that of each factor, times the other."""
    tag = outermost(a, b)
    if not tag:
        return f(a, b)
    (x, dx), (y, dy) = split(a, tag), split(b, tag)
    left = None if dx is None else bilinear(f, dx, y)
    right = None if dy is None else bilinear(f, x, dy)
    return Dual(tag, bilinear(f, x, y), total(left, right))


def elementwise(
    f: Callable[[Array], Any], derivative: Callable[[Value], Value], x: Value
) -> Value:
    """Apply a function to each number, given its derivative as a function of duals."""
    if isinstance(x, Dual):
        slope = derivative(x.value)
        return Dual(x.tag, elementwise(f, derivative, x.value), slope * x.change)
    return f(x)


# --- operations ------------------------------------------------------------------


def add(a: Operand, b: Operand) -> Value:
    """Add, both the values and the changes."""
    tag = outermost(a, b)
    (x, dx), (y, dy) = split(a, tag), split(b, tag)
    value = x + y
    shape = primal(value).shape
    return Dual(tag, value, linear(lambda d: spread(d, shape), total(dx, dy)))


def divide(a: Operand, b: Operand) -> Value:
    """Divide: q = x / y changes by (dx − q dy) / y."""
    tag = outermost(a, b)
    (x, dx), (y, dy) = split(a, tag), split(b, tag)
    quotient = x / y
    above = None if dx is None else dx / y
    below = None if dy is None else -(quotient * dy / y)
    return Dual(tag, quotient, total(above, below))


def power(x: Dual, n: int) -> Value:
    """Raise to a constant whole power, negative bases included."""
    if n == 0:
        return np.ones_like(primal(x))
    return elementwise(lambda a: a**n, lambda a: n * a ** (n - 1), x)


def exp(x: Value) -> Value:
    """Raise e to each number."""
    return elementwise(np.exp, exp, x)


def log(x: Value) -> Value:
    """Take the natural logarithm."""
    return elementwise(np.log, lambda a: 1 / a, x)


def absolute(x: Value) -> Value:
    """Take the absolute value; at 0 it has no derivative."""

    def slope(a: Value) -> Value:
        values = primal(a)
        return np.where(values == 0, np.nan, np.where(values < 0, -1.0, 1.0))

    return elementwise(np.abs, slope, x)


def sine(x: Value) -> Value:
    """Take the sine."""
    return elementwise(np.sin, cosine, x)


def cosine(x: Value) -> Value:
    """Take the cosine."""
    return elementwise(np.cos, lambda a: -sine(a), x)


def arctangent(x: Value) -> Value:
    """Take the arc tangent."""
    return elementwise(np.arctan, lambda a: 1 / (1 + a * a), x)


def where(mask: npt.NDArray[np.bool_], a: Operand, b: Operand) -> Value:
    """Choose the one value or the other, with its change."""
    tag = outermost(a, b)
    if not tag:
        chosen = np.where(mask, a, b)  # type: ignore[arg-type]
        return real.lifted(chosen) if real.exact(chosen) else chosen
    (x, dx), (y, dy) = split(a, tag), split(b, tag)
    changed = where(mask, 0.0 if dx is None else dx, 0.0 if dy is None else dy)
    return Dual(tag, where(mask, x, y), changed)
