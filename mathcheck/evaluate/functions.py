"""The functions that a page need not define: elementary ones, softmax, traces, ...

Those of a number are applied entry by entry; each knows its derivative.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from math import factorial as fact

import numpy as np

from mathcheck.evaluate import dual, elimination, real, room
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.largest import extreme_of
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known, vector
from mathcheck.read.problems import RefusedError, ShapeError

Function = Callable[..., Thing]


FUNCTIONS: dict[str, Function] = {}


def elementwise(f: Callable[[Value], Value]) -> Function:
    """Return a function of each component; of a matrix too."""

    def function(_: Evaluator, x: Thing) -> Thing:
        quantity = known(x, "an argument")
        return Quantity(f(quantity.array), quantity.rank)

    return function


def sigmoid(x: Value) -> Value:
    """Return 1 / (1 + e^-x)."""
    if real.exact(dual.primal(x)):  # where 1 + tanh would cancel
        return 1 / (1 + dual.exp(-x))
    return 0.5 * (1 + tanh(0.5 * x))


def tanh(x: Value) -> Value:
    """Return the hyperbolic tangent."""
    return dual.elementwise(np.tanh, lambda a: 1 - tanh(a) ** 2, x)


def softplus(x: Value) -> Value:
    """Return log(1 + e^x)."""

    def value(a: dual.Array) -> dual.Array:
        return np.log(1 + np.exp(a)) if real.exact(a) else np.logaddexp(0, a)

    return dual.elementwise(value, sigmoid, x)


def square_root(x: Value) -> Value:
    """Return the square root."""
    return dual.elementwise(np.sqrt, lambda a: 0.5 / square_root(a), x)


def sinh(x: Value) -> Value:
    """Return the hyperbolic sine."""
    return 0.5 * (dual.exp(x) - dual.exp(-x))


def cosh(x: Value) -> Value:
    """Return the hyperbolic cosine."""
    return 0.5 * (dual.exp(x) + dual.exp(-x))


def tangent(x: Value) -> Value:
    """Return the tangent."""
    return dual.sine(x) / dual.cosine(x)


def positive_part(x: Value) -> Value:
    """Return max(x, 0); at 0 it has no derivative."""

    def slope(a: Value) -> Value:
        values = dual.primal(a)
        return np.where(values == 0, np.nan, (values > 0).astype(float))

    return dual.elementwise(lambda a: np.maximum(a, 0), slope, x)


def step(x: Value) -> Value:
    """Return the sign, whose derivative is 0 where it has one."""
    return dual.elementwise(
        np.sign, lambda a: np.where(dual.primal(a) == 0, np.nan, 0.0), x
    )


def log_sum_exp(x: Quantity) -> Value:
    """Return log-sum-exp, with the largest component taken out first."""
    top = dual.primal(x.array).max(axis=x.along, keepdims=True)
    return top + dual.log(dual.exp(x.array - top).sum(x.along, keepdims=True))


def logsumexp(_: Evaluator, x: Thing) -> Thing:
    """Return the logarithm of the sum of the exponentials of a vector."""
    return Quantity(log_sum_exp(vector(x, "log-sum-exp")))


def softmax(_: Evaluator, x: Thing) -> Thing:
    """Return the distribution of a vector of logits."""
    z = vector(x, "softmax")
    return Quantity(dual.exp(z.array - log_sum_exp(z)), z.rank)


def diagonal(_: Evaluator, x: Thing) -> Thing:
    """Return a vector as a diagonal matrix, or the diagonal of a matrix."""
    if known(x, "diag").rank == "matrix":
        return Quantity(
            dual.linear(
                lambda a: np.diagonal(a, axis1=-2, axis2=-1)[..., None],
                known(x, "").array,
            ),
            "column",
        )
    v = vector(x, "diag")
    column = v.array if v.rank == "column" else v.array.swapaxes(-1, -2)
    room.fits(room.numbers(column) * max(v.shape))
    return Quantity(column * np.eye(max(v.shape)), "matrix")


def trace(_: Evaluator, x: Thing) -> Thing:
    """Return the sum of the diagonal."""
    m = known(x, "a trace")
    if m.rank == "number":  # x^T A x, which is a matrix of one entry
        return m
    if m.rank != "matrix":
        raise ShapeError(f"the trace of {m.words}")

    def traces(a: dual.Array) -> dual.Array:
        return np.asarray(np.trace(a, axis1=-2, axis2=-1))[..., None, None]

    return Quantity(dual.linear(traces, m.array))


def square(x: Thing, name: str) -> Quantity:
    """Return a square matrix, of which alone there is what has this name."""
    m = known(x, name)
    if m.rank != "matrix":
        raise ShapeError(f"{name} of {m.words}")
    if m.shape[0] != m.shape[1]:
        raise ShapeError(f"{name} of {m.words}, which is not square")
    return m


def plain_array(m: Quantity, name: str) -> np.ndarray:
    """Return a matrix without derivatives, which this function does not have."""
    if isinstance(m.array, dual.Dual):
        raise RefusedError(f"the derivative of {name} is not evaluated")
    return m.array


def determinant(_: Evaluator, x: Thing) -> Thing:
    """Return the determinant."""
    return Quantity(elimination.determinant(square(x, "det").array))


def eigenvalue(*, largest: bool) -> Function:
    """Return a function to an extreme eigenvalue of a symmetric matrix."""

    def function(_: Evaluator, x: Thing) -> Thing:
        array = plain_array(square(x, "an eigenvalue"), "an eigenvalue")
        turned = array.swapaxes(-1, -2)
        size = np.abs(array).max(axis=(-1, -2), keepdims=True)
        if (np.abs(array - turned) > SYMMETRIC * size).any():
            raise RefusedError("the eigenvalues of a matrix that is not symmetric")
        found = elimination.eigenvalues(array)
        return Quantity(found[..., -1:, :] if largest else found[..., :1, :])

    return function


def rank(_: Evaluator, x: Thing) -> Thing:
    """Return the rank, as far as it can be told in floating point."""
    m = known(x, "rank")
    if m.rank != "matrix":
        raise ShapeError(f"rank of {m.words}")
    values = np.linalg.matrix_rank(plain_array(m, "rank"), tol=1e-9)
    return Quantity(np.asarray(values, float)[..., None, None])


def columns_stacked(_: Evaluator, x: Thing) -> Thing:
    """Return the columns of a matrix, one under the other."""
    m = known(x, "vec")

    def stack(a: np.ndarray) -> np.ndarray:
        turned = np.swapaxes(a, -1, -2)
        return turned.reshape(*a.shape[:-2], -1, 1)

    return Quantity(dual.linear(stack, m.array), "column")


def sized_alike(a: Thing, b: Thing) -> tuple[Thing, Thing]:
    r"""Return two vectors, one of which, as \mathbf{1}, may take the other's size."""
    if isinstance(a, Pending) and isinstance(b, Quantity):
        return a.sized(max(b.shape)), b
    if isinstance(b, Pending) and isinstance(a, Quantity):
        return a, b.sized(max(a.shape))
    return a, b


