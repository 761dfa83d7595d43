"""Noise models as losses, and their gradients: the code of ``docs/families.md``."""

from math import erfc, lgamma, log, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from snippets import _checks as check
from snippets._checks import Float, Floats

_erfc = np.vectorize(erfc, otypes=[np.float64])
_log_gamma = np.vectorize(lgamma, otypes=[np.float64])


def _rate_and_count(eta: ArrayLike, y: ArrayLike) -> list[Floats]:
    """Return logarithms of rates, and counts, all of which a double holds exactly."""
    eta, y = check.together("eta y", eta, y)
    whole = (y >= 0) & (y <= 2.0**53) & (y == np.floor(y))
    check.reject("y", y, ~whole, "a whole number from 0 to 2**53")
    return [eta, y]


def _wrong_side(eta: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats, DTypeLike]:
    """Return how far each score is on the wrong side of 0, and which way that is.

    They are in double, whose tails reach further; the dtype of the result is third.
    """
    eta, y = check.together("eta y", eta, y)
    check.reject("y", y, (y != 0) & (y != 1), "0 or 1")
    sign = 1.0 - 2.0 * y.astype(np.float64)
    return sign * eta, sign, eta.dtype


def _hazard(s: Floats) -> Floats:
    """Return the normal density at s over the normal probability beyond s.

    Far out both underflow, and Laplace's continued fraction, s + 1/(s + 2/(s + …)),
    takes over; from 5 on, 40 terms are accurate to rounding.
    """
    far = np.maximum(s, 5.0)
    fraction = far
    for term in range(40, 0, -1):
        fraction = far + term / fraction
    near = np.minimum(s, 5.0)
    density = np.exp(-(near**2) / 2) / sqrt(2 * pi)
    return np.where(s > 5, fraction, density / (_erfc(near / sqrt(2)) / 2))


def gaussian_nll_gradient(
    mu: ArrayLike, sigma: ArrayLike, y: ArrayLike
) -> tuple[Floats | Float, Floats | Float]:
    r"""Gradient of `gaussian_nll` with respect to mean and standard deviation.

    For $y, \mu \in \mathbb{R}$ and $\sigma \in \mathbb{R}_{>0}$ it is the pair of
    $\frac{\mu - y}{\sigma^2}$ and $\frac{1}{\sigma} - \frac{(y - \mu)^2}{\sigma^3}$.
    Means, standard deviations and observations of shapes that broadcast.
    ValueError: anything not finite, a standard deviation not positive.
    Source: derived on the page; checked against a complex step.

    >>> by_mu, by_sigma = gaussian_nll_gradient(0, 2, [0, 1, 2])
    >>> by_mu + 0.0, by_sigma
    (array([ 0.  , -0.25, -0.5 ]), array([0.5  , 0.375, 0.   ]))
    """
    mu, sigma, y = check.together("mu sigma y", mu, sigma, y)
    check.reject("sigma", sigma, sigma <= 0, "positive")
    with np.errstate(over="ignore"):  # ±inf where a number on the way is too large
        r = (y - mu) / sigma
        return -r / sigma, (1 - r) * (1 + r) / sigma


