"""R's package VGAM: vglm, multinomial or, with two classes, binomial.

It has no penalty, and no softmax of K logits: `multilogitlink` takes K - 1.
"""

from __future__ import annotations

from atlas.families.asking import Array, Told, form, told
from atlas.families.rscript import in_r, versions_of

PINS = ["numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"R, VGAM": {}}
WAYS = ("vglm, multinomial", "vglm, multinomial, epsilon = 1e-14")
# A row a class; the last one is the base
COEFFICIENTS = "rbind(t(coef(m, matrix = TRUE)), 0)"


def versions() -> dict[str, str]:
    return versions_of("VGAM")


def _vglm(code: str, options: str = "", **arguments: Array) -> Array:
    fit = f"m <- vglm(factor(y) ~ x, multinomial{options})"
    return in_r(f"{fit}\n{code}", "VGAM", **arguments)


def _binomial(code: str, **arguments: Array) -> Array:
    return in_r(f"m <- vglm(y ~ x, binomialff)\n{code}", "VGAM", **arguments)


@form("coef(vglm(factor(y) ~ x, multinomial), matrix = TRUE)")
def coefficients(x: Array, y: Array) -> Told:
    return told(_vglm(COEFFICIENTS, x=x, y=y))


@form("coef(vglm(y ~ x, binomialff))")
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # it has no other
    return told(_binomial("coef(m)[[2]]", x=x, y=y))


@form("coef(vglm(y ~ x, binomialff))")
def intercept(x: Array, y: Array) -> Told:
    return told(_binomial("coef(m)[[1]]", x=x, y=y))


@form("deviance(vglm(y ~ 1, binomialff))")
def reported(x: Array, y: Array) -> Told:
    return told(in_r("deviance(vglm(y ~ 1, binomialff))", "VGAM", y=y))


@form('predict(vglm(y ~ x, binomialff), data.frame(x = at), type = "response")')
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    code = """
    x <- drop(x)
    m <- vglm(y ~ x, binomialff)
    predict(m, data.frame(x = drop(at)), type = "response")
    """
    return told(in_r(code, "VGAM", x=x, y=y, at=at))


@form("fitted(vglm(y ~ 1, binomialff))")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(in_r("fitted(vglm(y ~ 1, binomialff))[[1]]", "VGAM", y=y))


@form('predict(m, at, type = "response")')
def probabilities(x: Array, y: Array, at: Array) -> Told:
    code = """
    m <- vglm(factor(y) ~ ., multinomial, data.frame(y, x))
    drop(predict(m, data.frame(at), type = "response"))
    """
    return told(in_r(code, "VGAM", x=x, y=y, at=at))


@form("coef(vglm(factor(y) ~ x, multinomial), matrix = TRUE)")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    code = f"""
    scores <- drop({COEFFICIENTS} %*% c(1, x[1, ]))
    rbind(exp(scores) / sum(exp(scores)), fitted(m)[1, ])
    """
    return told(_vglm(code, x=x, y=y))


@form("predict(vglm(factor(y) ~ x, multinomial))")
def scores_and_probabilities(x: Array, y: Array) -> Told:
    return told(_vglm("rbind(c(predict(m)[1, ], 0), fitted(m)[1, ])", x=x, y=y))


@form("coef(vglm(y ~ x, binomialff))")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    code = f"""
    n <- vglm(y ~ I({factor} * x), binomialff)
    c(coef(m)[[2]], coef(n)[[2]] * {factor})
    """
    return told(_binomial(code, x=x, y=y))


def maximum(x: Array, y: Array, way: str) -> Told:
    return told(_vglm(COEFFICIENTS, way.removeprefix("vglm, multinomial"), x=x, y=y))
