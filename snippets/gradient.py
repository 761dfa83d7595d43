"""Softmax cross-entropy and its gradient: the code of ``docs/gradient.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Floats
from snippets.softmax import log_softmax, softmax


def cross_entropy(z: ArrayLike, target: ArrayLike) -> Floats:
    r"""Softmax cross-entropy of each example, in nats: $L = -\sum_k y_k \log p_k$.

    Logits of shape (..., K) and targets, either class indices 0..K−1 of shape (...)
    or probabilities of shape (..., K), give losses of shape (...); no mean is taken.
    ValueError: a label out of range, targets that are negative or do not sum to 1
    or put weight on a masked class, shapes that do not fit, logits as in `softmax`.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), 6.2.2.3.

    >>> round(float(cross_entropy(np.log([0.2, 0.3, 0.5]), 2)), 4)
    0.6931
    """
    z = check.logits(z)
    y = check.targets(target, z)
    log_p = np.where(y > 0, log_softmax(z), 0)  # 0 · log 0 := 0
    return 0.0 - (y * log_p).sum(axis=-1)  # a loss of 0, not −0


def cross_entropy_gradient(z: ArrayLike, target: ArrayLike) -> Floats:
    r"""Gradient of each example's loss in its logits: $\nabla_z L = p - y$.

    Logits of shape (..., K) and targets as in `cross_entropy` give (..., K); each
    row sums to 0.
    ValueError: as in `cross_entropy`.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.4.

    >>> cross_entropy_gradient(np.log([0.2, 0.3, 0.5]), 2).round(4)
    array([ 0.2,  0.3, -0.5])
    """
    z = check.logits(z)
    y = check.targets(target, z)
    return softmax(z) - y


def gradient_for_any_labels(z: ArrayLike, y: ArrayLike) -> Floats:
    r"""Gradient in the logits for labels of any sum, in place of $p - y$.

    For $y \in \mathbb{R}^K$ and $s := \sum_k y_k$ it is $\nabla_z L = s p - y$.
    Logits and finite labels of one shape (..., K) give (..., K); each row sums to 0.
    ValueError: shapes that differ, labels not finite, or logits as in `softmax`.
    Source: derived on the page; with s = 1 it is `cross_entropy_gradient`.

    >>> gradient_for_any_labels(np.log([0.2, 0.3, 0.5]), [0, 0, 2]).round(4)
    array([ 0.4,  0.6, -1. ])
    """
    p = softmax(z)
    y = check.like("labels", y, p)
    return y.sum(axis=-1, keepdims=True) * p - y


def cross_entropy_and_gradient(
    z: ArrayLike, target: ArrayLike
) -> tuple[Floats, Floats]:
    r"""Loss and gradient in one pass, each logit exponentiated once.

    $L = \log \sum_k e^{z_k} - \sum_k y_k z_k$ and $\nabla_z L = p - y$.
    Logits, targets, shapes and units are those of `cross_entropy` and
    `cross_entropy_gradient`.
    ValueError: as in `cross_entropy`.
    Source: derived on the page (the log-sum-exp form).

    >>> loss, gradient = cross_entropy_and_gradient(np.log([0.2, 0.3, 0.5]), 2)
    >>> round(float(loss), 4), gradient.round(4)
    (0.6931, array([ 0.2,  0.3, -0.5]))
    """
    z = check.logits(z)
    y = check.targets(target, z)
    shifted = z - z.max(axis=-1, keepdims=True)
    e = np.exp(shifted)
    total = e.sum(axis=-1, keepdims=True)
    loss = np.log(total[..., 0]) - (y * np.where(y > 0, shifted, 0)).sum(axis=-1)
    return loss, e / total - y
