"""The figures of ``docs/fisher.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.fisher import empirical_fisher, fisher_information
from typeset.figure import FAINT, ORANGE, VIOLET, Figure, figure


def fisher_and_empirical() -> Figure:
    """Draw both informations of one logit over the probability of the true class."""
    f = np.linspace(0.005, 0.995, 199)
    z = np.log(np.stack([1 - f, f], axis=-1))
    fisher = fisher_information(z)[:, 1, 1]
    empirical = np.array([empirical_fisher(row[None], [1])[1, 1] for row in z])
    plot, axes = plt.subplots()
    axes.plot(f, fisher, color=VIOLET, label="Fisher information, f (1 − f)")
    axes.plot(
        f, empirical, color=ORANGE, linestyle="--", label="empirical Fisher, (1 − f)²"
    )
    equal = np.abs(fisher - empirical).argmin()
    axes.plot(f[equal], fisher[equal], "o", color=FAINT)
    axes.set(
        xlabel="probability f of the class that is true",
        ylabel="information of the logit",
        ylim=0,
    )
    wrong, right = 1, -2  # at probabilities of 0.01 and 0.99
    return figure(
        plot,
        alt="Two curves over the probability f of the true class. The Fisher "
        "information, the product of both probabilities, is an arch with its top, "
        f"{fisher.max():.2f}, at one half. The empirical Fisher, the square of the "
        "other class’s probability, falls from one to zero. They meet at "
        f"{f[equal]:.2f}. At a probability of {f[wrong]:.2f} they are "
        f"{fisher[wrong]:.4f} and {empirical[wrong]:.4f}, at {f[right]:.2f} they are "
        f"{fisher[right]:.4f} and {empirical[right]:.4f}.",
        caption="The Fisher information and the empirical Fisher of one logit, over "
        "the probability f of the class that is true. Between zero and one they agree "
        f"only at {f[equal]:.1f}: below, where the model prefers the wrong class, the "
        "empirical Fisher is larger than the Fisher information; above, it is smaller.",
    )
