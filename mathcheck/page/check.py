"""A page from top to bottom: what it says, and what became of each statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mathcheck.page.binding import Dictionary, Row, bind, rows
from mathcheck.page.element import ElementCheck
from mathcheck.page.explain import Explained, Explanation, Guide
from mathcheck.page.finding import Finding
from mathcheck.page.mutants import Tally
from mathcheck.page.numbers import numbers
from mathcheck.page.suppose import Sentences
from mathcheck.page.theorems import Break, breaks, lacking, results
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.statements import read
from mathcheck.read.syntax import (
    Naturals,
    Range,
)
from mathcheck.source.blocks import Element, Fault, Heading, place
from mathcheck.source.code import Code
from mathcheck.source.reading import read_file
from mathcheck.trial.examine import Verdict


@dataclass
class Page:
    """The findings of a page, and what its end leaves in force."""

    path: str
    findings: list[Finding]
    scope: Scope
    called: set[str] = field(default_factory=set)  # functions that its dictionary binds
    formulas: dict[int, str] = field(default_factory=dict)  # by where they start
    explanations: list[Explanation] = field(default_factory=list)
    symbols: list[Explained] = field(default_factory=list)  # of each formula
    theorems: list[int] = field(default_factory=list)  # where they start
    breaks: dict[int, tuple[Break, ...]] = field(default_factory=dict)
    form: str = "page"  # or notebook, or module
    order: list[int] = field(default_factory=list)  # of formulas, as a reader sees them
    found: int = 0  # formulas, with those that could not be read


def check_file(
    path: Path,
    shown: str,
    inherited: Scope | None = None,
    *,
    everywhere: bool = False,
    names: Code | None = None,
    tally: Tally | None = None,
    site: Path | None = None,
) -> Page:
    """Check all mathematics of a file, of a site as its `mkdocs.yml` says.

    What a page declares that is in force everywhere does not end with its section.
    """
    text = read_file(path, site)
    scope = inherited.inherited() if inherited else Scope()
    names = names or Code()
    read = text.reading
    page = Page(shown, [], scope, form=text.form, order=read.order, found=read.found)
    items = read.items
    dictionary = Dictionary(names)
    table = {row.offset: row for row in rows(text.prose)}
    guide = Guide(shown, text, everywhere)
    sentences = Sentences([i for i in items if isinstance(i, Element)], text.prose)

    def check_one(item: Element) -> list[Finding]:
        scope.here = guide.origin(item)
        found = checked(item)
        guide.note(item, scope, mention={f.kind for f in found} == {"mention"})
        return found

    def checked(item: Element) -> list[Finding]:
        if item.offset in table:
            row = table[item.offset]
            verdict = bind(row, item.latex, scope, dictionary)
            return [found_row(row, item, verdict, text.source, shown)]
        found = ElementCheck(item, text.source, shown, scope, sentences).remembered()
        if tally is not None:
            tally.add(item, found, scope)
        elif item.mark and item.mark.asks:
            found = [*found, *shown_as_asked(item, found)]
        return found

    def shown_as_asked(item: Element, found: list[Finding]) -> Iterator[Finding]:
        assert item.mark is not None
        broken = breaks(item, scope) if "break" in item.mark.asks else ()
        if broken:
            page.breaks[item.offset] = broken
        if why := lacking(item, found, broken):
            line, column = place(text.source, item.mark.offset)
            yield Finding(shown, line, column, "claim", "refused", item.latex,
                          offset=item.offset, detail=why)  # fmt: skip

    for group in paragraphs(items, text.prose):
        if isinstance(group, Heading):
            if not everywhere:
                scope.open_section(group.level)
        else:
            page.findings += check_paragraph(group, scope, check_one)
    for offset in {item.offset for item in items}:
        table.pop(offset, None)
    page.called = dictionary.called
    page.explanations, page.symbols = guide.explained()
    formulas = {i.offset: i for i in items if isinstance(i, Element)}
    page.formulas = {offset: item.latex for offset, item in formulas.items()}
    page.theorems = list(results(formulas))
    for row in table.values():
        line, column = place(text.source, row.source_offset)
        page.findings.append(
            Finding(shown, line, column, "binding", "refused", row.source,
                    offset=row.offset, detail="no formula in its first cell")
        )  # fmt: skip
    for number in numbers(text.prose, names) if page.form != "module" else ():
        line, column = place(text.source, number.offset)
        page.findings.append(
            Finding(shown, line, column, "number", number.status, number.text, 1, 1,
                    number.detail, number.offset, number.repair)
        )  # fmt: skip
    page.findings += [unread(fault, text.source, shown) for fault in read.faults]
    for mark in read.unused:
        line, column = place(text.source, mark.offset)
        page.findings.append(
            Finding(shown, line, column, "claim", "refused", "", offset=mark.offset,
                    detail="this comment is not on the line before a formula")
        )  # fmt: skip
    page.findings.sort(key=lambda found: found.offset)
    return page


def unread(fault: Fault, source: str, shown: str) -> Finding:
    """Return what cannot be read as a finding."""
    line, column = place(source, fault.offset)
    return Finding(
        path=shown,
        line=line,
        column=column,
        kind="claim",
        status="refused",
        latex=fault.latex,
        detail=f"{fault.message}: {fault.latex}" if fault.latex else fault.message,
        offset=fault.offset,
    )


def found_row(
    row: Row, item: Element, verdict: Verdict, source: str, shown: str
) -> Finding:
    """Return what became of a row of a dictionary."""
    line, column = place(source, item.offset + max(verdict.at, 0))
    return Finding(
        shown, line, column, "binding", verdict.status, f"{item.latex} | {row.source}",
        verdict.steps, verdict.points, verdict.detail, item.offset,
    )  # fmt: skip


def paragraphs(
    items: list[Heading | Element], text: str
) -> Iterator[Heading | list[Element]]:
    """Yield headings, and the formulas of each paragraph together."""
    group: list[Element] = []
    for item in items:
        apart = group and re.search(r"\n[ \t]*\n", text[group[-1].offset : item.offset])
        if group and (isinstance(item, Heading) or apart):
            yield group
            group = []
        if isinstance(item, Heading):
            yield item
        else:
            group.append(item)
    if group:
        yield group


def check_paragraph(
    group: list[Element], scope: Scope, check: Callable[[Element], list[Finding]]
) -> list[Finding]:
    """Check formulas in their order, but what declares an index first.

    "The component z_k, for k in {1, ..., K}" is one thought: a formula with a symbol
    that the same paragraph goes on to declare is read once more at its end.
    """
    indices = [item for item in group if declares_index(item, scope)]
    results = {item.offset: check(item) for item in indices}
    waiting = []
    for item in group:
        if item not in indices:
            results[item.offset] = check(item)
            if undefined(results[item.offset]):
                waiting.append(item)
    progress = True
    while waiting and progress:
        again = waiting
        waiting = []
        for item in again:
            results[item.offset] = check(item)
            if undefined(results[item.offset]):
                waiting.append(item)
        progress = len(waiting) < len(again)
    return [finding for item in group for finding in results[item.offset]]


def undefined(found: list[Finding]) -> bool:
    """Say whether a formula has a symbol that nothing declares."""
    return any(finding.status == "undefined" for finding in found)


def declares_index(item: Element, scope: Scope) -> bool:
    """Say whether a formula only declares new indices."""
    if item.display or item.mark or r"\in" not in item.latex:
        return False
    try:
        found = list(read(item.latex, scope.nested()))
    except Problem:
        return False
    meanings = [meaning for statement in found for meaning in statement.meanings]
    return bool(meanings) and all(
        isinstance(m, Variable)
        and isinstance(m.space, Range | Naturals)
        and not m.family
        and not scope.known(m.name)
        for m in meanings
    )
