"""The figures of ``docs/information.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets._checks import Floats
from snippets.information import cross_entropy_between, entropy, kl_divergence
from typeset.figure import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    VIOLET,
    Figure,
    figure,
)


def _coin(second: float | Floats) -> Floats:
    """Return the distribution of two classes by the probability of the second."""
    second = np.asarray(second, np.float64)
    return np.stack([1 - second, second], axis=-1)


def entropy_plus_divergence() -> Figure:
    """Draw two distributions, and the two parts of their cross-entropy as bars."""
    q, p = np.array([0.1, 0.2, 0.7]), np.array([0.2, 0.3, 0.5])
    floor, error = float(entropy(q)), float(kl_divergence(q, p))
    total = float(cross_entropy_between(q, p))
    plot, panels = plt.subplot_mosaic("qp;ss", figsize=(8, 4.8), height_ratios=[3, 2])
    for key, values, name, colour in (
        ("q", q, "labels, q", GREEN),
        ("p", p, "prediction, p", BLUE),
    ):
        bars = panels[key].bar([1, 2, 3], values, color=colour)
        panels[key].bar_label(bars, [f"{value:.1f}" for value in values])
        panels[key].set(title=name, xticks=[1, 2, 3], ylim=(0, 1), yticks=[])
    axes = panels["s"]
    parts = (
        (1, 0, floor, VIOLET, f"entropy {floor:.4f}", 0, "left"),
        (1, floor, error, ORANGE, f"divergence {error:.4f}", 1.2, "right"),
        (0, 0, total, INK, f"cross-entropy {total:.4f}", 0, "left"),
    )
    for row, start, amount, colour, words, at, side in parts:
        axes.barh(row, amount, left=start, height=0.45, color=colour)
        axes.annotate(words, (at, row + 0.3), va="bottom", ha=side, color=colour)
    axes.set(xlabel="nats", yticks=[], ylim=(-0.3, 1.7), xlim=(0, 1.2))
    for each in panels.values():
        each.spines.left.set_visible(False)  # the amounts stand at the bars
    return figure(
        plot,
        alt="Two bar charts over three classes: the labels have the distribution "
        f"{', '.join(f'{v:.1f}' for v in q)}, and the prediction is "
        f"{', '.join(f'{v:.1f}' for v in p)}. Below, two bars of the same length: the "
        f"entropy, {floor:.4f} nats, followed by the divergence, {error:.4f}; and the "
        f"cross-entropy, {total:.4f}.",
        caption="Of the cross-entropy of labels and prediction, the entropy is the "
        "labels’ own uncertainty, and the divergence the prediction’s fault.",
    )


def divergence_is_a_gap() -> Figure:
    """Draw cross-entropy as a tangent of the entropy, and the divergence as a gap."""
    q2, truth, belief = np.linspace(0, 1, 201), 0.2, 0.6
    line = cross_entropy_between(_coin(q2), _coin(belief))
    low = float(entropy(_coin(truth)))
    high = float(cross_entropy_between(_coin(truth), _coin(belief)))
    gap = float(kl_divergence(_coin(truth), _coin(belief)))
    plot, axes = plt.subplots()
    axes.plot(q2, line, "-.", color=INK, label=f"cross-entropy with p₂ = {belief}")
    axes.plot(q2, entropy(_coin(q2)), "-", color=VIOLET, label="entropy")
    axes.plot(belief, entropy(_coin(belief)), "o", color=INK)
    axes.annotate("p = q", (belief, 0.48), ha="center")
    axes.plot([truth, truth], [low, high], "-", color=ORANGE, linewidth=3)
    axes.annotate("divergence", (truth, high + 0.04), color=ORANGE)
    axes.set(xlabel="q₂, how often the second class happens", ylabel="nats")
    axes.set(ylim=(0, 1.15))
    return figure(
        plot,
        alt="Over the probability q₂ of the second of two classes: the entropy, an "
        f"arch from zero up to {np.log(2):.3f} and back; above it a straight line, "
        f"the cross-entropy with the prediction p₂ = {belief}, which touches the "
        f"arch at q₂ = {belief} and runs above it everywhere else. At q₂ = {truth} the "
        f"entropy is {low:.3f}, the line is at {high:.3f}, and the gap between them, "
        f"the divergence, is {gap:.3f}.",
        caption="As a function of what really happens, q, the cross-entropy with a "
        f"fixed prediction is a tangent of the entropy. At q₂ = {truth} the "
        f"divergence, the gap between them, is {gap:.3f} nats.",
    )


def floor_of_the_loss() -> Figure:
    """Draw cross-entropy over the prediction, for three kinds of labels."""
    f = 1 / (1 + np.exp(-np.linspace(-17, 17, 499)))  # dense where the curves are steep
    shares = {
        0.5: ("half", ORANGE, "--"),
        0.8: ("four in five", INK, "-."),
        1.0: ("all", VIOLET, "-"),
    }
    plot, axes = plt.subplots()
    floors = {}
    for truth, (share, colour, style) in shares.items():
        loss = cross_entropy_between(_coin(truth), _coin(f))
        floors[truth] = float(entropy(_coin(truth)))
        axes.plot(f, loss, style, color=colour, label=f"{share} are 1")
        axes.plot(truth, floors[truth], "o", color=colour, clip_on=False)
        axes.axhline(floors[truth], color=FAINT, linestyle=":", linewidth=1)
    axes.set(xlabel="f, the predicted probability of a 1", ylabel="mean loss in nats")
    axes.set(xlim=(0, 1), ylim=(0, 3))
    return figure(
        plot,
        alt="Three curves of the mean loss over the predicted probability f of a one. "
        "Each is lowest where f is the share of ones among the labels, and rises "
        "without bound towards predictions that rule out what happens. The lowest "
        f"points, marked by dots, are {floors[0.5]:.3f} nats if half of the labels are "
        f"ones, {floors[0.8]:.3f} if four in five are, and {floors[1.0]:g} if all are.",
        caption="The mean loss over the predicted probability of a one, where half of "
        "the labels, four in five, or all are ones. Each curve is lowest at the right "
        f"prediction, and there as high as the entropy: {floors[0.5]:.3f}, "
        f"{floors[0.8]:.3f} and {floors[1.0]:g} nats.",
    )
