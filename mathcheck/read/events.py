r"""Laws and events: Y \sim \operatorname{Categorical}(p), P(Y = k \mid X = x), E[f(Y)].

An event names the variables; what they are equal to are the arguments. So P(Y = k) and
P(X = k) are values of two functions, each of which the page has to define, or to give
its variable a law.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mathcheck.read.bracketed import random_variables
from mathcheck.read.calls import ARGUMENT_ENDS
from mathcheck.read.cursor import levels, places, text_of, top_level
from mathcheck.read.inequal import SIGNS, derived
from mathcheck.read.laws import PROBABILITY, law_of
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import UndefinedError
from mathcheck.read.scope import is_size
from mathcheck.read.scripts import lengthened, scripted
from mathcheck.read.syntax import Binary, Call, Indexed, Node, Number, Range, Symbol
from mathcheck.read.tree import symbols


@dataclass(frozen=True)
class Event:
    r"""What stands in P(Y = k \mid X = x): the function by its names, and arguments."""

    name: str
    exact: str  # with the numbers that the event says
    arguments: tuple[Node, ...]
    open: tuple[Node, ...]  # those that are no numbers
    sign: str = "="  # of the first part
    alone: bool = True  # whether that is the whole event, and the rest its condition


def event_follows(parser: Parser, name: str, below: list[Token]) -> bool:
    """Say whether an event stands after a name; p_k [y = k] is a product."""
    if not parser.at("(", "[") or not is_event(parser.enclosed, name):
        return False
    return parser.at("(") or not index_in(parser, below)


def is_event(found: list[Token], function: str = "") -> bool:
    r"""Say whether brackets hold an event: Y = k, or of a probability Y \le k."""
    signs = SIGNS if function in PROBABILITY else ("=",)
    return top_level(found, signs) and found[0].kind in ("letter", "command", "name")


def index_in(parser: Parser, below: list[Token]) -> Token | None:
    """Return what is an index in a subscript, if anything is."""
    return next((token for token in below if parser.is_index(token.text)), None)


def labelled(parser: Parser, name: str, below: list[Token]) -> str:
    """Return the name of a law with what it depends on, which is no index."""
    if index := index_in(parser, below):
        raise parser.refuse(
            "an event after an index is not read; make the index an argument", index.at
        )
    return lengthened(name, "_", below)


def cut(found: list[Token]) -> list[tuple[str, list[Token]]]:
    """Cut an event at its commas and bars; return each part with what is before it."""
    parts: list[tuple[str, list[Token]]] = [("", [])]
    for depth, token in levels(found):
        if depth == 0 and token.is_sign and token.text in ARGUMENT_ENDS:
            sign = r" \mid " if token.text in ("|", r"\mid") else ", "
            parts.append((sign, []))
        else:
            parts[-1][1].append(token)
    return parts


def event(parser: Parser, function: str, found: list[Token]) -> Event:
    """Read what stands in the brackets of a probability."""
    shapes, exact, arguments, free = "", "", [], []
    signs: list[str] = []
    for sign, part in cut(found):
        equal = [*places(part, SIGNS)]
        if len(equal) > 1 or not part:
            raise parser.refuse("an event is read as Y = k", found[0].at)
        if not equal and is_about(parser, function, part):  # H(Y | X = x)
            shapes, exact = (text + sign + text_of(part) for text in (shapes, exact))
            signs.append("=")
            continue
        variable = text_of(part[: equal[0]]) if equal else r"\cdot"
        relation = part[equal[0]].text if equal else "="
        signs.append(relation)
        if relation != "=":
            variable += f" {relation}"
        value = parser.whole(part[equal[0] + 1 :] if equal else part)
        shapes += sign + variable
        number = number_of(parser, value)
        numbered = bool(number) and bool(equal) and relation == "="
        exact += f"{sign}{variable} = {number}" if number else sign + variable
        arguments.append(value)
        if not numbered:
            free.append(value)
    alone = all(sign.strip() == r"\mid" for sign, _ in cut(found)[1:2])
    return Event(
        f"{function}({shapes})", f"{function}({exact})", tuple(arguments), tuple(free),
        signs[0], alone,
    )  # fmt: skip


def is_about(parser: Parser, function: str, part: list[Token]) -> bool:
    """Say whether a part only names of which random variable something is."""
    letter = text_of(part)
    alone = len(part) == 1 and function not in PROBABILITY
    return alone and random_variables(parser.scope, [letter])


def number_of(parser: Parser, value: Node) -> str:
    """Return the number that an event says; K is one, if it is the last of an index."""
    if isinstance(value, Number):
        return value.text
    if not isinstance(value, Symbol) or value.name in parser.bound:
        return ""
    if not is_size(parser.scope.plain(value.name)):
        return ""
    last = any(
        isinstance(space := getattr(meaning, "space", None), Range)
        and value.name in symbols(space.high)
        for frame in parser.scope.frames
        for meaning in frame.meanings.values()
    )
    return value.name if last else ""


def probability(parser: Parser, function: str, at: int) -> Node:
    """Read P(Y = k), whose function may be defined so, or with plain arguments."""
    inner = parser.bracketed()
    found = event(parser, function, inner)
    scope = parser.scope
    if scope.arities(found.exact):
        return scripted(parser, Call(found.exact, found.open, at=at))
    if scope.arities(found.name):
        return scripted(parser, Call(found.name, found.arguments, at=at))
    if found.alone and (node := from_others(parser, function, inner, found, at)):
        return scripted(parser, node)
    if found.sign == "=" and len(found.arguments) in scope.arities(function):
        return scripted(parser, Call(function, found.arguments, at=at))
    law = law_of(parser, variable_of(inner))
    if (
        found.sign == "="
        and law
        and len(found.arguments) == 1
        and function in PROBABILITY
    ):
        name, first = law
        place: Node = found.arguments[0]
        if not first:
            place = Binary("+", place, Number("1", at=at), at=at)
        return scripted(parser, Indexed(Symbol(name, at=at), (place,), at=at))
    raise UndefinedError(
        f"the law of {found.name} is not declared here; define it with := for all "
        rf"values, or write Y \sim \operatorname{{Categorical}}(p) before",
        at,
    )


def variable_of(inner: list[Token]) -> str:
    """Return the variable that an event begins with."""
    return text_of(inner[: 1 if inner[0].kind != "command" else 4])


def given_by_others(
    parser: Parser, function: str, inner: list[Token], found: Event
) -> bool:
    """Say whether the probability of an event follows from what is given."""
    if not found.alone:
        return False
    return from_others(parser, function, inner, found, inner[0].at) is not None


def from_others(
    parser: Parser, function: str, inner: list[Token], found: Event, at: int
) -> Node | None:
    """Return a probability from those of other events, if it is not given itself."""
    if found.sign == "=" and law_of(parser, variable_of(inner)):
        return None
    place = next(places(inner, SIGNS))
    names = {
        sign: event(
            parser,
            function,
            [*inner[:place], replace(inner[place], text=sign), *inner[place + 1 :]],
        ).name
        for sign in SIGNS
    }
    many = len(found.arguments)
    if found.sign != "=" and not parser.scope.arities(names["="]):
        if many in parser.scope.arities(function):
            names["="] = function  # p(y \mid x), of plain arguments
    return derived(
        parser, function, names, found.sign, found.arguments, variable_of(inner), at
    )
