"""The second derivative of cross-entropy: the code of ``docs/curvature.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Floats
from snippets.gradient import cross_entropy_gradient
from snippets.softmax import softmax, softmax_jacobian


def cross_entropy_hessian(z: ArrayLike) -> Floats:
    r"""Hessian with respect to the logits: $\operatorname{diag}(p) - p p^\top$.

    The label is not an argument, because it does not occur in the formula. The gradient
    is $p - y$, so the Hessian is the Jacobian of softmax.
    Logits of shape (..., K) give symmetric matrices (..., K, K), whose rows sum to 0.
    ValueError: logits that `softmax` refuses.
    Source: Böhning (1992), Annals of the Institute of Statistical Mathematics 44.

    >>> cross_entropy_hessian(np.log([0.2, 0.3, 0.5])).round(4)
    array([[ 0.16, -0.06, -0.1 ],
           [-0.06,  0.21, -0.15],
           [-0.1 , -0.15,  0.25]])
    """
    return softmax_jacobian(z)  # of p − y, in which y is constant


def hessian_product(z: ArrayLike, v: ArrayLike) -> Floats:
    r"""Hessian with respect to the logits times v, without the matrix.

    For $v \in \mathbb{R}^K$ it is $p \odot (v - (p^\top v) \mathbf{1})$.
    The matrix is symmetric, so this is also `softmax_vjp`.
    Logits and directions v of one shape (..., K) give (..., K), in O(K); each row
    sums to 0.
    ValueError: shapes that differ, v not finite, or logits that `softmax` refuses.
    Source: derived on the page; checked against `cross_entropy_hessian`.

    >>> hessian_product(np.log([0.2, 0.3, 0.5]), [1, 0, 0]).round(4)
    array([ 0.16, -0.06, -0.1 ])
    """
    p = softmax(z)
    v = check.like("v", v, p)
    return p * (v - (p * v).sum(axis=-1, keepdims=True))


def weights_hessian(X: ArrayLike, W: ArrayLike) -> Floats:
    r"""Hessian of the mean loss with respect to the weights of a linear layer.

    Inputs X of shape (N, D), weights W of shape (D, K) and logits X W give a symmetric
    matrix (D K, D K): the mean of the Kronecker products of $x_n x_n^\top$ and the
    Hessian with respect to the logits. Weights are counted row by row, as
    in ``W.ravel()``.
    ValueError: X or W not finite, or of shapes that do not fit.
    Source: Böhning (1992), Annals of the Institute of Statistical Mathematics 44.

    >>> weights_hessian([[1, 2]], np.zeros((2, 2)))
    array([[ 0.25, -0.25,  0.5 , -0.5 ],
           [-0.25,  0.25, -0.5 ,  0.5 ],
           [ 0.5 , -0.5 ,  1.  , -1.  ],
           [-0.5 ,  0.5 , -1.  ,  1.  ]])
    """
    X, W = check.layer(X, W)
    S = cross_entropy_hessian(X @ W)
    mean = np.tensordot(X[:, :, None] * X[:, None, :], S, axes=(0, 0)) / len(X)
    return mean.swapaxes(1, 2).reshape(W.size, W.size)


def newton_step(
    X: ArrayLike, W: ArrayLike, target: ArrayLike, damping: float
) -> Floats:
    r"""Weights after one Newton step on the mean loss of a linear layer.

    For one example with the input 1, whose weights are its logits, and the damping
    $\lambda \in \mathbb{R}_{>0}$ these are
    $z - (\operatorname{diag}(p) - p p^\top + \lambda I)^{-1} (p - e_c)$.
    Inputs X of shape (N, D), weights W of shape (D, K), targets as in `cross_entropy`
    and a damping of at least 0 give weights of shape (D, K). The Hessian is singular;
    without damping, the shortest of the steps that solve the equations is taken.
    ValueError: as in `weights_hessian` and `cross_entropy`; a negative damping.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.3 and 4.3.4.

    >>> newton_step([[1.0]], [[0.0, 0.0]], [0], damping=0.5)
    array([[ 0.5, -0.5]])
    """
    X, W = check.layer(X, W)
    damping = check.amount("damping", damping)
    g = X.T @ cross_entropy_gradient(X @ W, target) / len(X)
    H = weights_hessian(X, W)
    H = H + damping * np.eye(W.size, dtype=H.dtype)
    step = np.linalg.lstsq(H, g.ravel())[0]
    return W - step.reshape(W.shape)
