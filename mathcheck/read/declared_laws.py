r"""Statements about laws: P(Y = k) := p_k, and Y \sim \operatorname{Categorical}(p)."""

from __future__ import annotations

from mathcheck.read.claims import Statement, check_end
from mathcheck.read.cursor import ACCENTS, levels, places, text_of
from mathcheck.read.events import event, given_by_others, is_event, labelled
from mathcheck.read.laws import PROBABILITY, law_name, law_of
from mathcheck.read.lexer import Token
from mathcheck.read.names import read_accented
from mathcheck.read.normal import deviation, normal_law, normal_name
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Definition
from mathcheck.read.syntax import (
    Binary,
    Both,
    Call,
    Constant,
    Node,
    Number,
    Relation,
    Symbol,
    Transposed,
    Vector,
)

CATEGORICAL = ("Categorical", "categorical", "Cat", "cat", "Discrete", "Multinoulli")
BERNOULLI = ("Bernoulli", "bernoulli", "Bern", "Ber")
INDICATORS = ("I", r"\delta", r"\mathbb{1}", r"\mathbb{I}")
STYLES = (r"\mathbb", r"\Pr")
SIGNS = ("=", ":=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx")


def defines_event(found: list[Token]) -> bool:
    r"""Say whether a probability is defined: P(Y = k) := p_k."""
    start = head_length(found)
    named = found[0].kind in ("letter", "name") or found[0].text in (*STYLES, *ACCENTS)
    if not named or found[0].kind == "number" or text_of(found[:start]) in INDICATORS:
        return False
    if len(found) <= start or found[start].text not in ("(", "["):
        return False
    depths = [
        i for i, (depth, _) in enumerate(levels(found)) if not depth and i > start
    ]
    end = depths[0] if depths else 0
    rest = found[end + 1 :]
    signs = [rest[i].text for i in places(rest, SIGNS)]
    return (
        is_event(found[start + 1 : end], text_of(found[:start]))
        and rest != []
        and (rest[0].text == ":=" or (rest[0].text == "=" and signs == ["="]))
    )


def head_length(found: list[Token]) -> int:
    r"""Return of how many tokens the name of a law is: p, \mathbb{P}, p_{w, b}."""
    length = 4 if found[0].text == r"\mathbb" else 1
    if found[0].text in ACCENTS:  # \hat p
        length = 2
    if [t.text for t in found[length : length + 1]] != ["_"]:
        return length
    following = levels(found[length + 1 :])
    script = next((i for i, (depth, _) in enumerate(following, 1) if not depth), 0)
    return length + 1 + script


def event_definition(parser: Parser, at: int, end: int) -> Statement | None:
    r"""Read P(Y = k \mid X = x) := ..., whose arguments are symbols or numbers.

    With a plain equality sign it defines only what nothing has defined before.
    """
    function = read_function(parser)
    inner = parser.bracketed()
    parameters = frozenset(t.text for t in inner if t.kind == "letter")
    with parser.having(loose=parameters):
        found = event(parser, function, inner)
    sign = parser.take().text
    known = parser.scope.known(found.exact) or parser.scope.known(found.name)
    known |= bool(parser.scope.arities(function)) or bool(law_of(parser, inner[0].text))
    known |= found.sign != "="  # a plain equality sign claims of an inequality
    known |= sign == "=" and given_by_others(parser, function, inner, found)
    known |= function not in PROBABILITY and parser.scope.known(function)
    if sign == "=" and known:
        return None
    if not all(isinstance(value, Symbol) for value in found.open):
        raise RefusedError(
            "the arguments of a definition must be symbols or numbers", at
        )
    names = tuple(v.name for v in found.open if isinstance(v, Symbol))
    with parser.having(loose=frozenset(names)):
        body = parser.expression()
    check_end(parser)
    meaning = Definition(found.exact, body, names)
    return Statement("definition", at, end, body, declares=(meaning,))


def read_function(parser: Parser) -> str:
    r"""Read the name of a law: p, P, \Pr, \mathbb{P}, p_{w, b}."""
    if parser.skip(r"\Pr"):
        return "Pr"
    name = read_accented(parser)
    return labelled(parser, name, parser.argument()) if parser.skip("_") else name


def law(parser: Parser, at: int, end: int) -> list[Statement]:
    r"""Read Y \sim p, or Y \sim \operatorname{Bernoulli}(a)."""
    variable = read_accented(parser)
    parser.expect(r"\sim")
    name = parser.here.text if parser.here.kind == "name" else ""
    first = 1
    if name in (*CATEGORICAL, *BERNOULLI):
        parser.take()
        body = parser.whole(parser.bracketed())
        if name in BERNOULLI:
            rest = Binary("-", Number("1", at=at), body, at=at)
            body, first = Vector((rest, body), at=at), 0
    elif (name or parser.at(r"\mathcal")) and (normal := parser.attempt(normal_law)):
        return of_normal(parser, variable, normal, at, end)
    elif name or parser.at(r"\mathcal"):
        raise parser.refuse(
            f"{parser.shown} is not a law that is read; these are "
            r"\operatorname{Categorical}(p), \operatorname{Bernoulli}(a) and "
            r"\mathcal{N}(\mu, \sigma^2)"
        )
    else:
        body = parser.expression()
    check_end(parser)
    meaning = Definition(law_name(variable, first), body)
    return [
        Statement("definition", at, end, body, declares=(meaning,)),
        Statement("claim", at, end, is_distribution(body, at)),
    ]


def of_normal(
    parser: Parser, variable: str, normal: tuple[Node, Node], at: int, end: int
) -> list[Statement]:
    r"""Return what X \sim \mathcal{N}(\mu, \sigma^2) says: its variance is positive."""
    check_end(parser)
    mean, variance = normal
    body = Vector((mean, deviation(variance)), at=at)
    meaning = Definition(normal_name(variable), body)
    positive = Relation((">",), (variance, Number("0", at=at)), at=at)
    return [
        Statement("definition", at, end, body, declares=(meaning,)),
        Statement("claim", at, end, positive),
    ]


def is_distribution(body: Node, at: int) -> Node:
    """Return that the components of a vector are probabilities."""
    one, zero = Number("1", at=at), Number("0", at=at)
    total = Binary("*", Transposed(Constant("ones", at=at), at=at), body, at=at)
    least = Call("min", (body,), at=at)
    return Both(
        (
            Relation(("=",), (total, one), at=at),
            Relation((r"\ge",), (least, zero), at=at),
        ),
        at=at,
    )
