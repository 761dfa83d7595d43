"""MLX, on one processor: its package for CPUs.

It is asked in float32, its usual type: its float64, which only CPUs have, takes its
exponentials from float32. Some invalid labels are not asked for, since MLX does not
check them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mlx.core as mx
import numpy as np
from mlx import nn

from atlas.families.asking import Array, Told, form, told

PINS = ["mlx==0.32.4", "mlx-cpu==0.32.4", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"MLX": {}}

BEYOND = "a check of its labels"


def _array(values: Array, dtype: str = "float32") -> Any:
    return mx.array(values, dtype=getattr(mx, dtype))


def _numbers(values: Any) -> Array:
    """Return numbers by way of a list, for NumPy does not hear of MLX's errors."""
    return np.array(values.astype(mx.float64).tolist())


def _kind(values: Any) -> str:
    return str(values.dtype).removeprefix("mlx.core.")


def _told(loss: Callable[[Any], Any], at: Array, dtype: str = "float32") -> Told:
    """Return a loss and its gradient, which is that of the sum of several."""
    point = _array(at, dtype)
    value = loss(point)
    gradient = mx.grad(lambda x: loss(x).sum())(point)
    return told(_numbers(value), _numbers(gradient), _kind(value))


def _value(values: Any) -> Told:
    return told(_numbers(values), dtype=_kind(values))


@form("mx.softmax(z, axis=-1)")
def softmax(z: Array) -> Told:
    return _value(mx.softmax(_array(z), axis=-1))


@form("nn.log_softmax(z)")
def log_softmax(z: Array) -> Told:
    return _value(nn.log_softmax(_array(z)))


@form("mx.logsumexp(z)")
def logsumexp(z: Array) -> Told:
    return _told(mx.logsumexp, z)


@form("nn.losses.cross_entropy(z, labels)")
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "none",
    example_weight: Array | None = None,
    smoothing: float = 0.0,
    dtype: str = "float32",
) -> Told:
    beyond = labels.ravel()[-1:] >= z.shape[-1]  # in the last row
    if beyond.any() or (labels < -z.shape[-1]).any():
        return {"absent": BEYOND}

    def loss(logits: Any) -> Any:
        return nn.losses.cross_entropy(
            logits,
            mx.array(labels),
            weights=None if example_weight is None else _array(example_weight, dtype),
            label_smoothing=smoothing,
            reduction=reduction,
        )

    return _told(loss, z, dtype)


@form("nn.losses.cross_entropy(z, y)")
def cross_entropy_of_distribution(
    z: Array, y: Array, reduction: str = "none", smoothing: float = 0.0
) -> Told:
    def loss(logits: Any) -> Any:
        return nn.losses.cross_entropy(
            logits, _array(y), label_smoothing=smoothing, reduction=reduction
        )

    return _told(loss, z)


@form('nn.losses.cross_entropy(z, labels, reduction="mean")')
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    labels = mx.zeros(rows, mx.int32)

    def mean(z: Any) -> Any:
        return nn.losses.cross_entropy(z, labels, reduction="mean")

    value, slope = mx.value_and_grad(mean)(
        mx.zeros((rows, classes), getattr(mx, dtype))
    )
    return told(_numbers(value), _numbers(slope[0, :2]) * rows, _kind(value))


@form("nn.losses.nll_loss(mx.log(p), labels)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    return _told(lambda at: nn.losses.nll_loss(mx.log(at), mx.array(labels)), p)


@form("nn.losses.binary_cross_entropy(z, y)")
def binary_cross_entropy(z: Array, y: Array, reduction: str = "mean") -> Told:
    def loss(logits: Any) -> Any:
        return nn.losses.binary_cross_entropy(logits, _array(y), reduction=reduction)

    return _told(loss, z)


@form("nn.losses.binary_cross_entropy(p, y, with_logits=False)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    def loss(at: Any) -> Any:
        return nn.losses.binary_cross_entropy(at, _array(y), with_logits=False)

    return _told(loss, p)


@form("nn.losses.kl_div_loss(log_p, log_q)")
def kl_divergence(q: Array, p: Array) -> Told:
    return _value(nn.losses.kl_div_loss(mx.log(_array(p)), mx.log(_array(q))))


@form("nn.losses.kl_div_loss(log_p, log_q)")
def kl_divergence_by_default(q: Array, p: Array) -> Told:
    return kl_divergence(q, p)


@form("nn.losses.gaussian_nll_loss(mu, y, variance)")
def gaussian(mu: Array, variance: Array, y: Array) -> Told:
    def loss(at: Any) -> Any:
        return nn.losses.gaussian_nll_loss(at, _array(y), _array(variance))

    return _told(loss, mu)
