"""Numbers, columns, rows and matrices: shapes are types, and the rules are strict.

The array of a quantity holds its values at all points at once: the last two axes are
its rows and columns, and the axes before them are the points and the indices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mathcheck.evaluate import dual, room
from mathcheck.evaluate.dual import Value
from mathcheck.read.problems import ShapeError, SizeError

Rank = Literal["number", "column", "row", "matrix"]
Side = Literal["rows", "columns", "both"]

RANKS: dict[Rank, str] = {
    "number": "a number",
    "column": "a vector",
    "row": "a row",
    "matrix": "a matrix",
}


TURNED: dict[Rank, Rank] = {
    "number": "number",
    "column": "row",
    "row": "column",
    "matrix": "matrix",
}
SIDES: dict[Rank, tuple[int, ...]] = {  # the axes on which components are counted
    "number": (),
    "column": (-2,),
    "row": (-1,),
    "matrix": (-2, -1),
}
ACROSS: dict[Side, Side] = {"rows": "columns", "columns": "rows", "both": "both"}


@dataclass(eq=False)  # not frozen, which would take longer: a step makes one
class Quantity:
    """A value and what kind of thing it is; it is not to be changed."""

    array: Value
    rank: Rank = "number"

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = dual.primal(self.array).shape[-2:]
        return rows, columns

    @property
    def along(self) -> int:
        """The axis on which the components of a vector stand."""
        (side,) = SIDES[self.rank]
        return side

    @property
    def words(self) -> str:
        """What it is, for a message."""
        rows, columns = self.shape
        sizes = {"column": f" of length {rows}", "row": f" of length {columns}",
                 "matrix": f" of {rows} by {columns}"}  # fmt: skip
        return RANKS[self.rank] + sizes.get(self.rank, "")


@dataclass(frozen=True)
class Pending:
    """A vector or matrix whose size its place has to tell: ones, I, e_c.

    `open` says which sides are open: ``rows``, ``columns`` or ``both``. The last
    is a square, unless `oblong` says what it is with two sizes.
    """

    make: Callable[[int], Value]
    rank: Rank
    open: Side
    hint: int | None = None  # the other side, if that is known
    oblong: Callable[[int, int], Value] | None = None

    def changed(self, change: Callable[[Value], Value]) -> Pending:
        """Return what becomes of it, once it has its size."""
        oblong = self.oblong
        return Pending(
            lambda n: change(self.make(n)), self.rank, self.open, self.hint,
            oblong and (lambda n, m: change(oblong(n, m))),
        )  # fmt: skip

    def sized(self, n: int) -> Quantity:
        """Return it in a size."""
        room.fits(n * n if self.open == "both" else n)
        return Quantity(self.make(n), self.rank)

    def like(self, other: Quantity) -> Quantity:
        """Return it in the size of something that it is added to."""
        rows, columns = other.shape
        if self.oblong:
            room.fits(rows * columns)
            return Quantity(self.oblong(rows, columns), self.rank)
        return self.sized(columns if self.open == "columns" else rows)


Thing = Quantity | Pending
OPEN_SIZE = (
    "the size of this vector cannot be read; give it as a subscript where it is "
    r"defined, as in \mathbf{1}_N"
)


def number(x: float) -> Quantity:
    """Return a constant."""
    return Quantity(np.array([[float(x)]]))


def ones() -> Pending:
    """Return the vector of ones, of open size."""
    return Pending(lambda n: np.ones((n, 1)), "column", "rows")


def identity() -> Pending:
    """Return the identity matrix, of open size."""
    return Pending(lambda n: np.eye(n), "matrix", "both")


def known(x: Thing, why: str) -> Quantity:
    """Return a quantity, or say that its size cannot be read."""
    if isinstance(x, Pending):
        raise ShapeError(
            f"the size of a vector or matrix cannot be read from {why}; write it as a "
            r"subscript, as in \mathbf{1}_K or I_K"
        )
    return x


def transposed(x: Thing) -> Thing:
    """Turn rows into columns."""
    if isinstance(x, Pending):
        oblong = x.oblong
        return Pending(
            lambda n: x.make(n).swapaxes(-1, -2), TURNED[x.rank], ACROSS[x.open],
            x.hint, oblong and (lambda n, m: oblong(m, n).swapaxes(-1, -2)),
        )  # fmt: skip
    return Quantity(x.array.swapaxes(-1, -2), TURNED[x.rank])


def add(a: Thing, b: Thing) -> Thing:
    """Add two things of one shape."""
    if a.rank != b.rank:
        raise ShapeError(mismatch(a, b))
    if isinstance(a, Pending) and isinstance(b, Pending):
        return add_pending(a, b)
    if isinstance(a, Pending):
        assert isinstance(b, Quantity)
        a = a.like(b)
    if isinstance(b, Pending):
        b = b.like(a)
    if a.shape != b.shape:
        raise SizeError(f"{a.words} and {b.words} cannot be added")
    room.together(a.array, b.array)
    return Quantity(a.array + b.array, a.rank)


def mismatch(a: Thing, b: Thing) -> str:
    """Say why two things of different kinds cannot be added."""
    kinds = f"{RANKS[a.rank]} and {RANKS[b.rank]} cannot be added"
    if {a.rank, b.rank} == {"number", "column"}:
        return kinds + r"; for each component write c\mathbf{1}, or use an index"
    if {a.rank, b.rank} == {"number", "matrix"}:
        return kinds + (
            r"; for the diagonal write c I, for each entry c\mathbf{1}\mathbf{1}^\top"
        )
    return kinds


def add_pending(a: Pending, b: Pending) -> Thing:
    """Add two things of open size."""
    if a.open == b.open:
        return Pending(
            lambda n: a.make(n) + b.make(n), a.rank, a.open, a.hint or b.hint
        )
    hint = a.hint or b.hint  # a square and a matrix of which one side is known
    if hint:
        return add(a.sized(hint), b.sized(hint))
    raise ShapeError("two things of unknown size are added; give one of them a size")


def times(a: Value, b: Value) -> Value:
    """Multiply entry by entry, if there is room for the result."""
    room.together(a, b)
    return a * b


def matrix_product(a: Value, b: Value) -> Value:
    """Multiply matrices, if there is room for the result."""
    room.product(a, b)
    return a @ b


def scale(x: Thing, c: Quantity) -> Thing:
    """Multiply by a number."""
    if isinstance(x, Pending):
        return x.changed(lambda v: times(v, c.array))
    return Quantity(times(x.array, c.array), x.rank)


def multiply(a: Thing, b: Thing) -> Thing:
    """Multiply as juxtaposition does: numbers scale, matrices follow their rule."""
    if a.rank == "number":
        return scale(b, known(a, "here"))
    if b.rank == "number":
        return scale(a, known(b, "here"))
    if isinstance(a, Pending) and isinstance(b, Pending):
        return multiply_pending(a, b)
    columns = {"column": 1, "row": 0, "matrix": 0}[a.rank]
    rows = {"column": 0, "row": 1, "matrix": 0}[b.rank]
    if columns != rows or (columns == 1 and a.rank == b.rank):
        raise ShapeError(no_product(a, b))
    if isinstance(a, Pending):
        assert isinstance(b, Quantity)
        if a.open in ("columns", "both"):
            return multiply(a.sized(b.shape[0]), b)
        return Pending(
            lambda n: matrix_product(a.make(n), b.array), rank_of(a, b), "rows",
            b.shape[1],
        )  # fmt: skip
    if isinstance(b, Pending):
        if b.open in ("rows", "both"):
            return multiply(a, b.sized(a.shape[1]))
        return Pending(
            lambda n: matrix_product(a.array, b.make(n)), rank_of(a, b), "columns",
            a.shape[0],
        )  # fmt: skip
    if a.shape[1] != b.shape[0]:
        raise SizeError(f"{a.words} and {b.words} cannot be multiplied")
    return Quantity(matrix_product(a.array, b.array), rank_of(a, b))


def rank_of(a: Thing, b: Thing) -> Rank:
    """Return what kind of thing a matrix product is."""
    tall, wide = a.rank in ("column", "matrix"), b.rank in ("row", "matrix")
    if tall:
        return "matrix" if wide else "column"
    return "row" if wide else "number"


def multiply_pending(a: Pending, b: Pending) -> Thing:
    """Multiply two things of open size."""
    if a.rank == "column" and b.rank == "row":  # 1 1^T
        return Pending(
            lambda n: matrix_product(a.make(n), b.make(n)), "matrix", "both",
            oblong=lambda n, m: matrix_product(a.make(n), b.make(m)),
        )  # fmt: skip
    if a.open == "both" or b.open == "both":
        if rank_of(a, b) in ("matrix", "column", "row") and a.rank != "column":
            other = b if a.open == "both" else a
            return Pending(
                lambda n: matrix_product(a.make(n), b.make(n)), other.rank, other.open
            )
    raise ShapeError(
        r"the sizes of two factors cannot be read; write one as in \mathbf{1}_K"
    )


def no_product(a: Thing, b: Thing) -> str:
    """Say why two things have no matrix product, and what may be meant."""
    text = f"{RANKS[a.rank]} times {RANKS[b.rank]} is not defined"
    if a.rank == b.rank == "column":
        return text + r"; write u^\top v for the inner product or u \odot v for each"
    return text + "; a transpose may be missing"


def elementwise_product(a: Thing, b: Thing) -> Thing:
    """Multiply component by component."""
    if a.rank != b.rank:
        raise ShapeError(
            rf"\odot takes two things of one shape, not {RANKS[a.rank]} and "
            f"{RANKS[b.rank]}"
        )
    if isinstance(a, Pending) and isinstance(b, Quantity):
        a = a.like(b)
    elif isinstance(b, Pending) and isinstance(a, Quantity):
        b = b.like(a)
    a, b = known(a, "this product"), known(b, "this product")
    if a.shape != b.shape:
        raise SizeError(rf"\odot of {a.words} and {b.words}")
    return Quantity(times(a.array, b.array), a.rank)


def inner(a: Thing, b: Thing) -> Thing:
    r"""Multiply with a dot: of two vectors it is the inner product."""
    if a.rank == b.rank == "column":
        return multiply(transposed(a), b)
    return multiply(a, b)


def kronecker(a: Thing, b: Thing) -> Thing:
    """Return the Kronecker product; I and ones in it have what is left of its size."""
    rank = a.rank if a.rank == b.rank else "matrix"
    for factor, other in ((a, b), (b, a)):
        if isinstance(factor, Pending) and isinstance(other, Quantity):

            def made(n: int, x: Pending = factor, y: Quantity = other) -> Value:
                left = x.sized(share(n, y))
                return blocks(left, y) if x is a else blocks(y, left)

            return Pending(made, rank, factor.open)
    a, b = known(a, "a Kronecker product"), known(b, "a Kronecker product")
    return Quantity(blocks(a, b), rank)


def share(n: int, other: Quantity) -> int:
    """Return the size of a factor whose product with another one has the size n."""
    size, rest = divmod(n, max(other.shape))
    if rest or min(other.shape) not in (1, max(other.shape)):
        raise SizeError(f"a Kronecker product of the size {n} with {other.words}")
    return size


def blocks(a: Quantity, b: Quantity) -> Value:
    """Return each entry of a matrix times all of another one."""

    def product(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        each = x[..., :, None, :, None] * y[..., None, :, None, :]
        shape = each.shape
        return each.reshape(*shape[:-4], shape[-4] * shape[-3], shape[-2] * shape[-1])

    room.blocks(a.array, b.array)
    return dual.bilinear(product, a.array, b.array)


def divide(a: Thing, b: Thing) -> Thing:
    """Divide by a number."""
    if b.rank != "number":
        raise ShapeError(
            f"divides by {RANKS[b.rank]}; write the components, or \\oslash"
        )
    divisor = known(b, "here").array
    if isinstance(a, Pending):
        return a.changed(lambda v: v / divisor)
    room.together(a.array, divisor)
    return Quantity(a.array / divisor, a.rank)


def negative(x: Thing) -> Thing:
    """Change the sign."""
    return scale(x, number(-1))


def vector(x: Thing, name: str) -> Quantity:
    """Return a vector, or say that one number is none."""
    quantity = known(x, name)
    if quantity.rank == "number":
        raise ShapeError(f"{name} of one number; it is a function of the whole vector")
    if quantity.rank == "matrix":
        raise ShapeError(
            f"{name} of a matrix can be read by rows or by columns; write its rows, as "
            r"in X_{i,:}, or declare them: X_i \in \mathbb{R}^K"
        )
    return quantity
