"""PaddlePaddle, on one processor, whose package for it has no float16."""

from __future__ import annotations

from typing import Any

import numpy as np
import paddle
from paddle.nn import functional as F

from atlas.families.asking import Array, Told, form, told

PINS = ["paddlepaddle==3.3.1", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"PaddlePaddle": {}}


def _tensor(values: Array, dtype: str = "float64") -> Any:
    """Return numbers that a gradient is asked for."""
    given = paddle.to_tensor(values, dtype=dtype)
    given.stop_gradient = False
    return given


def _weights(weight: Array | None, dtype: str) -> Any:
    """Return weights, if there are any."""
    return None if weight is None else paddle.to_tensor(weight, dtype=dtype)


def _told(value: Any, given: Any = None) -> Told:
    """Return a value, and its gradient in what was given."""
    dtype = str(value.dtype).removeprefix("paddle.")
    number = value.astype("float64").numpy()
    if given is None:
        return told(number, dtype=dtype)
    (gradient,) = paddle.grad(value.sum(), given)
    return told(number, gradient.astype("float64").numpy(), dtype)


@form("F.softmax(z)")
def softmax(z: Array) -> Told:
    return _told(F.softmax(_tensor(z)))


@form("F.log_softmax(z)")
def log_softmax(z: Array) -> Told:
    return _told(F.log_softmax(_tensor(z)))


@form("paddle.logsumexp(z)")
def logsumexp(z: Array) -> Told:
    given = _tensor(z)
    return _told(paddle.logsumexp(given), given)


@form("F.cross_entropy(z, labels)")
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    weight: Array | None = None,
    ignore_index: int = -100,
    smoothing: float = 0.0,
    dtype: str = "float64",
) -> Told:
    given = _tensor(z, dtype)
    loss = F.cross_entropy(
        given,
        paddle.to_tensor(labels),
        weight=_weights(weight, dtype),
        ignore_index=ignore_index,
        reduction=reduction,
        label_smoothing=smoothing,
    )
    return _told(loss, given)


@form("F.cross_entropy(z, y, soft_label=True)")
def cross_entropy_of_distribution(
    z: Array,
    y: Array,
    reduction: str = "mean",
    weight: Array | None = None,
    smoothing: float = 0.0,
) -> Told:
    given = _tensor(z)
    loss = F.cross_entropy(
        given,
        paddle.to_tensor(y),
        weight=_weights(weight, "float64"),
        reduction=reduction,
        soft_label=True,
        label_smoothing=smoothing,
    )
    return _told(loss, given)


@form("F.cross_entropy(z, labels)")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    given = paddle.zeros([rows, classes], dtype=dtype)
    given.stop_gradient = False
    loss = F.cross_entropy(given, paddle.zeros([rows], dtype="int64"))
    (gradient,) = paddle.grad(loss, given)
    slope = gradient[0, :2].astype("float64").numpy() * rows
    return told(float(loss), slope, str(loss.dtype).removeprefix("paddle."))


@form("F.cross_entropy(p, labels, use_softmax=False)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    given = _tensor(p)
    loss = F.cross_entropy(given, paddle.to_tensor(labels), use_softmax=False)
    return _told(loss, given)


@form("F.binary_cross_entropy_with_logits(z, y)")
def binary_cross_entropy(
    z: Array,
    y: Array,
    reduction: str = "mean",
    positive_weight: Array | None = None,
) -> Told:
    given = _tensor(z)
    loss = F.binary_cross_entropy_with_logits(
        given,
        paddle.to_tensor(y),
        reduction=reduction,
        pos_weight=_weights(positive_weight, "float64"),
    )
    return _told(loss, given)


@form("F.binary_cross_entropy(p, y)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    given = _tensor(p)
    return _told(F.binary_cross_entropy(given, paddle.to_tensor(y)), given)


@form("F.sigmoid_focal_loss(z[:, None], y[:, None])")  # of a vector it is an error
def binary_focal(z: Array, y: Array) -> Told:
    given = _tensor(z[:, None])
    return _told(F.sigmoid_focal_loss(given, paddle.to_tensor(y[:, None])), given)


@form('F.kl_div(log_p, q, reduction="sum")')
def kl_divergence(q: Array, p: Array) -> Told:
    log_p = paddle.log(_tensor(p))
    return _told(F.kl_div(log_p, paddle.to_tensor(q), reduction="sum"))


@form("F.kl_div(log_p, q)")
def kl_divergence_by_default(q: Array, p: Array) -> Told:
    return _told(F.kl_div(paddle.log(_tensor(p)), paddle.to_tensor(q)))


@form("F.poisson_nll_loss(rate, counts, log_input=False)")
def poisson(rate: Array, counts: Array) -> Told:
    given = _tensor(rate)
    loss = F.poisson_nll_loss(given, paddle.to_tensor(counts), log_input=False)
    return _told(loss, given)


@form("F.gaussian_nll_loss(mu, y, variance)")
def gaussian(mu: Array, variance: Array, y: Array) -> Told:
    given = _tensor(mu)
    loss = F.gaussian_nll_loss(given, paddle.to_tensor(y), paddle.to_tensor(variance))
    return _told(loss, given)


@form("F.hsigmoid_loss(x, label, K, W)")
def hierarchy(z: Array, label: int) -> Told:
    given, index = _tensor(z[:, None]), paddle.to_tensor([[label]])
    one = _tensor(np.ones((1, 1)))  # the only feature, which needs a gradient too
    loss = F.hsigmoid_loss(one, index, len(z) + 1, given)
    (gradient, _) = paddle.grad(loss, [given, one])
    return told(loss.numpy(), gradient.numpy()[:, 0])
