"""The forms of one statement: which there are, and what reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from mathcheck.read.bounded import definite, introduced, introduces
from mathcheck.read.claims import Claim, Statement, claim, kind_of
from mathcheck.read.classes import classes_as_events
from mathcheck.read.conditions import RELATIONS, condition
from mathcheck.read.counted import (
    counted_index,
    counts_index,
    declared_pairs,
    listed_members,
    lists_members,
    named_pair,
    named_tuple,
    names_pair,
    names_tuple,
    pairs,
)
from mathcheck.read.cursor import before_sign, places, top_level
from mathcheck.read.declarations import declaration, declared_map, membership
from mathcheck.read.declared_laws import defines_event, event_definition, law
from mathcheck.read.definitions import as_definition, definition
from mathcheck.read.either import both_signs
from mathcheck.read.grammar import parser_of
from mathcheck.read.lexer import Token
from mathcheck.read.listed import each_side, lists_sides
from mathcheck.read.named import INCLUSIONS, declared_subset, names_set, set_definition
from mathcheck.read.parser import Parser
from mathcheck.read.pending import (
    as_defined,
    defines_anew,
    head,
    is_left_open,
    left_open,
    may_define,
)
from mathcheck.read.problems import Problem
from mathcheck.read.restated import as_claim, defines_part, part_definition, restates
from mathcheck.read.roles import ended
from mathcheck.read.scope import Scope
from mathcheck.read.spelled import spelled_out, spells_out
from mathcheck.read.syntax import Node, Relation, Symbol
from mathcheck.read.tree import symbols
from mathcheck.read.twofold import JOINED, LISTED

# Signs that, before \in, make more of a chain of relations than a chain
OTHERS = (":", r"\notin", r"\forall", r"\exists", r"\subset", r"\subseteq", r"\to",
          r"\sim", ",")  # fmt: skip


@dataclass(frozen=True)
class Written:
    """One statement as it is written, and how the words beside it bring it in."""

    found: list[Token]
    scope: Scope
    concludes: bool = False
    inline: bool = False

    @cached_property
    def parser(self) -> Parser:
        """What reads it."""
        return self.other(self.found)

    def other(self, found: list[Token]) -> Parser:
        """Return what reads other tokens at its place."""
        return parser_of(ended(found), self.scope)

    @property
    def at(self) -> int:
        """Where it begins."""
        return span(self.found)[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return span(self.found)[1]

    def has(self, *signs: str) -> bool:
        """Say whether one of these signs stands in it, outside all brackets."""
        return top_level(self.found, signs)

    @property
    def introduces(self) -> bool:
        """Whether a sentence may introduce something so."""
        return self.inline and not self.concludes

    @property
    def defines(self) -> bool:
        """Whether it is a definition."""
        return self.has(":=") and not before_sign(self.found, (r"\in",), ":=")

    @property
    def belongs(self) -> bool:
        """Whether it is about what is in a set."""
        return self.has(r"\in") and not before_sign(self.found, RELATIONS, r"\in")


def span(found: list[Token]) -> tuple[int, int]:
    """Return where tokens begin and end; a definition by =: is read the other way."""
    return min(token.at for token in found), max(token.end for token in found)


def statements_of(one: Written) -> list[Statement]:
    """Read one statement, and what stands at the braces in it."""
    each = both_signs(one.found)
    if each[1:]:
        return [s for found in each for s in statements_of(replace(one, found=found))]
    one = replace(one, found=as_definition(classes_as_events(one.found, one.scope)))
    found = next(
        statements
        for applies, read in FORMS
        if applies(one) and (statements := read(one)) is not None
    )
    at_braces = [
        Statement(kind_of_node(said), said.at, one.end, said, conditions=when)
        for said, when in one.parser.aside.values()
    ]
    return [*found, *at_braces]


def kind_of_node(node: Node) -> Claim:
    """Return the kind of a claim; a membership is a plain one."""
    return kind_of(node.operators) if isinstance(node, Relation) else "claim"


def chain_in_set(one: Written) -> list[Statement]:
    r"""Read a = b \in S as a = b and b \in S."""
    *_, cut = places(one.found, (r"\in",))
    chain = one.found[:cut]
    *_, last = places(chain, RELATIONS)
    stated = statements_of(replace(one, found=chain))
    side = one.other(one.found[last + 1 :])
    return [*stated, membership(side, one.found[last + 1].at, one.end)]


def defined_by_page(one: Written) -> list[Statement] | None:
    """Read the definition of what is left to the page; None if the page has one."""
    found = as_defined(one.found)
    try:
        stated = definition(one.other(found), found, one.at, one.end)
    except Problem:
        if one.scope.on_page(head(found)):
            return None
        raise
    return stated if defines_anew(stated[0], head(found), one.scope) else None


def ends_in_set(one: Written) -> bool:
    r"""Say whether a chain's last side is in a set: p - t = 1 - s \in [-1, 1]."""
    signs = [*places(one.found, (*RELATIONS, r"\in", *OTHERS))]
    *relations, last = [one.found[i].text for i in signs] or [""]
    chain = last == r"\in" and relations and set(relations) <= {*RELATIONS}
    return bool(chain) and not (
        spells_out(one.parser, one.found) or names_pair(one.parser, one.found)
    )


