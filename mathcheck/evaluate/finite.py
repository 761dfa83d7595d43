"""Finite sets: all of their elements, in an order."""

from __future__ import annotations

from itertools import product

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import holds
from mathcheck.evaluate.quantity import Quantity, Rank, known
from mathcheck.evaluate.written import sequence
from mathcheck.read.problems import RefusedError
from mathcheck.read.syntax import (
    Finite,
    Naturals,
    Node,
    Power,
    Range,
    Subsets,
    Such,
    UnitVectors,
    Without,
)

MOST = 4096  # vectors of a power, at most
FEW = 6  # numbers, all of whose subsets are tried


def elements(evaluator: Evaluator, space: Node) -> dual.Array | None:
    """Return the elements of a finite set, or None if there are too many.

    Numbers are laid in a row, vectors as columns along the first axis.
    """
    if isinstance(space, Range):
        low, high = evaluator.whole(space.low), evaluator.whole(space.high)
        if high - low > max(10_000, evaluator.longest):
            raise RefusedError("a set of more than 10 000 numbers", space.at)
        return np.arange(low, high + 1, dtype=float)
    if isinstance(space, Naturals):
        return whole_numbers(space.start)
    if isinstance(space, Finite):
        return written(evaluator, space)
    if isinstance(space, UnitVectors):
        return np.eye(evaluator.whole(space.size))[:, :, None]
    if isinstance(space, Without):
        inner = elements(evaluator, space.base)
        removed = elements(evaluator, space.removed)
        if inner is not None and removed is not None:
            return inner[~np.isin(inner, removed)]
    if isinstance(space, Power):
        return vectors(evaluator, space)
    if isinstance(space, Such):
        return chosen(evaluator, space)
    if isinstance(space, Subsets):
        return subsets(evaluator, space)
    return None


def whole_numbers(start: int | None) -> dual.Array:
    """Return small whole numbers and a few far out, from a start or of both signs."""
    if start is None:
        return np.concatenate([np.arange(-3.0, 4), [-40, -17, -8, 8, 17, 40]])
    return start + np.array([0.0, 1, 2, 3, 4, 9, 40])


def written(evaluator: Evaluator, space: Finite) -> dual.Array:
    """Return elements that are written out."""
    found = [known(x, "an element") for x in sequence(evaluator, space.items)]
    arrays = [dual.primal(x.array) for x in found]
    if any(a.ndim > 2 for a in arrays):
        raise RefusedError("the elements of this set vary", space.at)
    if len({x.rank for x in found}) > 1 or len({a.shape for a in arrays}) > 1:
        raise RefusedError("the elements of this set are of different kinds", space.at)
    if found[0].rank == "number":
        return np.array([a[0, 0] for a in arrays])
    return np.stack(arrays)


def vectors(evaluator: Evaluator, space: Power) -> dual.Array | None:
    """Return all vectors with entries in a finite set."""
    entries = elements(evaluator, space.base)
    if entries is None or isinstance(space.base, Naturals) or len(space.sizes) > 1:
        return None
    n = evaluator.whole(space.sizes[0])
    if len(entries) ** n > MOST:
        raise RefusedError(f"a set of more than {MOST} vectors", space.at)
    return np.array(list(product(entries, repeat=n)), float)[:, :, None]


def chosen(evaluator: Evaluator, space: Such) -> dual.Array:
    """Return the elements for which a condition holds, which must not vary."""
    found = elements(evaluator, space.base)
    if found is None:
        raise RefusedError(
            "only a finite set is read with a condition; name the set that is left, "
            r"such as \Delta^{K-1} or (0, \infty)",
            space.at,
        )
    with evaluator.layer() as layer:
        axis = evaluator.new_axis(len(found))
        value = Quantity(axis.laid(found), rank_of(found))
        layer.values["plain", space.name, 0] = value
        mask = holds(evaluator, space.condition)
    if mask.size > len(found):
        raise RefusedError("the elements of this set vary", space.at)
    kept = np.broadcast_to(mask, axis.laid(np.ones(len(found))).shape).ravel()
    if not kept.any():
        raise RefusedError("no element of this set satisfies its condition", space.at)
    return np.asarray(found[kept])


def subsets(evaluator: Evaluator, space: Subsets) -> dual.Array:
    """Return the subsets of a range, or many of them, as indicators of its elements."""
    whole = elements(evaluator, space.whole)
    if whole is None or isinstance(space.whole, Naturals) or whole.ndim > 1:
        raise RefusedError(
            r"subsets are read of \{1, \dots, N\} and the like only", space.at
        )
    n = len(whole)
    if n <= FEW:
        found = np.array(list(product((0.0, 1.0), repeat=n)))[1:]
    else:
        rng = np.random.default_rng(n)
        found = (rng.random((2**FEW, n)) < rng.random((2**FEW, 1))).astype(float)
        found[:, 0] = np.where(found.any(axis=1), found[:, 0], 1)
    return found[:, :, None]


def rank_of(found: dual.Array) -> Rank:
    """Return what elements are: numbers in a row, or columns."""
    return "column" if found.ndim > 1 else "number"