def laplace_nll(mu: ArrayLike, b: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Laplace negative log-likelihood, in nats: absolute error, a scale, a constant.

    For $y, \mu \in \mathbb{R}$ and $b \in \mathbb{R}_{>0}$ it is
    $\log(2 b) + \frac{|y - \mu|}{b}$.
    Medians, scales and observations of shapes that broadcast; negative where the
    density exceeds 1.
    ValueError: anything not finite, a scale not positive.
    Source: derived on the page; checked against SciPy.

    >>> laplace_nll(0, 0.5, [0, 1])
    array([0., 2.])
    """
    mu, b, y = check.together("mu b y", mu, b, y)
    check.reject("b", b, b <= 0, "positive")
    with np.errstate(over="ignore"):  # +inf where the distance or the sum is too large
        return log(2) + np.log(b) + np.abs(y - mu) / b


def poisson_nll(eta: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Poisson negative log-likelihood, in nats, from the logarithm of the rate.

    For $\eta \in \mathbb{R}$ and counts such as $y \in \{0, \dots, 20\}$ it is
    $e^\eta - y \eta + \log(y!)$, with the last term, which many libraries leave out.
    Logarithms of rates, and counts 0, 1, 2, …, of shapes that broadcast.
    ValueError: a logarithm not finite, a y that is not a count, or is above 2**53.
    Source: Nelder and Wedderburn (1972), https://www.jstor.org/stable/2344614.

    >>> poisson_nll(np.log(3), [0, 3, 5]).round(4)
    array([3.    , 1.4959, 2.2944])
    """
    eta, y = _rate_and_count(eta, y)
    log_factorial = _log_gamma(y + 1.0).astype(eta.dtype)
    with np.errstate(over="ignore", invalid="ignore"):  # +inf where the rate is
        rate = np.exp(eta)
        return np.where(np.isinf(rate), rate, rate - y * eta + log_factorial)[()]


def poisson_nll_gradient(eta: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Gradient of `poisson_nll` with respect to the logarithm of the rate.

    For $\eta \in \mathbb{R}$ and counts such as $y \in \{0, \dots, 20\}$ it is the mean
    minus the observation, $e^\eta - y$.
    Logarithms of rates, and counts 0, 1, 2, …, of shapes that broadcast.
    ValueError: a logarithm not finite, a y that is not a count, or is above 2**53.
    Source: Nelder and Wedderburn (1972), https://www.jstor.org/stable/2344614.

    >>> poisson_nll_gradient(np.log(4), [0, 4, 5]).round(4) + 0.0
    array([ 4.,  0., -1.])
    """
    eta, y = _rate_and_count(eta, y)
    with np.errstate(over="ignore"):  # +inf where the rate is
        return np.exp(eta) - y


def probit_nll(eta: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Probit negative log-likelihood, in nats, accurate in both tails.

    Let $\varphi(x) := \frac{1}{\sqrt{2 \pi}} e^{-x^2 / 2}$ be the normal density and
    $\Phi(x) := \int_{-\infty}^x \varphi(t) \,\mathrm{d}t$ its integral. For
    $\eta \in \mathbb{R}$ it is $-\log \Phi(\eta)$ if y is 1, $-\log \Phi(-\eta)$ if 0.
    Scores eta and outcomes y, 0 or 1, of shapes that broadcast.
    ValueError: a score not finite, an outcome neither 0 nor 1.
    Source: Lee (1992), Ann. Inst. Statist. Math. 44 (1), for the tail beyond 5.

    >>> [round(float(nll), 4) for nll in probit_nll([0, 40, -40], 1)]
    [0.6931, 0.0, 804.6084]
    """
    s, _, dtype = _wrong_side(eta, y)
    with np.errstate(over="ignore"):  # +inf where the square of a score is too large
        beyond = s**2 / 2 + log(2 * pi) / 2 + np.log(_hazard(np.abs(s)))
        nll = np.where(s > 0, beyond, -np.log1p(-np.exp(-beyond)))
        return nll.astype(dtype)[()]  # one number is no array


def probit_nll_gradient(eta: ArrayLike, y: ArrayLike) -> Floats | Float:
    r"""Gradient of `probit_nll` with respect to the score, accurate in both tails.

    For $\eta \in \mathbb{R}$ and $y \in \{0, 1\}$, with the normal density
    $\varphi(x) := \frac{1}{\sqrt{2 \pi}} e^{-x^2 / 2}$ and its integral
    $\Phi(x) := \int_{-\infty}^x \varphi(t) \,\mathrm{d}t$, it is
    $-\frac{(y - \Phi(\eta)) \varphi(\eta)}{\Phi(\eta) (1 - \Phi(\eta))}$.
    Scores eta and outcomes y of shapes that broadcast.
    ValueError: a score not finite, an outcome neither 0 nor 1.
    Source: Lee (1992), Ann. Inst. Statist. Math. 44 (1), for the tail beyond 5.

    >>> probit_nll_gradient([0, 2, -40], 1).round(4)
    array([ -0.7979,  -0.0552, -40.025 ])
    """
    s, sign, dtype = _wrong_side(eta, y)
    with np.errstate(over="ignore"):  # the square of a score that is far out
        return (sign * _hazard(s)).astype(dtype)
