"""Binary and multi-label cross-entropy from logits: the code of ``docs/binary.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats


def sigmoid(z: ArrayLike) -> Floats | Float:
    r"""Probability of "yes" from its log-odds, each number by itself.

    For $z \in \mathbb{R}$ it is $\sigma(z) := \frac{1}{1 + e^{-z}}$; if z is negative,
    $\sigma(z) = \frac{e^z}{1 + e^z}$ is computed so that nothing overflows.
    Logits of any shape give probabilities of that shape.
    ValueError: a logit that is not finite.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), 6.2.2.2.

    >>> sigmoid(np.log([0.25, 1, 4])).round(4)
    array([0.2, 0.5, 0.8])
    """
    z = check.finite("z", z)
    e = np.exp(-np.abs(z))  # at most 1
    return np.where(z >= 0, 1, e) / (1 + e)


def log_sigmoid(z: ArrayLike) -> Floats | Float:
    r"""Log-probability of "yes", in nats, without the probability.

    For $z \in \mathbb{R}$ and $\sigma(z) := \frac{1}{1 + e^{-z}}$ it is
    $\log \sigma(z) = \min(z, 0) - \log(1 + e^{-|z|})$, never positive.
    Logits of any shape give log-probabilities of that shape; of "no": log_sigmoid(-z).
    ValueError: a logit that is not finite.
    Source: derived on the page; log(1 + x) as in Mächler (2012), Rmpfr's log1mexp note.

    >>> log_sigmoid([0, -1000]).round(4)
    array([-6.931e-01, -1.000e+03])
    """
    z = check.finite("z", z)
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


def binary_cross_entropy(z: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Binary cross-entropy of each logit and label, in nats.

    For $z \in \mathbb{R}$ and $y \in [0, 1]$ it is
    $\log(1 + e^z) - y z = \max(z, 0) - z y + \log(1 + e^{-|z|})$, never negative.
    Logits and labels of shapes that broadcast; no mean and no sum is taken.
    ValueError: a logit that is not finite, a label outside [0, 1], shapes that do not
    broadcast.
    Source: TensorFlow's tf.nn.sigmoid_cross_entropy_with_logits; derived on the page.

    >>> binary_cross_entropy([0, 800, -800], 0).round(4)
    array([6.931e-01, 8.000e+02, 0.000e+00])
    >>> binary_cross_entropy(np.log(4), [0, 0.5, 1]).round(4)
    array([1.6094, 0.9163, 0.2231])
    """
    z, y = check.together("z y", z, y)
    check.reject("y", y, (y < 0) | (y > 1), "between 0 and 1")
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))


def binary_cross_entropy_gradient(z: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Gradient with respect to each logit: what is predicted minus what is true.

    For $z \in \mathbb{R}$, $y \in [0, 1]$ and $\sigma(z) := \frac{1}{1 + e^{-z}}$ it is
    $\sigma(z) - y = (1 - y) \sigma(z) - y \sigma(-z)$; for a label of 0 or 1 the right
    side loses no digits.
    Logits and labels of shapes that broadcast give values between −1 and 1.
    ValueError: as in `binary_cross_entropy`.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.2.

    >>> binary_cross_entropy_gradient(np.log(4), [0, 1]).round(4)
    array([ 0.8, -0.2])
    """
    z, y = check.together("z y", z, y)
    check.reject("y", y, (y < 0) | (y > 1), "between 0 and 1")
    return (1 - y) * sigmoid(z) - y * sigmoid(-z)


def multilabel_cross_entropy(z: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Cross-entropy of K yes-or-no labels of each example, in nats: a plain sum.

    For $z \in \mathbb{R}^K$ and $y \in [0, 1]^K$ it is
    $\sum_k \left( \log(1 + e^{z_k}) - y_k z_k \right)$.
    Logits and labels of one shape (..., K) give losses of shape (...).
    ValueError: a logit that is not finite, a label outside [0, 1], shapes that differ,
    no label at all.
    Source: derived on the page, as the cross-entropy of a product of Bernoullis.

    >>> round(float(multilabel_cross_entropy(np.log([0.2, 0.3, 0.5]), [1, 0, 1])), 4)
    3.1527
    """
    z = check.with_classes("z", z)
    y = check.like("y", y, z)
    return binary_cross_entropy(z, y).sum(axis=-1)
