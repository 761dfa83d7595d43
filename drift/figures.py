"""Figures of the pages: a number in their words, one of their code, their place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import Fault, Source, sources
from typeset.plots import MARK

SAID = "tests/test_said.py::test_a_number_in_words_is_one_of_the_code_beside_them"
SHOWN = "tests/typeset/test_plots.py::test_every_figure_is_shown_once_on_the_page_of_its_stem"  # noqa: E501
NUMBER = re.compile(r"(?<![\w.,{:])\d+(?:\.\d+)?(?![\w.}])")
FORMATTED = re.compile(r"\{(?!\{)[^{}]*\}")


def faults(root: Path) -> Iterator[Fault]:
    """Yield the faults of the words of figures, and of the marks where they stand."""
    for source in sources("figures", root, "figures/*.py"):
        yield from words(source)
    for source in sources("figures", root, "docs/*.md"):
        stem = Path(source.path).stem
        for mark in MARK.finditer(source.text):
            span = mark.start("name"), mark.end("name")
            yield source.fault(*span, f"{mark['name']}_", f"{SHOWN}[{stem}]")
            yield source.fault(*mark.span(), "", f"{SHOWN}[{stem}]")
            yield source.fault(
                *mark.span(), f"{mark[0]}\n\n{mark[0]}", f"{SHOWN}[{stem}]"
            )


def words(source: Source) -> Iterator[Fault]:
    """Yield the words of a file's figures with another number.

    One that is written out differs by one, and in the place of one that is computed
    stands what somebody may have copied from an earlier run.
    """
    check = f"{SAID}[{source.path}]"
    for start, stop in strings(source.text):
        said = source.text[start:stop]
        for number in NUMBER.finditer(FORMATTED.sub(lambda m: "x" * len(m[0]), said)):
            span = start + number.start(), start + number.end()
            yield source.fault(*span, shifted(number[0]), check)
        for computed in FORMATTED.finditer(said):
            span = start + computed.start(), start + computed.end()
            yield source.fault(*span, "0.4637", check)


def strings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the strings stand that describe a figure: `alt` and `caption`."""
    lines = text.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        before = lines[line - 1].encode()[:column].decode()
        return sum(map(len, lines[: line - 1])) + len(before)

    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "figure":
            for keyword in call.keywords:
                if keyword.arg in ("alt", "caption"):
                    node = keyword.value
                    assert node.end_lineno is not None
                    assert node.end_col_offset is not None
                    start = place(node.lineno, node.col_offset)
                    yield start, place(node.end_lineno, node.end_col_offset)


def shifted(number: str) -> str:
    """Return a number whose last digit is another one, and no longer."""
    return number[:-1] + str((int(number[-1]) + 7) % 10)
