r"""What := says of something known: \bar x_{n-1} := ..., (x)_+ := \max(x, 0).

The first is a member of the family \bar x_n, and the second the positive part; what is
said of them has to be so, and defines nothing.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.lexer import Token
from mathcheck.read.names import read_accented
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.scope import Definition
from mathcheck.read.scripts import lengthened

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


def as_claim(found: list[Token]) -> list[Token]:
    """Return a definition of what is known as the equation that it has to be."""
    if sum(t.text == ":=" for t in found) > 1:
        raise RefusedError("two := in one statement", found[0].at)
    return [replace(t, text="=") if t.text == ":=" else t for t in found]
