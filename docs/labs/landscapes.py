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
# # Two landscapes
#
# Whatever the distribution of the label, the expected squared error and the expected
# cross-entropy are least at the same prediction.
# [Why not squared error?](../scoring.md) derives how different their slopes are on the
# way to it.
# Here both losses are shown as functions of one logit and then of two weights.

# %%
import matplotlib.pyplot as plt
import numpy as np

from snippets.binary import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    sigmoid,
)
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()

# %% [markdown]
# ## One logit
#
# The true label is one.
# Each loss is shown with its slope, which is what gradient descent sees, and with its
# curvature.

# %%
z = np.linspace(-8, 8, 1601)
p = sigmoid(z)
curves = {
    "cross-entropy": (
        binary_cross_entropy(z, 1),
        binary_cross_entropy_gradient(z, 1),
        p * (1 - p),
    ),
    "squared error": (
        (p - 1) ** 2 / 2,
        (p - 1) * p * (1 - p),
        p * (1 - p) ** 2 * (3 * p - 1),
    ),
}
plot, panels = plt.subplots(1, 3, figsize=(8, 3.4))
for (name, values), line in zip(curves.items(), ("-", "--"), strict=True):
    for axes, curve in zip(panels, values, strict=True):
        axes.plot(z, curve, line, label=name)
for axes, name in zip(panels, ("loss", "slope", "curvature"), strict=True):
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.set(title=name, xlabel="logit")
highest = {name: values[0][0] for name, values in curves.items()}
steepest = curves["cross-entropy"][1].min()
bend = z[np.argmax(curves["squared error"][2] > 0)]

# %% tags=["remove-input"]
figure(
    plot,
    alt=f"Three panels over the logit of the true class, from −{-z[0]:g} to {z[-1]:g}. "
    f"Loss: cross-entropy falls from {highest['cross-entropy']:.1f} almost straight "
    f"and then flattens; squared error starts flat at {highest['squared error']:.2f}, "
    "falls once and is flat again. Slope: that of cross-entropy is near "
    f"−{-steepest:.0f} on the left and rises towards zero; that of squared error is "
    "near zero on both sides. Curvature: that of cross-entropy is positive everywhere; "
    f"that of squared error is negative left of −{-bend:.2f}.",
    caption="Both losses, their slopes and their curvatures over the logit of the true "
    "class. Where the model is almost certain and wrong, on the left, squared error is "
    f"nearly flat, and up to a logit of −{-bend:.2f} it is concave.",
    name="slopes-and-curvatures",
)

# %% [markdown]
# On the left the model is almost certain, and wrong.
# There cross-entropy has nearly the slope
# −1<!-- = binary_cross_entropy_gradient(-8, 1) -->, and squared error has almost none.
# To see what that costs, we run gradient descent on both from the same bad start.

# %%
slopes = {
    "cross-entropy": lambda z: binary_cross_entropy_gradient(z, 1),
    "squared error": lambda z: (sigmoid(z) - 1) * sigmoid(z) * (1 - sigmoid(z)),
}
for name, slope in slopes.items():
    logit, steps = np.float64(-8.0), 0
    while logit < 0:
        logit, steps = logit - slope(logit), steps + 1
    print(f"{name}: {steps} steps from logit −8 to 0")

# %% [markdown]
# ## Two weights
#
# The data are six points on a line, of which the two in the middle are labelled against
# the trend; the model’s logit is a slope times the point plus an offset.
# Cross-entropy is a bowl.
# Squared error has plateaus, on which descent stalls.

# %%
x = np.array([-2.0, -1.0, -0.5, 0.5, 1.0, 2.0])
y = np.array([0, 0, 1, 0, 1, 1])
grid = np.linspace(-10, 10, 121)
slope, offset = np.meshgrid(grid, grid)
logits = slope[..., None] * x + offset[..., None]
landscapes = {
    "cross-entropy": binary_cross_entropy(logits, np.broadcast_to(y, logits.shape)),
    "squared error": (sigmoid(logits) - y) ** 2 / 2,
}
plot, panels = plt.subplots(1, 2, figsize=(8, 4.2), sharey=True)
lowest = {}
for axes, (name, loss) in zip(panels, landscapes.items(), strict=True):
    mean = loss.mean(axis=-1)
    levels = np.quantile(mean, np.linspace(0.02, 0.98, 13))
    axes.contour(slope, offset, mean, levels=levels, colors=VIOLET, linewidths=1)
    at = np.unravel_index(mean.argmin(), mean.shape)
    lowest[name] = slope[at], offset[at]
    axes.plot(*lowest[name], "o", color=ORANGE)
    axes.set(title=name, xlabel="slope")
_ = panels[0].set_ylabel("offset")

# %% tags=["remove-input"]
figure(
    plot,
    alt="Lines of equal loss over slope and offset. For cross-entropy: nested "
    "convex curves around a minimum at slope {:.1f} and offset {:.1f}. For squared "
    "error they crowd along the edges of steps, with wide plateaus between; the lowest "
    "point is at slope {:.1f}, offset {:.1f}.".format(
        *lowest["cross-entropy"], *lowest["squared error"]
    ),
    caption="Lines of equal loss over two weights, and a dot at the lowest point of "
    "the grid: cross-entropy is a bowl, squared error has plateaus.",
    name="bowl-and-plateaus",
)

# %% [markdown]
# A chord can show that a function is not convex, since a convex function lies nowhere
# above a chord of its graph.
# So take random pairs of weight vectors, and count those at whose midpoint the loss is
# larger than the mean of the losses at the two ends.

# %%
rng = np.random.default_rng(0)
ends = rng.uniform(-10, 10, size=(2, 5000, 2))


def mean_losses(weights):
    """Return both mean losses at pairs of slope and offset."""
    logits = weights[:, :1] * x + weights[:, 1:]
    labels = np.broadcast_to(y, logits.shape)
    return {
        "cross-entropy": binary_cross_entropy(logits, labels).mean(axis=1),
        "squared error": ((sigmoid(logits) - y) ** 2 / 2).mean(axis=1),
    }


first, second, middle = (mean_losses(w) for w in (*ends, ends.mean(axis=0)))
for name in landscapes:
    above = middle[name] > (first[name] + second[name]) / 2 + 1e-12
    print(f"{name}: {above.sum()} of {above.size} midpoints above their chord")
