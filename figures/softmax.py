"""The figures of ``docs/softmax.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.softmax import logsumexp
from typeset.figure import FAINT, INK, VIOLET, Figure, figure


def smooth_maximum() -> Figure:
    """Draw log-sum-exp of two logits between its bounds."""
    x = np.linspace(-4, 4, 161)
    z = np.stack([x, np.zeros_like(x)], axis=-1)
    smooth, largest = logsumexp(z), z.max(axis=-1)
    plot, axes = plt.subplots()
    axes.fill_between(x, largest, largest + np.log(2), color=FAINT, alpha=0.25)
    axes.plot(x, largest, color=FAINT, linestyle="--", label="maximum")
    axes.plot(x, smooth, "-", color=VIOLET, label="log-sum-exp")
    axes.plot(0, np.log(2), "o", color=INK)
    axes.annotate("log 2", (0, np.log(2)), (-0.9, 1.0))
    axes.set(xlabel="first of two logits; the second is 0", ylabel="value")
    widest, narrowest = (smooth - largest).max(), (smooth - largest).min()
    return figure(
        plot,
        alt="Two curves over the first of two logits, the second being zero. The "
        "maximum is a line with a corner where the logits are equal; log-sum-exp is a "
        f"smooth curve above it. The gap between the curves is {widest:.3f} at the "
        f"corner, which is log {np.exp(widest):.0f}, and {narrowest:.3f} where the "
        f"logits are {x[-1]:g} apart.",
        caption="Log-sum-exp of two logits rounds off the corner of their maximum. It "
        f"exceeds the maximum by log {np.exp(widest):.0f}, {widest:.3f}, where the "
        f"logits are equal, and by {narrowest:.3f} where they are {x[-1]:g} apart.",
    )
