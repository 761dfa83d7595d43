r"""Declarations: a symbol of another shape or a wider set, an index from 0, or none.

A narrower set is not tried: what holds for all of $\mathbb{R}$ holds for a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import EVERYWHERE, PAGE, Fault, Source, chosen, sources
from mathcheck.source.delimiters import FORMULA

NOTATION = "docs/notation.md"
DECLARED = re.compile(r"(?P<names>(?:(?!\\in\b)[^=<>])+?) *\\in (?P<set>[^=]+)")
REALS = r"\mathbb{R}"
VECTOR = r"\\mathbb\{R\}\^\{?[A-Z]\}?"
MATRIX = r"\\mathbb\{R\}\^\{[A-Z] \\times ([A-Z])\}"
INDEX = r"\\\{1, \\dots, ([A-Z])\\\}"
CHANGES = (  # a set, and another one in its place, with the group of the pattern for @
    (r"\\mathbb\{R\}", r"\mathbb{R}^K"),
    (VECTOR, REALS),
    (VECTOR, r"\mathbb{R}^{K \times K}"),
    (MATRIX, r"\mathbb{R}^@"),
    (MATRIX, REALS),
    (r"\\mathbb\{R\}_\{(?:>|\\ge) ?0\}", REALS),
    (r"\\Delta\^\{K-1\}", r"\mathbb{R}^K"),
    (r"\\Delta\^\{K-1\}", REALS),
    (r"[(\[]0, ?1[)\]]", REALS),
    (r"\\\{0, ?1\\\}", REALS),
    (r"\\mathbb\{N\}", REALS),
    (INDEX, r"\{0, \dots, @\}"),
    (INDEX, r"\{1, \dots, @ + 1\}"),
    (INDEX, REALS),
)


def faults(root: Path) -> Iterator[Fault]:
    """Yield the faults of the declarations that stand alone between two dollars."""
    for source in sources("declarations", root, "docs/*.md"):
        check = EVERYWHERE if source.path == NOTATION else PAGE
        for formula in FORMULA.finditer(source.text):
            declared = DECLARED.fullmatch(formula["inline"] or "")
            if declared:
                yield from changed(source, formula, declared, check)


def changed(
    source: Source, formula: re.Match[str], declared: re.Match[str], check: str
) -> Iterator[Fault]:
    """Yield a declaration of one other set, always the same, and one of none."""
    at = formula.start("inline")
    start, stop = at + declared.start("set"), at + declared.end("set")
    others = []
    for pattern, new in CHANGES:
        if match := re.fullmatch(pattern, declared["set"]):
            other = new.replace("@", match[1] if match.groups() else "")
            others.append(source.fault(start, stop, other, check))
    yield from chosen(others, 1, lambda fault: fault.name)
    yield source.fault(at + declared.end("names"), stop, "", check)
