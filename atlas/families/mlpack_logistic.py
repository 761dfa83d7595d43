"""mlpack's logistic regression of two classes, through its bindings for Python.

By default it has no penalty: what becomes of one with more rows it is not asked.
"""

from __future__ import annotations

import numpy as np
from mlpack import LogisticRegression

from atlas.families.asking import Array, Told, form, told

PINS = ["mlpack==4.8.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"mlpack, two classes": {}}


def _trained(x: Array, y: Array) -> Array:
    """Return the intercept, then the slopes."""
    model = LogisticRegression().fit(training=x, labels=y)
    (parameters,) = model._LogisticRegression.get_cpp_params().values()
    found: Array = np.ravel(parameters["parameters"])
    return found


@form("LogisticRegression().fit(training=x, labels=y)")
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # lambda_ is 0
    return told(_trained(x, y)[1])


@form("LogisticRegression().fit(training=x, labels=y)")
def intercept(x: Array, y: Array) -> Told:
    return told(_trained(x, y)[0])


@form("LogisticRegression().fit(training=x, labels=y).predict_proba(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    model = LogisticRegression().fit(training=x, labels=y)
    return told(model.predict_proba(at)[:, 1])


@form("LogisticRegression().fit(training=x, labels=y).predict_proba(x)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(probability_of_the_second(x, y, x[:1])["value"])


@form("LogisticRegression().fit(training=x, labels=y)")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return told([_trained(x * k, y)[1] * k for k in (1, factor)])
