r"""Formulas that a page shows as its results: sealed, and open to be broken.

`<!-- math: theorem -->` before a formula asks for a seal, which only one that claims
something and holds can have. `<!-- math: break -->` asks for its counter-examples: the
formula is changed in one place, as `mutants` changes all, and those changes are kept
that this run refutes. One comment may ask for both: `<!-- math: theorem, break -->`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from mathcheck.page.element import ElementCheck
from mathcheck.page.explain import LABEL
from mathcheck.page.finding import BAD, CLAIMS, Finding
from mathcheck.page.mutants import OTHER, Change, all_changes
from mathcheck.page.suppose import Sentences
from mathcheck.read.formula import Formula
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.syntax import Node, Range

MOST = 4  # changes that are shown of one formula
KINDS = ("sign", "index", "number", "letter")


@dataclass(frozen=True)
class Break:
    """A formula changed in one place, and the point at which it fails."""

    latex: str
    at: int  # where the change stands in it
    old: str
    new: str
    kind: str  # of what was changed: a sign, an index, a number, a letter
    detail: str  # both sides, and where


def lacking(formula: Formula, found: list[Finding], broken: tuple[Break, ...]) -> str:
    """Say why a formula cannot be shown as its comment asks; nothing if it can."""
    mark = formula.element.mark
    asked = mark.asks if mark else frozenset()
    if any(finding.status in BAD for finding in found):
        return ""  # which is a fault already
    if not asked or not any(finding.kind in CLAIMS for finding in found):
        return "marked as a result, but it claims nothing" if asked else ""
    if "break" in asked and not broken:
        return "marked to be broken, but no change of one sign or index is refuted"
    return ""


def breaks(formula: Formula, scope: Scope) -> tuple[Break, ...]:
    """Return changes of a formula that this run refutes.

    They are of a sign and of an index in turn, and of a number or a letter if there are
    too few of those.
    """
    without = formula.changed(LABEL.sub("", formula.latex))
    by_kind: dict[str, list[Change]] = {kind: [] for kind in KINDS}
    for change in all_changes(without, indices(scope)):
        by_kind[kind_of(change)].append(change)
    sign, index, number, letter = by_kind.values()
    found: list[Break] = []
    for change in [*in_turn(sign, index), *in_turn(number, letter)]:
        detail = refutation(without.changed(change.latex), scope)
        if detail:
            slip = change.latex, change.at, change.old, change.new
            found.append(Break(*slip, kind_of(change), detail))
        if len(found) == MOST:
            break
    return tuple(found)


def in_turn(*lists: list[Change]) -> Iterator[Change]:
    """Yield from each list in turn."""
    return (c for each in zip_longest(*lists) for c in each if c)


def indices(scope: Scope) -> dict[str, list[str]]:
    """Return for each index the others that are declared to run over the same."""
    found: dict[str, Node] = {}
    for frame in reversed(scope.frames):
        for meaning in frame.meanings.values():
            if isinstance(meaning, Variable) and isinstance(meaning.space, Range):
                if not meaning.family:
                    found.setdefault(meaning.name, meaning.space)
    return {
        name: [other for other in found if found[other] == space and other != name]
        for name, space in found.items()
    }


def refutation(formula: Formula, scope: Scope) -> str:
    """Return the point at which a changed formula fails; nothing if it has none."""
    check = ElementCheck(formula, "", scope.nested(), Sentences([], ""))
    bad = [finding for finding in check.remembered() if finding.status in BAD]
    refuted = [f.detail for f in bad if f.status == "refuted" and f.kind in CLAIMS]
    shown = [detail for detail in refuted if " left " in f" {detail}"]
    return shown[0] if shown and len(refuted) == len(bad) else ""


def kind_of(change: Change) -> str:
    """Say what sort of a slip a change is."""
    if change.old in OTHER:
        return "sign"
    if change.old.isdigit():
        return "number"
    before = change.latex[: change.at].rstrip()
    return "index" if before.endswith(("_", "_{")) else "letter"


def results(formulas: Iterable[Formula]) -> Iterator[int]:
    """Yield where the formulas stand that ask for a seal."""
    for formula in formulas:
        mark = formula.element.mark
        if mark and "theorem" in mark.asks:
            yield formula.offset
