"""What a sentence supposes and does not claim: "if $j = c$", "for $N = 1$".

A relation in the running text is a supposition only if it stands right after a word
that supposes, and is true at some points and false at others. After `if` it may be any
relation; after `for` or `with`, which also introduce reasons, it is one relation in
which a free symbol stands alone on one side.
What the same sentence goes on to claim may then be true under the supposition only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from mathcheck.page.restrict import Reach, reach
from mathcheck.page.words import (
    ANYWAY,
    EITHER_WAY,
    ENDS,
    FAILING,
    GOES_ON,
    IS_REGULAR,
    JOINED,
    OTHERWISE,
    REGULAR_MATRIX,
    UNIVERSALLY,
    After,
    Said,
    asks,
    assumes,
    following,
    leads_on,
    said_again,
    said_by,
)
from mathcheck.read.claims import Statement
from mathcheck.read.conditions import contrary
from mathcheck.read.formula import Formula
from mathcheck.read.implications import EQUALITY
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Meaning, Scope, Variable
from mathcheck.read.syntax import (
    Absolute,
    Both,
    Call,
    Indexed,
    Member,
    Node,
    Relation,
    Symbol,
)
from mathcheck.read.tree import unbracketed
from mathcheck.read.where import restricts
from mathcheck.source.blocks import Element
from mathcheck.trial.points import POINTS, has_equation, laid_out, needed
from mathcheck.trial.quantified import over_stated_sets
from mathcheck.trial.sizes import choices

REST = 400  # characters after a formula, in which its sentence ends
SUPPOSED = ("supposes", "excepts", "concedes")


@dataclass(frozen=True)
class Context:
    """The words around a formula, and what its sentence has supposed before it."""

    said: Said = field(default_factory=Said)
    supposed: tuple[Node, ...] = ()
    after: After = ""  # what it says of the formula that follows
    next: Formula | None = None
    reach: Reach = field(default_factory=Reach)  # what it would narrow, as a relation
    universal: bool = False  # what follows is said of all that satisfies the next one
    equality: bool = False  # what follows is said of equality in it

    @property
    def key(self) -> str:
        """All that a verdict may depend on."""
        latex = self.next.latex if self.next else ""
        said = self.said, self.supposed, self.after, latex, self.reach, self.universal
        return repr((said, self.equality))


class Sentences:
    """Follows the sentences of a page from formula to formula."""

    def __init__(self, items: list[Formula], text: str) -> None:
        self.text = text
        self.following = dict(pairwise(items))
        self.before = {after: before for before, after in pairwise(items)}
        self.end = 0
        self.last: Said | None = None  # of the condition that is just before
        self.ended = True  # by a full stop inside of the formula before
        self.joint = ""  # the word between two suppositions
        self.assumed = False  # the sentence only supposes: "Suppose that $x = 0$."
        self.supposed: list[Node] = []
        self.declared: list[Meaning] = []  # by the sentence
        self.born: dict[str, int] = {}  # where symbols were declared last

    def context(self, formula: Formula) -> Context:
        """Return the words before and after a formula."""
        item = formula.element
        between = self.text[self.end : item.offset]
        if self.assumed and leads_on(between):
            self.last = None
        elif self.end > item.offset or self.ended or self.ends(between, item):
            self.assumed = assumes(item.before)
            self.supposed, self.last, self.declared = [], None, []
        elif ANYWAY.search(between):
            self.supposed = []
        elif self.last and self.supposed and EITHER_WAY.match(between):
            self.supposed.pop()
        elif self.last and self.supposed and FAILING.match(between):
            self.supposed.append(contrary(self.supposed.pop()))
        elif OTHERWISE.search(between) and self.supposed:
            self.supposed = [contrary(Both(tuple(self.supposed)))]
        if item.display:
            self.declared = []
        said = said_by(item.before)
        rest = self.text[item.offset + len(item.latex) :][:REST]
        if not said.sense and asks(item.before, rest):
            said = replace(said, sense="concedes")
        elif not said.sense and said_again(item.before, rest):
            said = replace(said, sense="introduces", denied=False)
        self.joint = ""
        joined = JOINED.match(between.rstrip("$"))
        if self.last and joined and (self.supposed or joined[1].lower() == "and"):
            said = replace(self.last, concludes=said.concludes)
            self.joint = joined[1].lower()
        supposed = () if "<!--" in between else tuple(self.supposed)
        if item.display or "<!--" in between:
            self.supposed = []
        self.end, self.last = item.offset + len(item.latex), None
        self.ended = item.latex.rstrip().endswith((".", "!", "?"))
        after = self.following.get(formula)
        words = self.text[self.end : after.offset].rstrip("$") if after else ""
        if EQUALITY.match(words):  # also as a sentence of its own, or after a display
            words = words.lstrip("$ .,\n")
        elif item.display:
            after = None
        spoken = bool(after) and not ENDS.search(words)
        link, equality = following(words) if spoken else ("", False)
        if item.display:
            said = replace(said, sense="", restricts=False)
        within = Reach()
        if not item.display and not said.denied:
            before = self.before.get(formula)  # in the text: indices are read first
            last = before.offset + len(before.latex) if before else 0
            within = reach(
                self.text, last, item.offset, self.end, self.born, said.restricts
            )
        universal = bool(link) and bool(UNIVERSALLY.match(words))
        return Context(
            said, supposed, link, after if link else None, within, universal, equality
        )

    def ends(self, between: str, item: Element) -> bool:
        """Say whether a sentence ends between two formulas."""
        line = self.text[self.text.rfind("\n", 0, self.end) + 1 : self.end]
        if line.lstrip(" >").startswith("#") and "\n" in between:
            return True
        found = list(ENDS.finditer(between))
        if not found:
            return False
        opening = between.rstrip("$").rstrip("\\[ \t>")
        paragraph = len(found) == 1 and not found[0][0].strip(" \t\n>")
        return not (item.display and paragraph and GOES_ON.search(opening))

    def declare(self, found: Sequence[Meaning], at: int) -> None:
        """Remember what the sentence declares."""
        self.declared += found
        self.born |= {meaning.name: at for meaning in found}

    def invertible(self, item: Element) -> bool:
        """Say whether words beside a declaration say that a matrix is invertible."""
        after = self.text[item.offset + len(item.latex) :]
        return bool(IS_REGULAR.match(after) or REGULAR_MATRIX.search(item.before))

    def suppose(self, node: Node, context: Context) -> None:
        """Remember what the sentence supposes."""
        said = context.said
        self.last = said
        if said.sense == "concedes" or (said.denied and said.sense != "excepts"):
            return
        excepted = said.sense == "excepts"
        node = contrary(node) if excepted else node
        if self.joint == ("and" if excepted else "or") and self.supposed:
            node = Both((self.supposed.pop(), node), any=True)
        self.supposed.append(node)


def supposes(
    scope: Scope, node: Node, conditions: Sequence[Node], context: Context
) -> bool:
    """Say whether a relation that does not hold everywhere is a supposition."""
    sense = context.said.sense
    allowed = sense in SUPPOSED or context.after == "implies"
    if not isinstance(node, Member | Relation) or (
        isinstance(node, Relation) and r"\approx" in node.operators
    ):
        return False
    if isinstance(node, Relation) and sense in ("introduces", "tells"):
        allowed = free_symbol(scope, node)
        if sense == "tells":
            allowed = allowed and restricts(scope, node)
    return allowed and satisfiable(scope, node, conditions)


def widens(scope: Scope, conditions: Sequence[Node]) -> bool:
    """Say whether conditions speak of values beyond those that are declared."""
    return over_stated_sets(scope, list(conditions)) is not scope


def free_symbol(scope: Scope, node: Relation) -> bool:
    """Say whether one relation has a declared symbol, or a component, on one side."""
    if len(node.operators) > 1 and node.operators not in (("<", "<"), (r"\le", r"\le")):
        return False
    for side in node.sides:
        inner = unbracketed(side)
        if isinstance(inner, Call) and len(inner.arguments) == 1:
            inner = inner.arguments[0]  # set log C = ...
        if isinstance(inner, Absolute):
            inner = unbracketed(inner.body)
        base = inner.base if isinstance(inner, Indexed) else inner
        if isinstance(base, Symbol) and isinstance(scope.plain(base.name), Variable):
            return True
    return False


def satisfiable(
    scope: Scope, node: Node, conditions: Sequence[Node], least: int = 1
) -> bool:
    """Say whether there are points at which a relation holds, at no smaller sizes."""
    together = [*conditions, node]
    meanings = needed(scope, together)
    for sizes in choices(meanings, together, together):
        if min(sizes.values(), default=least) < least:
            continue
        try:
            with np.errstate(all="ignore"):
                # At edges all may be 0, which says nothing of an equation
                edges = least == 1 or not has_equation(node)
                found = laid_out(scope, meanings, sizes, together, POINTS, edges=edges)
                if found is not None:
                    return True
        except Problem:
            continue
    return False


def relation_after(context: Context, scope: Scope) -> Node | None:
    """Return the relation after a claim that says when it holds, if one does."""
    if context.next is None or context.next.element.display:
        return None
    try:
        found = context.next.statements(scope)
    except Problem:
        return None
    if len(found) != 1 or found[0].problem:
        return None
    node = found[0].node
    if found[0].kind == "declaration":
        return stated_again(found[0], scope)
    if not isinstance(node, Relation):
        return None
    return node if context.after != "where" or restricts(scope, node) else None


def stated_again(statement: Statement, scope: Scope) -> Node | None:
    """Return that a declared symbol is in the set in which it is declared anew."""
    meaning = statement.declares[-1]
    if not isinstance(meaning, Variable) or meaning.family:
        return None
    known = isinstance(scope.plain(meaning.name), Variable)
    return Member(Symbol(meaning.name), meaning.space) if known else None
