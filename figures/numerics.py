"""The figures of ``docs/numerics.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy
from snippets.numerics import central_difference, relative_error, to_bfloat16
from snippets.softmax import logsumexp
from typeset.figure import INK, ORANGE, VIOLET, Figure, figure


def derivative_errors() -> Figure:
    """Draw the errors of three numerical gradients by the size of their step."""
    z, exact = np.log([0.2, 0.3, 0.5]), np.array([0.2, 0.3, -0.5])
    steps = np.logspace(-15, -0.5, 117)
    forward, central, complex_ = [], [], []
    for h in steps:
        moved = [(logsumexp(z + h * e) - logsumexp(z)) / h - e[2] for e in np.eye(3)]
        both = central_difference(lambda x: logsumexp(x) - x[2], z, h)
        angles = [np.log(np.exp(z + 1j * h * e).sum()).imag / h for e in np.eye(3)]
        forward.append(relative_error(np.array(moved), exact))
        central.append(relative_error(both, exact))
        complex_.append(relative_error(np.array(angles) - [0, 0, 1], exact))
    plot, axes = plt.subplots()
    axes.loglog(steps, forward, "-", color=ORANGE, label="forward")
    lowest_shown = 3e-18  # for what has no logarithm: an error of exactly 0
    shown = np.maximum(complex_, lowest_shown)
    axes.loglog(steps, shown, "-.", color=INK, label="complex step")
    axes.loglog(steps, central, "--", color=VIOLET, label="central")
    axes.set(xlabel="step", ylabel="relative error", ylim=(lowest_shown, 9))
    noise = max(np.array(complex_)[steps < 1e-8])
    lowest = [f"{min(errors):.0e}" for errors in (forward, central)]
    places = [f"{steps[np.argmin(errors)]:.0e}" for errors in (forward, central)]
    return figure(
        plot,
        alt="Relative errors of three numerical gradients of the loss over the step, "
        "both on logarithmic scales. The forward difference falls with the step to "
        f"{lowest[0]} at {places[0]} and rises again for smaller steps; the central "
        f"one falls twice as steeply, to {lowest[1]} at {places[1]}, and rises too. "
        "The complex step falls as steeply and then stays, at no more than "
        f"{noise:.0e}, down to the smallest step.",
        caption="The relative errors of three numerical gradients, by step. A "
        "difference has a best step, below which rounding wins: the forward one gets "
        f"down to {lowest[0]}, the central one to {lowest[1]}. The complex step has no "
        "such limit.",
    )


def bfloat16_staircase() -> Figure:
    """Draw a loss and its bfloat16 while the true logit rises."""
    others = 50256
    x = np.linspace(5, 5.5, 501)
    tokens = f"{others + 1:,}".replace(",", " ")
    rest = np.full_like(x, np.log(others))  # equal logits: one with their exponentials
    z = np.stack([x, rest], axis=-1)
    loss = np.asarray(cross_entropy(z, np.zeros(x.size, int)))
    rounded = to_bfloat16(loss)
    plot, axes = plt.subplots()
    axes.plot(x, rounded, "-", color=ORANGE, label="rounded to bfloat16")
    axes.plot(x, loss, "-", color=INK, linewidth=1, label="as it is")
    axes.set(
        xlabel=f"logit of the true token; {others:,} others are 0".replace(",", " "),
        ylabel="loss",
    )
    stairs = len(np.unique(rounded))
    return figure(
        plot,
        alt=f"The loss of one token among {tokens} while its logit rises from {x[0]:g} "
        f"to {x[-1]:g}: a smooth line from {loss[0]:.2f} down to {loss[-1]:.2f}, and "
        f"on it a staircase of {stairs} values, a thirty-second apart, to which "
        "bfloat16 rounds it.",
        caption=f"The loss of one token among {tokens} while its logit rises by a "
        f"half: rounded to bfloat16, it takes only {stairs} values.",
    )
