"""Propositions: where conditions hold, and which values are in a set.

Each has a truth value at each point: a mask. Where a side has no value, it is in doubt.
"""

from __future__ import annotations

import functools

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known
from mathcheck.evaluate.symbols import Known
from mathcheck.read.problems import RefusedError, ShapeError, SizeError
from mathcheck.read.signs import LOEWNER, LOEWNER_UP
from mathcheck.read.syntax import (
    Both,
    Chosen,
    Every,
    Finite,
    Interval,
    Member,
    Naturals,
    Node,
    Power,
    Product,
    Range,
    Relation,
    Simplex,
    Such,
    Symbol,
    Symmetric,
    UnitVectors,
    Without,
)

CLOSE = 1e-9
EXACTLY = 1e-30  # where it is computed with more digits
ROUNDED = 1e-13  # where numbers may be tiny
NOWHERE = np.zeros((1, 1), bool)


Mask = np.ndarray


def holds(evaluator: Evaluator, node: Node) -> Mask:
    """Return at which points a condition holds."""
    if isinstance(node, Both):
        parts = [holds(evaluator, part) for part in node.conditions]
        result = np.full((1, 1), not node.any)
        for part in parts:
            result = result | part if node.any else result & part
        return result
    if isinstance(node, Every):
        found = holds(evaluator, node.condition)
        for axis in index_axes(evaluator, node.names):
            if found.ndim >= -axis:
                found = np.asarray(found.all(axis=axis, keepdims=True))
        return found
    if isinstance(node, Member):
        found = inside(
            evaluator, known(evaluator(node.element), "a condition"), node.space
        )
        return found if node.inside else ~found
    if not isinstance(node, Relation):
        raise RefusedError("this is not a condition", node.at)
    result = np.ones((1, 1), bool)
    sides = [evaluator(side) for side in node.sides]
    for operator, left, right in zip(node.operators, sides, sides[1:], strict=False):
        result = result & related(evaluator, operator, *alike(left, right), node)
    return result


def index_axes(evaluator: Evaluator, names: tuple[str, ...]) -> list[int]:
    """Return the axes of indices, from the end."""
    values = [evaluator.root.values.get(("plain", name, 0)) for name in names]
    return [-dual.primal(known(v, "an index").array).ndim for v in values if v]


def alike(left: Thing, right: Thing) -> tuple[Quantity, Quantity]:
    """Bring two sides to one shape; the number 0 is also the zero vector.

    SizeError: at this size they are vectors or matrices of different shapes.
    """
    if isinstance(left, Pending) and isinstance(right, Quantity):
        left = left.like(right) if right.rank == left.rank else left
    if isinstance(right, Pending) and isinstance(left, Quantity):
        right = right.like(left) if right.rank == left.rank else right
    one, other = known(left, "a condition"), known(right, "a condition")
    if one.rank == other.rank and one.shape != other.shape:
        raise SizeError(f"a condition between {one.words} and {other.words}")
    return one, other


def related(
    evaluator: Evaluator, operator: str, left: Quantity, right: Quantity, node: Node
) -> Mask:
    """Compare two sides at each point."""
    a, b = dual.primal(left.array), dual.primal(right.array)
    zero = right.rank == "number" and b.size == 1 and b.flat[0] == 0
    if (
        operator in LOEWNER
        and left.rank == "matrix"
        and (zero or right.rank == "matrix")
    ):
        gap = b - a if operator in LOEWNER_UP else a - b
        return definite(gap, operator in (r"\prec", r"\succ"), node)
    if left.rank != right.rank and not (zero and operator in ("=", r"\ne")):
        hint = "; write the components" if operator not in ("=", r"\ne") else ""
        raise ShapeError(
            f"a condition between {left.words} and {right.words}{hint}", node.at
        )
    unknown = (real.isnan(a) | real.isnan(b)).any(axis=(-1, -2), keepdims=True)
    if unknown.any():
        evaluator.doubt = evaluator.doubt | unknown
    size = np.maximum(np.abs(a), np.abs(b))
    with np.errstate(invalid="ignore"):
        if evaluator.exact:
            near = np.abs(a - b) <= EXACTLY * np.maximum(1, size)
        elif evaluator.exacting:  # -1e-12 is not 0, nor 0 or more
            near = (np.abs(a - b) <= ROUNDED * size) & (operator in ("=", r"\ne"))
        else:
            near = np.abs(a - b) <= CLOSE * np.maximum(1, size)
    near = (near & real.isfinite(size)) | (a == b)
    if operator in ("=", r"\ne"):
        every = near.all(axis=(-1, -2), keepdims=True)
        return every if operator == "=" else ~every
    if left.rank != "number":
        raise ShapeError(
            "vectors and matrices have no such order; write the components", node.at
        )
    if operator == "<":
        return (a < b) & ~near
    if operator == ">":
        return (a > b) & ~near
    if operator == r"\le":
        return (a <= b) | near
    if operator == r"\ge":
        return (a >= b) | near
    raise RefusedError(f"{operator} is not read in a condition", node.at)


def definite(gap: np.ndarray, strict: bool, node: Node) -> Mask:
    """Return where a matrix is symmetric and positive definite, or semidefinite."""
    if gap.dtype == object:
        raise RefusedError("an order of matrices is not told in more digits", node.at)
    size = np.nan_to_num(np.abs(gap)).max(axis=(-1, -2), keepdims=True)
    turned = gap.swapaxes(-1, -2)
    even = (np.abs(gap - turned) <= CLOSE * size).all(axis=(-1, -2), keepdims=True)
    least = np.linalg.eigvalsh(np.nan_to_num((gap + turned) / 2))[..., :1, None]
    definitely = least > ROUNDED * size if strict else least >= -ROUNDED * size
    return np.asarray(even & definitely & np.isfinite(size))


