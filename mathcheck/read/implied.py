r"""The variable that a formula leaves unsaid: \left( x^2 \right)', [F(x)]_0^1.

It is the only real number on which the expression depends; of several, it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from mathcheck.read.parser import Parser
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.syntax import Interval, Node, Symbol, Without
from mathcheck.read.tree import symbols


def only_number(parser: Parser, node: Node) -> Symbol | None:
    """Return the only real number that an expression depends on, if it is one."""
    found = set(numbers_in(parser, node))
    if len(found) != 1 or None in found:
        return None
    return Symbol(found.pop() or "", at=node.at)


def numbers_in(parser: Parser, node: Node) -> Iterator[str | None]:
    """Yield the names of real numbers that an expression depends on; None for more."""
    for name in symbols(node):
        if name in parser.bound or name in parser.loose:
            yield name
            continue
        for meaning in parser.scope.meanings(name):
            if meaning.key[0] == "function":
                continue
            if isinstance(meaning, Definition):
                yield None  # what it depends on is not seen
            elif real(meaning):
                yield name
            elif meaning.family or meaning.components:
                yield None
            break


def real(meaning: Variable) -> bool:
    """Say whether something is declared as a real number."""
    space = meaning.space
    while isinstance(space, Without):
        space = space.base
    return isinstance(space, Interval) and not meaning.family
