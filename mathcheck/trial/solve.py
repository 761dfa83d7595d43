"""Equations of numbers, solved by Newton's method for one real number at a time.

Which number moves differs from point to point: `x t = 0` is solved by `x = 0` at some
points and by `t = 0` at others, and so for the components of a vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.dual import Array, Dual, Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import Mask, alike
from mathcheck.evaluate.quantity import Quantity, known
from mathcheck.read.problems import Problem, ShapeError
from mathcheck.read.scope import Key, Variable
from mathcheck.read.syntax import Interval, Node, Number, Relation, Simplex
from mathcheck.trial.landmarks import entries
from mathcheck.trial.sample import ends

STEPS = 100  # of Newton's method: even at a triple root they come close enough
WAYS = 8  # directions that are tried, at most
SOLVED = 1e-9
FLATTEST = 1e-6  # how far off a root may be where the sides meet: at a minimum
NEARLY = 1e-4  # how far off a root may be where the sides meet but for 10^-9
ROUNDS = 15  # of the same with all entries of a symbol, of which there are few
ENTRIES = 16
SMALLEST = 1e-13  # step that changes nothing
SPARE = 16  # bits that rounding may eat of those, where there are more digits
CLOSE = 1e-3  # share of a number that the last step towards a root may be
AWAY = 1e6  # times a number is far off, where a side may be lost in the other one
FLAT = 1e-30  # a slope that is none
ROUNDED = 2e-15  # how far apart two sides are that differ by their rounding only


def store(evaluator: Evaluator, key: Key, value: Quantity) -> None:
    """Replace a value, and forget what was computed with the old one.

    Of a family of numbers it is the column of its members.
    """
    if key[0] == "family":
        value = Quantity(dual.linear(lambda a: a[..., None], value.array))
    evaluator.root.values[key] = value
    evaluator.forget()


def stored(evaluator: Evaluator, key: Key) -> Quantity:
    """Return a value; of a family of numbers the column of its members."""
    value = known(evaluator.root.values[key], key[1])
    if key[0] != "family":
        return value
    return Quantity(dual.linear(lambda a: a[..., 0], value.array), "column")


def solve(
    evaluator: Evaluator,
    left: Node,
    right: Node,
    movable: Sequence[tuple[Key, Variable]],
    gap: Array | float = 0.0,
) -> None:
    """Move a real number at each point until left is right, or apart by a gap."""
    solutions: list[tuple[dict[Key, Array], Mask]] = []
    others: list[tuple[dict[Key, Array], Mask]] = []  # perhaps lost in rounding
    spaces = {key: variable.space for key, variable in movable}
    before = {key: stored(evaluator, key) for key, _ in movable}
    for key, direction in directions(before, movable)[:WAYS]:
        start = before[key]
        try:
            found = newton(evaluator, key, start, direction, left, right, gap)
            if found and found[1].any():
                values, solved = found
                solved = solved & inside_ends(evaluator, spaces[key], values)
                near = np.abs(values) <= AWAY * (1 + np.abs(dual.primal(start.array)))
                near = np.asarray(near.all(axis=(-1, -2), keepdims=True))
                solutions.append(({key: values}, solved & near))
                others.append(({key: values}, solved & ~near))
        except Problem:
            pass
        store(evaluator, key, start)
    if not solutions:
        solutions = solved_at_once(evaluator, before, movable, left, right)
    moved = {key: dual.primal(value.array) for key, value in before.items()}
    done: Mask = np.zeros((1, 1), bool)
    turn = turns(evaluator)
    for group, shift in product((solutions, others), range(len(solutions))):
        for number, (values, solved) in enumerate(group):
            mine = (turn + shift) % len(group) == number
            here = solved & mine & ~done
            for key, array in values.items():
                moved[key] = np.where(here, array, moved[key])
            done = done | here
    for key in dict.fromkeys(key for values, _ in solutions for key in values):
        store(evaluator, key, Quantity(moved[key], before[key].rank))


def turns(evaluator: Evaluator) -> np.ndarray:
    """Return the numbers of the points; with more digits there is but one of them."""
    every, one = np.arange(evaluator.points).reshape(-1, 1, 1), evaluator.draw
    return every if one is None else every[one : one + 1]


def inside_ends(evaluator: Evaluator, space: Node, values: Array) -> Mask:
    """Say where values are away from the ends of an interval that are not in it."""
    base = entries(space)
    good: Mask = np.ones((1, 1), bool)
    if not isinstance(base, Interval):
        return good
    for end, outside in zip(
        ends(evaluator, base), (base.low_open, base.high_open), strict=True
    ):
        if outside and np.isfinite(end):
            away = np.abs(values - end) > SMALLEST * (1 + abs(end))
            good = good & away.all(axis=(-1, -2), keepdims=True)
    return good


def solved_at_once(
    evaluator: Evaluator, before: dict[Key, Quantity],
    movable: Sequence[tuple[Key, Variable]], left: Node, right: Node,
) -> list[tuple[dict[Key, Array], Mask]]:  # fmt: skip
    """Return solutions in which all entries of a symbol move, or of all symbols."""
    small = [
        key
        for key, variable in movable
        if np.prod(before[key].shape) <= ENTRIES
        and not isinstance(variable.space, Simplex)
    ]
    thin = {**before, **thin_ones(before)}
    solutions = []
    for keys in ([key] for key in small):
        solutions += moved_together(evaluator, thin, keys, left, right)
    total = sum(int(np.prod(before[key].shape)) for key in small)
    if not solutions and len(small) > 1 and total <= ENTRIES:
        solutions += moved_together(evaluator, before, small, left, right)
    for key, value in before.items():
        store(evaluator, key, value)
    return solutions


def moved_together(
    evaluator: Evaluator, start: dict[Key, Quantity], keys: list[Key], left: Node,
    right: Node,
) -> list[tuple[dict[Key, Array], Mask]]:  # fmt: skip
    """Return the solution, if there is one, in which some symbols move."""
    for key, value in start.items():
        store(evaluator, key, value)
    try:
        found, met = gauss_newton(
            evaluator, {key: bent_start(start[key]) for key in keys}, left, right
        )
    except Problem:
        return []
    rest = {key: dual.primal(value.array) for key, value in start.items()}
    return [({**rest, **found}, met)] if met.any() else []


def thin_ones(before: dict[Key, Quantity]) -> dict[Key, Quantity]:
    """Return square matrices, of which each third is of rank one.

    A product is 0 where neither factor is only if both are singular.
    """
    found = {}
    for key, value in before.items():
        array = dual.primal(value.array)
        square = value.rank == "matrix" and array.shape[-1] == array.shape[-2] > 1
        if square and array.ndim > 2:
            thin = array[..., :1] * array[..., :1, :]
            turn = np.arange(len(array)).reshape(-1, *[1] * (array.ndim - 1))
            found[key] = Quantity(np.where(turn % 3 == 1, thin, array), value.rank)
    return found


def bent_start(start: Quantity) -> Quantity:
    """Return square matrices, of which each third has nothing below its diagonal."""
    array = dual.primal(start.array)
    if start.rank != "matrix" or array.shape[-1] != array.shape[-2] or array.ndim < 3:
        return start
    turn = np.arange(len(array)).reshape(-1, *[1] * (array.ndim - 1))
    return Quantity(np.where(turn % 3 == 2, np.triu(array, 1), array), start.rank)


def directions(
    values: dict[Key, Quantity], movable: Sequence[tuple[Key, Variable]]
) -> list[tuple[Key, Array]]:
    """Return along which directions the symbols may move, one of each symbol first.

    In a simplex it is towards a corner, so that the sum stays what it is.
    """
    ways: list[list[tuple[Key, Array]]] = []
    for key, variable in movable:
        if values[key].rank == "matrix":
            continue
        units = np.eye(values[key].shape[0])[:, :, None]
        if isinstance(variable.space, Simplex):
            here = dual.primal(values[key].array)
            ways.append([(key, unit - here) for unit in units])
        else:
            ways.append([(key, unit) for unit in units])
    longest = max(map(len, ways), default=0)
    return [way[i] for i in range(longest) for way in ways if i < len(way)]


def newton(
    evaluator: Evaluator, key: Key, start: Quantity, direction: Array,
    left: Node, right: Node, wanted: Array | float,
) -> tuple[Array, Mask] | None:  # fmt: skip
    """Return where a symbol is moved to, and at which points the equation holds."""
    x = dual.primal(start.array)
    gap = np.full((1, 1), np.inf)
    near: Mask = np.ones((1, 1), bool)
    smallest = real.one(2) ** (SPARE - real.Real.bits) if evaluator.exact else SMALLEST
    for _ in range(STEPS):
        tag = next(dual.tags)
        store(evaluator, key, Quantity(Dual(tag, x, direction), start.rank))
        a, b = (known(evaluator(side), "a condition") for side in (left, right))
        if a.rank != "number" or b.rank != "number":
            return None
        difference = a.array - b.array
        gap = dual.primal(difference) - wanted
        slope = dual.primal(dual.change(difference, tag))
        if not np.any(slope):
            return None
        whole = gap / np.where(slope == 0, 1, slope)
        far = 2 + np.abs(x).max(axis=(-1, -2), keepdims=True)
        near = np.abs(whole) <= CLOSE * far  # else the root is far off, or at infinity
        step = np.where(np.abs(slope) > FLAT, whole, 0)
        step = np.clip(np.nan_to_num(step), -far, far)
        if np.all(np.abs(step) < smallest * (1 + np.abs(x).max())):
            break
        x = x - step * direction
    return x, (np.abs(gap) < SOLVED) & near


def gauss_newton(
    evaluator: Evaluator, start: dict[Key, Quantity], left: Node, right: Node
) -> tuple[dict[Key, Array], Mask]:
    """Move all entries of some symbols until two vectors or matrices agree."""
    x = {key: dual.primal(value.array) for key, value in start.items()}
    residual = np.full((1, 1), np.inf)
    for _ in range(ROUNDS):
        columns = []
        for key, value in start.items():
            units = np.eye(int(np.prod(value.shape))).reshape(-1, *value.shape)
            for unit in units:
                tag = next(dual.tags)
                store(evaluator, key, Quantity(Dual(tag, x[key], unit), value.rank))
                difference = gap_of(evaluator, left, right)
                columns.append(dual.primal(dual.change(difference, tag)))
                residual = dual.primal(difference)
            store(evaluator, key, Quantity(x[key], value.rank))
        residual, *columns = np.broadcast_arrays(residual, *columns)
        flat = (*residual.shape[:-2], -1)
        slopes = np.stack([column.reshape(flat) for column in columns], axis=-1)
        inverse = np.linalg.pinv(np.nan_to_num(slopes), rcond=SOLVED)
        steps = inverse @ np.nan_to_num(residual.reshape(flat)[..., None])
        moved = False
        for key, value in start.items():
            count = int(np.prod(value.shape))
            step, steps = steps[..., :count, :], steps[..., count:, :]
            step = step.reshape(*step.shape[:-2], *value.shape)
            moved |= bool(np.abs(step).max() >= SMALLEST * (1 + np.abs(x[key]).max()))
            far = 2 + np.abs(x[key]).max(axis=(-1, -2), keepdims=True)
            x[key] = x[key] - np.clip(step, -far, far)
            store(evaluator, key, Quantity(x[key], value.rank))
        if not moved:
            break
    met = (np.abs(residual) < SOLVED).all(axis=(-1, -2), keepdims=True)
    return x, met


def gap_of(evaluator: Evaluator, left: Node, right: Node) -> Value:
    """Return how far apart two sides of one shape are."""
    a, b = alike(evaluator(left), evaluator(right))
    if is_zero(right):
        return a.array
    if a.shape != b.shape:
        raise ShapeError("sides of different shapes", left.at)
    return a.array - b.array


def is_zero(node: Node) -> bool:
    """Say whether 0 is written, which is the zero vector, too."""
    return isinstance(node, Number) and node.text == "0"


def slack(evaluator: Evaluator, condition: Node) -> Array:
    """Return how far off a conclusion may be at each point where an equation is met.

    A root that is sought is a nearby number, and of some equations a far one is, too.
    """
    found: Array = np.zeros((1, 1))
    for relation in condition.parts:
        if not isinstance(relation, Relation) or "=" not in relation.operators:
            continue
        for one, other in pairwise(relation.sides):
            a, b = alike(evaluator(one), evaluator(other))
            x, y = dual.primal(a.array), dual.primal(b.array)
            size = np.maximum(1, np.maximum(np.abs(x), np.abs(y)))
            met = (np.abs(x - y) <= ROUNDED * size).all(axis=(-1, -2), keepdims=True)
            found = np.maximum(found, np.where(met, FLATTEST, NEARLY))
    return found
