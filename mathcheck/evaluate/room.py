"""How much one formula may take: numbers in an array, and numbers computed in all.

What would be larger is refused before it is made. The bounds count numbers, not seconds
or bytes, so that the answer is the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import numpy as np

from mathcheck.evaluate.dual import Dual, Value
from mathcheck.read.problems import TooManyError

NUMBERS = 3_000_000  # in one array: 24 MB, and some of them are held at once
PRODUCTS = 100_000_000  # of numbers, in one product of matrices
WORK = 2_000_000_000  # numbers that are computed for one formula, with STEP each
STEP = 8_000  # what a step costs beside its numbers, in numbers
TOO_LARGE = "what is computed here is too large; write a smaller size or fewer indices"
TOO_MUCH = "this takes too many steps to be tried; write smaller sizes or fewer indices"


def numbers(x: Value) -> int:
    """Count the numbers in a value, those of its changes too."""
    if isinstance(x, Dual):
        return numbers(x.value) + numbers(x.change)
    return x.size


def extent(x: Value) -> tuple[int, ...]:
    """Return the shape that a value and all its changes broadcast to."""
    if isinstance(x, Dual):
        return np.broadcast_shapes(extent(x.value), extent(x.change))
    return x.shape


def fits(count: float) -> None:
    """Refuse an array of so many numbers, if they are too many."""
    if count > NUMBERS:
        raise TooManyError(TOO_LARGE)


def together(a: Value, b: Value) -> None:
    """Refuse an operation entry by entry whose result is too large."""
    if numbers(a) * numbers(b) > NUMBERS:
        fits(math.prod(np.broadcast_shapes(extent(a), extent(b))))


def product(a: Value, b: Value) -> None:
    """Refuse a product of matrices that is too large, or takes too long."""
    if numbers(a) * numbers(b) > NUMBERS:
        many, (rows, inner), (_, columns) = sides(a, b)
        fits(many * rows * columns)
        if many * rows * inner * columns > PRODUCTS:
            raise TooManyError(TOO_MUCH)


def blocks(a: Value, b: Value) -> None:
    """Refuse a matrix of which each entry of another is a block, if it is too large."""
    if numbers(a) * numbers(b) > NUMBERS:
        many, one, other = sides(a, b)
        fits(many * math.prod(one) * math.prod(other))


def sides(a: Value, b: Value) -> tuple[int, list[int], list[int]]:
    """Return at how many points two matrices stand together, and the shape of each."""
    *here, rows, columns = extent(a)
    *there, height, width = extent(b)
    many = math.prod(np.broadcast_shapes(tuple(here), tuple(there)))
    return many, [rows, columns], [height, width]


# --- all that one formula takes ---------------------------------------------------


@dataclass
class Meter:
    """Counts what is computed."""

    spent: int = 0


METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered() -> Iterator[Meter]:
    """Refuse what takes more than one formula may take."""
    token = METER.set(Meter())
    try:
        meter = METER.get()
        assert meter is not None
        yield meter
    finally:
        METER.reset(token)


def spend(x: Value) -> None:
    """Count what a step has computed."""
    meter = METER.get()
    if meter is not None:
        meter.spent += STEP + numbers(x)
        if meter.spent > WORK:
            raise TooManyError(TOO_MUCH)
