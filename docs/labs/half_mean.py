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
# # The mean that stops learning
#
# A loss is usually a mean over the rows of a batch, and each row’s gradient is divided
# by their number.
# In half precision that number has to be a number in half precision.
# This lab finds the number of rows from which on a model stops learning, without an
# error or a NaN.
# [What each library does](../libraries.md#float16-65520) shows which libraries divide
# in this way.

# %%
import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy, cross_entropy_gradient
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()

# %% [markdown]
# ## Where float16 ends
#
# The largest number in float16 is 65 504<!-- = LARGEST -->, and numbers near it are
# 32<!-- = GAP --> apart.
# What is less than half of this above it is rounded down; from 65 520<!-- = BORDER -->
# on it is infinite.

# %%
LARGEST = 65_504
GAP = 32
BORDER = 65_520
assert np.finfo(np.float16).max == LARGEST
assert np.nextafter(np.float16(LARGEST), np.float16(0)) == LARGEST - GAP
assert BORDER == LARGEST + GAP / 2
for rows in (LARGEST, BORDER - 1, BORDER):
    with np.errstate(over="ignore"):
        print(f"{rows} rows in float16: {np.float16(rows)}")

# %% [markdown]
# ## A mean in half precision
#
# This is the mean loss of a batch, and its gradient, as a library computes them that
# keeps everything in the type of the logits.
# The sum is the only part that is done in float32, since it would overflow sooner.


# %%
def mean_in_half(z, labels):
    """Return the mean loss and its gradient; the divisor is in float16."""
    with np.errstate(over="ignore"):
        divisor = np.float16(len(z))
    z = z.astype(np.float16).astype(np.float32)  # the logits have few digits
    total = np.sum(cross_entropy(z, labels), dtype=np.float32)
    gradient = cross_entropy_gradient(z, labels).astype(np.float16)
    return np.float16(total / np.float32(divisor)), gradient / divisor


print("    rows     loss   gradient of the first row, times the rows")
for rows in (1000, BORDER - 1, BORDER, 300_000):
    loss, gradient = mean_in_half(np.zeros((rows, 2)), np.zeros(rows, dtype=int))
    print(f"{rows:8} {loss:8.4f}   {gradient[0].astype(float) * rows}")

# %% [markdown]
# Every row costs $\ln 2 \approx 0.6931$, and so should their mean.
# From the border on it is zero, and so is the gradient: a loss that looks perfect, and
# a model that does not move.
#
# ## A model that does not move
#
# Two classes are told apart by one feature.
# The same gradient descent runs on batches of different sizes.


# %%
def descent(rows, steps=40):
    """Return the weight after each step, for batches of so many rows."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, size=rows)
    x = (2 * labels - 1 + rng.normal(size=rows)).astype(np.float32)
    weight, path = np.float32(0), []
    for _ in range(steps):
        z = np.stack([np.zeros(rows, np.float32), weight * x], axis=1)
        _, gradient = mean_in_half(z, labels)
        weight = weight - np.float32(2 * np.sum(gradient[:, 1] * x, dtype=np.float32))
        path.append(float(weight))
    return np.array(path)


paths = {rows: descent(rows) for rows in (1000, BORDER - 1, BORDER)}
plot, axes = plt.subplots()
for (rows, path), colour, line in zip(
    paths.items(), (FAINT, VIOLET, ORANGE), ("--", "-", "-."), strict=True
):
    axes.plot(path, line, color=colour, label=f"{rows} rows")
_ = axes.set(xlabel="step", ylabel="weight")

# %% tags=["remove-input"]
few, most, over = paths
ends = {rows: path[-1] for rows, path in paths.items()}
figure(
    plot,
    alt=f"The weight over {len(paths[few])} steps of gradient descent. With {few} and "
    f"with {most} rows it rises quickly and levels off, at {ends[few]:.2f} and "
    f"{ends[most]:.2f}. With {over} rows it stays at {ends[over]:.0f}.",
    caption="One more row in the batch, and the weight stays where it began: the "
    f"divisor {over} is infinite in float16, and every gradient divided by it is "
    f"{ends[over]:.0f}.",
    name="weight-by-step",
)

# %% [markdown]
# ## What to do
#
# Cast the logits to float32 before the loss; its mean and its gradient then have room
# for $10^{38}$ rows.
# Where memory forbids that, take the losses of the rows (`reduction="none"`) and
# average them in float32.
# In bfloat16 the same mean goes on, since its exponents are those of float32, with
# about three digits.

# %%
z, labels = np.zeros((BORDER, 2), np.float32), np.zeros(BORDER, dtype=int)
print(f"loss in float32: {cross_entropy(z, labels).mean():.4f}")
slope = cross_entropy_gradient(z, labels)[0] / np.float32(BORDER)
print(f"gradient of the first row, times the rows: {slope.astype(float) * BORDER}")
