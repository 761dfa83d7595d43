"""The figures of ``docs/origins.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.origins import (
    entmax,
    entmax_loss,
    gaussian_logits,
    maximum_entropy_parameter,
)
from snippets.softmax import softmax
from typeset.figure import FAINT, INK, ORANGE, VIOLET, Figure, figure


def loaded_dice() -> Figure:
    """Draw the dice of the most entropy for three means, on a logarithmic axis."""
    faces = np.arange(1, 7)
    plot, axes = plt.subplots()
    said = []
    for mean, colour, line in ((3.5, FAINT, ":"), (4.5, VIOLET, "-"), (5.5, INK, "--")):
        p = softmax(maximum_entropy_parameter(faces, mean) * faces)
        axes.plot(faces, p, f"o{line}", color=colour, label=f"mean {mean}")
        said.append(f"with the mean {mean} from {p[0]:.4f} to {p[-1]:.4f}")
    axes.set_yscale("log")
    ticks = [0.002, 0.01, 0.05, 0.2, 0.6]
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.set(xlabel="face", ylabel="probability")
    return figure(
        plot,
        alt="The probabilities of the six faces of three dice, on a logarithmic axis. "
        "Each die is a row of points on a straight line, the steeper the larger its "
        f"mean is: {', '.join(said)}.",
        caption="The dice of the most entropy for given means. On a logarithmic axis "
        "the probabilities lie on a line, whose slope is the multiplier if the "
        "logarithm is natural.",
    )


def log_odds() -> Figure:
    """Draw the log-odds of two Gaussian classes and the probabilities they imply."""
    x = np.linspace(-6, 6, 241)
    means, even = [[0.0], [2.0]], [0.5, 0.5]
    plot, (odds, chance) = plt.subplots(1, 2)
    ends = []
    for sigma, name, colour, line in (
        ([1.0, 1.0], "one width", VIOLET, "-"),
        ([2.0, 1.0], "two widths", ORANGE, "--"),
    ):
        z = gaussian_logits(x[:, None], means, sigma, even)
        odds.plot(x, z[:, 1] - z[:, 0], line, color=colour, label=name)
        p = softmax(z)[:, 1]
        chance.plot(x, p, line, color=colour)
        ends.append(f"{p[0]:.4f} and {p[-1]:.4f}")
    odds.axhline(0, color=FAINT, linestyle=":")
    for axes in (odds, chance):
        axes.set_xticks([-6, -3, 0, 3, 6])
    odds.set(title="log-odds of class 2", xlabel="input", ylim=(-12, 12))
    chance.set(title="probability of class 2", xlabel="input", ylim=(-0.03, 1.03))
    return figure(
        plot,
        alt="Two panels over an input. On the left the log-odds of the second of two "
        "Gaussian classes: with one width a rising straight line, with two widths a "
        "parabola that opens downwards. On the right the probability of that class: "
        "with one width it rises as a sigmoid, with two it rises and falls again. At "
        f"the ends, {x[0]:g} and {x[-1]:g}, it is {ends[0]} with one width, and "
        f"{ends[1]} with two.",
        caption=f"Two Gaussian classes, around {means[0][0]:g} and around "
        f"{means[1][0]:g}. With one width the log-odds are linear in the input; if the "
        "first class is twice as wide, they are quadratic, and inputs far out on "
        "either side are assigned to it.",
    )


def maps_and_losses() -> Figure:
    """Draw three maps for two classes over the lead, and the losses beside them."""
    lead = np.linspace(-4, 4, 321)
    z = np.stack([lead, np.zeros_like(lead)], axis=-1)
    plot, (probability, loss) = plt.subplots(1, 2)
    margins = {}
    for alpha, name, colour, line in (
        (1, "softmax", VIOLET, "-"),
        (1.5, "entmax 1.5", INK, "-."),
        (2, "sparsemax", ORANGE, "--"),
    ):
        p = entmax(z, alpha)[:, 0]
        cost = np.asarray(entmax_loss(z, np.zeros(lead.size, int), alpha))
        probability.plot(lead, p, line, color=colour, label=name)
        loss.plot(lead, cost, line, color=colour)
        if alpha > 1:
            margins[alpha] = lead[(p < 1).sum()]
        least, sure = cost.min(), p.max()
    top = float(np.max(entmax_loss(z[:1], [0], 1)))
    (middle, early), (_, late) = margins.items()
    probability.set(title="probability of the class", xlabel="lead of its logit")
    loss.set(title="loss, if it is true", xlabel="lead of its logit")
    return figure(
        plot,
        alt="Two panels over the lead of one of two logits. On the left the "
        "probability of its class: softmax is a sigmoid that only approaches the ends "
        f"of its range; entmax with α = {middle} reaches {sure:g} at a lead of "
        f"{early:g}, and sparsemax, a straight ramp, at {late:g}. On the right the "
        f"losses: all fall with the lead, cross-entropy from {top:.2f} at a lead of "
        f"{lead[0]:g}; that of entmax is {least:g} from {early:g} on, and that of "
        f"sparsemax from {late:g} on.",
        caption="Three maps from logits to probabilities, for two classes, and the "
        f"losses that belong to them. Sparsemax is certain from a lead of {late:g} on, "
        f"and its loss is {least:g} there; cross-entropy is always positive.",
    )
