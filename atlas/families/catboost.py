"""CatBoost: its metrics of given scores, and trees.

``eval_metric`` takes logits, and gives no gradient. Trees have no slopes. A feature
that is constant is refused, whatever the labels are: where a question is about the
labels, CatBoost is not asked; for its start it is given the numbers of the rows. Shapes
for which a metric has no use are not asked for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from catboost.utils import eval_metric

from atlas.families.asking import Array, Told, form, told
from atlas.families.scores import zeros

PINS = ["catboost==1.2.10", "scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {"CatBoost": {}}
PYTHON = "3.12"


def _model(**options: Any) -> CatBoostClassifier:
    """Return a learner that writes nothing."""
    quiet = {"verbose": 0, "allow_writing_files": False, "thread_count": 1}
    return CatBoostClassifier(**quiet, **options)


@form('eval_metric(labels, z, "MultiClass")')
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    example_weight: Array | None = None,
) -> Told:
    if reduction != "mean":
        return {"absent": "reduction"}
    if labels.ndim > 1 and labels.shape[1] > 1:
        return {"absent": "several labels a row"}
    return told(eval_metric(labels, z, "MultiClass", weight=example_weight)[0])


@form('eval_metric(labels, z, "MultiClass")')
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    return zeros(cross_entropy, rows, classes, dtype)


@form('eval_metric(y, z, "Logloss")')
def binary_cross_entropy(z: Array, y: Array) -> Told:
    if z.ndim > 1 and z.shape[1] > 1:  # see above
        return {"absent": "several labels a row"}
    return told(eval_metric(y, z, "Logloss")[0])


@form('eval_metric(counts, np.log(rate), "Poisson")')
def poisson(rate: Array, counts: Array) -> Told:
    return told(eval_metric(counts, np.log(rate), "Poisson")[0])


@form('eval_metric(y, [[mu, log_sigma]], "RMSEWithUncertainty")')
def gaussian(mu: Array, variance: Array, y: Array) -> Told:
    scores = np.column_stack([mu, np.log(variance) / 2])
    return told(eval_metric(y, scores, "RMSEWithUncertainty")[0])


@form("CatBoostClassifier().fit(x, y)")
def intercept(x: Array, y: Array) -> Told:
    return told(_model().fit(x, y).predict(x[:1], "RawFormulaVal")[0])


@form('eval_metric(y, log_odds, "Logloss")')
def reported(x: Array, y: Array) -> Told:
    odds = np.full(len(y), np.log(np.mean(y) / (1 - np.mean(y))))
    return told(eval_metric(y, odds, "Logloss")[0])


@form("CatBoostClassifier().fit(x, y).get_scale_and_bias()")
def start(x: Array, y: Array) -> Told:
    bias = _model().fit(np.arange(len(y))[:, None], y).get_scale_and_bias()[1]
    return told(1 / (1 + np.exp(-bias)))


@form("CatBoostClassifier().fit(x, y).predict_proba(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    if np.ptp(x) == 0:
        return {"absent": "a model of a constant feature"}
    return told(_model().fit(x, y).predict_proba(at)[:, 1])


@form("CatBoostClassifier().fit(x, y).predict_proba(x)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(_model().fit(x, y).predict_proba(x)[0, -1])


@form("CatBoostClassifier().fit(x, y).predict_proba(at)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(_model().fit(x, y).predict_proba(at)[0])


@form("CatBoostClassifier(l2_leaf_reg=10).fit(x, y).evals_result_")
def reported_and_loss(x: Array, y: Array) -> Told:
    model = _model(loss_function="MultiClass", l2_leaf_reg=10).fit(x, y)
    p = model.predict_proba(x)[range(len(y)), y]
    said = model.get_evals_result()["learn"]["MultiClass"][-1]
    return told([said, -np.log(p).mean()])


@form('CatBoostClassifier(loss_function="MultiClass").fit(x, y)')
def scores_and_probabilities(x: Array, y: Array) -> Told:
    model = _model(loss_function="MultiClass").fit(x, y)
    return told([model.predict(x[:1], "RawFormulaVal")[0], model.predict_proba(x)[0]])
