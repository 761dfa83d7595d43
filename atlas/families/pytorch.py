"""PyTorch, on one processor."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional as F

from atlas.families.asking import Array, Told, form, told

PINS = ["torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"PyTorch": {}}  # by name, what surrounds it


def _tensor(values: Array, dtype: str) -> torch.Tensor:
    """Return numbers that a gradient is asked for."""
    return torch.tensor(values, dtype=getattr(torch, dtype), requires_grad=True)


def _told(value: torch.Tensor, given: torch.Tensor | None = None) -> Told:
    """Return a value, and its gradient in what was given."""
    dtype = str(value.dtype).removeprefix("torch.")
    if given is None:
        return told(value.detach().double(), dtype=dtype)
    (gradient,) = torch.autograd.grad(value.sum(), given)
    return told(value.detach().double(), gradient.double(), dtype)


def _weights(weight: Array | None, dtype: str) -> torch.Tensor | None:
    """Return weights, if there are any."""
    return None if weight is None else torch.tensor(weight, dtype=getattr(torch, dtype))


@form("F.softmax(z, -1)")
def softmax(z: Array, dtype: str = "float64") -> Told:
    given = _tensor(z, dtype)
    return _told(F.softmax(given, -1))


@form("F.log_softmax(z, -1)")
def log_softmax(z: Array, dtype: str = "float64") -> Told:
    given = _tensor(z, dtype)
    return _told(F.log_softmax(given, -1))


@form("torch.logsumexp(z, -1)")
def logsumexp(z: Array, dtype: str = "float64") -> Told:
    given = _tensor(z, dtype)
    return _told(torch.logsumexp(given, -1), given)


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
    options: dict[str, Any] = {"label_smoothing": smoothing} if smoothing else {}
    loss = F.cross_entropy(
        given,
        torch.tensor(labels),
        weight=_weights(weight, dtype),
        ignore_index=ignore_index,
        reduction=reduction,
        **options,
    )
    return _told(loss, given)


@form("F.cross_entropy(z, y)")
def cross_entropy_of_distribution(
    z: Array,
    y: Array,
    reduction: str = "mean",
    weight: Array | None = None,
    smoothing: float = 0.0,
    dtype: str = "float64",
) -> Told:
    given = _tensor(z, dtype)
    loss = F.cross_entropy(
        given,
        torch.tensor(y, dtype=given.dtype),
        weight=_weights(weight, dtype),
        reduction=reduction,
        label_smoothing=smoothing,
    )
    return _told(loss, given)


@form("F.cross_entropy(z, labels)")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    given = torch.zeros(rows, classes, dtype=getattr(torch, dtype), requires_grad=True)
    loss = F.cross_entropy(given, torch.zeros(rows, dtype=torch.int64))
    loss.backward()
    assert given.grad is not None
    dtype = str(loss.dtype).removeprefix("torch.")
    return told(loss.item(), given.grad[0, :2].double() * rows, dtype)


@form("F.binary_cross_entropy_with_logits(z, y)")
def binary_cross_entropy(
    z: Array,
    y: Array,
    reduction: str = "mean",
    positive_weight: Array | None = None,
    dtype: str = "float64",
) -> Told:
    given = _tensor(z, dtype)
    loss = F.binary_cross_entropy_with_logits(
        given,
        torch.tensor(y, dtype=given.dtype),
        reduction=reduction,
        pos_weight=_weights(positive_weight, dtype),
    )
    return _told(loss, given)


@form("F.binary_cross_entropy(p, y)")
def binary_cross_entropy_of_probability(
    p: Array, y: Array, reduction: str = "mean", dtype: str = "float64"
) -> Told:
    given = _tensor(p, dtype)
    loss = F.binary_cross_entropy(
        given, torch.tensor(y, dtype=given.dtype), reduction=reduction
    )
    return _told(loss, given)


@form('F.kl_div(log_p, q, reduction="sum")')
def kl_divergence(q: Array, p: Array) -> Told:
    return _told(F.kl_div(torch.tensor(p).log(), torch.tensor(q), reduction="sum"))


@form("F.kl_div(log_p, q)")
def kl_divergence_by_default(q: Array, p: Array) -> Told:
    return _told(F.kl_div(torch.tensor(p).log(), torch.tensor(q)))


@form("F.nll_loss(p.log(), labels)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    given = _tensor(p, "float64")
    return _told(F.nll_loss(given.log(), torch.tensor(labels)), given)


@form("torch.special.entr(q).sum()")
def entropy(q: Array, dtype: str = "float64") -> Told:
    return _told(torch.special.entr(_tensor(q, dtype)).sum())


@form("F.poisson_nll_loss(rate, counts, log_input=False)")
def poisson(rate: Array, counts: Array, dtype: str = "float64") -> Told:
    given = _tensor(rate, dtype)
    target = torch.tensor(counts, dtype=given.dtype)
    loss = F.poisson_nll_loss(given, target, log_input=False, reduction="none")
    return _told(loss, given)


@form("F.gaussian_nll_loss(mu, y, variance)")
def gaussian(mu: Array, variance: Array, y: Array, dtype: str = "float64") -> Told:
    given = _tensor(mu, dtype)
    target, spread = (torch.tensor(v, dtype=given.dtype) for v in (y, variance))
    loss = F.gaussian_nll_loss(given, target, spread, reduction="none")
    return _told(loss, given)
