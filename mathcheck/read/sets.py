"""The sets that symbols are drawn from."""

from __future__ import annotations

import re
from dataclasses import replace

from mathcheck.read.braces import braces, named_set
from mathcheck.read.cursor import cut_at, text_of
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.syntax import (
    ONE,
    Binary,
    Constant,
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
    Symmetric,
    Without,
)

FROM = re.compile(r"(?P<mark>>|\\ge)(?P<n>-?\d{1,2})")  # as in \N_{\ge 2}
SIDES = (">", r"\ge", "<", r"\le", r"\ne")


def space(parser: Parser) -> Node:
    """Read a set; in its sizes a new symbol may stand, which is a whole number."""
    with parser.having(fresh=True):
        found = one_space(parser)
        if parser.skip(r"\setminus"):
            found = Without(found, left_out(one_space(parser)), at=found.at)
        if parser.at(r"\cup", r"\cap"):
            raise parser.refuse(
                f"{parser.here.text} of two sets is not read; write the elements, "
                "one interval, or a condition"
            )
        return found


def left_out(removed: Node) -> Node:
    r"""Return a set that is left out of another one; \{\mathbf{0}\} is \{0\}, too."""
    if isinstance(removed, Finite) and len(removed.items) == 1:
        (item,) = removed.items
        if isinstance(item, Constant) and item.name == "zeros":
            return replace(removed, items=(Number("0", at=item.at),))
    return removed


def one_space(parser: Parser) -> Node:
    """Read a set without a difference."""
    token = parser.here
    if parser.at(r"\mathbb") or bold_numbers(parser):
        parser.take()
        letter = text_of(parser.argument())
        return numbers(parser, letter, token)
    if parser.at(r"\Delta", r"\mathring") or token.text == "int":
        return simplex(parser)
    if parser.at(r"\{"):
        return powered(parser, braces(parser))
    named = named_set(parser)
    if named is not None:
        return powered(parser, named)
    if parser.at("(", "["):
        return powered(parser, interval(parser))
    if token.text == "?":  # as `mathcheck --draft` writes it
        raise parser.refuse(
            r"this set is left open; write one in the place of \in ?, such as "
            r"\in \mathbb{R} or \in \{1, \dots, K\}, or a definition, with :=",
            token.at,
        )
    raise parser.refuse(
        f"{parser.shown} is not a set that is read here; define it, as in "
        r"\mathcal{Y} := \{1, \dots, K\}, or write "
        f"\\mathbb{{R}}^K, "
        r"\{1, \dots, K\}, \Delta^{K-1}, (0, 1), ..."
    )


def bold_numbers(parser: Parser) -> bool:
    r"""Say whether \mathbf{R} stands here, for the reals and no matrix."""
    with parser.lookahead():
        letter = text_of(parser.argument()) if parser.skip(r"\mathbf") else ""
    return letter in tuple("RNZS") and not parser.scope.known(rf"\mathbf {letter}")


def numbers(parser: Parser, letter: str, token: Token) -> Node:
    """Read the reals or the whole numbers, with a sign below and sizes above."""
    below = above = ""
    script: list[Token] = []
    sizes: tuple[Node, ...] = ()
    while parser.at("_", "^"):
        mark = parser.take()
        signed = parser.ahead() if parser.at("{") else parser.here
        if mark.text == "^" and signed.text not in ("+", "*"):
            sizes = size_list(parser)
        elif mark.text == "_":
            script = parser.argument()
            below = text_of(script)
        else:
            above = text_of(parser.argument())
    sign = below or above
    if letter == "R" and script[1:] and script[0].text in SIDES:
        base = one_sided(script[0], parser.whole(script[1:]), token)
    elif letter == "R":
        base = reals(parser, sign, token)
    elif letter in ("N", "Z"):
        starts = {"0": 0, ">0": 1, "+": 1, "": 1, "*": 1}
        if from_number := FROM.fullmatch(sign):
            starts[sign] = int(from_number["n"]) + (from_number["mark"] == ">")
        if sign not in starts:
            raise parser.refuse(f"the set with subscript {sign} is not read", token.at)
        plain = letter == "Z" and not sign
        base = Naturals(None if plain else starts[sign], at=token.at)
    elif letter == "S" and len(sizes) == 1 and sign in ("", "+", "++"):
        return Symmetric(sizes[0], sign, at=token.at)
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
    if sign in ("++", "+*", "*+"):
        return Interval(zero, high, True, True, at=at)
    if sign == "+":
        return Interval(zero, high, False, True, at=at)
    if sign == "--":
        return Interval(low, zero, True, True, at=at)
    if sign == "-":
        return Interval(low, zero, True, False, at=at)
    if sign == "*":
        return Without(reals(parser, "", token), Finite((zero,), at=at), at=at)
    raise parser.refuse(f"the reals with subscript {sign} are not read", at)


def one_sided(sign: Token, end: Node, token: Token) -> Node:
    r"""Return the reals on one side of a number, or all but it: \mathbb{R}_{> -1}."""
    at = token.at
    high = Infinity(at=at)
    low = Negated(high, at=at)
    if sign.text == r"\ne":
        whole = Interval(low, high, True, True, at=at)
        return Without(whole, Finite((end,), at=at), at=at)
    if sign.text in (">", r"\ge"):
        return Interval(end, high, sign.text == ">", True, at=at)
    return Interval(low, end, True, sign.text == "<", at=at)


def size_list(parser: Parser) -> tuple[Node, ...]:
    r"""Read an exponent such as K or N \times D."""
    return tuple(map(parser.whole, cut_at(parser.argument(), r"\times")))


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
        if not less_one and not isinstance(dimension, Number):
            raise parser.refuse(
                rf"\Delta{mark.text}{text} can be read in two ways; write "
                rf"\Delta^{{{text}-1}} for the distributions over {text} outcomes",
                token.at,
            )
        if less_one and isinstance(dimension, Binary) and dimension.right == ONE:
            size = dimension.left
        else:
            size = Binary("+", dimension, ONE, at=token.at)
    if size is None:
        raise parser.refuse(r"\Delta needs its dimension, as in \Delta^{K-1}", token.at)
    return Simplex(size, open=interior, at=token.at)


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
