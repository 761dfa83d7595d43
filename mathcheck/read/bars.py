r"""Bars of evaluation: \left. f \right|_{x = 0}, f \big|_{x = 0}, [f]_{x=0}^{x=1}."""

from __future__ import annotations

from collections.abc import Sequence

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.continua import REALS
from mathcheck.read.cursor import levels, top_level
from mathcheck.read.layouts import ALTERNATIVES, right_brace
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.scope import Scope, Variable, components
from mathcheck.read.syntax import Binary, Bracket, Node, Substituted, Symbol

Settings = tuple[tuple[str, ...], tuple[Node, ...]]  # names, and their values


def set_at_bars(found: Sequence[Token], scope: Scope) -> None:
    r"""Declare what only a bar sets: t of f(z + t v) |_{t = 0}, w of f(w) |_{w = z}."""
    for position, bar in enumerate(found[:-5]):
        if bar.text != "|":
            continue
        script, opener, name, sign, value = found[position + 1 : position + 6]
        sets = [script.text, opener.text, sign.text] == ["_", "{", "="]
        if sets and name.kind == "letter" and not scope.known(name.text):
            domain = scope.space(scope.spelling(value.text))
            several = domain is not None and components(domain)
            scope.add(Variable(name.text, domain if domain and several else REALS))


def opened_left(parser: Parser) -> Node:
    r"""Read what \left. opens: a bar closes it, or the brace of an alternative."""
    if parser.ahead().text in ALTERNATIVES:
        return right_brace(parser)
    opener = parser.take()
    rest = parser.tokens[parser.position :]
    for position, (depth, token) in enumerate(levels(rest)):
        if depth == 0 and token.text == "|" and rest[position + 1].text in ("_", "^"):
            break
    else:
        raise parser.refuse(
            r"\left. opens what nothing closes; write \left. f \right|_{x = 0}",
            opener.at,
        )
    with parser.having(bars=0):
        body = parser.whole(rest[:position])
    parser.position += position
    bar = parser.take()
    return substituted(parser, Bracket(body, at=opener.at), bar)


def evaluated(parser: Parser, body: Node) -> Node:
    """Read a bar after a term: all factors of the term are meant."""
    return substituted(parser, body, parser.take())


def sets_values(tokens: list[Token]) -> bool:
    """Say whether a subscript sets something, as in [f]_{x = 0}."""
    return top_level(tokens, ("=",))


def substituted(parser: Parser, body: Node, bar: Token) -> Node:
    """Read the values that stand at a bar, and put them into what is before it."""
    return put(body, *values_at(parser, bar), bar.at)


def values_at(parser: Parser, bar: Token) -> tuple[Settings, Settings | None]:
    """Read what stands at a bar below, and above it, if it is a difference."""
    scripts: dict[str, list[Token]] = {}
    while parser.at("_", "^"):
        mark = parser.take()
        if mark.text in scripts:
            raise parser.refuse(f"two of {mark.text} at a bar", mark.at)
        scripts[mark.text] = parser.argument()
    below, above = scripts.get("_", []), scripts.get("^")
    if not sets_values(below):
        raise parser.refuse(
            "what is set at a bar is not said; write its name, as in |_{x = 0}", bar.at
        )
    low = parser.isolated(below, settings)
    if above is not None and len(low[0]) != 1:
        raise parser.refuse("a difference between several values", bar.at)
    return low, None if above is None else settings_above(parser, above, low[0])


def put(body: Node, low: Settings, high: Settings | None, at: int) -> Node:
    """Return an expression at some values, or the difference of it between two."""
    lower = Substituted(body, *low, at=at)
    if high is None:
        return lower
    return Bracket(Binary("-", Substituted(body, *high, at=at), lower, at=at), at=at)


def settings_above(parser: Parser, above: list[Token], names: tuple[str, ...]
                   ) -> Settings:  # fmt: skip
    """Read the upper value, with or without the name that stands below."""
    if not sets_values(above):
        return names, (parser.whole(above),)
    found = parser.isolated(above, settings)
    if found[0] != names:
        raise parser.refuse("two names at one bar", above[0].at)
    return found


def settings(parser: Parser) -> Settings:
    """Read x = 0, t = 3: names and their values."""
    names: list[str] = []
    values: list[Node] = []
    while True:
        at = parser.here.at
        named = parser.factor()
        if not isinstance(named, Symbol) or not parser.skip("="):
            raise parser.refuse(
                "at a bar stands a symbol and its value, as in |_{x = 0}; "
                "write components as a vector",
                at,
            )
        names.append(named.name)
        values.append(parser.expression())
        if parser.at(*RELATIONS):
            raise parser.refuse("one value for each symbol at a bar")
        if not parser.skip(",", ";"):
            return tuple(names), tuple(values)
