"""The figure of ``docs/index.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy_gradient
from snippets.softmax import softmax
from typeset.figure import BLUE, FAINT, GREEN, INK, RED, Figure, figure


def difference() -> Figure:
    """Draw the gradient as an equation of three pictures, for the running example."""
    z, label = np.log([0.2, 0.3, 0.5]), 2
    p, y, gradient = softmax(z), np.eye(3)[label], cross_entropy_gradient(z, label)
    plot, panels = plt.subplots(1, 3, sharey=True, figsize=(5.6, 3.3))
    plot.subplots_adjust(wspace=0.28)
    names = ("gradient", "predicted, p", "true, y")
    for axes, values, name, colour, sign in zip(
        panels, (gradient, p, y), names, (RED, BLUE, GREEN), ("=", "−", ""), strict=True
    ):
        axes.bar([1, 2, 3], values, color=colour)
        axes.axhline(0, color=FAINT, linewidth=1)
        axes.set(title=name, xticks=[1, 2, 3], yticks=[], ylim=(-1.15, 1.15))
        axes.spines["left"].set_visible(False)
        axes.text(
            1.14, 0.5, sign, transform=axes.transAxes, color=INK, size=20,
            ha="center", va="center",
        )  # fmt: skip
        for k, value in enumerate(values, 1):
            below = value < 0
            written = f"{value:+.1f}" if values is gradient else f"{value:.1f}"
            axes.annotate(
                written.replace("-", "−"),
                (k, value),
                (0, -3 if below else 3),
                textcoords="offset points",
                ha="center",
                va="top" if below else "bottom",
            )
    panels[1].set_xlabel("class")
    return figure(
        plot,
        alt="Three bar charts over the three classes. The gradient, "
        f"{', '.join(f'{v:+.1f}' for v in gradient)}, is the prediction, "
        f"{', '.join(f'{v:.1f}' for v in p)}, minus the label, "
        f"{', '.join(f'{v:.0f}' for v in y)}.",
        caption="Bar by bar: what is predicted, minus what is true.",
    )
