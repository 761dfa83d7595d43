"""PyTorch Metric Learning: two of its losses of contrast, for vectors with labels."""

from __future__ import annotations

import os

import torch
from pytorch_metric_learning import losses

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import tensor, told_of

PINS = ["pytorch-metric-learning==2.9.0", "torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {
    "PyTorch Metric Learning, NTXentLoss": {"ATLAS_LOSS": "NTXentLoss"},
    "PyTorch Metric Learning, SupConLoss": {"ATLAS_LOSS": "SupConLoss"},
}
NAME = os.environ.get("ATLAS_LOSS", "NTXentLoss")


@form(f"losses.{NAME}(temperature)(embeddings, labels)")
def contrast_of_kinds(
    x: Array, labels: Array, temperature: float, dtype: str = "float64"
) -> Told:
    given = tensor(x, dtype)
    loss = getattr(losses, NAME)(temperature=temperature)
    return told_of(loss(given, torch.tensor(labels)), given)


@form(f"losses.{NAME}(temperature)(torch.cat([u, w]), labels)")
def contrast(u: Array, w: Array, temperature: float | None = None) -> Told:
    given = tensor(u)
    kinds = torch.arange(len(u)).repeat(2)
    options = {} if temperature is None else {"temperature": temperature}
    both = torch.cat([given, torch.tensor(w)])
    return told_of(getattr(losses, NAME)(**options)(both, kinds), given)


@form(f"losses.{NAME}()(torch.cat([u, w]), labels)")
def contrast_by_default(u: Array, w: Array) -> Told:
    return contrast(u, w)
