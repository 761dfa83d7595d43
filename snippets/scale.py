"""Cross-entropy in blocks and in shards: the code of ``docs/scale.md``."""

from collections.abc import Iterable, Iterator
from functools import reduce

import numpy as np
from numpy.typing import ArrayLike, NDArray

from snippets import _checks as check
from snippets._checks import Float, Floats, Indices

# The largest logit, and the sum of e^(logit − largest): of each row, or of one
_State = tuple[Floats | Float, Floats | Float]

# Bytes of a tile: few enough for a cache, and so many that calls cost little beside it
_TILE = 2**21


def _real_or_masked(name: str, values: Floats) -> Floats:
    """Return numbers that are finite or −inf."""
    if not check.between(values, -np.inf, np.finfo(values.dtype).max):
        wrong = np.isnan(values) | np.isposinf(values)
        check.reject(name, values, wrong, "finite or -inf")
    return values


def _logits(z: ArrayLike) -> Floats:
    """Return the logits of some classes, all of which may be masked."""
    return _real_or_masked("logits", check.with_classes("logits", z))


def _maxima_and_sums(state: tuple[ArrayLike, ArrayLike]) -> tuple[Floats, Floats]:
    """Return the two parts of a state as arrays."""
    if not isinstance(state, tuple) or len(state) != 2:
        raise ValueError(f"a state must be a maximum and a sum, got {state}")
    maxima = _real_or_masked("maxima", check.floats("maxima", state[0]))
    sums = check.finite("sums", state[1])
    check.reject("sums", sums, sums < 0, "at least 0")
    return maxima, sums


def _of_some_class(state: tuple[ArrayLike, ArrayLike]) -> tuple[Floats, Floats]:
    """Return the two parts of a state that stands for at least one class."""
    maxima, sums = _maxima_and_sums(state)
    if maxima.shape != sums.shape:
        raise ValueError(f"a state must have one shape, got {maxima.shape, sums.shape}")
    masked = np.isneginf(maxima)
    check.reject("logits", maxima, masked, "finite for at least one class")
    check.reject("sums", sums, sums == 0, "positive")
    return maxima, sums


def shard_state(z: ArrayLike) -> tuple[Floats | Float, Floats | Float]:
    r"""Return the state (maximum, sum) of a shard, the logits of some of the classes.

    For $H \in \mathbb{N}$ logits $z \in \mathbb{R}^H$ it is $\alpha := \max_i z_i$ and
    $\sum_{i=1}^{H} e^{z_i - \alpha}$: all that the log-sum-exp of all classes needs.
    Shape (..., H) gives (...) twice; where all of them are −inf, it is (−inf, 0).
    ValueError: no class, or a logit that is NaN or +inf.
    Source: Milakov and Gimelshein (2018), arXiv:1805.02867.

    >>> state = shard_state(np.log([0.2, 0.3, 0.5]))
    >>> [round(float(x), 4) for x in state]
    [-0.6931, 2.0]
    """
    z = _logits(z)
    return _state_of(z, np.empty_like(z))


def _state_of(z: Floats, e: Floats) -> tuple[Floats | Float, Floats | Float]:
    """Return the state of logits, and leave their shifted exponentials in e."""
    largest = z.max(axis=-1)
    np.subtract(z, _shift(largest)[..., None], out=e)
    return largest, np.exp(e, out=e).sum(axis=-1)


def _shift(largest: Floats | Float) -> Floats:
    """Return what to subtract from logits: the largest; of no class, any number."""
    return np.where(np.isneginf(largest), 0, largest)


def merge_logsumexp(
    a: tuple[ArrayLike, ArrayLike], b: tuple[ArrayLike, ArrayLike]
) -> tuple[Floats | Float, Floats | Float]:
    r"""Merge the states (maximum, sum) of two disjoint sets of classes into one.

    For $\alpha, \beta \in \mathbb{R}$ and $S, T \in \mathbb{R}_{>0}$ it is $\mu :=
    \max(\alpha, \beta)$ and $S e^{\alpha - \mu} + T e^{\beta - \mu}$.
    Maxima and sums of one shape (...) give the same; (−inf, 0) is the empty set.
    ValueError: shapes that differ, a maximum NaN or +inf, a sum negative or not finite.
    Source: Milakov and Gimelshein (2018), arXiv:1805.02867.

    >>> merged = merge_logsumexp((2.0, 1.0), (0.0, 3.0))
    >>> [round(float(x), 4) for x in merged]
    [2.0, 1.406]
    """
    (m_a, s_a), (m_b, s_b) = _maxima_and_sums(a), _maxima_and_sums(b)
    if not m_a.shape == s_a.shape == m_b.shape == s_b.shape:
        shapes = [x.shape for x in (m_a, s_a, m_b, s_b)]
        raise ValueError(f"states must have one shape, got {shapes}")
    return _merged((m_a, s_a), (m_b, s_b))


