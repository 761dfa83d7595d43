"""Labs: a number in their prose and their figures' words, and one of their code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import NUMBERS, Fault, Source, sources
from drift.figures import SAID, shifted, words
from mathcheck.page.numbers import SOURCED
from mathcheck.source.python import notebook

NUMBER = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w.])")
AROUND = re.compile(r"\]\([^)]*\)|<!--.*?-->|\$[^$]+\$|`[^`]+`")


def faults(root: Path) -> Iterator[Fault]:
    """Yield the faults of the numbers in each lab."""
    for source in sources("labs", root, "docs/labs/*.py"):
        yield from words(source)
        yield from prose(source)


def prose(source: Source) -> Iterator[Fault]:
    """Yield the prose of a lab with another number, a digit more, or a digit less."""
    text, _ = notebook(source.text)
    plain = AROUND.sub(lambda match: " " * len(match[0]), text)
    sourced = {m.start("number") for m in SOURCED.finditer(text) if m["number"]}
    for number in NUMBER.finditer(plain):
        check = NUMBERS if number.start() in sourced else f"{SAID}[{source.path}]"
        yield source.fault(*number.span(), shifted(number[0]), check)
        yield source.fault(*number.span(), f"{number[0]}7", check)
        if len(number[0]) > 1:
            yield source.fault(*number.span(), number[0][:-1], check)
