"""Determinants, inverses, eigenvalues: in floats, or in as many digits as it takes."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import real
from mathcheck.evaluate.dual import Dual, Value, linear, primal, spread

ROUNDED = 1e-13  # share of the largest eigenvalue that is rounding
SINGULAR = 1e12  # condition from which on floats see no inverse


def determinant(x: Value) -> Value:
    """Return the determinants of square matrices, which are the last two axes."""
    if isinstance(x, Dual):
        found, moved = determinant(x.value), changes(x)
        slopes = (inverse(x.value).swapaxes(-1, -2) * moved).sum(
            axis=(-1, -2), keepdims=True
        )
        return Dual(x.tag, found, found * slopes)
    if not real.exact(x):
        return np.asarray(np.linalg.det(x))[..., None, None]
    result = np.empty((*x.shape[:-2], 1, 1), object)
    for place in np.ndindex(x.shape[:-2]):
        result[place] = eliminated(x[place])[0]
    return real.lifted(result)


def inverse(x: Value) -> Value:
    """Return the inverses of square matrices; a singular one has no numbers."""
    if isinstance(x, Dual):
        found = inverse(x.value)
        return Dual(x.tag, found, -(found @ changes(x) @ found))
    if real.exact(x):
        result = np.empty_like(x)
        for place in np.ndindex(x.shape[:-2]):
            result[place] = eliminated(x[place])[1]
        return real.lifted(result)
    with np.errstate(all="ignore"):
        finite = np.isfinite(x).all(axis=(-1, -2), keepdims=True)
        entries = np.where(finite, x, 0)
        singular = ~(np.linalg.cond(entries) < SINGULAR)[..., None, None]
        inverses = np.linalg.inv(np.where(singular, np.eye(x.shape[-1]), entries))
    return np.where(singular, np.nan, inverses)


def eigenvalues(x: np.ndarray) -> np.ndarray:
    """Return the eigenvalues of symmetric matrices in a column, the least first.

    What may be all rounding is 0.
    """
    if real.exact(x):
        result = np.empty((*x.shape[:-1], 1), object)
        for place in np.ndindex(x.shape[:-2]):
            result[(*place, ..., 0)] = real.eigenvalues(x[place])
        return result
    finite = np.isfinite(x).all(axis=(-1, -2), keepdims=True)
    values = np.linalg.eigvalsh(np.where(finite, x, 0))[..., None]
    lost = ROUNDED * np.abs(values).max(axis=-2, keepdims=True)
    return np.where(finite, np.where(np.abs(values) > lost, values, 0), np.nan)


def changes(x: Dual) -> Value:
    """Return how matrices change, in their shape."""
    shape = primal(x.value).shape
    return linear(lambda d: spread(d, shape), x.change)


def eliminated(matrix: np.ndarray) -> tuple[object, np.ndarray]:
    """Return the determinant and the inverse of one matrix."""
    n = len(matrix)
    rows = np.concatenate([matrix, real.lifted(np.eye(n))], axis=1)
    product = real.one(1)
    for i in range(n):
        pivot = i + int(np.abs(rows[i:, i]).argmax())
        if rows[pivot, i] == 0 or rows[pivot, i] != rows[pivot, i]:
            return 0 * rows[pivot, i], np.full((n, n), np.nan)
        if pivot != i:
            rows[[i, pivot]] = rows[[pivot, i]]
            product = -product
        product = product * rows[i, i]
        rows[i] = rows[i] / rows[i, i]
        for other in range(n):
            if other != i:
                rows[other] = rows[other] - rows[other, i] * rows[i]
    return product, rows[:, n:]
