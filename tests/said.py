"""Numbers that are written by hand in the words of figures and labs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from drift.figures import descriptions
from mathcheck.page.numbers import SOURCED
from mathcheck.source.python import notebook

NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:[ \u202f,]\d{3})+|\d+)(?:\.\d+)?(?!\w)")
ELSEWHERE = re.compile(r"\]\([^)]*\)|\$[^$]+\$|`[^`]+`")  # links, formulas and code


def by_hand(path: Path) -> list[str]:
    """Return the numbers in words of a file that nothing computes.

    In the words of a figure the code beside them computes a number where it stands. In
    the prose of a lab a number has its source in a comment, which the checker compares.
    """
    source = path.read_text("utf-8")
    said = list(words_of_figures(ast.parse(source)))
    if "# %%" in source:
        prose, _ = notebook(source)
        said.append(ELSEWHERE.sub("", SOURCED.sub("", prose)))
    return [match[0] for words in said for match in NUMBER.finditer(words)]


def words_of_figures(tree: ast.AST) -> Iterator[str]:
    """Yield the words that figures are described with, without what is computed."""
    for text in descriptions(tree):
        yield "…".join(written(text))


def written(text: ast.expr) -> Iterator[str]:
    """Yield the pieces of a string that are written out, in what it joins as well."""
    formats = {
        part
        for value in ast.walk(text)
        if isinstance(value, ast.FormattedValue) and value.format_spec
        for part in ast.walk(value.format_spec)
    }
    for node in ast.walk(text):
        match node:
            case ast.Constant(value=str(words)) if node not in formats:
                yield words
            case ast.FormattedValue(value=ast.Constant(value=constant)):
                yield str(constant)
