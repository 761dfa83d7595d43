"""Sums, differences, products, quotients and powers, by the rules of linear algebra.

0 log 0 is 0 where the page says so, and 0^0 is 1.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual, elimination, real
from mathcheck.evaluate.componentwise import (
    alike,
    product_by_components,
    product_of_components,
    quotient,
)
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.quantity import (
    Pending,
    Quantity,
    Thing,
    add,
    divide,
    elementwise_product,
    inner,
    known,
    kronecker,
    multiply,
    negative,
    transposed,
)
from mathcheck.read.problems import RefusedError, ShapeError, SizeError
from mathcheck.read.syntax import (
    Binary,
    Call,
    Constant,
    Indexed,
    Negated,
    Node,
    Norm,
    Number,
    Transposed,
)
from mathcheck.read.tree import unbracketed

FROBENIUS = ("F", r"\text{F}")


@rule(Negated)
def evaluate_negated(evaluator: Evaluator, node: Negated) -> Thing:
    """Evaluate a change of sign."""
    return negative(evaluator(node.body))


@rule(Transposed)
def evaluate_transposed(evaluator: Evaluator, node: Transposed) -> Thing:
    """Evaluate a transpose."""
    body = evaluator(node.body)
    if body.rank == "number":
        raise ShapeError("the transpose of a number")
    return transposed(body)


@rule(Binary)
def evaluate_binary(evaluator: Evaluator, node: Binary) -> Thing:
    """Evaluate an operation."""
    if node.operation == "^":
        return raised(evaluator, node)
    if (within := node.around_product) is not None:
        return either_way(evaluator, node, within)
    return combined(evaluator, node)


def combined(evaluator: Evaluator, node: Binary) -> Thing:
    """Evaluate an operation other than a power, as it is grouped."""
    left, right = evaluator(node.left), evaluator(node.right)
    if node.operation in "+-":
        right = negative(right) if node.operation == "-" else right
        if evaluator.componentwise:
            left, right = alike(left, right)
        return add(left, right)
    if node.operation == "/":
        divisor = without_poles(evaluator, right, node.right)
        if evaluator.componentwise and right.rank == "column":
            return quotient(left, divisor)
        return divide(left, divisor)
    if evaluator.scope.zero_log_zero:
        if is_logarithm(node.right):
            right = zero_wins(right, left)
        if is_logarithm(node.left):
            left = zero_wins(left, right)
    if node.operation == "times" and "number" not in (left.rank, right.rank):
        raise ShapeError(
            r"\times or * of two vectors or matrices; write \odot for each component, "
            "and no sign for the matrix product"
        )
    if node.operation == "circ" and "number" in (left.rank, right.rank):
        raise ShapeError(r"\circ of numbers; write \cdot, or the function of a value")
    if node.operation == "mod":
        return remainder(left, right)
    if node.operation == "oslash":
        divisor = known(right, "a quotient")
        inverse = Quantity(1 / divisor.array, divisor.rank)
        return elementwise_product(left, inverse)
    if evaluator.componentwise and product_by_components(evaluator, node, left, right):
        return product_of_components(left, right)
    operations = {"*": multiply, "times": multiply, "dot": inner,
                  "odot": elementwise_product, "circ": elementwise_product,
                  "kron": kronecker}  # fmt: skip
    return operations[node.operation](left, right)


def either_way(evaluator: Evaluator, node: Binary, within: Binary) -> Thing:
    r"""Evaluate x \odot A y as (x \odot A) y or x \odot (A y), whichever there is."""
    if evaluator(node.right).rank == "number":
        return combined(evaluator, node)
    try:
        first = combined(evaluator, node)
    except ShapeError:
        return evaluator(within)
    try:
        second = evaluator(within)
    except ShapeError:
        return first
    one, other = (dual.primal(known(x, "a product").array) for x in (first, second))
    if np.allclose(one, other, equal_nan=True):
        return first
    raise RefusedError(
        r"A \odot B C can be read in two ways; write (A \odot B) C or A \odot (B C)",
        node.at,
    )


def remainder(left: Thing, right: Thing) -> Quantity:
    """Return what is left of whole numbers, from 0 up to below the divisor."""
    a, b = known(left, "a remainder"), known(right, "a remainder")
    if not a.rank == b.rank == "number":
        raise ShapeError(r"\bmod of vectors; write the components")
    if isinstance(a.array, dual.Dual) or isinstance(b.array, dual.Dual):
        raise RefusedError(r"the derivative of \bmod is not evaluated")
    return Quantity(np.mod(a.array, b.array))


def without_poles(evaluator: Evaluator, divisor: Thing, node: Node) -> Thing:
    """Return a divisor that is no number where it is 0, or infinite at a pole.

    So 1 / (1 / 0) is not 0; what only overflows, as 1 + e^x, stays. With more digits
    it is asked again what it is there.
    """
    if evaluator.exact or isinstance(divisor, Pending):
        return divisor
    values = dual.primal(divisor.array)
    none = values == 0
    if has_pole(node):
        none = none | np.isinf(values)
    if not none.any():
        return divisor
    return Quantity(dual.where(none, np.nan, divisor.array), divisor.rank)


def has_pole(node: Node) -> bool:
    """Say whether an expression may be infinite at a point."""
    return any(
        (isinstance(part, Binary) and part.operation == "/")
        or (isinstance(part, Call) and part.function == "log")
        for part in node.parts
    )


def is_logarithm(node: Node) -> bool:
    """Say whether a factor is made of logarithms: then 0 times it may be 0 log 0."""
    inner = unbracketed(node)
    if isinstance(inner, Negated | Indexed):
        return is_logarithm(inner.body if isinstance(inner, Negated) else inner.base)
    if isinstance(inner, Binary) and inner.operation in ("+", "-", "/"):
        return is_logarithm(inner.left) or (
            inner.operation != "/" and is_logarithm(inner.right)
        )
    return isinstance(inner, Call) and inner.function == "log"


def zero_wins(x: Thing, other: Thing) -> Thing:
    """Return x with 0 for what is infinite where the other factor is 0: 0 log 0 = 0."""
    if isinstance(x, Pending) or isinstance(other, Pending):
        return x
    values, zeros = dual.primal(x.array), dual.primal(other.array) == 0
    endless = ~real.isfinite(values)
    if not endless.any() or not zeros.any() or x.rank != other.rank:
        return x
    return Quantity(dual.where(endless & zeros, 0.0, x.array), x.rank)


def raised(evaluator: Evaluator, node: Binary) -> Thing:
    """Evaluate a power."""
    exponent = evaluator(node.right)
    if isinstance(node.left, Constant) and node.left.name == "e":
        body = known(exponent, "an exponent")
        if body.rank == "matrix":
            raise RefusedError("e to a matrix can be read in two ways")
        return Quantity(dual.exp(body.array), body.rank)
    if length := squared_length(evaluator, node):
        return length
    base = evaluator(node.left)
    if exponent.rank != "number":
        raise ShapeError("an exponent must be a number")
    top = known(exponent, "a power").array
    values = np.ravel(dual.primal(top))
    constant = not isinstance(top, dual.Dual) and values.size == 1
    if base.rank == "matrix" and constant:
        return matrix_power(known(base, "a power"), float(values[0]))
    if base.rank != "number" and not (
        evaluator.componentwise and base.rank == "column"
    ):
        raise ShapeError(r"a power of a vector; write the components, or z \odot z")
    bottom = known(base, "a power").array
    if constant and float(values[0]).is_integer() and values[0] == int(values[0]):
        return Quantity(bottom ** int(values[0]), base.rank)  # not 1 + 10^{-30}
    return Quantity(general_power(bottom, top), base.rank)


def squared_length(evaluator: Evaluator, node: Binary) -> Thing | None:
    """Evaluate the square of a Euclidean norm, which has a derivative at 0 too."""
    norm = unbracketed(node.left)
    if node.right != Number("2") or not isinstance(norm, Norm) or norm.degree:
        return None
    body = known(evaluator(norm.body), "a norm")
    entrywise = (
        norm.order in (None, "2") if body.rank != "matrix" else norm.order in FROBENIUS
    )
    if not entrywise:
        return None
    return Quantity((body.array**2).sum((-1, -2), keepdims=True))


def general_power(x: Value, y: Value) -> Value:
    """Raise to a power that varies; 0 to the power 0 is 1."""
    tag = dual.outermost(x, y)
    if not tag:
        return np.power(dual.primal(x), dual.primal(y))
    (x, dx), (y, dy) = dual.split(x, tag), dual.split(y, tag)
    value = general_power(x, y)
    by_base = by_exponent = None
    if dx is not None:
        flat = dual.primal(y) == 0  # of x^0, at x = 0 too
        by_base = dual.where(flat, 0.0, y * general_power(x, y - 1)) * dx
    if dy is not None:
        by_exponent = value * dual.log(x) * dy
    return dual.Dual(tag, value, dual.total(by_base, by_exponent))


SMALL_POWERS = range(11)  # of a matrix, which are multiplied out


def matrix_power(base: Quantity, exponent: float) -> Quantity:
    """Raise a square matrix to a whole power."""
    rows, columns = base.shape
    if rows != columns:
        raise SizeError(f"a power of {base.words}")
    if exponent == -1:
        return Quantity(elimination.inverse(base.array), "matrix")
    if exponent < 0 and abs(exponent) in SMALL_POWERS:
        return matrix_power(matrix_power(base, -1), -exponent)
    if exponent not in SMALL_POWERS:
        raise ShapeError("this power of a matrix is not evaluated")
    if exponent == 0:
        return Quantity(0 * dual.primal(base.array) + np.eye(rows), "matrix")
    result = base.array
    for _ in range(int(exponent) - 1):
        result = result @ base.array
    return Quantity(result, "matrix")
