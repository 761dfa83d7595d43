"""Values for symbols: all of a finite set, draws from an infinite one.

The last of the draws are special: zeros, equal components, corners of the simplex, and
points far out.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from functools import lru_cache
from itertools import product

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.finite import elements
from mathcheck.evaluate.quantity import Quantity, Rank, known
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Variable, components
from mathcheck.read.syntax import (
    ZERO,
    Finite,
    Interval,
    Node,
    Power,
    Product,
    Range,
    Simplex,
    Subsets,
    Symmetric,
    Without,
)

Array = np.ndarray
Source = tuple[str, int]  # what random numbers depend on: a name, and another number


KEPT = 512  # draws that are remembered, since statements beside each other share them
ENUMERATED = 64  # values that an enumerated symbol may have on an axis of its own


SPREAD = (1.0, 1.0, 2.0, 1.0, 0.3, 1.5)  # sizes of the real numbers drawn
FAR = 4  # of the special points
SPECIAL = 7  # points at the edges of the sets: zeros, equal components, corners, far


def seed(name: str, *more: int) -> np.random.Generator:
    """Return random numbers that depend on a name only."""
    return np.random.default_rng([zlib.crc32(name.encode()), *more])


def assigned(evaluator: Evaluator, variable: Variable, more: int) -> Quantity:
    """Give a declared symbol its values, on the axis of points or on its own."""
    space, points = variable.space, evaluator.points
    if isinstance(space, Without) and components(space):
        whole = assigned(evaluator, replace(variable, space=space.base), more)
        return but_zero(whole, space)
    members = [length(evaluator, domain) for domain in variable.family]
    family = (int(np.prod(members)),) if members else ()  # laid out in one row
    shape, rank, base = structure(evaluator, space)
    if np.prod([*family, *shape], dtype=float) > max(10_000, evaluator.longest):
        raise RefusedError(f"{variable.name} has too many components to be tried")
    discrete = elements(evaluator, base)
    if discrete is None:
        source = variable.name, more
        draws = drawn(evaluator, base, (points, *family, *shape), source)
        return Quantity(draws, rank)
    rng = seed(variable.name, more)
    entry = discrete.shape[1:]  # () for numbers, (K, 1) for vectors
    rank = "column" if entry else rank
    shape = (1, 1) if entry else shape
    slots = (*family, *shape)
    count = len(discrete) ** int(np.prod(slots))
    if count <= ENUMERATED:
        picks = np.array(
            list(product(range(len(discrete)), repeat=int(np.prod(slots))))
        )
    else:
        picks = rng.integers(len(discrete), size=(points, int(np.prod(slots))))
    values = discrete[picks].reshape(len(picks), *slots, *entry)
    if entry:  # the slots of one vector, (1, 1), are not axes of it
        values = values.reshape(len(picks), *family, *entry)
    if count <= ENUMERATED:
        values = evaluator.new_axis(len(picks)).laid(values)
    return Quantity(values.astype(float), rank)


def but_zero(whole: Quantity, space: Without) -> Quantity:
    """Return vectors or matrices of which none is zero, which their set leaves out."""
    left_out = space.removed.items if isinstance(space.removed, Finite) else (space,)
    if any(item != ZERO for item in left_out):
        raise RefusedError("of a set of vectors only 0 can be left out", space.at)
    array = dual.primal(whole.array)
    zero = (array == 0).all(axis=(-1, -2), keepdims=True)
    return Quantity(np.where(zero, 0.5, array), whole.rank)


def length(evaluator: Evaluator, domain: Node) -> int:
    """Return how many members a family has."""
    if not isinstance(domain, Range):
        raise RefusedError("the index of a family runs from 1 to a number", domain.at)
    return evaluator.whole(domain.high) - evaluator.whole(domain.low) + 1


def structure(evaluator: Evaluator, space: Node) -> tuple[tuple[int, int], Rank, Node]:
    """Return rows and columns of an element, what it is, and the set of its entries."""
    if isinstance(space, Power):
        sizes = [evaluator.whole(size) for size in space.sizes]
        if len(sizes) > 2:
            raise RefusedError("an array with more than two axes", space.at)
        if min(sizes) < 1:
            raise RefusedError("a vector without components", space.at)
        rank: Rank = "column" if len(sizes) == 1 else "matrix"
        return (sizes[0], (*sizes, 1)[1]), rank, space.base
    if isinstance(space, Simplex):
        n = evaluator.whole(space.size)
        if n < 1:
            raise RefusedError("a simplex without corners", space.at)
        return (n, 1), "column", space
    if isinstance(space, Symmetric):
        n = evaluator.whole(space.size)
        return (n, n), "matrix", space
    if isinstance(space, Subsets):  # as the indicators of its elements
        return (length(evaluator, space.whole), 1), "column", space
    if isinstance(space, Product):
        rows = [structure(evaluator, factor)[0][0] for factor in space.factors]
        return (sum(rows), 1), "column", space
    return (1, 1), "number", space


def drawn(
    evaluator: Evaluator, base: Node, shape: tuple[int, ...], source: Source
) -> Array:
    """Draw from a continuous set; the last points are special ones."""
    if isinstance(base, Simplex):
        return distributions(shape, source, base.open)
    if isinstance(base, Symmetric):
        return symmetric(shape, base.sign, seed(*source))
    if isinstance(base, Product):
        columns = []
        for i, factor in enumerate(base.factors):
            (rows, _), _, entries = structure(evaluator, factor)
            each = (*shape[:-2], rows, 1)
            columns.append(drawn(evaluator, entries, each, (source[0], source[1] + i)))
        return np.concatenate(columns, axis=-2)
    if isinstance(base, Without):
        values = drawn(evaluator, base.base, shape, source)
        removed = elements(evaluator, base.removed)
        if removed is None:
            raise RefusedError("this set is not read", base.at)
        return np.where(np.isin(values, removed), values + 0.5, values)
    if not isinstance(base, Interval):
        raise RefusedError("values cannot be drawn from this set", base.at)
    low, high = ends(evaluator, base)
    return from_interval(low, high, (base.low_open, base.high_open), shape, source)


def ends(evaluator: Evaluator, base: Interval) -> tuple[float, float]:
    """Return the ends of an interval."""
    low, high = (
        dual.primal(known(evaluator(end), "an end").array)
        for end in (base.low, base.high)
    )
    if low.size > 1 or high.size > 1:
        raise RefusedError("an interval whose ends vary", base.at)
    return float(low.flat[0]), float(high.flat[0])


@lru_cache(maxsize=KEPT)
def from_interval(
    low: float,
    high: float,
    without: tuple[bool, bool],
    shape: tuple[int, ...],
    source: Source,
) -> Array:
    """Draw from an interval; the first draws are round, so that they can be printed."""
    rng, points = seed(*source), shape[0]
    low_open, high_open = without
    spread = np.resize(SPREAD, points)
    spread = spread.reshape(-1, *[1] * (len(shape) - 1))
    one = np.ones(shape[1:])
    if np.isinf(low) and np.isinf(high):
        values = round_some(rng.normal(size=shape) * spread)
        values[values == 0] = 0.37
        values = values + distinct(shape)
        far = [rng.normal(size=shape[1:]) * 40, rng.choice([-1, 1], shape[1:]) * 30.0]
        special = [0 * one, 0.8 * one, -0.6 * one, *far, 300 * one, -300 * one]
        return kept(with_special(values, special))
    if np.isinf(low) or np.isinf(high):
        values = round_some(rng.gamma(1.5, size=shape) * spread) + 0.01
        end = low if np.isinf(high) else high
        closed = not (low_open if np.isinf(high) else high_open)
        least = 0 * one if closed else 1e-6 * one
        special = [least, 1e-3 * one, one, 12 * one, 60 * one, 1e3 * one, 1e6 * one]
        away = with_special(values + distinct(shape), special)
        return kept(end + (away if np.isinf(high) else -away))
    unit = rng.uniform(size=shape)
    narrow = np.resize([0, 0, 1, 0, 2], points).reshape(spread.shape)
    tail = np.where(narrow == 2, 1 - unit * 0.1, unit)
    unit = np.where(narrow == 1, unit * 0.1, tail)
    unit = np.clip(round_some(unit, 3), 0.001, 0.999)
    ends = [1e-6 if low_open else 0.0, 1 - 1e-6 if high_open else 1.0]
    special = [end * one for end in (*ends, 0.5, 1e-4, 1 - 1e-4)]
    special += [rng.choice(ends, shape[1:]), rng.choice([*ends, 0.5], shape[1:])]
    return kept(low + (high - low) * with_special(unit, special))


def kept(values: Array) -> Array:
    """Return values that are given out more than once, and so must not be changed."""
    values.setflags(write=False)
    return values


def round_some(values: Array, decimals: int = 2) -> Array:
    """Round all draws but each third, lest a statement hold for round numbers only."""
    exact = np.arange(len(values)) % 3 == 2
    exact = exact.reshape(-1, *[1] * (values.ndim - 1))
    return np.where(exact, values, np.round(values, decimals))


def distinct(shape: tuple[int, ...]) -> Array:
    """Return thousandths that keep the components of a vector from being equal."""
    return np.arange(shape[-2])[:, None] / 1000 * np.ones(shape)


def wild(points: int) -> Array:
    """Return at which points numbers may be too large, or too special, for a value."""
    found = np.resize(SPREAD, points) > 1
    if points > 2 * SPECIAL:
        found[-SPECIAL:] = True
    return found


def far(points: int) -> Array:
    """Return which points are far out: the last of the special ones."""
    found = np.zeros((points, 1, 1), bool)
    if points > 2 * SPECIAL:
        found[-FAR:] = True
    return found


def with_special(values: Array, special: list[Array]) -> Array:
    """Put the special points at the end, if there is room for them."""
    if len(values) > 2 * SPECIAL:
        for i, point in enumerate(special[:SPECIAL]):
            values[len(values) - SPECIAL + i] = point
    return values


@lru_cache(maxsize=KEPT)
def distributions(shape: tuple[int, ...], source: Source, inner: bool) -> Array:
    """Draw distributions: inside the simplex, then equal ones and corners."""
    rng, n = seed(*source), shape[-2]
    kinds = np.resize([1.0, 2.0, 0.4], shape[0])
    weights = rng.gamma(kinds.reshape(-1, *[1] * (len(shape) - 1)), size=shape)
    values = weights / weights.sum(axis=-2, keepdims=True)
    values = np.maximum(np.round(values, 2), 0.01)
    values[..., -1, :] = 0
    values[..., -1, :] = 1 - values.sum(axis=-2)
    low = values[..., -1, :] < 0.005
    even = np.full(n, 1 / n)[:, None]
    exact = weights / weights.sum(axis=-2, keepdims=True)
    values = np.where(low[..., None, :], 0.9 * even + 0.1 * exact, values)
    steps = np.diff(np.sort(values, axis=-2), axis=-2)[..., [0, -1] if n > 1 else [], :]
    tied = (steps == 0).any(axis=-2, keepdims=True)  # by rounding: no arg max
    values = np.where(tied, exact, values)
    special = [np.broadcast_to(even, shape[1:])]
    for width in () if inner else (1, 1, 2, 1, 1, 2):  # corners, edges
        special.append(corner(shape[1:], min(width, n), rng))
    return kept(with_special(values, special))


def symmetric(shape: tuple[int, ...], sign: str, rng: np.random.Generator) -> Array:
    """Draw symmetric matrices: dense ones, then multiples of I, and singular ones."""
    n = shape[-1]
    factor = round_some(rng.normal(size=shape))
    turned = np.swapaxes(factor, -1, -2)
    eye, one = np.eye(n), np.ones(shape[1:])
    if not sign:
        return with_special((factor + turned) / 2, [0 * one, eye * one, -eye * one])
    values = factor @ turned + (0.01 if sign == "++" else 0) * eye
    thin = factor[:, ..., :1] @ turned[:, ..., :1, :] if n > 1 else values
    least = 1e-6 * eye if sign == "++" else 0 * eye
    special = [eye * one, (least + eye * 0) * one, 100 * eye * one]
    special += [thin[0] + least, 1e-3 * thin[1] + least]
    return with_special(values, special)


def corner(shape: tuple[int, ...], width: int, rng: np.random.Generator) -> Array:
    """Return a distribution over some of the outcomes only."""
    *family, n, _ = shape
    point = np.zeros(shape)
    for member in np.ndindex(*family):
        chosen = rng.permutation(n)[:width]
        shares = np.arange(1, width + 1) / (width * (width + 1) / 2)
        point[(*member, chosen, 0)] = shares
    return point
