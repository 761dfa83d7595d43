"""The package info-nce-pytorch, which is one function."""

from __future__ import annotations

import torch
from info_nce import info_nce

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import tensor, told_of

PINS = ["info-nce-pytorch==0.1.4", "torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"info-nce-pytorch": {}}


@form("info_nce(u, w, temperature=temperature)")
def contrast(u: Array, w: Array, temperature: float | None = None) -> Told:
    given = tensor(u)
    options = {} if temperature is None else {"temperature": temperature}
    return told_of(info_nce(given, torch.tensor(w), **options), given)


@form("info_nce(u, w)")
def contrast_by_default(u: Array, w: Array) -> Told:
    return contrast(u, w)
