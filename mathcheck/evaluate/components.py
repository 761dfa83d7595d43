"""Components of vectors and matrices, and members of families, by their indices.

An index is itself an expression with a value at each point, so that to take a component
is to gather, point by point.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.beyond import among
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import (
    OPEN_SIZE,
    SIDES,
    Pending,
    Quantity,
    Thing,
    known,
)
from mathcheck.evaluate.symbols import meant, range_of
from mathcheck.read.problems import RefusedError, ShapeError, SizeError, TooManyError
from mathcheck.read.scope import Definition, Key, Meaning, Variable, beside
from mathcheck.read.syntax import Node, Range, Symbol
from mathcheck.read.tree import symbols

LIMIT = 4_000_000  # numbers in one array


def component_of_symbol(
    evaluator: Evaluator, base: Symbol, indices: tuple[Node, ...], given: list[Quantity]
) -> Thing:
    """Find what a name with indices means, and take that component."""

    def members(index: list[Quantity]) -> Thing:
        return component_meant(evaluator, base, indices, index)

    found = among(evaluator, base.name, given, members)
    if isinstance(found, Quantity) and real.isnan(dual.primal(found.array)).any():
        note_absent(evaluator, base, found, given)
    return found


def note_absent(
    evaluator: Evaluator, base: Symbol, found: Quantity, given: list[Quantity]
) -> None:
    """Remember with which indices there is no component, for who asks why."""
    bad = real.isnan(dual.primal(found.array)).any(axis=(-1, -2), keepdims=True)
    values = [dual.primal(index.array) for index in given]
    bad, *spread = np.broadcast_arrays(bad, *values)
    texts = [f"{float(value[bad][0]):g}" for value in spread]
    evaluator.absent = f"{base.name}_{{{','.join(texts)}}}"


def component_meant(
    evaluator: Evaluator, base: Symbol, indices: tuple[Node, ...], given: list[Quantity]
) -> Thing:
    """Find what a name with indices means, and evaluate that component."""
    bound = evaluator.bound(base.name)
    if bound is not None:
        return component(evaluator, sized(evaluator, bound, indices), given)
    meaning = indexed_meaning(evaluator, base, indices)
    if isinstance(meaning, Variable):
        stored = evaluator.value(meaning.key)
        if stored is None:
            raise RefusedError(f"{base.name} cannot be used here", base.at)
        members = known(stored, base.name)
        if meaning.family:
            position = position_of(evaluator, meaning, given)
            members = Quantity(
                gather(evaluator, members.array, position, -3), members.rank
            )
        return component(evaluator, members, given[len(meaning.family) :])
    many = len(meaning.indices)
    if not many or evaluator.value(meaning.key) is not None:
        whole = sized(evaluator, meant(evaluator, meaning), indices)
        return component(evaluator, whole, given)
    values: dict[Key, Thing] = {
        ("plain", name, 0): index
        for (name, _), index in zip(meaning.indices, given, strict=False)
    }
    ends = all(isinstance(domain, Range) for _, domain in meaning.indices)
    if meaning.parameters is not None and ends:
        return component(evaluator, meant(evaluator, meaning), given)
    with evaluator.layer(values, dict(meaning.indices)):
        found = member(evaluator, meaning, given)
    return component(evaluator, found, given[many:])


def sized(evaluator: Evaluator, thing: Thing, indices: tuple[Node, ...]) -> Thing:
    r"""Return a vector of open size, as \frac{1}{N} \mathbf{1}, as its index runs."""
    vector = isinstance(thing, Pending) and thing.open == "rows"
    if not vector or len(indices) != 1 or not isinstance(indices[0], Symbol):
        return thing
    domain = evaluator.domain(indices[0].name)
    if not isinstance(domain, Range):
        return thing
    low, high = range_of(evaluator, domain)
    return thing.sized(high) if low == 1 and isinstance(thing, Pending) else thing


def position_of(
    evaluator: Evaluator, meaning: Variable, given: list[Quantity]
) -> np.ndarray:
    """Return where a member of a family stands in the row of all members, from 1."""
    position = np.zeros((1, 1))
    for domain, index in zip(meaning.family, given, strict=False):
        low, high = range_of(evaluator, domain)
        values = dual.primal(index.array)
        values = np.where((values >= low) & (values <= high), values, np.nan)
        position = position * (high - low + 1) + (values - low)
    return position + 1


def member(evaluator: Evaluator, meaning: Definition, given: list[Quantity]) -> Thing:
    """Evaluate members of a family; those that do not exist are not numbers.

    SizeError: none does.
    """
    missing = np.zeros((1, 1), bool)
    for (_, domain), index in zip(meaning.indices, given, strict=False):
        if isinstance(domain, Range):
            low, high = range_of(evaluator, domain)
            values = dual.primal(index.array)
            outside = (values < low) | (values > high)
            if outside.all():
                evaluator.literal = True
                raise SizeError(f"{meaning.name} has no component {values.flat[0]:g}")
            missing = missing | outside
    found = evaluator(meaning.body)
    if isinstance(found, Pending) or not missing.any():
        return found
    return Quantity(dual.where(missing, np.nan, found.array), found.rank)


def indexed_meaning(
    evaluator: Evaluator, base: Symbol, indices: tuple[Node, ...]
) -> Meaning:
    """Choose between a family and a vector of the same name, by the index's range."""
    fallback: Meaning | None = None
    numbers = any(  # n_m, beside n := \sum_m n_m
        isinstance(meaning, Variable)
        and len(meaning.family) == len(indices)
        and not meaning.components
        for meaning in evaluator.scope.nearest(base.name)
    )
    for meaning in evaluator.scope.meanings(base.name):
        if beside(meaning):
            continue
        if isinstance(meaning, Definition) and not meaning.indices:
            if numbers or meaning.name in symbols(meaning.body):
                fallback = fallback or meaning
                continue
        if isinstance(meaning, Definition):
            family = tuple(domain for _, domain in meaning.indices)
            room = True
        else:
            family = meaning.family
            room = len(family) + meaning.components >= len(indices)
        if not room or len(family) > len(indices):
            continue
        sets = [
            evaluator.domain(index.name) if isinstance(index, Symbol) else None
            for index in indices
        ]
        if all(s is None or s == f for s, f in zip(sets, family, strict=False)):
            return meaning
        fallback = fallback or meaning
    if fallback is None:
        raise RefusedError(f"{base.name} has not so many indices", base.at)
    return fallback


