"""Softmax cross-entropy and its gradient: the code of ``docs/gradient.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats
from snippets.softmax import log_softmax, softmax


def one_hot(labels: ArrayLike, classes: int) -> Floats:
    r"""Hard labels as vectors, $e_c$: 1 at the true class, 0 at all others.

    Of K classes, $(e_c)_k = \delta_{kc}$; class indices 0..K−1 of shape (...) give
    (..., K).
    ValueError: a label outside 0..K−1, classes that are not a positive whole number.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 2.2.

    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    c = check.labels(labels, check.whole("classes", classes))
    return np.equal(np.arange(classes), c[..., None]).astype(np.float64)


def target_distribution(z: ArrayLike, target: ArrayLike) -> Floats:
    r"""Targets of the logits as distributions: $e_c$ if hard, themselves if soft.

    Logits of shape (..., K) and targets, either class indices 0..K−1 of shape (...)
    or probabilities of shape (..., K), give (..., K), in the dtype of the logits.
    ValueError: as in `cross_entropy`.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), 6.2.2.3.

    >>> target_distribution(np.log([0.2, 0.3, 0.5]), 2)
    array([0., 0., 1.])
    """
    z = check.logits(z)
    target = check.targets(target, z)
    if target.ndim == z.ndim:
        return np.array(target)  # not the array that was given
    return one_hot(target, z.shape[-1]).astype(z.dtype)


def cross_entropy(z: ArrayLike, target: ArrayLike) -> Floats | Float:
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
    target = check.targets(target, z)
    if target.ndim < z.ndim:  # hard: only −log p_c = A(z) − z_c is left
        log_p_c = np.take_along_axis(log_softmax(z), target[..., None], axis=-1)
        return 0.0 - log_p_c[..., 0]  # a loss of 0, not −0
    log_p = np.where(target > 0, log_softmax(z), 0)  # 0 · log 0 := 0
    return 0.0 - (target * log_p).sum(axis=-1)


def cross_entropy_gradient(z: ArrayLike, target: ArrayLike) -> Floats:
    r"""Gradient of each loss with respect to its logits: $\nabla_z L = p - y$.

    Logits of shape (..., K) and targets as in `cross_entropy` give (..., K); each
    row sums to 0.
    ValueError: as in `cross_entropy`.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.4.

    >>> cross_entropy_gradient(np.log([0.2, 0.3, 0.5]), 2).round(4)
    array([ 0.2,  0.3, -0.5])
    """
    return softmax(z) - target_distribution(z, target)


def gradient_for_any_labels(z: ArrayLike, y: ArrayLike) -> Floats:
    r"""Gradient for labels of any sum, instead of $p - y$.

    For $y \in \mathbb{R}^K$ and $s := \sum_k y_k$ it is $\nabla_z L = s p - y$.
    Logits and finite labels y of one shape (..., K) give (..., K); each row sums to 0.
    ValueError: shapes that differ, labels not finite, or logits as in `softmax`.
    Source: derived on the page; with s = 1 it is `cross_entropy_gradient`.

    >>> gradient_for_any_labels(np.log([0.2, 0.3, 0.5]), [0, 0, 2]).round(4)
    array([ 0.4,  0.6, -1. ])
    """
    p = softmax(z)
    y = check.like("y", y, p)
    return y.sum(axis=-1, keepdims=True) * p - y


def cross_entropy_and_gradient(
    z: ArrayLike, target: ArrayLike
) -> tuple[Floats | Float, Floats]:
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
    log_total, p = np.log(total[..., 0]), e / total
    if y.ndim == z.ndim:
        return log_total - (y * np.where(y > 0, shifted, 0)).sum(axis=-1), p - y
    c = y[..., None]  # hard: in each row y is 1 here, and 0 elsewhere
    loss = log_total - np.take_along_axis(shifted, c, axis=-1)[..., 0]
    np.put_along_axis(p, c, np.take_along_axis(p, c, axis=-1) - 1, axis=-1)
    return loss, p
