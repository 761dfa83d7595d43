"""scikit-learn: learners beside the plain ``LogisticRegression``, one each.

``SGDClassifier`` and liblinear fit a model for each class, and have no common gauge;
boosted trees have no slopes. A network without a hidden layer is a logistic regression,
and is asked with lbfgs, because 200 steps of Adam, the default, end far from a maximum.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.neural_network import MLPClassifier

from atlas.families.asking import Array, Told, form, told

PINS = ["scikit-learn==1.9.1", "scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {
    "scikit-learn, liblinear": {"ATLAS_LEARNER": "liblinear"},
    "scikit-learn, sag": {"ATLAS_LEARNER": "sag"},
    "scikit-learn, SGDClassifier": {"ATLAS_LEARNER": "SGDClassifier"},
    "scikit-learn, MLPClassifier": {"ATLAS_LEARNER": "MLPClassifier"},
    "scikit-learn, GradientBoosting": {"ATLAS_LEARNER": "GradientBoosting"},
    "scikit-learn, HistGradientBoosting": {"ATLAS_LEARNER": "HistGradientBoosting"},
}
PYTHON = "3.12"
LEARNER = os.environ.get("ATLAS_LEARNER", "liblinear")
TREES = LEARNER.endswith("Boosting")
LEARNERS: dict[str, tuple[str, Callable[..., Any], dict[str, Any]]] = {
    "liblinear": (
        'LogisticRegression(solver="liblinear")',
        partial(LogisticRegression, solver="liblinear", random_state=0),
        {"C": 1e10},  # infinity is refused
    ),
    "sag": (
        'LogisticRegression(solver="sag")',
        partial(LogisticRegression, solver="sag", random_state=0),
        {"C": np.inf},
    ),
    "SGDClassifier": (
        'SGDClassifier("log_loss")',
        partial(SGDClassifier, "log_loss", random_state=0),
        {"penalty": None},
    ),
    "MLPClassifier": (
        'MLPClassifier((), solver="lbfgs")',
        partial(MLPClassifier, (), solver="lbfgs", random_state=0),
        {"alpha": 0},
    ),
    "GradientBoosting": (
        "GradientBoostingClassifier()",
        partial(GradientBoostingClassifier, random_state=0),
        {},
    ),
    "HistGradientBoosting": (
        "HistGradientBoostingClassifier()",
        partial(HistGradientBoostingClassifier, random_state=0),
        {},
    ),
}
WRITTEN, MAKE, NO_PENALTY = LEARNERS[LEARNER]


def _weights(model: Any) -> Any:
    """Return the intercept and the slopes of a fitted model."""
    if LEARNER == "MLPClassifier":
        return model.intercepts_[0], model.coefs_[0].T
    return model.intercept_, model.coef_


@form(f"{WRITTEN}.fit(x, y).coef_")
def coefficients(x: Array, y: Array) -> Told:
    if TREES or LEARNER in ("liblinear", "SGDClassifier"):
        return {"absent": "coefficients of all classes in one model"}
    return told(np.column_stack(_weights(MAKE(**NO_PENALTY).fit(x, y))))


@form(f"{WRITTEN}.fit(x, y).coef_")
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    if TREES:
        return {"absent": "slope"}
    options = NO_PENALTY if penalty == "none" else {}
    return told(_weights(MAKE(**options).fit(x, y))[1][0, 0])


@form(f"{WRITTEN}.fit(x, y).predict_proba(x)")
def intercept(x: Array, y: Array) -> Told:
    p = MAKE().fit(x, y).predict_proba(x)[0]
    return told(np.log(p[1] / p[0]))


@form(f"{WRITTEN}.fit(x, y).coef_")
def slopes_of_copies(x: Array, y: Array, copies: int) -> Told:
    if TREES:
        return {"absent": "slope"}
    both = (MAKE().fit(np.tile(x, (k, 1)), np.tile(y, k)) for k in (1, copies))
    return told([_weights(model)[1][0, 0] for model in both])


@form(f"{WRITTEN}.fit(x, y, sample_weight=w).coef_")
def slopes_of_weights(x: Array, y: Array, weight: float) -> Told:
    if TREES:
        return {"absent": "slope"}
    every = np.full(len(y), weight)
    both = (MAKE().fit(x, y), MAKE().fit(x, y, sample_weight=every))
    return told([_weights(model)[1][0, 0] for model in both])


@form(f"{WRITTEN}.fit(x, y).coef_")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    if TREES:
        return {"absent": "slope"}
    return told([_weights(MAKE().fit(x * k, y))[1][0, 0] * k for k in (1, factor)])


@form(
    {
        "MLPClassifier": f"{WRITTEN}.fit(x, y).loss_",
        "GradientBoosting": f"{WRITTEN}.fit(x, y).train_score_[-1]",
        "HistGradientBoosting": "HistGradientBoostingClassifier("
        "early_stopping=True, validation_fraction=None).fit(x, y).train_score_[-1]",
    }.get(LEARNER, f"{WRITTEN}.fit(x, y)")
)
def reported(x: Array, y: Array) -> Told:
    if LEARNER == "MLPClassifier":
        return told(MAKE().fit(x, y).loss_)
    if LEARNER == "GradientBoosting":
        return told(MAKE().fit(x, y).train_score_[-1])
    if LEARNER == "HistGradientBoosting":
        options = {"early_stopping": True, "validation_fraction": None}
        return told(MAKE(**options).fit(x, y).train_score_[-1])
    return {"absent": "a loss that is reported"}


@form(
    'MLPClassifier((), solver="lbfgs", alpha=10).fit(x, y).loss_'
    if LEARNER == "MLPClassifier"
    else "HistGradientBoostingClassifier(early_stopping=True, "
    "validation_fraction=None, l2_regularization=1).fit(x, y).train_score_[-1]"
)
def reported_and_loss(x: Array, y: Array) -> Told:
    if LEARNER == "MLPClassifier":
        model = MAKE(alpha=10).fit(x, y)
        said = model.loss_
    elif LEARNER == "HistGradientBoosting":
        options = {"early_stopping": True, "validation_fraction": None}
        model = MAKE(l2_regularization=1, **options).fit(x, y)
        said = model.train_score_[-1]
    else:
        return {"absent": "a reported loss with a penalty"}
    return told([said, -np.log(model.predict_proba(x)[range(len(y)), y]).mean()])


@form(f"{WRITTEN[:-1]}learning_rate=1e-12).fit(x, y).predict_proba(x)")
def start(x: Array, y: Array) -> Told:
    if not TREES:
        return {"absent": "a fit without learning"}
    return told(MAKE(learning_rate=1e-12).fit(x, y).predict_proba(x)[0, 1])


@form(f"{WRITTEN}.fit(x, y).predict_proba(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    return told(MAKE().fit(x, y).predict_proba(at)[:, 1])


@form(f"{WRITTEN}.fit(x, y).predict_proba(x)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    model = MAKE().fit(x, y)
    return told(model.predict_proba(x)[0, list(model.classes_).index(1)])


@form(f"{WRITTEN}.fit(x, y).predict_proba(at)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(MAKE().fit(x, y).predict_proba(at)[0])


@form(f"{WRITTEN}.fit(x, y).coef_")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    if LEARNER not in ("sag", "MLPClassifier"):
        return {"absent": "coefficients of all classes in one model"}
    model = MAKE().fit(x, y)
    constants, slopes = _weights(model)
    scores = slopes @ x[0] + constants
    return told([np.exp(scores) / np.exp(scores).sum(), model.predict_proba(x)[0]])


@form(f"{WRITTEN}.fit(x, y).decision_function(x)")
def scores_and_probabilities(x: Array, y: Array) -> Told:
    if LEARNER == "MLPClassifier":
        return {"absent": "scores"}
    if LEARNER == "liblinear":
        return {"absent": "several classes"}
    model = MAKE().fit(x, y)
    return told([model.decision_function(x)[0], model.predict_proba(x)[0]])
