r"""Sums and their like: what is bound, over which set, and how far the body reaches."""

from __future__ import annotations

from mathcheck.read.conditions import RELATIONS, condition
from mathcheck.read.cursor import top_level
from mathcheck.read.lexer import Token
from mathcheck.read.names import read_name
from mathcheck.read.parser import Parser
from mathcheck.read.problems import UndefinedError
from mathcheck.read.scope import Variable
from mathcheck.read.syntax import (
    Big,
    Both,
    Bound,
    Extreme,
    Finite,
    Member,
    Node,
    Number,
    Range,
    Relation,
    Symbol,
)
from mathcheck.read.tree import symbols


def total(parser: Parser) -> Node:
    """Read a sum."""
    return big(parser, "sum")


def product(parser: Parser) -> Node:
    """Read a product over an index."""
    return big(parser, "prod")


def big(
    parser: Parser, kind: str, below: list[Token] | None = None, at: int | None = None
) -> Node:
    """Read a sum, product, maximum, ... with its limits and its body."""
    if at is None:
        at = parser.take().at
    above: list[Token] = []
    while parser.at("_", "^"):
        if parser.take().text == "_":
            below = parser.argument()
        else:
            above = parser.argument()
    if not below:
        raise parser.refuse(
            rf"a {kind} without an index; write \{kind}_{{k=1}}^{{K}} or \{kind}_k", at
        )
    bound = limits(parser, below, above, at)
    names = [b.name for b in bound]
    if kind in ("argmax", "argmin", "sup", "inf", "max", "min") and continuous(bound):
        if kind not in ("argmax", "argmin"):
            raise parser.refuse(f"a {kind} over a continuous set is not read", at)
        return Extreme(kind, names[0], body(parser, names), at=at)
    kind = {"sup": "max", "inf": "min"}.get(kind, kind)  # finitely many: attained
    return Big(kind, tuple(bound), body(parser, names), at=at)


def body(parser: Parser, names: list[str]) -> Node:
    """Read what the operator applies to: a product, perhaps with a minus before it."""
    with parser.having(bound=(*parser.bound, *names)):
        return parser.term()


def continuous(bound: list[Bound]) -> bool:
    """Say whether the one bound symbol runs over more than finitely many values."""
    domain = bound[0].domain
    return (
        len(bound) == 1
        and domain is not None
        and not isinstance(domain, Range | Finite)
    )


def limits(
    parser: Parser, below: list[Token], above: list[Token], at: int
) -> list[Bound]:
    """Read what stands below and above the sign."""
    below = unstacked(below)
    if not top_level(below, (*RELATIONS, r"\in", r"\notin")):
        names = parser.isolated(below, index_names)
        if above and len(names) > 1:
            raise parser.refuse("an upper limit for several indices", at)
        if above:
            raise parser.refuse(
                f"an upper limit without a lower one; write {names[0]}=1 below", at
            )
        return [Bound(n, domain=own_set(parser, n, at), at=at) for n in names]
    with parser.having(fresh=True):  # the index may be new
        parts = parser.isolated(below, condition)
    conditions = list(parts.conditions) if isinstance(parts, Both) else [parts]
    if isinstance(parts, Both) and parts.any:
        raise parser.refuse("`or` below a sum is not read", at)
    first, *rest = conditions
    found = first_limit(parser, first, above, at)
    check_own_limit(parser, found, at)
    for part in rest:
        check_declared(parser, part, {b.name for b in found}, at)
    last = found[-1]
    joined = [last.condition] if last.condition else []
    if rest:
        joined.append(Both(tuple(rest), at=at))
    if joined:
        together = joined[0] if len(joined) == 1 else Both(tuple(joined), at=at)
        found[-1] = Bound(last.name, last.low, last.high, last.domain, together, at=at)
    return found


def check_declared(parser: Parser, node: Node, bound: set[str], at: int) -> None:
    """Raise for a name in a condition that nothing declares."""
    for name in symbols(node) - bound:
        parser.require(name, at)


def unstacked(below: list[Token]) -> list[Token]:
    r"""Return limits without \substack; its rows become conditions."""
    if below and below[0].text == r"\substack":
        inner = below[2:-1] if below[1].text == "{" else below[1:]
        below = [
            Token("mark", ",", t.at, t.end) if t.kind == "break" else t for t in inner
        ]
    return [
        Token("mark", ",", t.at, t.end) if t.text in (":", r"\mid", "|", ";") else t
        for t in below
    ]


def index_names(parser: Parser) -> list[str]:
    """Read the indices of a sum without limits: k, or n, k, or nk."""
    names = []
    while not parser.done:
        token = parser.here
        if token.kind != "letter" and not parser.at(r"\mathbf"):
            raise parser.refuse(f"{parser.shown} is not an index")

        name = read_name(parser)
        while parser.skip("'"):
            name += "'"
        names.append(name)
        parser.skip(",")
    return names


def own_set(parser: Parser, name: str, at: int) -> Node:
    """Return the set in which an index was declared."""
    for meaning in parser.scope.meanings(name):
        if isinstance(meaning, Variable) and not meaning.family:
            return meaning.space
    raise UndefinedError(
        f"{name} is not declared here, so the sum over {name} has no range; "
        f"write {name}=1 below it and its end above it",
        at,
    )


def first_limit(
    parser: Parser, first: Node, above: list[Token], at: int
) -> list[Bound]:
    r"""Read k=1, k \ne c, k \in S or 1 \le k \le K, which says what is bound."""
    high = parser.whole(above) if above else None
    if isinstance(first, Member):
        if not isinstance(first.element, Symbol) or high:
            raise parser.refuse("expected an index and its set below the sign", at)
        return [Bound(first.element.name, domain=first.space, at=at)]
    assert isinstance(first, Relation)
    left, *others = first.sides
    if first.operators == (r"\le", r"\le") and isinstance(others[0], Symbol):
        return [Bound(others[0].name, left, others[1], at=at)]
    if not isinstance(left, Symbol):
        raise parser.refuse("expected an index below the sign", at)
    name = left.name
    if first.operators == ("=",) and high is not None:
        for free in symbols(others[0]):
            parser.require(free, at)
        return [Bound(name, others[0], high, at=at)]
    if name in symbols(others[0]):
        raise parser.refuse(f"{name} is compared with itself below the sign", at)
    if first.operators == (r"\ne",):
        for free in symbols(others[0]) - {name}:
            parser.require(free, at)
        if high is not None:  # \sum_{j \ne i}^{C}: from the first to C
            one = Number("1", at=at)
            return [Bound(name, one, high, condition=first, at=at)]
        return [Bound(name, domain=own_set(parser, name, at), condition=first, at=at)]
    raise parser.refuse(
        f"which index is summed over can be read in two ways; write {name}=1 below "
        "the sign and the end above it",
        at,
    )


def check_own_limit(parser: Parser, bound: list[Bound], at: int) -> None:
    """Refuse an index that is its own limit."""
    for b in bound:
        for limit in (b.low, b.high):
            if limit is not None and b.name in symbols(limit):
                raise parser.refuse(
                    f"{b.name} is the index and its own limit; use two letters", at
                )
