"""Cross-entropy in blocks and over machines: the code of ``docs/scale.md``."""

import multiprocessing
import threading
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from snippets import _checks as check
from snippets._checks import Float, Floats, Indices

# The largest logit, and the sum of e^(logit − largest): of each row, or of one
_State = tuple[Floats | Float, Floats | Float]


def _real_or_masked(name: str, values: Floats) -> Floats:
    """Return numbers that are finite or −inf."""
    wrong = np.isnan(values) | np.isposinf(values)
    check.reject(name, values, wrong, "finite or -inf")
    return values


def _state(z: ArrayLike) -> _State:
    """Return the state of one block of logits; a masked block has the sum 0."""
    z = _real_or_masked("logits", check.with_classes("logits", z))
    largest = z.max(axis=-1)
    shift = np.where(np.isneginf(largest), 0, largest)  # of no class: any number
    return largest, np.exp(z - shift[..., None]).sum(axis=-1)


def _maxima_and_sums(state: tuple[ArrayLike, ArrayLike]) -> tuple[Floats, Floats]:
    """Return the two parts of a state as arrays."""
    if not isinstance(state, tuple) or len(state) != 2:
        raise ValueError(f"a state must be a maximum and a sum, got {state}")
    maxima = _real_or_masked("maxima", check.floats("maxima", state[0]))
    sums = check.finite("sums", state[1])
    check.reject("sums", sums, sums < 0, "at least 0")
    return maxima, sums


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
    largest = np.maximum(m_a, m_b)
    shift = np.where(np.isneginf(largest), 0, largest)  # of no class: any number
    return largest, s_a * np.exp(m_a - shift) + s_b * np.exp(m_b - shift)


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
    states = map(_state, blocks)
    first = next(states, None)
    if first is None:
        raise ValueError("blocks must hold at least one block of logits, got none")
    return _value(reduce(merge_logsumexp, states, first))


def _value(state: _State) -> Floats | Float:
    """Return the log-sum-exp that a state stands for."""
    largest, total = state
    masked = np.isneginf(largest)
    check.reject("logits", np.asarray(largest), masked, "finite for at least one class")
    return largest + np.log(total)


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
        state = merge_logsumexp(state, _state(Z))
        own[true[0]] = Z[true]
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
        P = np.exp(Z - largest[:, None]) / total[:, None]  # Ŷ, of these classes
        dX += P @ W[:, classes].T
        dW[:, classes] = X.T @ P
    np.subtract.at(dW.T, index, X)  # −Xᵀ Y
    dW /= len(X)
    return (dX / len(X)).astype(X.dtype), dW


def _contribute(rank: int, z: Floats, board: Any, barrier: Any) -> None:
    """Do one worker's part: write the own state, wait for all, merge all states."""
    states = np.frombuffer(board).reshape(barrier.parties, 3, -1)
    states[rank, 0], states[rank, 1] = _state(z)
    barrier.wait(timeout=60)
    largest, total = reduce(merge_logsumexp, [(m, s) for m, s, _ in states])
    with np.errstate(divide="ignore"):  # all masked: the caller says so
        states[rank, 2] = largest + np.log(total)


def sharded_logsumexp(
    shards: Iterable[ArrayLike], *, processes: bool = False
) -> Floats | Float:
    r"""Log-sum-exp, in nats, with one worker for each shard of the classes.

    $A(z) = \log \sum_k e^{z_k}$ over the last axes of all shards; each worker
    shares two numbers for each row, its maximum and its sum, and merges those of all.
    Shards (..., K1), (..., K2), ... give (...). The workers are threads, or processes
    with shared memory (a script then needs its `if __name__ == "__main__"`).
    ValueError: no shard or an empty one, other axes that differ, a logit NaN or +inf,
    or every class masked. RuntimeError: a worker that came to no result.
    Source: Shoeybi et al. (2019), Megatron-LM, arXiv:1909.08053; merged as on the page.

    >>> round(float(sharded_logsumexp([[1000.0], [1001.0, 1002.0]])), 4)
    1002.4076
    """
    parts = [_real_or_masked("logits", check.with_classes("logits", z)) for z in shards]
    axes = {z.shape[:-1] for z in parts}
    if len(axes) != 1 or 0 in (shape := axes.pop()):
        raise ValueError(
            f"shards must share their rows, got {[z.shape for z in parts]}"
        )
    size = len(parts) * 3 * int(np.prod(shape))
    if processes:
        spawn: Any = multiprocessing.get_context("spawn")
        start, barrier = spawn.Process, spawn.Barrier(len(parts))
        board = spawn.RawArray("d", [np.nan] * size)
    else:
        start, barrier = threading.Thread, threading.Barrier(len(parts))
        board = np.full(size, np.nan)
    work = [
        (r, z.reshape(-1, z.shape[-1]), board, barrier) for r, z in enumerate(parts)
    ]
    workers = [start(target=_contribute, args=arguments) for arguments in work]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    answers = np.frombuffer(board).reshape(len(parts), 3, *shape)[:, 2]
    if np.isnan(answers).any():
        raise RuntimeError(f"a worker came to no result: {answers.tolist()}")
    answer = answers[0].astype(np.result_type(*parts))[()]  # one number is no array
    check.reject("logits", answer, np.isneginf(answer), "finite for at least one class")
    return answer
