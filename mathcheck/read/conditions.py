"""Relations, and conditions made of them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from itertools import pairwise

from mathcheck.read.chains import has_dots, spread_out
from mathcheck.read.cursor import STYLED, levels, top_level
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.sets import space
from mathcheck.read.syntax import (
    Both,
    Every,
    Member,
    Node,
    Quantified,
    Range,
    Relation,
    Symbol,
)
from mathcheck.read.tree import together
from mathcheck.read.units import in_one_unit, unit_after

RELATIONS = (
    "=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx", r"\propto", r"\preceq",
    r"\succeq", r"\prec", r"\succ", ":=",
)  # fmt: skip
COMPARING = (*RELATIONS, r"\in", r"\notin")


AND = ("and", "with", "where", "for", "when", "if", "but", "so that", "given")


OR = ("or",)
UNIVERSAL = ("for all", "for every", "for each")

FLIPPED = {
    "=": r"\ne", r"\ne": "=", "<": r"\ge", r"\ge": "<", ">": r"\le", r"\le": ">",
}  # fmt: skip


def condition(parser: Parser) -> Node:
    """Read conditions joined by commas, `and` and `or`."""
    with parser.having(joining=True):
        found = [conjunction(parser)]
        while parser.skip(r"\vee", r"\lor") or skip_words(parser, OR):
            found.append(conjunction(parser))
    return together(found, any_of_them=True)


def conjunction(parser: Parser) -> Node:
    """Read conditions that hold together."""
    found = [for_all(parser, one_condition(parser))]
    while parser.skip(",", r"\wedge", r"\quad") or skip_words(parser, AND):
        skip_words(parser, AND)
        while parser.here.kind == "break":
            parser.take()
        if parser.done:
            break
        found.append(for_all(parser, one_condition(parser)))
    return together(found)


def for_all(parser: Parser, node: Node) -> Node:
    r"""Read the indices for which a condition holds: q_k = 0 \; \forall k."""
    if not parser.skip(r"\forall"):
        return node
    names = [found for found in members(parser) if isinstance(found, Symbol)]
    domain = space(parser) if parser.skip(r"\in") else None
    for symbol in names:
        known = parser.scope.space(symbol.name)
        if not isinstance(known, Range) or domain not in (None, known):
            raise parser.refuse(rf"\forall {symbol.name} is not about an index")
    return Every(tuple(symbol.name for symbol in names), node, at=node.at)


def for_all_of(node: Node) -> Node:
    """Return a relation as one of all numbers that satisfy it."""
    if isinstance(node, Relation):
        return Quantified(node.operators, node.sides, at=node.at)
    return node


def contrary(node: Node) -> Node:
    """Return the condition that holds where another one does not."""
    if isinstance(node, Both):
        return Both(tuple(map(contrary, node.conditions)), any=not node.any)
    if isinstance(node, Member):
        return replace(node, inside=not node.inside)
    if isinstance(node, Relation) and set(node.operators) <= FLIPPED.keys():
        steps = [
            Relation((FLIPPED[operator],), pair, at=node.at)
            for operator, pair in zip(node.operators, pairwise(node.sides), strict=True)
        ]
        return together(steps, any_of_them=True)
    raise RefusedError("what is so except here cannot be read", node.at)


def skip_words(parser: Parser, words: tuple[str, ...]) -> bool:
    """Take joining words, if these stand here."""
    here = parser.here
    found = here.kind == "words" and here.text.lower().rstrip(",:") in words
    parser.position += found
    return found


def one_condition(parser: Parser) -> Node:
    """Read one relation, or all values of an index, or either in brackets."""
    if parser.skip(r"\forall") or skip_words(
        parser, ("all", "every", "each", "any", *UNIVERSAL)
    ):
        start = parser.position
        follows = parser.ahead()
        plain = parser.here.kind == "letter" and follows.kind in ("letter", "command")
        if plain and follows.text not in (*COMPARING, r"\wedge"):
            raise parser.refuse(r"put a comma after what \forall is about")
        with parser.having(fresh=parser.fresh or declares_here(parser)):
            found = members(parser)
        if parser.done or parser.here.kind == "words" or parser.at(","):
            names = [node for node in found if isinstance(node, Symbol)]
            if len(names) == len(found):
                for symbol in names:
                    parser.require(symbol.name, symbol.at)
                return Both(())
        parser.position = start
    if parser.at("(", "["):
        inner = parser.enclosed
        after = parser.ahead(len(inner) + 2)
        if top_level(inner, COMPARING) and (
            after.kind in ("end", "words", "break")
            or after.text in (",", r"\wedge", r"\vee")
        ):
            return parser.isolated(parser.bracketed(), condition)
    return relation(parser)


def members(parser: Parser) -> list[Node]:
    """Read one expression, or several with commas between."""
    found = [parser.expression()]
    while parser.at(",") and begins_name(parser.ahead()):
        parser.take()
        found.append(parser.expression())
    return found


def begins_name(token: Token) -> bool:
    """Say whether a name begins with a token, in a style perhaps."""
    styled = token.kind == "command" and token.text in STYLED
    return token.kind in ("letter", "name") or styled


def relation(parser: Parser) -> Node:
    """Read a chain of relations, a membership, or a counting `k = 1, ..., K`."""
    at = parser.here.at
    with parser.having(fresh=parser.fresh or declares_here(parser)):
        elements = members(parser)
    if parser.at(r"\in", r"\notin"):
        inside = parser.take().text == r"\in"
        domain = space(parser)
        found = [Member(e, domain, inside, at=at) for e in elements]
        return together(found, at=at)
    if len(elements) > 1 and parser.at(*RELATIONS):  # x, t > 0
        operator = parser.take().text
        other = parser.expression()
        each = [Relation((operator,), (one, other), at=at) for one in elements]
        return together(each, at=at)
    if len(elements) > 1:
        raise parser.refuse("expected one relation here", at)
    sides, operators, units = [elements[0]], [], [unit_after(parser)]
    while parser.at(*RELATIONS):
        operators.append(parser.take().text)
        sides.append(parser.item())
        units.append(unit_after(parser))
        counted = counting(parser, elements[0], operators, sides[-1])
        if counted:
            return counted
    if not operators:
        raise parser.refuse("expected a condition such as j = c", at)
    sides = in_one_unit(parser.scope, sides, units)
    node = Relation(tuple(operators), tuple(sides), at=at)
    if not has_dots(node):
        return node
    row, counter = spread_out(node)
    if not parser.scope.known(counter.name):
        parser.scope.add(counter)
    return together(row, at=at)


def follows(low: Node, number: Node, step: int) -> bool:
    """Say whether a number comes so many steps of 1 after another, if both are."""
    texts = [getattr(node, "text", "") for node in (low, number)]
    if not all(text.isdigit() for text in texts):
        return True
    return int(texts[1]) == int(texts[0]) + step


def declares_here(parser: Parser) -> bool:
    """Say whether the relation that begins here may name new symbols."""
    rest = parser.tokens[parser.position :]
    for position, (depth, token) in enumerate(levels(rest)):
        if depth == 0 and token.text == r"\in":
            return True
        if depth == 0 and token.text == "=":
            following = rest[position + 2 : position + 12]
            listed = itertools.takewhile(
                lambda t: t.text == "," or t.kind == "number", following
            )
            after = following[len(list(listed)) :]
            return bool(after) and after[0].text == r"\dots"
        if token.kind == "words" or token.text in RELATIONS:
            return False
    return False


def counting(
    parser: Parser, index: Node, operators: list[str], low: Node
) -> Node | None:
    r"""Read the rest of `k = 1, \dots, K`."""
    if operators != ["="] or not parser.at(",", r"\dots"):
        return None
    start = parser.position
    parser.skip(",")
    seconds: list[Node] = []
    while not parser.at(r"\dots"):
        seconds.append(parser.expression())
        if not parser.skip(","):
            parser.position = start
            return None
    parser.expect(r"\dots")
    for step, second in enumerate(seconds, 1):
        if not follows(low, second, step):
            raise parser.refuse(
                "a range with a step other than 1 is not read", second.at
            )
    parser.skip(",")
    with parser.having(fresh=True):
        high = parser.expression()
    return Member(index, Range(low, high, at=low.at), at=index.at)
