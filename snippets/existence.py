"""Where no minimum exists, and what restores one: the code of ``docs/existence.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats
from snippets.likelihood import categorical_mle, gaussian_nll


def separable_loss(b: ArrayLike) -> Floats | Float:
    r"""Cross-entropy of the smallest separable data set, in nats: no minimum.

    For $b \in \mathbb{R}$ it is $\log(1 + e^{-b})$, positive and strictly decreasing.
    Weights of any shape give losses of that shape.
    ValueError: a weight that is not finite.
    Source: derived on the page; checked against SciPy.

    >>> separable_loss([0, 5, 6]).round(4)
    array([0.6931, 0.0067, 0.0025])
    """
    b = check.finite("b", b)
    return np.logaddexp(0, -b)


def regularised_minimum(decay: ArrayLike) -> Floats | Float:
    r"""Minimiser of the penalised separable loss: the one weight of slope 0.

    For $b \in \mathbb{R}$ and $\lambda \in \mathbb{R}_{>0}$ the loss is
    $\log(1 + e^{-b}) + \frac{\lambda}{2} b^2$, smallest where $\lambda b$ equals
    $\frac{1}{1 + e^b}$. Newton's method from 0 rises towards that weight, and stops
    where rounding ends the rise.
    Penalties λ of any shape give weights of that shape, all positive.
    ValueError: a penalty that is not positive and finite.
    Source: derived on the page; checked by its residual and against SciPy.

    >>> round(float(regularised_minimum(0.1)), 6)
    1.633506
    """
    decay = check.finite("decay", decay)
    check.reject("decay", decay, decay <= 0, "positive")
    b = np.zeros_like(decay)
    while True:
        wrong = np.exp(-b) / (1 + np.exp(-b))  # the probability of the wrong label
        newton = b + (wrong - decay * b) / (decay + wrong * (1 - wrong))
        if (newton <= b).all():
            return b
        b = np.maximum(b, newton)


def gaussian_prior_nll(W: ArrayLike, scale: ArrayLike) -> Floats | Float:
    r"""Negative log-density of weights under a Gaussian prior, in nats: an L2 penalty.

    For $W \in \mathbb{R}^{D \times K}$ and $s \in \mathbb{R}_{>0}$ it is
    $\frac{1}{2 s^2} \lVert W \rVert_F^2 + \frac{D K}{2} \log(2 \pi s^2)$.
    Weights of shape (..., D, K) and standard deviations of shape (...) give (...).
    ValueError: anything not finite, a scale not positive, weights without two axes.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 3.3.1.

    >>> round(float(gaussian_prior_nll([[1, -1], [2, 0]], 1)), 4)
    6.6758
    """
    W = check.finite("W", W)
    if W.ndim < 2:
        raise ValueError(f"W must have the shape (..., D, K), got {W.shape}")
    s = check.finite("scale", scale).astype(W.dtype)
    check.reject("scale", s, s <= 0, "positive")
    return gaussian_nll(0, s[..., None, None], W).sum(axis=(-2, -1))


def smoothed_frequencies(counts: ArrayLike, alpha: ArrayLike) -> Floats:
    r"""Frequencies after α further sightings of every class: Laplace smoothing.

    Of counts $n_k \in \mathbb{R}_{\ge 0}$ with $\alpha \in \mathbb{R}_{>0}$ they are
    $\frac{n_k + \alpha}{\sum_m (n_m + \alpha)}$, and none of them is 0.
    Counts of shape (..., K), zeros among them, give (..., K); α broadcasts with them.
    ValueError: a count negative or not finite, an α that is not positive.
    Source: derived on the page from Gibbs' inequality.

    >>> smoothed_frequencies([2, 3, 0], 1).round(4)
    array([0.375, 0.5  , 0.125])
    """
    n = check.with_classes("counts", counts)
    n, alpha = check.together("counts alpha", n, alpha)
    check.reject("counts", n, n < 0, "at least 0")
    check.reject("alpha", alpha, alpha <= 0, "positive")
    return categorical_mle(n + alpha)
