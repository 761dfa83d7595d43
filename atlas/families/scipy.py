"""SciPy: ``special``, ``stats``, and ``optimize``, given the loss of sixty rows.

It has no cross-entropy of logits or of classes: what a reader writes from
``log_softmax`` and an index is NumPy's. Of a distribution it computes in NumPy's
float64, and has no gradient. The search starts at zero, with the first class as the
base, on the mean loss: ``jac`` and ``hess`` are exact where a way names them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import optimize, special, stats

from atlas.families.asking import Array, Told, form, told

PINS = ["scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {"SciPy": {}}
PYTHON = "3.12"
WAYS = [
    "BFGS",
    "BFGS, jac",
    "BFGS, jac, of the sum",
    "BFGS, jac, gtol=1e-9",
    "CG",
    "CG, jac",
    "L-BFGS-B",
    "L-BFGS-B, jac",
    "TNC",
    "TNC, jac",
    "SLSQP",
    "SLSQP, jac",
    "Nelder-Mead",
    "Powell",
    "COBYLA",
    "COBYQA",
    "Newton-CG, jac",
    "Newton-CG, jac, hess",
    "trust-constr",
    "trust-constr, jac, hess",
    "dogleg, jac, hess",
    "trust-ncg, jac, hess",
    "trust-krylov, jac, hess",
    "trust-exact, jac, hess",
]


@form("special.softmax(z, axis=-1)")
def softmax(z: Array) -> Told:
    return told(special.softmax(z, axis=-1))


@form("special.log_softmax(z, axis=-1)")
def log_softmax(z: Array) -> Told:
    return told(special.log_softmax(z, axis=-1))


@form("special.logsumexp(z, axis=-1)")
def logsumexp(z: Array) -> Told:
    return told(special.logsumexp(z, axis=-1))


@form("stats.entropy(q)")
def entropy(q: Array) -> Told:
    return told(stats.entropy(q))


@form("stats.entropy(q, p)")
def kl_divergence(q: Array, p: Array) -> Told:
    return told(stats.entropy(q, p))


@form("stats.entropy(q, p)")
def kl_divergence_by_default(q: Array, p: Array) -> Told:
    return told(stats.entropy(q, p))


@form("-stats.multinomial.logpmf(one_hot, 1, p)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    return told(-stats.multinomial.logpmf(np.eye(p.shape[-1])[labels], 1, p))


@form("-stats.bernoulli.logpmf(y, p)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return told(-stats.bernoulli.logpmf(y, p))


@form("-stats.poisson.logpmf(counts, rate)")
def poisson(rate: Array, counts: Array) -> Told:
    return told(-stats.poisson.logpmf(counts, rate))


@form("-stats.norm.logpdf(y, mu, np.sqrt(variance))")
def gaussian(mu: Array, variance: Array, y: Array) -> Told:
    return told(-stats.norm.logpdf(y, mu, np.sqrt(variance)))


@form("optimize.minimize(loss, np.zeros(6), method=way)")
def maximum(x: Array, y: Array, way: str) -> Told:
    method, *more = way.split(", ")
    design = np.column_stack([np.ones(len(x)), x])
    truth = np.eye(3)[y]
    share = 1 if "of the sum" in more else 1 / len(x)

    def logits(flat: Array) -> Array:
        return design @ np.vstack([np.zeros(3), flat.reshape(2, 3)]).T

    def loss(flat: Array) -> float:
        every = -special.log_softmax(logits(flat), axis=-1)[np.arange(len(y)), y]
        return float(every.sum() * share)

    def jac(flat: Array) -> Array:
        p = special.softmax(logits(flat), axis=-1)
        slopes: Array = ((p - truth).T @ design)[1:].ravel() * share
        return slopes

    def hess(flat: Array) -> Array:
        p = special.softmax(logits(flat), axis=-1)[:, 1:]
        curves = np.einsum("ni,ij->nij", p, np.eye(2)) - p[:, :, None] * p[:, None]
        whole = np.einsum("nij,na,nb->iajb", curves, design, design) * share
        square: Array = whole.reshape(6, 6)
        return square

    exact = {"jac": jac, "hess": hess}
    options: dict[str, Any] = {name: exact[name] for name in more if name in exact}
    if "gtol=1e-9" in more:
        options["options"] = {"gtol": 1e-9}
    found = optimize.minimize(loss, np.zeros(6), method=method, **options)
    return told(np.vstack([np.zeros(3), found.x.reshape(2, 3)]))
