"""What a sentence supposes and does not claim: "if $j = c$", "for $N = 1$".

A relation in the running text is taken for a supposition only if it is true at some
points and false at others, and if it is about indices and sizes, or stands after a word
that supposes. After `if` it may be any such relation; after `for` or `with`, which also
introduce reasons, it must give a value to a symbol that is free to take it.
"""

from __future__ import annotations

import re

import numpy as np

from mathcheck.problems import Problem
from mathcheck.read.syntax import (
    Finite,
    Indexed,
    Member,
    Naturals,
    Node,
    Range,
    Relation,
    Symbol,
)
from mathcheck.read.tree import symbols, unbracketed
from mathcheck.scope import Scope, Variable
from mathcheck.trial.points import POINTS, choices, laid_out, needed

STRONG = re.compile(
    r"\b(?:if|when|whenever|unless|suppose|supposing|assume|assuming|case|cases|needs?|"
    r"choose|choosing|put|set|setting|take|taking|let|"
    r"requires?|(?:such|suppose|assume|provided|given|unless|requires?|needs?) that|"
    r"provided|except|until|as soon as|as long as|even)\s*(?:\w+ly\s+)?[(*_]*\Z",
    re.IGNORECASE,
)


WEAK = re.compile(
    r"\b(?:for(?: all| every| each| any| which)?|with|where|at)\s*[(*_]*\Z",
    re.IGNORECASE,
)


JOINED = re.compile(r"\A\s*(?:,\s*)?(?:and|or|,)\s*\Z", re.IGNORECASE)


def strength(before: str, joined: str, last: str) -> str:
    """Return `strong`, `weak` or nothing, by the words before a formula.

    `joined` is the text since the formula before it, `last` what that one was.
    """
    if last and JOINED.match(joined):
        return last
    text = before[-60:]
    if STRONG.search(text):
        return "strong"
    return "weak" if WEAK.search(text) else ""


def supposes(scope: Scope, node: Node, conditions: list[Node], words: str) -> bool:
    """Say whether a relation that does not hold everywhere may be a supposition."""
    if isinstance(node, Member):
        allowed = words == "strong"
    elif not isinstance(node, Relation) or r"\approx" in node.operators:
        return False
    else:
        allowed = (
            words == "strong"
            or about_counts(scope, node)
            or (words == "weak" and gives_value(scope, node))
        )
    return allowed and satisfiable(scope, node, conditions)


def about_counts(scope: Scope, node: Relation) -> bool:
    """Say whether a relation is about indices, sizes and labels only."""
    names = symbols(node)
    meanings = [scope.plain(name) for name in names]
    return bool(names) and all(
        isinstance(m, Variable) and isinstance(m.space, Range | Naturals | Finite)
        for m in meanings
    )


def gives_value(scope: Scope, node: Relation) -> bool:
    """Say whether one side is a declared symbol, or a component of one."""
    for side in node.sides:
        inner = unbracketed(side)
        base = inner.base if isinstance(inner, Indexed) else inner
        if isinstance(base, Symbol) and isinstance(scope.plain(base.name), Variable):
            return True
    return False


def satisfiable(scope: Scope, node: Node, conditions: list[Node]) -> bool:
    """Say whether there are points at which a relation holds."""
    together = [*conditions, node]
    meanings = needed(scope, together)
    for sizes in choices(scope, meanings, together, together):
        try:
            with np.errstate(all="ignore"):
                if laid_out(scope, meanings, sizes, together, POINTS) is not None:
                    return True
        except Problem:
            continue
    return False
