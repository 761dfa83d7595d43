"""The losses of Hugging Face's Transformers, which are PyTorch's with a choice made.

The loss of a causal language model is given labels that are shifted already. The one
that smooths labels is made to smooth: without, it multiplies by 0 what is smoothed, so
that of a masked class, whose loss is infinite, it is asked with smoothing alone.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import torch
from transformers import PreTrainedConfig
from transformers.loss.loss_utils import ForCausalLMLoss, ForSequenceClassificationLoss
from transformers.trainer_pt_utils import LabelSmoother

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import answer, tensor, told_of

PINS = ["transformers==5.24.0", "torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {
    "Transformers, ForCausalLMLoss": {"ATLAS_LOSS": "causal"},
    "Transformers, ForSequenceClassificationLoss": {"ATLAS_LOSS": "sequence"},
    "Transformers, LabelSmoother": {"ATLAS_LOSS": "smoother"},
}
CALLS = {
    "causal": "ForCausalLMLoss(z, None, K, shift_labels=labels)",
    "sequence": "ForSequenceClassificationLoss(labels, z, config)",
    "smoother": 'LabelSmoother(epsilon)({"logits": z}, labels)',
}
LOSS = os.environ.get("ATLAS_LOSS", "causal")


def _loss(
    z: torch.Tensor, labels: torch.Tensor, ignored: int = -100, smoothing: float = 0.0
) -> Any:
    if LOSS == "causal":
        return ForCausalLMLoss(
            z, None, z.shape[-1], ignore_index=ignored, shift_labels=labels
        )
    if LOSS == "sequence":
        config = PreTrainedConfig(num_labels=z.shape[-1])
        return ForSequenceClassificationLoss(labels, z, config, ignore_index=ignored)
    return LabelSmoother(smoothing, ignored)({"logits": z}, labels)


@form(CALLS[LOSS])
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    ignore_index: int = -100,
    smoothing: float = 0.0,
    dtype: str = "float64",
) -> Told:
    if reduction != "mean":
        return {"absent": "reduction"}
    if smoothing and LOSS != "smoother":
        return {"absent": "smoothing"}
    if LOSS == "smoother" and not smoothing and np.isinf(z).any():
        return {"absent": "a use without smoothing"}
    given = tensor(z, dtype)
    loss = _loss(given, torch.tensor(labels), ignore_index, smoothing)
    return told_of(loss, given)


@form(CALLS[LOSS])
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    given = torch.zeros(rows, classes, dtype=getattr(torch, dtype), requires_grad=True)
    loss = _loss(given, torch.zeros(rows, dtype=torch.int64))
    (gradient,) = torch.autograd.grad(loss, given)
    return answer(loss, gradient[0, :2].double() * rows)


if LOSS == "sequence":

    @form("ForSequenceClassificationLoss(y, z, config)  # of several labels")
    def binary_cross_entropy(
        z: Array, y: Array, reduction: str = "mean", dtype: str = "float64"
    ) -> Told:
        if reduction != "mean":
            return {"absent": "reduction"}
        given = tensor(z, dtype)
        config = PreTrainedConfig(problem_type="multi_label_classification")
        target = torch.tensor(y, dtype=given.dtype)
        loss = ForSequenceClassificationLoss(target, given, config)
        return told_of(loss, given)
