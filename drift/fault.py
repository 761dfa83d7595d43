"""A fault: one place of one file that says something else, and the check to notice it.

Which places are changed, and how, does not change from run to run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zlib import crc32

CONTEXT = 32  # characters before and after, by which a reader knows a place again
PAGE = "page"  # the checker, on the file that was changed
NUMBERS = "numbers"  # the checker, on the numbers in its prose alone
EVERYWHERE = "everywhere"  # the checker, on all pages
LINKS = "links"  # the warnings of the strict build about the page and links to it

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Fault:
    """A text in the place of another one."""

    family: str
    path: str  # from the root
    start: int
    stop: int
    new: str
    checks: tuple[str, ...]  # PAGE, EVERYWHERE, LINKS or tests by their pytest ids
    name: str  # by which it is reviewed: where it stands, and what was changed

    def planted(self, text: str) -> str:
        """Return a file's text with the fault in it."""
        return text[: self.start] + self.new + text[self.stop :]


@dataclass(frozen=True)
class Source:
    """A file of the project, of which faults are made."""

    family: str
    root: Path
    path: str

    @cached_property
    def text(self) -> str:
        """What stands in it."""
        return (self.root / self.path).read_text("utf-8")

    def fault(self, start: int, stop: int, new: str, *checks: str) -> Fault:
        """Return the fault of this text in the place of that one."""
        text = self.text
        name = f"{self.path}: {named(text, start, stop, new)}"
        return Fault(self.family, self.path, start, stop, new, checks, name)


def sources(family: str, root: Path, *patterns: str) -> list[Source]:
    """Return the files below a root of these patterns, in order."""
    found = {path for pattern in patterns for path in root.glob(pattern)}
    return [Source(family, root, p.relative_to(root).as_posix()) for p in sorted(found)]


def named(text: str, start: int, stop: int, new: str) -> str:
    """Write a change on one line, with a little of what stands around it."""
    before = text[max(start - CONTEXT, 0) : start]
    after = text[stop : stop + CONTEXT]
    change = f"{before}⟦{text[start:stop]} → {new}⟧{after}"
    return " ".join(change.split())


def chosen(things: Iterable[Choice], count: int, text: Callable[[Choice], str] = str
           ) -> list[Choice]:  # fmt: skip
    """Return this many of some things, always the same in whatever order they come."""
    ranked = sorted(things, key=lambda thing: crc32(text(thing).encode()))
    return ranked[:count]


def other_digit(text: str, at: int) -> str:
    """Return a text with another digit in one place."""
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def digits(text: str) -> list[int]:
    """Return the places of the digits of a text."""
    return [match.start() for match in re.finditer(r"\d", text)]
