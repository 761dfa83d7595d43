"""Equality of maximisers over a continuous set.

Two of them are compared on random finite sets of candidates; one and a value by whether
any candidate or neighbour scores better than the value.
"""

from __future__ import annotations

import itertools
from operator import itemgetter

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import inside
from mathcheck.evaluate.quantity import Pending, Quantity, Rank, Thing, known
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Key, Variable
from mathcheck.read.syntax import Extreme, Node, Product, Relation, Simplex
from mathcheck.read.tree import unbracketed
from mathcheck.trial.points import Points
from mathcheck.trial.sample import drawn, seed, structure
from mathcheck.trial.show import first_place, where
from mathcheck.trial.sides import Refuted

CANDIDATES = 24
NEWTON = 25  # steps, along one direction after the other
JOINT = 4  # and along all at once
FLAT = 1e-10  # share of the slope nearby that is left at an extreme
LEANING = 1e-8  # share of it that no rounding leaves
NEAR = 1e-3  # how far neighbours of an extreme are


def compare_extremes(points: Points, node: Relation) -> int:
    """Compare argmax with argmax, or with the value that it is said to have."""
    if any(operator != "=" for operator in node.operators):
        raise RefusedError(
            "an argmax over a continuous set can only be equal to another"
        )
    sides = [unbracketed(side) for side in node.sides]
    mask = points.mask & ~points.special
    count = 0
    for step, (left, right) in enumerate(itertools.pairwise(sides), 1):
        good = agree(points.evaluator, left, right)
        shape = np.broadcast_shapes(good.shape, mask.shape)
        bad = np.broadcast_to(~good, shape) & np.broadcast_to(mask, shape)
        if bad.any():
            label = f"step {step}: " if len(sides) > 2 else ""
            point = where(points, first_place(bad))
            raise Refuted(f"{label}the extremes differ{point}")
        count = max(count, int(np.broadcast_to(mask, shape).sum()))
    return count


def agree(evaluator: Evaluator, left: Node, right: Node) -> np.ndarray:
    """Return at which points two extremes are at the same place."""
    if isinstance(left, Extreme) and isinstance(right, Extreme):
        if left.names != right.names or left.domain != right.domain:
            raise RefusedError("two extremes over different symbols or sets")
        result = np.ones((1, 1), bool)
        for scale in (0.3, 0.03, 0.003):  # and sets that are near the extreme
            result = result & agree_near(evaluator, left, right, scale)
        result = result & same_place(evaluator, left, right)
        first, second = (scores(evaluator, side) for side in (left, right))
        rng = np.random.default_rng(5)
        for size in (2, 3, 5, CANDIDATES):  # several finite sets of candidates
            chosen = rng.permutation(CANDIDATES)[:size]
            same = best(first, chosen) == best(second, chosen)
            told = decided(first, chosen) & decided(second, chosen)
            result = result & (same | ~told)
        return result
    if isinstance(left, Extreme):
        return attained(evaluator, left, right)
    if isinstance(right, Extreme):
        return attained(evaluator, right, left)
    raise RefusedError("write the extremes next to each other in the chain")


def same_place(evaluator: Evaluator, left: Extreme, right: Extreme) -> np.ndarray:
    """Return where the second extreme is not elsewhere than the first.

    The first is found by Newton's method, from the best of the candidates. What is no
    smooth extreme amid its set is not found so, and says nothing.
    """
    values, rank = candidates(evaluator, left)
    everywhere = np.ones((1, 1), bool)
    space = space_of(evaluator, left)
    if rank not in ("number", "column"):
        return everywhere
    ways = directions(values.shape[-2], space)
    first = scores(evaluator, left)
    chosen = first.argmin(axis=0)
    start = values[chosen.reshape(-1)].reshape(*chosen.shape[:-2], *values.shape[1:])
    place = Quantity(
        start if chosen.size > 1 else start.reshape(values.shape[1:]), rank
    )
    for _ in range(NEWTON):
        place = Quantity(newton_step(evaluator, left, place, ways), rank)
    for _ in range(JOINT):
        place = Quantity(joint_step(evaluator, left, place, ways), rank)
    found = flatness(evaluator, left, place, ways) < FLAT
    steep = flatness(evaluator, right, place, ways)
    inner = inside(evaluator, place, space)
    return np.asarray(~(found & inner & (steep > 1e-8) & (steep < 0.9)))


def directions(rows: int, space: Node) -> np.ndarray:
    """Return the directions in which a place can move and stay in its set."""
    ways = np.eye(rows)[:, :, None]
    return ways - 1 / rows if isinstance(space, Simplex) else ways


