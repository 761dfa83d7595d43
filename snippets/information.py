"""Entropy, cross-entropy, divergence and units: the code of ``docs/information.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats


def _pair(q: ArrayLike, p: ArrayLike) -> tuple[Floats, Floats]:
    """Return two distributions over the same classes, whose batches broadcast."""
    q, p = check.probabilities("q", q), check.probabilities("p", p)
    if q.shape[-1] != p.shape[-1]:
        number = f"{q.shape[-1]} and {p.shape[-1]}"
        raise ValueError(f"q and p must have the same number of classes, got {number}")
    check.broadcast("q p", q.shape, p.shape)
    return q, p


def _log(p: Floats, q: Floats) -> Floats:
    """Return log p where q is positive, else 0: then q log p is 0, its limit."""
    with np.errstate(divide="ignore"):  # log 0 = −inf: p calls the class impossible
        return np.log(np.where(q > 0, p, 1))


def entropy(q: ArrayLike) -> Floats | Float:
    r"""Entropy, the mean surprise, in nats: $H(q) = -\sum_k q_k \log q_k$.

    Distributions of shape (..., K) give (...); 0 log 0 counts as 0. It lies between 0
    and log K.
    ValueError: a probability outside [0, 1], a row that does not sum to 1.
    Source: Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x.

    >>> round(float(entropy([0.2, 0.3, 0.5])), 4)
    1.0297
    """
    q = check.probabilities("q", q)
    return -(q * _log(q, q)).sum(axis=-1) + 0.0  # an entropy of 0, not −0


def cross_entropy_between(q: ArrayLike, p: ArrayLike) -> Floats | Float:
    r"""Mean surprise of p at draws from q, in nats: $H(q, p) = -\sum_k q_k \log p_k$.

    Distributions of shape (..., K), whose batches broadcast, give (...). At least
    `entropy(q)`; +inf where p is 0 for a class that q has.
    ValueError: a bad probability, classes or batches that do not fit.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 3.

    >>> round(float(cross_entropy_between([0.1, 0.2, 0.7], [0.2, 0.3, 0.5])), 4)
    0.8869
    """
    q, p = _pair(q, p)
    return -(q * _log(p, q)).sum(axis=-1) + 0.0


def kl_divergence(q: ArrayLike, p: ArrayLike) -> Floats | Float:
    r"""Extra cost of p at draws from q, in nats: $\sum_k q_k \log \frac{q_k}{p_k}$.

    Distributions of shape (..., K), whose batches broadcast, give (...). Never
    negative, and 0 only for p = q; +inf where p is 0 for a class that q has.
    ValueError: a bad probability, classes or batches that do not fit.
    Source: Kullback and Leibler (1951), doi:10.1214/aoms/1177729694.

    >>> round(float(kl_divergence([0.1, 0.2, 0.7], [0.2, 0.3, 0.5])), 4)
    0.0851
    """
    q, p = _pair(q, p)
    divergence = (q * (_log(q, q) - _log(p, q))).sum(axis=-1)
    return np.maximum(divergence, 0)  # rounding may leave −1e-17 if p is near q


def perplexity(nats: ArrayLike) -> Floats | Float:
    r"""Perplexity of an entropy or a cross-entropy in nats: $e^{H(q)}$.

    The number of equally likely classes that would be as uncertain; any shape, +inf
    where the cross-entropy is infinite or the power too large.
    ValueError: a negative number, perhaps a log-likelihood without its minus; NaN.
    Source: Jelinek, Mercer, Bahl and Baker (1977), doi:10.1121/1.2016299.

    >>> round(float(perplexity(np.log(6))), 4)
    6.0
    """
    nats = check.floats("nats", nats)
    check.reject("nats", nats, ~(nats >= 0), "at least 0")
    with np.errstate(over="ignore"):
        return np.exp(nats)


def bits(nats: ArrayLike) -> Floats | Float:
    r"""Convert an amount of information from nats to bits: $\frac{H(q)}{\log 2}$.

    Nats of any shape; an infinite cross-entropy stays infinite.
    ValueError: NaN, or what is no real number.
    Source: Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x.

    >>> round(float(bits(np.log(8))), 4)
    3.0
    """
    nats = check.floats("nats", nats)
    check.reject("nats", nats, np.isnan(nats), "a number")
    return nats / np.log(2).astype(nats.dtype)
