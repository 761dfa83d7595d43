"""Spark MLlib, on one processor, in a Java of its own.

Its losses are inside its learners: of logits it is not asked, but of probabilities, by
its evaluator. By default its learner has no penalty.
"""

from __future__ import annotations

import atexit
import functools
import os
import sys

import numpy as np
from pyspark.ml.classification import (
    LogisticRegression,
    LogisticRegressionModel,
    MultilayerPerceptronClassifier,
)
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.linalg import Vectors
from pyspark.mllib.classification import LogisticRegressionWithLBFGS
from pyspark.mllib.regression import LabeledPoint
from pyspark.sql import DataFrame, SparkSession

from atlas.families.asking import Array, Told, form, told

PINS = ["pyspark==4.3.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"Spark MLlib": {"SPARK_LOCAL_IP": "127.0.0.1"}}
WAYS = (
    "LogisticRegression",
    "LogisticRegression, tol=1e-12",
    "LogisticRegressionWithLBFGS, of RDDs",
    "MultilayerPerceptronClassifier, layers=[2, 3]",
)


@functools.cache
def _session() -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable  # or it takes any that it finds
    builder = SparkSession.builder.master("local[1]")
    for name, value in (
        ("spark.ui.enabled", "false"),
        ("spark.driver.memory", "1g"),
        ("spark.sql.shuffle.partitions", "1"),
        ("spark.ui.showConsoleProgress", "false"),
    ):
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    atexit.register(session.stop)
    return session


def _rows(x: Array, y: Array) -> DataFrame:
    rows = zip(x.tolist(), y.tolist(), strict=True)
    return _session().createDataFrame(
        [(float(label), Vectors.dense(row)) for row, label in rows],
        ["label", "features"],
    )


def _fitted(x: Array, y: Array, **options: float) -> LogisticRegressionModel:
    rows = _rows(x, y)
    return LogisticRegression(**options).fit(rows)


def _coefficients(model: LogisticRegressionModel) -> list[list[float]]:
    intercepts = model.interceptVector.toArray()
    slopes = model.coefficientMatrix.toArray()
    return [[one, *row] for one, row in zip(intercepts, slopes, strict=True)]


@form('MulticlassClassificationEvaluator(metricName="logLoss").evaluate(rows)')
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    rows = _session().createDataFrame(
        [
            (float(label), 0.0, Vectors.dense(row))
            for row, label in zip(p, labels, strict=True)
        ],
        ["label", "prediction", "probability"],
    )
    return told(MulticlassClassificationEvaluator(metricName="logLoss").evaluate(rows))


@form("LogisticRegression().fit(rows)")
def coefficients(x: Array, y: Array) -> Told:
    return told(_coefficients(_fitted(x, y)))


@form("LogisticRegression().fit(rows)")
def slope(x: Array, y: Array, penalty: str = "none") -> Told:  # regParam is 0
    return told(_fitted(x, y).coefficients[0])


@form("LogisticRegression().fit(rows)")
def intercept(x: Array, y: Array) -> Told:
    return told(_fitted(x, y).intercept)


@form("LogisticRegression().fit(rows).summary.objectiveHistory[-1]")
def reported(x: Array, y: Array) -> Told:
    return told(_fitted(x, y).summary.objectiveHistory[-1])


@form("LogisticRegression().fit(rows).predictProbability(at)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    model = _fitted(x, y)
    said = [model.predictProbability(Vectors.dense(row)) for row in at]
    return told([one[int(max(y))] for one in said])


@form("LogisticRegression().fit(rows).predictProbability(x)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(probability_of_the_second(x, y, x[:1])["value"])


@form("LogisticRegression().fit(rows).predictProbability(at)")
def probabilities(x: Array, y: Array, at: Array) -> Told:
    return told(_fitted(x, y).predictProbability(Vectors.dense(at[0])).toArray())


@form("LogisticRegression().fit(rows).coefficientMatrix")
def probabilities_of_coefficients(x: Array, y: Array) -> Told:
    model = _fitted(x, y)
    scores = np.array(_coefficients(model)) @ np.array([1, *x[0]])
    said = model.predictProbability(Vectors.dense(x[0])).toArray()
    return told([np.exp(scores) / np.exp(scores).sum(), said])


@form("LogisticRegression().fit(rows).predictRaw(x)")
def scores_and_probabilities(x: Array, y: Array) -> Told:
    model, row = _fitted(x, y), Vectors.dense(x[0])
    return told([model.predictRaw(row), model.predictProbability(row)])


@form("LogisticRegression().fit(rows)")
def slopes_of_units(x: Array, y: Array, factor: float) -> Told:
    return told([_fitted(x * k, y).coefficients[0] * k for k in (1, factor)])


@form("LogisticRegression(regParam=0.1).fit(rows).summary.objectiveHistory[-1]")
def reported_and_loss(x: Array, y: Array) -> Told:
    model = _fitted(x, y, regParam=0.1)
    said = [model.predictProbability(Vectors.dense(row)).toArray() for row in x]
    loss = -np.log([one[label] for one, label in zip(said, y, strict=True)]).mean()
    return told([model.summary.objectiveHistory[-1], loss])


def _perceptron(x: Array, y: Array) -> Array:
    rows = _rows(x, y)
    model = MultilayerPerceptronClassifier(layers=[2, 3], seed=1).fit(rows)
    weights = model.weights.toArray()
    return np.column_stack([weights[6:], weights[:6].reshape(2, 3).T])


def _of_rdds(x: Array, y: Array) -> Array:
    rows = zip(y.tolist(), x.tolist(), strict=True)
    points = _session().sparkContext.parallelize(
        [LabeledPoint(*row) for row in rows], 1
    )
    model = LogisticRegressionWithLBFGS.train(points, numClasses=3, intercept=True)
    weights = np.array(model.weights).reshape(2, 3)  # of a class: slopes, intercept
    return np.vstack([np.zeros(3), np.roll(weights, 1, axis=1)])


def maximum(x: Array, y: Array, way: str) -> Told:
    name, _, setting = way.partition(", ")
    if name == "MultilayerPerceptronClassifier":
        return told(_perceptron(x, y))
    if name == "LogisticRegressionWithLBFGS":
        return told(_of_rdds(x, y))
    options = {"tol": 1e-12} if setting else {}
    return told(_coefficients(_fitted(x, y, **options)))
