"""statsmodels: the generalised linear models, and the likelihoods of their families.

There is none of several classes, no penalty by default, and no start to be asked for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import statsmodels.api as sm

from atlas.families.asking import Array, Told, form, told

PINS = ["statsmodels==0.15.0", "scipy==1.18.1", "numpy==2.5.5"]
LIBRARIES: dict[str, dict[str, str]] = {"statsmodels, GLM": {}}
PYTHON = "3.12"


def _fit(x: Array, y: Array, **options: Any) -> Any:
    """Return a fitted model of a constant and what is given."""
    design = sm.add_constant(x)
    return sm.GLM(y, design, family=sm.families.Binomial(), **options).fit()


@form("-sm.families.Binomial().loglike(y, p)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return told(-sm.families.Binomial().loglike(y, p))


@form("-sm.families.Poisson().loglike(counts, rate)")
def poisson(rate: Array, counts: Array) -> Told:
    return told(-sm.families.Poisson().loglike(counts, rate))


@form("-sm.families.Gaussian().loglike(y, mu, scale=variance)")
def gaussian(mu: Array, variance: Array, y: Array) -> Told:
    return told(-sm.families.Gaussian().loglike(y, mu, scale=variance[0]))


@form("sm.GLM(y, sm.add_constant(x), family=Binomial()).fit().params")
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    return told(_fit(x, y).params[1])


@form("sm.GLM(y, sm.add_constant(x), family=Binomial()).fit().params")
def intercept(x: Array, y: Array) -> Told:
    return told(_fit(x, y).params[0])


@form("sm.GLM(y, sm.add_constant(x), family=Binomial()).fit().deviance")
def reported(x: Array, y: Array) -> Told:
    return told(_fit(x, y).deviance)


@form("sm.GLM(y, sm.add_constant(x), family=Binomial()).fit().predict(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    return told(_fit(x, y).predict(sm.add_constant(at, has_constant="add")))


@form("sm.GLM(y, sm.add_constant(x), family=Binomial()).fit().predict(at)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    at = np.array([[1.0, 0.0]])
    return told(_fit(x, y).predict(at))
