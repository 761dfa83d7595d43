"""The prose of Python files: the text cells of notebooks, the docstrings of modules."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from mathcheck.source.blocks import Fault, Heading, blank

CELL = re.compile(r"^#[ \t]*%%.*$", re.MULTILINE)  # what begins a cell
PROSE = re.compile(r"\[(?:markdown|md)\]|\b(?:markdown|md)\b")
QUOTES = re.compile(r"\s*[rR]?(\"{3}|'{3})(?P<text>.*?)\1[ \t]*\n?\Z", re.DOTALL)
DOUBLED = re.compile(r"(\$*)((?:\\\\)+)")  # as one backslash is written in a string
EXAMPLE = re.compile(r"^[ \t]*(?:>>>|\.\.\.)[^\n]*$", re.MULTILINE)


def notebook(source: str) -> tuple[str, list[Fault]]:
    """Return the text cells of a notebook in percent format, place for place."""
    faults: list[Fault] = []
    starts = [match.start() for match in CELL.finditer(source)]
    pieces = [blank(source[: starts[0] if starts else len(source)])]
    for start, end in pairwise([*starts, len(source)]):
        head, newline, body = source[start:end].partition("\n")
        pieces += [blank(head), newline]
        if PROSE.search(head):
            text = cell(body)
            if text is None:
                faults.append(
                    Fault("this cell is neither comments nor one string", start)
                )
            pieces.append(text or blank(body))
        else:
            pieces.append(blank(body))
    return "".join(pieces), faults


def cell(body: str) -> str | None:
    """Return the text of a cell, in comments or in one string; None if it is code."""
    if string := QUOTES.fullmatch(body):
        before, after = body[: string.start("text")], body[string.end("text") :]
        return blank(before) + string["text"] + blank(after)
    lines = body.split("\n")
    if any(line.strip() and not line.startswith("#") for line in lines):
        return None
    return "\n".join(re.sub(r"^# ?", lambda m: blank(m[0]), line) for line in lines)


Numbers = int | float | tuple[object, ...]


def constants(source: str) -> dict[str, Numbers]:
    """Return the numbers that a notebook's code writes out, by the names they get.

    A name that gets another value anywhere is left out.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:  # commands to IPython
        return {}
    assigned = Counter(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    )
    return {
        name: value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        for name, value in written_out(target, node.value)
        if assigned[name] == 1
    }


def written_out(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, Numbers]]:
    """Yield the names of an assignment whose values are numbers, not computed."""
    if isinstance(target, ast.Name):
        with suppress(ValueError):
            number = ast.literal_eval(value)
            if isinstance(number, int | float | tuple):
                yield target.id, number
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for name, member in zip(target.elts, value.elts, strict=False):
            yield from written_out(name, member)


def as_shown(literal: str) -> str:
    r"""Return a string literal in which one backslash stands for each that it shows.

    >>> as_shown(r"'\\alpha'"), as_shown(r"r'\alpha'")
    ("' \\alpha'", "r'\\alpha'")
    """
    raw = "r" in literal[: literal.find(literal[-1])].lower()
    return literal if raw else DOUBLED.sub(half, literal)


def half(backslashes: re.Match[str]) -> str:
    """Return every other backslash, place for place, right behind its dollars."""
    dollars, doubled = backslashes.groups()
    return (dollars + doubled[::2]).rjust(len(backslashes[0]))


def docstrings(source: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the docstrings of a module; each is a section of its own."""
    headings = []
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(line: int, column: int) -> int:
        before = lines[line - 1].encode()[:column]  # ast counts bytes
        return starts[line - 1] + len(before.decode())

    kept = list(blank(source))
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if not isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) or not (body and ast.get_docstring(node, clean=False)):
            continue
        text = body[0]
        start = offset(text.lineno, text.col_offset)
        end = offset(text.end_lineno, text.end_col_offset)
        kept[start:end] = as_shown(source[start:end])
        level = 1 if isinstance(node, ast.Module) else 2
        headings += [Heading(level, start), *([Heading(2, end)] if level == 2 else [])]
    prose = "".join(kept)
    return EXAMPLE.sub(lambda match: blank(match[0]), prose), tuple(headings)
