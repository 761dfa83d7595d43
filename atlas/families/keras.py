"""Keras 3, on TensorFlow, JAX and PyTorch, on one processor.

Its loss classes compute in float32, unless they are given another ``dtype``: labels and
predictions are converted, whatever they are. They have no class weights, which are an
argument of ``fit``, none of the label 1, and smooth distributions only.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import keras

from atlas.families.asking import Array, Told, form, told

PINS = [
    "keras==3.15.1",
    "tensorflow-cpu==2.21.0",
    "jax==0.10.2",
    "torch==2.13.0",
    "numpy==2.4.6",
]
LIBRARIES: dict[str, dict[str, str]] = {
    "Keras on TensorFlow": {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
    "Keras on JAX": {"KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1"},
    "Keras on PyTorch": {"KERAS_BACKEND": "torch"},
}


def _slope(loss: Callable[[Any], Any], point: Any) -> Any:
    """Return the gradient of the sum of losses, as the backend has it."""
    if keras.backend.backend() == "jax":
        import jax

        return jax.grad(lambda x: loss(x).sum())(point)
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        with tf.GradientTape() as tape:
            tape.watch(point)
            value = loss(point)
        return tape.gradient(value, point)
    import torch

    point = point.detach().requires_grad_()
    return torch.autograd.grad(loss(point).sum(), point)[0]


def _numbers(values: Any) -> Array:
    """Return a backend's numbers as NumPy's; its warnings then are not the loss's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return keras.ops.convert_to_numpy(values).astype("float64")


def _plain(value: Any) -> Told:
    """Return a value alone."""
    return told(_numbers(value), dtype=keras.backend.standardize_dtype(value.dtype))


def _told(loss: Callable[[Any], Any], at: Array, dtype: str = "float64") -> Told:
    """Return a loss and its gradient."""
    point = keras.ops.convert_to_tensor(at, dtype)
    slope = _numbers(_slope(loss, point))
    value = loss(point)
    said = keras.backend.standardize_dtype(value.dtype)
    return told(_numbers(value), slope, said)


@form("keras.ops.softmax(z)")
def softmax(z: Array) -> Told:
    return _plain(keras.ops.softmax(keras.ops.convert_to_tensor(z)))


@form("keras.ops.log_softmax(z)")
def log_softmax(z: Array) -> Told:
    return _plain(keras.ops.log_softmax(keras.ops.convert_to_tensor(z)))


@form("keras.ops.logsumexp(z)")
def logsumexp(z: Array) -> Told:
    return _told(keras.ops.logsumexp, z)


@form("keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, z)")
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "sum_over_batch_size",
    ignore_index: int | None = None,
    example_weight: Array | None = None,
    dtype: str = "float64",
) -> Told:
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=ignore_index, reduction=reduction
    )
    return _told(lambda point: loss(labels, point, example_weight), z, dtype)


@form("keras.losses.CategoricalCrossentropy(from_logits=True)(y, z)")
def cross_entropy_of_distribution(
    z: Array,
    y: Array,
    reduction: str = "sum_over_batch_size",
    smoothing: float = 0.0,
) -> Told:
    loss = keras.losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=smoothing, reduction=reduction
    )
    return _told(lambda point: loss(y, point), z)


@form("keras.losses.SparseCategoricalCrossentropy()(labels, p)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    loss = keras.losses.SparseCategoricalCrossentropy()
    return _told(lambda point: loss(labels, point), p)


@form("keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, z)")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    labels = keras.ops.zeros(rows, "int32")
    point = keras.ops.zeros((rows, classes), dtype)
    slope = _numbers(_slope(lambda point: loss(labels, point), point)[0, :2])
    value = loss(labels, point)
    said = keras.backend.standardize_dtype(value.dtype)
    return told(_numbers(value), slope * rows, said)


@form("keras.losses.BinaryCrossentropy(from_logits=True)(y, z)")
def binary_cross_entropy(
    z: Array,
    y: Array,
    reduction: str = "sum_over_batch_size",
    smoothing: float = 0.0,
) -> Told:
    loss = keras.losses.BinaryCrossentropy(
        from_logits=True, label_smoothing=smoothing, reduction=reduction
    )
    return _told(lambda point: loss(y, point), z)


@form("keras.losses.BinaryCrossentropy()(y, p)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    loss = keras.losses.BinaryCrossentropy()
    return _told(lambda point: loss(y, point), p)


@form("keras.losses.BinaryFocalCrossentropy(from_logits=True)(y, z)")
def binary_focal(z: Array, y: Array) -> Told:
    loss = keras.losses.BinaryFocalCrossentropy(from_logits=True)
    return _told(lambda point: loss(y, point), z)


@form("keras.losses.CategoricalFocalCrossentropy()(y, p)")
def focal(p: Array, y: Array) -> Told:
    loss = keras.losses.CategoricalFocalCrossentropy()
    return _told(lambda point: loss(y, point), p)


@form("keras.losses.KLDivergence()(q, p)")
def kl_divergence(q: Array, p: Array) -> Told:
    return _plain(keras.losses.KLDivergence()(q, p))


@form("keras.losses.KLDivergence()(q, p)")
def kl_divergence_by_default(q: Array, p: Array) -> Told:
    return kl_divergence(q, p)


@form("keras.losses.Poisson()(counts, rate)")
def poisson(rate: Array, counts: Array) -> Told:
    return _told(lambda point: keras.losses.Poisson()(counts, point), rate)
