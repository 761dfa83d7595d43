"""scikit-learn: ``log_loss``, and ``LogisticRegression`` as it comes.

It has no public loss of logits: ``log_loss`` takes probabilities, and gives no
gradient. ``LogisticRegression`` reports no loss, and always begins to learn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, mean_poisson_deviance
from sklearn.neural_network import MLPClassifier

from atlas.families.asking import Array, Told, form, told

PINS = ["scikit-learn==1.9.1", "scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {"scikit-learn": {}}
PYTHON = "3.12"
WAYS = [
    "lbfgs, C=inf",
    "newton-cg, C=inf",
    "newton-cholesky, C=inf",
    "sag, C=inf",
    "saga, C=inf",
    "lbfgs, C=inf, tol=1e-12",
    "lbfgs, C=1e4",
    "LogisticRegression, all defaults",
    "MLPClassifier, lbfgs, no layer, alpha=0",
    "MLPClassifier, adam, no layer, alpha=0",
    "MLPClassifier, sgd, no layer, alpha=0",
]


def _rows(model: Any) -> Array:
    """Return the intercept and the slopes of each class."""
    rows: Array = np.column_stack([model.intercept_, model.coef_])
    return rows


def _model(penalty: str = "default") -> LogisticRegression:
    """Return a learner, if asked for with as little penalty as it allows."""
    return LogisticRegression(**({"C": np.inf} if penalty == "none" else {}))


@form("log_loss(labels, p, labels=classes)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    return told(log_loss(labels, p, labels=range(p.shape[-1])))


@form("log_loss(y, p, labels=[0, 1])")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return told(log_loss(y, p, labels=[0, 1]))


@form("log_loss(labels, p, labels=classes)")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    if dtype == "bfloat16":
        return {"absent": "bfloat16"}
    p = np.full((rows, classes), 1 / classes, dtype)
    return told(log_loss(np.zeros(rows, int), p, labels=range(classes)))


@form("mean_poisson_deviance(counts, rate)")
def poisson(rate: Array, counts: Array) -> Told:
    return told(mean_poisson_deviance(counts, rate))


@form("LogisticRegression(C=np.inf).fit(x, y).coef_")
def coefficients(x: Array, y: Array) -> Told:
    return told(_rows(_model("none").fit(x, y)))


@form("LogisticRegression().fit(x, y).coef_")
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    return told(_model(penalty).fit(x, y).coef_[0, 0])


@form("LogisticRegression().fit(x, y).intercept_")
def intercept(x: Array, y: Array) -> Told:
    return told(_model().fit(x, y).intercept_[0])


@form("LogisticRegression().fit(x, y).coef_")
def slopes_of_copies(x: Array, y: Array, copies: int) -> Told:
    both = (_model().fit(np.tile(x, (k, 1)), np.tile(y, k)) for k in (1, copies))
    return told([model.coef_[0, 0] for model in both])


@form("LogisticRegression().fit(x, y, sample_weight=w).coef_")
def slopes_of_weights(x: Array, y: Array, weight: float) -> Told:
    every = np.full(len(y), weight)
    both = (_model().fit(x, y), _model().fit(x, y, sample_weight=every))
    return told([model.coef_[0, 0] for model in both])


@form("LogisticRegression().fit(x, y).coef_")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return told([_model().fit(x * k, y).coef_[0, 0] * k for k in (1, factor)])


@form("LogisticRegression().fit(x, y).predict_proba(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    return told(_model().fit(x, y).predict_proba(at)[:, 1])


@form("LogisticRegression().fit(x, y).predict_proba(x)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    model = _model().fit(x, y)
    return told(model.predict_proba(x)[0, list(model.classes_).index(1)])


@form("LogisticRegression().fit(x, y).predict_proba(at)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(_model().fit(x, y).predict_proba(at)[0])


@form("LogisticRegression().fit(x, y).coef_")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    model = _model().fit(x, y)
    scores = model.coef_ @ x[0] + model.intercept_
    return told([np.exp(scores) / np.exp(scores).sum(), model.predict_proba(x)[0]])


@form("LogisticRegression().fit(x, y).decision_function(x)")
def scores_and_probabilities(x: Array, y: Array) -> Told:
    model = _model().fit(x, y)
    return told([model.decision_function(x)[0], model.predict_proba(x)[0]])


@form("LogisticRegression(C=np.inf, solver=way).fit(x, y).coef_")
def maximum(x: Array, y: Array, way: str) -> Told:
    name, setting, *more = way.split(", ")
    if name == "MLPClassifier":
        network = MLPClassifier((), solver=setting, alpha=0, random_state=0).fit(x, y)
        return told(np.column_stack([network.intercepts_[0], network.coefs_[0].T]))
    if name == "LogisticRegression":
        return told(_rows(LogisticRegression().fit(x, y)))
    strength = float(setting.removeprefix("C="))
    options = {"tol": float(more[0].removeprefix("tol="))} if more else {}
    model = LogisticRegression(C=strength, solver=name, random_state=0, **options)
    return told(_rows(model.fit(x, y)))
