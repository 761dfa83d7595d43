r"""Quantifiers within a condition: `\text{if } x_i = 0 \text{ for all } i`.

An index that the statement itself leaves free is quantified for the whole of it, and
the condition holds for one value at a time. Any other is quantified in the condition.
What words say of all members is written as a relation: \text{if all } p_i \text{ are
equal}.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from mathcheck.read.bounds import counted_in
from mathcheck.read.conditions import COMPARING, UNIVERSAL
from mathcheck.read.grammar import parser_of
from mathcheck.read.lexer import Token, mark
from mathcheck.read.problems import Problem
from mathcheck.read.roles import ended
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.segments import Segment
from mathcheck.read.sets import space
from mathcheck.read.syntax import Every, Member, Node, Range, Symbol
from mathcheck.read.tree import symbols

OF_ALL = ("if all", "when all", "whenever all", "if every", "if each", "if all of")
EQUAL = re.compile(
    r"\s*(?:are|is)\s+(?:all\s+)?(?:equal|the same|alike|identical)\s*[.,;]?\s*"
    r"|\s*(?:coincide|agree)\s*[.,;]?\s*",
    re.IGNORECASE,
)


def quantified(parts: Sequence[Segment], position: int, scope: Scope) -> set[str]:
    r"""Return the indices that words quantify before a condition or after it."""
    names: set[str] = set()
    for part in parts[position : position + 1]:  # \text{if all } p_i = c
        names |= indices_behind(part, OF_ALL, scope)
    for before, part in pairwise(parts[position:]):
        if before.new_row or part.new_row:
            break
        if before.before == "words" and before.tokens:
            names |= indices_behind(part, UNIVERSAL, scope)
    return names


def quantified_behind(
    parts: Sequence[Segment], position: int, scope: Scope
) -> set[str]:
    r"""Return the indices of \text{for all } i behind a condition, if that follows."""
    part = next(iter(parts[position:]), None)
    if part is None or part.new_row:
        return set()
    return indices_behind(part, UNIVERSAL, scope)


def indices_behind(part: Segment, words: Sequence[str], scope: Scope) -> set[str]:
    """Return the indices that stand behind certain words."""
    if part.words.lower().strip(" ,") not in words:
        return set()
    letters = (token.text for token in part.tokens if token.kind == "letter")
    return set(filter(scope.is_index, letters))


def within(
    node: Node | None, conditions: Sequence[Node], names: set[str], scope: Scope
) -> tuple[Node, ...]:
    """Return conditions of a statement with the indices that are quantified in them."""
    own = names - symbols(node) if node else set()
    result = []
    for condition in conditions:
        if isinstance(condition, Member) and isinstance(condition.element, Symbol):
            name = condition.element.name
            if name in own and condition.space == scope.space(name):
                continue
        here = tuple(sorted(own & symbols(condition)))
        result.append(Every(here, condition, at=condition.at) if here else condition)
    return tuple(result)


def counted_by_all(found: Sequence[Token], names: Sequence[str], scope: Scope) -> None:
    """Declare what is new of indices of which something is said for all of them.

    What such an index runs over, the names tell below which it stands.
    """
    for name in names:
        if not scope.known(name):
            counted = counted_in(parser_of(ended(found), scope), name)
            if counted is not None:
                scope.add(Variable(name, counted))


def indices_of_all(found: Sequence[Token], scope: Scope) -> None:
    r"""Declare the new indices of \forall k, \text{for all } k and \forall k \in S."""
    for position, token in enumerate(found, 1):
        if token.text != r"\forall" and not is_universal(token):
            continue
        after = [t for formula in token.formulas for t in formula if t.kind != "end"]
        after = after or [*found[position:]]
        listed = list(itertools.takewhile(is_listed, after))
        names = [t.text for t in listed if t.kind == "letter"]
        sign, *rest = [*after[len(listed) :], *ended(after)[-1:]]
        if sign.text == r"\in" and rest:
            names = [name for name in names if not scope.known(name)]
            with suppress(Problem):
                domain = space(parser_of(ended(rest), scope))
                if isinstance(domain, Range) and all(map(scope.known, symbols(domain))):
                    for name in names:
                        scope.add(Variable(name, domain))
        elif sign.text not in COMPARING:
            counted_by_all(found, names, scope)


def is_listed(token: Token) -> bool:
    """Say whether a token is a letter, or a comma between letters."""
    return token.kind == "letter" or token.text == ","


def is_universal(token: Token) -> bool:
    """Say whether these words begin what is said of all."""
    said = token.text.split("$")[0].lower().strip(" ,(")
    return token.kind == "words" and said in UNIVERSAL


def with_equal_members(parts: list[Segment]) -> list[Segment]:
    """Write that all members are equal as that each is equal to the first one."""
    result: list[Segment] = []
    for part in parts:
        last = result[-1] if result else None
        if last and said_equal(part) and (first := first_member(last)):
            at = last.tokens[-1].end
            last.tokens = [*last.tokens, mark("=", at), *first]
            continue
        result.append(part)
    return result


def said_equal(part: Segment) -> bool:
    """Say whether words alone say that something is equal."""
    return not part.tokens and bool(EQUAL.fullmatch(part.words))


def first_member(part: Segment) -> list[Token]:
    """Return p_1 for p_i after "if all"; nothing if this is no member."""
    texts = [token.text for token in part.tokens]
    if part.words.lower().strip(" ,") not in OF_ALL or texts.count("_") != 1:
        return []
    below = part.tokens[texts.index("_") + 1 :]
    letters = [token for token in below if token.kind == "letter"]
    if len(letters) != 1 or texts[-1] not in (letters[0].text, "}"):
        return []
    one = replace(letters[0], kind="number", text="1")
    return [one if token is letters[0] else token for token in part.tokens]
