"""The figures of ``docs/scale.md``."""

import sys
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import FrameType
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from snippets.scale import (
    blockwise_cross_entropy,
    blockwise_gradients,
    merge_logsumexp,
    streaming_logsumexp,
)
from typeset.figure import INK, ORANGE, RED, VIOLET, Figure, figure


def running_state() -> Figure:
    """Draw the running maximum and log-sum-exp of a stream of logits."""
    z = np.random.default_rng(7).normal(scale=2, size=60)
    ones = ((k, 1.0) for k in z)
    states = list(accumulate(ones, merge_logsumexp))
    largest, total = np.array(states).T
    steps = np.arange(1, z.size + 1)
    plot, axes = plt.subplots()
    axes.plot(steps, z, ".", color=INK, label="logits", zorder=3)
    axes.step(steps, largest, "--", where="post", color=ORANGE, label="largest so far")
    total = largest + np.log(total)
    axes.plot(steps, total, "-", color=VIOLET, label="log-sum-exp so far")
    axes.set(xlabel="logits seen", ylabel="value")
    rises = np.count_nonzero(np.diff(largest))
    return figure(
        plot,
        alt=f"A stream of {z.size} logits as dots, with two lines over it. The largest "
        f"logit so far is a stair that rises {rises} times, to {largest[-1]:.2f}. The "
        "log-sum-exp so far starts at the first logit, rises with every further one, "
        f"never falls below the stair, and ends at {streaming_logsumexp([z]):.2f}.",
        caption=f"The running state of a stream of {z.size} logits: the largest so "
        f"far, which rises {rises} times, and the log-sum-exp so far, which rises with "
        "each.",
    )


def memory_by_vocabulary() -> Figure:
    """Draw what arrays loss and gradients need, over the size of the vocabulary."""
    rng = np.random.default_rng(0)
    rows, features = 256, 8
    sizes = 2 ** np.arange(9, 16)
    X = rng.normal(size=(rows, features)).astype(np.float32)
    needs = []
    for size in sizes:
        W = rng.normal(size=(features, size)).astype(np.float32)
        labels = rng.integers(0, size, size=rows)
        needs.append([_most_held(f, X, W, labels) for f in (_with_matrix, _in_blocks)])
    naive, blocks = np.array(needs).T / 2**20
    results = 4 * features * (rows + sizes) / 2**20
    plot, axes = plt.subplots()
    axes.loglog(sizes, naive, "o-", color=ORANGE, label="matrix of logits")
    axes.loglog(sizes, blocks, "s-", color=VIOLET, label="blocks of 256 tokens")
    axes.loglog(sizes, results, "--", color=RED, label="the gradients themselves")
    axes.set_xticks(sizes[::2], [str(size) for size in sizes[::2]])
    axes.minorticks_off()
    axes.set(xlabel="tokens in the vocabulary", ylabel="arrays held, MiB")
    return figure(
        plot,
        alt="The most that loss and gradients hold in arrays at once over the size of "
        f"the vocabulary, both on logarithmic scales, for {rows} positions. With the "
        f"matrix of logits it grows in proportion, from {naive[0]:.1f} to "
        f"{naive[-1]:.0f} mebibytes; in blocks it is nearly level at first, and ends "
        f"at {blocks[-1]:.1f}, of which {results[-1]:.1f} are the gradients.",
        caption="The most bytes in arrays that variables hold at once, counted line by "
        "line while loss and gradients are computed; the memory measured above also "
        f"counts arrays without a name. At {sizes[-1]} tokens the matrix of logits "
        f"needs {naive[-1]:.0f} MiB, blocks need {blocks[-1]:.1f}.",
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


def _most_held(function: Callable[..., Any], *arguments: Any) -> int:
    """Return the most bytes in arrays that a call holds at once, its own aside.

    They are counted at each line: every buffer that a variable refers to, once, in all
    of our functions that are running. So they are the same in every build, which
    measured memory is not.
    """
    given = {id(array) for array in arguments}
    most = 0

    def enter(frame: FrameType, event: str, result: Any) -> Any:
        if not _is_ours(frame.f_code.co_filename):
            return None
        around: dict[int, int] = {}  # what those hold that wait until this one returns
        outer = frame.f_back
        while outer is not None and outer is not here:
            if _is_ours(outer.f_code.co_filename):
                _count(outer.f_locals, around)
            outer = outer.f_back

        def look(frame: FrameType, event: str, result: Any) -> Any:
            nonlocal most
            held = dict(around)
            _count([frame.f_locals, result if event == "return" else None], held)
            most = max(most, sum(n for key, n in held.items() if key not in given))
            return look

        return look

    here, before = sys._getframe(), sys.gettrace()
    sys.settrace(enter)
    try:
        function(*arguments)
    finally:
        sys.settrace(before)
    return most


@cache
def _is_ours(file: str) -> bool:
    """Say whether a function is the project's, by its file, and not a library's."""
    return Path(file).parent.name in ("figures", "snippets")


def _count(value: Any, held: dict[int, int]) -> None:
    """Note the bytes of each array in a value, by the name of its memory."""
    if isinstance(value, np.ndarray):
        while isinstance(value.base, np.ndarray):
            value = value.base
        held[id(value)] = value.nbytes
    elif isinstance(value, (tuple, list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            _count(part, held)
