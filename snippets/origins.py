"""Where softmax comes from, and other maps: the code of ``docs/origins.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats
from snippets.gradient import target_distribution
from snippets.softmax import softmax


def maximum_entropy_parameter(statistic: ArrayLike, mean: float) -> Float:
    r"""Parameter η at which the softmax of η T has this mean of the statistic T.

    For $T \in \mathbb{R}^K$ and $\eta \in \mathbb{R}$ the distribution is
    $\operatorname{softmax}(\eta T)$; of all that have its mean, it has the most
    entropy. The mean rises with η, so bisection finds it.
    A statistic of shape (K,) and one mean give one number, in nats per unit of T.
    ValueError: anything not finite, a mean that is not between the smallest and the
    largest value of T, or so near to one of them that η is no float64.
    Source: Jaynes (1957), doi:10.1103/PhysRev.106.620.

    >>> round(float(maximum_entropy_parameter([1, 2, 3, 4, 5, 6], 4.5)), 4)
    0.371
    """
    T = check.finite("statistic", check.with_classes("statistic", statistic))
    if T.ndim != 1:
        raise ValueError(f"statistic must have the shape (K,), got {T.shape}")
    T, mu = T.astype(np.float64), check.number("mean", mean)
    least, most = float(T.min()), float(T.max())
    if not least < mu < most:
        raise ValueError(f"mean must be between {least} and {most}, got {mu}")
    size = max(most, -least)
    width = most / size - least / size
    T, mu = (T / size - least / size) / width, (mu / size - least / size) / width
    low, high = -1.0, 1.0
    while _mean(low, T) > mu:
        low = 2 * low
    while _mean(high, T) < mu:
        high = 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if _mean(middle, T) < mu else (low, middle)
    with np.errstate(over="ignore"):
        eta = np.float64(high / width) / size
    if not np.isfinite(eta):
        raise ValueError(f"the parameter must be finite, got {eta}")
    return eta


def gaussian_logits(
    X: ArrayLike, means: ArrayLike, sigma: ArrayLike, prior: ArrayLike
) -> Floats:
    r"""Logits of the class of an input, if the inputs of each class are Gaussian.

    For $x, \mu \in \mathbb{R}^D$, a width $\sigma \in \mathbb{R}_{>0}$ and a prior
    probability $\rho \in (0, 1)$ the logit of a class is
    $\log \rho - D \log \sigma - \frac{1}{2 \sigma^2} \lVert x - \mu \rVert_2^2$.
    Inputs (N, D), means (K, D), one width or K of them and K prior probabilities give
    (N, K), in nats; a constant that all classes share is left out.
    ValueError: anything not finite, widths that are not positive, a prior that is no
    distribution, shapes that do not fit.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.2.1.

    >>> gaussian_logits([[0.0], [1.0], [3.0]], [[0.0], [2.0]], 1.0, [0.5, 0.5]).round(3)
    array([[-0.693, -2.693],
           [-1.193, -1.193],
           [-5.193, -1.193]])
    """
    X, mu = check.finite("X", X), check.finite("means", means)
    if X.ndim != 2 or mu.ndim != 2 or X.shape[1] != mu.shape[1] or 0 in mu.shape:
        raise ValueError(
            "X and means must have shapes (N, D) and (K, D), K and D not 0, "
            f"got {X.shape} and {mu.shape}"
        )
    sigma = check.finite("sigma", sigma)
    check.reject("sigma", sigma, sigma <= 0, "positive")
    rho = check.probabilities("prior", prior)
    if sigma.shape not in ((), mu.shape[:1]) or rho.shape != mu.shape[:1]:
        raise ValueError(
            f"sigma and prior must have one entry for each of {len(mu)} classes, "
            f"got shapes {sigma.shape} and {rho.shape}"
        )
    with np.errstate(divide="ignore", over="ignore"):  # to −inf: an impossible class
        distance = (X[:, None] - mu) / sigma[..., None]
        fit = np.log(rho) - X.shape[1] * np.log(sigma)
        return fit - (distance**2).sum(axis=-1) / 2


def free_energy(energies: ArrayLike, temperature: ArrayLike) -> Floats | Float:
    r"""Free energy of states with these energies, in their unit.

    For $E \in \mathbb{R}^K$ and $T \in \mathbb{R}_{>0}$ it is
    $-T \log \sum_k e^{-\frac{E_k}{T}}$, the least possible value of
    $q^\top E - T H(q)$ over all distributions.
    Energies of shape (..., K) give (...). It is at most the least energy.
    ValueError: an energy that is not finite, a temperature that is not one positive
    number.
    Source: MacKay, Information Theory, Inference, and Learning Algorithms (2003), 33.1.

    >>> round(float(free_energy(-np.log([0.2, 0.3, 0.5]), 2)), 4)
    -1.0637
    """
    E = check.finite("energies", check.with_classes("energies", energies))
    T = check.positive("temperature", temperature, E)
    least = E.min(axis=-1, keepdims=True)
    with np.errstate(over="ignore"):  # to −inf: a probability of 0
        Z = np.exp((least - E) / T).sum(axis=-1)  # of the energies above the least
        return least[..., 0] - T * np.log(Z)


def gumbel_argmax(z: ArrayLike, uniform: ArrayLike) -> Floats:
    r"""Class whose logit is the largest after Gumbel noise, as a vector: 1 for it.

    The noise $-\log(-\log u)$ is made from a number $u \in (0, 1)$ for each class. If
    all are drawn evenly and independently, class k wins with its softmax probability.
    Logits of shape (..., K) and numbers whose shape broadcasts with it give one-hot
    vectors, so their mean over draws estimates the probabilities.
    ValueError: numbers outside (0, 1), shapes that do not fit, logits as in `softmax`.
    Source: Maddison, Tarlow and Minka (2014), arXiv:1411.0030.

    >>> gumbel_argmax(np.log([0.2, 0.3, 0.5]), [[0.9, 0.5, 0.5], [0.5, 0.5, 0.5]])
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    z = check.logits(z)
    u = check.with_classes("uniform", uniform)
    check.reject("uniform", u, ~((u > 0) & (u < 1)), "between 0 and 1")
    check.broadcast("logits uniform", z.shape, u.shape)
    noisy = z - np.log(-np.log(u))
    winner = noisy.argmax(axis=-1)[..., None]
    return np.equal(np.arange(noisy.shape[-1]), winner).astype(noisy.dtype)


