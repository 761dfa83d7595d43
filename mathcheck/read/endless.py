r"""Rows that go on without an end: 1 + q + q^2 + \dots is a sum to infinity.

The last two terms that are written tell how it goes on, and those before have to agree.
"""

from __future__ import annotations

from mathcheck.read.dots import COUNTER, plain, power_like, unclear, zipped
from mathcheck.read.lexer import Token
from mathcheck.read.syntax import (
    MINUS_ONE,
    ZERO,
    Big,
    Binary,
    Bound,
    Bracket,
    Infinity,
    Negated,
    Node,
    Number,
    Symbol,
)

FEWEST = 3  # terms that show how a row goes on


def endless_sum(left: Node, sign: Token) -> Node:
    """Return the sum of all terms that follow one another as those that are written."""
    signs: list[str] = []
    terms: list[Node] = []
    while isinstance(left, Binary) and left.operation in ("+", "-"):
        signs.insert(0, left.operation)
        terms.insert(0, left.right)
        left = left.left
    negative = isinstance(left, Negated)
    signs = ["-" if negative else "+", *signs, sign.text]
    terms = [left.body if isinstance(left, Negated) else left, *terms]
    steady = signs == [signs[0]] * len(signs)
    other = "-" if signs[0] == "+" else "+"
    turning = signs == [(signs[0], other)[i % 2] for i in range(len(signs))]
    if len(terms) < FEWEST or not (steady or turning):
        raise unclear(sign.at)
    counter = Symbol(COUNTER, at=sign.at)
    body = term_at(terms, counter, sign)
    for number, term in enumerate(terms):
        if plain(term_at(terms, number, sign)) != plain(term):
            raise unclear(sign.at)
    if turning:
        one = Bracket(MINUS_ONE)
        body = Binary("*", Binary("^", one, counter), Bracket(body), at=sign.at)
    bound = Bound(COUNTER, ZERO, Infinity(), at=sign.at)
    total = Big("sum", (bound,), body, at=sign.at)
    return Negated(total, at=sign.at) if signs[0] == "-" else total


def term_at(terms: list[Node], place: Symbol | int, sign: Token) -> Node:
    """Return the term at a place, as the last two terms tell."""
    last = terms[-1]
    before = power_like(terms[-2], last)
    if type(before) is not type(last):
        raise unclear(sign.at)

    def counted(one: object, other: object) -> Node | None:
        """Return the number at the place, where two terms have unequal ones."""
        if not isinstance(one, Number) or not isinstance(other, Number):
            return None
        if one == other or not (one.text.isdigit() and other.text.isdigit()):
            return None
        step = int(other.text) - int(one.text)
        start = int(other.text) - step * (len(terms) - 1)
        if isinstance(place, int):
            return number(start + step * place, sign)
        times = place if step == 1 else Binary("*", number(step, sign), place)
        return Binary("+", times, number(start, sign)) if start else times

    try:
        found: Node = zipped(before, last, counted)
    except (AttributeError, ValueError, TypeError):  # they are of different forms
        raise unclear(sign.at) from None
    if before == last:
        raise unclear(sign.at)
    return found


def number(value: int, sign: Token) -> Number:
    """Return a whole number that is not negative."""
    if value < 0:
        raise unclear(sign.at)
    return Number(str(value), at=sign.at)