def divergence(evaluator: Evaluator, q: Thing, p: Thing) -> Thing:
    """Return the Kullback–Leibler divergence of two distributions."""
    first, second = (vector(each, "KL") for each in sized_alike(q, p))
    if first.shape != second.shape:
        raise ShapeError("KL of two vectors of different lengths")
    terms = first.array * (dual.log(first.array) - dual.log(second.array))
    if evaluator.scope.zero_log_zero:
        terms = dual.where(dual.primal(first.array) == 0, 0.0, terms)
    return Quantity(terms.sum(first.along, keepdims=True))


SYMMETRIC = 1e-9  # share of the largest entry by which others may differ
FLOAT_FACTORIAL = 170  # beyond, a factorial is no float
EXACT_FACTORIAL = 3000  # beyond, it takes too long


def factorial(_: Evaluator, n: Thing) -> Thing:
    """Return the factorial of a whole number."""
    if n.rank != "number":
        raise ShapeError(
            f"the factorial of {n.words if isinstance(n, Quantity) else n}"
        )
    values = dual.primal(known(n, "a factorial").array)
    if (values != np.round(values)).any() or values.min() < 0:
        raise RefusedError("a factorial of what is no whole number")
    most = EXACT_FACTORIAL if real.exact(values) else FLOAT_FACTORIAL
    counted = whole(lambda a: fact(int(a)), np.minimum(values, most))
    return Quantity(np.where(values > most, np.inf, counted))


