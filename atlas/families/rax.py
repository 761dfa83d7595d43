"""Rax, which learns to rank, with JAX: its losses of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import rax

from atlas.families.asking import Array, Told, form, told

jax.config.update("jax_enable_x64", True)  # otherwise all is float32

PINS = ["rax==0.4.0", "jax==0.10.2", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"Rax": {}}


def _told(loss: Callable[..., Any], z: Array, grades: Array) -> Told:
    scores, labels = jnp.asarray(z), jnp.asarray(grades)
    value, gradient = jax.value_and_grad(loss)(scores, labels)
    return told(value, gradient)


@form("rax.softmax_loss(z, grades)")
def listwise(z: Array, grades: Array) -> Told:
    return _told(rax.softmax_loss, z, grades)


@form("rax.pairwise_logistic_loss(z, grades)")
def pairwise(z: Array, grades: Array) -> Told:
    return _told(rax.pairwise_logistic_loss, z, grades)


@form("rax.listmle_loss(z, grades)")
def ranking(z: Array, ranking: Array) -> Told:
    return _told(rax.listmle_loss, z, -np.argsort(ranking).astype(float))


@form("rax.poly1_softmax_loss(z, y)")
def poly(z: Array, labels: Array) -> Told:
    y = np.eye(z.shape[-1])[labels]
    return _told(rax.poly1_softmax_loss, z, y)
