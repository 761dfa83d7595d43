"""The figure of ``docs/maximum.md``, drawn from the answers of the atlas."""

import matplotlib.pyplot as plt
import numpy as np

from atlas.maximum import ways
from atlas.record import read
from typeset.figure import FAINT, INK, VIOLET, Figure, figure

# What the figure is drawn of; it is drawn anew when something there changes
READS = ("atlas/answers.json",)
NAMED = {
    ("statsmodels", "newton, the default"): "statsmodels, Newton",
    ("R, VGAM", "vglm, multinomial"): "VGAM",
    ("scikit-learn", "lbfgs, C=inf"): "scikit-learn, L-BFGS",
    (
        "scikit-learn",
        "LogisticRegression, all defaults",
    ): "scikit-learn, default penalty",
}


def digits() -> Figure:
    """Draw the excess of the loss over the digits of the coefficients: a square law."""
    found = [way for way in ways(read()) if way.digits > 0 and way.excess > 0]
    places = np.array([way.digits for way in found])
    excess = np.array([way.excess for way in found])
    plot, axes = plt.subplots()
    height = np.median(np.log10(excess) + 2 * places)
    line = np.array([0.0, 16.0])
    axes.semilogy(line, 10 ** (height - 2 * line), "--", color=FAINT, linewidth=1)
    axes.semilogy(places, excess, "o", color=VIOLET, markersize=5)
    for way in found:
        if name := NAMED.get((way.library, way.name)):
            last = way.digits > 12  # there is room on its other side
            axes.annotate(
                name,
                (way.digits, way.excess),
                xytext=(-9, -18) if last else (9, 3),
                textcoords="offset points",
                color=INK,
                ha="right" if last else "left",
            )
    axes.set(xlabel="correct digits of the coefficients", xlim=(0, 17))
    axes.set(ylabel="loss above the smallest, in nats")
    middle = [way for way in found if 3.5 <= way.digits < 5]
    best, worst = found[0], found[-1]
    said = f"{len(middle)} of {len(found)} ways have between 3.5 and 5 correct digits"
    return figure(
        plot,
        alt=f"{len(found)} dots along a falling line, on a logarithmic scale of the "
        f"loss: from {worst.digits:.1f} digits and an excess of {worst.excess:.0e} "
        f"({worst.library}) to {best.digits:.1f} digits and {best.excess:.0e} "
        f"({best.library}). {said}.",
        caption="Each dot is one way to the same maximum: how many digits of the "
        "coefficients are right, and how far the loss is above the smallest. The "
        f"dashed line falls by two powers of ten for each digit. {said}.",
    )
