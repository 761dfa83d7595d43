"""How much of others’ notes is read: tables from the run of `bench.others`."""

from __future__ import annotations

from typing import Any

from typeset.measurements import day_of

HEAD = "| Note | In all | Define or hold | Refuted | Not read |\n|---|--:|--:|--:|--:|"
ADDRESS = "https://github.com/{repository}/blob/{commit}/{path}"


def read(run: dict[str, Any]) -> str:
    """Return what became of the displayed formulas of each note, and of all."""
    rows = [
        f"| [{note['title']}]({ADDRESS.format(**note)}) ({note['form']}) "
        f"| {note['displayed']} | {note['defined'] + note['held']} "
        f"| {len(note['refuted'])} | {len(note['refused'])} |"
        for note in run["notes"]
    ]
    total = sum(note["displayed"] for note in run["notes"])
    unread = sum(len(note["refused"]) for note in run["notes"])
    said = (
        f"Of {total} displayed formulas {total - unread} were read, "
        f"{share(total - unread, total)}; the run is of {day_of(run)}."
    )
    return "\n".join([HEAD, *rows]) + f"\n\n{said}"


def not_read(run: dict[str, Any]) -> str:
    """Return which displayed formulas were not read, and why."""
    return "\n".join(
        f"- {note['title'].partition(',')[0]}, {one['place']}: `{one['detail']}`"
        for note in run["notes"]
        for one in note["refused"]
    )


def share(part: int, whole: int) -> str:
    r"""Return a share in per cent, which no line breaks.

    >>> share(1, 8)
    '12.5\xa0%'
    """
    return f"{100 * part / whole:.1f}\u00a0%"