def _merged(a: _State, b: _State) -> _State:
    """Return the state of both sets of classes together."""
    (m_a, s_a), (m_b, s_b) = a, b
    largest = np.maximum(m_a, m_b)
    shift = _shift(largest)
    return largest, s_a * np.exp(m_a - shift) + s_b * np.exp(m_b - shift)


def logsumexp_of(state: tuple[ArrayLike, ArrayLike]) -> Floats | Float:
    r"""Log-sum-exp, in nats, of the classes that a state (maximum, sum) stands for.

    $\mu + \log F$, for $\mu \in \mathbb{R}$ and $F \in \mathbb{R}_{>0}$.
    A maximum and a sum of one shape (...) give (...).
    ValueError: shapes that differ, a state of no class, or numbers that are not finite.
    Source: Milakov and Gimelshein (2018), arXiv:1805.02867.

    >>> round(float(logsumexp_of((2.0, 3.0))), 4)
    3.0986
    """
    largest, total = _of_some_class(state)
    return largest + np.log(total)


def streaming_logsumexp(blocks: Iterable[ArrayLike]) -> Floats | Float:
    r"""Log-sum-exp, in nats, of logits that come block by block and are not kept.

    $A(z) = \log \sum_k e^{z_k}$, over the last axes of all blocks together.
    Blocks of shapes (..., K1), (..., K2), ... give (...); any iterable will do.
    ValueError: no block, blocks whose other axes differ, a logit NaN or +inf, or
    every class masked.
    Source: Milakov and Gimelshein (2018), arXiv:1805.02867, algorithm 3.

    >>> blocks = ([k, k + 1.0] for k in range(0, 1000, 2))
    >>> round(float(streaming_logsumexp(blocks)), 4)
    999.4587
    """
    states = map(shard_state, blocks)
    first = next(states, None)
    if first is None:
        raise ValueError("blocks must hold at least one block of logits, got none")
    return logsumexp_of(reduce(merge_logsumexp, states, first))


def _is_true(z: Floats, labels: ArrayLike, start: int) -> NDArray[np.bool_]:
    """Return which class of a shard is the true one: in each row one of them, or none.

    The labels count through all shards, and the shard begins with the class `start`.
    """
    if not isinstance(start, int | np.integer) or start < 0:
        raise ValueError(f"start must be a whole number of at least 0, got {start}")
    c = check.labels(labels, 2**31 - 1)  # how many classes the other shards have
    if c.shape != z.shape[:-1]:
        raise ValueError(f"labels must have shape {z.shape[:-1]}, got {c.shape}")
    true = np.equal(np.arange(start, start + z.shape[-1]), c[..., None])
    masked = (true & np.isneginf(z)).any(axis=-1)
    check.reject("labels", c, masked, "classes whose logit is not -inf")
    return true


def shard_logit(z: ArrayLike, labels: ArrayLike, start: int) -> Floats | Float:
    r"""Return the logit of each true class where it is in a shard, and elsewhere 0.

    For $H \in \mathbb{N}$ and the place $j \in \mathbb{N}$ of the true class it is
    $\sum_{i=1}^{H} z_i \, [i = j]$, with $z \in \mathbb{R}^H$; over all shards, these
    add up to the logit of the true class.
    Logits (..., H), whose first class has the index start, and labels (...) give (...).
    ValueError: no class, logits NaN or +inf, labels of another shape or below 0, a true
    class that is masked, or a start below 0.
    Source: Shoeybi et al. (2019), Megatron-LM, arXiv:1909.08053.

    >>> [float(shard_logit([5.0, 7.0], 3, start)) for start in (0, 2, 4)]
    [0.0, 7.0, 0.0]
    """
    z = _logits(z)
    return np.where(_is_true(z, labels, start), z, 0).sum(axis=-1)


