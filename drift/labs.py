"""Labs: a number in their prose or their figures' words, and the code that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import NUMBERS, Fault, Source, sources
from drift.figures import SAID, words
from mathcheck.page.numbers import SOURCED
from mathcheck.source.python import notebook

NAME = re.compile(r"\b[A-Za-z_]\w*")


def faults(root: Path) -> Iterator[Fault]:
    """Yield the faults of the numbers in each lab."""
    for source in sources("labs", root, "docs/labs/*.py"):
        yield from words(source)
        prose, _ = notebook(source.text)
        for match in SOURCED.finditer(prose):
            if match["number"]:
                yield from said(source, match)
                yield from set_in_code(source, match)


def said(source: Source, match: re.Match[str]) -> Iterator[Fault]:
    """Yield a number with another digit, one more or one less, or without a source."""
    number, span = match["number"], match.span("number")
    for new in (shifted(number), f"{number}7", number[:-1]):
        if new.lstrip("−"):
            yield source.fault(*span, new, NUMBERS)
    yield source.fault(*match.span(), number, f"{SAID}[{source.path}]")


def set_in_code(source: Source, match: re.Match[str]) -> Iterator[Fault]:
    """Yield another value for what the code sets and a number's source names."""
    number = re.escape(match["number"])
    for name in NAME.findall(match["source"]):
        value = rf"^(?![#]).*\b{name}\b[^=\n]* = .*?\b(?P<value>{number})\b"
        if found := re.search(value, source.text, re.MULTILINE):
            yield source.fault(*found.span("value"), shifted(found["value"]), NUMBERS)


def shifted(number: str) -> str:
    """Return a number whose last digit is another one, and no longer."""
    return number[:-1] + str((int(number[-1]) + 7) % 10)
