"""What a run has found, family by family, as it is kept and shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from drift.review import Reviewed, faults_of

RECORD = Path(__file__).with_name("found.json")
GOAL = 0.995  # of each family


@dataclass
class Family:
    """How many faults of a family were planted, and which of them passed."""

    day: str
    planted: int = 0
    survivors: list[str] = field(default_factory=list)  # each with how often it stands
    parts: dict[str, list[int]] = field(default_factory=dict)  # planted, passed

    def add(self, name: str, part: str, *, noticed: bool) -> None:
        """Count a fault."""
        self.planted += 1
        counts = self.parts.setdefault(part, [0, 0]) if part else [0, 0]
        counts[0] += 1
        counts[1] += not noticed
        if not noticed:
            self.survivors.append(name)


@dataclass(frozen=True)
class Row:
    """A row of the table: what is planted, what is true all the same, what passed."""

    family: str
    day: str
    planted: int
    true: int
    passed: int

    @property
    def share(self) -> float:
        """The share of the faults that was noticed; what is true is no fault."""
        faults = self.planted - self.true
        return 1 - self.passed / faults if faults else 1.0


def today() -> str:
    """Return the day of this run."""
    return date.today().isoformat()


def read(file: Path = RECORD) -> dict[str, Family]:
    """Return what earlier runs have found, by family."""
    if not file.is_file():
        return {}
    kept = json.loads(file.read_text("utf-8"))
    return {name: Family(**family) for name, family in kept.items()}


def write(found: dict[str, Family], file: Path = RECORD) -> None:
    """Keep what was found."""
    plain = {name: asdict(family) for name, family in sorted(found.items())}
    text = json.dumps(plain, indent=1, ensure_ascii=False)
    file.write_text(f"{text}\n", "utf-8")


def row(name: str, family: Family, groups: Iterable[Reviewed]) -> Row:
    """Return the row of a family."""
    often = Counter(family.survivors)
    true = sum(often[fault] for fault in faults_of(name, groups, true=True))
    return Row(name, family.day, family.planted, true, sum(often.values()) - true)


def unreviewed(name: str, family: Family, groups: Iterable[Reviewed]) -> list[str]:
    """Return the survivors of a family that nobody has looked at."""
    known = faults_of(name, groups)
    return sorted(set(family.survivors) - known)


def stale(name: str, family: Family, groups: Iterable[Reviewed]) -> list[str]:
    """Return what was reviewed, and survives no longer or is planted no more."""
    return sorted(faults_of(name, groups) - set(family.survivors))
