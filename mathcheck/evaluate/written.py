"""Vectors and matrices that are written out, entry by entry, with dots perhaps.

Dots stand for the entries whose number lies between those beside them.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.axes import to_structure, trimmed
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, broadcast, rule
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.read.dots import pattern
from mathcheck.read.problems import RefusedError, ShapeError, SizeError
from mathcheck.read.syntax import ZERO, Dots, Grid, Matrix, Node, Number, Vector


@rule(Vector)
def evaluate_vector(evaluator: Evaluator, node: Vector) -> Thing:
    """Evaluate components in brackets."""
    items = [known(x, "a component") for x in sequence(evaluator, node.items)]
    if not any(isinstance(item, Dots) for item in node.items):
        evaluator.literal = True
    if any(item.rank not in ("number", "column") for item in items):
        raise ShapeError("the components of a vector must be numbers")
    return Quantity(stacked([item.array for item in items], -2), "column")


@rule(Matrix)
def evaluate_matrix(evaluator: Evaluator, node: Matrix) -> Thing:
    """Evaluate a matrix that is written out."""
    evaluator.literal = True
    blocks = [[known(evaluator(item), "an entry") for item in r] for r in node.rows]
    rows = [stacked([block.array for block in row], -1) for row in filled(node, blocks)]
    numbers = all(block.rank == "number" for row in blocks for block in row)
    single = len(node.rows) == 1 and numbers
    return Quantity(stacked(rows, -2), "row" if single else "matrix")


def filled(node: Matrix, blocks: list[list[Quantity]]) -> list[list[Quantity]]:
    """Return the blocks of a matrix with a 0 as large as its row and its column."""
    heights = [max(block.shape[0] for block in row) for row in blocks]
    widths = [max(b.shape[1] for b in column) for column in zip(*blocks, strict=True)]
    result = []
    for row, items, height in zip(blocks, node.rows, heights, strict=True):
        result.append([
            Quantity(np.zeros((height, width)), "matrix") if item == ZERO else b
            for b, item, width in zip(row, items, widths, strict=True)
        ])  # fmt: skip
        for block, width in zip(result[-1], widths, strict=True):
            if block.shape != (height, width):
                raise ShapeError("the blocks of a matrix do not fit together", node.at)
    return result


@rule(Grid)
def evaluate_grid(evaluator: Evaluator, node: Grid) -> Thing:
    """Evaluate a matrix by the entry that each of its rows and columns has."""
    axes = []
    with evaluator.layer() as layer:
        for name, size in ((node.row, node.height), (node.column, node.width)):
            axes.append(evaluator.new_axis(evaluator.whole(size)))
            counter = Quantity(axes[-1].laid(np.arange(1, axes[-1].length + 1)))
            layer.values["plain", name, 0] = counter
        found = known(evaluator(node.entry), "an entry")
        if found.rank != "number":
            raise ShapeError("the entries of a matrix must be numbers", node.at)
        array = to_structure(found.array, axes[0], -2)
        array = to_structure(array, axes[1], -1)
    return Quantity(trimmed(array), "matrix")


def stacked(values: list[Value], place: int) -> Value:
    """Join arrays along the rows or the columns."""
    tag = dual.outermost(*values)
    if tag:
        pairs = [dual.split(v, tag) for v in values]
        changes = [np.zeros(dual.primal(v).shape[-2:]) if d is None else d
                   for v, d in pairs]  # fmt: skip
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
    found = pattern(items[: dots[0]], items[-1], items[0].at)
    low, high = evaluator.whole(found.low), evaluator.whole(found.high)
    if high - low > 1000:
        raise RefusedError("dots that stand for more than 1000 entries", items[0].at)
    evaluator.literal |= len(items) > 3  # (z_1, z_2, \dots, z_K) has a second entry
    if high < low or high < len(items) - 2:
        raise SizeError("the dots stand for less than nothing")
    return [evaluator(found.entry(Number(str(n)))) for n in range(low, high + 1)]
