"""How much is noticed? Formulas that hold are changed in one place, and tried again.

A sign, a number, an index, a letter, a limit: the slips of a careless author. Some of
the changed formulas are true by luck, so that no checker could reject all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mathcheck.page.element import ElementCheck
from mathcheck.page.finding import BAD, CLAIMS, Finding
from mathcheck.page.suppose import Sentences
from mathcheck.read.formula import Formula
from mathcheck.read.lexer import Token
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Scope

EACH = 2  # changes of one formula, at most
OTHER = {"+": "-", "-": "+", r"\le": r"\ge", r"\ge": r"\le", "<": ">", ">": "<"}


@dataclass(frozen=True)
class Change:
    """A formula that differs from another one in one place, and that place."""

    latex: str
    at: int
    old: str
    new: str


@dataclass
class Tally:
    """How many changed formulas were tried, and which of them passed."""

    each: int = EACH
    tried: int = 0
    passed: list[str] = field(default_factory=list)

    def add(self, formula: Formula, found: list[Finding], scope: Scope) -> None:
        """Try the changes of one formula, if it claims something and holds."""
        claims = [finding for finding in found if finding.kind in CLAIMS]
        mark = formula.element.mark
        shown_false = mark and not mark.asks
        if shown_false or not claims or any(f.status != "holds" for f in claims):
            return
        for changed in changes(formula, self.each):
            check = ElementCheck(changed, "", scope.nested(), Sentences([], ""))
            self.tried += 1
            if not any(finding.status in BAD for finding in check.run()):
                self.passed.append(changed.on_one_line())


def changes(formula: Formula, each: int = EACH) -> Iterator[Formula]:
    """Yield versions of a formula that differ from it in one place."""
    made = [change.latex for change in all_changes(formula)]
    step = max(1, len(made) // each)
    yield from map(formula.changed, dict.fromkeys(made[::step]))


def all_changes(
    formula: Formula, indices: Mapping[str, Iterable[str]] | None = None
) -> Iterator[Change]:
    """Yield every change of one place that a careless author may make.

    If indices are given, each with those that run over the same, it becomes one of
    those: one of the formula itself, if there is one.
    """
    try:
        latex, found = formula.latex, formula.tokens
    except Problem:
        return
    letters = [t for t in found if t.kind == "letter" and t.text not in ("e", "d")]
    for position, token in enumerate(found):
        before = [t.text for t in found[max(position - 2, 0) : position]]
        limit = before[-1:] == ["^"] or before == ["^", "{"]
        changed = instead(token, limit and found[position + 1].text == "}", letters)
        if indices and (before[-1:] == ["_"] or before == ["_", "{"]):
            names = {t.text for t in letters}
            others = sorted(indices.get(token.text, ()), key=lambda n: n not in names)
            binds = before[-1:] == ["{"] and found[position + 1].text == "="
            changed = [f"{{{name}}}" for name in others[: not binds]]
        for text in changed:
            if latex[token.at : token.end] == token.text:
                whole = latex[: token.at] + text + " " + latex[token.end :]
                yield Change(whole, token.at, token.text, text)


def instead(token: Token, limit: bool, letters: list[Token]) -> list[str]:
    """Return what a careless author may write in the place of a token."""
    if token.text in OTHER and token.kind in ("mark", "command"):
        return [OTHER[token.text]]
    if token.kind == "number" and token.text.isdigit():
        return [str(int(token.text) + 1)]
    if token.kind == "letter" and token in letters:
        others = sorted({t.text for t in letters} - {token.text})
        less = [f"{{{token.text}-1}}"] if limit else []
        middle = len(others) // 2
        return less + [f"{{{name}}}" for name in others[middle : middle + 1]]
    return []
