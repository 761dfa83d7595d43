"""statsmodels: ``Logit`` and ``MNLogit``, whose base is the first class.

They have neither penalty nor weights, and start at zero. ``MNLogit`` learns from the
labels how many classes there are, so that a loss of one row cannot be asked of it, and
``fit_regularized`` has an L1 penalty of no default. A feature that is zero makes the
Hessian singular; where a question is about labels alone, only a constant is fitted.
"""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm

from atlas.families.asking import Array, Told, form, told

PINS = ["statsmodels==0.15.0", "scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {"statsmodels": {}}
PYTHON = "3.12"
WAYS = [
    "newton, the default",
    "bfgs",
    "lbfgs",
    "cg",
    "ncg",
    "nm",
    "powell",
    "basinhopping",
    "fit_regularized, alpha=0",
]


@form("-sm.Logit(y, x).loglike(w)")
def binary_cross_entropy(z: Array, y: Array) -> Told:
    if z.ndim > 1:
        return {"absent": "several labels a row"}
    model = sm.Logit(y, np.eye(len(z)))
    return told(-model.loglike(z), -model.score(z))


@form("sm.MNLogit(y, sm.add_constant(x)).fit().params")
def coefficients(x: Array, y: Array) -> Told:
    return maximum(x, y, "newton, the default")


@form("sm.MNLogit(y, sm.add_constant(x)).fit(method=way).params")
def maximum(x: Array, y: Array, way: str) -> Told:
    model = sm.MNLogit(y, sm.add_constant(x))
    method, *more = way.split(", ")
    if method == "basinhopping":
        fit = model.fit(method=method, disp=0, seed=0)
    elif method == "fit_regularized":
        fit = model.fit_regularized(alpha=0, disp=0)
    elif more:
        fit = model.fit(disp=0)
    else:
        fit = model.fit(method=method, disp=0)
    return told(np.vstack([np.zeros(x.shape[1] + 1), fit.params.T]))


@form("sm.Logit(y, sm.add_constant(x)).fit().params")
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    return told(sm.Logit(y, sm.add_constant(x)).fit(disp=0).params[1])


@form("sm.Logit(y, sm.add_constant(x)).fit().params")
def intercept(x: Array, y: Array) -> Told:
    return told(sm.Logit(y, sm.add_constant(x)).fit(disp=0).params[0])


@form("sm.Logit(y, ones).fit().llf")
def reported(x: Array, y: Array) -> Told:
    return told(sm.Logit(y, np.ones(len(x))).fit(disp=0).llf)


@form("sm.Logit(y, sm.add_constant(x)).fit().predict(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    if not x.any():
        fit = sm.Logit(y, np.ones(len(x))).fit(disp=0)
        return told(fit.predict(np.ones(len(at))))
    fit = sm.Logit(y, sm.add_constant(x)).fit(disp=0)
    return told(fit.predict(sm.add_constant(at, has_constant="add")))


@form("sm.Logit(y, ones).fit().predict(1)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(sm.Logit(y, np.ones(len(x))).fit(disp=0).predict([1.0]))


@form("sm.MNLogit(y, sm.add_constant(x)).fit().predict(at)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    fit = sm.MNLogit(y, sm.add_constant(x)).fit(disp=0)
    return told(fit.predict(sm.add_constant(at, has_constant="add"))[0])


@form("sm.MNLogit(y, sm.add_constant(x)).fit_regularized(alpha=1).llf")
def reported_and_loss(x: Array, y: Array) -> Told:
    fit = sm.MNLogit(y, sm.add_constant(x)).fit_regularized(alpha=1.0, disp=0)
    p = np.asarray(fit.predict())[range(len(y)), y]
    return told([fit.llf, -np.log(p).mean()])


@form("sm.MNLogit(y, sm.add_constant(x)).fit().params")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    fit = sm.MNLogit(y, sm.add_constant(x)).fit(disp=0)
    scores = np.append(0, sm.add_constant(x)[0] @ fit.params)
    said = [np.exp(scores) / np.exp(scores).sum(), np.asarray(fit.predict())[0]]
    return told(said)


@form('sm.MNLogit(y, sm.add_constant(x)).fit().predict(which="linear")')
def scores_and_probabilities(x: Array, y: Array) -> Told:
    fit = sm.MNLogit(y, sm.add_constant(x)).fit(disp=0)
    scores = np.append(0, np.asarray(fit.predict(which="linear"))[0].ravel()[-2:])
    return told([scores, np.asarray(fit.predict())[0]])
