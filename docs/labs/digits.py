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
# # Reading handwritten digits
#
# Softmax regression from beginning to end, on real data: the digits that come with
# scikit-learn, each of them eight by eight pixels.
# Every ingredient is a function of this site: the loss, its gradient from
# [Batches, weights and backpropagation](../backpropagation.md), and its Hessian (the
# matrix of its second derivatives) and a safe step size from
# [Curvature](../curvature.md).
# Gradient descent and Newton’s method start at the same weights, and scikit-learn’s own
# fit of the same model shows where both must arrive.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from snippets.backpropagation import linear_gradients, linear_loss
from snippets.curvature import weights_hessian
from snippets.softmax import softmax
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()

# %% [markdown]
# ## The data
#
# The features are the pixels, scaled to lie between zero and one, and a constant
# feature, equal to one, whose weights are the biases.
# The digits are apparently ordered by writer: [Inria’s course on scikit-learn][course]
# groups them in this way.
# If they are, most of our test set, the last third, is by writers whom the model has
# not seen; only the writer at the cut is in both sets.
#
# [course]: https://inria.github.io/scikit-learn-mooc/python_scripts/cross_validation_grouping.html

# %%
digits = load_digits()
X = np.column_stack([digits.data / 16, np.ones(len(digits.data))])
labels = digits.target
X_train, X_test = X[:1200], X[1200:]
y_train, y_test = labels[:1200], labels[1200:]
N, D, K = *X_train.shape, 10
DECAY = 1e-3  # of the penalty; without it there might be no minimum
no_bias = np.zeros(K)


def loss(W):
    """Return the penalised mean cross-entropy on the training set."""
    return float(linear_loss(X_train, W, no_bias, y_train, DECAY))


def gradient(W):
    """Return its gradient with respect to the weights."""
    return linear_gradients(X_train, W, no_bias, y_train, DECAY)[0]


W = np.zeros((D, K))
print(f"{N} examples, {D} features, {K} classes: {W.size} weights")
print(f"loss at the start: {loss(W):.4f}, which is log 10 = {np.log(10):.4f}")

# %% [markdown]
# ## Gradient descent, with a step size that is known to be safe
#
# [The bound of one half](../curvature.md#half-the-identity) on the curvature with
# respect to the logits gives one with respect to the weights: half of the largest
# eigenvalue of the matrix `X_train.T @ X_train / N`, plus the penalty’s own curvature.
# With its reciprocal as the step size, the loss falls at every step that does not begin
# at the minimum.

# %%
steepest = np.linalg.eigvalsh(X_train.T @ X_train / N)[-1] / 2 + DECAY
descent = [loss(W)]
for _ in range(400):
    W = W - gradient(W) / steepest
    descent.append(loss(W))
W_descent = W
print(f"step size {1 / steepest:.3f}")
print("the loss falls at every step:", bool((np.diff(descent) < 0).all()))

# %% [markdown]
# ## Newton’s method
#
# Gradient descent divides the gradient by a bound on the largest eigenvalue of the
# Hessian; Newton’s method multiplies it by the inverse of the Hessian itself, which is
# done by solving a system of linear equations.
# The eigenvalues of the Hessian of the loss are not negative, and the penalty adds the
# same positive number to all of them, so there is an inverse.
# Without a penalty the Hessian of a softmax regression has no inverse, because
# [it has flat directions](../curvature.md#why-there-is-never-one-minimum).

# %%
W = np.zeros((D, K))
newton = [loss(W)]
for _ in range(8):
    H = weights_hessian(X_train, W) + DECAY * np.eye(W.size)
    step = np.linalg.solve(H, gradient(W).ravel()).reshape(W.shape)
    size = 1.0
    while loss(W - size * step) > newton[-1]:  # at most the loss that it had
        size /= 2
    W = W - size * step
    newton.append(loss(W))
W_newton = W
for name, path in (("gradient descent", descent), ("Newton's method", newton)):
    print(f"{name:16} after {len(path) - 1:3} steps: {path[-1]:.6f}")

# %%
best = newton[-1]
plot, axes = plt.subplots()
above = np.array(newton) - best
above = above[above > 1e-13]  # below this it is rounding
axes.semilogy(np.array(descent) - best, color=VIOLET, label="gradient descent")
axes.semilogy(above, "o-", color=ORANGE, label="Newton")
axes.axhline(1e-3, color=FAINT, linestyle="--", linewidth=1)
axes.set(xlabel="step", ylabel="loss above the minimum", xscale="symlog")
axes.set_xlim(-0.1, 500)
axes.set_xticks([0, 1, 10, 100], ["0", "1", "10", "100"])
reached = int(np.argmax(above < 1e-3))

# %% tags=["remove-input"]
figure(
    plot,
    alt="The loss above the minimum, on a logarithmic scale, over the steps. Newton’s "
    f"method comes below one thousandth at step {reached} and falls ever more steeply, "
    f"to {above[-1]:.0e} at step {len(above) - 1}; gradient descent, with its safe "
    "step, is still "
    f"{descent[-1] - best:.3f} above it after {len(descent) - 1} steps.",
    caption="How far the loss is above its minimum. Newton’s method is below one "
    f"thousandth, the dashed line, after {reached} steps; gradient descent is still "
    f"{descent[-1] - best:.3f} above it after {len(descent) - 1}.",
    name="descent-and-newton",
)

# %% [markdown]
# Newton’s method needs a handful of steps, each of which solves 650<!-- = 65 * 10 -->
# equations in as many unknowns.
# Gradient descent needs many steps, each of which is two products of matrices.
# That is the price of second-order methods, and the reason why they are rare where
# there are millions of weights.
#
# ## Where both have to arrive
#
# scikit-learn adds to the *sum* of the losses a penalty: half the sum of the squared
# weights, divided by its parameter `C`.
# We take the *mean* of the losses, so `C` has to be `1 / (N * DECAY)`.
# The constant feature replaces its intercept, so we ask for none.

# %%
fit = LogisticRegression(
    C=1 / (N * DECAY), fit_intercept=False, solver="newton-cholesky", tol=1e-8
)
fit.fit(X_train, y_train)
print(f"loss at scikit-learn's weights: {loss(fit.coef_.T):.6f}")
print(f"largest difference of a weight: {np.abs(fit.coef_.T - W_newton).max():.1e}")

# %% [markdown]
# ## What the minimum says
#
# At the minimum the gradient is zero.
# Without a penalty this would mean that for every class the sum of each feature over
# the examples is the same whether they are weighted by the predictions or by the
# labels.
# With a penalty the two sums differ by
# [the penalty’s pull](../existence.md#what-holds-at-the-minimum).

# %%
P, Y = softmax(X_train @ W_newton), np.eye(K)[y_train]
pull = N * DECAY * W_newton
gap = np.abs(X_train.T @ (P - Y))
print(f"largest difference of the sums: {gap.max():.2f}")
print(f"and after the pull: {np.abs(X_train.T @ (P - Y) + pull).max():.1e}")

# %% [markdown]
# ## The test digits
#
# The loss is given without the penalty, which is a part of the training only.
# Gradient descent was stopped before it had converged.

# %%
for name, weights in (("gradient descent", W_descent), ("Newton's method", W_newton)):
    guess = (X_test @ weights).argmax(axis=1)
    held_out = float(linear_loss(X_test, weights, no_bias, y_test))
    right = (guess == y_test).mean()
    print(f"{name:16} {right:6.1%} of the test digits, mean loss {held_out:.3f}")
