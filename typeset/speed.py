"""How fast pages load: the table of a page, from the run of `bench.site`."""

from __future__ import annotations

from typing import Any

from typeset.measurements import day_of

OURS, USUAL, FLOOR = "at build", "MathJax 3", "MathML"  # as the run names them
# What is compared, in words, and how often less of it there is
SHOWN = {
    "all formulas": "Time until all formulas are there",
    "next page": "Time from a click on the next page to its formulas",
    "blocked": "Time in which the page answers nobody",
    "bytes": "Bytes of the page and all that it loads",
}
HEAD = (
    "| What | Device | Formulas typeset at build | Formulas as MathML |\n"
    "|---|---|--:|--:|"
)


def shown(run: dict[str, Any]) -> str:
    """Return the table of a run, and when and with what it was made."""
    return f"{table(run)}\n\n{circumstances(run)}"


def table(run: dict[str, Any]) -> str:
    """Return how many times less there is of each than with MathJax in the browser."""
    rows = [
        f"| {SHOWN[one['what']]} | {one['device']} "
        f"| {times(one, OURS)} | {times(one, FLOOR)} |"
        for one in run["medians"]
        if one["what"] in SHOWN
    ]
    scores = run["Lighthouse"]
    rows.append(
        "| Lighthouse’s score for performance; "
        f"{scores[USUAL]['performance']:.0f} with MathJax in the browser "
        f"| phone | {scores[OURS]['performance']:.0f} | |"
    )
    return "\n".join([HEAD, *rows])


def times(one: dict[str, Any], variant: str) -> str:
    """Return how many times smaller a number is than the usual one."""
    return f"{one[USUAL] / one[variant]:.1f} ×" if one[variant] else "–"


def circumstances(run: dict[str, Any]) -> str:
    """Return when, how often and with what it was measured."""
    machine = run["machine"]
    return (
        f"Medians of {run['loads']} loads in turn, {day_of(run)}, in Chromium "
        f"{run['browser']} on {machine['cores']} cores ({machine['system']}, "
        f"{machine['processor']}), MathJax {run['versions']['mathjax']}."
    )
