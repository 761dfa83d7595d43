"""The checker against two others: SymPy for values, a complex step for derivatives."""

import cmath

import numpy as np
import pytest
import sympy

from mathcheck.evaluate import dual
from mathcheck.evaluate.functions import FUNCTIONS
from mathcheck.evaluate.quantity import Quantity
from mathcheck.page.check import check_file
from mathcheck.read.grammar import parser_of
from mathcheck.read.lexer import tokens
from mathcheck.trial.points import laid_out, needed
from tests.mathcheck.pages import PREAMBLE

K = 3
Z = sympy.symbols("z1:4", real=True)
Y = sympy.symbols("y1:4", real=True)
TOTAL = sum(sympy.exp(z) for z in Z)
P = [sympy.exp(z) / TOTAL for z in Z]
LOSS = -sum(y * sympy.log(p) for y, p in zip(Y, P, strict=True))
MEAN = sum(p * z for p, z in zip(P, Z, strict=True))
# A formula of the page, and the same in SymPy at K = 3
IDENTITIES = {
    r"A(z)": sympy.log(TOTAL),
    r"L": LOSS,
    r"p_2": P[1],
    r"\frac{\partial L}{\partial z_1}": sympy.diff(LOSS, Z[0]),
    r"\frac{\partial p_2}{\partial z_3}": sympy.diff(P[1], Z[2]),
    r"\frac{\partial^2 L}{\partial z_1 \partial z_2}": sympy.diff(LOSS, Z[0], Z[1]),
    r"\frac{\partial^3 A(z)}{\partial z_1^2 \partial z_2}": sympy.diff(
        sympy.log(TOTAL), Z[0], 2, Z[1]
    ),
    r"\sum_{k=1}^{K} p_k^2": sum(p**2 for p in P),
    r"\prod_{k=1}^{K} p_k^{y_k}": sympy.prod([p**y for p, y in zip(P, Y, strict=True)]),
    r"\operatorname{Var}_p(z)": sum(
        p * (z - MEAN) ** 2 for p, z in zip(P, Z, strict=True)
    ),
    r"\lVert p - y \rVert_2": sympy.sqrt(
        sum((p - y) ** 2 for p, y in zip(P, Y, strict=True))
    ),
    r"z^\top (\operatorname{diag}(p) - p p^\top) z": sum(
        p * z**2 for p, z in zip(P, Z, strict=True)
    )
    - MEAN**2,
    r"\sum_{k=1}^{K} \sum_{j \ne k} z_j p_k": sum(
        Z[j] * P[k] for k in range(3) for j in range(3) if j != k
    ),
    r"\frac{\partial}{\partial z_2} \left[ \tanh(z_1 z_2) \right]": sympy.diff(
        sympy.tanh(Z[0] * Z[1]), Z[1]
    ),
    r"\int_0^1 e^{-r z_1^2} \,\mathrm{d}r": sympy.integrate(
        sympy.exp(-sympy.Symbol("r") * Z[0] ** 2), (sympy.Symbol("r"), 0, 1)
    ),
}


@pytest.fixture(scope="module")
def scope(tmp_path_factory):
    page = tmp_path_factory.mktemp("oracle") / "page.md"
    page.write_text(PREAMBLE, "utf-8")
    return check_file(page, "page.md")[1]


@pytest.mark.parametrize("formula", IDENTITIES)
def test_values_are_those_of_sympy(scope, formula):
    node = parser_of(tokens(formula), scope).expression()
    points = laid_out(scope, needed(scope, [node]), {"K": K, "N": 2, "D": 2}, [], 20)
    with np.errstate(all="ignore"):  # far out, as in a check
        found = dual.primal(points.evaluator(node).array)
    draws = {key[1]: dual.primal(q.array) for key, q in points.values.items()}
    exact = sympy.lambdify([*Z, *Y], IDENTITIES[formula], "mpmath")
    for point in range(6):
        z = draws["z"].reshape(20, K)[point] if "z" in draws else np.zeros(K)
        y = draws["y"].reshape(20, K)[point] if "y" in draws else np.zeros(K)
        value = np.broadcast_to(found, (20, 1, 1))[point, 0, 0]
        expected = float(exact(*map(float, z), *map(float, y)))
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-12)


X = sympy.Symbol("x")
ERF_SLOPE = sympy.diff(sympy.erf(X), X)
SMOOTH = {
    "exp": cmath.exp, "log": cmath.log, "sqrt": cmath.sqrt, "sin": cmath.sin,
    "cos": cmath.cos, "tan": cmath.tan, "arctan": cmath.atan, "tanh": cmath.tanh,
    "sinh": cmath.sinh, "cosh": cmath.cosh,
    "sigmoid": lambda x: 1 / (1 + cmath.exp(-x)),
    "softplus": lambda x: cmath.log(1 + cmath.exp(x)),
    "cot": lambda x: 1 / cmath.tan(x), "sec": lambda x: 1 / cmath.cos(x),
    "csc": lambda x: 1 / cmath.sin(x), "coth": lambda x: 1 / cmath.tanh(x),
    "sech": lambda x: 1 / cmath.cosh(x),
    "expit": lambda x: 1 / (1 + cmath.exp(-x)),
    "erf": lambda x: 1j * x.imag * float(ERF_SLOPE.subs(X, x.real)),
    "erfc": lambda x: -1j * x.imag * float(ERF_SLOPE.subs(X, x.real)),
    "arcsin": cmath.asin, "arccos": cmath.acos, "artanh": cmath.atanh,
    "arctanh": cmath.atanh, "logit": lambda x: cmath.log(x / (1 - x)),
}  # fmt: skip
UP_TO_ONE = ("arcsin", "arccos", "artanh", "arctanh", "logit")  # their arguments end


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("x", [0.3, 1.7])
def test_derivative_is_that_of_a_complex_step(name, x):
    x = x / 2 if name in UP_TO_ONE else x
    tag = next(dual.tags)
    moved = Quantity(dual.Dual(tag, np.full((1, 1), x), np.ones((1, 1))))
    result = FUNCTIONS[name](None, moved)
    exact = SMOOTH[name](complex(x, 1e-30)).imag / 1e-30
    assert dual.change(result.array, tag)[0, 0] == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("name", sorted(set(SMOOTH) - {"log", "sqrt"}))
def test_second_derivative_is_that_of_a_central_difference(name):
    def first(x):
        tag = next(dual.tags)
        moved = Quantity(dual.Dual(tag, np.full((1, 1), x), np.ones((1, 1))))
        return dual.change(FUNCTIONS[name](None, moved).array, tag)[0, 0]

    outer, inner = next(dual.tags), next(dual.tags)
    one = np.ones((1, 1))
    x = dual.Dual(inner, dual.Dual(outer, np.full((1, 1), 0.4), one), one)
    found = FUNCTIONS[name](None, Quantity(x)).array
    second = dual.change(dual.change(found, inner), outer)[0, 0]
    assert second == pytest.approx(
        (first(0.4 + 1e-6) - first(0.4 - 1e-6)) / 2e-6, rel=1e-6
    )


def test_every_smooth_function_is_tried():
    steps = {"relu", "ReLU", "sign", "sgn", "max", "min", "floor", "ceil"}
    shapes = {"softmax", "logsumexp", "LSE", "KL", "diag", "Diag", "tr", "Tr", "trace",
              "det", "rank", "vec", "binom", "factorial", "inner", "root",
              r"\Gamma", "logsoftmax", "argmax", "argmin",
              r"\lambda_max", r"\lambda_min"}  # fmt: skip
    assert set(FUNCTIONS) - steps - shapes == set(SMOOTH)
