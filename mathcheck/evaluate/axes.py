"""Axes of points, and how values move between these and rows and columns.

The points and each index have an axis of their own, before the rows and columns. The
first of them stands nearest to these, so that values with fewer axes fit to all others.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mathcheck.evaluate import dual
from mathcheck.evaluate.dual import Array, Value


@dataclass(frozen=True)
class Axis:
    """An axis of points: which one it is, and how many values it has."""

    position: int
    length: int

    @property
    def from_end(self) -> int:
        """Where it stands in the shape of an array, from the end."""
        return -3 - self.position

    def laid(self, values: npt.ArrayLike) -> Array:
        """Lay numbers, vectors or matrices along the axis."""
        array = np.asarray(values, float)
        own = array.shape[1:] or (1, 1)
        return array.reshape(self.length, *[1] * self.position, *own)

    def reached(self, a: Array) -> Array:
        """Return an array that has at least as many axes."""
        missing = max(0, -self.from_end - a.ndim)
        return a.reshape(*[1] * missing, *a.shape)

    def filled(self, a: Array) -> Array:
        """Return an array that has the whole axis, also if it does not vary there."""
        a = self.reached(a)
        shape = list(a.shape)
        shape[self.from_end] = self.length
        return np.broadcast_to(a, shape)


def filled(x: Value, axis: Axis) -> Value:
    """Return a value that has the whole axis, also if it does not vary there."""
    return dual.linear(axis.filled, x)


def entry(x: Value, axis: Axis, i: int) -> Value:
    """Return what a value that has the whole axis is at one place of it."""
    return dual.linear(lambda a: np.take(a, [i], axis=axis.from_end), x)


def summed(x: Value, axis: Axis) -> Value:
    """Add along an axis."""
    return filled(x, axis).sum(axis.from_end, keepdims=True)


def multiplied(x: Value, axis: Axis) -> Value:
    """Multiply along an axis."""
    whole = filled(x, axis)
    return functools.reduce(
        operator.mul, (entry(whole, axis, i) for i in range(axis.length))
    )


def to_structure(x: Value, axis: Axis, side: int) -> Value:
    """Make an axis of points the rows (−2) or the columns (−1)."""
    return filled(x, axis).swapaxes(axis.from_end, side)


def to_points(x: Value, axis: Axis, side: int) -> Value:
    """Make the rows (−2) or the columns (−1) an axis of points."""
    return dual.linear(lambda a: axis.reached(a).swapaxes(axis.from_end, side), x)


def trimmed(x: Value) -> Value:
    """Drop the leading axes of length 1."""

    def trim(a: Array) -> Array:
        while a.ndim > 2 and a.shape[0] == 1:
            a = a[0]
        return a

    return dual.linear(trim, x)
