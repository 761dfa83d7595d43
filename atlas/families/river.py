"""River, which learns from one example at a time.

It has no divergence, and no entropy of a distribution. By default its learners have no
penalty, and what is lost they leave to a metric.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from river import linear_model, metrics, optim
from river.utils.math import softmax as softmaxed

from atlas.families.asking import Array, Told, form, told

PINS = ["river==0.26.1", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"River": {}}
ONCE = "SoftmaxRegression, each row once"
WAYS = (
    "SoftmaxRegression, each row once",
    "SoftmaxRegression, each row a thousand times, and a feature that is 1",
)


def _named(values: Array) -> dict[Any, float]:
    """Return numbers as River has them: by their places."""
    return dict(enumerate(values.tolist()))


def _softmax_regression(x: Array, y: Array) -> linear_model.SoftmaxRegression:
    learner = linear_model.SoftmaxRegression()
    for row, label in zip(x, y.tolist(), strict=True):
        learner.learn_one(_named(row), label)
    return learner


def _logistic_regression(x: Array, y: Array) -> linear_model.LogisticRegression:
    learner = linear_model.LogisticRegression()
    for row, label in zip(x, y.tolist(), strict=True):
        learner.learn_one(_named(row), bool(label))
    return learner


@form("river.utils.math.softmax(z)")
def softmax(z: Array) -> Told:
    return told([*softmaxed(_named(z)).values()])


@form("optim.losses.CrossEntropy()(label, softmax(z))")
def cross_entropy(z: Array, labels: Array) -> Told:
    if len(z) != 1:
        return {"absent": "more than one example"}
    loss = optim.losses.CrossEntropy()
    p, label = softmaxed(_named(z[0])), labels[0].item()
    slope = loss.gradient(label, p)
    return told(loss(label, p), [[slope[name] for name in sorted(slope)]])


@form("metrics.CrossEntropy().update(label, p).get()")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    metric = metrics.CrossEntropy()
    for row, label in zip(p, labels.tolist(), strict=True):
        metric.update(label, _named(row))
    return told(metric.get())


@form("optim.losses.Log()(y, z)")
def binary_cross_entropy(z: Array, y: Array) -> Told:
    loss = optim.losses.Log()
    return told(loss(y, z), loss.gradient(y, z))


@form("metrics.LogLoss().update(y, p).get()")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    metric = metrics.LogLoss()
    for probability, label in zip(p.tolist(), y.tolist(), strict=True):
        metric.update(bool(label), probability)
    return told(metric.get())


@form("optim.losses.BinaryFocalLoss()(y, z)")
def binary_focal(z: Array, y: Array) -> Told:
    loss = optim.losses.BinaryFocalLoss()
    return told(loss(y, z), loss.gradient(y, z))


@form("optim.losses.Poisson()(counts, log_rate)")
def poisson(rate: Array, counts: Array) -> Told:
    with np.errstate(divide="ignore"):
        return told(optim.losses.Poisson()(counts, np.log(rate)))


@form("linear_model.SoftmaxRegression().learn_one(x, label)")
def coefficients(x: Array, y: Array) -> Told:
    weights = _softmax_regression(x, y).weights
    return told(
        [
            [0.0, *(weights[label][place] for place in range(x.shape[1]))]
            for label in sorted(weights)
        ]
    )


@form("linear_model.LogisticRegression().learn_one(x, y)")
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # l2 is 0
    return told(_logistic_regression(x, y).weights[0])


@form("linear_model.LogisticRegression().learn_one(x, y)")
def intercept(x: Array, y: Array) -> Told:
    return told(_logistic_regression(x, y).intercept)


@form("linear_model.LogisticRegression().predict_proba_one(x)")
def start(x: Array, y: Array) -> Told:
    return told(linear_model.LogisticRegression().predict_proba_one(_named(x[0]))[True])


@form("linear_model.SoftmaxRegression().learn_one(x, label).predict_proba_one(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    learner, second = _softmax_regression(x, y), max(y.tolist())
    return told([learner.predict_proba_one(_named(row))[second] for row in at])


@form("linear_model.SoftmaxRegression().learn_one(x, label).predict_proba_one(x)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(_softmax_regression(x, y).predict_proba_one(_named(x[0]))[1])


@form("linear_model.SoftmaxRegression().learn_one(x, label).predict_proba_one(at)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    said = _softmax_regression(x, y).predict_proba_one(_named(at[0]))
    return told([said[label] for label in sorted(said)])


@form("linear_model.SoftmaxRegression().learn_one(x, label).weights")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    scores = np.array(coefficients(x, y)["value"])[:, 1:] @ x[0]
    return told(
        [np.exp(scores) / np.exp(scores).sum(), probabilities(x, y, x)["value"]]
    )


@form("linear_model.LogisticRegression().learn_one(x, y)")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return told([_logistic_regression(x * k, y).weights[0] * k for k in (1, factor)])


def maximum(x: Array, y: Array, way: str) -> Told:
    if way == ONCE:
        return coefficients(x, y)
    ones = np.ones((len(x), 1))
    rows = np.tile(np.hstack([ones, x]), (1000, 1))
    return told(np.array(coefficients(rows, np.tile(y, 1000))["value"])[:, 1:])
