"""What the runs have found, family by family, as it is kept and shown on the site.

`typeset/drifting.py` makes the table of docs/checked.md from the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from drift.review import Reviewed, faults_of

RECORD = Path(__file__).with_name("found.json")


@dataclass
class Family:
    """How many faults of a family were planted, and which of them passed."""

    title: str
    day: str = field(default_factory=lambda: date.today().isoformat())
    planted: int = 0
    true: int = 0  # of those that passed: what was changed is still true
    survivors: list[str] = field(default_factory=list)  # each as often as it was met
    parts: dict[str, list[int]] = field(default_factory=dict)  # planted, true, passed

    def add(self, name: str, part: str, *, noticed: bool) -> None:
        """Count a fault, and if it passed keep its name."""
        self.planted += 1
        if part:
            self.parts.setdefault(part, [0, 0, 0])[0] += 1
        if not noticed:
            self.survivors.append(name)

    def recount(self, name: str, groups: Iterable[Reviewed]) -> None:
        """Tell the survivors that are true from the others, as they are reviewed."""
        often = Counter(self.survivors)
        true = faults_of(name, groups, true=True)
        self.true = sum(often[fault] for fault in true)
        for part, counts in self.parts.items():
            own = [fault for fault in self.survivors if f": {part}: " in fault]
            counts[1] = sum(fault in true for fault in own)
            counts[2] = len(own) - counts[1]

    @property
    def passed(self) -> int:
        """How many faults passed; what is true is no fault."""
        return len(self.survivors) - self.true

    @property
    def share(self) -> float:
        """The share of the faults that was noticed."""
        faults = self.planted - self.true
        return 1 - self.passed / faults if faults else 1.0


def read(file: Path = RECORD) -> dict[str, Family]:
    """Return what earlier runs have found, by family."""
    if not file.is_file():
        return {}
    kept = json.loads(file.read_text("utf-8"))
    return {name: Family(**family) for name, family in kept.items()}


def write(found: dict[str, Family], file: Path = RECORD) -> None:
    """Keep what was found."""
    plain = {name: asdict(family) for name, family in found.items()}
    text = json.dumps(plain, indent=1, ensure_ascii=False)
    file.write_text(f"{text}\n", "utf-8")


def unreviewed(name: str, family: Family, groups: Iterable[Reviewed]) -> list[str]:
    """Return the survivors of a family that nobody has looked at."""
    return sorted(set(family.survivors) - faults_of(name, groups))


def stale(name: str, family: Family, groups: Iterable[Reviewed]) -> list[str]:
    """Return what was reviewed, and survives no longer or is planted no more."""
    return sorted(faults_of(name, groups) - set(family.survivors))
