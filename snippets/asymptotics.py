"""Errors, tests and calibration of a fit: the code of ``docs/asymptotics.md``."""

from math import floor

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats
from snippets.information import kl_divergence
from snippets.likelihood import categorical_mle
from snippets.softmax import softmax


def _same_classes(names: str, a: Floats, b: Floats) -> None:
    """Raise unless two arrays have the same classes, and batches that broadcast."""
    if a.shape[-1] != b.shape[-1]:
        both, number = " and ".join(names.split()), f"{a.shape[-1]} and {b.shape[-1]}"
        raise ValueError(f"{both} must have the same number of classes, got {number}")
    check.broadcast(names, a.shape, b.shape)


def _null(p: ArrayLike, counts: ArrayLike) -> tuple[Floats, Floats]:
    """Return a hypothesis that excludes no class, and the counts that test it."""
    p = check.probabilities("p", p)
    check.reject("p", p, p <= 0, "positive")
    n = check.counts(counts)
    _same_classes("p counts", p, n)
    return p, n


def _information(X: ArrayLike, z: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return inputs, predictions and their information, which has an inverse."""
    X, p = check.finite("X", X).astype(np.float64), softmax(z).astype(np.float64)
    if X.ndim != 2 or p.ndim != 2 or len(X) != len(p) or X.size == 0 or p.shape[1] < 2:
        raise ValueError(
            "X and z must have shapes (N, D) and (N, K), with K > 1 and none of them "
            f"0, got {X.shape} and {p.shape}"
        )
    free = p[:, 1:]  # the weights of the first class are 0
    S = np.eye(free.shape[1]) * free[:, :, None] - free[:, :, None] * free[:, None, :]
    size = X.shape[1] * free.shape[1]
    A = np.einsum("nd,ne,njk->djek", X, X, S).reshape(size, size)
    check.reject("the information", A, ~np.isfinite(A), "finite")
    if (rank := int(np.linalg.matrix_rank(A))) < size:
        raise ValueError(f"the information must have rank {size}, got {rank}")
    return X, p, A


def binomial_probabilities(p: ArrayLike, flips: int) -> Floats:
    r"""Probabilities of all numbers of heads: exact sums in place of random draws.

    For $f \in [0, 1]$ and $N \in \mathbb{N}$ flips the entry at
    $h \in \{0, \dots, N\}$ is $\binom{N}{h} f^h (1 - f)^{N - h}$. Each flip moves the
    share f of every probability one head up.
    Probabilities p of any shape (...) give (..., N + 1), each row summing to 1.
    ValueError: a p outside [0, 1], flips that are not a whole number from 1 to 10 000.
    Source: derived on the page; checked against SciPy.

    >>> binomial_probabilities(0.5, 3)
    array([0.125, 0.375, 0.375, 0.125])
    """
    p = check.finite("p", p)
    check.reject("p", p, (p < 0) | (p > 1), "between 0 and 1")
    flips = check.whole("flips", flips)
    if flips > 10_000:  # so many numbers change at each flip
        raise ValueError(f"flips must be at most 10000, got {flips}")
    p = p[..., None]
    weight = np.zeros((*p.shape[:-1], flips + 1), p.dtype)
    weight[..., 0] = 1
    for _ in range(flips):
        up = p * weight[..., :-1]
        weight = (1 - p) * weight
        weight[..., 1:] += up
    return weight


def model_covariance(X: ArrayLike, z: ArrayLike) -> Floats:
    r"""Covariance of fitted weights if the model is right: $A^{-1}$.

    The matrix $A \in \mathbb{R}^{D \times D}$ is the information of all examples: the
    sum of the Kronecker products of $x_n x_n^\top$ and the matrix that
    `fisher_information` has for the logits, without the first class, whose weights
    are 0. It is the reference.
    Inputs X of shape (N, D) and fitted logits z of shape (N, K) give a symmetric matrix
    (D (K − 1), D (K − 1)). Weights are counted row by row, as in ``W[:, 1:].ravel()``.
    ValueError: logits that `softmax` refuses, an input not finite, shapes that do not
    fit, a single class, an information without an inverse.
    Source: van der Vaart, Asymptotic Statistics (1998), chapter 5.

    >>> model_covariance(np.ones((10, 1)), np.log([[0.2, 0.3, 0.5]] * 10)).round(4)
    array([[0.8333, 0.5   ],
           [0.5   , 0.7   ]])
    """
    _, _, A = _information(X, z)
    return np.linalg.inv(A)


def sandwich_covariance(X: ArrayLike, z: ArrayLike, y: ArrayLike) -> Floats:
    r"""Covariance of fitted weights whether or not the model is right.

    For the information $A \in \mathbb{R}^{D \times D}$ of `model_covariance` and the
    sum $B \in \mathbb{R}^{D \times D}$ of the outer products of the examples'
    gradients, the same without the first class, it is $A^{-1} B A^{-1}$.
    Inputs X of shape (N, D), fitted logits z and labels y, as distributions, of shape
    (N, K) give a symmetric matrix (D (K − 1), D (K − 1)).
    ValueError: as in `model_covariance`; labels that are not distributions.
    Source: White (1982), Econometrica 50 (1), doi:10.2307/1912526.

    >>> X, z = np.ones((4, 1)), np.log([[0.5, 0.5]] * 4)
    >>> sandwich_covariance(X, z, [[1, 0], [0, 1], [1, 0], [0, 1]])
    array([[1.]])
    >>> sandwich_covariance(X, z, [[0.75, 0.25], [0.25, 0.75]] * 2)
    array([[0.25]])
    """
    X, p, A = _information(X, z)
    y = check.probabilities("y", y)
    if y.shape != p.shape:
        raise ValueError(f"y must have the shape {p.shape}, got {y.shape}")
    g = (X[:, :, None] * (p - y)[:, None, 1:]).reshape(len(X), len(A))
    A_inverse = np.linalg.inv(A)
    return A_inverse @ (g.T @ g) @ A_inverse


def likelihood_ratio_statistic(p: ArrayLike, counts: ArrayLike) -> Floats | Float:
    r"""Twice the gain in log-likelihood over a hypothesis: the deviance, in nats.

    For counts with the sum N and the frequencies $\hat{p} \in \Delta^{K-1}$ it is
    $2 N \operatorname{KL}(\hat{p} \,\|\, p)$.
    Hypotheses p and counts of shape (..., K), whose batches broadcast, give (...).
    ValueError: a p that is no distribution or has a 0, bad counts, shapes that do not
    fit.
    Source: Wilks (1938), doi:10.1214/aoms/1177732360.

    >>> round(float(likelihood_ratio_statistic([1 / 3, 1 / 3, 1 / 3], [2, 3, 5])), 4)
    1.3792
    """
    p, n = _null(p, counts)
    return 2 * n.sum(axis=-1) * kl_divergence(categorical_mle(n), p)


def wald_statistic(p: ArrayLike, counts: ArrayLike) -> Floats | Float:
    r"""Squared distance of the logits from a hypothesis, in their standard errors.

    For counts with the sum N and the frequencies $\hat{p} \in \Delta^{K-1}$ it is
    $N \sum_k \hat{p}_k (d_k - \sum_m \hat{p}_m d_m)^2$ with
    $d_k := \log \frac{\hat{p}_k}{p_k}$; a class that was not seen adds 0, the limit.
    Hypotheses p and counts of shape (..., K), whose batches broadcast, give (...).
    ValueError: as in `likelihood_ratio_statistic`.
    Source: Hauck and Donner (1977), doi:10.1080/01621459.1977.10479969.

    >>> round(float(wald_statistic([1 / 3, 1 / 3, 1 / 3], [2, 3, 5])), 4)
    1.3296
    """
    p, n = _null(p, counts)
    p_hat = categorical_mle(n)
    d = np.log(np.where(n > 0, p_hat, 1)) - np.log(p)
    centred = d - (p_hat * d).sum(axis=-1, keepdims=True)
    return n.sum(axis=-1) * (p_hat * centred**2).sum(axis=-1)


def score_statistic(p: ArrayLike, counts: ArrayLike) -> Floats | Float:
    r"""Squared length of the score at a hypothesis: Pearson's chi-squared.

    For counts with the sum N and the frequencies $\hat{p} \in \Delta^{K-1}$ it is
    $N \sum_k \frac{(\hat{p}_k - p_k)^2}{p_k}$.
    Hypotheses p and counts of shape (..., K), whose batches broadcast, give (...).
    ValueError: as in `likelihood_ratio_statistic`.
    Source: Rao (1948), doi:10.1017/S0305004100023987; Pearson (1900) for the sum.

    >>> round(float(score_statistic([1 / 3, 1 / 3, 1 / 3], [2, 3, 5])), 4)
    1.4
    """
    p, n = _null(p, counts)
    return n.sum(axis=-1) * ((categorical_mle(n) - p) ** 2 / p).sum(axis=-1)


def total_variation(q: ArrayLike, p: ArrayLike) -> Floats | Float:
    r"""Total variation: the largest difference of the probabilities of an event.

    It is $\frac{1}{2} \sum_k |q_k - p_k|$, half the sum of the absolute differences.
    Distributions of shape (..., K), whose batches broadcast, give (...): from 0, if
    they are equal, to 1, if they have no class in common.
    ValueError: a bad probability, classes or batches that do not fit.
    Source: Cover and Thomas, Elements of Information Theory (2006), section 11.6.

    >>> round(float(total_variation([0.1, 0.2, 0.7], [0.2, 0.3, 0.5])), 4)
    0.2
    """
    q, p = check.probabilities("q", q), check.probabilities("p", p)
    _same_classes("q p", q, p)
    return np.abs(q - p).sum(axis=-1) / 2


def platt_targets(y: ArrayLike) -> Floats | Float:
    r"""Targets for calibration that leave some doubt: one more label of each kind.

    With $N_1 \in \mathbb{N}_0$ ones and $N_0 \in \mathbb{N}_0$ zeros a one becomes
    $\frac{N_1 + 1}{N_1 + 2}$ and a zero $\frac{1}{N_0 + 2}$.
    Outcomes of any shape, 0 or 1, counted all together, give targets of that shape.
    ValueError: an outcome neither 0 nor 1.
    Source: Platt (1999), Advances in Large Margin Classifiers, 61–74.

    >>> platt_targets([0, 1, 1, 1])
    array([0.33333333, 0.8       , 0.8       , 0.8       ])
    """
    y = check.finite("y", y)
    check.reject("y", y, (y != 0) & (y != 1), "0 or 1")
    ones, zeros = (y == 1).sum(), (y == 0).sum()
    targets = np.where(y == 1, (ones + 1) / (ones + 2), 1 / (zeros + 2))
    return targets.astype(y.dtype)[()]


def isotonic_probabilities(z: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Most likely probabilities that never fall where the score rises.

    Of all functions of the score that never fall they have the least mean
    cross-entropy, and the least squared error too. Neighbours in the wrong order are
    pooled, and all get their mean: pool adjacent violators.
    Scores z and outcomes y, in [0, 1], of one shape give probabilities of that shape.
    ValueError: a score not finite, an outcome outside [0, 1], shapes that differ, no
    example.
    Source: Ayer, Brunk, Ewing, Reid and Silverman (1955), doi:10.1214/aoms/1177728423.

    >>> isotonic_probabilities([-2, -1, 0, 1, 2], [0, 1, 0, 1, 1])
    array([0. , 0.5, 0.5, 1. , 1. ])
    """
    z, y = check.together("z y", z, y)
    check.reject("y", y, (y < 0) | (y > 1), "between 0 and 1")
    if z.shape != y.shape or z.size == 0:
        wanted = f"y must have the shape {z.shape} and at least one example"
        raise ValueError(f"{wanted}, got shape {y.shape}")
    order = np.argsort(z.ravel())
    scores = z.ravel()[order]
    place = np.zeros(scores.size, int)  # scores that are equal have one probability
    place[1:] = np.cumsum(scores[1:] != scores[:-1])
    sizes = np.bincount(place)
    totals = np.bincount(place, weights=y.ravel()[order])
    blocks: list[Floats] = []  # of each its total, its size, how many scores
    for block in np.stack([totals, sizes, np.ones(sizes.size)], axis=-1):
        while blocks and blocks[-1][0] / blocks[-1][1] >= block[0] / block[1]:
            block = block + blocks.pop()
        blocks.append(block)
    total, size, scored = np.stack(blocks, axis=-1)
    levels = np.repeat(total / size, scored.astype(int))
    fitted = np.zeros(scores.size, y.dtype)
    fitted[order] = levels[place]
    return fitted.reshape(z.shape)[()]


def conformal_threshold(p: ArrayLike, labels: ArrayLike, alpha: float) -> Float:
    r"""Largest score of a class that belongs to the set of a new example.

    The score of an example is $1 - p_c$. For $\alpha \in [0, 1]$ the threshold has the
    rank $\lceil (N + 1) (1 - \alpha) \rceil$ among the scores of N examples, counted
    from the least; it is infinite, and every class belongs to the set, if there are not
    so many, and minus infinity for the rank 0.
    Probabilities of shape (..., K) and class indices of shape (...) give one number.
    ValueError: a bad probability, labels outside 0..K−1, shapes that differ, no
    example, an alpha outside [0, 1].
    Source: Angelopoulos and Bates (2021), arXiv:2107.07511.

    >>> p = [[0.2, 0.8], [0.7, 0.3], [0.5, 0.5]]
    >>> round(float(conformal_threshold(p, [1, 0, 1], 0.25)), 4)
    0.5
    """
    p, c = check.forecasts(p, labels)
    alpha = check.number("alpha", alpha)
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha must be between 0 and 1, got {alpha}")
    scores = 1 - np.take_along_axis(p, c[..., None], axis=-1).ravel()
    ranked = np.concatenate([[-np.inf], np.sort(scores), [np.inf]])
    return ranked[scores.size + 1 - floor((scores.size + 1) * alpha)]
