"""How much of others’ notes is read: tables from the run of `bench.others`."""

from __future__ import annotations

from typing import Any

HEAD = (
    "| Note | Form | Displayed | Defined | Held | Refuted | Not read |\n"
    "|---|---|--:|--:|--:|--:|--:|"
)
REASONS = "| Note | Place | Why it is not read |\n|---|---|---|"
ADDRESS = "https://github.com/{repository}/blob/{commit}/{path}"


def read(run: dict[str, Any]) -> str:
    """Return what became of the displayed formulas of each note, and of all."""
    rows = [
        f"| [{note['title']}]({ADDRESS.format(**note)}) | {note['form']} "
        f"| {note['displayed']} | {note['defined']} | {note['held']} "
        f"| {len(note['refuted'])} | {len(note['refused'])} |"
        for note in run["notes"]
    ]
    total = sum(note["displayed"] for note in run["notes"])
    unread = sum(len(note["refused"]) for note in run["notes"])
    said = (
        f"Of {total} displayed formulas {total - unread} were read, "
        f"{share(total - unread, total)}; the run is of {run['day']}."
    )
    return "\n".join([HEAD, *rows]) + f"\n\n{said}"


def not_read(run: dict[str, Any]) -> str:
    """Return which displayed formulas were not read, and why."""
    rows = [
        f"| {note['title'].partition(',')[0]} | {one['place']} | {in_code(one)} |"
        for note in run["notes"]
        for one in note["refused"]
    ]
    return "\n".join([REASONS, *rows])


def in_code(one: dict[str, str]) -> str:
    """Return what the checker says of a formula, as a cell of a table."""
    said = one["detail"].replace("|", r"\|")
    return f"`{said}`"


def share(part: int, whole: int) -> str:
    """Return a share in per cent.

    >>> share(1, 8)
    '12 %'
    """
    return f"{100 * part / whole:.0f} %"
