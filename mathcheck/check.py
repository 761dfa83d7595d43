"""A page from top to bottom: what it says, and what became of each statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from mathcheck.binding import Dictionary, Row, bind, rows
from mathcheck.blocks import Element, Heading, Mark, Text, elements, place, read_text
from mathcheck.code import Code
from mathcheck.numbers import numbers
from mathcheck.problems import Problem
from mathcheck.read.claims import Statement
from mathcheck.read.statements import read
from mathcheck.read.syntax import (
    Binary,
    Call,
    Indexed,
    Infinity,
    Interval,
    Naturals,
    Negated,
    Node,
    Number,
    Range,
    Symbol,
)
from mathcheck.read.tree import all_bound, symbols
from mathcheck.scope import Definition, Scope, Variable
from mathcheck.suppose import strength, supposes
from mathcheck.trial.examine import Verdict, examine

CLAIMS = ("claim", "approximation", "inequality")


@dataclass(frozen=True)
class Finding:
    """What became of one statement."""

    path: str
    line: int
    column: int
    kind: str
    status: str
    latex: str
    steps: int = 0
    points: int = 0
    detail: str = ""
    offset: int = field(default=0, compare=False)  # where its element starts
    repair: str = field(default="", compare=False)  # the digits that would be right


@dataclass
class Page:
    """The findings of a page, and what its end leaves in force."""

    path: str
    findings: list[Finding]
    scope: Scope
    called: set[str] = field(default_factory=set)  # functions that its dictionary binds


def check_file(
    path: Path,
    shown: str,
    inherited: Scope | None = None,
    *,
    everywhere: bool = False,
    names: Code | None = None,
) -> Page:
    """Check all mathematics of a file.

    What a page declares that is in force everywhere does not end with its section.
    """
    text = read_text(path)
    scope = inherited.inherited() if inherited else Scope()
    names = names or Code()
    page = Page(shown, [], scope)
    items, unused = elements(text.prose)
    if text.headings:  # of docstrings, in which # is no heading
        items = [item for item in items if isinstance(item, Element)]
        items = sorted([*items, *text.headings], key=lambda item: item.offset)
    dictionary = Dictionary(names)
    table = {row.offset: row for row in rows(text.prose)}
    words = Words()

    def check_one(item: Element) -> list[Finding]:
        if item.offset in table:
            row = table[item.offset]
            verdict = bind(row, item.latex, scope, dictionary)
            return [found_row(row, item, verdict, text.source, shown)]
        return check_element(item, text.source, shown, scope, words.before(item))

    for group in paragraphs(items, text.prose):
        if isinstance(group, Heading):
            if not everywhere:
                scope.open_section(group.level)
        else:
            page.findings += check_paragraph(group, scope, check_one)
    for offset in {item.offset for item in items}:
        table.pop(offset, None)
    page.called = dictionary.called
    for row in table.values():
        line, column = place(text.source, row.source_offset)
        page.findings.append(
            Finding(shown, line, column, "binding", "refused", row.source,
                    offset=row.offset, detail="no formula in its first cell")
        )  # fmt: skip
    for number in (
        numbers(text.prose, names) if path.suffix != ".py" or is_notebook(text) else ()
    ):
        line, column = place(text.source, number.offset)
        page.findings.append(
            Finding(shown, line, column, "number", number.status, number.text, 1, 1,
                    number.detail, number.offset, number.repair)
        )  # fmt: skip
    for mark in unused:
        line, column = place(text.source, mark.offset)
        page.findings.append(
            Finding(shown, line, column, "claim", "refused", "", offset=mark.offset,
                    detail="this comment is not on the line before a formula")
        )  # fmt: skip
    page.findings.sort(key=lambda found: found.offset)
    return page


def is_notebook(text: Text) -> bool:
    """Say whether a Python file is a notebook."""
    return "# %%" in text.source


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


class Words:
    """The words before formulas, which may make suppositions of them."""

    def __init__(self) -> None:
        self.end = 0
        self.last = ""

    def before(self, item: Element) -> str:
        """Return how much the words before a formula suppose it."""
        distance = item.offset - 1 - self.end
        joined = item.before[-distance:] if 0 < distance <= len(item.before) else "."
        found = (
            "" if item.display else strength(item.before, joined.lstrip("$"), self.last)
        )
        self.end, self.last = item.offset + len(item.latex), found
        return found


def check_element(
    item: Element, source: str, shown: str, scope: Scope, words: str = ""
) -> list[Finding]:
    """Check the statements of one formula, which the words before it may suppose."""
    found: list[Finding] = []

    def report(
        statement: Statement,
        status: str,
        verdict: Verdict | None = None,
        detail: str = "",
    ) -> None:
        at = verdict.at if verdict and verdict.at >= 0 else statement.at
        if status in ("holds", "refuted-on-purpose"):
            at = statement.at
        at = min(max(at, 0), len(item.latex))
        line, column = place(source, item.offset + at)
        kind = "definition" if statement.kind == "zero" else statement.kind
        latex = " ".join(item.latex[statement.at : statement.end].split())
        found.append(
            Finding(
                shown,
                line,
                column,
                kind,
                status,
                latex or " ".join(item.latex.split()),
                verdict.steps if verdict else 0,
                verdict.points if verdict else 0,
                detail or (verdict.detail if verdict else ""),
                item.offset,
            )
        )

    mark = item.mark
    whole = Statement(
        "claim", len(item.latex) - len(item.latex.lstrip()), len(item.latex)
    )
    if mark and mark.kind == "unchecked":
        if mark.reason:
            report(whole, "unchecked", detail=mark.reason)
        else:
            report(
                whole,
                "refused",
                detail="give a reason: <!-- math: unchecked: REASON -->",
            )
        return found
    if mark and mark.kind != "refuted":
        report(whole, "refused", detail=f"unknown comment <!-- math: {mark.kind} -->")
        return found
    try:
        for statement in read(item.latex, scope):
            verdict = settle(statement, scope)
            if verdict.status == "refuted" and not item.display and statement.node:
                if supposes(scope, statement.node, statement.conditions, words):
                    statement.kind = "mention"
                    verdict = Verdict("holds", detail="a supposition: it can be true")
            report(statement, verdict.status, verdict)
    except Problem as problem:
        report(
            whole,
            problem.status,
            Verdict(problem.status, detail=str(problem), at=problem.at),
        )
    except RecursionError:
        report(whole, "refused", detail="too deeply nested")
    except (
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AssertionError,
    ) as error:
        # a defect of the checker, which must not pass for a verdict
        detail = f"the checker fails on this formula ({type(error).__name__}: {error})"
        report(whole, "refused", detail=detail)
    return marked(found, mark) if mark else found


def marked(found: list[Finding], mark: Mark) -> list[Finding]:
    """Turn the verdicts of a formula that is shown because it is false."""
    claims = [f for f in found if f.kind in CLAIMS]
    refuted = [f for f in claims if f.status == "refuted"]
    if refuted:
        return [
            replace(f, status="refuted-on-purpose") if f in refuted else f
            for f in found
        ]
    if any(f.status in ("refused", "undefined") for f in found) or not claims:
        return found
    del mark
    first = claims[0]
    detail = f"marked as refuted, but it holds ({first.detail})"
    return [
        replace(f, status="refuted", detail=detail) if f is first else f for f in found
    ]


def settle(statement: Statement, scope: Scope) -> Verdict:
    """Take a statement in: declare what it declares, and try what it claims."""
    if statement.problem:
        problem = statement.problem
        return Verdict(problem.status, detail=str(problem), at=problem.at)
    if statement.kind == "zero":
        scope.frames[-1].zero_log_zero = True
        return Verdict("holds")
    if statement.kind == "declaration":
        for meaning in statement.meanings:
            scope.add(meaning)
        return Verdict("holds")
    if statement.kind == "definition":
        return define(statement, scope)
    assert statement.node is not None
    if captured := capture(statement):
        return Verdict("refused", detail=captured, at=statement.at)
    return examine(scope, statement.node, statement.conditions)


def capture(statement: Statement) -> str:
    """Say which letter of a condition is bound in the statement, if one is."""
    assert statement.node is not None
    free = (
        set().union(*map(symbols, statement.conditions))
        if statement.conditions
        else set()
    )
    both = sorted(free & all_bound(statement.node))
    if not both:
        return ""
    return (
        f"{both[0]} is bound by a sum and also stands in the condition; "
        "rename one of the two"
    )


def define(statement: Statement, scope: Scope) -> Verdict:
    """Take a definition in, if it can be evaluated."""
    meaning = statement.meanings[0]
    assert isinstance(meaning, Definition)
    tried = examinable(meaning, scope)
    scope.add(meaning)
    if tried is not None:
        verdict = examine(scope, tried, statement.conditions)
        if verdict.status == "refused" and meaning.parameters:  # perhaps of numbers
            inner = scope.nested()
            for name in meaning.parameters:
                inner.add(Variable(name, REALS))
            of_numbers = examine(inner, tried, statement.conditions)
            verdict = of_numbers if of_numbers.status == "holds" else verdict
        if verdict.status != "holds":
            return verdict
        return Verdict("holds", detail=verdict.detail)
    return Verdict("holds")


REALS = Interval(Negated(Infinity()), Infinity(), True, True)


def argument(meaning: Definition, name: str) -> Node:
    """Return a parameter as the definition writes it: as a square, perhaps."""
    symbol = Symbol(name)
    return Binary("^", symbol, Number("2")) if name in meaning.squared else symbol


def alone(meaning: Variable | Definition | None) -> bool:
    """Say whether a name has a value that needs no index."""
    return isinstance(meaning, Variable) or (
        meaning is not None and not meaning.indices
    )


def examinable(meaning: Definition, scope: Scope) -> Node | None:
    """Return an expression that evaluates a definition, if all it takes is declared."""
    parameters = meaning.parameters or ()
    if not all(alone(scope.plain(name)) for name in parameters):
        return None
    if meaning.indices:
        base: Node = Symbol(meaning.name)
        if meaning.parameters is not None:
            base = Call(meaning.name, tuple(argument(meaning, n) for n in parameters))
        return Indexed(base, tuple(Symbol(name) for name, _ in meaning.indices))
    if meaning.parameters is not None:
        return Call(meaning.name, tuple(argument(meaning, name) for name in parameters))
    return Symbol(meaning.name)
