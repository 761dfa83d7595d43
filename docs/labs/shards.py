# ---
# jupyter:
#   jupytext:
#     comment_magics: false  # or a comment like `why?` would become a command
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Logits larger than memory
#
# [At scale](../scale.md#a-training-step-in-shards) says what a shard of the vocabulary
# has to tell the others: two numbers a position, and the logit of the true token.
# Here [Dask](https://docs.dask.org) does the work: it runs the functions of that page
# in threads or over a cluster of machines, and we say only which result goes where.
# The logits take four times as much memory as we allow ourselves.

# %%
import tracemalloc
from functools import reduce

import dask
import dask.array as da
import matplotlib.pyplot as plt
import numpy as np
from dask import delayed
from dask.callbacks import Callback

from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.numerics import relative_error
from snippets.scale import (
    logsumexp_of,
    merge_logsumexp,
    shard_gradient,
    shard_logit,
    shard_state,
)
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()
THREADS = 2
dask.config.set(scheduler="threads", num_workers=THREADS)
ON_A_CLUSTER = False  # True asks for Dask’s `distributed`, and starts processes

# %% [markdown]
# ## Logits that are not there
#
# 512<!-- = N --> positions, a vocabulary of 16384<!-- = K --> tokens, and shards of
# 256<!-- = H --> tokens each.
# A Dask array is a plan: it knows how each of its blocks would be computed, and none of
# them is.

# %%
N, D, K, H = 512, 16, 16384, 256
MIB = 2**20
LIMIT = 16 * MIB
rng = np.random.default_rng(0)
X, W = rng.normal(size=(N, D)), rng.normal(size=(D, K))
labels = rng.integers(K, size=N)

Z = da.from_array(X, chunks=(N, D)) @ da.from_array(W, chunks=(D, H))
shards = Z.to_delayed().ravel()
starts = range(0, K, H)
print(f"{len(shards)} shards; all logits: {Z.nbytes / MIB:.0f} MiB")
print(f"what we allow ourselves: {LIMIT / MIB:.0f} MiB")

# %% [markdown]
# ## The loss
#
# `delayed(f)(x)` is the plan to call a function.
# So these lines are those of the page, and nothing runs yet: a state of each shard, all
# of them merged, and the true logits added up.


# %%
def reductions(shards):
    """Plan the state of all classes, and the logit of each true class."""
    states = [delayed(shard_state)(z) for z in shards]
    own = [
        delayed(shard_logit)(z, labels, start)
        for z, start in zip(shards, starts, strict=True)
    ]
    return reduce(delayed(merge_logsumexp), states), reduce(delayed(np.add), own)


# %% [markdown]
# `dask.compute` runs them.
# Python’s `tracemalloc` records the most memory that is held at once, Dask’s own
# included, and beyond the limit we stop.


# %%
def within_limit(*plans):
    """Return what plans give, or stop if more was held at once than is allowed."""
    tracemalloc.start()
    results = dask.compute(*plans)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if peak > LIMIT:
        raise MemoryError(f"{peak / MIB:.1f} MiB were held")
    return results


if ON_A_CLUSTER:
    from dask.distributed import Client

    client = Client(n_workers=2, threads_per_worker=1)  # what computes from now on

dask.compute(delayed(sum)([1]))  # at its first call Dask imports more of itself
(largest, total), own = within_limit(*reductions(shards))
losses = logsumexp_of((largest - own, total))
print(f"mean loss: {losses.mean():.4f} nats, within the limit")

# %% [markdown]
# ## The gradients
#
# A second plan, which begins with the logits once more: with the state of all classes,
# each shard has its own part of the gradients.
# Those of the weights are put beside each other, and those of the vectors are added up.


# %%
def gradients(shards, state):
    """Plan the gradients of the mean loss with respect to X and W."""

    def of_shard(z, columns, state, start):
        G = shard_gradient(z, state, labels, start) / N
        return G @ columns.T, X.T @ G

    parts = [
        delayed(of_shard, nout=2)(z, W[:, start : start + H], state, start)
        for z, start in zip(shards, starts, strict=True)
    ]
    by_X, by_W = zip(*parts, strict=True)
    return reduce(delayed(np.add), by_X), delayed(np.hstack)(by_W)


