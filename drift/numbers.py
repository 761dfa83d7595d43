"""Numbers in the prose: a digit of what is shown, or of its source, is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import NUMBERS, Fault, Source, digits, other_digit, sources
from mathcheck.page.numbers import SOURCED

SIGN = re.compile(r"(?<=[\w)\]] )[-+*/](?= )")
LEADING = re.compile(r"(?<![\w.])\d")
OTHER = {"-": "+", "+": "-", "*": "/", "/": "*"}


def faults(root: Path) -> Iterator[Fault]:
    """Yield the faults of all numbers that carry a source."""
    for source in sources("numbers", root, "docs/*.md", "docs/labs/*.py"):
        for match in SOURCED.finditer(source.text):
            if match["number"]:
                yield from shown(source, match)
                yield from computed(source, match)


def shown(source: Source, match: re.Match[str]) -> Iterator[Fault]:
    """Yield a number with another digit, or its point one place further."""
    start, number = match.start("number"), match["number"]
    for at in digits(number):
        changed = other_digit(number, at)
        yield source.fault(start, start + len(number), changed, NUMBERS)
    moved = re.sub(r"\.(\d)(?=\d)", r"\1.", number)
    if moved != number:
        yield source.fault(start, start + len(number), moved, NUMBERS)


def computed(source: Source, match: re.Match[str]) -> Iterator[Fault]:
    """Yield a source with another digit, or another sign between two numbers."""
    start, expression = match.start("source"), match["source"]
    for number in LEADING.finditer(expression):  # which no rounding hides
        at = number.start()
        digit = other_digit(expression[at], 0)
        yield source.fault(start + at, start + at + 1, digit, NUMBERS)
    for sign in SIGN.finditer(expression):
        at = start + sign.start()
        yield source.fault(at, at + 1, OTHER[sign[0]], NUMBERS)
