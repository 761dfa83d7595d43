"""Squared error, proper scores and calibration: the code of ``docs/scoring.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats
from snippets.binary import binary_cross_entropy_gradient, sigmoid
from snippets.gradient import (
    cross_entropy_gradient,
    one_hot,
    target_distribution,
)
from snippets.numerics import confident_cross_entropy
from snippets.softmax import logsumexp, softmax


def squared_error(z: ArrayLike, target: ArrayLike) -> Floats | Float:
    r"""Squared error of softmax probabilities: $\frac{1}{2} \lVert p - y \rVert_2^2$.

    Logits of shape (..., K) and targets, either class indices 0..K−1 of shape (...)
    or probabilities of shape (..., K), give (...): between 0 and 1, not in nats.
    ValueError: logits and targets as in `cross_entropy`.
    Source: derived on the page; it is half of `brier_score`.

    >>> round(float(squared_error(np.log([0.2, 0.3, 0.5]), 2)), 4)
    0.19
    """
    y = target_distribution(z, target)
    return ((softmax(z) - y) ** 2).sum(axis=-1) / 2


def squared_error_gradient(z: ArrayLike, target: ArrayLike) -> Floats:
    r"""Gradient of the squared error with respect to the logits; 0 where p is one-hot.

    It is $p \odot \left( p - y - (p^\top (p - y)) \mathbf{1} \right)$.
    Logits of shape (..., K) and targets as in `squared_error` give (..., K); each
    row sums to 0.
    ValueError: logits and targets as in `cross_entropy`.
    Source: derived on the page; checked against a complex step.

    >>> squared_error_gradient(np.log([0.2, 0.3, 0.5]), 2).round(4)
    array([ 0.064,  0.126, -0.19 ])
    """
    p = softmax(z)
    error = p - target_distribution(z, target)
    return p * (error - (p * error).sum(axis=-1, keepdims=True))


def squared_error_curvature(z: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Second derivative of the squared error of one logit; not positive everywhere.

    For $z \in \mathbb{R}$, $y \in [0, 1]$, $\sigma(z) := \frac{1}{1 + e^{-z}}$ and the
    error $\frac{1}{2} (\sigma(z) - y)^2$ it is
    $\sigma(z)^2 \sigma(-z)^2 + (\sigma(z) - y) \sigma(z) \sigma(-z) (1 - 2 \sigma(z))$.
    Logits and labels of shapes that broadcast; its absolute value is below 1/12.
    ValueError: a logit that is not finite, a label outside [0, 1], shapes that differ.
    Source: derived on the page; checked against a complex step.

    >>> squared_error_curvature(np.log([0.25, 0.5, 4]), 1).round(4)
    array([-0.0512,  0.    ,  0.0448])
    """
    z, y = check.together("z y", z, y)
    f, rest, gradient = sigmoid(z), sigmoid(-z), binary_cross_entropy_gradient(z, y)
    return f * rest * (f * rest + gradient * (rest - f))


def generalised_cross_entropy(
    z: ArrayLike, labels: ArrayLike, exponent: float
) -> Floats | Float:
    r"""Loss between cross-entropy and absolute error, for labels that may be wrong.

    With the exponent $a \in (0, 1]$ and the label $c \in \{1, \dots, K\}$ it is
    $\frac{1 - p_c^a}{a}$: towards 0 cross-entropy, at 1 half of the absolute error.
    Logits (..., K) and class indices (...) give (...), between 0 and 1/a.
    ValueError: logits and labels as in `cross_entropy`, or an exponent outside (0, 1].
    Source: Zhang and Sabuncu (2018), arXiv:1805.07836.

    >>> round(float(generalised_cross_entropy(np.log([0.2, 0.3, 0.5]), 2, 1.0)), 4)
    0.5
    """
    a = _exponent(exponent)
    return -np.expm1(a * _log_of_truth(z, labels)) / a


