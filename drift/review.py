"""Faults that pass and were looked at: each in `survivors.toml`, with the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SURVIVORS = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True)
class Reviewed:
    """Faults of one family that pass for one reason.

    They are no faults if what is changed is still true.
    """

    family: str
    true: bool
    reason: str
    faults: tuple[str, ...]


def reviewed(file: Path = SURVIVORS) -> list[Reviewed]:
    """Return what was reviewed.

    ValueError: a group has no reason, or one fault stands in it twice.
    """
    groups = []
    for table in tomllib.loads(file.read_text("utf-8")).get("reviewed", []):
        group = Reviewed(
            table["family"], table["true"], table["reason"], tuple(table["faults"])
        )
        if not group.reason.strip():
            raise ValueError(f"{file.name}: no reason for {group.faults[:1]}")
        groups.append(group)
    named = [(group.family, fault) for group in groups for fault in group.faults]
    if twice := sorted({one for one in named if named.count(one) > 1}):
        raise ValueError(f"{file.name}: {twice[0][1]} is reviewed twice")
    return groups


def faults_of(family: str, groups: Iterable[Reviewed], *, true: bool | None = None
              ) -> set[str]:  # fmt: skip
    """Return the reviewed faults of a family: all, or those that are (not) true."""
    return {
        fault
        for group in groups
        if group.family == family and true in (None, group.true)
        for fault in group.faults
    }
