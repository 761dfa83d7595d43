"""Smoothed labels, class weights, temperature: the code of ``docs/soft_labels.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats
from snippets.gradient import (
    cross_entropy,
    cross_entropy_gradient,
    target_distribution,
)
from snippets.softmax import log_softmax, softmax


def smooth_labels(y: ArrayLike, epsilon: ArrayLike) -> Floats:
    r"""Smoothed labels: a share of each is spread evenly over all K classes.

    For $y \in \Delta^{K-1}$ and $\varepsilon \in [0, 1]$ they are
    $(1 - \varepsilon) y + \frac{\varepsilon}{K} \mathbf{1}$.
    Labels of shape (..., K) give (..., K), each row summing to 1.
    ValueError: labels that are not distributions, epsilon not one number in [0, 1].
    Source: Szegedy et al. (2015), arXiv:1512.00567, section 7.

    >>> smooth_labels([0, 0, 1], 0.1).round(4)
    array([0.0333, 0.0333, 0.9333])
    """
    y = check.probabilities("y", y)
    epsilon = check.like("epsilon", epsilon, np.empty_like(y, shape=()))
    check.reject("epsilon", epsilon, (epsilon < 0) | (epsilon > 1), "between 0 and 1")
    return (1 - epsilon) * y + epsilon / y.shape[-1]


def optimal_gap(epsilon: ArrayLike, classes: int) -> Floats | Float:
    r"""Lead of the best true logit over each other one, for a smoothed hard label.

    For $\varepsilon \in (0, 1]$ and $K \in \mathbb{N}$ classes it is
    $\log\left( 1 + \frac{K (1 - \varepsilon)}{\varepsilon} \right)$.
    Shares of any shape give gaps of that shape: 0 where all is spread, and infinite
    for a share of 0, since a hard label has no best logits.
    ValueError: epsilon outside [0, 1], classes that are not a positive whole number.
    Source: derived on the page; checked against a minimiser.

    >>> optimal_gap([0.001, 0.1, 1], 3).round(4)
    array([8.0057, 3.3322, 0.    ])
    """
    epsilon = check.finite("epsilon", epsilon)
    check.reject("epsilon", epsilon, (epsilon < 0) | (epsilon > 1), "between 0 and 1")
    classes = check.whole("classes", classes)
    with np.errstate(divide="ignore", over="ignore"):
        return np.log1p(classes * (1 - epsilon) / epsilon)


def weighted_cross_entropy(
    z: ArrayLike, target: ArrayLike, weights: ArrayLike
) -> Floats | Float:
    r"""Cross-entropy of each example with a weight for each class, in nats.

    For $w \in \mathbb{R}_{>0}^K$ it is $-\sum_k w_k y_k \log p_k$; a weight of 0 is
    allowed too, and ignores its class.
    Logits of shape (..., K), targets as in `cross_entropy`, weights of shape (K,) give
    losses of shape (...); no mean is taken, since there are two of them.
    ValueError: a weight negative or not finite, or what `cross_entropy` refuses.
    Source: PyTorch, torch.nn.CrossEntropyLoss, before its reduction.

    >>> z, weights = np.log([0.2, 0.3, 0.5]), [1, 1, 4]
    >>> round(float(weighted_cross_entropy(z, 2, weights)), 4)
    2.7726
    """
    z = check.logits(z)
    wy = _weights(weights, z) * target_distribution(z, target)
    log_p = np.where(wy > 0, log_softmax(z), 0)  # 0 · log 0 := 0
    return 0.0 - (wy * log_p).sum(axis=-1)  # a loss of 0, not −0


def weighted_cross_entropy_gradient(
    z: ArrayLike, target: ArrayLike, weights: ArrayLike
) -> Floats:
    r"""Gradient of `weighted_cross_entropy` with respect to the logits.

    For $w \in \mathbb{R}_{>0}^K$ it is $(w^\top y) p - w \odot y$.
    Arguments as in `weighted_cross_entropy` give (..., K); each row sums to 0.
    ValueError: as in `weighted_cross_entropy`.
    Source: derived on the page; checked against a complex step.

    >>> z, weights = np.log([0.2, 0.3, 0.5]), [1, 1, 4]
    >>> weighted_cross_entropy_gradient(z, 2, weights).round(4)
    array([ 0.8,  1.2, -2. ])
    """
    z = check.logits(z)
    wy = _weights(weights, z) * target_distribution(z, target)
    return wy.sum(axis=-1, keepdims=True) * softmax(z) - wy


def tempered_softmax(z: ArrayLike, temperature: ArrayLike) -> Floats:
    r"""Softmax at a temperature: above 1 it evens out, below 1 it sharpens.

    For $T \in \mathbb{R}_{>0}$ it is $\operatorname{softmax}(\frac{1}{T} z)$.
    Logits of shape (..., K) give (..., K), each row summing to 1.
    ValueError: a temperature that is not one positive number, logits as in `softmax`.
    Source: Hinton, Vinyals and Dean (2015), arXiv:1503.02531, section 2.

    >>> tempered_softmax(np.log([0.2, 0.3, 0.5]), 2).round(4)
    array([0.2628, 0.3218, 0.4154])
    """
    x, _ = _tempered(z, temperature)
    return softmax(x)


def distillation_loss(
    z: ArrayLike, v: ArrayLike, temperature: ArrayLike
) -> Floats | Float:
    r"""Cross-entropy of teacher and student, both at one temperature, in nats.

    For $z, v \in \mathbb{R}^K$ and $T \in \mathbb{R}_{>0}$, with
    $p_T := \operatorname{softmax}(\frac{1}{T} z)$ for the student and
    $q_T := \operatorname{softmax}(\frac{1}{T} v)$ for the teacher, it is
    $-\sum_k (q_T)_k \log (p_T)_k$. The factor $T^2$ is left to the caller.
    Logits of one shape (..., K) give losses of shape (...).
    ValueError: shapes that differ, a class that only the student masks, or what
    `tempered_softmax` refuses.
    Source: Hinton, Vinyals and Dean (2015), arXiv:1503.02531, section 2.

    >>> z, v = np.log([0.2, 0.3, 0.5]), np.log([0.1, 0.2, 0.7])
    >>> round(float(distillation_loss(z, v, 1)), 4)
    0.8869
    """
    x, t = _tempered(z, temperature)
    return cross_entropy(x, _teacher(v, t, x))


def distillation_gradient(z: ArrayLike, v: ArrayLike, temperature: ArrayLike) -> Floats:
    r"""Gradient of `distillation_loss` with respect to the student's logits.

    For $z, v \in \mathbb{R}^K$ and $T \in \mathbb{R}_{>0}$, with
    $p_T := \operatorname{softmax}(\frac{1}{T} z)$ and
    $q_T := \operatorname{softmax}(\frac{1}{T} v)$, it is $\frac{1}{T} (p_T - q_T)$.
    Logits of one shape (..., K) give (..., K); each row sums to 0.
    ValueError: as in `distillation_loss`.
    Source: Hinton, Vinyals and Dean (2015), arXiv:1503.02531, equation 2.

    >>> z, v = np.log([0.2, 0.3, 0.5]), np.log([0.1, 0.2, 0.7])
    >>> distillation_gradient(z, v, 1).round(4)
    array([ 0.1,  0.1, -0.2])
    """
    x, t = _tempered(z, temperature)
    return cross_entropy_gradient(x, _teacher(v, t, x)) / t


def _weights(weights: ArrayLike, z: Floats) -> Floats:
    """Return one weight for each class, in the dtype of the logits."""
    w = check.like("weights", weights, np.empty_like(z, shape=z.shape[-1:]))
    check.reject("weights", w, w < 0, "at least 0")
    return w


def _tempered(z: ArrayLike, temperature: ArrayLike) -> tuple[Floats, Floats]:
    """Return the shifted logits over the temperature, and the temperature."""
    z = check.logits(z)
    t = check.positive("temperature", temperature, z)
    with np.errstate(over="ignore"):  # to −inf: a probability of 0
        return (z - z.max(axis=-1, keepdims=True)) / t, t


def _teacher(v: ArrayLike, temperature: Floats, x: Floats) -> Floats:
    """Return the teacher's probabilities for the classes of the student."""
    q = tempered_softmax(v, temperature)
    if q.shape != x.shape:
        raise ValueError(f"the teacher needs logits of shape {x.shape}, got {q.shape}")
    return q
