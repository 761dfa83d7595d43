"""How many planted faults were noticed: the table that the runs of `drift` filled.

``python -m typeset.drifting`` prints it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mathcheck.command.report import thousands

MARK = "<!-- drift: table -->"
RECORD = Path("drift") / "found.json"
SNIPPETS = Path("drift") / "snippets.json"
HEAD = "| What was changed | Planted | True all the same | Noticed of the others |"


class DriftError(Exception):
    """There is no run to show."""


def with_table(markdown: str, project: Path) -> str:
    """Write the table of the last runs where the page asks for it.

    DriftError: there was none.
    """
    if MARK not in markdown:
        return markdown
    found = kept(project, RECORD, "drift")
    found["snippets"] = of_modules(kept(project, SNIPPETS, "mutants"))
    return markdown.replace(MARK, table(found))


def kept(project: Path, record: Path, target: str) -> dict[str, Any]:
    """Return what runs have found.

    DriftError: there was none.
    """
    if not (project / record).is_file():
        raise DriftError(
            f"there is no {record.as_posix()}, which `make {target}` writes"
        )
    found: dict[str, Any] = json.loads((project / record).read_text("utf-8"))
    return found


def of_modules(found: dict[str, Any]) -> dict[str, Any]:
    """Return the modules of the snippets as one family."""
    modules = [module for name, module in found.items() if name != "day"]
    return {
        "title": "Code of the snippets, by each module's own tests",
        "day": found.get("day"),
        "planted": sum(module["mutants"] for module in modules),
        "true": sum(len(module["equivalent"]) for module in modules),
        "survivors": [
            name
            for module in modules
            for name in (*module["equivalent"], *module["survivors"])
        ],
        "parts": {},
    }


def table(found: dict[str, Any]) -> str:
    """Return the families as a table, each with its parts below it."""
    rows = [HEAD, "|---|---:|---:|---:|"]
    for family in found.values():
        planted, true = family["planted"], family["true"]
        passed = len(family["survivors"]) - true
        day = f", {family['day']}" if family["day"] else ""
        rows.append(row(f"**{family['title']}**{day}", planted, true, passed))
        rows += [row(f"– {part}", *counts) for part, counts in family["parts"].items()]
    return "\n".join(rows)


def row(words: str, planted: int, true: int, passed: int) -> str:
    """Return a row of the table."""
    faults = planted - true
    share = f"{100 * (1 - passed / faults):.1f} %" if faults else "–"
    noticed = f"{share}" if not passed else f"{share}, all but {passed}"
    return f"| {words} | {thousands(planted)} | {true} | {noticed} |"


if __name__ == "__main__":
    print(with_table(MARK, Path.cwd()))
