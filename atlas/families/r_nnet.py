"""R's package nnet: multinom, and nnet with softmax and no hidden unit.

By default it has no penalty: what becomes of one with more rows it is not asked.
"""

from __future__ import annotations

from atlas.families.asking import Array, Told, form, told
from atlas.families.rscript import in_r, versions_of

PINS = ["numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"R, nnet": {}}
WAYS = (
    "multinom",
    "multinom, abstol = 0, reltol = 1e-15, maxit = 10000",
    "nnet, softmax = TRUE, size = 0, skip = TRUE",
)
# Rows of weights for each class: the intercept, then the slopes
NNET = """
set.seed(1)
m <- nnet(x, class.ind(y), softmax = TRUE, size = 0, skip = TRUE, trace = FALSE)
matrix(m$wts, ncol(x) + 1)
"""


def versions() -> dict[str, str]:
    return versions_of("nnet")


def _multinom(code: str, options: str = "", **arguments: Array) -> Array:
    fit = f"m <- multinom(y ~ x, trace = FALSE{options})"
    return in_r(f"{fit}\n{code}", "nnet", **arguments)


@form("coef(multinom(y ~ x))")
def coefficients(x: Array, y: Array) -> Told:
    return told(_multinom("rbind(0, coef(m))", x=x, y=y))


@form("coef(multinom(y ~ x))")
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # decay is 0
    return told(_multinom("coef(m)[[2]]", x=x, y=y))


@form("coef(multinom(y ~ x))")
def intercept(x: Array, y: Array) -> Told:
    return told(_multinom("coef(m)[[1]]", x=x, y=y))


@form("deviance(multinom(y ~ x))")
def reported(x: Array, y: Array) -> Told:
    return told(_multinom("deviance(m)", x=x, y=y))


@form("fitted(multinom(y ~ x, maxit = 0))")
def start(x: Array, y: Array) -> Told:
    return told(_multinom("fitted(m)[[1]]", ", maxit = 0", x=x, y=y))


@form('predict(multinom(y ~ x), data.frame(x = at), type = "probs")')
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    code = """
    x <- drop(x)
    predict(multinom(y ~ x, trace = FALSE), data.frame(x = drop(at)), type = "probs")
    """
    return told(in_r(code, "nnet", x=x, y=y, at=at))


@form("fitted(multinom(y ~ x))")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(_multinom("fitted(m)[[1]]", x=x, y=y))


@form("fitted(multinom(y ~ x))")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    code = """
    m <- multinom(y ~ ., data.frame(y, x), trace = FALSE)
    drop(predict(m, data.frame(at), type = "probs"))
    """
    return told(in_r(code, "nnet", x=x, y=y, at=at))


@form("coef(multinom(y ~ x))")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    code = """
    scores <- drop(rbind(0, coef(m)) %*% c(1, x[1, ]))
    rbind(exp(scores) / sum(exp(scores)), fitted(m)[1, ])
    """
    return told(_multinom(code, x=x, y=y))


@form("coef(multinom(y ~ x))")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    code = f"""
    n <- multinom(y ~ I({factor} * x), trace = FALSE)
    c(coef(m)[[2]], coef(n)[[2]] * {factor})
    """
    return told(_multinom(code, x=x, y=y))


@form("deviance(multinom(y ~ x, decay = 1))")
def reported_and_loss(x: Array, y: Array) -> Told:
    code = "c(deviance(m), -mean(log(fitted(m)[cbind(seq_along(y), y + 1)])))"
    return told(_multinom(code, ", decay = 1", x=x, y=y))


def maximum(x: Array, y: Array, way: str) -> Told:
    if way.startswith("nnet"):
        return told(in_r(NNET, "nnet", x=x, y=y).T)
    options = way.removeprefix("multinom")
    return told(_multinom("rbind(0, coef(m))", options, x=x, y=y))