dX, dW = within_limit(*gradients(shards, (largest, total)))
print(f"shapes {dX.shape} and {dW.shape}, within the limit")

# %% [markdown]
# ## The same, in one piece
#
# The plain code has the whole matrix of logits in memory, and agrees to the last
# digits:

# %%
G = cross_entropy_gradient(X @ W, labels) / N
pairs = {
    "losses": (losses, cross_entropy(X @ W, labels)),
    "gradient of X": (dX, G @ W.T),
    "gradient of W": (dW, X.T @ G),
}
for name, (found, plain) in pairs.items():
    print(
        f"{name:14} relative error below 1e-14: {relative_error(found, plain) < 1e-14}"
    )

# %% [markdown]
# ## Why there are two plans
#
# One plan for loss and gradients is tempting: the state is in it, and Dask would
# compute each block of logits only once.
# But then a block is wanted twice: for its state, and for its gradient once the states
# of all blocks are merged.
# What is still wanted is kept, so in the middle of the plan all logits are in memory.
# Dask tells after each call what it holds; one thread makes all calls here, so that
# their order is always the same.


# %%
class Held(Callback):
    """The MiB in arrays that the scheduler holds, after each call."""

    def __init__(self):
        super().__init__()
        self.after = []

    def _posttask(self, key, result, plan, state, worker):
        arrays = {id(array): array.nbytes for array in whole(state["cache"].values())}
        self.after.append(sum(arrays.values()) / MIB)


def whole(results):
    """Yield the arrays in results, each in its own memory."""
    for result in results:
        if isinstance(result, np.ndarray):
            yield result if result.base is None else result.base
        elif isinstance(result, tuple | list):
            yield from whole(result)


state, own = reductions(shards)
with Held() as two, dask.config.set(scheduler="sync"):
    (computed,) = dask.compute(state, own)[:1]
    dask.compute(*gradients(shards, computed))
with Held() as one, dask.config.set(scheduler="sync"):
    dask.compute(state, own, *gradients(shards, state))

plot, axes = plt.subplots()
for held, line, colour, name in (
    (one.after, "-", ORANGE, "one plan"),
    (two.after, "--", VIOLET, "two plans"),
):
    axes.plot(np.linspace(0, 1, len(held)), held, line, color=colour, label=name)
axes.axhline(LIMIT / MIB, color=FAINT, linestyle=":")
_ = axes.set(xlabel="share of the calls that are done", ylabel="results held, MiB")

# %% tags=["remove-input"]
figure(
    plot,
    alt="What the scheduler holds, in mebibytes, over the share of the calls that are "
    "done. With one plan it rises on a straight line to "
    f"{max(one.after):.0f}, and falls on another. With two plans it is never above "
    f"{max(two.after):.1f}. A dotted line marks the limit, {LIMIT / MIB:.0f}.",
    caption="What Dask holds while loss and gradients are computed. One plan keeps "
    f"every block of logits until all states are merged, {max(one.after):.0f} MiB; two "
    f"plans compute the blocks twice and hold {max(two.after):.1f} MiB at most, below "
    "the limit, the dotted line.",
    name="held-by-plan",
)

# %% [markdown]
# To compute the logits twice is
# [the third more of arithmetic](../scale.md#backward-recompute-and-do-not-store) that
# the page weighs against memory; here it is the engine that makes the choice plain.
#
# ## On several machines
#
# With `ON_A_CLUSTER = True` the same plans run on a cluster, here of two processes; the
# address of a scheduler in place of their number makes it one of other machines.
# Nothing else changes, since Dask’s cluster takes the plans that its threads take.
# The memory is then that of the workers, which `tracemalloc` does not see.
# A script, unlike a notebook, has to put all this below `if __name__ == "__main__":`,
# because each process begins by importing it.
