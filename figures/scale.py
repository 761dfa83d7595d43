"""The figures of ``docs/scale.md``."""

import tracemalloc
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from snippets.scale import (
    blockwise_cross_entropy,
    blockwise_gradients,
    merge_logsumexp,
    streaming_logsumexp,
)
from typeset.figure import BLUE, GREEN, INK, RED, Figure, figure


def running_state() -> Figure:
    """Draw the running maximum and log-sum-exp of a stream of logits."""
    z = np.random.default_rng(7).normal(scale=2, size=60)
    ones = ((k, 1.0) for k in z)
    states = list(accumulate(ones, merge_logsumexp))
    largest, total = np.array(states).T
    steps = np.arange(1, z.size + 1)
    plot, axes = plt.subplots()
    axes.plot(steps, z, ".", color=INK, label="logits", zorder=3)
    axes.step(steps, largest, where="post", color=BLUE, label="largest so far")
    axes.plot(steps, largest + np.log(total), color=RED, label="log-sum-exp so far")
    axes.set(xlabel="logits seen", ylabel="value")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncol=3)
    rises = np.count_nonzero(np.diff(largest))
    return figure(
        plot,
        alt=f"A stream of {z.size} logits as dots, with two lines over it. The largest "
        f"logit so far is a stair that rises {rises} times, to {largest[-1]:.2f}. The "
        "log-sum-exp so far starts at the first logit, rises with every further one, "
        f"never falls below the stair, and ends at {streaming_logsumexp([z]):.2f}.",
    )


def memory_by_vocabulary() -> Figure:
    """Draw the peak memory of loss and gradients over the size of the vocabulary."""
    rng = np.random.default_rng(0)
    rows, features = 256, 8
    sizes = 2 ** np.arange(9, 16)
    X = rng.normal(size=(rows, features)).astype(np.float32)
    peaks = []
    for size in sizes:
        W = rng.normal(size=(features, size)).astype(np.float32)
        labels = rng.integers(0, size, size=rows)
        peaks.append([_peak(f, X, W, labels) for f in (_with_matrix, _in_blocks)])
    naive, blocks = np.array(peaks).T / 2**20
    results = 4 * features * (rows + sizes) / 2**20
    plot, axes = plt.subplots()
    axes.loglog(sizes, naive, "o-", color=RED, label="matrix of logits")
    axes.loglog(sizes, blocks, "o-", color=BLUE, label="blocks of 256 tokens")
    axes.loglog(sizes, results, "--", color=GREEN, label="the gradients themselves")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.set(xlabel="tokens in the vocabulary", ylabel="peak memory, MiB")
    axes.set_ylim(1e-2, 2e3)  # room for the legend
    axes.legend(loc="upper left")
    return figure(
        plot,
        alt="Peak memory of loss and gradients over the size of the vocabulary, both "
        f"on logarithmic scales, for {rows} positions. With the matrix of logits it "
        f"grows in proportion, from {naive[0]:.1f} to {naive[-1]:.0f} mebibytes; in "
        f"blocks it is nearly level at first, and ends at {blocks[-1]:.1f}, of which "
        f"{results[-1]:.1f} are the gradients themselves.",
    )


def _with_matrix(X: Any, W: Any, labels: Any) -> Any:
    """Return loss and gradients by way of one matrix of logits, overwritten."""
    rows = np.arange(len(labels))
    Z = X @ W
    Z -= Z.max(axis=1, keepdims=True)
    own = Z[rows, labels]
    np.exp(Z, out=Z)
    total = Z.sum(axis=1, keepdims=True)
    Z /= total
    Z[rows, labels] -= 1
    Z /= len(labels)
    return np.log(total[:, 0]) - own, Z @ W.T, X.T @ Z


def _in_blocks(X: Any, W: Any, labels: Any) -> Any:
    """Return loss and gradients block by block."""
    loss = blockwise_cross_entropy(X, W, labels, 256)
    return loss, *blockwise_gradients(X, W, labels, 256)


def _peak(function: Callable[..., Any], *arguments: Any) -> int:
    """Return the largest number of bytes that a call has in use at once."""
    tracemalloc.start()
    try:
        function(*arguments)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
