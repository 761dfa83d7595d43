r"""Laws that are functions: E_{a \sim \pi_\theta}[f(a)], E_{X \sim f(\cdot; \theta)}.

Of a function of finitely many numbers its values are the probabilities of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mathcheck.read.dots import exchanged
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.syntax import (
    Bracket,
    Call,
    Dots,
    Finite,
    Indexed,
    Interval,
    Node,
    Number,
    Range,
    Symbol,
    Vector,
)
from mathcheck.read.tree import symbols

Law = tuple[Node, int]  # the probabilities, and the first outcome


def law_of_function(
    parser: Parser, variable: str | None, below: list[Token]
) -> Law | None:
    r"""Read the law of what is drawn, if it is a function: \pi_\theta, f(\cdot; t)."""
    if variable is None:
        return None
    if not below:
        raise parser.refuse(rf"after \sim stands no law that {variable} is drawn from")
    drawn = Symbol(variable, at=below[0].at)
    place = Token("letter", variable, below[0].at, below[0].at)
    if any(t.text == r"\cdot" for t in below[1:]):
        below = [replace(place, at=t.at) if t.text == r"\cdot" else t for t in below]
    with parser.having(bound=(*parser.bound, variable)):
        law = parser.whole(below)
    if isinstance(law, Symbol):
        nearest = parser.scope.nearest(law.name)
        if not any(m.key == ("function", law.name, 1) for m in nearest):
            return None
        law = Call(law.name, (drawn,), at=law.at)
    if isinstance(law, Indexed) and isinstance(law.base, Symbol):  # p(a), of a vector
        return (law.base, 1) if law.indices == (drawn,) else None
    called = law.base if isinstance(law, Indexed) else law
    if not isinstance(called, Call) or variable not in symbols(law):
        return None
    outcomes = outcomes_of(parser, called, variable)
    if isinstance(outcomes, Interval):
        raise RefusedError(
            "an expectation under a density is not read; write it as an integral, "
            rf"\int {called.function}({variable}) \dots \, d{variable}",
            law.at,
        )
    return None if outcomes is None else values_at(law, drawn, outcomes)


def outcomes_of(parser: Parser, call: Call, variable: str) -> Node | None:
    """Return the set that the outcomes are in: that of the letter, or the parameter."""
    scope = parser.scope
    definition = scope.function(call.function, len(call.arguments))
    names = [variable]
    if isinstance(definition, Definition) and Symbol(variable) in call.arguments:
        place = call.arguments.index(Symbol(variable))
        names.append((definition.parameters or ())[place])
    for name in names:
        meaning = scope.plain(name)
        if isinstance(meaning, Variable) and not meaning.family:
            return meaning.space
    return None


def values_at(law: Node, drawn: Symbol, outcomes: Node) -> Law | None:
    """Return the values of a law at whole numbers that follow one another."""
    if isinstance(outcomes, Range):
        low = outcomes.low
        if not isinstance(low, Number) or not low.text.isdigit():
            return None
        return counted(law, drawn, outcomes, int(low.text))
    if not isinstance(outcomes, Finite):
        return None
    texts = [getattr(item, "text", "") for item in outcomes.items]
    if not all(text.isdigit() for text in texts):
        return None
    numbers = sorted(set(map(int, texts)))
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    at = at_number(law, drawn)
    return Vector(tuple(at(Number(str(n))) for n in numbers), at=law.at), numbers[0]


def at_number(law: Node, drawn: Symbol) -> Callable[[Node], Node]:
    """Return what puts an outcome into a law."""

    def at(number: Node) -> Node:
        found: Node = exchanged(law, {drawn: number})
        return found

    return at


def counted(law: Node, drawn: Symbol, outcomes: Range, low: int) -> Law:
    """Return the values of a law from the first to the last number."""
    at = at_number(law, drawn)
    ends = at(outcomes.low), Dots(at=law.at), at(Bracket(outcomes.high, at=law.at))
    return Vector(ends, at=law.at), low