def shard_gradient(
    z: ArrayLike, state: tuple[ArrayLike, ArrayLike], labels: ArrayLike, start: int
) -> Floats:
    r"""Gradient of cross-entropy with respect to the logits of a shard.

    With the state of all classes, $\mu \in \mathbb{R}$ and $F \in \mathbb{R}_{>0}$, and
    $H, j \in \mathbb{N}$, where $j$ is the place of the true class, it is
    $\frac{e^{z_i - \mu}}{F} - [i = j]$ for $z \in \mathbb{R}^H$.
    Logits (..., H), whose first class has the index start, states and labels (...) give
    (..., H).
    ValueError: as in `shard_logit`, and a state of no class, or one whose maximum is
    below a logit.
    Source: Shoeybi et al. (2019), Megatron-LM, arXiv:1909.08053.

    >>> state = shard_state([0.0, 1.0, 2.0])
    >>> shard_gradient([1.0, 2.0], state, 2, start=1).round(4)
    array([ 0.2447, -0.3348])
    """
    z, (largest, total) = _logits(z), _of_some_class(state)
    y = _is_true(z, labels, start)
    if largest.shape != y.shape[:-1]:
        raise ValueError(f"states must have shape {y.shape[:-1]}, got {largest.shape}")
    above = z > largest[..., None]
    check.reject("logits", z, above, "at most the maximum of all classes")
    return np.exp(z - largest[..., None]) / total[..., None] - y


def tiled_cross_entropy_and_gradient(
    z: ArrayLike, labels: ArrayLike
) -> tuple[Floats | Float, Floats]:
    r"""Loss and gradient, tile by tile of rows, each in its place in the result.

    Where the sums are in floating point's range, no shift is needed: $-\log p_c =
    \log \frac{\sum_k e^{z_k}}{e^{z_c}}$, and $p_k = \frac{e^{z_k}}{\sum_m e^{z_m}}$.
    Logits (..., K) and class indices (...) give losses (...), in nats, and gradients
    (..., K): those of `cross_entropy_and_gradient`, with no other array of that size.
    ValueError: as in `cross_entropy`, save that a finite logit may be of any size
    below 0: its probability is 0.
    Source: derived on the page; tiles as in Lam, Rothberg and Wolf (1991),
    doi:10.1145/106972.106981.

    >>> loss, gradient = tiled_cross_entropy_and_gradient(np.log([0.2, 0.3, 0.5]), 2)
    >>> round(float(loss), 4), gradient.round(4)
    (0.6931, array([ 0.2,  0.3, -0.5]))
    """
    z = check.with_classes("logits", z)
    labels = check.row_labels(labels, z)
    rows, c = z.reshape(-1, z.shape[-1]), labels.reshape(-1)
    loss, gradient = np.empty(len(rows), z.dtype), np.empty_like(rows)
    for tile in _tiles(rows):
        Z, p = rows[tile], gradient[tile]
        true = np.arange(len(p)), c[tile]
        with np.errstate(all="ignore"):  # what is out of range is looked at
            total = _row_sums(np.exp(Z, out=p))
            loss[tile] = np.log(total / p[true])
            if not _in_range(total, loss[tile]):
                largest = Z.max(axis=-1, keepdims=True)
                own = np.subtract(Z, largest, out=p)[true]
                total = _row_sums(np.exp(p, out=p))
                loss[tile] = np.log(total) - own
                allowed = largest.max() <= check.logit_limit(z)
                if not (allowed and loss[tile].max() < np.inf):
                    check.true_classes(labels, check.logits(z))  # which say where
        np.divide(p, total[:, None], out=p)
        p[true] -= 1
    return loss.reshape(z.shape[:-1])[()], gradient.reshape(z.shape)


