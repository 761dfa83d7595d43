"""The figures of ``docs/contrast.md``."""

from itertools import combinations_with_replacement
from math import comb, factorial

import matplotlib.pyplot as plt
import numpy as np

from snippets.contrast import (
    dpo_gradient,
    mutual_information,
    sampled_cross_entropy,
)
from snippets.gradient import cross_entropy
from snippets.softmax import softmax
from typeset.figure import FAINT, INK, ORANGE, VIOLET, Figure, figure

Z = np.log([0.2, 0.3, 0.5])  # the running example
EVEN = np.array([1, 1, 1]) / 3


def _least_infonce(items: int, right: float, candidates: int) -> float:
    """Return the expected InfoNCE of the best scores, where each context has an item.

    The positive is that item with a probability, and else any other one. Among the
    negatives the item occurs by chance, a binomial number of times.
    """
    high, low = items * right, items * (1 - right) / (items - 1)  # the two ratios
    hits = np.arange(candidates)
    chance = np.array(
        [
            comb(candidates - 1, n)
            * (1 / items) ** n
            * (1 - 1 / items) ** (candidates - 1 - n)
            for n in range(candidates)
        ]
    )
    negatives = hits * high + (candidates - 1 - hits) * low
    return float(
        right * chance @ np.log1p(negatives / high)
        + (1 - right) * chance @ np.log1p(negatives / low)
    )


def bound_and_candidates() -> Figure:
    """Draw what the best InfoNCE shows of the mutual information, by candidates."""
    items, right = 1000, 0.9
    off = (1 - right) / (items - 1)
    joint = (np.full((items, items), off) + np.eye(items) * (right - off)) / items
    share = float(mutual_information(joint))
    numbers = 2 ** np.arange(11)
    shown = np.array(
        [np.log(N) - _least_infonce(items, right, int(N)) for N in numbers]
    )
    plot, axes = plt.subplots()
    axes.axhline(share, color=FAINT, linestyle="--")
    axes.annotate("mutual information", (1, share + 0.1), va="bottom")
    axes.plot(numbers, np.log(numbers), ":", color=ORANGE, label="log N")
    axes.plot(numbers, shown, "-", color=VIOLET, label="log N − least loss")
    axes.set_xscale("log", base=2)
    axes.set_xticks(numbers[::2], [f"{n}" for n in numbers[::2]])
    axes.minorticks_off()
    axes.set(xlabel="candidates N", ylabel="nats", ylim=(0, 7.5))
    return figure(
        plot,
        alt="What the least InfoNCE loss shows of a mutual information of "
        f"{share:.2f} nats, over the number of candidates. With {numbers[1]} it is "
        f"{shown[1]:.2f}, with {numbers[5]} it is {shown[5]:.2f} and with "
        f"{numbers[-1]} it is {shown[-1]:.2f}. It is never above log N, which is "
        f"{np.log(numbers[-1]):.2f} there, nor above the mutual information.",
        caption=f"Each of {items} contexts has an item of its own, which follows with "
        f"the probability {right}. They share {share:.2f} nats, and even with the best "
        f"scores and {numbers[-1]} candidates the loss shows {shown[-1]:.2f} of them.",
    )


def _expected_sampled_loss(draws: int) -> float:
    """Return the expectation of the sampled loss: a sum over all samples."""
    total = 0.0
    for sample in combinations_with_replacement(range(3), draws):
        ways = factorial(draws)
        for k in range(3):
            ways //= factorial(sample.count(k))
        loss = sampled_cross_entropy(Z, 2, list(sample), EVEN)
        total += ways / 3**draws * float(loss)
    return total


def sampled_losses() -> Figure:
    """Draw the expected sampled loss of the running example by the number of draws."""
    draws = np.arange(1, 33)
    expected = np.array([_expected_sampled_loss(int(R)) for R in draws])
    full = float(cross_entropy(Z, 2))
    plot, axes = plt.subplots()
    axes.axhline(full, color=FAINT, linestyle="--")
    axes.annotate("loss over all classes", (32, full + 0.002), ha="right", va="bottom")
    axes.plot(draws, expected, "o-", color=VIOLET, markersize=4)
    axes.set(xlabel="draws R", ylabel="expected loss, in nats", ylim=(0.59, 0.71))
    return figure(
        plot,
        alt="The expected sampled loss of the running example over the number of "
        f"draws. It rises from {expected[0]:.4f} with one draw and {expected[1]:.4f} "
        f"with two to {expected[-1]:.4f} with {draws[-1]}, and stays below the loss "
        f"over all classes, {full:.4f}.",
        caption="The loss of sampled softmax is too small on average, here by "
        f"{full - expected[0]:.3f} nats with one draw and by "
        f"{full - expected[-1]:.3f} with {draws[-1]}: consistent, but biased.",
    )


def both_fall() -> Figure:
    """Draw the answers' log-probabilities while the preference loss descends."""
    slopes = np.array([0.0, 1.0, 3.0])
    size, steps = 0.5, 20
    theta, start = 0.0, Z[1] - Z[0]
    path = []
    for _ in range(steps + 1):
        log_p = np.log(softmax(Z + theta * slopes))
        path.append(log_p)
        theta -= size * float(dpo_gradient(log_p[1] - log_p[0], start, 0.5))
    curves = np.array(path).T
    plot, axes = plt.subplots()
    named = [
        ("rejected", ORANGE, ":"),
        ("chosen", VIOLET, "-"),
        ("neither", INK, "--"),
    ]
    for curve, (name, colour, line) in zip(curves, named, strict=True):
        axes.plot(np.arange(steps + 1), curve, line, color=colour, label=name)
    axes.set(xlabel="steps of gradient descent", ylabel="log-probability")
    axes.set_xticks(range(0, steps + 1, 5))
    margin = [0.5 * (c[1] - c[0] - start) for c in curves.T]
    return figure(
        plot,
        alt="The log-probabilities of three answers over steps of descent on the "
        f"preference loss. Rejected falls from {curves[0, 0]:.2f} to "
        f"{curves[0, -1]:.2f}, and chosen falls as well, from {curves[1, 0]:.2f} to "
        f"{curves[1, -1]:.2f}. The one that is neither rises from "
        f"{curves[2, 0]:.2f} to {curves[2, -1]:.2f}.",
        caption="Descent on the preference loss: the margin rises from "
        f"{margin[0]:.0f} to {margin[-1]:.2f} and the loss falls. But the chosen "
        "answer loses probability, because one parameter raises another answer more.",
    )
