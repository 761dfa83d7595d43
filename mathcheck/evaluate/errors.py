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
        if many > LENGTH // 2:
            fresh = np.random.default_rng([self.seed, self.at])
            return np.asarray(self.size * fresh.standard_normal(shape))
        start = (self.at >> 8) % (LENGTH - many)
        return row(self.seed, self.size)[start : start + many].reshape(shape)
