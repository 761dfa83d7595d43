r"""Normal laws: X \sim \mathcal{N}(\mu, \sigma^2), whose expectations are integrals.

A normal X is \mu + \sigma t, with a t that has the standard normal density; so
E[f(X)] is the integral of f(\mu + \sigma t) times that density.
"""

from __future__ import annotations

from mathcheck.read.cursor import text_of
from mathcheck.read.dots import exchanged
from mathcheck.read.parser import Parser
from mathcheck.read.scope import Definition
from mathcheck.read.syntax import (
    ONE,
    Binary,
    Bracket,
    Call,
    Constant,
    Infinity,
    Integral,
    Negated,
    Node,
    Number,
    Symbol,
    Vector,
)
from mathcheck.read.tree import unbracketed

NAMES = ("N", "Normal", "Gaussian")


def normal_name(variable: str) -> str:
    """Return under which name the normal law of a variable is kept."""
    return f"normal law of {variable}"


def normal_law(parser: Parser) -> tuple[Node, Node] | None:
    r"""Read \mathcal{N}(\mu, \sigma^2), if it stands here: return \mu and \sigma^2."""
    if parser.at(r"\mathcal"):
        parser.take()
        named = text_of(parser.argument()) == "N"
    else:
        named = parser.take().text in NAMES
    if named and parser.at("("):
        given = parser.isolated(parser.bracketed(), Parser.sequence)
        if len(given) == 2:
            return given[0], given[1]
    return None


def deviation(variance: Node) -> Node:
    r"""Return the root of a variance: \sigma, if that is written as \sigma^2."""
    inner = unbracketed(variance)
    square = isinstance(inner, Binary) and inner.operation == "^"
    if isinstance(inner, Binary) and square and inner.right == Number("2"):
        return inner.left
    return inner if inner == ONE else Call("sqrt", (variance,), at=inner.at)


def normal_of(parser: Parser, variable: str) -> tuple[Node, Node] | None:
    """Return the mean and the deviation of a variable, if it has a normal law."""
    meaning = parser.scope.plain(normal_name(variable))
    if not isinstance(meaning, Definition) or not isinstance(meaning.body, Vector):
        return None
    mean, spread = meaning.body.items
    return mean, spread


def moment(
    kind: str, variable: str, law: tuple[Node, Node], bodies: list[Node], at: int
) -> Node:
    """Return an expectation, a variance or a covariance as integrals."""
    first, last = bodies[0], bodies[-1]
    mean = expected(variable, law, first, at)
    if kind == "E":
        return mean
    product = expected(variable, law, Binary("*", first, last, at=at), at)
    other = expected(variable, law, last, at)
    return Bracket(Binary("-", product, Binary("*", mean, other, at=at), at=at), at=at)


def expected(variable: str, law: tuple[Node, Node], body: Node, at: int) -> Node:
    """Return the integral that the expectation of an expression is."""
    mean, spread = law
    drawn = Symbol(f"draw of {variable}", at=at)
    value = Bracket(Binary("+", mean, Binary("*", spread, drawn, at=at), at=at), at=at)
    inner = Bracket(exchanged(body, {Symbol(variable): value}), at=at)
    square = Binary("^", drawn, Number("2"), at=at)
    power = Negated(Binary("/", square, Number("2"), at=at), at=at)
    density = Binary(
        "/",
        Binary("^", Constant("e", at=at), power, at=at),
        Call("sqrt", (Binary("*", Number("2"), Constant("pi", at=at), at=at),), at=at),
        at=at,
    )
    weighed = Binary("*", inner, density, at=at)
    low = Negated(Infinity(at=at), at=at)
    return Bracket(Integral(drawn.name, low, Infinity(at=at), weighed, at=at), at=at)
