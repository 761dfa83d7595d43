r"""Sums and their like: what is bound, over which set, and how far the body reaches."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.bounds import limits
from mathcheck.read.continua import intervals_below, narrowed
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import components
from mathcheck.read.syntax import (
    Big,
    Binary,
    Bound,
    Extreme,
    Interval,
    Node,
    Power,
    Product,
    Simplex,
    Such,
    Without,
)
from mathcheck.read.tree import base_of, bound_names, conjuncts, symbols

OTHER_SET = (
    r"of an extreme over another set write \le or \ge, and where it is equal as a "
    "statement of its own"
)
VALUES = ("sup", "inf", "max", "min")
TIMES = ("*", "dot", "times", "/")


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
    known = frozenset(parser.shared)
    extreme = kind in ("argmax", "argmin", *VALUES)
    intervals = intervals_below(parser, below, at) if extreme and not above else []
    try:
        bound = intervals or limits(parser, below, above, at)
    except RefusedError as error:
        if kind not in VALUES:
            raise
        raise RefusedError(f"{error}; {OTHER_SET}", error.at) from None
    names = [b.name for b in bound]
    vectors = {b.name for b in bound if b.domain and components(b.domain)}
    with parser.having(loose=parser.loose | vectors):
        what = body(parser, names)
    for other in set(parser.shared) - known - symbols(what):
        if parser.shared[other] == r"\ne":  # it is not in what is summed: it is given
            del parser.shared[other]
    if extreme and (space := continuum(bound)):
        return Extreme(kind, tuple(names), what, space, at=at)
    kind = {"sup": "max", "inf": "min"}.get(kind, kind)  # finitely many: attained
    return apart(Big(kind, tuple(bound), what, at=at))


def apart(node: Big) -> Node:
    r"""Return \prod_i a_i \prod_i b_i as two products: the second has an i of its own.

    In \prod_i a_i \prod_j b_j nobody means the second one to a power.
    """
    body = node.body
    if not isinstance(body, Binary) or body.operation not in TIMES:
        return node
    first = body.right
    while isinstance(first, Binary) and first.operation in TIMES:
        first = first.left
    own = bound_names(node)
    alone = node.kind == "prod" and own.isdisjoint(symbols(body.right))
    if not isinstance(first, Big) or not (alone or own & bound_names(first)):
        return node
    return replace(body, left=replace(node, body=body.left))


def body(parser: Parser, names: list[str]) -> Node:
    """Read what the operator applies to: a product, perhaps with a minus before it."""
    with parser.having(bound=(*parser.bound, *names)):
        return parser.term()


def continuum(bound: list[Bound]) -> Node | None:
    r"""Return the set of bound symbols if it is more than finite: \min_q, \min_{w, b}.

    Several are numbers or vectors of real components, each with a set of its own.
    """
    if len(bound) == 1 and is_continuum(bound[0].domain):
        return restricted(bound)[0]
    domains = [b.domain for b in bound if b.domain]
    real = [d for d in domains if isinstance(base_of(d), Interval)]
    if len(real) < len(bound) or any(components(d) > 1 for d in real):
        return None
    return Product(tuple(restricted(bound)))


def is_continuum(domain: Node | None) -> bool:
    """Say whether a set has more than finitely many values, as numbers or vectors."""
    while isinstance(domain, Without | Such | Power):
        domain = domain.base
    return isinstance(domain, Interval | Simplex)


def restricted(bound: list[Bound]) -> list[Node]:
    """Return the sets of bound symbols, with what is said below the sign besides."""
    sets = {b.name: b.domain for b in bound if b.domain}
    for condition in (each for b in bound for each in conjuncts(b.condition)):
        name, *others = sorted(symbols(condition) & {*sets}) or [bound[0].name]
        space = sets[name]
        nearer = (
            narrowed(name, space, condition)
            if isinstance(space, Interval) and not others
            else None
        )
        if nearer is None and (others or len(bound) > 1):
            raise RefusedError(
                f"a condition on {name} together with other symbols is not read below "
                f"an extreme; {OTHER_SET}",
                condition.at,
            )
        sets[name] = nearer or Such(name, space, condition, at=condition.at)
    return [*sets.values()]
