"""Sums, differences, products, quotients and powers, by the rules of linear algebra.

0 log 0 is 0 where the page says so, and 0^0 is 1.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.alternatives import squared_norm
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
    left, right = evaluator(node.left), evaluator(node.right)
    if node.operation in "+-":
        right = negative(right) if node.operation == "-" else right
        return add(left, right)
    if node.operation == "/":
        return divide(left, right)
    if evaluator.scope.zero_log_zero:
        if is_logarithm(node.right):
            right = zero_wins(right, left)
        if is_logarithm(node.left):
            left = zero_wins(left, right)
    if node.operation == "times" and "number" not in (left.rank, right.rank):
        raise ShapeError(r"\times of two vectors or matrices; leave the sign out")
    if node.operation == "oslash":
        divisor = known(right, "a quotient")
        inverse = Quantity(1 / divisor.array, divisor.rank)
        return elementwise_product(left, inverse)
    operations = {"*": multiply, "times": multiply, "dot": inner,
                  "odot": elementwise_product, "kron": kronecker}  # fmt: skip
    return operations[node.operation](left, right)


def is_logarithm(node: Node) -> bool:
    """Say whether a factor is a logarithm: then 0 times it may be 0 log 0."""
    inner = unbracketed(node)
    if isinstance(inner, Negated | Indexed):
        return is_logarithm(inner.body if isinstance(inner, Negated) else inner.base)
    return isinstance(inner, Call) and inner.function == "log"


def zero_wins(x: Thing, other: Thing) -> Thing:
    """Return x with 0 for what is infinite where the other factor is 0: 0 log 0 = 0."""
    if isinstance(x, Pending) or isinstance(other, Pending):
        return x
    values, zeros = dual.primal(x.array), dual.primal(other.array) == 0
    if not np.isinf(values).any() or not zeros.any() or x.rank != other.rank:
        return x
    return Quantity(dual.where(np.isinf(values) & zeros, 0.0, x.array), x.rank)


def raised(evaluator: Evaluator, node: Binary) -> Thing:
    """Evaluate a power."""
    exponent = evaluator(node.right)
    if isinstance(node.left, Constant) and node.left.name == "e":
        body = known(exponent, "an exponent")
        if body.rank == "matrix":
            raise RefusedError("e to a matrix can be read in two ways")
        return Quantity(dual.exp(body.array), body.rank)
    if isinstance(node.left, Norm) and node.right == Number("2"):
        return squared_norm(evaluator, node.left)
    base = evaluator(node.left)
    if exponent.rank != "number":
        raise ShapeError("an exponent must be a number")
    top = known(exponent, "a power").array
    values = np.ravel(dual.primal(top))
    constant = not isinstance(top, dual.Dual) and values.size == 1
    if base.rank == "matrix" and constant:
        return matrix_power(known(base, "a power"), float(values[0]))
    if base.rank != "number":
        raise ShapeError(r"a power of a vector; write the components, or z \odot z")
    bottom = known(base, "a power").array
    if constant and float(values[0]).is_integer():
        return Quantity(bottom ** int(values[0]))
    return Quantity(general_power(bottom, top))


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


def matrix_power(base: Quantity, exponent: float) -> Quantity:
    """Raise a square matrix to a whole power."""
    rows, columns = base.shape
    if rows != columns:
        raise SizeError(f"a power of {base.words}")
    if exponent == -1:
        if isinstance(base.array, dual.Dual):
            raise RefusedError("the derivative of an inverse is not evaluated")
        with np.errstate(all="ignore"):
            finite = np.isfinite(base.array).all(axis=(-1, -2), keepdims=True)
            known_entries = np.where(finite, base.array, 0)
            singular = np.asarray(~(np.linalg.cond(known_entries) < 1e12))
            safe = np.where(singular[..., None, None], np.eye(rows), known_entries)
            inverse = np.linalg.inv(safe)
        return Quantity(np.where(singular[..., None, None], np.nan, inverse), "matrix")
    if exponent not in (2, 3, 4):
        raise ShapeError("this power of a matrix is not evaluated")
    result = base.array
    for _ in range(int(exponent) - 1):
        result = result @ base.array
    return Quantity(result, "matrix")
