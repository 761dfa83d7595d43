"""Outputs that examples show, on pages and in docstrings: a digit or a word differs."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import Fault, chosen, digits, other_digit, sources

EXAMPLES = (
    "tests/test_pages.py::test_examples_of_the_page_give_the_output_that_it_shows"
)
WANTED = re.compile(
    r"^(?P<indent> *)>>> .*\n(?:(?P=indent)\.\.\. ?.*\n)*"
    r"(?P<want>(?:(?P=indent)(?!>>> |```|\"\"\")\S.*\n|(?P=indent) +\S.*\n)+)",
    re.MULTILINE,
)
WORDS = {"True": "False", "False": "True", "nan": "inf", "inf": "nan"}
WORD = re.compile(r"\b(?:True|False|nan|inf)\b")
EACH = 2  # digits of one output


def faults(root: Path) -> Iterator[Fault]:
    """Yield an output with another digit, number of digits or word."""
    for source in sources("outputs", root, "docs/*.md", "snippets/*.py"):
        module = source.path.endswith(".py")
        check = source.path if module else f"{EXAMPLES}[{source.path}]"
        for match in WANTED.finditer(source.text):
            start, want = match.start("want"), match["want"]
            for at in some_of(want):
                yield source.fault(
                    start + at, start + at + 1, other_digit(want[at], 0), check
                )
            for word in [*WORD.finditer(want)][:1]:
                span = start + word.start(), start + word.end()
                yield source.fault(*span, WORDS[word[0]], check)


def some_of(want: str) -> list[int]:
    """Return the places of some digits of an output."""
    return chosen(digits(want), EACH, lambda at: f"{at} {want}")


def examples(text: str) -> int:
    """Return how many examples of a text show an output."""
    found = doctest.DocTestParser().get_examples(text)
    return sum(bool(example.want) for example in found)
