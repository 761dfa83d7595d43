"""Numbers in words of figures and labs, and the numbers of the code beside them."""

import ast
import re
from pathlib import Path

from mathcheck.page.numbers import SOURCED
from mathcheck.source.python import notebook

NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:[ \u202f,]\d{3})+|\d+)(?:\.\d+)?(?!\w)")
LOOKS = ("figsize", "alpha", "linewidth", "fontsize", "zorder", "sharey", "ha", "va")
LINK = re.compile(r"\]\([^)]*\)|\$[^$]+\$|`[^`]+`")


def constants(source: str, tree: ast.AST) -> set[str]:
    """Return the numbers of code as they are written, but for those of its looks."""
    looks = {
        part
        for keyword in ast.walk(tree)
        if isinstance(keyword, ast.keyword) and keyword.arg in LOOKS
        for part in ast.walk(keyword)
    }
    found = {
        plain(ast.get_source_segment(source, node) or "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
        if node not in looks
    }
    return found | {number.removesuffix(".0") for number in found}


def plain(number: str) -> str:
    """Return a number without what stands between its thousands."""
    return re.sub(r"[ \u202f,_]", "", number)


def numbers(words: str) -> list[str]:
    """Return the numbers in words."""
    return [match[0] for match in NUMBER.finditer(words)]


def words_of_figures(tree: ast.AST) -> list[str]:
    """Return the words that figures are described with, without what is computed."""
    return [
        "…".join(written(keyword.value))
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "figure"
        for keyword in call.keywords
        if keyword.arg in ("alt", "caption")
    ]


def written(text: ast.expr) -> list[str]:
    """Return the pieces of a string that are written out, in what it joins as well."""
    formats = {
        part
        for value in ast.walk(text)
        if isinstance(value, ast.FormattedValue) and value.format_spec
        for part in ast.walk(value.format_spec)
    }
    return [
        node.value
        for node in ast.walk(text)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node not in formats
    ]


def unfounded(path: Path) -> list[str]:
    """Return the numbers in words of a file that the code beside them does not have.

    Beside a figure of a page are the function that draws it and what its module sets,
    beside the words of a lab all its code. Its prose may carry a source instead, which
    the checker compares.
    """
    source = path.read_text("utf-8")
    module = ast.parse(source)
    lab = "# %%" in source
    parts = [module] if lab else module.body
    settings = [node for node in module.body if isinstance(node, ast.Assign)]
    everywhere = set().union(*(constants(source, node) for node in settings))
    found = []
    for part in parts:
        said = words_of_figures(part)
        if lab:
            prose, _ = notebook(source)
            said.append(LINK.sub("", SOURCED.sub("", prose)))
        known = constants(source, part) | everywhere
        found += [n for words in said for n in numbers(words) if plain(n) not in known]
    return found
