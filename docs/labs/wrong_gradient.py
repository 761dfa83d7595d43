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
# # What the wrong gradient does
#
# The blog post that this site corrects derives, in the first of its two cases,
# a gradient of zero at every wrong class.
# [The gradient](../gradient.md) shows why that is false.
# Here you can watch what happens when a model is trained with it.
#
# We draw 300<!-- = N --> points from a softmax model whose weights we know, and fit a
# softmax regression to them twice, from the same start and with the same step size:
# once with the true gradient, once with the post’s two cases taken at their word.

# %%
import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.softmax import softmax
from snippets.wrong.gradient import wrong_two_case_gradient
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()

# %% [markdown]
# ## The data
#
# Two features and a constant one, so the last row of the weights is the bias.
# The labels are drawn, not assigned: the classes overlap, and even the best weights
# have a loss well above zero.

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
RATE, STEPS = 2.0, 20_000
record_at = np.unique(np.geomspace(1, STEPS, 120).round())


def descend(gradient):
    """Return the recorded weights of gradient descent on the mean loss, from zero."""
    W = np.zeros((3, 3))
    recorded = [W.copy()]
    for step in range(1, STEPS + 1):
        W -= RATE * X.T @ gradient(X @ W, labels) / N
        if step in record_at:
            recorded.append(W.copy())
    return np.array(recorded)


steps = np.concatenate([[0], record_at]).astype(int)
true_W = descend(cross_entropy_gradient)
wrong_W = descend(wrong_two_case_gradient)
true_loss, wrong_loss = (
    cross_entropy(X @ W, np.broadcast_to(labels, (len(W), N))).mean(axis=1)
    for W in (true_W, wrong_W)
)

# %%
for i in np.searchsorted(steps, [0, 1, 10, 100, 1000, 20_000]):
    print(
        f"step {steps[i]:5}:  true gradient {true_loss[i]:.4f}"
        f"   the post's {wrong_loss[i]:.4f}"
    )

# %% [markdown]
# Both begin at the loss of a uniform guess over three classes.
# With the true gradient the descent soon finds the minimum and stays there.
# The post’s gradient helps at first, because its one non-zero component points the
# right way; then the loss turns and climbs far above that of the uniform guess.

# %%
plot, axes = plt.subplots()
axes.semilogx(steps[1:], true_loss[1:], "-", label="true gradient")
axes.semilogx(steps[1:], wrong_loss[1:], "--", label="the post's two cases")
axes.axhline(np.log(3), color=FAINT, linewidth=1)
axes.annotate("uniform guess", (1, np.log(3)), (0, 4), textcoords="offset points")
_ = axes.set(xlabel="step of gradient descent", ylabel="mean cross-entropy (nats)")

# %% tags=["remove-input"]
figure(
    plot,
    alt=f"Two loss curves over {STEPS} steps, the steps on a logarithmic axis. "
    f"With the true gradient the loss falls from {true_loss[0]:.2f} to "
    f"{true_loss[-1]:.2f} and stays. With the post’s gradient it falls to "
    f"{wrong_loss.min():.2f} and then climbs to {wrong_loss[-1]:.2f}, above the line "
    f"of the uniform guess at {np.log(3):.2f}.",
    caption="The mean cross-entropy along both descents. With the post’s gradient it "
    f"climbs to {wrong_loss[-1]:.1f}, far above the loss of a uniform guess, the thin "
    "line.",
    name="two-descents",
)

# %% [markdown]
# ## Where it goes
#
# Take the bias of one class.
# The post’s gradient with respect to it is a mean over the examples: those of the class
# contribute its probability minus one, and the others contribute nothing.
# All three classes occur in the data, so the mean is negative, whatever the weights
# are.
# So every step raises every bias, and the weights never come to rest.
#
# Most of that growth is common to all classes, and does no harm, because softmax
# depends only on the differences between the logits.
# Subtracting each row’s mean from the weights keeps these differences and removes what
# is common.
# In the differences, a step on one example with the post’s gradient does push the wrong
# classes down, but all equally, whereas the true gradient pushes each in proportion to
# its probability.
# So over many examples the pushes balance at other weights than those of the true
# gradient.

# %%
centred_W = wrong_W - wrong_W.mean(axis=2, keepdims=True)
true_norm, wrong_norm, centred_norm = (
    np.linalg.norm(W, axis=(1, 2)) for W in (true_W, wrong_W, centred_W)
)
plot, axes = plt.subplots()
axes.loglog(steps[1:], wrong_norm[1:], "--", color=ORANGE, label="the post's")
axes.loglog(steps[1:], centred_norm[1:], ":", color=ORANGE, label="the post's, centred")
axes.loglog(steps[1:], true_norm[1:], color=VIOLET, label="true")
_ = axes.set(xlabel="step of gradient descent", ylabel="norm of the weights")

# %% tags=["remove-input"]
figure(
    plot,
    alt=f"Three norms of the weights over {STEPS} steps, both axes logarithmic. "
    f"With the true gradient the norm levels off at {true_norm[-1]:.1f}. "
    f"With the post’s gradient it grows almost straight, to {wrong_norm[-1]:.0f}; "
    f"with each row’s mean subtracted it levels off too, at {centred_norm[-1]:.1f}.",
    caption="The norm of the weights along both descents. With the post’s gradient it "
    "grows without bound, but in the end only by what is common to the classes: "
    f"centred, it settles at {centred_norm[-1]:.1f}.",
    name="norm-of-the-weights",
)

# %% [markdown]
# On these data the differences do settle, at weights where the three columns of the
# post’s gradient are equal, so every step adds the same to all classes.
# That is a balance, but not the minimum of the loss, where the true gradient is zero.
# Nor are the steps gradient descent on some other function: already for one example the
# post’s vector is not the gradient of any function of the logits.
# Its component for the true class depends on the logit of a wrong class, while its
# component for the wrong class does not depend on the logit of the true one; second
# derivatives would be symmetric.
# The mean over these examples does not restore the symmetry, because the classes are
# not equally frequent.

# %%
for name, gradient, W in (
    ("true", cross_entropy_gradient, true_W),
    ("post's", wrong_two_case_gradient, wrong_W),
):
    print(f"the {name} gradient at the end:")
    print((X.T @ gradient(X @ W[-1], labels) / N).round(4) + 0.0)
