"""The figures of ``docs/binary.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.binary import binary_cross_entropy, binary_cross_entropy_gradient
from snippets.gradient import cross_entropy_gradient
from typeset.figure import FAINT, INK, ORANGE, VIOLET, Figure, figure


def loss_of_one_logit() -> Figure:
    """Draw the loss over the logit for a yes, a no and a soft label."""
    z = np.linspace(-5, 5, 201)
    soft = 0.75
    best = np.log(soft / (1 - soft))
    floor = binary_cross_entropy(best, soft)
    plot, axes = plt.subplots()
    for y, colour, style in (
        (1.0, VIOLET, "-"),
        (0.0, ORANGE, "--"),
        (soft, INK, "-."),
    ):
        axes.plot(z, np.maximum(z, 0) - z * y, color=FAINT, linewidth=1)
        axes.plot(
            z,
            binary_cross_entropy(z, y),
            color=colour,
            linestyle=style,
            label=f"y = {y:g}",
        )
    axes.plot(best, floor, "o", color=INK)
    axes.annotate(
        f"minimum\nfor y = {soft}",
        (best, floor),
        (2.9, 1.5),
        arrowprops={"arrowstyle": "->", "color": FAINT},
    )
    axes.set(xlabel="logit", ylabel="loss in nats", ylim=(-0.1, 5.2))
    at_zero, at_end = binary_cross_entropy(0, 1), binary_cross_entropy(z[-1], 0)
    return figure(
        plot,
        alt="Three convex curves over the logit, each lying just above two straight "
        "lines that meet at zero. The loss of a yes falls towards zero as the logit "
        f"grows, the loss of a no is its mirror image and reaches {at_end:.3f} at the "
        f"logit {z[-1]:g}. All pass through {at_zero:.3f}, which is log "
        f"{np.exp(at_zero):.0f}, at zero. The soft label {soft} has its minimum, "
        f"{floor:.3f}, at the logit {best:.3f}.",
        caption="The loss of a yes, of a no, and of a label that is three quarters "
        f"yes: only the last has a minimum, {floor:.3f} nats at the logit {best:.3f}. "
        "The straight lines that each curve rounds off are grey.",
    )


def one_logit_or_two() -> Figure:
    """Draw how gradient descent moves the margin of one logit and of two."""
    steps, eta = 30, 0.2
    paths = np.zeros((3, steps + 1))  # two logits, one logit, one with a doubled step
    v = np.zeros(2)
    for n in range(steps):
        v = v - eta * cross_entropy_gradient(v, 1)
        paths[0, n + 1] = v[1] - v[0]
        for row, step in ((1, eta), (2, 2 * eta)):
            slope = binary_cross_entropy_gradient(paths[row, n], 1)
            paths[row, n + 1] = paths[row, n] - step * slope
    gap = np.abs(paths[0] - paths[2]).max()
    plot, axes = plt.subplots()
    axes.plot(paths[0], color=VIOLET, label="two logits")
    axes.plot(paths[1], color=ORANGE, linestyle="--", label="one logit")
    some = np.arange(0, steps + 1, 3)
    axes.plot(some, paths[2, some], "o", color=INK, label="one logit, step doubled")
    axes.set(xlabel=f"steps of gradient descent, size {eta}", ylabel="margin")
    return figure(
        plot,
        alt=f"The margin over {steps} steps of gradient descent with step size {eta}, "
        f"from {paths[0, 0]:g}. With two logits it rises to {paths[0, -1]:.3f}, with "
        f"one logit to {paths[1, -1]:.3f}. One logit with the doubled step size "
        f"follows the path of two logits, to within {max(gap, 1e-12):.0e}.",
        caption=f"Descent with step size {eta} from a margin of {paths[0, 0]:g}: two "
        f"logits gain more than one, {paths[0, -1]:.2f} against {paths[1, -1]:.2f} "
        f"after {steps} steps, and one logit with twice the step gains exactly as much "
        "as two.",
    )
