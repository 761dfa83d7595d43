"""The linear layer whose columns are divided among machines, and its right answers."""

import numpy as np

from snippets._checks import Floats, Indices
from snippets.gradient import cross_entropy, cross_entropy_gradient

N, D, K = 64, 16, 1024  # positions, numbers in a vector, tokens


def layer() -> tuple[Floats, Floats, Indices]:
    """Return the vectors, the weights and the tokens that came next."""
    rng = np.random.default_rng(0)
    X, W = rng.normal(size=(N, D)), rng.normal(size=(D, K))
    return X, W, rng.integers(K, size=N)


def expected() -> tuple[Floats, Floats, Floats]:
    """Return the losses, and the gradients of their mean, by the plain code."""
    X, W, labels = layer()
    G = cross_entropy_gradient(X @ W, labels) / N
    return np.asarray(cross_entropy(X @ W, labels)), G @ W.T, X.T @ G
