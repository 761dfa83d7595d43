"""What a sentence supposes and does not claim: "if $j = c$", "for $N = 1$".

A relation in the running text is a supposition only if it stands right after a word
that supposes, and is true at some points and false at others. After `if` it may be any
relation; after `for` or `with`, which also introduce reasons, it is one relation in
which a free symbol stands alone on one side.
What the same sentence goes on to claim may then be true under the supposition only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from mathcheck.read.formula import Formula
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Meaning, Scope, Variable
from mathcheck.read.syntax import Call, Indexed, Member, Node, Relation, Symbol
from mathcheck.read.tree import unbracketed
from mathcheck.trial.points import POINTS, laid_out, needed
from mathcheck.trial.sizes import choices

STRONG = re.compile(
    r"\b(?:if|when|whenever|unless|suppose|supposing|assume|assuming|in the case|"
    r"is the case|needs?|requires?|except|until|"
    r"(?:such|suppose|assume|provided|given|unless|requires?|needs?) that)\s*[(*_]*\Z",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"\b(?:for(?: all| every| each| any| which)?|where|at|over|"
    r"(?<!starts )(?<!start )(?<!begins )(?<!begin )(?<!ends )(?<!end )with|"
    r"choose|choosing|put|set|setting|take|taking|let|"
    r"conditions?|(?:\A|[.:*#>\n]\s*)cases?)\s*[(*_]*\Z",
    re.IGNORECASE,
)
JOINED = re.compile(r"\A\$?\s*,?\s*(?:and|or)\s*\Z", re.IGNORECASE)
# Words that make the formula after a claim its condition
CONDITIONED = re.compile(
    r"\A\$?\s*,?\s*(?:exactly |only |but only |precisely |just )?"
    r"(?:if|when|whenever|provided(?: that)?|if and only if|iff|as long as|for)\s*\Z"
)
CONCLUDING = re.compile(
    r"\b(?:so|hence|thus|therefore|implies|then|that|clearly|always)\s*[(*_]*\Z",
    re.IGNORECASE,
)
# Words after a declaration that leave out some of the values
RESTRICTING = re.compile(
    r"\b(?:with|where|such that|so that|satisfying|subject to)\s*[(*_]*\Z",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?]['\")*_]*(?:\s|\Z)|\n#")


@dataclass
class Context:
    """The words around a formula, and what its sentence has supposed before it."""

    strength: str = ""  # `strong`, `weak` or nothing
    concludes: bool = False
    supposed: list[Node] = field(default_factory=list)
    restricts: bool = False  # it says more of what was just declared
    condition: Formula | None = None  # the formula after it, which restricts it


def after_words(before: str) -> Context:
    """Return what the words before a formula make of it."""
    before = before[-60:]
    weak = "weak" if WEAK.search(before) else ""
    strength = "strong" if STRONG.search(before) else weak
    concludes, restricts = CONCLUDING.search(before), RESTRICTING.search(before)
    return Context(strength, bool(concludes), restricts=bool(restricts))


class Sentences:
    """Follows the sentences of a page from formula to formula."""

    def __init__(self, items: list[Formula], text: str) -> None:
        self.text = text
        self.following = dict(pairwise(items))
        self.end = 0
        self.last = ""
        self.supposed: list[Node] = []
        self.declared: list[Meaning] = []  # by the sentence

    def context(self, formula: Formula) -> Context:
        """Return the words before and after a formula."""
        item = formula.element
        between = self.text[self.end : item.offset]
        if SENTENCE_END.search(between) or self.end > item.offset:
            self.supposed = []
            self.declared = []
        if item.display or "\n\n" in between:
            self.declared = []
        said = after_words(item.before)
        found = said.strength
        if self.last and JOINED.match(between.rstrip("$")):
            found = self.last
        supposed = list(self.supposed)
        if item.display or "<!--" in between:
            self.supposed = []
        self.end, self.last = item.offset + len(item.latex), ""
        after = self.following.get(formula)
        words = self.text[self.end : after.offset].rstrip("$") if after else ""
        words = "" if "\n\n" in words else words
        return Context(
            "" if item.display else found,
            said.concludes,
            supposed if "<!--" not in between else [],
            said.restricts and not item.display,
            after if CONDITIONED.match(words) and not item.display else None,
        )

    def suppose(self, node: Node, context: Context) -> None:
        """Remember what the sentence supposes."""
        self.supposed.append(node)
        self.last = context.strength


def supposes(
    scope: Scope, node: Node, conditions: Sequence[Node], context: Context
) -> bool:
    """Say whether a relation that does not hold everywhere is a supposition."""
    if isinstance(node, Member):
        allowed = context.strength == "strong"
    elif not isinstance(node, Relation) or r"\approx" in node.operators:
        return False
    else:
        allowed = context.strength == "strong" or (
            context.strength == "weak" and free_symbol(scope, node)
        )
    return allowed and satisfiable(scope, node, conditions)


def free_symbol(scope: Scope, node: Relation) -> bool:
    """Say whether one relation has a declared symbol, or a component, on one side."""
    if len(node.operators) > 1 and node.operators not in (("<", "<"), (r"\le", r"\le")):
        return False
    for side in node.sides:
        inner = unbracketed(side)
        if isinstance(inner, Call) and len(inner.arguments) == 1:
            inner = inner.arguments[0]  # set log C = ...
        base = inner.base if isinstance(inner, Indexed) else inner
        if isinstance(base, Symbol) and isinstance(scope.plain(base.name), Variable):
            return True
    return False


def satisfiable(scope: Scope, node: Node, conditions: Sequence[Node]) -> bool:
    """Say whether there are points at which a relation holds."""
    together = [*conditions, node]
    meanings = needed(scope, together)
    for sizes in choices(meanings, together, together):
        try:
            with np.errstate(all="ignore"):
                found = laid_out(scope, meanings, sizes, together, POINTS, edges=True)
                if found is not None:
                    return True
        except Problem:
            continue
    return False


def condition_after(context: Context, scope: Scope) -> Node | None:
    """Return the relation after a claim that is its condition, if it is one."""
    if context.condition is None or context.condition.element.display:
        return None
    try:
        found = context.condition.statements(scope)
    except Problem:
        return None
    if len(found) != 1 or found[0].problem or not isinstance(found[0].node, Relation):
        return None
    return found[0].node
