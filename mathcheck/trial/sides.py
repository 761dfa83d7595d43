"""Two sides of a relation, brought to one shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.quantity import RANKS, Pending, Quantity, Thing, known
from mathcheck.read.problems import ShapeError, SizeError
from mathcheck.read.syntax import Node, Number
from mathcheck.read.tree import unbracketed


class Refuted(Exception):  # noqa: N818
    """A point at which the statement is false."""


@dataclass(frozen=True)
class Sides:
    """The values of two sides at all points, and the expressions that have them."""

    left: Quantity
    right: Quantity
    nodes: tuple[Node, Node]

    @property
    def x(self) -> dual.Array:
        """The values of the left side."""
        return dual.primal(self.left.array)

    @property
    def y(self) -> dual.Array:
        """The values of the right side."""
        return dual.primal(self.right.array)

    @property
    def gap(self) -> dual.Array:
        """How far apart the sides are, entry by entry."""
        return np.abs(self.x - self.y)

    @property
    def size(self) -> dual.Array:
        """The larger of the two absolute values, entry by entry."""
        return np.maximum(np.abs(self.x), np.abs(self.y))

    @property
    def named(self) -> list[tuple[str, Quantity]]:
        """Both sides with their names, for a counterexample."""
        return [("left", self.left), ("right", self.right)]


def matched(left: Thing, right: Thing, nodes: tuple[Node, Node]) -> Sides:
    """Bring two sides to one shape, or refuse: a number is no vector."""
    if isinstance(left, Pending) and isinstance(right, Pending):
        if left.rank != right.rank:
            raise ShapeError(sides_differ(left, right))
        return Sides(left.sized(3), right.sized(3), nodes)
    if left.rank != "number" and is_zero(nodes[1]):
        left = known(left, "a comparison with 0")
        right = Quantity(np.zeros(left.shape), left.rank)
    elif right.rank != "number" and is_zero(nodes[0]):
        right = known(right, "a comparison with 0")
        left = Quantity(np.zeros(right.shape), right.rank)
    if left.rank != right.rank:
        raise ShapeError(sides_differ(left, right))
    if isinstance(left, Pending):
        assert isinstance(right, Quantity)
        left = left.like(right)
    if isinstance(right, Pending):
        right = right.like(left)
    if left.shape != right.shape:
        raise SizeError(f"the left side is {left.words}, the right side {right.words}")
    return Sides(left, right, nodes)


def is_zero(node: Node) -> bool:
    """Say whether 0 is written, which is also the zero vector and the zero matrix."""
    inner = unbracketed(node)
    return isinstance(inner, Number) and inner.text == "0"


def sides_differ(left: Thing, right: Thing) -> str:
    """Say what the two sides are, and how that is mended."""
    text = f"the left side is {RANKS[left.rank]} and the right side {RANKS[right.rank]}"
    if {left.rank, right.rank} == {"number", "column"}:
        return text + (
            "; write the index of the component on both sides, or on neither; "
            r"an inner product is written u^\top v"
        )
    if {left.rank, right.rank} == {"row", "column"}:
        return text + "; a transpose is missing"
    return text
