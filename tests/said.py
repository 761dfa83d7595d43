"""Numbers in words of figures and labs, and the numbers of the code beside them."""

import ast
import re
from pathlib import Path

from mathcheck.page.numbers import SOURCED
from mathcheck.source.python import notebook

NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:[ \u202f,]\d{3})+|\d+)(?:\.\d+)?(?!\w)")
LINK = re.compile(r"\]\([^)]*\)|\$[^$]+\$|`[^`]+`")


def constants(source: str) -> set[float]:
    """Return the numbers that stand in code; a sign is no part of them."""
    return {
        float(node.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }


def numbers(words: str) -> list[str]:
    """Return the numbers in words."""
    return [match[0] for match in NUMBER.finditer(words)]


def value(number: str) -> float:
    """Return what a number in words says."""
    return float(re.sub(r"[ \u202f,]", "", number))


def words_of_figures(source: str) -> list[str]:
    """Return the words that figures are described with, without what is computed."""
    return [
        "…".join(written(keyword.value))
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "figure"
        for keyword in call.keywords
        if keyword.arg in ("alt", "caption")
    ]


def written(text: ast.expr) -> list[str]:
    """Return the pieces of a string that are written out, not computed."""
    match text:
        case ast.Constant(value=str(said)):
            return [said]
        case ast.JoinedStr(values=parts):
            return [piece for part in parts for piece in written(part)]
        case ast.BinOp(left=one, right=other):
            return [*written(one), *written(other)]
    return []


def unfounded(path: Path) -> list[str]:
    """Return the numbers in words of a file that its code does not have.

    In the prose of a lab one may carry a source instead, which the checker compares.
    """
    source = path.read_text("utf-8")
    said = words_of_figures(source)
    if "# %%" in source:
        prose, _ = notebook(source)
        said.append(LINK.sub("", SOURCED.sub("", prose)))
    known = constants(source)
    found = [number for words in said for number in numbers(words)]
    return [number for number in found if value(number) not in known]