def inside(evaluator: Evaluator, x: Quantity, space: Node) -> Mask:
    """Return at which points a value is in a set."""
    a = dual.primal(x.array)
    if isinstance(space, Without):
        out = holds(evaluator, Member(Known(x), space.removed))
        return inside(evaluator, x, space.base) & ~out
    if isinstance(space, Such):
        found = inside(evaluator, x, space.base)
        with evaluator.layer({("plain", space.name, 0): x}):
            return found & holds(evaluator, space.condition)
    if isinstance(space, Symmetric):
        return symmetric(evaluator, x, space)
    if isinstance(space, UnitVectors):
        if x.rank != "column" or x.shape[0] != evaluator.whole(space.size):
            return NOWHERE
        ones = ((a == 1).sum(axis=-2, keepdims=True)) == 1
        return ones & ((a == 0) | (a == 1)).all(axis=-2, keepdims=True)
    if isinstance(space, Chosen):
        return chosen_among(evaluator, a, space) if x.rank == "number" else NOWHERE
    if isinstance(space, Finite):
        found = NOWHERE
        for item in space.items:
            left, right = alike(x, evaluator(item))
            found = found | related(evaluator, "=", left, right, space)
        return found
    if isinstance(space, Power | Simplex):
        sizes = space.sizes if isinstance(space, Power) else (space.size,)
        shape = (*(evaluator.whole(size) for size in sizes), 1)[:2]
        if x.rank == "number" or x.shape != shape:
            return NOWHERE
        if isinstance(space, Simplex):
            total = np.abs(a.sum(axis=-2, keepdims=True) - 1) <= CLOSE
            least = (a > 0) if space.open else (a >= -CLOSE)
            return total & least.all(axis=(-1, -2), keepdims=True)
        found = np.ones((1, 1), bool)
        for i, j in np.ndindex(shape):
            entry = Quantity(a[..., i : i + 1, j : j + 1])
            found = found & inside(evaluator, entry, space.base)
        return found
    if isinstance(space, Product):
        return NOWHERE if x.rank != "column" else in_each(evaluator, a, space)
    return number_inside(evaluator, a, space) if x.rank == "number" else NOWHERE


def in_each(evaluator: Evaluator, a: dual.Array, space: Product) -> Mask:
    """Return at which points the parts of a column are in one set each."""
    found, start = np.ones((1, 1), bool), 0
    for factor in space.factors:
        vector = isinstance(factor, Power)
        rows = evaluator.whole(factor.sizes[0]) if isinstance(factor, Power) else 1
        part = Quantity(
            a[..., start : start + rows, :], "column" if vector else "number"
        )
        found, start = found & inside(evaluator, part, factor), start + rows
    return found if start == a.shape[-2] else NOWHERE


def symmetric(evaluator: Evaluator, x: Quantity, space: Symmetric) -> Mask:
    """Return at which points a matrix is symmetric, and of the sign that is asked."""
    n = evaluator.whole(space.size)
    if x.rank != "matrix" or x.shape != (n, n):
        return NOWHERE
    a = dual.primal(x.array)
    turned = np.swapaxes(a, -1, -2)
    size = np.maximum(1, np.abs(a).max(axis=(-1, -2), keepdims=True))
    even = (np.abs(a - turned) <= CLOSE * size).all(axis=(-1, -2), keepdims=True)
    finite = np.where(np.isfinite(a), a, 0)
    least = np.linalg.eigvalsh((finite + np.swapaxes(finite, -1, -2)) / 2)[..., :1]
    limit = {"": -np.inf, "+": -CLOSE * size, "++": 0}[space.sign]
    return np.asarray(even & (least[..., None] > limit) & np.isfinite(size))


def chosen_among(evaluator: Evaluator, a: dual.Array, space: Chosen) -> Mask:
    """Return at which points a number is in the subset that was drawn there."""
    low = evaluator.whole(space.whole.low)
    drawn = dual.primal(known(evaluator(Symbol(space.name)), space.name).array)
    every = [
        (a == low + i) & (drawn[..., i : i + 1, :] == 1) for i in range(drawn.shape[-2])
    ]
    return functools.reduce(np.logical_or, every)


def ends_of(evaluator: Evaluator, space: Range | Interval) -> list[dual.Array]:
    """Return both ends of a set, which may vary."""
    ends = space.low, space.high
    return [dual.primal(known(evaluator(end), "an end").array) for end in ends]


def number_inside(evaluator: Evaluator, a: dual.Array, space: Node) -> Mask:
    """Return at which points a number is in a set of numbers."""
    if isinstance(space, Range):
        low, high = ends_of(evaluator, space)
        return (a == np.round(a)) & (a >= low) & (a <= high)
    if isinstance(space, Naturals):
        return (a == np.round(a)) & (
            a >= (-np.inf if space.start is None else space.start)
        )
    if isinstance(space, Interval):
        lower, upper = ends_of(evaluator, space)
        above = (a > lower) if space.low_open else (a >= lower)
        below = (a < upper) if space.high_open else (a <= upper)
        return above & below & real.isfinite(a)
    raise RefusedError("this set is not read in a condition", space.at)
