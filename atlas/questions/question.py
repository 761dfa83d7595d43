"""A question to every library, and the ways in which an answer can be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

Numbers = Any  # a number, numbers in lists; or a function that says whether they fit
Answer = Mapping[str, Any]  # as `asking` writes it: value, gradient, dtype; or raises

# How far numbers may lie apart and be the same, by their type
DIGITS = {"float64": 1e-9, "float32": 2e-5, "float16": 4e-3, "bfloat16": 3e-2}


class Mark(StrEnum):
    """What a behaviour is, beside the mathematics."""

    RIGHT = "right"
    CONVENTION = "a convention"
    WRONG = "wrong by mathematics"


@dataclass(frozen=True)
class Reading:
    """A way to understand a question: in words, with its mark, and what it gives.

    What it does not name may be anything. With ``raises`` it is an error, with
    ``warns`` an answer with a warning, and with ``alone`` one without a gradient.
    """

    words: str
    mark: Mark
    value: Numbers = None
    gradient: Numbers = None
    dtype: str | None = None
    raises: bool = False
    warns: bool = False
    alone: bool = False

    def fits(self, answer: Answer) -> bool:
        """Say whether an answer is what this reading gives."""
        if self.raises or "value" not in answer:
            return self.raises and "raises" in answer
        digits = DIGITS.get(answer["dtype"], DIGITS["float64"])
        return (
            self.dtype in (None, answer["dtype"])
            and (not self.warns or "warned" in answer)
            and not (self.alone and "gradient" in answer)
            and same(self.value, answer["value"], digits)
            and same(self.gradient, answer.get("gradient"), digits)
        )


@dataclass(frozen=True)
class Question:
    """What each library is asked that has such a function, and what answers mean.

    The first reading that fits an answer is its meaning. ``why`` is where the site says
    more: a page, and its section behind ``#``.
    """

    name: str
    theme: str
    title: str  # a question, in Markdown
    form: str  # the function of a family that is asked
    arguments: Mapping[str, Any]
    readings: tuple[Reading, ...]
    why: str = ""

    @property
    def of_gradient(self) -> bool:
        """Say whether it asks for a gradient: a value alone answers nothing."""
        return all(one.gradient is not None for one in self.readings if not one.raises)

    def reading(self, answer: Answer) -> Reading | None:
        """Return what an answer means, if one of the readings fits it."""
        return next((one for one in self.readings if one.fits(answer)), None)


def same(wanted: Numbers, got: Numbers, digits: float) -> bool:
    """Say whether numbers agree, NaN with NaN; what is not wanted agrees with all.

    The loss of one example is that of a batch of one.

    >>> same([1.0, np.nan], [1.0 + 1e-12, np.nan], 1e-9)
    True
    >>> same(None, 3.0, 1e-9), same(1.0, [1.0], 1e-9), same(1.0, [1.0, 1.0], 1e-9)
    (True, True, False)
    """
    if wanted is None:
        return True
    if got is None:
        return False
    other = np.asarray(got, float)
    if callable(wanted):
        return bool(other.size and np.all(wanted(other)))
    one = np.asarray(wanted, float)
    if one.ndim == 0 and other.size == 1:
        other = other.reshape(())
    return one.shape == other.shape and np.allclose(
        other, one, rtol=digits, atol=digits, equal_nan=True
    )