def newton_step(
    evaluator: Evaluator, side: Extreme, place: Quantity, ways: np.ndarray
) -> np.ndarray:
    """Return a place moved along each direction to where the slope would vanish."""
    here = dual.primal(place.array)
    for direction in ways:
        slopes = [
            slope(evaluator, side, Quantity(here, place.rank), s * direction, direction)
            for s in (0, NEAR, -NEAR)
        ]
        curvature = (slopes[1] - slopes[2]) / (2 * NEAR)
        curved = curvature > 0
        step = np.where(curved, slopes[0] / np.where(curved, curvature, 1), 0)
        here = here - np.clip(np.nan_to_num(step), -1, 1) * direction
    return np.asarray(here)


def joint_step(
    evaluator: Evaluator, side: Extreme, place: Quantity, ways: np.ndarray
) -> np.ndarray:
    """Return a place moved along all directions at once, as their curvatures say.

    What depends on its components together is found so; one at a time it creeps. Where
    the score becomes no better it stays.
    """

    def slopes(step: np.ndarray) -> np.ndarray:
        found = [slope(evaluator, side, start, step, way) for way in ways]
        return np.stack(np.broadcast_arrays(*found), axis=-1)[..., 0, 0, :]

    array = dual.primal(place.array)
    start = Quantity(array, place.rank)
    here = slopes(0 * ways[0])
    bent = [(slopes(NEAR * w) - slopes(-NEAR * w)) / (2 * NEAR) for w in ways]
    curvature = np.nan_to_num(np.stack(np.broadcast_arrays(*bent), axis=-1))
    both = (curvature + np.swapaxes(curvature, -1, -2)) / 2
    inverse = np.linalg.pinv(both, rcond=1e-9, hermitian=True)
    step = inverse @ np.nan_to_num(here)[..., None]
    moved = array - sum(step[..., i : i + 1, :] * w for i, w in enumerate(ways))
    better, before = (
        dual.primal(scored_at(evaluator, side, Quantity(x, place.rank)))
        for x in (moved, array)
    )
    return np.where(better < before, moved, array)


def flatness(
    evaluator: Evaluator, side: Extreme, place: Quantity, ways: np.ndarray
) -> np.ndarray:
    """Return how steep the score is at a place, as a share of its steepness nearby."""
    worst = np.zeros((1, 1))
    for direction in ways:
        here, ahead, behind = (
            slope(evaluator, side, place, s * direction, direction)
            for s in (0, NEAR, -NEAR)
        )
        steepest = np.maximum(np.abs(ahead), np.abs(behind))
        worst = np.maximum(worst, np.abs(here) / steepest)
    return np.where(np.isfinite(worst), worst, np.inf)


def agree_near(
    evaluator: Evaluator, left: Extreme, right: Extreme, scale: float
) -> np.ndarray:
    """Compare two extremes among candidates that crowd around the best one."""
    first = scores(evaluator, left)
    typical = np.where(np.isfinite(first), first, np.nan)
    average = np.nanmean(typical.reshape(len(first), -1), axis=1)
    crowd = around(evaluator, left, int(np.nanargmin(average)), scale)
    pair = [scores(evaluator, side, crowd) for side in (left, right)]
    every = np.arange(len(pair[0]))
    told = decided(pair[0], every) & decided(pair[1], every)
    return (best(pair[0], every) == best(pair[1], every)) | ~told


def around(
    evaluator: Evaluator, side: Extreme, chosen: int, scale: float
) -> np.ndarray:
    """Return candidates near one of the candidates, still in their set."""
    space = space_of(evaluator, side)
    values, rank = candidates(evaluator, side)
    rng = seed(one_name(side), 7)
    steps = rng.normal(size=values.shape) * scale
    if isinstance(space, Simplex):
        return (1 - scale) * values[chosen] + scale * values
    near = values[chosen] + steps
    good = inside(evaluator, Quantity(near, rank), space)
    return np.where(good, near, values[chosen])


def space_of(evaluator: Evaluator, side: Extreme) -> Node:
    """Return the set over which an extreme is, which its sign says or its symbol."""
    if side.domain is not None:
        return side.domain
    meaning = evaluator.plain(side.names[0])
    if not isinstance(meaning, Variable) or meaning.family:
        raise RefusedError(f"{side.names[0]} is not declared as a real symbol")
    return meaning.space


def candidates(evaluator: Evaluator, side: Extreme) -> tuple[np.ndarray, Rank]:
    """Return values that a symbol may take, one after the other, and what they are."""
    shape, rank, base = structure(evaluator, space_of(evaluator, side))
    return drawn(evaluator, base, (CANDIDATES, *shape), (one_name(side), 99)), rank


