r"""Primes that turn a vector or a matrix, as in X'X and \beta_j' x_i."""

from __future__ import annotations

from mathcheck.read.parser import Parser
from mathcheck.read.scope import Variable


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
    """Say whether a declared name with so many indices is a vector or a matrix."""
    return any(
        isinstance(meaning, Variable)
        and len(meaning.family) <= given < len(meaning.family) + meaning.components
        for meaning in parser.scope.meanings(name)
    )
