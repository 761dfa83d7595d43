"""The figures of ``docs/gradient.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.softmax import softmax
from typeset.figure import BLUE, FAINT, GREEN, INK, RED, Figure, figure


def prediction_minus_truth() -> Figure:
    """Draw p, y and p − y of the running example beside each other."""
    z, label = np.log([0.2, 0.3, 0.5]), 2
    p, y, gradient = softmax(z), np.eye(3)[label], cross_entropy_gradient(z, label)
    plot, panels = plt.subplots(1, 3, sharey=True, figsize=(8, 3.2))
    names = ("predicted, p", "true, y", "gradient, p − y")
    for axes, values, name, colour in zip(
        panels, (p, y, gradient), names, (BLUE, GREEN, RED), strict=True
    ):
        axes.bar([1, 2, 3], values, color=colour)
        axes.axhline(0, color=FAINT, linewidth=1)
        axes.set(title=name, xlabel="class", xticks=[1, 2, 3], ylim=(-0.75, 1.2))
        for k, value in enumerate(values, 1):
            below = value < 0
            axes.annotate(
                (f"{value:+.1f}" if values is gradient else f"{value:.1f}").replace(
                    "-", "−"
                ),
                (k, value),
                (0, -3 if below else 3),
                textcoords="offset points",
                ha="center",
                va="top" if below else "bottom",
            )
    return figure(
        plot,
        alt="Three bar charts over the three classes. Predicted: "
        f"{', '.join(f'{v:.1f}' for v in p)}. True: "
        f"{', '.join(f'{v:.0f}' for v in y)}. Their difference, the gradient: "
        f"{', '.join(f'{v:+.1f}' for v in gradient)}; the wrong classes have bars too.",
        caption="What is predicted, p, minus what is true, y, is the gradient with "
        "respect to the logits. It is negative for the true class alone.",
    )


def descent() -> Figure:
    """Draw the probabilities and the loss along steps of gradient descent."""
    z, label = np.log([0.2, 0.3, 0.5]), 2
    path, size = [z], 1
    for _ in range(20):
        path.append(path[-1] - size * cross_entropy_gradient(path[-1], label))
    p = softmax(path)
    loss = np.asarray(cross_entropy(path, np.full(len(path), label)))
    plot, (left, right) = plt.subplots(1, 2, figsize=(8, 3.6))
    for k, line in enumerate([":", "--", "-"]):
        name = f"class {k + 1}" + (", true" if k == label else "")
        left.plot(p[:, k], color=BLUE, linestyle=line, label=name)
    left.set(xlabel="step", title="predicted, p", ylim=(0, 1), xticks=range(0, 21, 5))
    right.plot(loss, color=INK, linestyle="-")
    right.set(
        xlabel="step", title="loss (nats)", ylim=(0, 0.75), xticks=range(0, 21, 5)
    )
    return figure(
        plot,
        alt="Twenty steps of gradient descent. Left, the third class’s probability "
        f"rises from {p[0, 2]:.2f} to {p[-1, 2]:.2f}, while those of the first and the "
        f"second fall to {p[-1, 0]:.3f} and {p[-1, 1]:.3f}. Right, the loss falls from "
        f"{loss[0]:.3f} to {loss[-1]:.3f}, fast at first and then ever more slowly.",
        caption=f"Twenty steps of gradient descent, of size {size}, from the running "
        f"example: the probability of the true class rises to {p[-1, 2]:.2f}, and the "
        f"loss falls to {loss[-1]:.3f} nats.",
    )
