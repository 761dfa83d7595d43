"""Small random errors in every step, to see how much rounding can do.

They are parts of one long row of normal numbers: to draw anew at each step would take
more time than the step itself.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from mathcheck.evaluate.dual import Array

LENGTH = 1 << 15  # of a row
FACTOR, STEP = 69069, 12345  # of the generator that says where the next part begins


@lru_cache(maxsize=16)
def row(seed: int, size: float) -> Array:
    """Return a row of normal numbers of this size."""
    return size * np.random.default_rng(seed).standard_normal(LENGTH)


class Errors:
    """Normal numbers of a certain size, others at each call."""

    def __init__(self, seed: int, size: float) -> None:
        self.seed, self.size = seed, size
        self.at = seed

    def __call__(self, shape: tuple[int, ...]) -> Array:
        """Return errors of this shape."""
        many = math.prod(shape)
        self.at = self.at * FACTOR + STEP & 0xFFFFFFFF
        errors = row(self.seed, self.size)
        if many > LENGTH // 2:  # as far apart as the row is long, errors are the same
            start = (self.at >> 8) % LENGTH
            return np.resize(np.roll(errors, start), shape)
        start = (self.at >> 8) % (LENGTH - many)
        return errors[start : start + many].reshape(shape)
