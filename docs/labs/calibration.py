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
# # Calibration, before and after a temperature
#
# A model may be right often and still be wrong about how often it is right.
# [Why not squared error?](../scoring.md#calibration) explains why the prediction that
# minimises the expected cross-entropy is calibrated, and why a network that has
# memorised its training set need not be.
# Here we train such a network, look at it, and correct it with a single number.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from snippets.backpropagation import mlp_gradients
from snippets.gradient import cross_entropy
from snippets.scoring import calibration_error, fit_temperature
from snippets.soft_labels import tempered_softmax
from snippets.softmax import softmax
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()

# %% [markdown]
# ## A network that knows its few examples by heart
#
# The network has a hidden layer of 64<!-- = HIDDEN --> units, and is trained on three
# hundred digits with noise on their pixels.
# The digits are shuffled, so the test digits are by the same writers as the others.
# A model’s *confidence* is the probability of the class that it predicts.
# There is no penalty that would keep the training loss away from zero.

# %%
rng = np.random.default_rng(3)
digits = load_digits()
X = digits.data / 16 + rng.normal(scale=0.35, size=digits.data.shape)
order = rng.permutation(len(X))
train, held_out, test = order[:300], order[300:800], order[800:]
labels = digits.target
K, HIDDEN = 10, 64

parameters = [
    rng.normal(scale=0.3, size=(64, HIDDEN)),
    np.zeros(HIDDEN),
    rng.normal(scale=0.3, size=(HIDDEN, K)),
    np.zeros(K),
]


def logits(X):
    """Return the logits of the network as it is."""
    W1, b1, W2, b2 = parameters
    return np.tanh(X @ W1 + b1) @ W2 + b2


for _ in range(2000):
    steps = mlp_gradients(X[train], *parameters, labels[train])
    parameters = [p - 0.5 * step for p, step in zip(parameters, steps, strict=True)]

for name, part in (("training", train), ("test", test)):
    z = logits(X[part])
    right = (z.argmax(axis=1) == labels[part]).mean()
    sure = softmax(z).max(axis=1).mean()
    loss = cross_entropy(z, labels[part]).mean()
    print(f"{name:8}: right {right:.1%}, mean confidence {sure:.1%}, loss {loss:.3f}")

# %% [markdown]
# On the training set the network is sure and right.
# On the test set it is not quite so sure, and much less often right.
# Its mean confidence is higher than the share of digits that it gets right: it is
# overconfident.
#
# ## One number, fitted on digits that were held out
#
# Dividing all logits by one positive temperature changes no decision, only the
# confidence in it.
# [The temperature that minimises cross-entropy](../scoring.md#temperature-scaling) on
# the held-out digits is found by bisection: the loss is a convex function of the
# inverse temperature, so its slope changes sign at most once.

# %%
temperature = float(fit_temperature(logits(X[held_out]), labels[held_out]))
z, y = logits(X[test]), labels[test]
before, after = softmax(z), tempered_softmax(z, temperature)
print(f"temperature: {temperature:.3f}")
print("same decisions:", bool((before.argmax(axis=1) == after.argmax(axis=1)).all()))
for name, p in (("before", before), ("after", after)):
    error = calibration_error(p, y, 10)
    loss = -np.log(p[np.arange(len(y)), y]).mean()
    print(f"{name:6}: calibration error {error:.3f}, loss {loss:.3f}")

# %% [markdown]
# ## How it looks
#
# The test digits are put into ten groups by confidence, and groups with fewer than ten
# digits are left out.
# For each group we plot how often the model is right.
# ([The calibration error](../scoring.md#measuring-it) is the mean vertical distance
# from the diagonal over all groups, weighted by their sizes.)

# %%
plot, panels = plt.subplots(1, 2, figsize=(8, 4), sharey=True)
edges = np.linspace(0, 1, 11)
worst = {}
for axes, p, name, colour in zip(
    panels, (before, after), ("before", "after"), (ORANGE, VIOLET), strict=True
):
    confidence, hit = p.max(axis=1), p.argmax(axis=1) == y
    group = np.clip(np.digitize(confidence, edges) - 1, 0, 9)
    filled = [g for g in range(10) if (group == g).sum() >= 10]
    sure = np.array([confidence[group == g].mean() for g in filled])
    right = np.array([hit[group == g].mean() for g in filled])
    axes.plot([0, 1], [0, 1], color=FAINT, linestyle="--", linewidth=1)
    axes.plot(sure, right, "o-", color=colour, clip_on=False)
    axes.set(title=name, xlabel="confidence", xlim=(0, 1), ylim=(0, 1))
    worst[name] = np.abs(sure - right).max()
_ = panels[0].set_ylabel("how often right")

# %% tags=["remove-input"]
figure(
    plot,
    alt="Two plots of how often the model is right against its confidence, with the "
    "diagonal on which both agree. Before the temperature the points of high "
    f"confidence lie below the diagonal, by up to {worst['before']:.2f}; after it they "
    "lie nearer to it, and all points lie above it, by at most "
    f"{worst['after']:.2f}.",
    caption="How often the model is right, in groups of digits by its confidence; on "
    "the dashed diagonal both agree. A group is off by up to "
    f"{worst['before']:.2f} before the temperature, and {worst['after']:.2f} after it.",
    name="before-and-after",
)

# %% [markdown]
# The points of high confidence have come nearer to the diagonal, and all points now lie
# above it: where the network was far too sure, it has become a little too modest.
# One number cannot correct everything: it does not reorder the classes, and it is the
# same for every class and every digit.
# But it removes more than half of this network’s calibration error.
