"""The figures of ``docs/existence.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.existence import regularised_minimum, separable_loss
from typeset.figure import FAINT, INK, ORANGE, VIOLET, Figure, figure

DECAY, EPSILON = 0.1, 0.1


def three_losses() -> Figure:
    """Draw a loss without a minimum, and the two remedies that give it one."""
    b = np.linspace(-1, 7, 161)
    right, wrong = (np.asarray(separable_loss(way)) for way in (b, -b))
    plot, axes = plt.subplots()
    penalised = right + DECAY / 2 * b**2
    axes.plot(b, right, color=INK, linestyle="-", label="loss: no minimum")
    axes.plot(b, penalised, color=ORANGE, linestyle="--", label="with an L2 penalty")
    smoothed = (1 - EPSILON / 2) * right + EPSILON / 2 * wrong
    axes.plot(b, smoothed, color=VIOLET, linestyle="-.", label="with smoothed labels")
    penalised_at = float(regularised_minimum(DECAY))
    smoothed_at = float(np.log((2 - EPSILON) / EPSILON))
    lowest = float(separable_loss(penalised_at)) + DECAY / 2 * penalised_at**2
    floor = np.interp(smoothed_at, b, smoothed)
    axes.plot(penalised_at, lowest, "o", color=ORANGE)
    axes.plot(smoothed_at, floor, "o", color=VIOLET)
    axes.set(xlabel="weight", ylabel="loss in nats", ylim=(0, 2))
    return figure(
        plot,
        alt="Three losses over the weight of the smallest separable example. The plain "
        f"loss falls from {right[0]:.2f} at weight {b[0]:g} to {right[-1]:.4f} at "
        f"weight {b[-1]:g}, and would fall further. With an L2 penalty of strength "
        f"{DECAY} it has its minimum at {penalised_at:.3f}, and rises again beyond. "
        f"With labels smoothed by {EPSILON} its minimum is at {smoothed_at:.3f}, where "
        f"it is {floor:.3f}.",
        caption="The loss of the smallest separable example falls at every weight, and "
        f"has no minimum. An L2 penalty of strength {DECAY} gives it one, at "
        f"{penalised_at:.2f}; so do labels smoothed by {EPSILON}, at "
        f"{smoothed_at:.2f}.",
    )


def directions() -> Figure:
    """Draw the path of gradient descent, which bends to the largest margin."""
    features = np.array([1.0, 2.0])  # of the examples (1, 0) and (0, 2)
    path = [np.zeros(2)]
    for _ in range(3000):
        slope = -features / (1 + np.exp(features * path[-1]))
        path.append(path[-1] - 0.5 * slope)
    first, second = np.array(path).T
    length = 8.0
    plot, axes = plt.subplots()
    axes.plot(first, second, "-", color=VIOLET, label="gradient descent")
    axes.plot([0, 2], [0, 4], ":", color=FAINT, label="its first direction")
    margin = [0, length / 2]
    axes.plot([0, length], margin, "--", color=FAINT, label="largest margin")
    axes.set(xlabel="first weight", ylabel="second weight", xlim=(0, length))
    axes.set(ylim=(0, 4.1))
    start, end = second[1] / first[1], second[-1] / first[-1]
    return figure(
        plot,
        alt="The path of gradient descent in the plane of two weights. It sets out "
        f"steeply, with a second weight {start:.0f} times the first, bends, and runs "
        "nearly parallel to the line of slope one half, the direction of the largest "
        f"margin; after {len(first) - 1} steps the ratio of the weights is {end:.2f}.",
        caption="Gradient descent in the plane of the two weights. It sets out along "
        "its first gradient, and bends towards the direction of the largest margin: "
        f"after {len(first) - 1} steps the second weight is {end:.2f} times the first.",
    )