def sparsemax(z: ArrayLike) -> Floats:
    r"""Distribution that is nearest to the logits; of classes far behind, exactly 0.

    With a threshold $\tau \in \mathbb{R}$ at which they sum to 1, the probabilities are
    $\max(z_k - \tau, 0)$.
    Logits of shape (..., K) give (..., K), each row summing to 1; −inf gives 0.
    ValueError: a logit NaN or +inf, every class masked, or no class at all.
    Source: Martins and Astudillo (2016), arXiv:1602.02068.

    >>> sparsemax(np.log([0.2, 0.3, 0.5])).round(4)
    array([0.    , 0.2446, 0.7554])
    """
    z = _behind(check.logits(z), 1)
    ranked = -np.sort(-z, axis=-1)
    excess = ranked.cumsum(axis=-1) - 1
    ranks = np.arange(1, z.shape[-1] + 1, dtype=z.dtype)
    support = (ranks * ranked > excess).sum(axis=-1, keepdims=True)
    tau = np.take_along_axis(excess, support - 1, axis=-1) / support.astype(z.dtype)
    return np.maximum(z - tau, 0)


def entmax(z: ArrayLike, alpha: float) -> Floats:
    r"""Entmax: softmax if α is 1, sparsemax if it is 2, and in between if between.

    With $a \in \mathbb{R}_{>0}$ for α − 1 and a threshold $\tau \in \mathbb{R}$ they
    are $\max(0, 1 + a (z_k - \tau))^{\frac{1}{a}}$; bisection finds the threshold at
    which they sum to 1.
    Logits of shape (..., K) give (..., K), each row summing to 1; −inf gives 0.
    ValueError: an α below 1 or not finite, logits as in `softmax`.
    Source: Peters, Niculae and Martins (2019), arXiv:1905.05702.

    >>> entmax(np.log([0.2, 0.3, 0.5]), 1.5).round(4)
    array([0.1061, 0.2793, 0.6145])
    """
    a = _order(alpha) - 1
    if a == 0:
        return softmax(z)
    z = check.logits(z)
    x = _behind(z.astype(np.float64), 2 / a)  # beyond the margin, 1 / a
    low = np.zeros_like(x[..., :1])  # the largest alone gives 1 there
    with np.errstate(over="ignore"):
        high = low - np.expm1(-a * np.log(x.shape[-1])) / a  # K equal logits give 1
    for _ in range(_HALVINGS):
        tau = (low + high) / 2
        over = _powers(x - tau, a).sum(axis=-1, keepdims=True) > 1
        low, high = np.where(over, tau, low), np.where(over, high, tau)
    p = _powers(x - low, a)
    return (p / p.sum(axis=-1, keepdims=True)).astype(z.dtype)


