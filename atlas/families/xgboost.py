"""XGBoost: its metrics of given margins, trees, and the linear booster.

A metric is asked with ``base_margin`` for the logits, before any round; it computes in
float32, and gives no gradient. Trees have no slopes, and are asked for their start,
what they report, and what they make of labels. The linear booster runs in one thread,
because its default updates coefficients in parallel, in an order that is not fixed. Its
coefficients are read off its margins, because ``coef_`` mixes up classes and features.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import xgboost as xgb

from atlas.families.asking import Array, Told, form, told
from atlas.families.scores import zeros

PINS = ["xgboost==3.4.1", "scikit-learn==1.9.1", "scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {
    "XGBoost": {},
    "XGBoost, gblinear": {"ATLAS_LEARNER": "gblinear"},
}
PYTHON = "3.12"
WAYS = [
    "shotgun, 10 rounds",
    "shotgun, 100 rounds",
    "shotgun, 1000 rounds",
    "coord_descent, 100 rounds",
    "coord_descent, 1000 rounds",
]
LINEAR = os.environ.get("ATLAS_LEARNER") == "gblinear"
BOOSTER = {"booster": "gblinear", "nthread": 1} if LINEAR else {"nthread": 1}
BINARY = {**BOOSTER, "objective": "binary:logistic", "verbosity": 0}
SEVERAL = {**BINARY, "objective": "multi:softprob", "num_class": 3}
SAID = '{"booster": "gblinear"}' if LINEAR else "{}"


def _metric(z: Array, y: Array, weight: Array | None = None, **options: Any) -> Told:
    """Return what a metric says of given margins."""
    if LINEAR:
        return {"absent": "a metric of its own"}
    data = xgb.DMatrix(np.zeros((len(z), 1)), y, weight=weight, base_margin=z)
    said = xgb.Booster({"verbosity": 0, **options}, [data]).eval(data)
    return told(float(said.rsplit(":", 1)[1]), dtype="float32")


def _fit(x: Array, y: Array, weight: Array | None = None, **options: Any) -> Any:
    """Return what is learned by default from labels 0 and 1."""
    return xgb.train({**BINARY, **options}, xgb.DMatrix(x, y, weight=weight))


def _odds(model: Any, x: Array) -> Array:
    """Return the log-odds at given points."""
    odds: Array = model.predict(xgb.DMatrix(x), output_margin=True)
    return odds


@form('Booster({"eval_metric": "mlogloss"}, [data]).eval(data)')
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    example_weight: Array | None = None,
) -> Told:
    if reduction != "mean":
        return {"absent": "reduction"}
    several = {"objective": "multi:softprob", "num_class": z.shape[-1]}
    return _metric(z, labels, example_weight, eval_metric="mlogloss", **several)


@form('Booster({"eval_metric": "mlogloss"}, [data]).eval(data)')
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    return zeros(cross_entropy, rows, classes, dtype)


@form('Booster({"eval_metric": "logloss"}, [data]).eval(data)')
def binary_cross_entropy(z: Array, y: Array) -> Told:
    return _metric(z, y, objective="binary:logistic", eval_metric="logloss")


@form('Booster({"eval_metric": "poisson-nloglik"}, [data]).eval(data)')
def poisson(rate: Array, counts: Array) -> Told:
    objective, metric = "count:poisson", "poisson-nloglik"
    return _metric(np.log(rate), counts, objective=objective, eval_metric=metric)


@form('Booster({"objective": "multi:softprob"}, [data]).predict(data)')
def softmax(z: Array) -> Told:
    if LINEAR:
        return {"absent": "softmax"}
    data = xgb.DMatrix(np.zeros((1, 1)), [0], base_margin=z[None])
    options = {"objective": "multi:softprob", "num_class": len(z), "verbosity": 0}
    return told(xgb.Booster(options, [data]).predict(data)[0])


@form('xgboost.train({"booster": "gblinear"}, data, 100).predict(at)')
def coefficients(x: Array, y: Array) -> Told:
    return maximum(x, y, "shotgun, 100 rounds")


@form('xgboost.train({"updater": way}, data, rounds).predict(at, output_margin=True)')
def maximum(x: Array, y: Array, way: str) -> Told:
    if not LINEAR:
        return {"absent": "coefficients"}
    updater, rounds = way.removesuffix(" rounds").split(", ")
    options = {**SEVERAL, "updater": updater}
    model = xgb.train(options, xgb.DMatrix(x, y), int(rounds))
    margins = _odds(model, np.vstack([np.zeros(2), np.eye(2)])).astype("float64")
    return told(np.vstack([margins[0], margins[1:] - margins[0]]).T, dtype="float32")


@form('XGBClassifier(booster="gblinear").fit(x, y).coef_')
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    if not LINEAR:
        return {"absent": "coefficients"}
    model = xgb.XGBClassifier(booster="gblinear", n_jobs=1).fit(x, y)
    scores = model.coef_ @ x[0] + model.intercept_
    said = [np.exp(scores) / np.exp(scores).sum(), model.predict_proba(x)[0]]
    return told(said, dtype="float32")


@form(f"xgboost.train({SAID}, data).predict(at, output_margin=True)")
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    if not LINEAR:
        return {"absent": "slope"}
    return told(np.diff(_odds(_fit(x, y), np.array([[0.0], [1.0]])))[0])


@form(f"xgboost.train({SAID}, data).predict(at, output_margin=True)")
def intercept(x: Array, y: Array) -> Told:
    return told(_odds(_fit(x, y), np.zeros((1, 1)))[0])


@form(f"xgboost.train({SAID}, data).predict(at, output_margin=True)")
def slopes_of_copies(x: Array, y: Array, copies: int) -> Told:
    if not LINEAR:
        return {"absent": "slope"}
    at = np.array([[0.0], [1.0]])
    both = (_fit(np.tile(x, (k, 1)), np.tile(y, k)) for k in (1, copies))
    return told([np.diff(_odds(model, at))[0] for model in both])


@form(f"xgboost.train({SAID}, data).predict(at, output_margin=True)")
def slopes_of_weights(x: Array, y: Array, weight: float) -> Told:
    if not LINEAR:
        return {"absent": "slope"}
    at = np.array([[0.0], [1.0]])
    both = (_fit(x, y), _fit(x, y, np.full(len(y), weight)))
    return told([np.diff(_odds(model, at))[0] for model in both])


@form(f"xgboost.train({SAID}, data).predict(at, output_margin=True)")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    if not LINEAR:
        return {"absent": "slope"}
    at = np.array([[0.0], [1.0]])
    return told([np.diff(_odds(_fit(x * k, y), at * k))[0] for k in (1, factor)])


@form(f"xgboost.train({SAID}, data, evals=[(data, name)], evals_result=said)")
def reported(x: Array, y: Array) -> Told:
    data, said = xgb.DMatrix(x, y), dict[str, Any]()
    options: dict[str, Any] = {"evals_result": said, "verbose_eval": False}
    xgb.train(BINARY, data, evals=[(data, "rows")], **options)
    return told(said["rows"]["logloss"][-1], dtype="float32")


@form('xgboost.train({"eta": 0}, data, 1).predict(data)')
def start(x: Array, y: Array) -> Told:
    model = xgb.train({**BINARY, "eta": 0}, xgb.DMatrix(x, y), 1)
    return told(model.predict(xgb.DMatrix(x))[0], dtype="float32")


@form(f"xgboost.train({SAID}, data).predict(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    return told(_fit(x, y).predict(xgb.DMatrix(at)))


@form(f"xgboost.train({SAID}, data).predict(data)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(_fit(x, y).predict(xgb.DMatrix(x))[0])


@form('xgboost.train({"objective": "multi:softprob", "num_class": 3}, data)')
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(xgb.train(SEVERAL, xgb.DMatrix(x, y)).predict(xgb.DMatrix(at))[0])


@form('xgboost.train({"lambda": 10}, data, evals=[(data, name)], evals_result=said)')
def reported_and_loss(x: Array, y: Array) -> Told:
    data, said = xgb.DMatrix(x, y), dict[str, Any]()
    options: dict[str, Any] = {"evals_result": said, "verbose_eval": False}
    penalty = {**SEVERAL, "lambda": 10}
    model = xgb.train(penalty, data, evals=[(data, "rows")], **options)
    p = model.predict(data)[range(len(y)), y]
    return told([said["rows"]["mlogloss"][-1], -np.log(p).mean()], dtype="float32")


@form('xgboost.train({"objective": "multi:softprob"}, data).predict(data)')
def scores_and_probabilities(x: Array, y: Array) -> Told:
    data = xgb.DMatrix(x, y)
    model = xgb.train(SEVERAL, data)
    said = [model.predict(data, output_margin=True)[0], model.predict(data)[0]]
    return told(said, dtype="float32")