def component(evaluator: Evaluator, thing: Thing, given: list[Quantity]) -> Thing:
    """Take a component of a vector or a matrix."""
    if not given:
        return thing
    if isinstance(thing, Pending):
        raise ShapeError(OPEN_SIZE)
    sides = SIDES[thing.rank]
    if not sides:
        raise ShapeError("a number has no components")
    if len(given) != len(sides):
        raise ShapeError(f"{thing.words} takes {len(sides)} indices, not {len(given)}")
    array = thing.array
    for index, side in zip(given, sides, strict=True):
        array = gather(evaluator, array, index.array, side)
    return Quantity(array)


def own_places(shape: tuple[int, ...]) -> Iterator[np.ndarray | int]:
    """Yield the index that leaves each of some axes as it is."""
    for axis, n in enumerate(shape, 1):
        yield np.arange(n).reshape(-1, *[1] * (len(shape) - axis)) if n > 1 else 0


def gather(evaluator: Evaluator, x: Value, index: Value, place: int) -> Value:
    """Take, at each point, the entry at an index counted from 1.

    An entry that does not exist is not a number; if none exists, the sizes are wrong.
    At −3 stands the last axis of a family, which disappears.
    """
    where = dual.primal(index)
    n = dual.primal(x).shape[place]
    axis = axis_in_order(where, n)
    if axis:
        inside = np.ones((1, 1), bool)
        position = where.astype(int) - 1
    else:
        inside = (where >= 1) & (where <= n) & (where == np.round(where))
        if not inside.any():
            evaluator.literal = True
            raise SizeError(f"there is no component {where.flat[0]:g} of {n}")
        position = np.where(inside, where, 1).astype(int) - 1
    family, everywhere = place == -3, inside.all()
    structure = 3 if family else 2

    def take(a: dual.Array) -> dual.Array:
        a = a.reshape(*[1] * (where.ndim - 2 + structure - a.ndim), *a.shape)
        at: list[Any] = [slice(None)] * structure
        if position.size == 1:  # the same at all points
            first = position.item()
            at[place] = first if family else slice(first, first + 1)
            return np.asarray(a[(..., *at)])
        if axis and a.shape[axis - structure] == 1:  # one after the other, on an axis
            turned = a.swapaxes(axis - structure, place)
            return np.asarray(turned[..., 0, :, :] if family else turned)
        points = np.broadcast_shapes(a.shape[:-structure], position.shape[:-2])
        if math.prod(points) * math.prod(a.shape[-structure:]) > LIMIT:
            raise TooManyError("too many indices at once")
        at[place] = position[..., 0, 0]
        found = a[(*own_places(a.shape[:-structure]), *at)]
        found = found if family else np.expand_dims(found, place)
        return found if everywhere else np.where(inside, found, np.nan)

    return dual.linear(take, x)


def axis_in_order(index: np.ndarray, n: int) -> int:
    """Return the axis of points on which an index runs from 1 to n, from behind.

    0 if there is none.
    """
    lengths = index.shape[:-2]
    if index.size != n or n == 1 or n not in lengths:
        return 0
    in_order = (index.reshape(-1) == np.arange(1, n + 1)).all()
    return lengths.index(n) - len(lengths) if in_order else 0
