"""TensorFlow, on one processor, as it runs by itself and compiled by XLA.

Its losses have no reduction, no weights of classes and no smoothing; the only losses of
probabilities that are not Keras's are those of its first version.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from atlas.families.asking import Array, Told, form, told

PINS = ["tensorflow-cpu==2.21.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {
    "TensorFlow": {"TF_CPP_MIN_LOG_LEVEL": "3"},
    "TensorFlow, compiled": {"TF_CPP_MIN_LOG_LEVEL": "3", "ATLAS_COMPILED": "1"},
}

COMPILED = "ATLAS_COMPILED" in os.environ


def _run(function: Callable[[Any], Any], at: Array, dtype: str = "float64") -> Any:
    """Compute, in a compiled function if this is asked for."""
    point = tf.constant(at, dtype)
    if COMPILED:
        return tf.function(function, jit_compile=True, autograph=False)(point)
    return function(point)


def _told(loss: Callable[[Any], Any], at: Array, dtype: str = "float64") -> Told:
    """Return a loss and its gradient, which is that of the sum of several."""

    def both(point: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            tape.watch(point)
            value = loss(point)
        return value, tape.gradient(value, point)

    value, slope = _run(both, at, dtype)
    return told(value.numpy(), slope.numpy(), value.dtype.name)


def _reduced(
    losses: Any, reduction: str | None, example_weight: Array | None = None
) -> Any:
    """Return the mean, if one is asked for, or weights, as TensorFlow takes it."""
    if reduction is None and example_weight is None:
        return losses
    return tf.nn.compute_average_loss(losses, example_weight)


@form("tf.nn.softmax(z)")
def softmax(z: Array) -> Told:
    return told(_run(tf.nn.softmax, z).numpy())


@form("tf.nn.log_softmax(z)")
def log_softmax(z: Array) -> Told:
    return told(_run(tf.nn.log_softmax, z).numpy())


@form("tf.reduce_logsumexp(z)")
def logsumexp(z: Array) -> Told:
    return _told(tf.reduce_logsumexp, z)


@form(
    "tf.nn.sparse_softmax_cross_entropy_with_logits(labels, z); "
    "a mean, and weights, by tf.nn.compute_average_loss"
)
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str | None = None,
    example_weight: Array | None = None,
    dtype: str = "float64",
) -> Told:
    def loss(logits: Any) -> Any:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        return _reduced(losses, reduction, example_weight)

    said = _told(loss, z, dtype)
    # Weighted in float32, whatever the type, though it does not say so
    return said if example_weight is None else {**said, "dtype": "float32"}


@form("tf.nn.softmax_cross_entropy_with_logits(y, z)")
def cross_entropy_of_distribution(z: Array, y: Array) -> Told:
    loss = tf.nn.softmax_cross_entropy_with_logits
    return _told(lambda logits: loss(tf.constant(y, "float64"), logits), z)


@form("tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, z))")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    labels = tf.zeros(rows, "int32")

    def both(point: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            tape.watch(point)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, point)
            value = tf.reduce_mean(losses)
        return value, tape.gradient(value, point)[0, :2]

    value, slope = _run(both, tf.zeros((rows, classes), dtype), dtype)
    return told(value.numpy(), slope.numpy().astype("float64") * rows, value.dtype.name)


@form(
    "tf.nn.sigmoid_cross_entropy_with_logits(y, z); with a weight "
    "tf.nn.weighted_cross_entropy_with_logits(y, z, weight)"
)
def binary_cross_entropy(
    z: Array,
    y: Array,
    reduction: str | None = None,
    positive_weight: float | None = None,
) -> Told:
    labels = tf.constant(y, "float64")

    def loss(logits: Any) -> Any:
        if positive_weight is None:
            losses = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
        else:
            losses = tf.nn.weighted_cross_entropy_with_logits(
                labels, logits, positive_weight
            )
        return _reduced(losses, reduction)

    return _told(loss, z)


@form("tf.compat.v1.losses.log_loss(y, p)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return _told(lambda point: tf.compat.v1.losses.log_loss(y, point), p)


@form("tf.nn.log_poisson_loss(counts, tf.math.log(rate))")
def poisson(rate: Array, counts: Array) -> Told:
    targets = tf.constant(counts, "float64")
    return _told(lambda x: tf.nn.log_poisson_loss(targets, tf.math.log(x)), rate)


def _drawn(labels: Array, samples: Array, q: Array) -> dict[str, Any]:
    """Return the true classes and those drawn, with how often each was expected."""
    expected = len(samples) * q
    drawn = tf.constant(samples, "int64"), expected[labels][:, None], expected[samples]
    return {
        "biases": np.zeros(len(q)),
        "labels": tf.constant(labels[:, None], "int64"),
        "num_sampled": len(samples),
        "num_classes": len(q),
        "sampled_values": drawn,
    }


@form("tf.nn.sampled_softmax_loss(W, b, labels, x, R, K, sampled_values=drawn)")
def sampled_softmax(z: Array, labels: Array, samples: Array, q: Array) -> Told:
    def loss(logits: Any) -> Any:  # of a layer that is the unit matrix
        drawn = _drawn(labels, samples, q)
        return tf.nn.sampled_softmax_loss(np.eye(len(q)), inputs=logits, **drawn)

    return _told(loss, z)


@form("tf.nn.nce_loss(W, b, labels, x, R, K, sampled_values=drawn)")
def noise_contrast(z: Array, labels: Array, samples: Array, q: Array) -> Told:
    def loss(logits: Any) -> Any:
        drawn = _drawn(labels, samples, q)
        return tf.nn.nce_loss(np.eye(len(q)), inputs=logits, **drawn)

    return _told(loss, z)
