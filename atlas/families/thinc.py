"""Thinc, whose losses take probabilities and give the gradient in the logits."""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.api import CategoricalCrossentropy, NumpyOps

from atlas.families.asking import Array, Told, form, told

PINS = ["thinc==9.1.1", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"Thinc": {}}

OPS = NumpyOps()
MEANS = {"mean": True, "sum": False}


def _told(loss: Any, p: Array, labels: Array) -> Told:
    """Return a loss, and what the library calls its gradient."""
    gradient, value = loss(p, labels)
    return told(value, gradient)


@form("ops.softmax(z)")
def softmax(z: Array) -> Told:
    return told(OPS.softmax(z))


@form("CategoricalCrossentropy()(ops.softmax(z), labels)")
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    ignore_index: int | None = None,
    smoothing: float = 0.0,
    dtype: str = "float64",
) -> Told:
    if dtype == "bfloat16":
        return {"absent": "dtype"}  # NumPy has none
    loss = CategoricalCrossentropy(
        normalize=MEANS[reduction],
        missing_value=ignore_index,
        label_smoothing=smoothing,
    )
    return _told(loss, OPS.softmax(z.astype(dtype)), labels)


@form("CategoricalCrossentropy()(ops.softmax(z), y)")
def cross_entropy_of_distribution(
    z: Array, y: Array, reduction: str = "mean", smoothing: float = 0.0
) -> Told:
    loss = CategoricalCrossentropy(
        normalize=MEANS[reduction], label_smoothing=smoothing
    )
    return _told(loss, OPS.softmax(z), y)


@form("CategoricalCrossentropy()(ops.softmax(z), labels)")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    if dtype == "bfloat16":
        return {"absent": "dtype"}
    p = OPS.softmax(np.zeros((rows, classes), dtype))
    gradient, value = CategoricalCrossentropy()(p, np.zeros(rows, int))
    return told(value, gradient[0, :2].astype(float) * rows)


@form("ops.logloss(y, p)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return told(OPS.logloss(y, p))
