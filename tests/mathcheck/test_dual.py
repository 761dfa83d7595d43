"""Dual numbers are written as arrays are, and mix with arrays and with numbers."""

import operator

import numpy as np
import pytest

from mathcheck.evaluate import dual
from mathcheck.evaluate.dual import Dual

X = np.array([[1.5, -0.5], [0.25, 2.0]])
DX = np.array([[1.0, 2.0], [-1.0, 0.5]])
A = np.array([[2.0, -1.0], [0.5, 3.0]])

# An expression, and its change along a direction d as one would write it by hand
EXPRESSIONS = {
    "x + A": (lambda x: x + A, lambda d: d),
    "A + x": (lambda x: A + x, lambda d: d),
    "2 + x": (lambda x: 2 + x, lambda d: d),
    "x - A": (lambda x: x - A, lambda d: d),
    "A - x": (lambda x: A - x, lambda d: -d),
    "1 - x": (lambda x: 1 - x, lambda d: -d),
    "-x": (lambda x: -x, lambda d: -d),
    "x * A": (lambda x: x * A, lambda d: d * A),
    "A * x": (lambda x: A * x, lambda d: A * d),
    "0.5 * x": (lambda x: 0.5 * x, lambda d: 0.5 * d),
    "a NumPy number * x": (lambda x: np.float64(0.5) * x, lambda d: 0.5 * d),
    "x / A": (lambda x: x / A, lambda d: d / A),
    "A / x": (lambda x: A / x, lambda d: -A * d / X**2),
    "1 / x": (lambda x: 1 / x, lambda d: -d / X**2),
    "x / x": (lambda x: x / x, lambda d: 0 * d),
    "x @ A": (lambda x: x @ A, lambda d: d @ A),
    "A @ x": (lambda x: A @ x, lambda d: A @ d),
    "x @ x": (lambda x: x @ x, lambda d: d @ X + X @ d),
    "x ** 3": (lambda x: x**3, lambda d: 3 * X**2 * d),
    "x ** -1": (lambda x: x**-1, lambda d: -d / X**2),
    "x ** 1": (lambda x: x**1, lambda d: d),
    "x * x ** 0": (lambda x: x * x**0, lambda d: d),
    "the sum": (lambda x: x.sum((-1, -2), keepdims=True), lambda d: d.sum()),
    "swapped axes": (lambda x: x.swapaxes(-1, -2), lambda d: d.T),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_operator_gives_the_value_and_the_change_of_its_formula(name):
    formula, derivative = EXPRESSIONS[name]
    tag = next(dual.tags)
    found = formula(Dual(tag, X, DX))
    np.testing.assert_allclose(dual.primal(found), formula(X), rtol=1e-15)
    np.testing.assert_allclose(
        dual.change(found, tag), np.broadcast_to(derivative(DX), formula(X).shape),
        rtol=1e-14, atol=1e-14,
    )  # fmt: skip


@pytest.mark.parametrize(
    "operation", [operator.add, operator.sub, operator.mul, operator.truediv]
)
def test_two_derivatives_do_not_mix(operation):
    """The second derivative of f(x, x), where either argument moves along both tags."""
    outer, inner = next(dual.tags), next(dual.tags)
    one = np.ones((1, 1))
    x = Dual(inner, Dual(outer, np.full((1, 1), 3.0), one), one)
    y = Dual(outer, np.full((1, 1), 2.0), one)
    mixed = dual.change(dual.change(operation(x, y), inner), outer)
    exact = {operator.mul: 1.0, operator.truediv: -1 / 4}.get(operation, 0.0)
    assert mixed.item() == pytest.approx(exact, rel=1e-15)


def test_sum_of_a_number_and_a_matrix_changes_in_every_entry():
    tag = next(dual.tags)
    x = Dual(tag, np.ones((1, 1)), np.ones((1, 1)))
    assert (dual.change(x + A, tag) == np.ones((2, 2))).all()


def test_choice_between_a_dual_and_a_number_changes_only_where_the_dual_is_chosen():
    tag = next(dual.tags)
    chosen = dual.where(X > 0, Dual(tag, X, DX), 0.0)
    assert (dual.primal(chosen) == np.where(X > 0, X, 0)).all()
    assert (dual.change(chosen, tag) == np.where(X > 0, DX, 0)).all()
