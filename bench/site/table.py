"""What was measured, against the goals: a table of ratios."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from statistics import median

from bench.site.audit import CATEGORIES, Audit
from bench.site.loads import DESKTOP, PHONE, Load

OURS, USUAL, FLOOR = "at build", "MathJax 3", "MathML"

Loads = dict[tuple[str, str], list[Load]]  # by variant and device
Audits = dict[str, list[Audit]]  # by variant


@dataclass(frozen=True)
class Measure:
    """A number that a page should keep small; `times`: how many times smaller ours is.

    `most` is what ours may be at most, for a number that ours should hold by itself.
    """

    name: str
    of: Callable[[Load], float]
    device: str
    unit: str = "s"
    times: float | None = None
    most: float | None = None


def measures() -> list[Measure]:
    """Return what is measured, with the goals."""
    found = []
    for device, sooner, then in ((DESKTOP.name, 8.0, 6.0), (PHONE.name, 6.0, 5.0)):
        less = 15.0 if device == PHONE.name else None
        found += [
            Measure("all formulas", lambda x: x.done, device, times=sooner),
            Measure("next page", lambda x: x.next_done, device, times=then),
            Measure("blocked", lambda x: x.blocked, device, times=less),
            Measure("layout shift", lambda x: x.shift, device, "", most=0.01),
        ]
    return [
        *found,
        Measure("bytes", lambda x: x.bytes / 1000, "any", "kB", times=6.0),
        Measure("… without search", lambda x: x.unsearched / 1000, "any", "kB"),
        Measure("scripts", lambda x: x.scripts / 1000, "any", "kB", times=8.0),
    ]


def runs() -> list[Measure]:
    """Return what is measured of code that runs in a page, which only ours has."""
    found = []
    for device, first, again in ((DESKTOP.name, 0.5, 0.05), (PHONE.name, 2.5, 0.25)):
        found += [
            Measure("code, first run", lambda x: x.run or inf, device, most=first),
            Measure("code, next run", lambda x: x.run_again or inf, device, most=again),
        ]
    return found


LEAST = dict(zip(CATEGORIES, (98, 100, 100, 100), strict=True))  # of Lighthouse


@dataclass(frozen=True)
class Row:
    """A line of the table; `met` is None where there is no goal."""

    cells: Sequence[str]
    met: bool | None


def rows(loads: Loads, audits: Audits) -> list[Row]:
    """Return the table's lines: medians, ratios, goals."""
    found = [row(measure, loads) for measure in measures()]
    found += [row_of_ours(measure, loads) for measure in runs()]
    for category, least in LEAST.items():
        ours, usual = (
            median(audit.scores[category] for audit in audits[variant])
            for variant in (OURS, USUAL)
        )
        cells = (f"Lighthouse: {category}", "phone", "", "", f"≥ {least}")
        numbers = (f"({ours:.0f}", f"{usual:.0f}", "–)")
        found.append(Row((*cells, *numbers), ours >= least))
    return found


def row(measure: Measure, loads: Loads) -> Row:
    """Return one measure's line."""
    ours, usual, floor = (
        median(map(measure.of, seen(loads, variant, measure.device)))
        for variant in (OURS, USUAL, FLOOR)
    )
    goal, met = "", None
    if measure.times is not None:
        goal, met = f"≥ {measure.times}×", usual >= measure.times * ours
    if measure.most is not None:
        goal, met = f"≤ {measure.most}", ours <= measure.most
    digits = {"s": 2, "kB": 0, "": 3}[measure.unit]
    numbers = [f"{number:.{digits}f}" for number in (ours, usual, floor)]
    ratios = [ratio(usual, ours), ratio(usual, floor)]
    shown = (f"({numbers[0]}", numbers[1], f"{numbers[2]}) {measure.unit}")
    return Row((measure.name, measure.device, *ratios, goal, *shown), met)


def row_of_ours(measure: Measure, loads: Loads) -> Row:
    """Return the line of a measure that only our pages have."""
    ours = median(map(measure.of, seen(loads, OURS, measure.device)))
    most = measure.most or inf
    cells = (measure.name, measure.device, "", "", f"≤ {most}")
    return Row((*cells, f"({ours:.2f}", "–", "–) s"), ours <= most)


def seen(loads: Loads, variant: str, device: str) -> list[Load]:
    """Return the loads of a variant on a device, or on any."""
    if device != "any":
        return loads[variant, device]
    return [load for (of, _), some in loads.items() if of == variant for load in some]


def ratio(usual: float, ours: float) -> str:
    """Return how many times smaller ours is."""
    return f"{usual / ours:.1f}×" if ours else "–"


HEAD = (
    "", "", "ours", "floor", "goal", f"({OURS}", USUAL, f"{FLOOR})", ""
)  # fmt: skip
WORD = {True: "met", False: "MISSED", None: ""}


def table(found: Sequence[Row]) -> str:
    """Return the lines in columns: how many times smaller than MathJax 3, and goals."""
    lines = [HEAD, *((*row.cells, WORD[row.met]) for row in found)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    left = {0, 1, 8}  # the words
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
