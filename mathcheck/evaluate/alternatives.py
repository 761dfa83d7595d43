"""Functions defined piecewise: cases, indicators, absolute values; and norms."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.arithmetic import general_power
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.functions import determinant, square_root
from mathcheck.evaluate.largest import chosen
from mathcheck.evaluate.logic import holds
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.read.problems import RefusedError, ShapeError
from mathcheck.read.syntax import ZERO, Absolute, Cases, Indicator, Node, Norm
from mathcheck.read.tree import unbracketed


@rule(Cases)
def evaluate_cases(evaluator: Evaluator, node: Cases) -> Thing:
    """Evaluate the first case whose condition holds."""
    values = [known(evaluator(value), "a case") for value, _ in node.rows]
    zeros = [unbracketed(value) == ZERO for value, _ in node.rows]  # of any shape
    whole = [v for v, zero in zip(values, zeros, strict=True) if not zero] or values
    ranks = {value.rank for value in whole}
    if len(ranks) > 1:
        raise ShapeError("the cases are of different kinds", node.at)
    result: Value = np.full((1, 1), np.nan)
    covered = np.zeros((1, 1), bool)
    doubt, evaluator.doubt = evaluator.doubt, np.zeros((1, 1), bool)
    for (_, condition), value in zip(node.rows, values, strict=True):
        mask = np.ones((1, 1), bool)
        if condition is not None:
            mask = holds(evaluator, condition)
            if (mask & covered).any():
                check_overlap(node, mask & covered, result, value.array)
        result = dual.where(mask & ~covered, value.array, result)
        covered = covered | mask
    if evaluator.doubt.any():
        result = dual.where(evaluator.doubt, np.nan, result)
    evaluator.doubt = doubt
    return Quantity(result, whole[0].rank)


def check_overlap(node: Cases, both: np.ndarray, first: Value, second: Value) -> None:
    """Refuse cases that give two values for one point."""
    a, b, mask = np.broadcast_arrays(dual.primal(first), dual.primal(second), both)
    one, other = a[mask].astype(float), b[mask].astype(float)
    if not np.allclose(one, other, equal_nan=True):
        raise RefusedError("two cases hold at once, with different values", node.at)


@rule(Indicator)
def evaluate_indicator(evaluator: Evaluator, node: Indicator) -> Thing:
    """Evaluate 1 where a condition holds, and 0 elsewhere."""
    doubt, evaluator.doubt = evaluator.doubt, np.zeros((1, 1), bool)
    result: Value = holds(evaluator, node.condition).astype(float)
    if evaluator.doubt.any():
        result = dual.where(evaluator.doubt, np.nan, result)
    evaluator.doubt = doubt
    return Quantity(result)


@rule(Absolute)
def evaluate_absolute(evaluator: Evaluator, node: Absolute) -> Thing:
    """Evaluate an absolute value."""
    body = known(evaluator(node.body), "an absolute value")
    if node.each:
        return Quantity(dual.absolute(body.array), body.rank)
    if body.rank == "matrix" and body.shape[0] == body.shape[1]:
        return determinant(evaluator, body)  # |A|, as in the normal density
    if body.rank != "number":
        raise ShapeError(f"|...| of {body.words}; write \\lVert ... \\rVert for a norm")
    return Quantity(dual.absolute(body.array))


# Of a matrix A each of these is the norm of its entries, or that of a map
MATRIX_NORMS = {
    "1": r"\sum_{i, j} |A_{ij}| or \max_j \sum_i |A_{ij}|",
    "2": r"\lVert ... \rVert_F or \sqrt{\lambda_{\max}(A^\top A)}",
    r"\infty": r"\max_{i, j} |A_{ij}| or \max_i \sum_j |A_{ij}|",
}


@rule(Norm)
def evaluate_norm(evaluator: Evaluator, node: Norm) -> Thing:
    """Evaluate a norm of a vector, or the Frobenius norm of a matrix."""
    body = known(evaluator(node.body), "a norm")
    if body.rank == "number":
        return Quantity(dual.absolute(body.array))
    if body.rank == "matrix" and node.order not in ("F", r"\text{F}"):
        repair = MATRIX_NORMS.get(node.order or "", MATRIX_NORMS["2"])
        raise RefusedError(
            f"the norm of a matrix can be read in two ways; write {repair}", node.at
        )
    entries = (-1, -2)
    if node.degree is not None:
        return norm_of_degree(evaluator, body, node.degree)
    if node.order == "1":
        return Quantity(dual.absolute(body.array).sum(entries, keepdims=True))
    if node.order == r"\infty":
        sizes = dual.absolute(body.array)
        return Quantity(chosen(chosen(sizes, -2, largest=True), -1, largest=True))
    if node.order and node.order.isdigit() and node.order != "2":
        power = int(node.order)
        total = (dual.absolute(body.array) ** power).sum(entries, keepdims=True)
        one = np.ones((1, 1))
        root = (real.lifted(one) if evaluator.exact else one) / power
        return Quantity(general_power(total, root))
    return Quantity(square_root((body.array**2).sum(entries, keepdims=True)))


def norm_of_degree(evaluator: Evaluator, body: Quantity, degree: Node) -> Thing:
    """Evaluate the p-norm of a vector, for a p that is a symbol."""
    p = known(evaluator(degree), "the degree of a norm")
    if p.rank != "number":
        raise ShapeError("the degree of a norm must be a number", degree.at)
    total = general_power(dual.absolute(body.array), p.array).sum(
        (-1, -2), keepdims=True
    )
    return Quantity(general_power(total, 1 / p.array))
