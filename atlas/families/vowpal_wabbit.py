"""Vowpal Wabbit, which learns from one example at a time.

Of more than two classes it fits one against the rest of them, not a softmax, and it has
no penalty by default. The loss it reports is that of examples before they are learned.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vowpalwabbit import Workspace

from atlas.families.asking import Array, Told, form, told

PINS = ["vowpalwabbit==9.11.9", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"Vowpal Wabbit": {}}
LOGISTIC = "--loss_function logistic"
CLASSES = f"--oaa 2 --probabilities {LOGISTIC}"


def _features(row: Array) -> str:
    named = (f"x{place}:{value}" for place, value in enumerate(row.tolist()))
    return "| " + " ".join(named)


@contextmanager
def _trained(options: str, x: Array, y: Array) -> Iterator[Workspace]:
    learner = Workspace(f"{options} --quiet")
    for row, label in zip(x, y.tolist(), strict=True):
        learner.learn(f"{label} {_features(row)}")
    yield learner
    learner.finish()


def _slope(x: Array, y: Array, at: float = 1.0) -> float:
    with _trained(LOGISTIC, x, 2 * y - 1) as learner:  # its labels are -1 and 1
        up, down = (learner.predict(f"| x0:{place}") for place in (at, -at))
        return float(up - down) / 2 / at


@form('Workspace("--loss_function logistic").learn(example)')
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # l1 and l2 are 0
    return told(_slope(x, y))


@form('Workspace("--loss_function logistic").learn(example)')
def intercept(x: Array, y: Array) -> Told:
    with _trained(LOGISTIC, x, 2 * y - 1) as learner:
        return told(learner.predict("| x0:0"))


@form('Workspace("--loss_function logistic --link logistic").predict(example)')
def start(x: Array, y: Array) -> Told:
    with _trained(f"{LOGISTIC} --link logistic", x[:0], y[:0]) as learner:
        return told(learner.predict(_features(x[0])))


@form('Workspace("--oaa 2 --probabilities --loss_function logistic").predict(example)')
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    with _trained(CLASSES, x, y) as learner:
        return told([learner.predict(_features(row))[1] for row in at])


@form('Workspace("--oaa 3 --scores --loss_function logistic").predict(example)')
def scores_and_probabilities(x: Array, y: Array) -> Told:
    found = []
    for kind in ("scores", "probabilities"):
        with _trained(f"--oaa 3 --{kind} {LOGISTIC}", x, y + 1) as learner:
            found.append(learner.predict(_features(x[0])))
    return told(found)


@form('Workspace("--loss_function logistic").learn(example)')
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return told([_slope(x * k, y, k) * k for k in (1.0, factor)])
