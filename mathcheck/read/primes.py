r"""Primes that turn a vector or a matrix: X'X, \beta_j' x_i, (y - X\beta)' y."""

from __future__ import annotations

from mathcheck.read.parser import Parser
from mathcheck.read.scope import Variable
from mathcheck.read.syntax import Indexed, Node, Symbol


def stands_in_product(parser: Parser, at: int) -> bool:
    """Say whether factors stand around a prime, which then may be a transpose: X'y."""
    before = [token for token in parser.tokens[: parser.position] if token.at < at][-1:]
    after = any(
        token.kind in ("letter", "number")
        or token.text in ("}", ")", "]", "'", r"\partial", r"\mathrm{d}")
        for token in before
    )
    return after or parser.starts_factor()


def has_sides(parser: Parser, name: str, given: int) -> bool:
    """Say whether a name with so many indices may be a vector or a matrix.

    Of what is defined, its value will tell.
    """
    return any(
        len(meaning.family) <= given < len(meaning.family) + meaning.components
        if isinstance(meaning, Variable)
        else meaning.parameters is None and len(meaning.indices) <= given
        for meaning in parser.scope.meanings(name)
    )


def turned_in_product(parser: Parser, node: Node) -> bool:
    """Say whether a prime after a bracket turns what is made of vectors or matrices."""
    members = {id(p.base): len(p.indices) for p in node.parts if isinstance(p, Indexed)}
    return stands_in_product(parser, node.at) and any(
        isinstance(part, Symbol)
        and has_sides(parser, part.name, members.get(id(part), 0))
        for part in node.parts
    )
