"""The package of entmax's authors: sparsemax, entmax, and the losses of both."""

from __future__ import annotations

import entmax
import torch

from atlas.families.asking import Array, Told, form, told
from atlas.families.tensors import tensor, told_of

PINS = ["entmax==1.3", "torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"entmax": {}}


@form("entmax.sparsemax(z, -1)")
def sparsemax(z: Array) -> Told:
    return told(entmax.sparsemax(torch.tensor(z), -1))


@form("entmax.sparsemax(z, -1).sum()")
def sparsemax_of_many(classes: int, around: float) -> Told:
    z = around + torch.linspace(0, 1 / classes, classes)
    return told(entmax.sparsemax(z, -1).sum(), dtype="float32")


@form("entmax.sparsemax_loss(z, labels)")
def sparsemax_loss(z: Array, labels: Array) -> Told:
    given = tensor(z)
    return told_of(entmax.sparsemax_loss(given, torch.tensor(labels)), given)


@form("entmax.sparsemax_loss(z, y)")
def sparsemax_loss_of_distribution(z: Array, y: Array) -> Told:
    return sparsemax_loss(z, y)


@form("entmax.entmax15_loss(z, labels)")
def entmax_loss(z: Array, labels: Array, alpha: float) -> Told:
    if alpha != 1.5:
        return {"absent": "another α"}
    given = tensor(z)
    return told_of(entmax.entmax15_loss(given, torch.tensor(labels)), given)
