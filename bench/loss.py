"""Measure the loss and its gradient against other libraries: ``python -m bench.loss``.

All in one process, on one thread, in rounds in which each way is called once and whose
order is drawn anew, so that what else the machine does hits all alike. A time is the
median, over rounds, of the processor's time for the process: what other programs take
does not count.
"""

# ruff: noqa: E402 - threads are counted when a library is imported

from __future__ import annotations

import argparse
import json
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

THREADS = "OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS VECLIB_MAXIMUM_THREADS"
os.environ |= dict.fromkeys(THREADS.split(), "1")
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
if hasattr(os, "sched_setaffinity"):  # XLA makes as many threads as it may have cores
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import jax
import numpy as np
import optax
import torch
from scipy import special

from bench.machine import kind, versions
from snippets.gradient import cross_entropy_and_gradient
from snippets.scale import blockwise_cross_entropy, tiled_cross_entropy_and_gradient

RECORD = Path(__file__).with_suffix(".json")
PACKAGES = "numpy scipy torch jax optax".split()

Array = np.ndarray[Any, np.dtype[Any]]
Call = Callable[[], Any]
Way = Callable[[Array, Array], Call]

# Rows, classes, and the standard deviation of the logits: with the last, some are too
# large for exponentials that are not shifted
CASES = [(4096, 10, 3.0), (1024, 1000, 3.0), (128, 32_000, 3.0), (1024, 1000, 30.0)]
LAYER = (4096, 512, 32_768)  # rows, inputs, classes
BLOCK = 256  # classes


def textbook(z: Array, c: Array) -> tuple[Array, Array]:
    """Return loss and gradient as a reader of a textbook writes them."""
    rows = np.arange(len(z))
    shifted = z - z.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    total = e.sum(axis=1, keepdims=True)
    gradient = e / total
    gradient[rows, c] -= 1
    return np.log(total[:, 0]) - shifted[rows, c], gradient


def by_scipy(z: Array, c: Array) -> tuple[Array, Array]:
    """Return loss and gradient by SciPy's log-softmax and softmax."""
    rows = np.arange(len(z))
    loss = -special.log_softmax(z, axis=1)[rows, c]
    gradient = special.softmax(z, axis=1)
    gradient[rows, c] -= 1
    return loss, gradient


def by_torch(z: Array, c: Array) -> Call:
    """Return PyTorch's loss and its gradient, to be called."""
    logits, labels = torch.from_numpy(z).requires_grad_(), torch.from_numpy(c)

    def call() -> Any:
        loss = torch.nn.functional.cross_entropy(logits, labels, reduction="none")
        (gradient,) = torch.autograd.grad(loss, logits, torch.ones_like(loss))
        return loss.detach(), gradient

    return call


def by_optax(z: Array, c: Array) -> Call:
    """Return Optax's loss and its gradient, compiled, to be called."""

    def both(logits: Any, labels: Any) -> Any:
        loss, pull = jax.vjp(
            lambda z: optax.softmax_cross_entropy_with_integer_labels(z, labels), logits
        )
        return loss, pull(jax.numpy.ones_like(loss))[0]

    compiled, logits, labels = jax.jit(both), jax.device_put(z), jax.device_put(c)
    return lambda: jax.block_until_ready(compiled(logits, labels))


def of_numpy(function: Callable[[Array, Array], Any]) -> Way:
    """Return a way whose memory Python sees."""
    return lambda z, c: lambda: function(z, c)


NUMPY = {
    "tiled": of_numpy(tiled_cross_entropy_and_gradient),
    "plain": of_numpy(cross_entropy_and_gradient),
    "textbook": of_numpy(textbook),
    "SciPy": of_numpy(by_scipy),
}
WAYS: dict[str, Way] = NUMPY | {"Optax": by_optax, "PyTorch": by_torch}


def times(calls: dict[str, Call], rounds: int) -> dict[str, float]:
    """Return the median time of each call in milliseconds, over rounds of all."""
    rng = np.random.default_rng(0)
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()  # compiles, and fills caches
    for _ in range(rounds):
        for name in rng.permutation([*calls]):
            begun = time.process_time()
            calls[name]()
            taken[name].append(time.process_time() - begun)
    return {name: round(1e3 * median(each), 4) for name, each in taken.items()}


def peak(call: Call) -> int:
    """Return the most bytes that a call has allocated at once, its results included."""
    tracemalloc.start()
    call()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def of_batch(rows: int, classes: int, spread: float, dtype: str, rounds: int) -> Any:
    """Measure loss and gradient of a batch; all must agree before any is timed."""
    rng = np.random.default_rng(0)
    z = rng.normal(scale=spread, size=(rows, classes)).astype(dtype)
    c = rng.integers(0, classes, rows)
    calls = {name: way(z, c) for name, way in WAYS.items()}
    exact = textbook(z.astype(np.float64), c)
    tolerance = 1e-4 if dtype == "float32" else 1e-12
    for call in calls.values():
        for found, right in zip(call(), exact, strict=True):
            np.testing.assert_allclose(found, right, rtol=tolerance, atol=tolerance)
    return {
        "rows": rows,
        "classes": classes,
        "deviation": spread,
        "dtype": dtype,
        "ms": times(calls, rounds),
        "peak over logits": {
            name: round(peak(calls[name]) / z.nbytes, 3) for name in NUMPY
        },
    }


def at_once(X: Array, W: Array, c: Array) -> Array:
    """Return the loss of a linear layer by one matrix of logits, overwritten."""
    rows = np.arange(len(c))
    Z = X @ W
    Z -= Z.max(axis=1, keepdims=True)
    own = Z[rows, c]
    np.exp(Z, out=Z)
    return np.log(Z.sum(axis=1)) - own


def of_layer(rounds: int) -> Any:
    """Measure the loss of a linear layer in float32, in blocks and at once."""
    N, D, K = LAYER
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, D)).astype(np.float32)
    W = (rng.normal(size=(D, K)) / np.sqrt(D)).astype(np.float32)
    c = rng.integers(0, K, N)
    calls: dict[str, Call] = {
        "in blocks": lambda: blockwise_cross_entropy(X, W, c, BLOCK),
        "at once": lambda: at_once(X, W, c),
    }
    losses, right = (call() for call in calls.values())
    np.testing.assert_allclose(losses, right, rtol=1e-4)
    return {
        "rows": N,
        "inputs": D,
        "classes": K,
        "block": BLOCK,
        "ms": times(calls, rounds),
        "peak bytes": {name: peak(call) for name, call in calls.items()},
    }


def main() -> None:
    """Measure, and keep what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.loss", description=__doc__)
    parser.add_argument("--rounds", type=int, default=61, help="of each batch (61)")
    parser.add_argument("--layers", type=int, default=5, help="of the layer (5)")
    parser.add_argument("--out", type=Path, default=RECORD, help="the file to write")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    jax.config.update("jax_enable_x64", True)
    found = {
        "date": time.strftime("%Y-%m-%d"),
        "machine": kind(),
        "versions": versions(*PACKAGES),
        "batches": [
            of_batch(*case, dtype, asked.rounds)
            for case in CASES
            for dtype in ("float32", "float64")
        ],
        "layer": of_layer(asked.layers),
    }
    asked.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
