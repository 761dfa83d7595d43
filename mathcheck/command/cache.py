"""What was found on a page, kept by all that it depends on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, astuple
from functools import cache
from pathlib import Path

from mathcheck.page.check import Page
from mathcheck.page.element import MEMORY
from mathcheck.page.explain import Explained, Explanation
from mathcheck.page.finding import Finding
from mathcheck.page.theorems import Break
from mathcheck.read.scope import Scope

KEPT = 500  # pages; older ones are dropped
FORMULAS = 15_000  # that are kept from one run to the next


def digest(parts: Iterable[bytes]) -> str:
    """Return a key for these contents together."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:32]


@cache
def own_sources() -> str:
    """Return a key for the checker itself: a change of it forgets everything."""
    here = Path(__file__).parents[1]
    return digest(file.read_bytes() for file in sorted(here.rglob("*.py")))


def sources_of(root: Path, packages: Iterable[str]) -> str:
    """Return a key for the code that formulas are bound to."""
    return digest(
        file.read_bytes()
        for package in packages
        for file in sorted((root / package).rglob("*.py"))
    )


class Cache:
    """A folder of findings, a file for each page in each of its versions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str) -> Page | None:
        """Return what was found under a key, if it is known."""
        try:
            kept = json.loads((self.folder / f"{key}.json").read_text("utf-8"))
            form, order, count = kept["form"], kept["order"], int(kept["found"])
            findings = [Finding(**finding) for finding in kept["findings"]]
            formulas = {int(at): latex for at, latex in kept["formulas"].items()}
            explanations = [Explanation(**said) for said in kept["explanations"]]
            symbols = [
                Explained(offset, line, column, tuple((s, n) for s, n in found))
                for offset, line, column, found in kept["symbols"]
            ]
            theorems = [int(offset) for offset in kept["theorems"]]
            breaks = {
                int(at): tuple(Break(*one) for one in found)
                for at, found in kept["breaks"].items()
            }
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Page(
            kept["path"],
            findings,
            Scope(),
            called=set(kept["called"]),
            formulas=formulas,
            explanations=explanations,
            symbols=symbols,
            theorems=theorems,
            breaks=breaks,
            form=form,
            order=[int(offset) for offset in order],
            found=count,
        )

    def holds(self, key: str) -> bool:
        """Say whether there are findings under a key."""
        return (self.folder / f"{key}.json").is_file()

    def write(self, key: str, page: Page) -> None:
        """Keep what was found; a folder that cannot be written is no reason to stop."""
        kept = {
            "path": page.path,
            "form": page.form,
            "order": page.order,
            "found": page.found,
            "findings": [asdict(finding) for finding in page.findings],
            "called": sorted(page.called),
            "formulas": page.formulas,
            "explanations": [asdict(said) for said in page.explanations],
            "symbols": [astuple(formula) for formula in page.symbols],
            "theorems": page.theorems,
            "breaks": {
                at: [astuple(one) for one in found] for at, found in page.breaks.items()
            },
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / f"{key}.part"
            unfinished.write_text(json.dumps(kept), "utf-8")
            unfinished.replace(self.folder / f"{key}.json")
            old = sorted(self.folder.glob("*.json"), key=lambda f: f.stat().st_mtime)
            for file in old[:-KEPT]:
                file.unlink(missing_ok=True)
        except OSError:
            return

    def remember(self) -> None:
        """Take up what earlier runs found out about single formulas."""
        try:
            kept = json.loads(self.formulas.read_text("utf-8"))
            known = {
                key: [(Finding(**finding), at) for finding, at in found]
                for key, found in kept.items()
            }
        except (OSError, ValueError, TypeError):
            return
        MEMORY.update(known)

    def memorise(self) -> None:
        """Keep what is known of single formulas, for the next run after an edit."""
        latest = list(MEMORY.items())[-FORMULAS:]
        kept = {
            key: [(asdict(finding), at) for finding, at in found]
            for key, found in latest
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = self.formulas.with_suffix(f".{os.getpid()}")
            unfinished.write_text(json.dumps(kept), "utf-8")
            unfinished.replace(self.formulas)
            for other in self.folder.glob("*.formulas"):  # of another checker
                if other != self.formulas:
                    other.unlink(missing_ok=True)
        except OSError:
            return

    @property
    def formulas(self) -> Path:
        """The file of what this version of the checker knows of formulas."""
        return self.folder / f"{own_sources()}.formulas"
