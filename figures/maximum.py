"""The figure of ``docs/maximum.md``, drawn from the answers of the atlas."""

import matplotlib.pyplot as plt

from atlas.maximum import ways
from atlas.record import read
from typeset.figure import FAINT, INK, POINT, VIOLET, WIDE, Figure, figure

# What the figure is drawn of; it is drawn anew when something there changes
READS = ("atlas",)
ROW = 15  # px; how high the row of a way is
LARGEST = 16  # digits: there are no more in double precision


def digits() -> Figure:
    """Draw how many digits of the estimate each way has: a row a way, a dot."""
    found = [way for way in ways(read()) if not way.raises]
    rows = range(len(found))
    plot, axes = plt.subplots(figsize=(WIDE / POINT, ROW * (len(found) + 3) / POINT))
    places = [min(max(way.digits, 0), LARGEST) for way in found]
    axes.hlines(rows, 0, places, color=FAINT, linewidth=1)
    axes.plot(places, rows, "o", color=VIOLET, markersize=5)
    names = [f"{way.library}, {way.name}" for way in found]
    axes.set_yticks(list(rows), names, color=INK)
    axes.set(xlabel="correct digits", xlim=(-0.3, LARGEST + 0.5))
    axes.set(ylim=(len(found) - 0.4, -0.6))
    axes.tick_params(axis="y", length=0)
    best, worst = found[0], found[-1]
    several = [way for way in found if 3.5 <= way.digits < 5]
    return figure(
        plot,
        alt=f"{len(found)} ways to one maximum in rows, each with a dot at its correct "
        f"digits, from {best.digits:.1f} ({best.library}, {best.name}) to "
        f"{worst.digits:.1f} ({worst.library}, {worst.name}); {len(several)} of them "
        "have between 3.5 and 5.",
        caption="Correct digits of the maximum-likelihood estimate, for each learner "
        f"with its default tolerances. {len(several)} of {len(found)} have between 3.5 "
        "and 5.",
    )
