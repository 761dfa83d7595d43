"""How long builds take, and how that grows: tables from the run of `bench.builds`."""

from __future__ import annotations

from typing import Any

from typeset.measurements import day_of

HEAD = "| What | Time | Work |\n|---|--:|--:|"
GROWTH = "| Site | Time | Work |\n|---|--:|--:|"


def builds(run: dict[str, Any]) -> str:
    """Return what each build takes, over the one for which nothing was kept."""
    return "\n".join([HEAD, *rows(run["builds"], ".2f")])


def growth(run: dict[str, Any]) -> str:
    """Return what sites take that grow, over a page without a formula."""
    return "\n".join([GROWTH, *rows(run["growth"], ".1f")])


def rows(told: dict[str, Any], digits: str) -> list[str]:
    """Return a row of each thing that was built: by the clock, and in all work."""
    return [
        f"| {name.capitalize()} | "
        f"{one['ratio']['wall']:{digits}} | {one['ratio']['cpu']:{digits}} |"
        for name, one in told.items()
    ]


def circumstances(run: dict[str, Any]) -> str:
    """Return when, how often and on what kind of machine it was measured."""
    kind = run["machine"]
    return (
        f"medians of {run['turns']} turns, {day_of(run)}, on {kind['cores']} cores "
        f"({kind['system']}, {kind['processor']}), Python {kind['python']}"
    )
