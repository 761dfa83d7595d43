r"""What stands between its own signs: |x|, \lVert x \rVert, \lfloor x \rfloor, ..."""

from __future__ import annotations

import re

from mathcheck.read.braces import braces, named_set
from mathcheck.read.bracketed import within_signs
from mathcheck.read.cursor import text_of
from mathcheck.read.dots import COUNTER
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem
from mathcheck.read.scope import numeric
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import (
    ONE,
    Absolute,
    Big,
    Bound,
    Call,
    Node,
    Norm,
    Symbol,
)

DEEPEST = 6  # bars within bars
LEBESGUE = re.compile(r"^(?:\\ell|L|l)[_^]")  # as in \ell_2, L^1
ORDERS = ("F", r"\infty", r"\text{F}")


def angles(parser: Parser) -> Node:
    r"""Read an inner product, \langle x, y \rangle, of matrices that of Frobenius."""
    opener = parser.here
    if name := within_signs(parser):
        return scripted(parser, Symbol(name, at=opener.at))
    inner = parser.bracketed()
    with parser.having(bars=1):
        items = parser.isolated(inner, pair)
    if len(items) != 2:
        raise parser.refuse("an inner product is of two vectors", opener.at)
    if parser.at("_") and text_of(parser.following()) == "F":
        parser.take()
        parser.argument()
    return scripted(parser, Call("inner", tuple(items), at=opener.at))


def pair(parser: Parser) -> list[Node]:
    """Read two expressions with a comma or a bar between them."""
    found = [parser.expression()]
    while parser.skip(",", r"\mid", "|"):
        found.append(parser.expression())
    return found


def bars(parser: Parser) -> Node:
    """Read an absolute value or a norm; two bars side by side are those of a norm."""
    if parser.bars >= DEEPEST:  # each level is read in two ways
        raise parser.refuse(
            r"so many bars within bars are not told apart; write \lvert and \rvert"
        )
    if parser.here.text == parser.ahead().text == "|":
        norm = parser.attempt(double_bars)
        if norm is not None:
            return norm
    at = parser.here.at
    if name := within_signs(parser):
        return scripted(parser, Symbol(name, at=at))
    bar = parser.take()
    with parser.having(bars=parser.bars + 1):
        members = counted_set(parser) if bar.text == "|" else None
        if members is not None:  # how many they are
            each = Bound(COUNTER, domain=members, at=bar.at)
            parser.expect("|")
            return scripted(parser, Big("sum", (each,), ONE, at=bar.at))
        body = parser.expression()
    if not parser.skip(bar.text):
        raise parser.refuse(f"{bar.text} is not closed", bar.at)
    if bar.text == "|":
        return scripted(parser, Absolute(body, at=bar.at))
    return normed(parser, body, bar.at)


def counted_set(parser: Parser) -> Node | None:
    r"""Take a set between bars, |\{k : z_k > 0\}|, if one stands here."""
    if not parser.at(r"\{"):
        return named_set(parser)
    with parser.lookahead():
        parser.bracketed()
        alone = parser.at("|")
    return braces(parser) if alone else None


def number_of_elements(parser: Parser) -> Node:
    r"""Read \#\{k : z_k > 0\}, how many elements a set has."""
    at = parser.take().at
    members = braces(parser) if parser.at(r"\{") else named_set(parser)
    if members is None:
        raise parser.refuse(r"\# is read before a set, as in \#\{k : z_k > 0\}", at)
    return Big("sum", (Bound(COUNTER, domain=members, at=at),), ONE, at=at)


def double_bars(parser: Parser) -> Node | None:
    """Read ||x||, unless the bars are those of |x| within one another."""
    bar = parser.take()
    parser.take()
    try:
        with parser.having(bars=parser.bars + 1):
            body = parser.expression()
    except Problem:
        return None
    if not (parser.here.text == parser.ahead().text == "|"):
        return None
    parser.position += 2
    return normed(parser, body, bar.at)


def normed(parser: Parser, body: Node, at: int) -> Node:
    """Read the subscript of a norm, and what follows."""
    order: str | None = None
    if parser.skip("_"):
        below = parser.argument()
        order = LEBESGUE.sub("", text_of(below)).strip("{}") or text_of(below)
        if numeric(parser.scope.plain(order)):
            return scripted(parser, Norm(body, degree=parser.whole(below), at=at))
        if not (order in ORDERS or (order.isdigit() and 1 <= int(order) <= 9)):
            raise parser.refuse(
                f"the norm with subscript {order} is not read; write it as a sum", at
            )
    return scripted(parser, Norm(body, order, at=at))


def rounded(parser: Parser) -> Node:
    r"""Read \lfloor x \rfloor and \lceil x \rceil."""
    opener = parser.here
    name = {r"\lfloor": "floor", r"\lceil": "ceil"}[opener.text]
    with parser.having(bars=0):
        body = parser.whole(parser.bracketed())
    return scripted(parser, Call(name, (body,), at=opener.at))