def generalised_cross_entropy_gradient(
    z: ArrayLike, labels: ArrayLike, exponent: float
) -> Floats:
    r"""Gradient of `generalised_cross_entropy` with respect to the logits.

    With the exponent $a \in (0, 1]$ and the label $c \in \{1, \dots, K\}$ it is
    $p_c^a (p - e_c)$: that of cross-entropy, less where the label is improbable.
    Arguments as there; the result has the shape of the logits.
    ValueError: as there.
    Source: derived on the page; checked against a complex step.

    >>> z = np.log([0.2, 0.3, 0.5])
    >>> generalised_cross_entropy_gradient(z, 2, 1.0).round(4)
    array([ 0.1 ,  0.15, -0.25])
    """
    weight = np.exp(_exponent(exponent) * _log_of_truth(z, labels))
    return weight[..., None] * cross_entropy_gradient(z, labels)


def _exponent(exponent: float) -> float:
    """Return an exponent in (0, 1]."""
    if not 0 < check.number("exponent", exponent) <= 1:
        raise ValueError(f"exponent must be in (0, 1], got {exponent}")
    return exponent


def _log_of_truth(z: ArrayLike, labels: ArrayLike) -> Floats:
    """Return the logarithm of the probability of the true class."""
    return -np.asarray(confident_cross_entropy(z, labels))


def noisy_cross_entropy(
    z: ArrayLike, labels: ArrayLike, noise: ArrayLike
) -> Floats | Float:
    r"""Cross-entropy of labels that may be wrong, if it is known how, in nats.

    The entry $T_{kj}$ of $T \in [0, 1]^{K \times K}$ is the probability that class k is
    seen as the label j. For the label $c \in \{1, \dots, K\}$ that was seen it is
    $-\log (T^\top p)_c$, computed from the log-sum-exp of the logits and that of the
    logits plus log T of the label.
    Logits (..., K), class indices (...) and the noise (K, K), whose rows sum to 1, give
    (...).
    ValueError: logits and labels as in `cross_entropy`, noise that is not so, or a
    label as which no class is seen.
    Source: Patrini et al. (2017), arXiv:1609.03683.

    >>> noise = [[0.9, 0.1, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    >>> round(float(noisy_cross_entropy(np.log([0.2, 0.3, 0.5]), 1, noise)), 4)
    1.1394
    """
    return logsumexp(z) - logsumexp(_once_seen(z, labels, noise))


def noisy_cross_entropy_gradient(
    z: ArrayLike, labels: ArrayLike, noise: ArrayLike
) -> Floats:
    r"""Gradient of `noisy_cross_entropy` with respect to the logits.

    For $T \in [0, 1]^{K \times K}$ and $c \in \{1, \dots, K\}$ its components are
    $p_k - \frac{p_k T_{kc}}{(T^\top p)_c}$: the prediction, minus what is probable once
    the label is seen.
    Arguments as there; the result has the shape of the logits.
    ValueError: as there.
    Source: derived on the page; checked against a complex step.

    >>> noise = [[0.9, 0.1, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    >>> z = np.log([0.2, 0.3, 0.5])
    >>> noisy_cross_entropy_gradient(z, 1, noise).round(4)
    array([ 0.1375, -0.6375,  0.5   ])
    """
    return softmax(z) - softmax(_once_seen(z, labels, noise))


def _once_seen(z: ArrayLike, labels: ArrayLike, noise: ArrayLike) -> Floats:
    """Return logits of the class, given the label that was seen: Bayes' rule."""
    z = check.logits(z)
    T = check.probabilities("noise", noise).astype(z.dtype, copy=False)
    wanted = 2 * z.shape[-1:]
    if T.shape != wanted:
        raise ValueError(f"noise must have shape {wanted}, got {T.shape}")
    c = check.row_labels(labels, z)
    with np.errstate(divide="ignore"):  # log 0 masks a class that is never seen so
        known = z + np.log(T).T[c]
    impossible = np.isneginf(known).all(axis=-1)
    check.reject("labels", c, impossible, "labels as which a class is seen")
    return known


def brier_score(p: ArrayLike, labels: ArrayLike) -> Floats | Float:
    r"""Brier score of a forecast, lower being better: $\lVert p - e_c \rVert_2^2$.

    Probabilities of shape (..., K) and class indices 0..K−1 of shape (...) give (...):
    0 if certain and right, 2 if certain and wrong. With two classes it is
    twice the square of one probability's error, which some call the Brier score.
    ValueError: a bad probability, a label outside 0..K−1, shapes that do not fit.
    Source: Gneiting and Raftery (2007), doi:10.1198/016214506000001437.

    >>> round(float(brier_score([0.2, 0.3, 0.5], 2)), 4)
    0.38
    """
    p = check.probabilities("probabilities", p)
    y = one_hot(labels, p.shape[-1]).astype(p.dtype)
    check.broadcast("probabilities labels", p.shape[:-1], y.shape[:-1])
    return ((p - y) ** 2).sum(axis=-1)


