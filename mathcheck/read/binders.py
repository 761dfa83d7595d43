r"""What binds a variable besides sums: argmax, expectations, integrals, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mathcheck.read.lexer import Token
from mathcheck.read.limits import big, body
from mathcheck.read.lists import sequence
from mathcheck.read.names import read_name
from mathcheck.read.scripts import scripted
from mathcheck.read.sets import space
from mathcheck.read.syntax import Expectation, Infinity, Integral, Interval, Limit, Node

if TYPE_CHECKING:
    from mathcheck.read.parser import Parser


def extreme(parser: Parser) -> Node:
    r"""Read \arg\max_\theta or \operatorname{argmax}_k."""
    token = parser.take()
    kind = token.text.lstrip("\\")
    if kind == "arg":
        kind += parser.here.text.lstrip("\\")
        if kind not in ("argmax", "argmin"):
            raise parser.refuse(r"\arg stands before \max or \min", token.at)
        parser.take()
    below: list[Token] | None = None
    if parser.skip("_"):
        below = parser.argument()
    if below is None:
        raise parser.refuse(
            rf"{kind} needs what it runs over; write \arg\max_{{k}} z_k", token.at
        )
    return big(parser, kind, below=below, at=token.at)


def expectation(parser: Parser) -> Node:
    r"""Read \mathbb{E}_{y \sim p}[...], \operatorname{Var}_p(v) or Cov."""
    at = parser.here.at
    kind = read_name(parser)
    kind = "E" if "E" in kind else kind
    if not parser.skip("_"):
        raise parser.refuse(
            rf"{kind} needs its distribution; write {kind}_{{y \sim p}}", at
        )
    below = parser.argument()
    variable: str | None = None
    marks = [i for i, t in enumerate(below) if t.text == r"\sim"]
    if marks:
        variable = parser.isolated(below[: marks[0]], lambda: read_name(parser))
        below = below[marks[0] + 1 :]
    law = parser.isolated(below, parser.expression)
    bracketed = parser.at("[", "(", r"\{")
    inner: list[Token] = []
    if bracketed:
        stop = parser.closing(parser.position)
        inner = parser.tokens[parser.position + 1 : stop]
        parser.position = stop + 1
    if variable:
        parser.bound.append(variable)
    try:
        if bracketed:
            bodies = parser.isolated(inner, lambda: sequence(parser))
        else:
            bodies = [parser.factor()]
            if parser.starts_factor() or parser.at("/", r"\cdot"):
                raise parser.refuse(f"put brackets around what {kind} is taken of", at)
    finally:
        if variable:
            parser.bound.pop()
    if len(bodies) != (2 if kind == "Cov" else 1):
        raise parser.refuse(f"{kind} of {len(bodies)} things is not read", at)
    return scripted(parser, Expectation(kind, variable, law, tuple(bodies), at=at))


def integral(parser: Parser) -> Node:
    r"""Read \int_0^1 f(x) \, \mathrm{d}x."""
    at = parser.take().at
    ends: dict[str, list[Token]] = {}
    while parser.at("_", "^"):
        mark = parser.take().text
        ends[mark] = parser.argument()
    if set(ends) == {"_", "^"}:
        low = parser.isolated(ends["_"], parser.expression)
        high = parser.isolated(ends["^"], parser.expression)
    elif set(ends) == {"_"}:  # \int_{\mathbb{R}}, \int_{[0, 1]}
        domain = parser.isolated(ends["_"], lambda: space(parser))
        if not isinstance(domain, Interval):
            raise parser.refuse("an integral over this set is not read", at)
        low, high = domain.low, domain.high
    else:
        raise parser.refuse("an integral without its limits is not read", at)
    depth, stop = 0, parser.position
    while True:
        token = parser.tokens[stop]
        if token.kind == "end":
            raise parser.refuse(r"an integral without its \mathrm{d}x", at)
        depth += token.text in ("(", "[", "{", r"\{")
        depth -= token.text in (")", "]", "}", r"\}")
        following = parser.tokens[stop + 1]
        italic = (
            token.text == "d" and token.kind == "letter" and following.kind == "letter"
        )
        if depth == 0 and (token.text == r"\mathrm{d}" or italic):
            break
        stop += 1
    inner = parser.tokens[parser.position : stop]
    parser.position = stop + 1
    name = read_name(parser)
    if not inner:
        raise parser.refuse("an integral of nothing", at)
    parser.bound.append(name)
    try:
        integrand = parser.isolated(inner, parser.expression)
    finally:
        parser.bound.pop()
    return Integral(name, low, high, integrand, at=at)


def limit(parser: Parser) -> Node:
    r"""Read \lim_{x \to 0^+} f(x)."""
    at = parser.take().at
    if not parser.skip("_"):
        raise parser.refuse(r"a limit needs what tends where: \lim_{x \to 0}", at)
    below = parser.argument()

    def tending() -> tuple[str, Node, int]:
        name = read_name(parser)
        arrow = {r"\downarrow": 1, r"\searrow": 1, r"\uparrow": -1, r"\nearrow": -1}
        side = arrow.get(parser.here.text, 0)
        if side:
            parser.take()
            rest = parser.tokens[parser.position : -1]
            parser.position = len(parser.tokens) - 1
            return name, parser.isolated(rest, parser.expression), side
        parser.expect(r"\to")
        if parser.tokens[-2].text in ("+", "-") and parser.tokens[-3].text in (
            "^",
            "{",
        ):
            side = 1 if parser.tokens[-2].text == "+" else -1
        rest = parser.tokens[parser.position : -1]
        marks = [i for i, t in enumerate(rest) if t.text == "^"]
        if marks and "".join(t.text for t in rest[marks[0] :]).strip("^{}") in "+-":
            side = 1 if "+" in [t.text for t in rest[marks[0] :]] else -1
            rest = rest[: marks[0]]
        elif rest and rest[-1].text in ("+", "-"):
            side, rest = (1 if rest[-1].text == "+" else -1), rest[:-1]
        else:
            side = 0
        target = parser.isolated(rest, parser.expression) if rest else Infinity()
        parser.position = len(parser.tokens) - 1
        return name, target, side

    name, target, side = parser.isolated(below, tending)
    return Limit(name, target, side, body(parser, [name]), at=at)
