# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What the wrong gradient does
#
# The blog post that this site corrects derives, in its Case 1, a gradient of zero at
# every wrong class.
# [The gradient](../gradient.md) shows why that is false.
# Here you can watch what happens to somebody who believes it.
#
# We draw 300 points from a softmax model whose weights we know, and fit a softmax
# regression to them twice, from the same start and with the same step: once with the
# true gradient, once with the post's two cases taken at their word.

# %%
import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.softmax import softmax
from snippets.wrong.gradient import wrong_two_case_gradient
from typeset.figure import figure, style

style()

# %% [markdown]
# ## The data
#
# Two features and a constant one, so that the last row of the weights is the bias.
# The labels are drawn, not assigned: the classes overlap, and no classifier can have
# a loss of zero on them.

# %%
rng = np.random.default_rng(1)
N = 300
true_weights = np.array([[1.0, -1.0, 0.5], [0.3, 0.8, -1.0], [0.0, 0.2, -0.2]])
X = np.column_stack([rng.normal(size=(N, 2)), np.ones(N)])
labels = np.array([rng.choice(3, p=p) for p in softmax(X @ true_weights)])
print("examples of each class:", np.bincount(labels))

# %% [markdown]
# ## Two descents
#
# The only difference between them is the function that turns logits and labels into a
# gradient.

# %%
RATE, STEPS = 0.5, 2000


def descend(gradient):
    """Gradient descent on the mean loss, from zero: the losses and the weight norms."""
    W = np.zeros((3, 3))
    losses, norms = [], []
    for _ in range(STEPS + 1):
        losses.append(cross_entropy(X @ W, labels).mean())
        norms.append(np.linalg.norm(W))
        W -= RATE * X.T @ gradient(X @ W, labels) / N
    return np.array(losses), np.array(norms)


true_losses, true_norms = descend(cross_entropy_gradient)
wrong_losses, wrong_norms = descend(wrong_two_case_gradient)

# %%
for step in (0, 10, 100, 1000):
    print(
        f"step {step:4}:  true gradient {true_losses[step]:.4f}"
        f"   the post's {wrong_losses[step]:.4f}"
    )

# %% [markdown]
# Both begin at the loss of a uniform guess over three classes.
# The true gradient finds the minimum within a hundred steps and stays there.
# The post's gradient does help for a few steps, because its one non-zero component
# points the right way; then the loss turns and climbs without end.

# %%
plot, axes = plt.subplots()
steps = np.arange(STEPS + 1)
axes.semilogx(steps[1:], true_losses[1:], label="true gradient")
axes.semilogx(steps[1:], wrong_losses[1:], "--", label="the post's two cases")
axes.set(xlabel="step of gradient descent", ylabel="mean cross-entropy (nats)")
axes.legend(loc="upper left")
figure(
    plot,
    alt="Two loss curves over 2000 steps, the steps on a logarithmic axis. "
    f"With the true gradient the loss falls from {true_losses[0]:.2f} to "
    f"{true_losses[-1]:.2f} and stays. With the post's gradient it falls to "
    f"{wrong_losses.min():.2f} and then climbs to {wrong_losses[-1]:.2f}.",
)

# %% [markdown]
# ## Why it cannot stop
#
# Take the bias of one class.
# Its component of the post's gradient is a sum, over the examples of that class, of
# the model's probability minus one: every term is negative, whatever the weights are.
# So every step raises every bias, for ever, and the weights grow with the number of
# steps; nothing in this gradient ever pushes a wrong class *down*.
# That push is exactly what Case 1 threw away.

# %%
plot, axes = plt.subplots()
axes.loglog(steps[1:], true_norms[1:], label="true gradient")
axes.loglog(steps[1:], wrong_norms[1:], "--", label="the post's two cases")
axes.set(xlabel="step of gradient descent", ylabel="norm of the weights")
axes.legend(loc="upper left")
figure(
    plot,
    alt="The norm of the weights over 2000 steps, both axes logarithmic. "
    f"With the true gradient it levels off at {true_norms[-1]:.2f}; with the post's "
    f"gradient it keeps growing and reaches {wrong_norms[-1]:.0f}.",
)

# %% [markdown]
# Each row of the true gradient sums to zero over the classes, so that gradient descent
# from zero keeps every row of the weights centred.
# The post's gradient has no such balance:

# %%
gradients = cross_entropy_gradient, wrong_two_case_gradient
for name, gradient in zip(("true", "the post's"), gradients, strict=True):
    at_start = X.T @ gradient(np.zeros((N, 3)), labels) / N
    print(f"{name:>10}: {at_start.sum(axis=1).round(4) + 0.0}")
