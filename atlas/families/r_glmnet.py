"""R's package glmnet, which wants two features at least, and two rows of each class.

Of the questions with a single feature, or with one row of a class, it is not asked. It
has no default penalty either: it fits a path of some hundred.
"""

from __future__ import annotations

from atlas.families.asking import Array, Told, form, told
from atlas.families.rscript import in_r, versions_of

PINS = ["numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"R, glmnet": {}}
WAYS = (
    "glmnet, lambda = 0",
    "glmnet, lambda = 0, thresh = 1e-14",
    "glmnet, alpha = 0, lambda = 0",
    "glmnet, its path, coef(s = 0)",
)
COEFFICIENTS = "t(sapply(coef(m, s = 0), as.vector))"


def versions() -> dict[str, str]:
    return versions_of("glmnet")


def _glmnet(code: str, options: str = ", lambda = 0", **arguments: Array) -> Told:
    fit = f'm <- glmnet(x, y, family = "multinomial"{options})'
    return told(in_r(f"{fit}\n{code}", "glmnet", **arguments))


@form('coef(glmnet(x, y, family = "multinomial", lambda = 0))')
def coefficients(x: Array, y: Array) -> Told:
    return _glmnet(COEFFICIENTS, x=x, y=y)


@form('predict(m, at, type = "response")')
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return _glmnet('drop(predict(m, at, type = "response"))', x=x, y=y, at=at)


@form('coef(glmnet(x, y, family = "multinomial", lambda = 0))')
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    code = f"""
    scores <- drop({COEFFICIENTS} %*% c(1, x[1, ]))
    said <- drop(predict(m, x[1, , drop = FALSE], type = "response"))
    rbind(exp(scores) / sum(exp(scores)), said)
    """
    return _glmnet(code, x=x, y=y)


@form('predict(m, x, type = "link")')
def scores_and_probabilities(x: Array, y: Array) -> Told:
    code = """
    one <- x[1, , drop = FALSE]
    t(sapply(c("link", "response"), function(type) drop(predict(m, one, type = type))))
    """
    return _glmnet(code, x=x, y=y)


@form('deviance(glmnet(x, y, family = "multinomial", lambda = 0.1))')
def reported_and_loss(x: Array, y: Array) -> Told:
    code = """
    p <- drop(predict(m, x, type = "response"))
    c(deviance(m), -mean(log(p[cbind(seq_along(y), y + 1)])))
    """
    return _glmnet(code, ", lambda = 0.1", x=x, y=y)


def maximum(x: Array, y: Array, way: str) -> Told:
    options = way.removeprefix("glmnet").removesuffix(", its path, coef(s = 0)")
    return _glmnet(COEFFICIENTS, options, x=x, y=y)
