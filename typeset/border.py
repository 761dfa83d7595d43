"""Whether the formulas of a page's HTML are those that were read, in their order.

The checker reads a page through the parser that renders it. Here the page itself is
looked at, with all that hooks and the cells of labs have put into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path

from mathcheck.command.report import failed
from mathcheck.page.check import Page as Checked
from mathcheck.source.blocks import one_line
from mathcheck.source.html import shown
from mathcheck.source.lines import Lines
from mathcheck.source.reading import text_of
from typeset.formulas import FORMULA


@dataclass(frozen=True)
class Difference:
    """A formula that was not read, or is not shown, and its place if it has one."""

    message: str
    line: int = 0
    column: int = 0


def differences(html: str, checked: Checked, source: Path) -> Iterator[Difference]:
    """Yield where the formulas of a page are not those that were read in its source.

    One that the checker has found there, and could not read, is not named twice.
    """
    known = {finding.latex for finding in failed(checked.findings)}
    text = text_of(source)
    lines = Lines(text)
    there = [one_line(formula.latex) for formula in shown(html).formulas]
    read = [one_line(checked.formulas[offset]) for offset in checked.order]
    matcher = SequenceMatcher(None, read, there, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        for number in range(first, last):
            said = f"read as a formula, and the page does not show it: {read[number]}"
            yield Difference(said, *lines.place(checked.order[number]))
        for latex in filter(lambda latex: latex not in known, there[start:end]):
            said = f"shown as a formula, and was not read: {latex}"
            yield Difference(said, *written(latex, text))
    drawn, seen = Counter(typeset(html)), Counter(there)
    for latex in (drawn - seen).elements():
        said = f"a formula in a comment, or in a tag that does not end: {latex}"
        yield Difference(said, *written(latex, text))
    for latex in (seen - drawn).elements():
        said = f"a formula in HTML, or with attributes, is not typeset: {latex}"
        yield Difference(said, *written(latex, text))


def typeset(html: str) -> list[str]:
    """Return the formulas that are typeset, however they are hidden."""
    found = FORMULA.finditer(html)
    return [one_line(unescape(tex["display"] or tex["inline"] or "")) for tex in found]


def written(latex: str, source: str) -> tuple[int, int]:
    """Return where LaTeX stands in a source; nowhere, if it came from elsewhere."""
    pattern = r"[\s>#]+".join(re.escape(word) for word in latex.split())
    found = re.search(pattern, source) if pattern else None
    return Lines(source).place(found.start()) if found else (0, 0)
