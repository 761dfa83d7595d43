"""Softmax, log-sum-exp and their derivatives: the code of ``docs/softmax.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats


def logsumexp(z: ArrayLike) -> Floats | Float:
    r"""Log-sum-exp of the logits, in nats: $A(z) = \log \sum_k e^{z_k}$.

    Logits of shape (..., K) give (...); a logit of −inf masks its class out.
    ValueError: a logit NaN or +inf, every class masked, or no class at all.
    Source: Blanchard, Higham and Higham (2021), doi:10.1093/imanum/draa038.

    >>> round(float(logsumexp([1000, 1001, 1002])), 4)
    1002.4076
    """
    z = check.logits(z)
    m = z.max(axis=-1, keepdims=True)
    return m[..., 0] + np.log(np.exp(z - m).sum(axis=-1))


def softmax(z: ArrayLike) -> Floats:
    r"""Probabilities from logits: $p_k = \frac{e^{z_k}}{\sum_m e^{z_m}}$.

    Logits of shape (..., K) give (..., K), each row summing to 1; −inf gives 0.
    ValueError: a logit NaN or +inf, every class masked, or no class at all.
    Source: Bridle (1990), doi:10.1007/978-3-642-76153-9_28.

    >>> softmax(np.log([0.2, 0.3, 0.5])).round(4)
    array([0.2, 0.3, 0.5])
    """
    z = check.logits(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(z: ArrayLike) -> Floats:
    r"""Log-probabilities, in nats, without the probabilities.

    With $M := \max_k z_k$ it is $\log p_k = z_k - M - \log \sum_m e^{z_m - M}$.
    Logits of shape (..., K) give (..., K). The softmax, which may underflow, is
    never formed, nor is $A(z)$, which would be rounded at the size of M.
    ValueError: a logit NaN or +inf, every class masked, or no class at all.
    Source: Blanchard, Higham and Higham (2021), doi:10.1093/imanum/draa038.

    >>> log_softmax([1000, 1])
    array([   0., -999.])
    """
    z = check.logits(z)
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax_jacobian(z: ArrayLike) -> Floats:
    r"""Softmax Jacobian: $\frac{\partial p_k}{\partial z_j} = p_k (\delta_{kj} - p_j)$.

    Logits of shape (..., K) give symmetric matrices (..., K, K), whose rows sum to 0.
    ValueError: a logit NaN or +inf, every class masked, or no class at all.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.4.

    >>> softmax_jacobian(np.log([0.2, 0.3, 0.5])).round(4)
    array([[ 0.16, -0.06, -0.1 ],
           [-0.06,  0.21, -0.15],
           [-0.1 , -0.15,  0.25]])
    """
    p = softmax(z)
    identity = np.eye(p.shape[-1], dtype=p.dtype)
    return p[..., :, None] * (identity - p[..., None, :])


def softmax_vjp(z: ArrayLike, u: ArrayLike) -> Floats:
    r"""Carry u back through softmax: $J^\top u = p \odot (u - (p^\top u) \mathbf{1})$.

    Logits and u, the gradient with respect to p, of one shape (..., K) give that with
    respect to the logits, (..., K), in O(K): the Jacobian is never formed.
    ValueError: shapes that differ, u not finite, or logits that `softmax` refuses.
    Source: derived on the page; checked against `softmax_jacobian`.

    >>> softmax_vjp(np.log([0.2, 0.3, 0.5]), [0, 0, -2]).round(4)
    array([ 0.2,  0.3, -0.5])
    """
    p = softmax(z)
    u = check.like("u", u, p)
    return p * (u - (p * u).sum(axis=-1, keepdims=True))


def log_softmax_vjp(z: ArrayLike, u: ArrayLike) -> Floats:
    r"""Carry u back through the log-softmax: $u - (\mathbf{1}^\top u) p$.

    Logits and u, the gradient with respect to log p, of one shape (..., K) give that
    with respect to the logits, (..., K), in O(K): the Jacobian is never formed.
    ValueError: shapes that differ, u not finite, or logits that `softmax` refuses.
    Source: derived on the page; checked against a complex step.

    >>> log_softmax_vjp(np.log([0.2, 0.3, 0.5]), [0, 0, -1]).round(4)
    array([ 0.2,  0.3, -0.5])
    """
    p = softmax(z)
    u = check.like("u", u, p)
    return u - u.sum(axis=-1, keepdims=True) * p
