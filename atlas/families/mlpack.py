"""mlpack's softmax regression, through its bindings for Python.

Its losses are part of its C++ alone, and so is what it minimised. It starts from
random numbers, another time from others.
"""

from __future__ import annotations

import numpy as np
from mlpack import softmax_regression

from atlas.families.asking import Array, Told, form, told
from atlas.families.slopes import of_copies, of_units

PINS = ["mlpack==4.8.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"mlpack": {}}
WAYS = (
    "softmax_regression",
    "softmax_regression, lambda_=0",
    "softmax_regression, lambda_=0, max_iterations=10000",
)


def _trained(x: Array, y: Array, **options: float) -> Array:
    """Return a row a class: the intercept, then the slopes."""
    model = softmax_regression(training=x, labels=y, **options)["output_model"]
    (parameters,) = model.get_cpp_params().values()
    found: Array = np.array(parameters["parameters"]).T
    return found


@form("softmax_regression(training=x, labels=y, lambda_=0)")
def coefficients(x: Array, y: Array) -> Told:
    return told(_trained(x, y, lambda_=0.0))


def _slope(x: Array, y: Array, **options: float) -> float:
    first, second = _trained(x, y, **options)
    return float(second[1] - first[1])


@form("softmax_regression(training=x, labels=y)")
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    return told(_slope(x, y, **({"lambda_": 0.0} if penalty == "none" else {})))


@form("softmax_regression(training=x, labels=y)")
def intercept(x: Array, y: Array) -> Told:
    first, second = _trained(x, y)
    return told(second[0] - first[0])


@form("softmax_regression(training=x, labels=y)")
def slopes_of_copies(x: Array, y: Array, copies: int) -> Told:
    return of_copies(_slope, x, y, copies)


@form('softmax_regression(training=x, labels=y, test=at)["probabilities"]')
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    if y.min() < 0:  # which it does not check
        return {"absent": "labels below 0"}
    said = softmax_regression(training=x, labels=y, test=at)["probabilities"]
    return told(said[:, 1] if said.shape[1] > 1 else np.zeros(len(at)))


@form('softmax_regression(training=x, labels=y, test=at)["probabilities"]')
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(softmax_regression(training=x, labels=y, test=at)["probabilities"][0])


@form("softmax_regression(training=x, labels=y)")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    said = softmax_regression(training=x, labels=y, test=x[:1])
    (parameters,) = said["output_model"].get_cpp_params().values()
    scores = np.array([1, *x[0]]) @ np.array(parameters["parameters"])
    return told([np.exp(scores) / np.exp(scores).sum(), said["probabilities"][0]])


@form("softmax_regression(training=x, labels=y)")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return of_units(_slope, x, y, factor)


def maximum(x: Array, y: Array, way: str) -> Told:
    options = {
        name: float(value) if name == "lambda_" else int(value)
        for name, _, value in (one.partition("=") for one in way.split(", ")[1:])
    }
    return told(_trained(x, y, **options))
