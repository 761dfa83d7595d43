"""LightGBM: its metrics of given scores, and trees.

A metric is asked with ``init_score`` for the logits, before any round; it gives no
gradient. Trees have no slopes, and are asked for their start, what they report, and
what they make of labels.
"""

from __future__ import annotations

from typing import Any

import lightgbm as lgb
import numpy as np

from atlas.families.asking import Array, Told, form, told
from atlas.families.scores import zeros

PINS = ["lightgbm==4.7.0", "scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {"LightGBM": {}}
PYTHON = "3.12"
BINARY: dict[str, Any] = {"objective": "binary", "verbosity": -1, "num_threads": 1}


def _metric(z: Array, y: Array, weight: Array | None = None, **options: Any) -> Told:
    """Return what a metric says of given scores."""
    quiet: dict[str, Any] = {"verbosity": -1}
    data = lgb.Dataset(
        np.zeros((len(z), 1)), y, weight=weight, init_score=z, params=quiet
    )
    (said,) = lgb.Booster({**quiet, **options}, data).eval_train()
    return told(said[2])


def _fit(x: Array, y: Array, rounds: int = 100, **options: Any) -> Any:
    """Return what is learned, by default from labels 0 and 1."""
    return lgb.train({**BINARY, **options}, lgb.Dataset(x, y), rounds)


@form('Booster({"metric": "multi_logloss"}, data).eval_train()')
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    example_weight: Array | None = None,
) -> Told:
    if reduction != "mean":
        return {"absent": "reduction"}
    several = {"objective": "multiclass", "num_class": z.shape[-1]}
    return _metric(z, labels, example_weight, metric="multi_logloss", **several)


@form('Booster({"metric": "multi_logloss"}, data).eval_train()')
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    return zeros(cross_entropy, rows, classes, dtype)


@form('Booster({"metric": "binary_logloss"}, data).eval_train()')
def binary_cross_entropy(z: Array, y: Array) -> Told:
    return _metric(z, y, objective="binary", metric="binary_logloss")


@form('Booster({"metric": "poisson"}, data).eval_train()')
def poisson(rate: Array, counts: Array) -> Told:
    return _metric(np.log(rate), counts, objective="poisson", metric="poisson")


@form("lightgbm.train(options, data).predict(x, raw_score=True)")
def intercept(x: Array, y: Array) -> Told:
    return told(_fit(x, y).predict(x[:1], raw_score=True)[0])


@form("lightgbm.train(options, data, valid_sets=[data], callbacks=[record])")
def reported(x: Array, y: Array) -> Told:
    data, said = lgb.Dataset(x, y), dict[str, Any]()
    record = lgb.record_evaluation(said)
    lgb.train(BINARY, data, valid_sets=[data], callbacks=[record])
    return told(said["training"]["binary_logloss"][-1])


@form('lightgbm.train({"learning_rate": 1e-12}, data, 1).predict(x)')
def start(x: Array, y: Array) -> Told:
    return told(_fit(x, y, 1, learning_rate=1e-12).predict(x)[0])


@form("lightgbm.train(options, data).predict(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    return told(_fit(x, y).predict(at))


@form("lightgbm.train(options, data).predict(x)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(_fit(x, y).predict(x)[0])


@form('lightgbm.train({"objective": "multiclass", "num_class": 3}, data).predict(at)')
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(_fit(x, y, objective="multiclass", num_class=3).predict(at)[0])


@form('lightgbm.train({"lambda_l2": 10}, data, valid_sets=[data], callbacks=[record])')
def reported_and_loss(x: Array, y: Array) -> Told:
    data, said = lgb.Dataset(x, y), dict[str, Any]()
    options = {"objective": "multiclass", "num_class": 3, "lambda_l2": 10}
    record = lgb.record_evaluation(said)
    fit = {"valid_sets": [data], "callbacks": [record]}
    model = lgb.train({**BINARY, **options}, data, **fit)
    p = np.asarray(model.predict(x))[range(len(y)), y]
    return told([said["training"]["multi_logloss"][-1], -np.log(p).mean()])


@form('lightgbm.train({"objective": "multiclass"}, data).predict(x)')
def scores_and_probabilities(x: Array, y: Array) -> Told:
    model = _fit(x, y, objective="multiclass", num_class=3)
    return told([model.predict(x, raw_score=True)[0], model.predict(x)[0]])
