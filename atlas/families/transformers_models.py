"""Losses of contrast that Transformers has in its models, and one of a router.

Where the loss is inside the model, this is run with given vectors for what its encoders
return: they have the length 1, and the given similarities.
"""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from transformers.models.align.modeling_align import align_loss
from transformers.models.clip.configuration_clip import CLIPConfig
from transformers.models.clip.modeling_clip import (
    CLIPModel,
    image_text_contrastive_loss,
)
from transformers.models.siglip.modeling_siglip import SiglipModel
from transformers.models.switch_transformers import modeling_switch_transformers
from transformers.models.videoprism.modeling_videoprism import VideoPrismClipModel

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import answer, tensor, told_of

PINS = ["transformers==5.24.0", "torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {
    "Transformers, CLIP": {"ATLAS_MODEL": "CLIP"},
    "Transformers, ALIGN": {"ATLAS_MODEL": "ALIGN"},
    "Transformers, SigLIP": {"ATLAS_MODEL": "SigLIP"},
    "Transformers, VideoPrism": {"ATLAS_MODEL": "VideoPrism"},
    "Transformers, Switch": {"ATLAS_MODEL": "Switch"},
}
WRITTEN = {
    "CLIP": "image_text_contrastive_loss(scale * S)",
    "ALIGN": "align_loss(scale * S)",
    "SigLIP": "SiglipModel.forward(pixels, words, return_loss=True).loss",
    "VideoPrism": "VideoPrismClipModel.forward(pixels, words, return_loss=True).loss",
    "Switch": "router_z_loss_func(z[None])",
}
MODEL = os.environ.get("ATLAS_MODEL", "CLIP")


def _vectors(S: Array) -> tuple[torch.Tensor, torch.Tensor]:
    """Return vectors of the length 1, of which one more entry makes up the length."""
    rest = np.sqrt(1 - (S**2).sum(axis=1, keepdims=True))
    rows = np.hstack([S, rest])
    return torch.tensor(rows), torch.eye(len(S), len(S) + 1, dtype=torch.float64)


def _encoder(vectors: torch.Tensor) -> Any:
    return lambda *_, **__: SimpleNamespace(pooler_output=vectors)


def _siglip(S: Array, scale: float) -> torch.Tensor:
    pictures, captions = map(_encoder, _vectors(S))
    model = SimpleNamespace(
        vision_model=pictures,
        text_model=captions,
        logit_scale=torch.tensor(scale).double().log(),
        logit_bias=torch.tensor(0.0),
    )
    return SiglipModel.forward(model, return_loss=True).loss


def _videoprism(S: Array, scale: float) -> torch.Tensor:
    films, captions = map(_encoder, _vectors(S))
    model = SimpleNamespace(get_video_features=films, get_text_features=captions)
    options = {"temperature": 1 / scale, "return_loss": True}
    return VideoPrismClipModel.forward(model, None, None, **options).loss


if MODEL == "CLIP":

    @form("CLIPModel.forward(words, pixels, return_loss=True).loss")
    def contrast(u: Array, w: Array, temperature: float | None = None) -> Told:
        scale = CLIPConfig().logit_scale_init_value  # a logarithm
        given = tensor(u)
        model = SimpleNamespace(
            get_image_features=_encoder(given),
            get_text_features=_encoder(torch.tensor(w)),
            logit_scale=torch.tensor(-np.log(temperature) if temperature else scale),
        )
        return told_of(CLIPModel.forward(model, return_loss=True).loss, given)

    @form("CLIPModel(CLIPConfig()).forward(words, pixels, return_loss=True).loss")
    def contrast_by_default(u: Array, w: Array) -> Told:
        return contrast(u, w)


if MODEL == "Switch":

    @form(WRITTEN[MODEL])
    def z_loss(z: Array) -> Told:
        given = tensor(z)
        loss = modeling_switch_transformers.router_z_loss_func(given[None])
        return told_of(loss, given)

else:

    @form(WRITTEN[MODEL])
    def contrast_of_table(S: Array, scale: float) -> Told:
        if MODEL in ("CLIP", "ALIGN"):
            given = tensor(S)
            loss = image_text_contrastive_loss if MODEL == "CLIP" else align_loss
            return told_of(loss(scale * given), given)
        return answer((_siglip if MODEL == "SigLIP" else _videoprism)(S, scale))
