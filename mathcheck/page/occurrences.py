r"""The symbols of a formula where they stand, each with what it means there.

Read are tokens, not statements: `\hat y` in a condition, an index or a set is as much a
symbol as one in an equation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mathcheck.read.calls import ARGUMENT_ENDS
from mathcheck.read.conditions import begins_name
from mathcheck.read.cursor import levels
from mathcheck.read.formula import Formula
from mathcheck.read.grammar import parser_of
from mathcheck.read.lexer import Token
from mathcheck.read.names import read_accented, spelling, with_script
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Meaning, Origin, Scope
from mathcheck.read.scripts import Scripts
from mathcheck.read.syntax import Node, Range

SUMS = (r"\sum", r"\prod")
DRAWN = "an outcome, drawn from a distribution"
COUNTS = "the index of this sum or product"


@dataclass(frozen=True)
class Occurrence:
    """A symbol where it stands, and what is said of it."""

    text: str
    meaning: Meaning | None
    origin: Origin | None


def occurrences(formula: Formula, scope: Scope, here: Origin) -> Iterator[Occurrence]:
    """Yield the symbols of a formula in their order, up to what cannot be read.

    Those of the formulas in its words stand at the end.
    """
    try:
        found = formula.tokens
    except Problem:
        return
    for part in (found, *(inner for words in found for inner in words.formulas)):
        yield from occurring(parser_of([*part], scope), formula.latex, here)


def occurring(parser: Parser, latex: str, here: Origin) -> Iterator[Occurrence]:
    """Yield the symbols that a parser comes by."""
    scope = parser.scope
    try:
        own = bound_here(parser, here)
        while not parser.done:
            start = parser.here
            if begins_name(start):
                name = named(parser)
                last = parser.tokens[parser.position - 1]
                text = written(latex[start.at : last.end])
                if name in own:
                    yield Occurrence(text, None, own[name])
                    continue
                meaning = meant(parser, name)
                if meaning:
                    yield Occurrence(text, meaning, scope.origin(meaning))
                else:
                    yield Occurrence(text, None, scope.sign(sign_of(parser, name)))
            else:
                parser.take()
                if start.kind == "command" and (sign := scope.sign(start.text)):
                    yield Occurrence(start.text, None, sign)
    except Problem:
        return


def written(latex: str) -> str:
    r"""Return LaTeX without its spaces, as a key: `\hat y` and `\hat  y` are one."""
    return re.sub(r"\s+", "", latex)


def named(parser: Parser) -> str:
    """Take a symbol, with those scripts that are part of its name."""
    name = read_accented(parser)
    stop = parser.position
    scripts = Scripts(parser)
    base = spelling(parser, name, scripts)
    try:
        full = with_script(parser, base, scripts)
    except Problem:
        full = base
    if full == base:
        parser.position = stop
    return full


def meant(parser: Parser, name: str) -> Meaning | None:
    """Return what a name means: of a function, the one with so many arguments."""
    scope = parser.scope
    if parser.at("(", "[") and scope.arities(name):
        inner = levels(parser.enclosed)
        count = 1 + sum(d == 0 and token.text in ARGUMENT_ENDS for d, token in inner)
        return scope.function(name, count) or scope.plain(name)
    return scope.plain(name)


def sign_of(parser: Parser, name: str) -> str:
    """Return under which name a sign is known: e_c is another than e."""
    return name + "_" * parser.at("_")


def signs(formula: Formula, scope: Scope, *, letters: bool) -> Iterator[str]:
    """Yield what a formula shows that nothing has to declare, such as e_c and ⊙."""
    parser = parser_of(formula.tokens, scope)
    while not parser.done:
        token = parser.here
        if begins_name(token):
            try:
                name = named(parser)
            except Problem:
                return
            if not scope.known(name) and (not letters or token.kind == "letter"):
                yield sign_of(parser, name)
        else:
            parser.take()
            if token.kind == "command" and not letters and not parser.at("{"):
                yield token.text


def bound_here(parser: Parser, here: Origin) -> dict[str, Origin]:
    """Return the letters that a formula binds in a sense of their own.

    These are the index of a sum whose limits are not those of its declaration, and what
    is drawn from a distribution.
    """
    own: dict[str, Origin] = {}
    here = replace(here, python="", shape="")
    found = parser.tokens
    for i, token in enumerate(found[:-3]):
        if token.text == "{" and found[i + 1].kind == "letter":
            name, sign = found[i + 1].text, found[i + 2].text
            stop = parser.closing(i)
            if sign == r"\sim":
                said = rf"{name} \sim {source(found[i + 3 : stop])}"
                own[name] = replace(here, declaration=said, meaning=DRAWN)
            if sign == "=" and found[i - 1].text == "_" and found[i - 2].text in SUMS:
                low = found[i + 3 : stop]
                high = upper(parser, stop)
                space = parser.scope.space(name)
                if high and space != limits(parser, low, high):
                    said = rf"{name} = {source(low)}, \dots, {source(high)}"
                    own[name] = replace(here, declaration=said, meaning=COUNTS)
    return own


def source(found: list[Token]) -> str:
    """Return tokens as LaTeX."""
    return " ".join(token.text for token in found)


def upper(parser: Parser, below: int) -> list[Token]:
    """Return the upper limit of a sum, after its lower one."""
    if parser.tokens[below + 1].text != "^":
        return []
    start = below + 2
    if parser.tokens[start].text != "{":
        return [parser.tokens[start]]
    return parser.tokens[start + 1 : parser.closing(start)]


def limits(parser: Parser, low: list[Token], high: list[Token]) -> Node | None:
    """Return the set that a sum runs over, if its limits can be read."""
    try:
        return Range(parser.whole(low), parser.whole(high))
    except Problem:
        return None
