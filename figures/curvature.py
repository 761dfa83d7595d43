"""The figures of ``docs/curvature.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.curvature import cross_entropy_hessian, hessian_product
from snippets.fisher import natural_gradient
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.softmax import softmax
from typeset.figure import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    RED,
    VIOLET,
    Figure,
    figure,
)


def on_the_simplex() -> Figure:
    """Draw a prediction, the ellipse of its Hessian, and where two steps lead."""
    z, label, step = np.log([0.6, 0.3, 0.1]), 2, 0.3
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
    turn = np.linspace(0, 2 * np.pi, 181)
    plane = np.array([[1.0, -1.0, 0.0], [1.0, 1.0, -2.0]]) / np.sqrt([[2.0], [6.0]])
    S = plane @ np.stack([hessian_product(z, v) for v in plane], axis=1)
    root = np.linalg.cholesky(S)  # S v for all v with v S v = 1/16
    circle = np.stack([np.cos(turn), np.sin(turn)]) / 4
    ellipse = (softmax(z) + (root @ circle).T @ plane) @ corners
    plot, axes = plt.subplots(figsize=(8, 5.4))
    axes.plot(*corners[[0, 1, 2, 0]].T, color=FAINT, linewidth=1)
    axes.plot(*ellipse.T, color=INK, linewidth=1)
    along = np.linspace(0, step, 41)[:, None]
    ends = {}
    for name, gradient, colour in [
        ("plain step, along the gradient", cross_entropy_gradient(z, label), RED),
        ("natural step", natural_gradient(z, label), VIOLET),
    ]:
        path = softmax(z - along * gradient)
        ends[name] = path[-1]
        line = "-" if colour == RED else "--"
        axes.plot(*(path @ corners).T, line, color=colour, label=name)
        axes.plot(*(path[-1] @ corners), "o", color=colour)
    axes.plot(*(softmax(z) @ corners), "o", color=BLUE, label="prediction, p")
    axes.plot(*corners[label], "o", color=GREEN, label="class 3, true")
    beside = np.array([[0.0, -0.05], [0.0, -0.05], [0.0, 0.06]])
    for k in range(3):
        place = corners[k] + beside[k]
        axes.annotate(f"class {k + 1}", place, ha="center", va="center")
    axes.set_aspect("equal")
    axes.set_axis_off()
    plain, natural = (
        ", ".join(f"{value:.3f}" for value in end) for end in ends.values()
    )
    return figure(
        plot,
        alt="The triangle of all predictions over three classes. Around the prediction "
        f"{', '.join(f'{v:.1f}' for v in softmax(z))} lies the ellipse of the Hessian, "
        "flat along the edge between the first two classes. The third class is true. "
        f"A plain step of size {step} leads on a bent path to {plain}; a natural one, "
        f"straight towards the third corner, to {natural}.",
        caption="All predictions over three classes, as the points of a triangle. The "
        "Hessian, drawn as an ellipse, turns the plain step aside; the natural step "
        "heads straight for the true class.",
    )


def two_parabolas() -> Figure:
    """Draw the loss of two even labels with Newton's parabola and the upper bound."""

    def loss(x: np.ndarray) -> np.ndarray:
        z = np.stack([np.zeros_like(x), x], axis=-1)
        return np.asarray(cross_entropy(z, np.full_like(z, 0.5)))

    start = 3.0
    z = np.array([0.0, start])
    slope = cross_entropy_gradient(z, [0.5, 0.5])[1]
    here, curvature = loss(np.array(start)), cross_entropy_hessian(z)[1, 1]
    x = np.linspace(-8, 8, 321)
    plot, axes = plt.subplots()
    axes.plot(x, loss(x), color=INK, linestyle="-", label="loss")
    lowest = {}
    for name, bend, colour, line in [
        ("Newton's parabola", curvature, ORANGE, "--"),
        ("upper bound, curvature 1/4", 0.25, VIOLET, "-."),
    ]:
        parabola = here + slope * (x - start) + bend * (x - start) ** 2 / 2
        shown = parabola < 3.3
        axes.plot(x[shown], parabola[shown], line, color=colour, label=name)
        lowest[name] = start - slope / bend
        axes.plot(lowest[name], loss(lowest[name]), "o", color=colour)
        axes.vlines(
            lowest[name],
            here - slope**2 / bend / 2,
            loss(lowest[name]),
            color=FAINT,
            linewidth=1,
        )
    axes.plot(start, here, "o", color=INK)
    axes.annotate("start", (start, here), (start + 0.3, float(here) - 0.45))
    axes.set(xlabel="second of two logits; the first is 0", ylabel="loss, in nats")
    axes.set_ylim(-0.9, 4.2)
    newton, safe = lowest.values()
    return figure(
        plot,
        alt="The loss of a label that is half one class and half the other, a convex "
        "curve with its minimum where the logits are equal, and two parabolas that "
        f"touch it at {start:.0f}, where it is {here:.3f}. Newton’s parabola has the "
        f"curvature of the loss there, {curvature:.3f}, lies below the curve on the "
        f"left, and has its lowest point at {newton:.3f}, where the loss is "
        f"{loss(newton):.3f}: higher than at the start. The parabola of curvature one "
        "quarter lies nowhere below the curve, and its lowest point, at "
        f"{safe:.3f}, leads to a loss of {loss(safe):.3f}.",
        caption="Newton’s parabola has the curvature that the loss has at the start, "
        f"and sends the step too far, to a loss of {loss(newton):.2f}. The upper bound "
        f"leads to {loss(safe):.2f}, below the {here:.2f} of the start.",
    )
