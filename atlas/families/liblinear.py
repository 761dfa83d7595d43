"""LIBLINEAR, by its own package for Python: logistic regression of two classes.

Of more it fits one against the rest of them, not a softmax. What it has minimised it
prints, and does not return. Weights of examples are in another distribution of it.
"""

from __future__ import annotations

from liblinear.liblinearutil import predict, train

from atlas.families.asking import Array, Told, form, told
from atlas.families.slopes import of_copies, of_units

PINS = ["liblinear-official==2.50.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"LIBLINEAR": {}}


def _slope(x: Array, y: Array, options: str = "") -> float:
    """Return the slope for the second class: the model has that of the first one."""
    (first,), _ = train(y, x, f"-s 0 {options} -q").get_decfun()
    return -first


@form('train(y, x, "-s 0")')
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    return told(_slope(x, y, "-c 1e10" if penalty == "none" else ""))


@form('train(y, x, "-s 0")')
def intercept(x: Array, y: Array) -> Told:
    return told(-train(y, x, "-s 0 -q").get_decfun()[1])


@form('train(y, x, "-s 0")')
def slopes_of_copies(x: Array, y: Array, copies: int) -> Told:
    return of_copies(_slope, x, y, copies)


@form('predict([], at, train(y, x, "-s 0"), "-b 1")')
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    model = train(y, x, "-s 0 -q")
    _, _, said = predict([], at, model, "-b 1 -q")
    columns = dict(zip(model.get_labels(), zip(*said, strict=True), strict=True))
    return told(columns.get(max(y.tolist()), [0.0] * len(at)))


@form('predict([], x, train(y, x, "-s 0"), "-b 1")')
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(predict([], x[:1], train(y, x, "-s 0 -q"), "-b 1 -q")[2])


@form('predict([], at, train(y, x, "-s 0"), "-b 1")')
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(predict([], at, train(y, x, "-s 0 -q"), "-b 1 -q")[2][0])


@form('predict([], x, train(y, x, "-s 0"))')
def scores_and_probabilities(x: Array, y: Array) -> Told:
    model = train(y, x, "-s 0 -q")
    return told([predict([], x[:1], model, f"-b {k} -q")[2][0] for k in (0, 1)])


@form('train(y, x, "-s 0")')
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return of_units(_slope, x, y, factor)
