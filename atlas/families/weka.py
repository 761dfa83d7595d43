"""Weka's logistic regression, of Java, through its wrapper for Python.

Its losses are inside its learner, and what it has minimised it does not return. A label
is a name for it: numbers become names. A weight of 10 is as ten copies; its features
are standardised by a deviation that has N - 1 in it, which hides what is asked.
"""

from __future__ import annotations

import atexit
import functools
import importlib.metadata
import logging
from typing import Any

import numpy as np
from weka.classifiers import Classifier
from weka.core import jvm
from weka.core.dataset import create_instances_from_matrices
from weka.filters import Filter

from atlas.families.asking import Array, Told, form, told
from atlas.families.slopes import of_copies, of_units

PINS = ["python-weka-wrapper3==0.3.3", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"Weka": {}}
WAYS = ("Logistic", "Logistic, ridge 0", "Logistic, conjugate gradients")
OPTIONS = {"ridge 0": ["-R", "0"], "conjugate gradients": ["-C"]}
NOMINAL = "weka.filters.unsupervised.attribute.NumericToNominal"


@functools.cache
def _start() -> None:
    logging.disable()
    jvm.start(packages=False, max_heap_size="512m")
    atexit.register(jvm.stop)


def versions() -> dict[str, str]:
    import jpype

    _start()
    wrapper = "python-weka-wrapper3"
    weka = str(jpype.JClass("weka.core.Version").VERSION)
    return {"weka": weka, wrapper: importlib.metadata.version(wrapper)}


def _rows(x: Array, y: Array) -> Any:
    """Return rows whose last column, the label, is a name."""
    _start()
    rows = create_instances_from_matrices(x.astype(float), y.astype(float))
    names = Filter(classname=NOMINAL, options=["-R", "last"])
    names.inputformat(rows)
    rows = names.filter(rows)
    rows.class_is_last()
    return rows


def _fitted(x: Array, y: Array, *options: str) -> Classifier:
    learner = Classifier("weka.classifiers.functions.Logistic", options=[*options])
    learner.build_classifier(_rows(x, y))
    return learner


def _coefficients(learner: Classifier) -> Array:
    """Return a row a class, of which the last has none."""
    found = np.array([[*row] for row in learner.jobject.coefficients()]).T
    return np.vstack([found, 0 * found[:1]])


def _slope(x: Array, y: Array, *options: str) -> float:
    first, second = _coefficients(_fitted(x, y, *options))
    return float(second[1] - first[1])


def _said(x: Array, y: Array, at: Array) -> Array:
    """Return the probabilities of some rows."""
    learner, rows = _fitted(x, y), _rows(at, np.zeros(len(at)))
    return np.array([learner.distribution_for_instance(row) for row in rows])


@form("Logistic.buildClassifier(rows)")
def coefficients(x: Array, y: Array) -> Told:
    return told(_coefficients(_fitted(x, y, "-R", "0")))


@form("Logistic.buildClassifier(rows)")
def slope(x: Array, y: Array, penalty: str = "default") -> Told:
    return told(_slope(x, y, *(["-R", "0"] if penalty == "none" else [])))


@form("Logistic.buildClassifier(rows)")
def slopes_of_copies(x: Array, y: Array, copies: int) -> Told:
    return of_copies(_slope, x, y, copies)


@form("Logistic.buildClassifier(rows)")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return of_units(_slope, x, y, factor)


@form("Logistic.distributionForInstance(row)")
def intercept(x: Array, y: Array) -> Told:
    first, second = _said(x, y, x[:1])[0]
    return told(np.log(second / first))


@form("Logistic.distributionForInstance(row)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    return told(_said(x, y, at)[:, 1])


@form("Logistic.distributionForInstance(row)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(_said(x, y, x[:1])[0])


@form("Logistic.distributionForInstance(row)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(_said(x, y, at)[0])


@form("Logistic.coefficients()")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    scores = _coefficients(_fitted(x, y)) @ np.array([1, *x[0]])
    return told([np.exp(scores) / np.exp(scores).sum(), _said(x, y, x[:1])[0]])


@form("Logistic.buildClassifier(rows)")
def maximum(x: Array, y: Array, way: str) -> Told:
    options = OPTIONS.get(way.partition(", ")[2], [])
    return told(_coefficients(_fitted(x, y, *options)))
