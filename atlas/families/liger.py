"""Liger's kernels, in Triton's interpreter, since they are written for a GPU.

They compute in float32. The interpreter goes row by row, so that no more than some
thousand rows are asked for, and class weights and the divergence end in an error of its
own. Fused with the last layer, the loss is asked with the unit matrix for it, which
takes no infinite logits. Some invalid labels are not asked for, since the kernels do
not check them.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
from liger_kernel.transformers import functional as F

from atlas.families.asking import Array, Told, form, told
from atlas.families.tensors import answer, tensor, told_of

PINS = [
    "liger-kernel==0.8.5",
    "packaging==26.2",
    "triton==3.9.0",
    "torch==2.13.0",
    "numpy==2.4.6",
]
LIBRARIES: dict[str, dict[str, str]] = {
    "Liger": {"TRITON_INTERPRET": "1", "ATLAS_LOSS": "alone"},
    "Liger, fused": {"TRITON_INTERPRET": "1", "ATLAS_LOSS": "fused"},
}
LOSSES = {
    "alone": "liger_cross_entropy(z, labels)",
    "fused": "liger_fused_linear_cross_entropy(x, W, labels)",
}
LOSS = os.environ.get("ATLAS_LOSS", "alone")
ROWS = 5000  # of which one takes some milliseconds
BEHIND = "a check of its labels"


def _loss(given: torch.Tensor, labels: torch.Tensor, **options: Any) -> torch.Tensor:
    """Return the loss of logits, which are changed in place, and so are copied."""
    if LOSS == "alone":
        return F.liger_cross_entropy(given * 1, labels, **options)
    layer = torch.eye(given.shape[-1], dtype=given.dtype)
    return F.liger_fused_linear_cross_entropy(given, layer, labels, **options)


@form(LOSSES[LOSS])
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    ignore_index: int = -100,
    smoothing: float = 0.0,
    dtype: str = "float32",
) -> Told:
    if labels.shape[0] < len(z):
        return {"absent": BEHIND}
    if LOSS == "fused":
        heeded = labels[labels != ignore_index]
        if not np.isfinite(z).all():
            return {"absent": "logits that are not finite"}
        if ((heeded < 0) | (heeded >= z.shape[-1])).any():
            return {"absent": BEHIND}
    given = tensor(z, dtype)
    loss = _loss(
        given,
        torch.tensor(labels),
        ignore_index=ignore_index,
        reduction=reduction,
        label_smoothing=smoothing,
    )
    return told_of(loss, given)


@form(LOSSES[LOSS])
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    if rows > ROWS:
        return {"absent": "the time: it is an interpreter"}
    kind, labels = getattr(torch, dtype), torch.zeros(rows, dtype=torch.int64)
    if LOSS == "alone":
        given = torch.zeros(rows, classes, dtype=kind, requires_grad=True)
        loss = _loss(given, labels)
    else:  # a layer that sees two features, of the first two classes
        given = torch.zeros(rows, 2, dtype=kind, requires_grad=True)
        layer = torch.eye(classes, 2, dtype=kind)
        loss = F.liger_fused_linear_cross_entropy(given, layer, labels)
    (gradient,) = torch.autograd.grad(loss, given)
    return answer(loss, gradient[0, :2].double() * rows)


if LOSS == "alone":

    @form("liger_softmax(z)")
    def softmax(z: Array) -> Told:
        value = F.liger_softmax(torch.tensor(z, dtype=torch.float32)[None])[0]
        return told(value, dtype=str(value.dtype).removeprefix("torch."))
