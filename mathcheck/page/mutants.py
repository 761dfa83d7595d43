"""How much is noticed? Formulas that hold are changed in one place, and tried again.

A sign, a number, an index, a letter, a limit, and what `slips` adds: the slips of a
careless author. Some of the changed formulas are true by luck, so that no checker could
reject all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mathcheck.page.element import ElementCheck
from mathcheck.page.finding import BAD, CLAIMS, Finding
from mathcheck.page.slips import Slip, plain, structural
from mathcheck.page.suppose import Sentences
from mathcheck.read.formula import Formula
from mathcheck.read.lexer import Token
from mathcheck.read.problems import Problem, Status
from mathcheck.read.scope import Scope

OTHER = {"+": "-", "-": "+", r"\le": r"\ge", r"\ge": r"\le", "<": ">", ">": "<"}


@dataclass(frozen=True)
class Change:
    """A formula that differs from another one in one place, and that place."""

    latex: str
    at: int
    old: str
    new: str

    @property
    def family(self) -> str:
        """What was changed: sign, relation, index, letter, number or limit."""
        if self.old in OTHER:
            return "sign" if self.old in "+-" else "relation"
        before = self.latex[: self.at].rstrip().removesuffix("{").rstrip()
        if before.endswith("^") and self.new.endswith("-1}"):
            return "limit"
        if self.old.isdigit():
            return "number"
        return "index" if before.endswith("_") else "letter"


@dataclass(frozen=True)
class Trial:
    """What became of a changed formula: the status of what is bad, or nothing."""

    offset: int  # of the formula on its page
    slip: Slip
    status: Status | None
    tells: bool  # something that what follows depends on


@dataclass
class Tally:
    """Tries the changes of the formulas of a page that claim something and hold."""

    choose: Callable[[list[Slip]], list[Slip]]
    tried: list[Trial] = field(default_factory=list)

    def add(self, formula: Formula, found: list[Finding], scope: Scope) -> None:
        """Try the changes of one formula, if it claims something and holds."""
        claims = [finding for finding in found if finding.kind in CLAIMS]
        mark = formula.element.mark
        shown_false = mark and not mark.asks
        if shown_false or not claims or any(f.status != "holds" for f in claims):
            return
        for slip in self.choose(slips(formula)):
            changed = formula.changed(slip.latex)
            check = ElementCheck(changed, "", scope.nested(), Sentences([], ""))
            after = check.run()
            bad = [f.status for f in after if f.status in BAD]
            status: Status | None = (
                "refuted" if "refuted" in bad else next(iter(bad), None)
            )
            tells = any(f.kind not in CLAIMS for f in after)
            self.tried.append(Trial(formula.offset, slip, status, tells))


def slips(formula: Formula) -> list[Slip]:
    """Return every change of one place, each LaTeX once, with its family."""
    without = formula.changed(plain(formula.latex))
    try:
        found = without.tokens
    except Problem:
        return []
    of_tokens = [Slip(c.family, c.latex) for c in all_changes(without)]
    made = {s.latex: s for s in [*of_tokens, *structural(without.latex, found)]}
    return list(made.values())


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
