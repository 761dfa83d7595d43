"""Larger sizes, as far as cost allows: 5, 8, 16, 64, and on where a bound may fail.

What it costs is counted in numbers that are computed, so that the same statement is
tried equally far on every machine.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import Quantity
from mathcheck.read.scope import Variable
from mathcheck.read.syntax import Interval, Node, Number, Relation, Simplex
from mathcheck.trial.landmarks import entries, is_continuous
from mathcheck.trial.sample import Array, assigned, ends, seed

FAR = 64  # a size that is far enough
LADDER = (5, 8, 16, FAR)
BEYOND = (512, 4096, 32768, 10**6, 10**9, 10**12)  # where an order has a constant in it
BUDGET = 250_000  # numbers that one size may take
COUNT = 9  # points at each
DIAGONAL = (1, 7)  # of them, of which a matrix is a diagonal one: alike, in two halves
EVERY = 128  # up to which each size is tried if there is nothing else to be drawn
PLAIN = {"0", "1", "2"}  # numbers that bound nothing by themselves


def has_constant(node: Node) -> bool:
    """Say whether a number bounds something: then a large size may exceed it."""
    return any(isinstance(n, Number) and n.text not in PLAIN for n in node.parts)


def named_sizes(node: Node) -> list[int]:
    """Return the whole numbers that a statement names, and those beside them."""
    found = {int(n.text) for n in node.parts
             if isinstance(n, Number) and n.text.isdigit()}  # fmt: skip
    return sorted({n + step for n in found for step in (-1, 0, 1) if n + step > 0})


def ladder(node: Node, *, ordered: bool, counted: bool, alone: bool) -> list[int]:
    """Return the larger sizes to try.

    One, the largest, is enough for an identity in which no number is the size itself.
    A statement on a size alone is cheap, and may fail at any one.
    """
    if not (ordered or counted):
        return [FAR]
    beyond = BEYOND if ordered and has_constant(node) else ()
    named = named_sizes(node) if counted else []
    every = range(1, EVERY + 1) if alone else ()
    return sorted({*LADDER, *every, *beyond, *(n for n in named if n > 4)})


def smaller(tried: int, failed: int) -> list[int]:
    """Return the size to try instead of one that takes too much."""
    return [n for n in reversed(LADDER) if tried < n < failed][:1]


def unlike(names: list[str], size: int) -> dict[str, int]:
    """Give the main size this value and the others smaller ones."""
    first = "K" if "K" in names else names[0]
    rest = [name for name in names if name != first]
    return {first: size, **{name: max(2, size - i) for i, name in enumerate(rest, 1)}}


def exponent(costs: dict[int, float]) -> float:
    """Return with which power of the size the cost grows, at the sizes tried."""
    if len(costs) < 2:
        return 1.0
    *_, one, other = sorted(costs)
    return float(np.log(costs[other] / costs[one]) / np.log(other / one))


def structured(evaluator: Evaluator, variable: Variable, more: int) -> Quantity:
    """Give a symbol values of different forms: alike, one apart, in two halves, ..."""
    found = assigned(evaluator, variable, more)
    if not is_continuous(variable):
        return found
    values = dual.primal(found.array).copy()
    base = entries(variable.space)
    rng = seed(variable.name, more, 5)
    if isinstance(base, Simplex):
        for i in range(1, len(values)):
            weights = np.abs(form(i, values.shape[1:], rng))
            if not base.open and i % 5 == 2:
                weights = weights * (weights > 0.5)
            total = weights.sum(axis=-2, keepdims=True)
            good = (total > 0).all() and (not base.open or (weights > 0).all())
            values[i] = weights / total if good else values[i]
        return Quantity(values, found.rank)
    assert isinstance(base, Interval)
    low, high = ends(evaluator, base)
    for i in range(1, len(values)):
        made = form(i, values.shape[1:], rng)
        if np.isfinite(low) and np.isfinite(high):
            made = low + (high - low) * np.clip(np.abs(made), 0.01, 0.99)
        elif np.isfinite(low):
            made = low + np.abs(made) + 0.01
        elif np.isfinite(high):
            made = high - np.abs(made) - 0.01
        values[i] = made
    return Quantity(values, found.rank)


def form(which: int, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Return numbers of one of several forms."""
    alike = np.full(shape, 0.8)
    order = np.arange(1, shape[-2] + 1).reshape(-1, 1)
    forms = (
        lambda: rng.normal(size=shape),
        lambda: alike,
        lambda: np.where(order == 1 + which % shape[-2], 1.0, 1e-3 * alike),
        lambda: alike * np.where(order % 2 == 0, 1, -1),
        lambda: alike * order / shape[-2],
        lambda: 3 * rng.normal(size=shape),
        lambda: np.exp(-2 * rng.exponential(size=shape)),
        lambda: np.where(2 * order > shape[-2], 0.9, 0.1) * alike,
        lambda: np.where(order == shape[-2], shape[-2] - 1.0, 1.0) * alike,
    )
    found = np.asarray(forms[which % len(forms)]() * np.ones(shape))
    if shape[-1] > 1 and which in DIAGONAL:
        return found * np.eye(shape[-2], shape[-1])
    return found


def is_order(node: Node) -> bool:
    """Say whether a statement is an inequality of numbers, or a chain of such."""
    orders = {"<", ">", r"\le", r"\ge"}
    return isinstance(node, Relation) and not orders.isdisjoint(node.operators)
