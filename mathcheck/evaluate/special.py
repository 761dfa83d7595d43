"""Functions that stand in few formulas: Γ, erf, roots, floors, inner products."""

from __future__ import annotations

import math
import operator

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.arithmetic import general_power
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.functions import (
    FUNCTIONS,
    cosh,
    elementwise,
    sigmoid,
    square_root,
    tangent,
    tanh,
)
from mathcheck.evaluate.quantity import (
    Quantity,
    Thing,
    elementwise_product,
    known,
)
from mathcheck.read.problems import RefusedError, ShapeError

FLOAT_DIGITS = 17


def error_function(x: dual.Array) -> dual.Array:
    """Return the error function, in as many digits as its argument has."""
    each = operator.methodcaller("erf") if real.exact(x) else math.erf
    return np.vectorize(each, otypes=[x.dtype])(x)


def gamma_of(x: dual.Array) -> dual.Array:
    """Return Γ where it has a value, in as many digits as its argument has."""
    each = operator.methodcaller("gamma") if real.exact(x) else gamma_at
    return np.vectorize(each, otypes=[x.dtype])(x)


def gamma_at(x: float) -> float:
    """Return Γ at one point, where it has a value."""
    try:
        return math.gamma(x)
    except (ValueError, OverflowError):
        return math.nan


def gamma(x: Value) -> Value:
    """Return Euler's Γ."""
    return dual.elementwise(gamma_of, lambda a: gamma(a) * polygamma(0, a), x)


def polygamma(order: int, x: Value) -> Value:
    """Return a derivative of log Γ: the first for 0, the second for 1."""
    return dual.elementwise(
        lambda a: polygamma_of(order, a), lambda a: polygamma(order + 1, a), x
    )


def polygamma_of(order: int, x: dual.Array) -> dual.Array:
    """Return a derivative of log Γ, in as many digits as its argument has."""
    if not real.AVAILABLE:
        raise RefusedError("without mpmath the derivative of Γ is not evaluated")
    if real.exact(x):
        each = operator.methodcaller("polygamma", order)
        return np.vectorize(each, otypes=[x.dtype])(x)
    with real.digits(FLOAT_DIGITS):
        return np.vectorize(lambda a: polygamma_at(order, a), otypes=[float])(x)


def polygamma_at(order: int, x: float) -> float:
    """Return a derivative of log Γ at one point, where it has a value."""
    return float(real.one(x).polygamma(order)) if math.isfinite(x) else math.nan


def erf(x: Value) -> Value:
    """Return the error function."""

    def slope(a: Value) -> Value:
        exact = real.exact(dual.primal(a))
        pi = real.constant("pi") if exact else np.full((1, 1), np.pi)
        return 2 / np.sqrt(pi) * dual.exp(-a * a)

    return dual.elementwise(error_function, slope, x)


def arcsine(x: Value) -> Value:
    """Return the angle from −π/2 to π/2 with this sine."""
    return dual.elementwise(np.arcsin, lambda a: 1 / square_root(1 - a * a), x)


def arccosine(x: Value) -> Value:
    """Return the angle from 0 to π with this cosine."""
    return dual.elementwise(np.arccos, lambda a: -1 / square_root(1 - a * a), x)


def artanh(x: Value) -> Value:
    """Return the inverse of the hyperbolic tangent."""
    return dual.elementwise(np.arctanh, lambda a: 1 / (1 - a * a), x)


def logit(x: Value) -> Value:
    """Return the inverse of the sigmoid."""
    return dual.log(x) - dual.log(1 - x)


def floor(x: Value) -> Value:
    """Return the largest whole number that is not larger; flat between them."""
    return dual.elementwise(np.floor, flat, x)


def ceiling(x: Value) -> Value:
    """Return the smallest whole number that is not smaller; flat between them."""
    return dual.elementwise(np.ceil, flat, x)


def flat(x: Value) -> Value:
    """Return a slope of 0, which at a whole number there is none."""
    values = dual.primal(x)
    return np.where(values == np.round(values), np.nan, 0.0)


def root(_: Evaluator, x: Thing, n: Thing) -> Thing:
    """Return the n-th root; of a negative number there is one if n is odd."""
    base, degree = known(x, "a root"), known(n, "a root")
    if degree.rank != "number":
        raise ShapeError("the degree of a root must be a number")
    order = dual.primal(degree.array)
    odd = order % 2 == 1
    size = general_power(dual.absolute(base.array), 1 / degree.array)
    negative = dual.primal(base.array) < 0
    sign = np.where(negative, np.where(odd, -1.0, np.nan), 1.0)
    return Quantity(sign * size, base.rank)


def inner_product(_: Evaluator, x: Thing, y: Thing) -> Thing:
    """Return the sum of the products of components, of two things of one shape."""
    if x.rank != y.rank:
        raise ShapeError("an inner product of two things of different shapes")
    found = known(elementwise_product(x, y), "an inner product")
    return Quantity(found.array.sum((-1, -2), keepdims=True))


FUNCTIONS |= {
    r"\Gamma": elementwise(gamma),
    "erf": elementwise(erf),
    "erfc": elementwise(lambda x: 1 - erf(x)),
    "arcsin": elementwise(arcsine),
    "arccos": elementwise(arccosine),
    "artanh": elementwise(artanh),
    "arctanh": elementwise(artanh),
    "logit": elementwise(logit),
    "expit": elementwise(sigmoid),
    "cot": elementwise(lambda x: 1 / tangent(x)),
    "sec": elementwise(lambda x: 1 / dual.cosine(x)),
    "csc": elementwise(lambda x: 1 / dual.sine(x)),
    "coth": elementwise(lambda x: 1 / tanh(x)),
    "sech": elementwise(lambda x: 1 / cosh(x)),
    "floor": elementwise(floor),
    "ceil": elementwise(ceiling),
    "root": root,
    "inner": inner_product,
}
