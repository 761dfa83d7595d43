"""Optax, with JAX, on one processor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import optax

from atlas.families.asking import Array, Told, form, told

jax.config.update("jax_enable_x64", True)  # otherwise all is float32

PINS = ["optax==0.2.8", "jax==0.10.2", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"JAX, Optax": {}}


def _told(loss: Callable[[Any], Any], at: Array, dtype: str = "float64") -> Told:
    """Return a loss and its gradient, which is that of the sum of several."""
    point = jnp.asarray(at, dtype)
    value = loss(point)
    gradient = jax.grad(lambda x: loss(x).sum())(point)
    return told(value, gradient, str(value.dtype))


@form("jax.nn.softmax(z)")
def softmax(z: Array) -> Told:
    return told(jax.nn.softmax(jnp.asarray(z)))


@form("jax.nn.log_softmax(z)")
def log_softmax(z: Array) -> Told:
    return told(jax.nn.log_softmax(jnp.asarray(z)))


@form("jax.nn.logsumexp(z)")
def logsumexp(z: Array) -> Told:
    return _told(jax.nn.logsumexp, z)


@form("optax.softmax_cross_entropy_with_integer_labels(z, labels)")
def cross_entropy(z: Array, labels: Array, dtype: str = "float64") -> Told:
    loss = optax.softmax_cross_entropy_with_integer_labels
    return _told(lambda logits: loss(logits, jnp.asarray(labels)), z, dtype)


@form("optax.softmax_cross_entropy(z, y)")
def cross_entropy_of_distribution(z: Array, y: Array) -> Told:
    return _told(lambda logits: optax.softmax_cross_entropy(logits, jnp.asarray(y)), z)


@form("optax.softmax_cross_entropy_with_integer_labels(z, labels).mean()")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    labels = jnp.zeros(rows, "int32")

    def mean(z: jax.Array) -> jax.Array:
        return optax.softmax_cross_entropy_with_integer_labels(z, labels).mean()

    value, slope = jax.value_and_grad(mean)(jnp.zeros((rows, classes), dtype))
    return told(value, slope[0, :2].astype("float64") * rows, str(value.dtype))


@form("optax.sigmoid_binary_cross_entropy(z, y)")
def binary_cross_entropy(z: Array, y: Array) -> Told:
    loss = optax.sigmoid_binary_cross_entropy
    return _told(lambda logits: loss(logits, jnp.asarray(y)), z)


@form("optax.sigmoid_focal_loss(z, y)")
def binary_focal(z: Array, y: Array) -> Told:
    return _told(lambda logits: optax.sigmoid_focal_loss(logits, jnp.asarray(y)), z)


@form("optax.kl_divergence(log_p, q)")
def kl_divergence(q: Array, p: Array) -> Told:
    return told(optax.kl_divergence(jnp.log(p), jnp.asarray(q)))


@form("optax.kl_divergence(log_p, q)")
def kl_divergence_by_default(q: Array, p: Array) -> Told:
    return kl_divergence(q, p)


@form("jax.scipy.special.entr(q).sum()")
def entropy(q: Array) -> Told:
    return told(jax.scipy.special.entr(jnp.asarray(q)).sum())


@form("optax.ntxent(embeddings, labels, temperature)")
def contrast_of_kinds(
    x: Array, labels: Array, temperature: float, dtype: str = "float64"
) -> Told:
    kinds = jnp.asarray(labels)
    return _told(lambda at: optax.ntxent(at, kinds, temperature), x, dtype)


@form("optax.ntxent(jnp.vstack([u, w]), labels, temperature)")
def contrast(u: Array, w: Array, temperature: float | None = None) -> Told:
    kinds = jnp.tile(jnp.arange(len(u)), 2)
    options = {} if temperature is None else {"temperature": temperature}

    def loss(at: jax.Array) -> jax.Array:
        return optax.ntxent(jnp.vstack([at, w]), kinds, **options)

    return _told(loss, u)


@form("optax.ntxent(jnp.vstack([u, w]), labels)")
def contrast_by_default(u: Array, w: Array) -> Told:
    return contrast(u, w)


@form("optax.projections.projection_simplex(z)")
def sparsemax(z: Array) -> Told:
    return told(optax.projections.projection_simplex(jnp.asarray(z)))


@form("optax.projections.projection_simplex(z).sum()")
def sparsemax_of_many(classes: int, around: float) -> Told:
    z = around + jnp.linspace(0, 1 / classes, classes, dtype="float32")
    return told(optax.projections.projection_simplex(z).sum())


@form("optax.losses.multiclass_sparsemax_loss(z, labels)")
def sparsemax_loss(z: Array, labels: Array) -> Told:
    loss = optax.losses.multiclass_sparsemax_loss
    return _told(lambda at: loss(at, jnp.asarray(labels)), z)


@form("optax.losses.multiclass_sparsemax_loss(z, y)")
def sparsemax_loss_of_distribution(z: Array, y: Array) -> Told:
    return sparsemax_loss(z, y)


@form("optax.losses.sparsemax_loss(z, y)")
def binary_sparsemax_loss(z: Array, y: Array) -> Told:
    return _told(lambda at: optax.losses.sparsemax_loss(at, jnp.asarray(y)), z)


@form("optax.losses.make_fenchel_young_loss(jax.nn.logsumexp)(z, y)")
def fenchel_young(z: Array, y: Array) -> Told:
    loss = optax.losses.make_fenchel_young_loss(jax.nn.logsumexp)
    return _told(lambda at: loss(at, jnp.asarray(y)), z)


@form("optax.losses.make_fenchel_young_loss(largest)(z, y)")
def fenchel_young_of_squares(z: Array, y: Array) -> Told:
    def largest(at: jax.Array) -> jax.Array:
        q = optax.projections.projection_simplex(at)
        return jnp.vdot(at, q) - jnp.vdot(q, q) / 2

    loss = optax.losses.make_fenchel_young_loss(largest)
    return _told(lambda at: loss(at, jnp.asarray(y)), z)


@form("optax.losses.poly_loss_cross_entropy(z, y)")
def poly(z: Array, labels: Array) -> Told:
    y = jax.nn.one_hot(labels, z.shape[-1])
    return _told(lambda at: optax.losses.poly_loss_cross_entropy(at, y), z)


@form("optax.losses.ranking_softmax_loss(z, grades)")
def listwise(z: Array, grades: Array) -> Told:
    loss = optax.losses.ranking_softmax_loss
    return _told(lambda at: loss(at, jnp.asarray(grades)), z)
