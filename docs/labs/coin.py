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
# # Nine heads in thirteen flips
#
# [Maximum likelihood](../likelihood.md) says that to minimise binary cross-entropy is
# to choose the coin that makes the flips most probable.
# Here is that sentence for a coin that you can hold in your hand.

# %%
import matplotlib.pyplot as plt
import numpy as np

from snippets.likelihood import bernoulli_nll
from typeset.figure import FAINT, ORANGE, VIOLET, figure, style

style()
flips = np.array([1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1])
heads, tails = flips.sum(), (1 - flips).sum()
print(f"{heads} heads and {tails} tails")

# %% [markdown]
# ## The likelihood of every coin
#
# Here a coin is nothing but its probability of heads.
# For each of 999<!-- = COINS --> coins we ask how probable it makes exactly these
# thirteen flips, and what its mean negative log-likelihood is.

# %%
COINS = 999
coins = np.arange(1, COINS + 1) / (COINS + 1)
nll = bernoulli_nll(coins[:, None], flips)
likelihood = np.exp(-nll.sum(axis=1))
mean_nll = nll.mean(axis=1)

best = coins[mean_nll.argmin()]
print(f"highest likelihood, for coin: {best:.3f}")
print(f"heads / flips:                {heads / flips.size:.3f}")
print(f"mean NLL there:               {mean_nll.min():.4f} nats")

# %%
plot, (left, right) = plt.subplots(1, 2, figsize=(8, 3.6))
left.plot(coins, likelihood, color=VIOLET)
left.set(xlabel="probability of heads", title="likelihood")
right.plot(coins, mean_nll, "-", color=ORANGE)
right.set(xlabel="probability of heads", title="mean NLL (nats)", ylim=(0.5, 2))
for axes in (left, right):
    axes.axvline(heads / flips.size, color=FAINT, linestyle="--")

# %% tags=["remove-input"]
figure(
    plot,
    alt="Two curves over the probability of heads, a dashed line at nine thirteenths "
    f"in both. Left, the likelihood: a hump whose top, {likelihood.max():.1e}, is at "
    "the dashed line. Right, the mean negative log-likelihood: a valley whose floor, "
    f"{mean_nll.min():.3f} nats, is at the same place.",
    caption="The likelihood of every coin, and its mean negative log-likelihood: the "
    "first is highest and the second lowest at nine thirteenths, the dashed line.",
    name="likelihood-and-nll",
)

# %% [markdown]
# Minus the logarithm is a strictly decreasing function: it turns the hump into a
# valley, and the maximiser of the first curve is the minimiser of the second.
# That is all that “minimising cross-entropy is maximising likelihood” says.
#
# The area under the likelihood is not one.
# The likelihood is a function of the coin, not a distribution over coins:

# %%
print(f"area under the likelihood: {np.trapezoid(likelihood, coins):.2e}")

# %% [markdown]
# ## Why the logarithm is not a matter of taste
#
# A thousand flips are not many, as data sets go.
# The likelihood of a fair coin halves with each of them, and below the smallest
# positive floating-point number there is only zero:

# %%
flip_counts = (13, 100, 1000, 1074, 1075)
for n in flip_counts:
    product = np.prod(np.full(n, 0.5))
    log_sum = -bernoulli_nll(0.5, np.ones(n)).sum()
    print(f"{n:5} flips: likelihood {product:.3g}, log-likelihood {log_sum:.2f}")

# %% [markdown]
# At 1075<!-- = flip_counts[-1] --> flips the product is exactly zero, while the sum of
# logarithms is of an everyday size, and stays so for a million flips.
#
# Take our thirteen flips a hundred times over: now the computed likelihood of *every*
# coin is zero.
# It no longer tells one coin from another, and its computed gradient is zero as well.
# The mean negative log-likelihood has not changed.

# %%
many = np.tile(flips, 100)
nll_of_many = bernoulli_nll(coins[:, None], many)
print(f"largest likelihood of any coin: {np.exp(-nll_of_many.sum(axis=1)).max()}")
print(f"coin of the least mean NLL:     {coins[nll_of_many.mean(axis=1).argmin()]:.3f}")
