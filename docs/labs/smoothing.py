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
# # What label smoothing does to logits
#
# With a hard label the loss falls as long as the true logit grows.
# With a smoothed label it has its minimum where that logit has a finite lead, which
# [Soft labels](../soft_labels.md#the-optimum-is-finite) derives.
# This lab lets gradient descent find the lead, first without a model and then on real
# digits.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from snippets.backpropagation import linear_gradients
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.information import entropy
from snippets.soft_labels import smooth_labels
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()

# %% [markdown]
# ## Free logits
#
# One example, ten classes, and no model: the gradient steps change the logits
# themselves, and the *gap* is the lead of the true logit over another one.

# %%
K = 10
hard = np.eye(K)[0]
print("epsilon   gap found   gap predicted     loss   its floor")
for epsilon in (0.05, 0.1, 0.2, 0.5):
    y = smooth_labels(hard, epsilon)
    z = np.zeros(K)
    for _ in range(3000):
        z = z - 2 * cross_entropy_gradient(z, y)
    gap, predicted = z[0] - z[1], np.log(1 + K * (1 - epsilon) / epsilon)
    print(
        f"{epsilon:7.2f} {gap:11.4f} {predicted:15.4f} "
        f"{cross_entropy(z, y):8.4f} {entropy(y):11.4f}"
    )

# %% [markdown]
# The loss does not go to zero, and is not meant to: its floor is the entropy of the
# smoothed label.
#
# ## The same, step by step
#
# With a hard label the gap grows without bound, like the logarithm of the number of
# steps.

# %%
steps = np.unique(np.geomspace(1, 5000, 80).round()).astype(int)
paths = {}
for name, y in (("hard label", hard), ("smoothed, ε = 0.1", smooth_labels(hard, 0.1))):
    z, path = np.zeros(K), []
    for step in range(1, steps[-1] + 1):
        z = z - cross_entropy_gradient(z, y)
        if step in steps:
            path.append(z[0] - z[1])
    paths[name] = np.array(path)
plot, axes = plt.subplots()
for (name, path), line in zip(paths.items(), ("-", "--"), strict=True):
    axes.semilogx(steps, path, line, label=name)
limit = np.log(1 + K * 0.9 / 0.1)
axes.axhline(limit, color=FAINT, linestyle="--", linewidth=1)
_ = axes.set(xlabel="step", ylabel="true logit minus another")

# %% tags=["remove-input"]
figure(
    plot,
    alt="The gap between the true logit and another one over the steps, which are on a "
    "logarithmic scale. With the hard label it rises, soon on a straight line, to "
    f"{paths['hard label'][-1]:.1f} at step {steps[-1]}. With the smoothed label it "
    f"follows for a while and then stays at {limit:.2f}, a dashed line.",
    caption="How far the true logit leads another one, step by step. With a hard label "
    "the lead grows without bound; with a smoothed one it stops at the predicted "
    f"{limit:.2f}, the thin line.",
    name="gap-by-step",
)

# %% [markdown]
# ## Digits
#
# We train a softmax regression without a penalty on scikit-learn’s digits, once with
# hard and once with smoothed labels.
# For each training digit we look at the gap between the true logit and the mean of the
# others, after 800<!-- = STEPS --> steps.

# %%
digits = load_digits()
X = np.column_stack([digits.data / 16, np.ones(len(digits.data))])[:1000]
Y = np.eye(K)[digits.target[:1000]]
no_bias = np.zeros(K)
STEPS = 800


def gaps(targets):
    """Return each example's gap after a descent on these targets."""
    W = np.zeros((X.shape[1], K))
    for _ in range(STEPS):
        W = W - 0.3 * linear_gradients(X, W, no_bias, targets)[0]
    Z = X @ W
    own = (Z * Y).sum(axis=1)
    return own - (Z.sum(axis=1) - own) / (K - 1)


found = {"hard labels": gaps(Y), "smoothed, ε = 0.1": gaps(smooth_labels(Y, 0.1))}
plot, axes = plt.subplots()
bins = np.linspace(0, 12, 49)
for (name, values), colour in zip(found.items(), (VIOLET, ORANGE), strict=True):
    axes.hist(values, bins, color=colour, alpha=0.55, label=name)
axes.axvline(limit, color=FAINT, linestyle="--", linewidth=1)
axes.set(xlabel="true logit minus the mean of the others", ylabel="training digits")
spread = {name: (v.mean(), v.std()) for name, v in found.items()}
hard_words, soft_words = (
    f"mean {m:.1f}, standard deviation {s:.1f}" for m, s in spread.values()
)

# %% tags=["remove-input"]
figure(
    plot,
    alt="Two histograms of the gap over a thousand training digits. Hard labels: a "
    f"wide one, {hard_words}. Smoothed labels: a narrower one, {soft_words}, with its "
    f"peak a little to the right of {limit:.2f}, the dashed line.",
    caption="The lead of the true logit over the mean of the others, in a thousand "
    f"training digits: {hard_words} with hard labels; {soft_words} with smoothed ones, "
    f"near the predicted {limit:.2f}.",
    name="gaps-of-digits",
)

# %%
for name, (mean, deviation) in spread.items():
    print(f"{name:18} mean gap {mean:6.2f}, standard deviation {deviation:5.2f}")
print(f"predicted for free logits: {limit:.2f}")

# %% [markdown]
# With smoothed labels the gaps have gathered around the one predicted for free logits.
# With hard labels they were still growing when the descent was stopped.
