"""Determinants and inverses by Gaussian elimination, where LAPACK has only floats."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import real


def determinant(matrices: np.ndarray) -> np.ndarray:
    """Return the determinants of square matrices, which are the last two axes."""
    found = np.empty(matrices.shape[:-2], object)
    for place in np.ndindex(found.shape):
        found[place] = eliminated(matrices[place])[0]
    return real.lifted(found)


def inverse(matrices: np.ndarray) -> np.ndarray:
    """Return the inverses of square matrices; a singular one has no numbers."""
    found = np.empty_like(matrices)
    for place in np.ndindex(matrices.shape[:-2]):
        found[place] = eliminated(matrices[place])[1]
    return real.lifted(found)


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
