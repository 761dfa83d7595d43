"""The figures of ``docs/likelihood.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.likelihood import bernoulli_nll
from typeset.figure import FAINT, ORANGE, VIOLET, Figure, figure


def likelihood_and_its_logarithm() -> Figure:
    """Draw the likelihood of every coin for thirteen flips, and its logarithm."""
    flips = np.repeat([1, 0], [9, 4])
    coins = 1 / (1 + np.exp(-np.linspace(-10, 10, 401)))  # dense where curves are steep
    nll = bernoulli_nll(coins[:, None], flips).sum(axis=1)
    best = flips.mean()
    plot, panels = plt.subplots(1, 3, figsize=(8, 3.2))
    curves = (
        (np.exp(-nll) * 1e4, "likelihood × 10⁴", VIOLET),
        (-nll, "its logarithm", VIOLET),
        (nll / flips.size, "mean cost (nats)", ORANGE),
    )
    scales = ((0, 1, 2, 3, 4), (-30, -20, -10, 0), (0.5, 1.0, 1.5, 2.0))
    for axes, (values, name, colour), ticks in zip(panels, curves, scales, strict=True):
        axes.plot(coins, values, "-", color=colour)
        axes.axvline(best, color=FAINT, linestyle="--", linewidth=1)
        axes.set(title=name, ylim=(ticks[0], ticks[-1]), yticks=ticks)
        axes.set_xticks([0, 0.5, 1], labels=["0", "0.5", "1"])
        axes.set_xlabel("probability of heads")
    least = bernoulli_nll(best, flips)
    return figure(
        plot,
        alt="Three curves over the probability of heads, for nine heads in thirteen "
        "flips, with a dashed line at nine thirteenths in each. The likelihood is a "
        f"hump of height {np.exp(-least.sum()):.2e} at the line; its logarithm, a "
        f"smooth arch, is highest there too, at {-least.sum():.2f}; the mean cost, the "
        f"arch turned over and divided by {flips.size}, is lowest there, at "
        f"{least.mean():.3f}.",
        caption="Nine heads in thirteen flips: the likelihood and its logarithm are "
        f"highest at the same coin, {flips.sum()}/{flips.size}, at which the mean cost "
        "is lowest.",
    )
