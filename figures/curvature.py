"""The figures of ``docs/curvature.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.curvature import cross_entropy_hessian
from snippets.gradient import cross_entropy, cross_entropy_gradient
from typeset.figure import BLUE, FAINT, GREEN, INK, RED, Figure, figure


def two_parabolas() -> Figure:
    """Draw the loss of two even labels with Newton's parabola and the upper bound."""

    def loss(x: np.ndarray) -> np.ndarray:
        z = np.stack([np.zeros_like(x), x], axis=-1)
        return cross_entropy(z, np.full_like(z, 0.5))

    start = 3.0
    z = np.array([0.0, start])
    slope = cross_entropy_gradient(z, [0.5, 0.5])[1]
    here, curvature = loss(np.array(start)), cross_entropy_hessian(z)[1, 1]
    x = np.linspace(-8, 8, 321)
    plot, axes = plt.subplots()
    axes.plot(x, loss(x), color=INK, label="loss")
    lowest = {}
    for name, bend, colour in [
        ("Newton's parabola", curvature, RED),
        ("upper bound, curvature 1/4", 0.25, BLUE),
    ]:
        parabola = here + slope * (x - start) + bend * (x - start) ** 2 / 2
        shown = parabola < 3.3
        axes.plot(x[shown], parabola[shown], color=colour, linestyle="--", label=name)
        lowest[name] = start - slope / bend
        axes.plot(lowest[name], loss(lowest[name]), "o", color=colour)
        axes.vlines(
            lowest[name],
            here - slope**2 / bend / 2,
            loss(lowest[name]),
            color=FAINT,
            linewidth=1,
        )
    axes.plot(start, here, "o", color=GREEN)
    axes.annotate("start", (start, here), (start + 0.3, float(here) - 0.45))
    axes.set(xlabel="second of two logits; the first is 0", ylabel="loss, in nats")
    axes.set_ylim(-0.9, 4.7)
    axes.legend(loc="upper center", fontsize=9)
    newton, safe = lowest.values()
    return figure(
        plot,
        alt="The loss of a label that is half one class and half the other, a convex "
        f"curve with its minimum at 0, and two parabolas that touch it at {start:.0f}, "
        f"where it is {here:.3f}. Newton's parabola has the curvature of the loss "
        f"there, {curvature:.3f}, lies below the curve on the left, and has its lowest "
        f"point at {newton:.3f}, where the loss is {loss(newton):.3f}: higher than at "
        "the start. The parabola of curvature one quarter lies above the curve "
        f"everywhere, and its lowest point, at {safe:.3f}, leads to a loss of "
        f"{loss(safe):.3f}.",
    )
