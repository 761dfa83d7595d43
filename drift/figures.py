"""Figures of the pages: a number in their words that nothing computes, their place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import Fault, Source, chosen, sources
from typeset.plots import MARK

SAID = "tests/test_said.py::test_a_number_in_words_is_not_written_by_hand"
SHOWN = "tests/typeset/test_plots.py::test_every_figure_is_shown_once_on_the_page_of_its_stem"  # noqa: E501
FORMATTED = re.compile(r"\{(?!\{)[^{}]*\}")
COPIED = "0.4637"  # what somebody may have copied from an earlier run


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
    """Yield the words of a file's figures with a number that is not computed.

    It is another one, as a constant in braces too, or one that the code has as well.
    """
    own = constants(source.text)
    for start, stop in strings(source.text):
        for computed in FORMATTED.finditer(source.text, start, stop):
            for new in (COPIED, f"{{{COPIED}}}", *chosen(own, 1, computed[0].__add__)):
                yield source.fault(*computed.span(), new, f"{SAID}[{source.path}]")


def constants(text: str) -> set[str]:
    """Return the numbers that a file's code has."""
    return {
        repr(node.value)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }


def strings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the strings stand that describe a figure: `alt` and `caption`."""
    lines = text.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        before = lines[line - 1].encode()[:column].decode()
        return sum(map(len, lines[: line - 1])) + len(before)

    for node in descriptions(ast.parse(text)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = place(node.lineno, node.col_offset)
        yield start, place(node.end_lineno, node.end_col_offset)


def descriptions(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what figures are described with, `alt` and `caption`, as expressions."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "figure":
            for keyword in call.keywords:
                if keyword.arg in ("alt", "caption"):
                    yield keyword.value
