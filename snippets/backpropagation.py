"""Loss and gradients of a batch, by hand: the code of ``docs/backpropagation.md``."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats
from snippets.gradient import cross_entropy, cross_entropy_gradient


def _batch(X: ArrayLike) -> Floats:
    """Return a batch of examples, one a row; the mean over no example is undefined."""
    X = check.finite("X", X)
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X must have shape (N, D), N at least 1, got {X.shape}")
    return X


def _layer(
    X: Floats, W: ArrayLike, b: ArrayLike, number: str = ""
) -> tuple[Floats, Floats]:
    """Return weights and biases that fit the inputs of the layer."""
    W = check.finite(f"W{number}", W)
    features = X.shape[-1]
    if W.ndim != 2 or len(W) != features:
        raise ValueError(
            f"W{number} must have one row for each of {features} inputs, "
            f"got shape {W.shape}"
        )
    W = W.astype(np.result_type(X, W))
    return W, check.like(f"b{number}", b, np.empty(W.shape[1], W.dtype))


def linear_loss(
    X: ArrayLike, W: ArrayLike, b: ArrayLike, target: ArrayLike, decay: float = 0.0
) -> Float:
    r"""Mean cross-entropy of a batch, in nats, plus the penalty on the weights.

    With losses $\ell_n \in \mathbb{R}$ of the rows, $n \in \{1, \dots, N\}$, weights
    $W \in \mathbb{R}^{D \times K}$ and $\lambda \in \mathbb{R}_{\ge 0}$, it is
    $\frac{1}{N} \sum_n \ell_n + \frac{\lambda}{2} \lVert W \rVert_F^2$.
    X (N, D), W (D, K), b (K,), and targets as in `cross_entropy`, (N,) or (N, K), give
    a number.
    ValueError: shapes that do not fit, an empty batch, a number that is not finite, a
    label outside 0..K−1, or decay below 0.
    Source: CS231n, https://cs231n.github.io/neural-networks-case-study/.

    >>> b = np.log([0.2, 0.3, 0.5])
    >>> round(float(linear_loss([[1, 2]], np.zeros((2, 3)), b, [2])), 4)
    0.6931
    """
    X = _batch(X)
    W, b = _layer(X, W, b)
    loss = cross_entropy(X @ W + b, target).mean()
    return loss + check.amount("decay", decay) / 2 * (W * W).sum()


def linear_gradients(
    X: ArrayLike, W: ArrayLike, b: ArrayLike, target: ArrayLike, decay: float = 0.0
) -> tuple[Floats, Floats, Floats]:
    r"""Gradients of `linear_loss` with respect to W, b and X: dW, db, dX.

    With $\mathrm{dZ} \in \mathbb{R}^{N \times K}$, the gradient with respect to the
    logits, (P − Y) over N, and $X \in \mathbb{R}^{N \times D}$,
    $W \in \mathbb{R}^{D \times K}$ and $\lambda \in \mathbb{R}_{\ge 0}$, they are
    $X^\top \mathrm{dZ} + \lambda W$, $\mathrm{dZ}^\top \mathbf{1}$ and
    $\mathrm{dZ}\, W^\top$.
    Arguments as in `linear_loss`; dW is (D, K), db is (K,), dX is (N, D).
    ValueError: as in `linear_loss`.
    Source: derived on the page; checked against a complex step.

    >>> b = np.log([0.2, 0.3, 0.5])
    >>> dW, db, dX = linear_gradients([[1, 2]], np.zeros((2, 3)), b, [2])
    >>> dW.round(4)
    array([[ 0.2,  0.3, -0.5],
           [ 0.4,  0.6, -1. ]])
    """
    X = _batch(X)
    W, b = _layer(X, W, b)
    dZ = cross_entropy_gradient(X @ W + b, target) / len(X)
    dW = X.T @ dZ + check.amount("decay", decay) * W
    return dW, dZ.sum(axis=0), dZ @ W.T


def mlp_loss(
    X: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    target: ArrayLike,
) -> Float:
    r"""Mean cross-entropy of a network with one hidden layer of tanh, in nats.

    With losses $\ell_n \in \mathbb{R}$ of the rows, $n \in \{1, \dots, N\}$, it is
    $\frac{1}{N} \sum_n \ell_n$; the logits are tanh(X W1 + b1) W2 + b2.
    X (N, D), W1 (D, M), b1 (M,), W2 (M, K), b2 (K,), and targets as in
    `cross_entropy`, (N,) or (N, K), give a number.
    ValueError: as in `linear_loss`.
    Source: Rumelhart, Hinton and Williams (1986), doi:10.1038/323533a0.

    >>> W1, W2 = np.zeros((2, 4)), np.zeros((4, 3))
    >>> loss = mlp_loss([[1, 2]], W1, np.zeros(4), W2, np.log([0.2, 0.3, 0.5]), [2])
    >>> round(float(loss), 4)
    0.6931
    """
    X = _batch(X)
    W1, b1 = _layer(X, W1, b1, "1")
    H = np.tanh(X @ W1 + b1)
    W2, b2 = _layer(H, W2, b2, "2")
    return cross_entropy(H @ W2 + b2, target).mean()


def mlp_gradients(
    X: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    target: ArrayLike,
) -> tuple[Floats, Floats, Floats, Floats]:
    r"""Gradients of `mlp_loss` with respect to its parameters: dW1, db1, dW2, db2.

    The forward pass keeps every layer; backwards, each hands its gradient to the one
    before it.
    Through tanh, for $a \in \mathbb{R}$: $\frac{\partial}{\partial a} [\tanh(a)]
    = 1 - (\tanh(a))^2$.
    Arguments as in `mlp_loss`; each gradient has the shape of its parameter.
    ValueError: as in `linear_loss`.
    Source: derived on the page; checked against a complex step.

    >>> W1, W2 = np.zeros((2, 4)), np.zeros((4, 3))
    >>> b1, b2 = np.zeros(4), np.log([0.2, 0.3, 0.5])
    >>> dW1, db1, dW2, db2 = mlp_gradients([[1, 2]], W1, b1, W2, b2, [2])
    >>> db2.round(4)
    array([ 0.2,  0.3, -0.5])
    """
    X = _batch(X)
    W1, b1 = _layer(X, W1, b1, "1")
    H = np.tanh(X @ W1 + b1)
    W2, b2 = _layer(H, W2, b2, "2")
    dZ = cross_entropy_gradient(H @ W2 + b2, target) / len(X)
    dH = dZ @ W2.T
    dA = dH * (1 - H * H)
    return X.T @ dA, dA.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


def _stack(X: Floats, matrices: Sequence[ArrayLike]) -> list[Floats]:
    """Return the weights of layers that fit one another, the first one its inputs."""
    if len(matrices) == 0:
        raise ValueError("matrices must hold at least one matrix of weights, got none")
    fitting = [X]
    for number, W in enumerate(matrices):
        no_bias = np.zeros(np.shape(W)[-1:])
        fitting.append(_layer(fitting[-1], W, no_bias, str(number + 1))[0])
    return fitting[1:]


def _hidden(H: Floats, matrices: Sequence[Floats]) -> list[Floats]:
    """Return the hidden layers that follow a layer."""
    layers = []
    for W in matrices:
        H = np.tanh(H @ W)
        layers.append(H)
    return layers


def deep_gradients(
    X: ArrayLike, matrices: Sequence[ArrayLike], target: ArrayLike, every: int = 1
) -> tuple[Floats, ...]:
    r"""Gradients of a deep network with respect to each matrix of its weights.

    A hidden layer is tanh(H W), of the layer H before it and its weights W; the last
    weights give the logits. The loss is their mean cross-entropy, in nats.
    Forwards, each `every`-th hidden layer is kept, and the last; backwards, those
    between are computed again. Of $T \in \mathbb{N}$ hidden layers, with one in
    $s \in \mathbb{N}$ kept, at most $\frac{T}{s} + s$ are then held at once.
    X (N, D), matrices that fit one another, the last (M, K), and targets as in
    `cross_entropy`, (N,) or (N, K), give a gradient of the shape of each matrix.
    ValueError: as in `linear_loss`, no matrix, or every not a positive whole number.
    Source: Chen, Xu, Zhang and Guestrin (2016), arXiv:1604.06174.

    >>> matrices = [[[1, 0], [0, 1]], [[1, 0, -1], [0, -1, 1]]]
    >>> first, last = deep_gradients([[1, 2]], matrices, [2])
    >>> last.round(4)
    array([[ 0.4353,  0.0775, -0.5128],
           [ 0.551 ,  0.0981, -0.6491]])
    """
    X, every = _batch(X), check.whole("every", every)
    *hidden, last = _stack(X, matrices)
    starts, kept = range(0, len(hidden), every), [X]
    for start in starts:
        kept.append(_hidden(kept[-1], hidden[start : start + every])[-1])
    dZ = cross_entropy_gradient(kept[-1] @ last, target) / len(X)
    gradients, dH = [kept[-1].T @ dZ], dZ @ last.T
    for start in reversed(starts):
        between = hidden[start : start + every]
        after, before = kept.pop(), kept[-1]
        layers = [before, *_hidden(before, between[:-1]), after]
        for W in reversed(between):
            H = layers.pop()  # used for the last time
            dA = dH * (1 - H * H)
            gradients.append(layers[-1].T @ dA)
            dH = dA @ W.T
    return tuple(gradients[::-1])