def binomial(_: Evaluator, n: Thing, k: Thing) -> Thing:
    """Return a binomial coefficient of whole numbers."""
    top, bottom = (dual.primal(known(x, "a binomial").array) for x in (n, k))
    if (top > 500).any():
        raise RefusedError("a binomial coefficient of more than 500")
    if (top != np.round(top)).any() or (bottom != np.round(bottom)).any():
        raise RefusedError("a binomial coefficient of numbers that are not whole")
    return Quantity(
        whole(lambda n, k: comb(int(n), int(k)) if k >= 0 else 0, top, bottom)
    )


def whole(count: Callable[..., int], *arrays: np.ndarray) -> np.ndarray:
    """Apply a function that counts to each number; a float may round what it counts."""
    found = np.asarray(np.frompyfunc(count, len(arrays), 1)(*arrays), object)
    return real.lifted(found) if any(map(real.exact, arrays)) else found.astype(float)


def log_softmax(_: Evaluator, x: Thing) -> Thing:
    """Return the logarithms of the distribution of a vector of logits."""
    z = vector(x, "log-softmax")
    return Quantity(z.array - log_sum_exp(z), z.rank)


def place_of_extreme(*, largest: bool) -> Function:
    """Return a function to the number of a vector's extreme component."""

    def function(_: Evaluator, x: Thing) -> Thing:
        v = vector(x, "argmax" if largest else "argmin")
        values = dual.primal(v.array) * (1 if largest else -1)
        best = values == values.max(axis=v.along, keepdims=True)
        place = best.argmax(axis=v.along, keepdims=True) + 1.0
        tied = best.sum(axis=v.along, keepdims=True) > 1
        return Quantity(np.where(tied, np.nan, place))

    return function


FUNCTIONS |= {
    "logsoftmax": log_softmax,
    "argmax": place_of_extreme(largest=True),
    "argmin": place_of_extreme(largest=False),
    "log": elementwise(dual.log),
    "exp": elementwise(dual.exp),
    "sqrt": elementwise(square_root),
    "sin": elementwise(dual.sine),
    "cos": elementwise(dual.cosine),
    "tan": elementwise(tangent),
    "arctan": elementwise(dual.arctangent),
    "tanh": elementwise(tanh),
    "sinh": elementwise(sinh),
    "cosh": elementwise(cosh),
    "sigmoid": elementwise(sigmoid),
    "softplus": elementwise(softplus),
    "relu": elementwise(positive_part),
    "ReLU": elementwise(positive_part),
    "sign": elementwise(step),
    "sgn": elementwise(step),
    "softmax": softmax,
    "logsumexp": logsumexp,
    "LSE": logsumexp,
    "KL": divergence,
    "diag": diagonal,
    "Diag": diagonal,
    "tr": trace,
    "Tr": trace,
    "trace": trace,
    "det": determinant,
    r"\lambda_max": eigenvalue(largest=True),
    r"\lambda_min": eigenvalue(largest=False),
    "rank": rank,
    "vec": columns_stacked,
    "binom": binomial,
    "factorial": factorial,
    "max": extreme_of(largest=True),
    "min": extreme_of(largest=False),
}
