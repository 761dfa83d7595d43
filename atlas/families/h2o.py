"""H2O, in a Java of its own: its generalised linear model, and its metrics.

Its losses are inside its learners: of logits it is not asked, but of probabilities, by
its metrics. A feature that is always the same it keeps only when it is told to.
"""

from __future__ import annotations

import atexit
import functools
from types import ModuleType
from typing import Any

import h2o
import numpy as np
from h2o.estimators import H2OGeneralizedLinearEstimator

from atlas.families.asking import Array, Told, form, told
from atlas.families.slopes import of_copies, of_units

PINS = ["h2o==3.46.0.12", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"H2O": {}}
WAYS = (
    "GLM",
    "GLM, lambda_=0",
    'GLM, lambda_=0, solver="L_BFGS"',
    'GLM, lambda_=0, solver="COORDINATE_DESCENT"',
    "GLM, lambda_=0, beta_epsilon=1e-12, objective_epsilon=1e-14",
)


@functools.cache
def _server() -> ModuleType:
    h2o.init(
        port=54871,
        nthreads=1,
        max_mem_size="1G",
        verbose=False,
        strict_version_check=False,
    )
    h2o.no_progress()
    atexit.register(lambda: h2o.cluster().shutdown())
    return h2o


def _rows(x: Array, y: Array) -> Any:
    names = [f"x{place}" for place in range(x.shape[1])]
    rows = _server().H2OFrame(
        np.column_stack([x, y]).tolist(), column_names=[*names, "y"]
    )
    rows["y"] = rows["y"].asfactor()
    return rows


def _fitted(x: Array, y: Array, family: str = "binomial", **options: Any) -> Any:
    model = H2OGeneralizedLinearEstimator(family=family, **options)
    model.train(y="y", training_frame=_rows(x, y))
    return model


def _coefficients(x: Array, y: Array, **options: Any) -> Told:
    found = _fitted(x, y, "multinomial", **options).coef()
    return told([[*found[name].values()] for name in sorted(found)])


@form("h2o.make_metrics(p, labels, domain).logloss()")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    classes = [str(place) for place in range(p.shape[1])]
    return told(_metrics(p, labels, classes).logloss())


@form('h2o.make_metrics(p, y, domain=["0", "1"]).logloss()')
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return told(_metrics(p[:, None], y, ["0", "1"]).logloss())


def _metrics(p: Array, labels: Array, classes: list[str]) -> Any:
    server = _server()
    actual = [[str(int(label))] for label in labels]
    return server.make_metrics(
        server.H2OFrame(p.tolist()),
        server.H2OFrame(actual, column_types=["enum"]),
        domain=classes,
    )


@form('H2OGeneralizedLinearEstimator(family="multinomial", lambda_=0).train(rows)')
def coefficients(x: Array, y: Array) -> Told:
    return _coefficients(x, y, lambda_=0)


def _slope(x: Array, y: Array, **options: Any) -> float:
    return float(_fitted(x, y, **options).coef()["x0"])


@form('H2OGeneralizedLinearEstimator(family="binomial").train(rows)')
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    return told(_slope(x, y, **({"lambda_": 0} if penalty == "none" else {})))


@form('H2OGeneralizedLinearEstimator(family="binomial", ignore_const_cols=False)')
def intercept(x: Array, y: Array) -> Told:
    return told(_fitted(x, y, ignore_const_cols=False).coef()["Intercept"])


@form('H2OGeneralizedLinearEstimator(family="binomial").train(rows)')
def slopes_of_copies(x: Array, y: Array, copies: int) -> Told:
    return of_copies(_slope, x, y, copies)


@form('H2OGeneralizedLinearEstimator(weights_column="weight").train(rows)')
def slopes_of_weights(x: Array, y: Array, weight: float) -> Told:
    rows = _rows(x, y)
    rows["weight"] = weight
    model = H2OGeneralizedLinearEstimator(family="binomial", weights_column="weight")
    model.train(x=["x0"], y="y", training_frame=rows)
    return told([_slope(x, y), model.coef()["x0"]])


@form('H2OGeneralizedLinearEstimator(family="binomial").train(rows).logloss()')
def reported(x: Array, y: Array) -> Told:
    return told(_fitted(x, y, ignore_const_cols=False).logloss())


@form('H2OGeneralizedLinearEstimator(family="binomial").train(rows).predict(at)')
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    constant = bool(np.ptp(x) == 0)
    model = _fitted(x, y, ignore_const_cols=not constant)
    return told(_said(model, at)[:, 1])


@form('H2OGeneralizedLinearEstimator(family="binomial").train(rows)')
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(probability_of_the_second(x, y, x[:1])["value"])


def _said(model: Any, at: Array) -> Array:
    """Return the probabilities of some rows."""
    names = [f"x{place}" for place in range(at.shape[1])]
    kinds = ["numeric"] * len(names)
    rows = _server().H2OFrame(at.tolist(), column_names=names, column_types=kinds)
    _, *said = model.predict(rows).as_data_frame(use_pandas=False)
    return np.array([one[1:] for one in said], float)


@form('H2OGeneralizedLinearEstimator(family="binomial").train(rows).predict(at)')
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(_said(_fitted(x, y), at)[0])


@form('H2OGeneralizedLinearEstimator(family="multinomial").train(rows).coef()')
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    model = _fitted(x, y, "multinomial")
    rows = [[*one.values()] for _, one in sorted(model.coef().items())]
    scores = np.array(rows) @ np.array([1, *x[0]])
    return told([np.exp(scores) / np.exp(scores).sum(), _said(model, x[:1])[0]])


@form('H2OGeneralizedLinearEstimator(family="binomial").train(rows)')
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return of_units(_slope, x, y, factor)


@form("H2OGeneralizedLinearEstimator(lambda_=0.1).train(rows).logloss()")
def reported_and_loss(x: Array, y: Array) -> Told:
    model = _fitted(x, y, "multinomial", lambda_=0.1)
    loss = -np.log(_said(model, x)[range(len(y)), y]).mean()
    return told([model.logloss(), loss])


def maximum(x: Array, y: Array, way: str) -> Told:
    options: dict[str, Any] = {}
    for one in way.split(", ")[1:]:
        name, _, value = one.partition("=")
        options[name] = value.strip('"') if name == "solver" else float(value)
    return _coefficients(x, y, **options)
