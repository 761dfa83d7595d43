"""A page from top to bottom: what it says, and what became of each statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from mathcheck.page.binding import Dictionary, Row, bind, rows
from mathcheck.page.element import ElementCheck
from mathcheck.page.explain import Explained, Explanation, Guide
from mathcheck.page.finding import Finding
from mathcheck.page.numbers import numbers
from mathcheck.page.suppose import Sentences
from mathcheck.page.theorems import Break, breaks, lacking, results
from mathcheck.page.words import OF_ALL
from mathcheck.read.formula import Formula
from mathcheck.read.inner import counted_by_all
from mathcheck.read.letters import letters_below
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.syntax import Naturals, Range
from mathcheck.source.blocks import Element, Fault, Heading, Mark, Text
from mathcheck.source.code import Code
from mathcheck.source.lines import Lines
from mathcheck.source.reading import read_file
from mathcheck.trial.examine import Verdict

UNDECLARED = re.compile(r"(?P<name>.+?) is not declared here\b")
Said = TypeVar("Said", Finding, Explanation)


class Witness(Protocol):
    """Who sees each formula with what was found, and what is in force after it."""

    def add(self, formula: Formula, found: list[Finding], scope: Scope) -> None:
        """See a formula; one with an undeclared symbol perhaps twice."""


@dataclass
class Page:
    """What was found on a page."""

    path: str
    findings: list[Finding]
    called: set[str] = field(default_factory=set)  # functions that its dictionary binds
    formulas: dict[int, str] = field(default_factory=dict)  # by where they start
    explanations: list[Explanation] = field(default_factory=list)
    symbols: list[Explained] = field(default_factory=list)  # of each formula
    theorems: list[int] = field(default_factory=list)  # where they start
    breaks: dict[int, tuple[Break, ...]] = field(default_factory=dict)
    form: str = "page"  # or notebook, or module
    order: list[int] = field(default_factory=list)  # of formulas, as a reader sees them
    found: int = 0  # formulas, with those that could not be read

    def renamed(self, names: Mapping[str, str]) -> Page:
        """Return the same of a page whose path, and those it names, are written so."""

        def named(said: Said) -> Said:
            return replace(said, path=names.get(said.path, said.path))

        return replace(
            self,
            path=names.get(self.path, self.path),
            findings=list(map(named, self.findings)),
            explanations=list(map(named, self.explanations)),
        )


def check_file(
    path: Path,
    shown: str,
    inherited: Scope | None = None,
    *,
    everywhere: bool = False,
    names: Code | None = None,
    witness: Witness | None = None,
    site: Path | None = None,
) -> tuple[Page, Scope]:
    """Check a file, one of a site as its `mkdocs.yml` says.

    Returned are what was found, and what is in force at its end. What a page declares
    that is in force everywhere does not end with its section.
    """
    text = read_file(path, site)
    read, lines = text.reading, text.lines
    parts = parts_of(read.items, lines)
    scope = inherited.inherited() if inherited else Scope()
    page = Page(shown, [], form=text.form, order=read.order, found=read.found)
    check = PageCheck(
        page, scope, text, lines, parts, names or Code(), everywhere, witness
    )
    page.findings += check.formulas()
    page.findings += check.rows_without_formula()
    if page.form != "module":
        page.findings += check.numbers()
    page.findings += check.unread(read.faults)
    page.findings += check.idle(read.unused)
    page.findings.sort(key=lambda found: found.offset)
    page.called = check.dictionary.called
    page.explanations, page.symbols = check.guide.explained()
    page.formulas = {formula.offset: formula.latex for formula in check.own}
    page.theorems = list(results(check.own))
    return page, scope


def parts_of(items: list[Heading | Element], lines: Lines) -> list[Heading | Formula]:
    """Return headings and formulas; a display knows the one right before it."""
    parts: list[Heading | Formula] = []
    for item in items:
        if isinstance(item, Heading):
            parts.append(item)
            continue
        last = parts[-1] if parts else None
        joined = isinstance(last, Formula) and last.element.display and item.display
        before = last if joined and isinstance(last, Formula) else None
        parts.append(Formula(item, lines, before))
    return parts


class PageCheck:
    """Checks what a page says, part by part."""

    def __init__(
        self, page: Page, scope: Scope, text: Text, lines: Lines,
        parts: list[Heading | Formula], names: Code, everywhere: bool,
        witness: Witness | None,
    ) -> None:  # fmt: skip
        self.page = page
        self.scope = scope
        self.text = text
        self.lines = lines
        self.parts = parts
        self.own = [part for part in parts if isinstance(part, Formula)]
        self.everywhere = everywhere
        self.witness = witness
        self.dictionary = Dictionary(names)
        self.table = {row.offset: row for row in rows(text.prose)}
        self.guide = Guide(page.path, text, everywhere)
        self.sentences = Sentences(self.own, text.prose)
        self.ended: dict[str, int] = {}  # the lines of declarations no longer in force

    def finding(self, at: int, **said: Any) -> Finding:
        """Return a finding about a place in the source."""
        line, column = self.lines.place(at)
        cell = self.lines.cell(at)
        return Finding(path=self.page.path, cell=cell, line=line, column=column, **said)

    def formulas(self) -> Iterator[Finding]:
        """Check the formulas, section by section."""
        for group in paragraphs(self.parts, self.text.prose):
            if not isinstance(group, Heading):
                yield from check_paragraph(group, self.scope, self.formula)
            elif not self.everywhere:
                self.open_section(group.level)

    def open_section(self, level: int) -> None:
        """Open a section, and keep which declarations end before it."""
        for frame in self.scope.frames:
            if frame.level >= level:
                declared = {
                    m.name: frame.origins.get(m.key) for m in frame.meanings.values()
                }
                self.ended |= {name: o.line for name, o in declared.items() if o}
        self.scope.open_section(level)

    def with_end(self, found: Finding) -> Finding:
        """Say of a symbol that is undeclared by now where it was declared."""
        said = UNDECLARED.match(found.detail)
        if found.status != "undefined" or not said or said["name"] not in self.ended:
            return found
        above = f"line {self.ended[said['name']]}"
        if self.page.form == "notebook":  # whose lines are counted in each cell
            above = "a cell above"
        detail = (
            f"{said[0]}: its declaration in {above} ended with that section; "
            "repeat it, or move it before the heading of that section"
        )
        return replace(found, detail=detail)

    def formula(self, formula: Formula) -> list[Finding]:
        """Check a formula, and explain its symbols as they are in force after it."""
        row = self.table.get(formula.offset)
        if row:
            verdict = bind(row, formula, self.scope, self.dictionary)
            found = [self.with_end(self.bound(row, formula, verdict))]
            self.guide.note(formula, self.scope, [], mention=False)
            return found
        check = ElementCheck(formula, self.page.path, self.scope, self.sentences)
        found = [self.with_end(one) for one in check.remembered()]
        mention = {f.kind for f in found} == {"mention"}
        self.guide.note(formula, self.scope, check.taken, mention=mention)
        if self.witness is not None:
            self.witness.add(formula, found, self.scope)
        elif mark := formula.element.mark:
            found = [*found, *self.shown_as_asked(formula, mark, found)]
        return found

    def shown_as_asked(
        self, formula: Formula, mark: Mark, found: list[Finding]
    ) -> Iterator[Finding]:
        """Break a formula if its comment asks for that; say what cannot be shown."""
        broken = breaks(formula, self.scope) if "break" in mark.asks else ()
        if broken:
            self.page.breaks[formula.offset] = broken
        if why := lacking(formula, found, broken):
            yield self.finding(
                mark.offset, kind="claim", status="refused", latex=formula.latex,
                offset=formula.offset, detail=why,
            )  # fmt: skip

    def bound(self, row: Row, formula: Formula, verdict: Verdict) -> Finding:
        """Return what became of a row of a dictionary."""
        return self.finding(
            formula.offset + max(verdict.at, 0), kind="binding", status=verdict.status,
            latex=f"{formula.latex} | {row.source}", steps=verdict.steps,
            points=verdict.points, detail=verdict.detail, offset=formula.offset,
        )  # fmt: skip

    def rows_without_formula(self) -> Iterator[Finding]:
        """Refuse the rows of dictionaries that have no formula in their first cell."""
        offsets = {part.offset for part in self.parts}
        for row in self.table.values():
            if row.offset not in offsets:
                yield self.finding(
                    row.source_offset, kind="binding", status="refused",
                    latex=row.source, offset=row.offset,
                    detail="no formula in its first cell",
                )  # fmt: skip

    def numbers(self) -> Iterator[Finding]:
        """Check the numbers in prose."""
        for number in numbers(self.text, self.dictionary.code):
            yield self.finding(
                number.offset, kind="number", status=number.status, latex=number.text,
                steps=1, points=1, detail=number.detail, offset=number.offset,
                repair=number.repair,
            )  # fmt: skip

    def unread(self, faults: list[Fault]) -> Iterator[Finding]:
        """Refuse what is, or looks like, a formula and cannot be read."""
        for fault in faults:
            named = f": {fault.latex}" if fault.latex else ""
            yield self.finding(
                fault.offset, kind="claim", status="refused", latex=fault.latex,
                offset=fault.offset, detail=fault.message + named,
            )  # fmt: skip

    def idle(self, unused: list[Mark]) -> Iterator[Finding]:
        """Refuse the comments that stand before no formula."""
        for mark in unused:
            yield self.finding(
                mark.offset, kind="claim", status="refused", latex="",
                offset=mark.offset,
                detail="this comment is not on the line before a formula",
            )  # fmt: skip


def paragraphs(
    items: list[Heading | Formula], text: str
) -> Iterator[Heading | list[Formula]]:
    """Yield headings, and the formulas of each paragraph together."""
    group: list[Formula] = []
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
    group: list[Formula], scope: Scope, check: Callable[[Formula], list[Finding]]
) -> list[Finding]:
    """Check formulas in their order, but what declares an index first.

    "The component z_k, for k in {1, ..., K}" is one thought: a formula with a symbol
    that the same paragraph goes on to declare is read once more at its end. So is
    "z_k > 0 for all k", which says by itself what k counts.
    """
    declared = {
        item.offset: new_indices(item, scope)
        for item in group
        if item is group[0] or not item.latex.lstrip().startswith("|")  # |x| of an x
    }
    names = set().union(*declared.values())
    indices = [
        item
        for item in group
        if (own := declared.get(item.offset))  # c_n is a family if n is declared too
        and names.isdisjoint(set().union(*map(letters_below, own)))
    ]
    results = {item.offset: check(item) for item in indices}
    waiting = []
    quantified = (i.latex for i in group if OF_ALL.search(i.element.before))
    of_all = [name for latex in quantified for name in latex.replace(",", " ").split()]
    for item in group:
        if item not in indices:
            with suppress(Problem):
                counted_by_all(item.tokens[:-1], of_all, scope)
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


def new_indices(formula: Formula, scope: Scope) -> set[str]:
    """Return the new indices that a formula declares, if it does nothing else."""
    item = formula.element
    if item.display or item.mark or not re.search(r"\\in\b|dots", item.latex):
        return set()
    try:
        found = formula.statements(scope)
    except Problem:
        return set()
    making = [s for s in found if s.kind in ("declaration", "definition")]
    declared = [
        meaning
        for statement in making
        for meaning in statement.declares
        if not isinstance(getattr(meaning, "body", None), Range)  # x \in S := \{1, 2\}
    ]
    only = all(
        isinstance(m, Variable)
        and isinstance(m.space, Range | Naturals)
        and not m.family
        and not scope.known(m.name)
        for m in declared
    )
    return {meaning.name for meaning in declared} if only else set()
