"""Negative log-likelihoods and one maximum: the code of ``docs/likelihood.md``."""

from math import log, pi

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats


def bernoulli_nll(p: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Bernoulli negative log-likelihood, in nats: binary cross-entropy.

    For $f \in (0, 1)$ and $y \in \{0, 1\}$ it is $-[y \log f + (1 - y) \log(1 - f)]$.
    Probabilities p of y = 1, in [0, 1], and outcomes y, 0 or 1, of shapes that
    broadcast. Never negative; +inf for an outcome that p calls impossible.
    ValueError: a probability outside [0, 1], an outcome neither 0 nor 1.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), 6.2.2.2.

    >>> bernoulli_nll([0.8, 0.3, 0.6], [1, 0, 1]).round(4)
    array([0.2231, 0.3567, 0.5108])
    """
    p, y = check.together("p y", p, y)
    check.reject("p", p, ~((p >= 0) & (p <= 1)), "between 0 and 1")
    check.reject("y", y, (y != 0) & (y != 1), "0 or 1")
    with np.errstate(divide="ignore"):  # log 0 = −inf: the outcome was impossible
        return np.where(y == 1, -np.log(p), -np.log1p(-p)) + 0.0  # a cost of 0, not −0


def categorical_nll(p: ArrayLike, labels: ArrayLike) -> Floats | Float:
    r"""Categorical negative log-likelihood: $-\log p_c$, in nats.

    Probabilities of shape (..., K) and class indices 0..K−1 of shape (...), whose
    batch axes broadcast. Never negative; +inf for a label that p calls impossible.
    ValueError: a bad probability, a label outside 0..K−1, shapes that do not fit.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), 5.5.

    >>> round(float(categorical_nll([0.2, 0.3, 0.5], 2)), 4)
    0.6931
    """
    p = check.probabilities("probabilities", p)
    c = check.labels(labels, p.shape[-1])
    batch = check.broadcast("probabilities labels", p.shape[:-1], c.shape)
    p, c = np.broadcast_to(p, (*batch, p.shape[-1])), np.broadcast_to(c, batch)
    p_c = np.take_along_axis(p, c[..., None], axis=-1)[..., 0]
    with np.errstate(divide="ignore"):  # log 0 = −inf: the label was impossible
        return -np.log(p_c) + 0.0  # a cost of 0, not −0


def categorical_mle(counts: ArrayLike) -> Floats:
    r"""Maximum-likelihood class probabilities: the frequencies.

    Of counts $n_k \in \mathbb{R}_{\ge 0}$, not all of them 0, they are
    $\frac{n_k}{\sum_m n_m}$.
    Counts of shape (..., K) give probabilities of shape (..., K).
    ValueError: a count negative or not finite, a row without any observation.
    Source: derived on the page from Gibbs' inequality.

    >>> categorical_mle([2, 3, 5])
    array([0.2, 0.3, 0.5])
    """
    n = check.counts(counts)
    n = n / n.max(axis=-1, keepdims=True)  # so that no sum can overflow
    return n / n.sum(axis=-1, keepdims=True)


def gaussian_nll(mu: ArrayLike, sigma: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Gaussian negative log-likelihood, in nats: squared error, a scale, a constant.

    For $y, \mu \in \mathbb{R}$ and $\sigma \in \mathbb{R}_{>0}$ it is
    $\frac{1}{2} \log(2 \pi \sigma^2) + \frac{(y - \mu)^2}{2 \sigma^2}$.
    Means, standard deviations and observations of shapes that broadcast; negative where
    the density exceeds 1.
    ValueError: anything not finite, a standard deviation not positive.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), 5.5.1.

    >>> gaussian_nll(0, 1, [0, 1]).round(4)
    array([0.9189, 1.4189])
    """
    mu, sigma, y = check.together("mu sigma y", mu, sigma, y)
    check.reject("sigma", sigma, sigma <= 0, "positive")
    with np.errstate(over="ignore"):  # +inf where a number on the way is too large
        return log(2 * pi) / 2 + np.log(sigma) + ((y - mu) / sigma) ** 2 / 2
