"""The sets that symbols are drawn from."""

from __future__ import annotations

import re

from mathcheck.read.cursor import levels, text_of
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.syntax import (
    Binary,
    Dots,
    Finite,
    Infinity,
    Interval,
    Naturals,
    Negated,
    Node,
    Number,
    Power,
    Range,
    Simplex,
    Unit,
    Vector,
    Without,
)

FROM = re.compile(r"(?P<mark>>|\\geq?|\\geqslant)(?P<n>\d{1,2})")  # as in \N_{\ge 2}


def space(parser: Parser) -> Node:
    """Read a set; in its sizes a new symbol may stand, which is a whole number."""
    with parser.having(fresh=True):
        found = one_space(parser)
        if parser.skip(r"\setminus"):
            found = Without(found, one_space(parser), at=found.at)
        return found


def one_space(parser: Parser) -> Node:
    """Read a set without a difference."""
    token = parser.here
    if parser.at(r"\mathbb"):
        parser.take()
        letter = text_of(parser.argument())
        return numbers(parser, letter, token)
    if parser.at(r"\Delta", r"\mathring") or token.text == "int":
        return simplex(parser)
    if parser.at(r"\{"):
        return powered(parser, finite(parser))
    if parser.at("(", "["):
        return powered(parser, interval(parser))
    raise parser.refuse(
        f"{parser.shown} is not a set that is read here; write \\mathbb{{R}}^K, "
        r"\{1, \dots, K\}, \Delta^{K-1}, (0, 1), ..."
    )


def numbers(parser: Parser, letter: str, token: Token) -> Node:
    """Read the reals or the whole numbers, with a sign below and sizes above."""
    below = above = ""
    sizes: tuple[Node, ...] = ()
    while parser.at("_", "^"):
        mark = parser.take()
        signed = parser.ahead() if parser.at("{") else parser.here
        if mark.text == "^" and signed.text not in ("+", "*"):
            sizes = size_list(parser)
        elif mark.text == "_":
            below = text_of(parser.argument())
        else:
            above = text_of(parser.argument())
    sign = below or above
    if letter == "R":
        base = reals(parser, sign, token)
    elif letter in ("N", "Z"):
        starts = {"0": 0, ">0": 1, "+": 1, "": 1}
        if from_number := FROM.fullmatch(sign):
            starts[sign] = int(from_number["n"]) + (from_number["mark"] == ">")
        if sign not in starts:
            raise parser.refuse(f"the set with subscript {sign} is not read", token.at)
        plain = letter == "Z" and not sign
        base = Naturals(None if plain else starts[sign], at=token.at)
    else:
        raise parser.refuse(rf"\mathbb{{{letter}}} is not a set that is read", token.at)
    return Power(base, sizes, at=token.at) if sizes else base


def reals(parser: Parser, sign: str, token: Token) -> Node:
    """Return the reals, or those of one sign."""
    at = token.at
    low: Node = Negated(Infinity(at=at), at=at)
    zero, high = Number("0", at=at), Infinity(at=at)
    if sign == "":
        return Interval(low, high, True, True, at=at)
    if sign in (">0", "++", "+*", "*+"):
        return Interval(zero, high, True, True, at=at)
    if sign in (r"\ge0", "+"):
        return Interval(zero, high, False, True, at=at)
    if sign in ("<0", "--"):
        return Interval(low, zero, True, True, at=at)
    if sign in (r"\le0", "-"):
        return Interval(low, zero, True, False, at=at)
    if sign in (r"\ne0", "*"):
        return Without(reals(parser, "", token), Finite((zero,), at=at), at=at)
    raise parser.refuse(f"the reals with subscript {sign} are not read", at)


def size_list(parser: Parser) -> tuple[Node, ...]:
    r"""Read an exponent such as K or N \times D."""
    sizes: list[list[Token]] = [[]]
    for depth, token in levels(parser.argument()):
        if depth == 0 and token.text == r"\times":
            sizes.append([])
        else:
            sizes[-1].append(token)
    return tuple(map(parser.whole, sizes))


