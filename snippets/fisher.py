"""Fisher information and the natural gradient: the code of ``docs/fisher.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Floats
from snippets.gradient import cross_entropy_gradient, target_distribution
from snippets.softmax import softmax


def fisher_information(z: ArrayLike) -> Floats:
    r"""Fisher information of the logits: the mean outer product of the score.

    As an expectation it is $\mathbb{E}_{c \sim p}[(e_c - p) (e_c - p)^\top]$. The mean
    is over the classes that the model itself would draw; no label is involved.
    Logits of shape (..., K) give symmetric matrices (..., K, K), whose rows sum to 0.
    ValueError: logits that `softmax` refuses.
    Source: Martens (2020), jmlr.org/papers/v21/17-678.html.

    >>> fisher_information(np.log([0.2, 0.3, 0.5])).round(4)
    array([[ 0.16, -0.06, -0.1 ],
           [-0.06,  0.21, -0.15],
           [-0.1 , -0.15,  0.25]])
    """
    p = softmax(z)
    scores = np.eye(p.shape[-1], dtype=p.dtype) - p[..., None, :]  # one row a class
    return np.einsum("...c,...cj,...ck->...jk", p, scores, scores)


def empirical_fisher(z: ArrayLike, target: ArrayLike) -> Floats:
    r"""Mean outer product of the gradients; not the Fisher information.

    Of one example it is $(p - y) (p - y)^\top$, of several the mean of these.
    Logits of shape (N, K) and targets as in `cross_entropy`, class indices of shape
    (N,) or probabilities of shape (N, K), give one symmetric matrix (K, K).
    ValueError: logits not of shape (N, K) with N at least 1; as in `cross_entropy`.
    Source: Kunstner, Balles and Hennig (2019), arXiv:1905.12558.

    >>> empirical_fisher(np.log([[0.2, 0.3, 0.5]]), [2]).round(4)
    array([[ 0.04,  0.06, -0.1 ],
           [ 0.06,  0.09, -0.15],
           [-0.1 , -0.15,  0.25]])
    """
    g = cross_entropy_gradient(z, target)
    if g.ndim != 2 or not len(g):
        raise ValueError(f"logits must have shape (N, K) with N > 0, got {g.shape}")
    return np.einsum("nj,nk->jk", g, g) / len(g)


def natural_gradient(z: ArrayLike, target: ArrayLike) -> Floats:
    r"""Natural gradient of the logits: minus label over probability, centred.

    It is $\frac{1}{K} (\mathbf{1}^\top (y \oslash p)) \mathbf{1} - y \oslash p$: the
    pseudo-inverse of the Fisher information, times the gradient $p - y$.
    Logits of shape (..., K) and targets as in `cross_entropy` give (..., K), in O(K);
    each row sums to 0.
    ValueError: a logit not finite, a probability so small that label over probability
    is not finite, targets that `cross_entropy` refuses.
    Source: derived on the page; checked against a pseudo-inverse.

    >>> natural_gradient(np.log([0.2, 0.3, 0.5]), 2).round(4)
    array([ 0.6667,  0.6667, -1.3333])
    """
    z = check.finite("logits", check.logits(z))
    y = target_distribution(z, target)
    p = softmax(z)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        ratio = np.where(y > 0, y / p, 0)
    check.reject("label over probability", ratio, ~np.isfinite(ratio), "finite")
    return ratio.mean(axis=-1, keepdims=True) - ratio
