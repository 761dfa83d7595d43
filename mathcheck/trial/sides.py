"""Two sides of a relation, brought to one shape; and orders that are not of numbers."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.quantity import RANKS, Pending, Quantity, Thing, known
from mathcheck.read.problems import RefusedError, ShapeError, SizeError
from mathcheck.read.scope import Scope
from mathcheck.read.syntax import Node, Number, Range
from mathcheck.read.tree import unbracketed


class Refuted(Exception):  # noqa: N818
    """A point at which the statement is false."""


def index_like(scope: Scope, name: str) -> bool:
    """Say whether a name is an index."""
    return isinstance(getattr(scope.plain(name), "space", None), Range)


def matched(
    left: Thing, right: Thing, nodes: tuple[Node, Node]
) -> tuple[Quantity, Quantity]:
    """Bring two sides to one shape, or refuse: a number is no vector."""
    if isinstance(left, Pending) and isinstance(right, Pending):
        if left.rank != right.rank:
            raise ShapeError(sides_differ(left, right))
        return left.sized(3), right.sized(3)
    for thing, node in ((left, nodes[1]), (right, nodes[0])):
        zero = unbracketed(node)
        if isinstance(zero, Number) and zero.text == "0" and thing.rank != "number":
            size = known(thing, "a comparison with 0")
            empty = Quantity(np.zeros(size.shape), size.rank)
            return (size, empty) if thing is left else (empty, size)
    if left.rank != right.rank:
        raise ShapeError(sides_differ(left, right))
    if isinstance(left, Pending):
        assert isinstance(right, Quantity)
        left = left.like(right)
    if isinstance(right, Pending):
        right = right.like(left)
    if left.shape != right.shape:
        raise SizeError(f"the left side is {left.words}, the right side {right.words}")
    return left, right


def sides_differ(left: Thing, right: Thing) -> str:
    """Say what the two sides are, and how that is mended."""
    text = f"the left side is {RANKS[left.rank]} and the right side {RANKS[right.rank]}"
    if {left.rank, right.rank} == {"number", "column"}:
        return text + "; write the index of the component on both sides, or on neither"
    if {left.rank, right.rank} == {"row", "column"}:
        return text + "; a transpose is missing"
    return text


def loewner(a: Quantity, b: Quantity, operator: str) -> np.ndarray:
    """Compare symmetric matrices by the eigenvalues of their difference."""
    if a.rank != "matrix":
        raise ShapeError(rf"{operator} compares matrices")
    gap = dual.primal(b.array) - dual.primal(a.array)
    if operator == r"\succeq":
        gap = -gap
    turned = np.swapaxes(gap, -1, -2)
    scale = float(np.nanmax(np.abs(gap))) if gap.size else 0.0
    if not np.allclose(gap, turned, atol=1e-9 * (1 + scale), equal_nan=True):
        raise RefusedError(rf"{operator} compares symmetric matrices; this one is not")
    safe = np.nan_to_num((gap + turned) / 2)
    least = np.linalg.eigvalsh(safe)[..., :1, None]
    return least >= -1e-9 * (1 + scale)


def overall(operators: tuple[str, ...]) -> str:
    """Return how the first side of a chain is related to the last, if it is known."""
    kinds = set(operators)
    if kinds == {"="}:
        return "="
    if kinds <= {"=", r"\le", "<"}:
        return "<" if "<" in kinds else r"\le"
    if kinds <= {"=", r"\ge", ">"}:
        return ">" if ">" in kinds else r"\ge"
    return ""
