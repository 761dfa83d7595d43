"""Vectors and matrices that are written out, entry by entry, with dots perhaps.

Dots stand for the entries whose number lies between those beside them.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, broadcast, rule
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.read.problems import RefusedError, ShapeError, SizeError
from mathcheck.read.syntax import Dots, Matrix, Node, Number, Vector
from mathcheck.read.tree import children


@rule(Vector)
def evaluate_vector(evaluator: Evaluator, node: Vector) -> Thing:
    """Evaluate components in brackets."""
    items = [known(x, "a component") for x in sequence(evaluator, node.items)]
    if not any(isinstance(item, Dots) for item in node.items):
        evaluator.literal = True
    if any(item.rank != "number" for item in items):
        raise ShapeError("the components of a vector must be numbers")
    return Quantity(stacked([item.array for item in items], -2), "column")


@rule(Matrix)
def evaluate_matrix(evaluator: Evaluator, node: Matrix) -> Thing:
    """Evaluate a matrix that is written out."""
    if any(isinstance(item, Dots) for row in node.rows for item in row):
        raise RefusedError("a matrix with dots is not read; write its entries by index")
    evaluator.literal = True
    rows = []
    for row in node.rows:
        items = [known(evaluator(item), "an entry") for item in row]
        if any(item.rank != "number" for item in items):
            raise ShapeError("the entries of a matrix must be numbers")
        rows.append(stacked([item.array for item in items], -1))
    array = stacked(rows, -2)
    return Quantity(array, "row" if len(node.rows) == 1 else "matrix")


def stacked(values: list[Value], place: int) -> Value:
    """Join arrays along the rows or the columns."""
    tag = dual.outermost(*values)
    if tag:
        pairs = [dual.split(v, tag) for v in values]
        zero: Value = np.zeros((1, 1))
        changes = [zero if d is None else d for _, d in pairs]
        shape = broadcast(*values)
        changes = [dual.linear(lambda a: dual.spread(a, (*shape, *a.shape[-2:])), c)
                   for c in changes]  # fmt: skip
        return dual.Dual(
            tag, stacked([v for v, _ in pairs], place), stacked(changes, place)
        )
    shape = broadcast(*values)
    plain = [dual.primal(v) for v in values]
    arrays = [np.broadcast_to(v, (*shape, *v.shape[-2:])) for v in plain]
    return np.concatenate(arrays, axis=place)


def sequence(evaluator: Evaluator, items: tuple[Node, ...]) -> list[Thing]:
    """Evaluate a list; its dots stand for the entries between those beside them."""
    dots = [i for i, item in enumerate(items) if isinstance(item, Dots)]
    if not dots:
        return [evaluator(item) for item in items]
    if len(dots) > 1 or dots[0] != len(items) - 2 or dots[0] == 0:
        raise RefusedError("dots stand before the last entry", items[0].at)
    pattern = counted(items[0], items[-1])
    if pattern is None:
        raise RefusedError("what the dots stand for cannot be read", items[0].at)
    low, high = evaluator.whole(pattern[0]), evaluator.whole(pattern[1])
    if high - low > 1000:
        raise RefusedError("dots that stand for more than 1000 entries", items[0].at)
    evaluator.literal |= len(items) > 3  # (z_1, z_2, \dots, z_K) has a second entry
    if high < low or high < len(items) - 2:
        raise SizeError("the dots stand for less than nothing")
    return [
        evaluator(counted_entry(items[0], items[-1], pattern, n))
        for n in range(low, high + 1)
    ]


def counted(first: Node, last: Node) -> tuple[Node, Node] | None:
    """Return the number in the first entry and what stands at its place in the last."""
    if isinstance(first, Number) and first.text.isdigit() and first != last:
        return first, last
    if type(first) is not type(last):
        return None
    pairs = [
        found
        for a, b in zip(children(first), children(last), strict=False)
        if a != b and (found := counted(a, b))
    ]
    return pairs[0] if pairs and all(p == pairs[0] for p in pairs) else None


def counted_entry(first: Any, last: Any, pattern: tuple[Node, Node], n: int) -> Any:
    """Return the entry of number n: n stands where the first and the last differ."""
    if (first, last) == pattern:
        return Number(str(n), at=first.at)
    if first == last or not isinstance(first, Node | tuple):
        return first
    if isinstance(first, tuple):
        pairs = zip(first, last, strict=True)
        return tuple(counted_entry(a, b, pattern, n) for a, b in pairs)
    changed = {
        f.name: counted_entry(getattr(first, f.name), getattr(last, f.name), pattern, n)
        for f in fields(first)
        if f.name != "at"
    }
    return replace(first, **changed)