def calibration_error(p: ArrayLike, labels: ArrayLike, bins: int) -> Float:
    r"""Gap between confidence and accuracy, in bins: expected calibration error.

    For confidences $f_n \in [0, 1]$, the largest probabilities, in bins
    $b_n \in \{1, \dots, M\}$ of equal width, and $t_n \in \{0, 1\}$, which is 1 where
    the label is hit, it is
    $\frac{1}{N} \sum_m \lvert \sum_n \mathbf{1}[b_n = m] (t_n - f_n) \rvert$.
    Probabilities of shape (..., K) and class indices of shape (...) give one number,
    between 0 and 1, for all examples together; a bin includes its upper edge.
    ValueError: probabilities or labels as in `brier_score`, of shapes that differ, no
    example, bins that are not a positive whole number.
    Source: Naeini, Cooper and Hauskrecht (2015), AAAI, 2901–2907, of two classes; for
    several, Guo, Pleiss, Sun and Weinberger (2017), arXiv:1706.04599.

    >>> round(float(calibration_error([[0.6, 0.4], [0.9, 0.1]], [0, 1], 10)), 4)
    0.65
    """
    p, labels = check.forecasts(p, labels)
    bins = check.whole("bins", bins)
    confidence = p.max(axis=-1).ravel()
    hit = (p.argmax(axis=-1) == labels).ravel()
    lower_edges = np.arange(bins) / bins
    place = np.searchsorted(lower_edges, confidence)  # an edge is of the bin below
    gap = np.bincount(place, weights=hit - confidence)
    return np.abs(gap).sum() / labels.size


def fit_temperature(z: ArrayLike, labels: ArrayLike) -> Float:
    r"""Temperature T at which softmax of z / T has the least mean cross-entropy.

    For β = 1 / T the slope is the mean of $z^\top (p - y)$ over the examples. It rises
    with β, so bisection finds where it is zero.
    Logits of shape (..., K) and class indices of shape (...) give one number.
    ValueError: a logit that is not finite, labels as in `cross_entropy`; and where no
    T is best, because every label has a largest logit, or on average no lead, or
    where the best is no positive float64.
    Source: Guo, Pleiss, Sun and Weinberger (2017), arXiv:1706.04599.

    >>> z = 3 * np.log([[0.2, 0.3, 0.5]] * 10)
    >>> round(float(fit_temperature(z, [0] * 2 + [1] * 3 + [2] * 5)), 4)
    3.0
    """
    x = check.logits(check.finite("logits", z)).astype(np.float64)
    c = check.true_classes(labels, x)
    if c.size == 0:
        raise ValueError(f"logits must have at least one example, got shape {x.shape}")
    x = x - x.max(axis=-1, keepdims=True)  # changes no probability and no slope
    x_c = np.take_along_axis(x, c[..., None], axis=-1)
    if not x_c.any():
        raise ValueError("no temperature is best: each label has a largest logit")
    _, size = np.frexp(np.abs(x).max())
    x, x_c = np.ldexp(x, -size), np.ldexp(x_c, -size)  # from 1/2 to 1: scales T only
    lead = x_c.sum() - x.mean(axis=-1).sum()
    if lead <= 0:
        lead = np.ldexp(lead, size)
        raise ValueError(f"no temperature is best: the labels lead by {lead:.3g}")
    low, high = 0.0, 1.0
    while np.isfinite(high) and _slope(high, x, x_c) < 0:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if _slope(middle, x, x_c) < 0 else (low, middle)
    with np.errstate(over="ignore"):
        temperature = np.ldexp(np.float64(1 / high), size)
    if not 0 < temperature < np.inf:
        raise ValueError(f"the best temperature rounds to {temperature:g} here")
    return temperature


def _slope(beta: float, z: Floats, z_c: Floats) -> float:
    """Return the derivative of the summed loss with respect to 1 / T."""
    return float((z * softmax(beta * z)).sum() - z_c.sum())
