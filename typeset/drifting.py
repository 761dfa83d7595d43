"""How many planted faults were noticed: the table that `python -m drift` has filled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mathcheck.command.report import thousands

MARK = "<!-- drift: table -->"
RECORD = Path("drift") / "found.json"
HEAD = "| What was changed | Planted | True all the same | Noticed of the others |"


class DriftError(Exception):
    """There is no run to show."""


def with_table(markdown: str, project: Path) -> str:
    """Write the table of the last runs where the page asks for it.

    DriftError: there was none.
    """
    if MARK not in markdown:
        return markdown
    if not (project / RECORD).is_file():
        raise DriftError(f"there is no {RECORD.as_posix()}, which `make drift` writes")
    found = json.loads((project / RECORD).read_text("utf-8"))
    return markdown.replace(MARK, table(found))


def table(found: dict[str, Any]) -> str:
    """Return the families as a table, each with its parts below it."""
    rows = [HEAD, "|---|---:|---:|---:|"]
    for family in found.values():
        planted, true = family["planted"], family["true"]
        passed = len(family["survivors"]) - true
        rows.append(
            row(f"**{family['title']}**, {family['day']}", planted, true, passed)
        )
        rows += [row(f"– {part}", *counts) for part, counts in family["parts"].items()]
    return "\n".join(rows)


def row(words: str, planted: int, true: int, passed: int) -> str:
    """Return a row of the table."""
    faults = planted - true
    share = f"{100 * (1 - passed / faults):.1f} %" if faults else "–"
    noticed = f"{share}" if not passed else f"{share}, all but {passed}"
    return f"| {words} | {thousands(planted)} | {true} | {noticed} |"
