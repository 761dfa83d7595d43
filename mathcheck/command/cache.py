"""What was found on the pages of a project, kept by all that it depends on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, astuple
from functools import cache
from pathlib import Path
from typing import Any

from mathcheck.command.store import Store, digest
from mathcheck.page.check import Page
from mathcheck.page.element import MEMORY
from mathcheck.page.explain import Explained, Explanation
from mathcheck.page.finding import Finding
from mathcheck.page.theorems import Break

PAGES = 500
FORMULAS = 15_000  # that are kept from one run to the next


@cache
def own_sources() -> str:
    """Return a key for the checker itself: a change of it forgets everything."""
    here = Path(__file__).parents[1]
    return digest(*(file.read_bytes() for file in sorted(here.rglob("*.py"))))


def sources_of(root: Path, packages: Iterable[str]) -> str:
    """Return a key for the code that formulas are bound to."""
    return digest(
        *(
            file.read_bytes()
            for package in packages
            for file in sorted((root / package).rglob("*.py"))
        )
    )


class Cache:
    """What is known of pages, and of single formulas."""

    def __init__(self, folder: Path) -> None:
        self.pages = Store(folder / "pages", PAGES)
        self.formulas = Store(folder / "formulas", 3)

    def read(self, key: str) -> Page | None:
        """Return what was found on the page of a key, if it is known."""
        kept = self.pages.read(key)
        return None if kept is None else page_from(json.loads(kept))

    def write(self, key: str, page: Page) -> None:
        """Keep what was found on a page."""
        self.pages.write(key, json.dumps(plain(page)).encode())

    def remember(self) -> None:
        """Take up what earlier runs found out about single formulas."""
        kept = self.formulas.read(self.formulas_key)
        for key, found in json.loads(kept or b"{}").items():
            MEMORY[key] = [(Finding(**finding), at) for finding, at in found]

    def memorise(self) -> None:
        """Keep what is known of single formulas, for the next run after an edit."""
        latest = list(MEMORY.items())[-FORMULAS:]
        kept = {
            key: [(asdict(finding), at) for finding, at in found]
            for key, found in latest
        }
        self.formulas.write(self.formulas_key, json.dumps(kept).encode())

    @property
    def formulas_key(self) -> str:
        """The key of what this version of the checker knows of formulas."""
        return self.formulas.key("formulas", own_sources())


def plain(page: Page) -> dict[str, Any]:
    """Return what was found on a page in a form that can be written down."""
    return {
        "path": page.path,
        "form": page.form,
        "findings": [asdict(finding) for finding in page.findings],
        "called": sorted(page.called),
        "formulas": page.formulas,
        "explanations": [asdict(said) for said in page.explanations],
        "symbols": [astuple(formula) for formula in page.symbols],
        "theorems": page.theorems,
        "order": page.order,
        "found": page.found,
        "breaks": {
            at: [astuple(one) for one in found] for at, found in page.breaks.items()
        },
    }


def page_from(kept: dict[str, Any]) -> Page:
    """Return what was found on a page, from how it was written down."""
    return Page(
        kept["path"],
        [Finding(**finding) for finding in kept["findings"]],
        called=set(kept["called"]),
        formulas={int(at): latex for at, latex in kept["formulas"].items()},
        explanations=[Explanation(**said) for said in kept["explanations"]],
        symbols=[
            Explained(offset, line, column, tuple((s, n) for s, n in found))
            for offset, line, column, found in kept["symbols"]
        ],
        theorems=kept["theorems"],
        breaks={
            int(at): tuple(Break(*one) for one in found)
            for at, found in kept["breaks"].items()
        },
        form=kept["form"],
        order=kept["order"],
        found=kept["found"],
    )
