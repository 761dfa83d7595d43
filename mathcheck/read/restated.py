r"""What := says of something known: \bar x_{n-1} := ..., (x)_+ := \max(x, 0).

The first is a member of the family \bar x_n, and the second the positive part; what is
said of them has to be so, and defines nothing. Of [x]_- the page has to say what it is.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.claims import Statement, check_end
from mathcheck.read.lexer import Token
from mathcheck.read.names import read_accented
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.scope import Definition
from mathcheck.read.scripts import NEGATIVE_PART, lengthened
from mathcheck.read.syntax import Call
from mathcheck.read.tree import symbols

SIGNS = ("+", "-")


def restates(parser: Parser, found: list[Token]) -> bool:
    """Say whether the left side of a definition has a meaning already."""
    cut = next((i for i, t in enumerate(found) if t.text == ":="), 0)
    left = [t.text for t in found[:cut]]
    if left[-2:] == ["_", "+"] and left[:1] in (["("], ["["]):
        return True
    if left[-1:] != ["}"] or "_" not in left or not {*SIGNS} & {*left}:
        return False
    try:
        with parser.lookahead():
            name = parser.scope.spelling(read_accented(parser), indexed=True)
            below = parser.argument() if parser.skip("_") else []
    except Problem:
        return False
    signs = [t for t in below[:-1] if t.text in SIGNS]
    if not signs or parser.scope.known(lengthened(name, "_", below)):
        return False
    return any(
        isinstance(meaning, Definition) and len(meaning.indices) == 1
        for meaning in parser.scope.meanings(name)
    )


def defines_part(found: list[Token]) -> bool:
    r"""Say whether [x]_- is defined, which authors take with either sign."""
    texts = [t.text for t in found]
    return texts[:1] in (["("], ["["]) and texts[2:6] in (
        [")", "_", "-", ":="],
        ["]", "_", "-", ":="],
    )


def part_definition(parser: Parser, at: int, end: int) -> Statement:
    r"""Read [x]_- := \max(-x, 0)."""
    (letter,) = parser.bracketed()
    parser.position += 3
    with parser.having(loose=frozenset({letter.text})):
        body = parser.expression()
    check_end(parser)
    functions = {node.function for node in body.parts if isinstance(node, Call)}
    if symbols(body) - functions != {letter.text}:
        raise RefusedError(f"the part of {letter.text} has to be of it alone", at)
    meaning = Definition(NEGATIVE_PART, body, (letter.text,))
    return Statement("definition", at, end, body, declares=(meaning,))


def as_claim(found: list[Token]) -> list[Token]:
    """Return a definition of what is known as the equation that it has to be."""
    if sum(t.text == ":=" for t in found) > 1:
        raise RefusedError("two := in one statement", found[0].at)
    return [replace(t, text="=") if t.text == ":=" else t for t in found]
