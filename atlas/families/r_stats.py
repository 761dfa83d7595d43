"""R without any package: densities, and glm, which has two classes at most.

There is no softmax in it, and no cross-entropy of logits. Where glm begins is not told.
"""

from __future__ import annotations

from atlas.families.asking import Array, Told, form, told
from atlas.families.rscript import in_r, versions_of

PINS = ["numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"R": {}}


def versions() -> dict[str, str]:
    return versions_of()


@form("-dmultinom(y, prob = p, log = TRUE)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    if len(p) != 1:
        return {"absent": "more than one example"}
    code = "-dmultinom(replace(0 * p, y + 1, 1), prob = p, log = TRUE)"
    return told(in_r(code, p=p[0], y=labels))


@form("-dbinom(y, 1, p, log = TRUE)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return told(in_r("-dbinom(y, 1, p, log = TRUE)", p=p, y=y))


@form("-dpois(counts, rate, log = TRUE)")
def poisson(rate: Array, counts: Array) -> Told:
    return told(in_r("-dpois(counts, rate, log = TRUE)", rate=rate, counts=counts))


@form("-dnorm(y, mu, sqrt(variance), log = TRUE)")
def gaussian(mu: Array, variance: Array, y: Array) -> Told:
    code = "-dnorm(y, mu, sqrt(variance), log = TRUE)"
    return told(in_r(code, mu=mu, variance=variance, y=y))


@form("coef(glm(y ~ x, binomial))")
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # it has no other
    return told(in_r("coef(glm(y ~ x, binomial))[[2]]", x=x, y=y))


@form("coef(glm(y ~ x, binomial))")
def intercept(x: Array, y: Array) -> Told:
    return told(in_r("coef(glm(y ~ x, binomial))[[1]]", x=x, y=y))


@form("deviance(glm(y ~ x, binomial))")
def reported(x: Array, y: Array) -> Told:
    return told(in_r("deviance(glm(y ~ x, binomial))", x=x, y=y))


@form('predict(glm(y ~ x, binomial), data.frame(x = at), type = "response")')
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    code = """
    x <- drop(x)
    predict(glm(y ~ x, binomial), data.frame(x = drop(at)), type = "response")
    """
    return told(in_r(code, x=x, y=y, at=at))


@form("fitted(glm(y ~ 1, binomial))")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(in_r("fitted(glm(y ~ 1, binomial))[[1]]", y=y))


@form("coef(glm(y ~ x, binomial))")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    code = f"""
    c(coef(glm(y ~ x, binomial))[[2]],
      coef(glm(y ~ I({factor} * x), binomial))[[2]] * {factor})
    """
    return told(in_r(code, x=x, y=y))
