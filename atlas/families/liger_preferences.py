"""Liger's loss of preferences, which is fused with the last layer and needs no GPU.

The layer is the unit matrix, and there are two words: one with the log-probability that
is given, and the other. It computes in float32.
"""

from __future__ import annotations

from typing import Any

import torch
from liger_kernel.chunked_loss import LigerFusedLinearDPOLoss

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import tensor, told_of

PINS = [
    "liger-kernel==0.8.5",
    "packaging==26.2",
    "triton==3.9.0",
    "torch==2.13.0",
    "numpy==2.4.6",
]
LIBRARIES: dict[str, dict[str, str]] = {"Liger, preferences": {}}


def _logits(*logps: torch.Tensor) -> torch.Tensor:
    """Return logits of the words of answers of one word, or of several."""
    both = torch.cat(logps)
    words = both if both.ndim == 2 else both[:, None]
    return torch.stack([words, torch.log1p(-words.exp())], dim=-1)


def _loss(chosen: Array, rejected: Array, *reference: Array, **options: Any) -> Told:
    given = tensor(chosen, "float32")
    logits = _logits(given, torch.tensor(rejected, dtype=given.dtype))
    total = _logits(*(torch.tensor(one, dtype=given.dtype) for one in reference))
    length = logits.shape[1]
    said = torch.cat([total, torch.zeros(len(total), length - 1, 2)], dim=1)
    labels = torch.zeros(logits.shape[:2], dtype=torch.int64)
    layer = torch.eye(2)
    loss = LigerFusedLinearDPOLoss(compiled=False, **options)
    value, _ = loss(layer, logits, labels, ref_input=said, ref_weight=layer)
    return told_of(value, given)


@form("LigerFusedLinearDPOLoss(beta=β, loss_type=kind)(W, x, labels, ref_input, W)")
def preference(
    chosen: Array,
    rejected: Array,
    reference_chosen: Array,
    reference_rejected: Array,
    scale: float,
    kind: str,
    smoothing: float = 0.0,
) -> Told:
    if kind not in LigerFusedLinearDPOLoss._SUPPORTED_LOSS_TYPES:
        return {"absent": kind}
    options = {"beta": scale, "loss_type": kind, "label_smoothing": smoothing}
    return _loss(chosen, rejected, reference_chosen, reference_rejected, **options)


@form("LigerFusedLinearDPOLoss()(W, x, labels, ref_input, W)")
def preference_by_default(
    chosen: Array, rejected: Array, reference_chosen: Array, reference_rejected: Array
) -> Told:
    return _loss(chosen, rejected, reference_chosen, reference_rejected)
