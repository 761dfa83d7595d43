r"""Orders: a real number as the index of a name, as in D_\alpha(P \| Q) and \ln_q(x).

What is defined for a declared \alpha is defined for all its values: D_{1/2}(P \| Q) and
D_{1 - \alpha}(Q \| P) are the same expression with another number in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mathcheck.read.bracketed import bracketed_name
from mathcheck.read.calls import arguments, is_counted
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import UndefinedError
from mathcheck.read.scope import Definition, Scope, Variable, numeric
from mathcheck.read.scripts import Scripts, powers, scripted
from mathcheck.read.syntax import (
    Call,
    Derivative,
    Finite,
    Interval,
    Negated,
    Node,
    Number,
    Relation,
    Such,
    Symbol,
    Without,
)

DEFORMED = (r"\ln", r"\log", r"\exp", "ln", "log", "exp")


def order_of(scope: Scope, below: Sequence[Token]) -> str:
    r"""Return the real number that a subscript is: the \alpha of D_\alpha."""
    if len(below) != 1 or below[0].kind != "letter":
        return ""
    meaning = scope.plain(below[0].text)
    real = numeric(meaning) and isinstance(real_set(meaning), Interval)
    return below[0].text if real else ""


def real_set(meaning: object) -> Node | None:
    """Return the set of a variable, without what is left out of it."""
    space = meaning.space if isinstance(meaning, Variable) else None
    while isinstance(space, Such | Without):
        space = space.base
    return space


def of_any_order(name: str, order: str = "") -> str:
    """Return under which name something is kept as a function of its order."""
    return rf"{name} of any order {order}"


def kept(scope: Scope, name: str) -> str:
    """Return under which name that is kept; of two orders neither is meant."""
    start = of_any_order(name)
    known = scope.meanings(f"{name} of ")
    found = {meaning.name for meaning in known if meaning.name.startswith(start)}
    return found.pop() if len(found) == 1 else ""


def with_order(meaning: Definition, name: str, order: str) -> Definition:
    """Return what is defined for an order as a function of that, too."""
    return replace(
        meaning,
        name=of_any_order(name, order),
        parameters=(order, *(meaning.parameters or ())),
        variable=None,
        signs=(),
    )


def of_order(parser: Parser, name: str, scripts: Scripts, at: int) -> Node | None:
    """Read what has an order that is a number or an expression, if it is defined so."""
    if not scripts.below or name in parser.bound:
        return None
    opens = parser.at("(", "[")
    if opens and (whole := kept(parser.scope, bracketed_name(name, parser.enclosed))):
        parser.bracketed()
        return called(parser, whole, (), scripts, at)
    means_more = parser.scope.known(name)
    if opens:
        means_more = bool(parser.scope.arities(name)) and is_counted(
            parser, scripts.below
        )
    if means_more or not (whole := kept(parser.scope, name)):
        return None
    if 1 in parser.scope.arities(whole):
        return called(parser, whole, (), scripts, at)
    if not opens:
        return None
    given, _ = arguments(parser)
    return called(parser, whole, given, scripts, at)


def called(
    parser: Parser, name: str, given: tuple[Node, ...], scripts: Scripts, at: int
) -> Node:
    """Return the call of what is kept as a function of its order."""
    order = parser.whole(scripts.below)
    check_order(parser, name, order, 1 + len(given), at)
    node: Node = Call(name, (order, *given), at=at)
    if scripts.primes:
        if len(given) != 1 or not isinstance(given[0], Symbol):
            raise parser.refuse(
                "a prime on what has an order; write the derivative", scripts.at
            )
        node = Derivative(node, (given[0],) * scripts.primes, at=at)
    return scripted(parser, powers(parser, node, scripts))


def check_order(parser: Parser, name: str, order: Node, count: int, at: int) -> None:
    """Refuse a number, as an order, that is outside of the declared interval."""
    meaning = parser.scope.function(name, count)
    parameters = meaning.parameters if isinstance(meaning, Definition) else None
    if not parameters:
        raise UndefinedError(f"{name} has not so many arguments", at)
    meaning = parser.scope.plain(parameters[0])
    space = real_set(meaning)
    number = order.body if isinstance(order, Negated) else order
    if not isinstance(number, Number) or not isinstance(space, Interval):
        return
    x = float(number.text) * (1 if number is order else -1)
    low, high = (getattr(end, "text", None) for end in (space.low, space.high))
    under = low is not None and (x < float(low) or (space.low_open and x == float(low)))
    over = high is not None and (
        x > float(high) or (space.high_open and x == float(high))
    )
    if under or over or order in left_out(meaning):
        raise UndefinedError(
            f"{name.split(' ')[0]} is defined for {parameters[0]} in its set, and "
            f"{x:g} is not in it",
            at,
        )


def left_out(meaning: object) -> list[Node]:
    r"""Return the numbers that a declaration leaves out, as in \alpha \ne 1."""
    space = meaning.space if isinstance(meaning, Variable) else None
    found: list[Node] = []
    while isinstance(space, Such | Without):
        if isinstance(space, Without) and isinstance(space.removed, Finite):
            found += space.removed.items
        elif isinstance(space, Such) and isinstance(space.condition, Relation):
            if space.condition.operators == (r"\ne",):
                found += space.condition.sides
        space = space.base
    return found


def is_deformed(parser: Parser) -> bool:
    r"""Say whether a logarithm or a power stands here that the page defines: \ln_q."""
    if parser.here.text not in DEFORMED or parser.ahead().text != "_":
        return False
    name = parser.here.text.removeprefix("\\")
    with parser.lookahead():
        parser.take()
        below = parser.following()
    full = f"{name}_{''.join(t.text for t in below if t.text not in '{}')}"
    general = name != "log" and kept(parser.scope, name)
    return parser.scope.known(full) or bool(general)


def as_name(parser: Parser) -> None:
    r"""Read the command that stands here, \ln, as a name."""
    text = parser.here.text.removeprefix("\\")
    parser.rewrite(1, [replace(parser.here, kind="name", text=text)])