def one_name(side: Extreme) -> str:
    """Return what is written below the sign of an extreme."""
    return ", ".join(side.names)


def each(evaluator: Evaluator, side: Extreme, x: Quantity) -> dict[Key, Thing]:
    """Return the value of each symbol of an extreme, which one quantity holds all."""
    space = space_of(evaluator, side)
    if not isinstance(space, Product):
        return {key(evaluator, side.names[0]): x}
    found: dict[Key, Thing] = {}
    start = 0
    for name, factor in zip(side.names, space.factors, strict=True):
        (rows, _), rank, _ = structure(evaluator, factor)
        part = dual.linear(
            itemgetter((..., slice(start, start + rows), slice(None))), x.array
        )
        found[key(evaluator, name)] = Quantity(part, rank)
        start += rows
    return found


def key(evaluator: Evaluator, name: str) -> Key:
    """Return under which key a symbol's value is kept."""
    meaning = evaluator.plain(name)
    return meaning.key if meaning else ("plain", name, 0)


def scores(
    evaluator: Evaluator, side: Extreme, given: np.ndarray | None = None
) -> np.ndarray:
    """Return what each candidate scores, candidates first; the smallest is best."""
    values, rank = candidates(evaluator, side)
    with evaluator.layer() as layer:
        axis = evaluator.new_axis(CANDIDATES)
        tried = axis.laid(values if given is None else given)
        layer.values.update(each(evaluator, side, Quantity(tried, rank)))
        value = known(evaluator(side.body), "an argmax")
    if value.rank != "number":
        raise RefusedError("an argmax of a vector")
    found = dual.primal(value.array)
    if axis.reached(found).shape[axis.from_end] == 1:
        raise RefusedError(f"what is maximised does not depend on {one_name(side)}")
    moved = np.moveaxis(found, axis.from_end, 0)
    sign = -1 if side.kind == "argmax" else 1
    scored = sign * moved
    return np.where(np.isfinite(scored), scored, np.inf)


def best(scored: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return which of the chosen candidates is best."""
    found = scored[chosen].argmin(axis=0)
    return found if found.ndim >= 2 else found.reshape(1, 1)


def decided(scored: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return where one of the chosen candidates is best alone."""
    if len(chosen) < 2:
        return np.ones((1, 1), bool)
    first, second = np.sort(scored[chosen], axis=0)[:2]
    found = np.isfinite(first) & (first < second)
    return found if found.ndim >= 2 else found.reshape(1, 1)


def attained(evaluator: Evaluator, side: Extreme, value: Node) -> np.ndarray:
    """Return where a value scores better than all candidates and its neighbours."""
    space = space_of(evaluator, side)
    here = evaluator(value)
    if isinstance(here, Pending):
        here = here.sized(structure(evaluator, space)[0][0])
    score = dual.primal(scored_at(evaluator, side, here))
    others = scores(evaluator, side)
    margin = 1e-9 * (1 + np.abs(score))
    result = np.asarray((others >= score - margin).all(axis=0))
    if result.ndim < 2:
        result = result.reshape(1, 1)
    result = result & inside(evaluator, here, space)
    for direction in directions(here.shape[0], space):
        amid = np.ones((1, 1), bool)
        for step in (NEAR, -NEAR):
            moved = Quantity(here.array + step * direction, here.rank)
            inner = inside(evaluator, moved, space)
            near = dual.primal(scored_at(evaluator, side, moved))
            result = result & ((near > score - 1e-12) | ~np.isfinite(near) | ~inner)
            amid = amid & inner
        slopes = [
            slope(evaluator, side, here, step * direction, direction)
            for step in (0, NEAR, -NEAR)
        ]
        steepest = np.maximum(np.abs(slopes[1]), np.abs(slopes[2]))
        share = np.abs(slopes[0]) / steepest  # of a kink's or a border's: 0 or 1
        result = result & ~((share > LEANING) & (share < 0.9) & amid)
    return result


def scored_at(evaluator: Evaluator, side: Extreme, place: Quantity) -> Value:
    """Return what a place scores; the smallest is best."""
    with evaluator.layer(each(evaluator, side, place)):
        found = known(evaluator(side.body), "an argmax").array
    return -found if side.kind == "argmax" else found


def slope(
    evaluator: Evaluator, side: Extreme, here: Quantity, step: np.ndarray,
    direction: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Return how steep the score is at a step from a place, along a direction."""
    tag = next(dual.tags)
    spread = direction + np.zeros(dual.primal(here.array).shape)
    place = dual.Dual(tag, here.array + step, spread)
    found = scored_at(evaluator, side, Quantity(place, here.rank))
    return dual.primal(dual.change(found, tag))