def entmax_loss(z: ArrayLike, target: ArrayLike, alpha: float) -> Floats | Float:
    r"""Fenchel–Young loss of entmax: 0 where the prediction is the target, alone.

    For a prediction and a target $p, y \in \Delta^{K-1}$, $\alpha \in (1, 3]$ and
    $\Omega(q) := \sum_k \frac{q_k^\alpha - q_k}{\alpha (\alpha - 1)}$ it is
    $\Omega(y) - \Omega(p) + z^\top (p - y)$. If α is 1, Ω is minus the entropy, and the
    loss is the divergence of the prediction from the target.
    Logits of shape (..., K) and targets as in `cross_entropy` give losses of shape
    (...), in nats if α is 1.
    ValueError: an α below 1 or not finite, logits and targets as in `cross_entropy`.
    Source: Blondel, Martins and Niculae (2020), arXiv:1901.02324.

    >>> z = np.log([0.2, 0.3, 0.5])
    >>> [round(float(entmax_loss(z, 2, alpha)), 4) for alpha in (1, 1.5, 2)]
    [0.6931, 0.2081, 0.0598]
    """
    y, p = target_distribution(z, target), entmax(z, alpha)
    x = _behind(check.logits(z), np.inf)
    score = np.where(p == y, 0, x) * (p - y)  # 0 for a masked class, with −inf
    loss = _negative_entropy(y, alpha) - _negative_entropy(p, alpha)
    loss = np.maximum(loss + score.sum(axis=-1), 0)  # rounding may leave −1e-17
    return loss.astype(x.dtype)


def entmax_loss_gradient(z: ArrayLike, target: ArrayLike, alpha: float) -> Floats:
    r"""Gradient of `entmax_loss` with respect to the logits: $p - y$.

    Logits of shape (..., K) and targets as in `cross_entropy` give (..., K); each
    row sums to 0.
    ValueError: as in `entmax_loss`.
    Source: Blondel, Martins and Niculae (2020), arXiv:1901.02324.

    >>> entmax_loss_gradient(np.log([0.2, 0.3, 0.5]), 2, 2).round(4)
    array([ 0.    ,  0.2446, -0.2446])
    """
    return entmax(z, alpha) - target_distribution(z, target)


_HALVINGS = 64  # more than a double has digits


def _mean(eta: float, T: Floats) -> float:
    """Return the mean of a statistic under the softmax of η T."""
    return float(T @ softmax(eta * T))


def _order(alpha: float) -> float:
    """Return α as one number of at least 1."""
    one = check.number("alpha", alpha)
    if one < 1:
        raise ValueError(f"alpha must be at least 1, got {one}")
    return one


def _behind(z: Floats, furthest: float) -> Floats:
    """Return by how much each logit is behind the largest, down to the furthest.

    A class that far behind, or further, has the probability 0; so it may as well be
    that far, and no sum overflows.
    """
    return np.maximum(z - z.max(axis=-1, keepdims=True), -furthest)


def _powers(x: Floats, a: float) -> Floats:
    """Return max(0, 1 + a x) to the power 1 / a, which is near e^x if a is small."""
    with np.errstate(divide="ignore"):  # log 0 = −inf: its power is 0
        return np.exp(np.log1p(np.maximum(a * x, -1)) / a)


def _negative_entropy(p: Floats, alpha: float) -> Floats | Float:
    """Return Ω(p): the sum of (p^α − p) / (α (α − 1)), or of p log p if α is 1."""
    a = _order(alpha) - 1
    log_p = np.log(np.where(p > 0, p, 1)).astype(np.float64)
    with np.errstate(over="ignore"):  # to −inf: a power that is 0
        growth = np.expm1(a * log_p) / a if a else log_p
    return (p * growth).sum(axis=-1) / (1 + a)