def of_joined(one: Written) -> list[Statement]:
    r"""Read a = b \wedge c = d, which may be a = \min(b, c) = d, and a \wedge b = c."""
    try:
        number = claim(one.other(one.found), one.at, one.end)
    except Problem:
        number = None
    try:
        node = one.parser.isolated(one.found, condition)
    except Problem:
        if number is None:
            raise
        return [number]
    other = number.node if number else None
    return [Statement("claim", one.at, one.end, node, otherwise=other, twofold=JOINED)]


def listed_declarations(one: Written) -> list[Statement]:
    r"""Read x^2, y \in S as a claim of each."""
    each = [one.other(whole) for whole, _ in each_side(one.found)]
    return [s for p in each for s in declaration(p, one.at, one.end, True, False)]


def listed_claims(one: Written) -> list[Statement]:
    r"""Read a, b \le c as a claim of each; that may be meant of b alone, after a."""
    result, end = [], one.found[-1].end
    for whole, alone in each_side(one.found):
        of_each = claim(one.other(whole), whole[0].at, end)
        if alone and of_each.otherwise is None:
            other = claim(one.other(alone), alone[0].at, end)
            if may_be_apart(of_each.node, other.node):
                of_each = replace(of_each, otherwise=other.node, twofold=LISTED)
        result.append(of_each)
    return result


def may_be_apart(node: Node | None, alone: Node | None) -> bool:
    r"""Say whether a list may only mention: e^x, x > 0 bounds x; 0 < x, y names y."""
    if not isinstance(node, Relation) or not isinstance(alone, Relation):
        return False
    (first, *_), (bounded, *ends) = node.sides, alone.sides
    if node.sides[-1] != alone.sides[-1]:
        return True
    return (
        isinstance(bounded, Symbol)
        and bounded.name in symbols(first)
        and not any(bounded.name in symbols(side) for side in ends)
        and not isinstance(first, Symbol)
    )


def definite_matrix(one: Written) -> list[Statement] | None:
    r"""Read A \succ 0, if it says more of a matrix that is declared."""
    matrix = definite(one.parser, one.found)
    if matrix is None:
        return None
    return [Statement("declaration", one.at, one.end, declares=(matrix,))]


def restated(one: Written) -> list[Statement]:
    """Read a definition of what is known as a claim."""
    return [claim(one.other(as_claim(one.found)), one.at, one.end)]


Form = tuple[Callable[[Written], bool], Callable[[Written], list[Statement] | None]]
Reader = Callable[[Parser, int, int], Statement | list[Statement] | None]


def by(read: Reader) -> Callable[[Written], list[Statement] | None]:
    """Return what reads a statement from its place alone."""

    def statements(one: Written) -> list[Statement] | None:
        def attempted(parser: Parser) -> list[Statement] | None:
            found = read(parser, one.at, one.end)
            return [found] if isinstance(found, Statement) else found

        return one.parser.attempt(attempted)

    return statements


# The first form that applies is read, unless its reader finds that it is another one
FORMS: tuple[Form, ...] = (
    (lambda one: is_left_open(one.found),
     lambda one: [left_open(one.found, one.at, one.end)]),
    (lambda one: not one.inline and may_define(one.found, one.scope), defined_by_page),
    (ends_in_set, chain_in_set),
    (lambda one: names_set(one.parser, one.found), by(set_definition)),
    (lambda one: one.has(*INCLUSIONS) and not one.has(r"\in", ":="),
     by(declared_subset)),
    (lambda one: one.has(r"\sim"), by(law)),
    (lambda one: defines_event(one.found), by(event_definition)),
    (lambda one: names_tuple(one.parser, one.found), by(named_tuple)),
    (lambda one: counts_index(one.found), by(counted_index)),
    (lambda one: one.introduces and introduces(one.parser), by(introduced)),
    (lambda one: one.introduces, definite_matrix),
    (lambda one: defines_part(one.found), by(part_definition)),
    (lambda one: one.defines and restates(one.parser, one.found), restated),
    (lambda one: one.defines,
     lambda one: definition(one.parser, one.found, one.at, one.end)),
    (lambda one: one.has(":") and one.has(r"\to"), by(declared_map)),
    (lambda one: names_pair(one.parser, one.found), by(named_pair)),
    (lambda one: lists_sides(one.found) and one.has(r"\in"), listed_declarations),
    (lambda one: lists_sides(one.found), listed_claims),
    (lambda one: spells_out(one.parser, one.found),
     lambda one: spelled_out(
         one.parser, one.found, one.at, one.end, one.concludes, one.inline)),
    (lambda one: one.belongs and pairs(one.found),
     lambda one: declared_pairs(one.parser, one.at, one.end, one.concludes)),
    (lambda one: one.belongs and lists_members(one.found), by(listed_members)),
    (lambda one: one.belongs,
     lambda one: declaration(
         one.parser, one.at, one.end, one.concludes, one.inline)),
    (lambda one: one.has(r"\lor", r"\vee", r"\wedge"), of_joined),
    (lambda one: True, by(claim)),
)  # fmt: skip
