r"""Events that are inequalities: P(Y \le j), P(Y > j \mid x), P(Y \ne k).

What is not defined so is taken from what is: from the opposite event, or from the sum
over the values of Y of which the law is given.
"""

from __future__ import annotations

from mathcheck.read.conditions import FLIPPED
from mathcheck.read.dots import COUNTER
from mathcheck.read.laws import PROBABILITY, law_of
from mathcheck.read.parser import Parser
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.syntax import (
    ONE,
    Big,
    Binary,
    Bound,
    Call,
    Finite,
    Indexed,
    Indicator,
    Node,
    Number,
    Power,
    Range,
    Relation,
    Simplex,
    Symbol,
    Vector,
)

SIGNS = tuple(FLIPPED)


def derived(
    parser: Parser,
    function: str,
    names: dict[str, str],
    sign: str,
    given: tuple[Node, ...],
    variable: str,
    at: int,
) -> Node | None:
    """Return the probability of an event from those of others, if they are known.

    The names are those of the functions of this event with other signs.
    """
    opposite = names[FLIPPED[sign]]
    if len(given) in parser.scope.arities(opposite):
        return rest(Call(opposite, given, at=at), at)
    summed = values(parser, function, names["="], given, variable, at)
    if summed is None:
        return None
    over, value = summed
    condition = Relation((sign,), (Symbol(COUNTER), given[0]), at=at)
    body = Binary("*", Indicator(condition, at=at), value, at=at)
    return Big("sum", (over,), body, at=at)


def rest(node: Node, at: int) -> Node:
    """Return what is left of 1."""
    return Binary("-", ONE, node, at=at)


def values(
    parser: Parser, function: str, name: str, given: tuple[Node, ...], variable: str,
    at: int,
) -> tuple[Bound, Node] | None:  # fmt: skip
    """Return the values that a variable takes, and the probability of each."""
    counter = Symbol(COUNTER, at=at)
    meaning = parser.scope.function(name, len(given))
    if isinstance(meaning, Definition) and meaning.parameters:
        known = parser.scope.plain(meaning.parameters[0])
        space = known.space if isinstance(known, Variable) else None
        call = Call(name, (counter, *given[1:]), at=at)
        if isinstance(space, Range):
            return Bound(COUNTER, space.low, space.high, at=at), call
        if isinstance(space, Finite):
            return Bound(COUNTER, domain=space, at=at), call
        return None
    law = law_of(parser, variable)
    if law is None or len(given) > 1 or function not in PROBABILITY:
        return None
    own, first = law
    size = size_of(parser, own)
    if size is None:
        return None
    place: Node = counter if first else Binary("+", counter, ONE, at=at)
    last = size if first else Binary("-", size, ONE, at=at)
    low = Number(str(first), at=at)
    return Bound(COUNTER, low, last, at=at), Indexed(Symbol(own), (place,), at=at)


def size_of(parser: Parser, name: str) -> Node | None:
    """Return how many values a law has, if that shows."""
    meaning = parser.scope.plain(name)
    body = meaning.body if isinstance(meaning, Definition) else None
    if isinstance(body, Vector):
        return Number(str(len(body.items)))
    known = parser.scope.plain(body.name) if isinstance(body, Symbol) else None
    space = known.space if isinstance(known, Variable) else None
    if isinstance(space, Simplex):
        return space.size
    return space.sizes[0] if isinstance(space, Power) else None
