"""The figures of ``docs/asymptotics.md``."""

from math import erf, sqrt

import matplotlib.pyplot as plt
import numpy as np

from snippets.asymptotics import (
    binomial_probabilities,
    likelihood_ratio_statistic,
    score_statistic,
    wald_statistic,
)
from snippets.information import kl_divergence
from typeset.figure import GREEN, INK, ORANGE, VIOLET, Figure, figure


def logit_of_a_share() -> Figure:
    """Draw the distribution of the error of a logit, for few and for many flips."""
    f, sizes = 0.3, (13, 100)
    error = np.linspace(-3.5, 3.5, 281)
    normal = np.array([(1 + erf(x / sqrt(2))) / 2 for x in error.tolist()])
    plot, panels = plt.subplots(1, 2, figsize=(8, 4), sharey=True)
    gaps = []
    for axes, flips in zip(panels, sizes, strict=True):
        heads = np.arange(1, flips)
        logit = np.log(heads / (flips - heads)) - np.log(f / (1 - f))
        place = logit * np.sqrt(flips * f * (1 - f))
        total = binomial_probabilities(f, flips)[:-1].cumsum()  # no heads is −∞
        below = total[np.searchsorted(place, error, side="right")]
        axes.plot(error, normal, "--", color=INK, label="normal")
        axes.step(error, below, "-", color=VIOLET, where="post", label="exact")
        axes.set(title=f"{flips} flips", ylim=(0, 1.05), xticks=[-2, 0, 2])
        gaps.append(np.abs(below - normal).max())
    panels[0].set(ylabel="probability of a smaller error")
    for axes in panels:
        axes.set(xlabel="error in standard errors")
    return figure(
        plot,
        alt="Two panels of the probability that the error of an estimated logit, in "
        "units of its approximate standard error, is at most a given number; in each "
        f"a staircase beside a smooth normal curve. With {sizes[0]} flips the steps "
        f"are high and differ from the curve by up to {gaps[0]:.2f}; with {sizes[1]} "
        f"flips they are low and differ by up to {gaps[1]:.2f}.",
        caption="The exact distribution of the error of a logit, from the flips of a "
        f"coin with the probability of heads {f}, and its normal approximation. They "
        f"differ by up to {gaps[0]:.2f} with {sizes[0]} flips, and by up to "
        f"{gaps[1]:.2f} with {sizes[1]}.",
    )


def three_statistics() -> Figure:
    """Draw the three statistics of a hundred flips against a fair coin."""
    flips = 100
    heads = np.linspace(50, 99.9, 500)
    counts, fair = np.stack([flips - heads, heads], axis=-1), [0.5, 0.5]
    ratio, wald, score = [
        np.asarray(statistic(fair, counts))
        for statistic in (likelihood_ratio_statistic, wald_statistic, score_statistic)
    ]
    peak = wald.argmax()
    plot, axes = plt.subplots()
    axes.plot(heads, ratio, "-", color=VIOLET, label="likelihood ratio")
    axes.plot(heads, score, "-.", color=INK, label="score")
    axes.plot(heads, wald, "--", color=ORANGE, label="Wald")
    axes.plot(heads[peak], wald[peak], "o", color=ORANGE)
    axes.set(xlabel=f"heads in {flips} flips", ylabel="statistic against a fair coin")
    axes.set(ylim=(0, 140), xlim=(50, 100.5))
    return figure(
        plot,
        alt=f"Three statistics of {flips} flips against a fair coin, over the number "
        f"of heads. All are {ratio[0]:g} at {heads[0]:g} heads and nearly equal up to "
        f"about {heads[np.argmax(np.abs(ratio - wald) > 2)]:.0f}. The likelihood ratio "
        f"rises to {ratio[-1]:.0f} and the score statistic to {score[-1]:.0f}; the "
        f"Wald statistic peaks at {wald[peak]:.0f}, near {heads[peak]:.0f} heads, and "
        f"falls to {wald[-1]:.0f} at the end.",
        caption=f"Three statistics of {flips} flips against a fair coin. Beyond "
        f"{heads[peak]:.0f} heads, more evidence makes Wald’s statistic smaller.",
    )


def two_directions() -> Figure:
    """Draw a truth with two modes, and the best simple model in each direction."""
    flips, coins = 8, np.arange(1, 100) / 100
    truth = binomial_probabilities([0.1, 0.9], flips).mean(axis=0)
    models = binomial_probabilities(coins, flips)
    covering = kl_divergence(truth, models).argmin()
    seeking = kl_divergence(models[:50], truth).argmin()
    heads = np.arange(flips + 1)
    plot, axes = plt.subplots()
    axes.bar(heads, truth, color=GREEN, label="true", width=0.6)
    axes.plot(heads, models[covering], "o-", color=VIOLET, label="covering")
    axes.plot(heads, models[seeking], "s--", color=ORANGE, label="seeking")
    axes.set(xlabel=f"heads in {flips} flips", ylabel="probability", ylim=(0, 0.5))
    return figure(
        plot,
        alt=f"The probabilities of the numbers of heads in {flips} flips. In truth "
        f"they are large at both ends, up to {truth.max():.2f}, and nearly "
        f"{truth.min():.3f} in the middle. The covering model, a coin with the "
        f"probability {coins[covering]:.2f}, has its hump in the middle, "
        f"{models[covering].max():.2f} high. The seeking model, a coin with the "
        f"probability {coins[seeking]:.2f}, follows the left end, up to "
        f"{models[seeking].max():.2f}, and gives the right end almost nothing.",
        caption="A truth with two modes, and the nearest coin in each direction of the "
        "divergence. With the truth first the model covers both modes, by the "
        f"probability of heads {coins[covering]:.2f}; with the model first it seeks "
        f"one of them, here by {coins[seeking]:.2f}.",
    )
