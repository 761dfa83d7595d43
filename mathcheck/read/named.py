r"""Sets that get a name: S := \{1, \dots, K\}; and B \subseteq S, any part of it."""

from __future__ import annotations

from mathcheck.read.braces import name_here, of_index
from mathcheck.read.claims import Statement, check_end
from mathcheck.read.cursor import top_level
from mathcheck.read.declarations import implicit_sizes
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.sets import space
from mathcheck.read.syntax import Both, Node, Range, Subsets

INCLUSIONS = (r"\subset", r"\subseteq")


def names_set(parser: Parser, found: list[Token]) -> bool:
    r"""Say whether a set gets a name: S := \{0, 1\}, or S = \{0, 1\} for a new S."""
    with parser.lookahead():
        if parser.at("[") and parser.ahead(2).text == "]":  # [K] := \{1, \dots, K\}
            parser.bracketed()
            return parser.skip(":=", "=") and parser.at(r"\{")
        new = not parser.scope.known(parser.here.text)
        name = left_side(parser)
        new = (
            new
            and not parser.scope.known(name)
            and not parser.ahead(2).text.startswith(r"\begin")
        )
        if not name or not (parser.skip(":=") or (new and parser.skip("="))):
            return False
        if parser.at(r"\mathbb"):
            return numbers(parser)
        cases = parser.ahead().text.startswith(r"\begin")
        return parser.at(r"\{") and not cases and not top_level(found, (r"\in",))


def numbers(parser: Parser) -> bool:
    r"""Say whether a set of numbers or vectors stands here: \mathbb{R}^K."""
    try:
        space(parser)
    except Problem:
        return False
    return parser.done


def left_side(parser: Parser) -> str:
    """Take the name that a set gets, with an index perhaps."""
    name = name_here(parser)
    return of_index(parser, name) if name else name


def set_definition(parser: Parser, at: int, end: int) -> Statement:
    """Read the set that a name stands for."""
    written = space(parser) if parser.at("[") else None
    name = "" if written else left_side(parser)
    parser.take()
    found = space(parser)
    check_end(parser)
    if written:
        if written != found:
            raise parser.refuse(r"[K] stands for \{1, \dots, K\}", at)
        return Statement("mention", at, end, Both(()))
    implicit_sizes(found, parser.scope)
    return Statement("definition", at, end, found, declares=(Definition(name, found),))


def declared_subset(parser: Parser, at: int, end: int) -> Statement:
    r"""Read B \subseteq \{1, \dots, N\}: any set of some of these numbers."""
    name = left_side(parser)
    if not name or not parser.skip(*INCLUSIONS) or parser.scope.known(name):
        raise parser.refuse("that one set is in another is not read here", at)
    whole: Node = space(parser)
    check_end(parser)
    if not isinstance(whole, Range):
        raise parser.refuse(r"subsets are read of \{1, \dots, N\} only", whole.at)
    implicit_sizes(whole, parser.scope)
    return Statement(
        "declaration", at, end, declares=(Variable(name, Subsets(whole, at=at)),)
    )