def _tiles(rows: Floats) -> Iterator[slice]:
    """Yield the rows of each tile."""
    height = max(1, _TILE // (rows.shape[1] * rows.dtype.itemsize))
    for start in range(0, len(rows), height):
        yield slice(start, start + height)


def _row_sums(p: Floats) -> Floats:
    """Return the sum of each row, by a product, which is faster than NumPy's sum.

    It adds number after number; so of long rows it adds equal parts, and NumPy their
    sums, pairwise. NumPy, too, adds up to 128 numbers one after another.
    """
    rows, K = p.shape
    part = next(d for d in range(min(K, 128), 0, -1) if K % d == 0)
    if part < 16 < K:
        return p.sum(axis=-1)
    sums = p.reshape(-1, part) @ np.ones(part, p.dtype)
    return sums if part == K else sums.reshape(rows, -1).sum(axis=-1)


def _in_range(total: Floats, loss: Floats) -> bool:
    """Whether no exponential that matters is too large or too small.

    The exponentials of log-probabilities sum to 1 up to rounding, so a half will do.
    """
    return bool(total.min() >= 0.5 and loss.max() < np.inf)  # and neither is NaN


def _labelled_layer(
    X: ArrayLike, W: ArrayLike, labels: ArrayLike, block: int
) -> tuple[Floats, Floats, Indices]:
    """Return the layer's input, its weights in the same dtype, and the labels."""
    X, W = check.layer(X, W)
    index = check.labels(labels, W.shape[1])
    if index.shape != X.shape[:1]:
        raise ValueError(f"labels must have shape {X.shape[:1]}, got {index.shape}")
    check.whole("block", block)
    return X, W, index


def _blocks(
    X: Floats, W: Floats, labels: Indices, block: int
) -> Iterator[tuple[slice, Floats, tuple[NDArray[np.intp], Indices]]]:
    """Yield the classes of a block, its logits, and where true classes are in it."""
    for start in range(0, W.shape[1], block):
        classes = slice(start, start + block)
        (rows,) = np.nonzero((labels >= start) & (labels < start + block))
        yield classes, X @ W[:, classes], (rows, labels[rows] - start)


def _forward(
    X: Floats, W: Floats, labels: Indices, block: int
) -> tuple[Floats, Floats, Floats]:
    """Return the states of all rows and the logits of their true classes."""
    own = np.empty(len(X), X.dtype)
    state: _State = np.full(len(X), -np.inf, X.dtype), np.zeros(len(X), X.dtype)
    for _, Z, true in _blocks(X, W, labels, block):
        _real_or_masked("logits", Z)
        own[true[0]] = Z[true]
        state = _merged(state, _state_of(Z, Z))  # in place: nothing else needs them
    largest, total = map(np.asarray, state)
    return largest, total, own


def blockwise_cross_entropy(
    X: ArrayLike, W: ArrayLike, labels: ArrayLike, block: int
) -> Floats:
    r"""Cross-entropy of each row of X, in nats, from its linear layer on.

    The logits $Z := X W$, for $X \in \mathbb{R}^{N \times D}$ and $W \in \mathbb{R}^{D
    \times K}$, exist for `block` classes at a time only.
    X (N, D), W (D, K) and class indices (N,) give (N,); no mean is taken.
    ValueError: shapes that do not fit, an empty axis, a label out of range, a block
    below 1, numbers that are not finite, or logits that overflow.
    Source: Wijmans et al. (2024), Cut Your Losses, arXiv:2411.09009.

    >>> W = np.log([[0.2, 0.3, 0.5]])
    >>> blockwise_cross_entropy([[1.0], [2.0]], W, [2, 2], block=2).round(4)
    array([0.6931, 0.4187])
    """
    largest, total, own = _forward(*_labelled_layer(X, W, labels, block), block)
    return (largest - own) + np.log(total)


def blockwise_gradients(
    X: ArrayLike, W: ArrayLike, labels: ArrayLike, block: int
) -> tuple[Floats, Floats]:
    r"""Gradients of the mean loss with respect to X and W, without a logit matrix.

    For $X \in \mathbb{R}^{N \times D}$, $W \in \mathbb{R}^{D \times K}$, and with the
    probabilities and labels $\hat{Y}, Y \in \mathbb{R}^{N \times K}$, they are
    $\frac{1}{N} (\hat{Y} - Y) W^\top$ and $\frac{1}{N} X^\top (\hat{Y} - Y)$.
    The probabilities are computed again, block by block, from two numbers a row.
    X (N, D), W (D, K) and class indices (N,) give (N, D) and (D, K).
    ValueError: as in `blockwise_cross_entropy`.
    Source: Wijmans et al. (2024), Cut Your Losses, arXiv:2411.09009.

    >>> dX, dW = blockwise_gradients([[1.0]], np.log([[0.2, 0.3, 0.5]]), [2], block=2)
    >>> dW.round(4)
    array([[ 0.2,  0.3, -0.5]])
    """
    X, W, index = _labelled_layer(X, W, labels, block)
    largest, total, _ = _forward(X, W, index, block)
    dX = -W[:, index].T.astype(np.float64)  # −Y Wᵀ; a long sum is kept in double
    dW = np.empty_like(W)
    for classes, Z, _ in _blocks(X, W, index, block):
        Z -= largest[:, None]
        P = np.exp(Z, out=Z)
        P /= total[:, None]  # Ŷ, of these classes, where their logits were
        dX += P @ W[:, classes].T
        dW[:, classes] = X.T @ P
    np.subtract.at(dW.T, index, X)  # −Xᵀ Y
    dW /= len(X)
    return (dX / len(X)).astype(X.dtype), dW
