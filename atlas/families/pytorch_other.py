"""PyTorch's other ways to its cross-entropy: compiled, and fused with the last layer.

The fused one is asked with its options, for without them it builds all logits and calls
the other, and with the unit matrix for the layer, which takes no infinite logits.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import answer, tensor, told_of

PINS = ["torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {
    "PyTorch, compiled": {"ATLAS_WAY": "compiled"},
    "PyTorch, fused": {"ATLAS_WAY": "fused"},
}
WRITTEN = {
    "compiled": "torch.compile(F.cross_entropy)(z, {})",
    "fused": "F.linear_cross_entropy(x, W, {}, options=LinearCrossEntropyOptions())",
}
WAY = os.environ.get("ATLAS_WAY", "compiled")


def _loss(given: torch.Tensor, target: torch.Tensor, **options: Any) -> torch.Tensor:
    """Return a loss; compiled for it alone, since it is not compiled often."""
    if WAY == "fused":
        layer = torch.eye(given.shape[-1], dtype=given.dtype)
        return _fused(given, layer, target, **options)
    torch.compiler.reset()
    return torch.compile(F.cross_entropy)(given, target, **options)


def _fused(*given: torch.Tensor, **options: Any) -> torch.Tensor:
    way = nn.LinearCrossEntropyOptions()
    return F.linear_cross_entropy(*given, options=way, **options)


def _asked(z: Array, target: torch.Tensor, dtype: str, **options: Any) -> Told:
    if WAY == "fused" and not np.isfinite(z).all():
        return {"absent": "logits that are not finite"}
    given = tensor(z, dtype)
    said = {name: value for name, value in options.items() if value is not None}
    if "weight" in said:
        said["weight"] = torch.tensor(said["weight"], dtype=given.dtype)
    loss = _loss(given, target, **said)
    return told_of(loss, given)


@form(WRITTEN[WAY].format("labels"))
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str | None = None,
    weight: Array | None = None,
    ignore_index: int | None = None,
    smoothing: float | None = None,
    dtype: str = "float64",
) -> Told:
    return _asked(
        z,
        torch.tensor(labels),
        dtype,
        weight=weight,
        ignore_index=ignore_index,
        reduction=reduction,
        label_smoothing=smoothing,
    )


@form(WRITTEN[WAY].format("y"))
def cross_entropy_of_distribution(
    z: Array,
    y: Array,
    reduction: str | None = None,
    weight: Array | None = None,
    smoothing: float | None = None,
    dtype: str = "float64",
) -> Told:
    return _asked(
        z,
        torch.tensor(y, dtype=getattr(torch, dtype)),
        dtype,
        weight=weight,
        reduction=reduction,
        label_smoothing=smoothing,
    )


@form(WRITTEN[WAY].format("labels"))
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    kind, labels = getattr(torch, dtype), torch.zeros(rows, dtype=torch.int64)
    if WAY == "compiled":
        given = torch.zeros(rows, classes, dtype=kind, requires_grad=True)
        loss = _loss(given, labels)
    else:  # a layer that sees two features, of the first two classes
        given = torch.zeros(rows, 2, dtype=kind, requires_grad=True)
        loss = _fused(given, torch.eye(classes, 2, dtype=kind), labels)
    (gradient,) = torch.autograd.grad(loss, given)
    return answer(loss, gradient[0, :2].double() * rows)
