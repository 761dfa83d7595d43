"""What families of learners share: the slope of copied rows, and of other units."""

from __future__ import annotations

from collections.abc import Callable

from atlas.families.asking import Array, Told, told

Slope = Callable[[Array, Array], float]


def of_copies(slope: Slope, x: Array, y: Array, copies: int) -> Told:
    """Return the slope of some rows, and of so many copies of each."""
    more = x.repeat(copies, axis=0), y.repeat(copies)
    return told([slope(x, y), slope(*more)])


def of_units(slope: Slope, x: Array, y: Array, factor: float) -> Told:
    """Return the slope in the units of the rows, and in other ones, by the same."""
    return told([slope(x * k, y) * k for k in (1, factor)])
