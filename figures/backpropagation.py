"""The figures of ``docs/backpropagation.md``."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from snippets._checks import Floats
from snippets.backpropagation import linear_gradients, linear_loss, mlp_gradients
from snippets.gradient import cross_entropy
from typeset.figure import FAINT, INK, ORANGE, RED, VIOLET, Figure, figure

BATCH = [[1.0, 2.0], [2.0, 1.0], [1.5, 1.5], [-1.0, 0.5]]


def _descent(times: int, *, mean: bool, steps: int = 12) -> list[float]:
    """Return the mean losses of a training run on four examples, each so many times."""
    X = np.repeat(BATCH, times, axis=0)
    labels = np.repeat([2, 0, 1, 1], times)
    W, b = np.zeros((2, 3)), np.zeros(3)
    losses = []
    for _ in range(steps + 1):
        losses.append(float(linear_loss(X, W, b, labels)))
        dW, db, _ = linear_gradients(X, W, b, labels)
        length = 0.3 * (1 if mean else len(X))
        W, b = W - length * dW, b - length * db
    return losses


def sum_or_mean() -> Figure:
    """Draw what repeating every example does to descent with a sum and with a mean."""
    mean, mean_of_40 = _descent(1, mean=True), _descent(10, mean=True)
    total, total_of_40 = _descent(1, mean=False), _descent(10, mean=False)
    few, many = len(BATCH), 10 * len(BATCH)
    plot, axes = plt.subplots()
    axes.plot(total_of_40, color=ORANGE, label=f"sum, {many} examples")
    axes.plot(total, color=ORANGE, linestyle="--", label=f"sum, {few} examples")
    axes.plot(
        mean, color=VIOLET, linestyle="-", label=f"mean, {few} or {many} examples"
    )
    axes.set(xlabel="step of gradient descent", ylabel="mean loss", ylim=(0, 14))
    apart = np.abs(np.subtract(mean, mean_of_40)).max()
    return figure(
        plot,
        alt="The mean loss over twelve steps of gradient descent from weights of "
        f"zero, where it is {mean[0]:.2f}. With the mean the curves of {few} and of "
        f"{many} examples are {apart:.4f} apart, and fall to {mean[-1]:.2f}. With the "
        f"sum, {few} examples reach {total[-1]:.2f}; {many} examples jump, up to "
        f"{max(total_of_40):.1f} after {int(np.argmax(total_of_40))} steps.",
        caption="With the mean, a batch that holds every example ten times gives the "
        "same descent as the batch itself. With the sum its gradient is ten times as "
        f"long, and the loss jumps to {max(total_of_40):.1f}.",
    )


def _box(axes: Axes, x: float, name: str, forwards: Floats, backwards: Floats) -> None:
    """Draw a quantity of the network: its values above, their gradients below."""
    axes.text(x, 0, name, ha="center", va="center", fontsize=14, color=INK)
    for values, place, anchor, colour in (
        (forwards, 0.55, "bottom", INK),
        (backwards, -0.55, "top", RED),
    ):
        column = "\n".join(f"{value:.3f}".replace("-", "−") for value in values)
        axes.text(x, place, column, ha="center", va=anchor, color=colour)


def forward_and_back() -> Figure:
    """Draw the network of the page: values on the way, gradients on the way back."""
    X = np.array([[1.0, 2.0]])
    W1, b1 = np.array([[np.log(2), np.log(3)], [0.0, 0.0]]), np.zeros(2)
    W2 = np.array([[1.0, 0.0, -1.0], [0.0, -1.0, 1.0]])
    A = X @ W1 + b1
    H = np.tanh(A)
    b2 = np.log([0.2, 0.3, 0.5]) - (H @ W2)[0]
    Z = H @ W2 + b2
    # Of one example the gradients in the biases are those in the layers' outputs
    _, dA, _, dZ = mlp_gradients(X, W1, b1, W2, b2, [2])
    loss = cross_entropy(Z, [2])
    plot, axes = plt.subplots()
    columns = [
        ("X", X[0], W1 @ dA),
        ("A", A[0], dA),
        ("H", H[0], W2 @ dZ),
        ("Z", Z[0], dZ),
        ("L", loss, np.ones(1)),
    ]
    for place, (name, forwards, backwards) in enumerate(columns):
        _box(axes, place, name, forwards, backwards)
    for place, step in enumerate(["W₁, b₁", "tanh", "W₂, b₂", "loss"]):
        for shift, tail, head, colour in (
            (0.16, 0.25, 0.75, INK),
            (-0.16, 0.75, 0.25, RED),
        ):
            axes.annotate(
                "",
                (place + head, shift),
                (place + tail, shift),
                arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 2},
            )
        axes.text(place + 0.5, 0.32, step, ha="center", color=FAINT)
    axes.text(-0.4, 1.9, "forwards: values", color=INK)
    axes.text(-0.4, -1.95, "backwards: gradients of the loss", color=RED)
    axes.set(xlim=(-0.4, 4.4), ylim=(-2, 2.1))
    axes.axis("off")
    said = "; ".join(
        f"{name} is {', '.join(f'{v:.3f}' for v in forwards)}, with the gradient "
        f"{', '.join(f'{v:.3f}' for v in backwards)}"
        for name, forwards, backwards in columns
    )
    return figure(
        plot,
        alt="A chain from X through A, H and Z to the loss L. Arrows to the right lead "
        "from each to the next: through the first weights, tanh, the second weights "
        f"and the loss. Arrows to the left lead back. {said}.",
        caption="The network of this section with one example: above, the values on "
        "the way to the loss; below, in red, the gradient of the loss with respect to "
        "each of them, from the loss back to the input.",
    )
