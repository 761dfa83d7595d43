"""The figures of ``docs/scoring.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy_gradient
from snippets.likelihood import categorical_nll
from snippets.scoring import brier_score, squared_error_gradient
from typeset.figure import INK, ORANGE, VIOLET, Figure, figure


def slopes() -> Figure:
    """Draw how hard each loss pulls at a logit whose label is 1."""
    logit = np.linspace(-10, 4, 281)
    z = np.stack([np.zeros_like(logit), logit], axis=-1)
    labels = np.ones(logit.size, int)
    log_pull = -cross_entropy_gradient(z, labels)[:, 1]
    # two classes count the error of one probability twice
    squared_pull = -squared_error_gradient(z, labels)[:, 1] / 2
    plot, axes = plt.subplots()
    axes.plot(logit, log_pull, "-", color=VIOLET, label="cross-entropy")
    axes.plot(logit, squared_pull, "--", color=ORANGE, label="squared error")
    steepest = squared_pull.argmax()
    axes.plot(logit[steepest], squared_pull[steepest], "o", color=ORANGE)
    axes.set(xlabel="logit of an example whose label is 1", ylabel="size of the slope")
    axes.set(ylim=(0, 1.05))
    return figure(
        plot,
        alt="The size of two slopes over the logit of an example whose label is one. "
        f"That of cross-entropy is {log_pull[0]:.5f} at a logit of {logit[0]:g} and "
        f"falls to {log_pull[-1]:.3f} at {logit[-1]:g}. That of squared error is "
        f"{squared_pull[0]:.6f} at {logit[0]:g}, has a low peak of "
        f"{squared_pull[steepest]:.3f} near {logit[steepest]:.1f}, and falls to "
        f"{squared_pull[-1]:.4f} at {logit[-1]:g}.",
        caption="Where the model is certain and wrong, cross-entropy pulls hardest, "
        "and squared error hardly at all.",
    )


def expected_scores() -> Figure:
    """Draw the expected cost of every forecast of an event of probability 0.7."""
    truth = np.array([0.3, 0.7])
    said = np.linspace(0.01, 0.99, 197)
    forecast = np.stack([1 - said, said], axis=-1)[:, None]
    label = np.array([[0, 1]])
    log_score = categorical_nll(forecast, label) @ truth
    brier = brier_score(forecast, label) @ truth
    absolute = 2 * (1 - (forecast[:, 0] @ truth))
    plot, axes = plt.subplots()
    places = []
    named = [(log_score, "logarithmic", VIOLET, "-"), (brier, "Brier", INK, "-.")]
    for cost, name, colour, line in [*named, (absolute, "absolute", ORANGE, "--")]:
        best = cost.argmin()
        places.append(said[best])
        axes.plot(said, cost, line, color=colour, label=name)
        axes.plot(said[best], cost[best], "o", color=colour)
    axes.set(
        xlabel=f"forecast of an event of probability {truth[1]}", ylabel="expected cost"
    )
    axes.set(ylim=(0, 2))
    return figure(
        plot,
        alt="The expected costs of forecasts of an event whose probability is "
        f"{truth[1]}. The logarithmic score is least at {places[0]:.2f} and the Brier "
        f"score at {places[1]:.2f}, both at the truth. The absolute error is a falling "
        f"line, least at the end, {places[2]:.2f}.",
        caption=f"What a forecast of an event of probability {truth[1]} costs, on "
        "average. The logarithmic and the Brier score are least at the truth, "
        f"{places[0]:.2f}; the absolute error rewards exaggeration, and falls as far "
        f"as the last forecast drawn, {places[2]:.2f}.",
    )
