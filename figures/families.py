"""The figures of ``docs/families.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.families import laplace_nll, probit_nll_gradient
from snippets.likelihood import gaussian_nll
from snippets.softmax import softmax
from typeset.figure import FAINT, ORANGE, RED, VIOLET, Figure, figure


def noise_and_loss() -> Figure:
    """Draw two densities, and beside them their negative logarithms."""
    x = np.linspace(-4, 4, 161)
    gaussian, laplace = gaussian_nll(0, 1, x), laplace_nll(0, 1, x)
    plot, (noise, loss) = plt.subplots(1, 2)
    for nll, name, colour, line in (
        (gaussian, "Gaussian", VIOLET, "-"),
        (laplace, "Laplace", ORANGE, "--"),
    ):
        noise.plot(x, np.exp(-nll), line, color=colour, label=name)
        loss.plot(x, nll, line, color=colour)
    noise.set(title="noise: density", xlabel="observation − prediction")
    loss.set(title="loss: −log density", xlabel="observation − prediction")
    near, far = (f"{gaussian_nll(0, 1, at):.2f}" for at in (0, x[-1]))
    sharp, straight = (f"{laplace_nll(0, 1, at):.2f}" for at in (0, x[-1]))
    return figure(
        plot,
        alt="Two panels over the difference of observation and prediction. On the left "
        "two densities: a Gaussian bell and a Laplace density with a sharp peak and "
        "heavier tails. On the right their negative logarithms: a parabola, from "
        f"{near} in the middle to {far} at a distance of {x[-1]:g}, and two straight "
        f"lines that meet in a corner, from {sharp} to {straight}.",
        caption="Two models of noise, and the losses that they imply. Where the "
        f"prediction is off by {x[-1]:g}, the Laplace density is larger, and its loss "
        f"is {straight} instead of {far}.",
    )


def logit_and_probit() -> Figure:
    """Draw how hard an outcome of 1 pulls at the score, with two links."""
    score = np.linspace(-6, 3, 181)
    logit = softmax(np.stack([np.zeros_like(score), score], axis=-1))[..., 1] - 1
    probit = np.asarray(probit_nll_gradient(score, 1))
    plot, axes = plt.subplots()
    least = -1
    axes.axhline(least, color=FAINT, linestyle=":")
    axes.plot(score, logit, "-", color=RED, label="logit, the canonical link")
    axes.plot(score, probit, "--", color=RED, label="probit")
    axes.set(xlabel="score of an outcome of 1", ylabel="gradient of its loss")
    return figure(
        plot,
        alt="Two curves over the score of an outcome of one: the gradient of its loss. "
        "Both are close to zero where the score is large and right. Towards scores "
        f"that are wrong the logit’s levels off, {logit[0]:.3f} at {score[0]:g}, while "
        f"probit’s goes on in nearly a straight line, to {probit[0]:.3f}.".replace(
            "-", "−"
        ),
        caption="The gradient of the loss of an outcome of one with respect to its "
        f"score. With the logit it never falls below {least}, dotted; with probit its "
        f"size grows without bound, and is {-probit[0]:.1f} at a score of "
        f"{score[0]:g}.".replace("-", "−"),
    )