def powered(parser: Parser, base: Node) -> Node:
    """Read the exponent of a set, if there is one."""
    if parser.skip("^"):
        return Power(base, size_list(parser), at=base.at)
    return base


def simplex(parser: Parser) -> Node:
    r"""Read \Delta^{K-1}: the distributions over K outcomes."""
    token = parser.take()
    interior = token.text != r"\Delta"
    if interior:
        parser.argument() if token.text == r"\mathring" else parser.skip(r"\Delta")
    size: Node | None = None
    while parser.at("_", "^"):
        mark = parser.take()
        inner = parser.argument()
        text = text_of(inner)
        if text in (">0", r"\circ", "+", "++"):
            interior = True
            continue
        dimension = parser.whole(inner)
        less_one = isinstance(dimension, Binary) and dimension.operation == "-"
        if mark.text == "_" and not less_one:
            raise parser.refuse(
                rf"\Delta_{text} can be read in two ways; write \Delta^{{{text}-1}} "
                "for "
                f"the distributions over {text} outcomes",
                token.at,
            )
        if (
            less_one
            and isinstance(dimension, Binary)
            and dimension.right == Number("1")
        ):
            size = dimension.left
        else:
            size = Binary("+", dimension, Number("1"), at=token.at)
    if size is None:
        raise parser.refuse(r"\Delta needs its dimension, as in \Delta^{K-1}", token.at)
    return Simplex(size, open=interior, at=token.at)


def finite(parser: Parser) -> Node:
    r"""Read \{0, 1\} or \{1, \dots, K\}."""
    opener = parser.here
    inner = parser.bracketed()
    if not inner:
        raise parser.refuse("an empty set", opener.at)
    if any(t.text in ("|", r"\mid", ":") for t in inner):
        raise parser.refuse("a set that is given by a condition is not read", opener.at)
    items = parser.isolated(inner, Parser.sequence)
    dots = [i for i, item in enumerate(items) if isinstance(item, Dots)]
    if not dots:
        return Finite(tuple(items), at=opener.at)
    if dots == [len(items) - 1] and 1 < len(items) < 5:  # 2, 3, ...
        start = items[0]
        if isinstance(start, Number) and start.text.isdigit():
            if len(items) > 2:
                check_second(parser, start, items[1], opener)
            return Naturals(int(start.text), at=opener.at)
    if dots != [len(items) - 2] or dots == [0]:
        raise parser.refuse("dots stand before the last element of a set", opener.at)
    first, last = items[0], items[-1]
    if isinstance(first, Vector | Unit) or isinstance(last, Vector | Unit):
        return Finite(tuple(items), at=opener.at)
    if len(items) == 4:
        check_second(parser, first, items[1], opener)
    return Range(first, last, at=opener.at)


def check_second(parser: Parser, first: Node, second: Node, opener: Token) -> None:
    """Refuse a range with another step than 1, such as 1, 3, ..., K."""
    texts = [getattr(node, "text", "") for node in (first, second)]
    if all(t.isdigit() for t in texts) and int(texts[1]) != int(texts[0]) + 1:
        raise parser.refuse("a range with a step other than 1 is not read", opener.at)


def interval(parser: Parser) -> Node:
    r"""Read (0, 1), [0, \infty) and the like, and [K] for the first K numbers."""
    opener = parser.take()
    low = parser.expression()
    if opener.text == "[" and parser.skip("]"):
        return Range(Number("1", at=opener.at), low, at=opener.at)
    parser.expect(",")
    high = parser.expression()
    closer = parser.here
    if not parser.skip(")", "]"):
        raise parser.refuse("the interval is not closed", opener.at)
    return Interval(low, high, opener.text == "(", closer.text == ")", at=opener.at)
