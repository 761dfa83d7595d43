"""The maximum-likelihood estimate itself, and how many digits of it a learner has.

The estimate is that of the data of ``questions.learners``, by Newton's method with
mpmath, and so right in more digits than any answer has.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from atlas.questions.learners import CLASSES, X
from atlas.record import Library

DIGITS = 30
ENOUGH = mpmath.mpf(10) ** -25  # of the last step


@dataclass(frozen=True)
class Way:
    """How a library looked for the maximum, and how close it came.

    ``digits`` are the correct ones of the worst coefficient; ``excess`` is how far the
    mean loss is above the smallest, in nats.
    """

    library: str
    name: str
    digits: float
    excess: float
    raises: str = ""


@functools.cache
def exact_rows() -> list[list[Any]]:
    """Return these rows with their numbers as they are written, in all digits."""
    with mpmath.workdps(DIGITS):
        return [[mpmath.mpf(str(x)) for x in row] for row in design()]


def design() -> np.ndarray:
    """Return the rows of the data, each behind a 1 for the intercept."""
    return np.column_stack([np.ones(len(X)), X])


def differences(coefficients: Any) -> Any:
    """Return the coefficients of all classes but the first, less those of the first.

    They are the same in every gauge.

    >>> differences([[1.0, 2.0], [1.5, 4.0]]).tolist()
    [[0.5, 2.0]]
    """
    rows = np.asarray(coefficients)
    return rows[1:] - rows[0]


@functools.cache
def estimate() -> Any:
    """Return the maximum-likelihood estimate: differences to the first class."""
    with mpmath.workdps(DIGITS):
        rows = exact_rows()
        size = len(rows[0])
        found = mpmath.zeros(2 * size, 1)
        while True:
            slope, curve = mpmath.zeros(2 * size, 1), mpmath.zeros(2 * size)
            for row, label in zip(rows, CLASSES, strict=True):
                p = probabilities(row, found)
                for k in (1, 2):
                    for i, x in enumerate(row):
                        at = (k - 1) * size + i
                        slope[at] += (p[k] - int(label == k)) * x
                        for m in (1, 2):
                            share = p[k] * (int(k == m) - p[m])
                            for j, y in enumerate(row):
                                curve[at, (m - 1) * size + j] += share * x * y
            step = mpmath.lu_solve(curve, slope)
            found -= step
            if mpmath.norm(step, mpmath.inf) < ENOUGH:
                return np.array(found.tolist()).reshape(2, size)


def probabilities(row: list[Any], found: Any) -> list[Any]:
    """Return softmax of the logits of one row; those of the first class are 0."""
    size = len(row)
    logits = [mpmath.mpf(0)] + [
        mpmath.fdot(row, [found[k * size + i] for i in range(size)]) for k in (0, 1)
    ]
    largest = max(logits)
    shares = [mpmath.exp(z - largest) for z in logits]
    return [share / sum(shares) for share in shares]


def mean_loss(coefficients: Any) -> Any:
    """Return the mean loss, in as many digits as the coefficients have."""
    found = mpmath.matrix(list(np.asarray(coefficients).reshape(-1)))
    losses = [
        -mpmath.log(probabilities(row, found)[label])
        for row, label in zip(exact_rows(), CLASSES, strict=True)
    ]
    return mpmath.fsum(losses) / len(losses)


@functools.cache
def smallest() -> Any:
    """Return the mean loss of the estimate."""
    with mpmath.workdps(DIGITS):
        return mean_loss(estimate())


def judged(library: str, name: str, answer: dict[str, Any]) -> Way:
    """Say how close to the maximum one way came."""
    if "value" not in answer:
        said = answer.get("raises") or answer.get("ended", "")
        return Way(library, name, -math.inf, math.inf, said)
    with mpmath.workdps(DIGITS):
        rows = [[mpmath.mpf(x) for x in row] for row in answer["value"]]
        got, best = differences(rows), estimate()
        error = max(abs(got - best).reshape(-1) / abs(best).reshape(-1))
        digits = math.inf if error == 0 else float(-mpmath.log10(error))
        return Way(library, name, digits, float(mean_loss(got) - smallest()))


def ways(libraries: dict[str, Library]) -> Iterator[Way]:
    """Yield all ways of all libraries to the maximum, the closest first."""
    found = [
        judged(library, name.removeprefix("maximum: "), answer)
        for library, one in libraries.items()
        for name, answer in one.answers.items()
        if name.startswith("maximum: ") and "absent" not in answer
    ]
    yield from sorted(found, key=lambda way: (-way.digits, way.library, way.name))
