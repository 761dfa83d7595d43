r"""What binds a variable besides sums: argmax, expectations, integrals, limits."""

from __future__ import annotations

from mathcheck.read.cursor import levels, text_of
from mathcheck.read.laws import law_of
from mathcheck.read.lexer import Token
from mathcheck.read.limits import big, body
from mathcheck.read.names import read_name
from mathcheck.read.parser import Parser
from mathcheck.read.scripts import scripted
from mathcheck.read.sets import space
from mathcheck.read.syntax import (
    Call,
    Expectation,
    Infinity,
    Integral,
    Interval,
    Limit,
    Node,
    Simplex,
    Symbol,
)


def extreme(parser: Parser) -> Node:
    r"""Read \arg\max_\theta or \operatorname{argmax}_k."""
    token = parser.take()
    kind = token.text.lstrip("\\").lower()
    if kind == "arg":
        kind += parser.here.text.lstrip("\\")
        if kind not in ("argmax", "argmin"):
            raise parser.refuse(r"\arg stands before \max or \min", token.at)
        parser.take()
    if parser.at("(", "["):
        argument = parser.whole(parser.bracketed())
        return scripted(parser, Call(kind, (argument,), at=token.at))
    if not parser.skip("_"):
        raise parser.refuse(
            rf"{kind} needs what it runs over; write \arg\max_{{k}} z_k", token.at
        )
    return big(parser, kind, below=parser.argument(), at=token.at)


def expectation(parser: Parser) -> Node:
    r"""Read \mathbb{E}_{y \sim p}[...], \operatorname{Var}_p(v) or Cov."""
    at = parser.here.at
    kind = read_name(parser)
    kind = {r"\mathbb{E}": "E", r"\mathbb{V}": "Var"}.get(kind, kind)
    if parser.at("[", "(", r"\{"):
        return under_own_law(parser, kind, at)
    if not parser.skip("_"):
        raise parser.refuse(
            rf"{kind} needs its distribution; write {kind}_{{y \sim p}}", at
        )
    below = parser.argument()
    variable: str | None = None
    marks = [i for i, t in enumerate(below) if t.text == r"\sim"]
    if marks:
        variable = parser.isolated(below[: marks[0]], read_name)
        below = below[marks[0] + 1 :]
    law = parser.whole(below)
    implied = variable is None
    if implied and parser.at("[", "(", r"\{"):
        new = drawn_letters(parser)
        variable = new[0] if len(new) == 1 else None  # E_p[\log q(X)]
    own = (variable,) if variable else ()
    with parser.having(bound=(*parser.bound, *own)):
        if parser.at("[", "(", r"\{"):
            bodies = parser.isolated(parser.bracketed(), Parser.sequence)
        else:
            bodies = [parser.factor()]
            if parser.starts_factor() or parser.at("/", r"\cdot"):
                raise parser.refuse(f"put brackets around what {kind} is taken of", at)
    if len(bodies) != (2 if kind == "Cov" else 1):
        raise parser.refuse(f"{kind} of {len(bodies)} things is not read", at)
    node = Expectation(kind, variable, law, tuple(bodies), 1, implied, at=at)
    return scripted(parser, node)


def drawn_letters(parser: Parser) -> list[str]:
    r"""Return the capital letters in a bracket that are drawn: those of \log q(X).

    They are new, or stand as the outcome of a distribution.
    """
    found = set()
    before = parser.here, parser.here
    for token in parser.enclosed:
        letter = token.kind == "letter" and token.text.isupper()
        space = getattr(parser.scope.plain(before[0].text), "space", None)
        outcome = before[1].text == "(" and isinstance(space, Simplex)
        if letter and (outcome or not parser.knows(token.text)):
            found.add(token.text)
        before = before[1], token
    return sorted(found)


def under_own_law(parser: Parser, kind: str, at: int) -> Node:
    r"""Read \mathbb{E}[f(Y)], for a Y whose law was said before: Y \sim p."""
    letters = {t.text for t in parser.enclosed if t.kind == "letter"}
    random = [(name, law) for name in sorted(letters) if (law := law_of(parser, name))]
    if len(random) != 1:
        raise parser.refuse(
            rf"{kind} needs its distribution; write {kind}_{{y \sim p}}, or the law "
            r"before it: Y \sim \operatorname{Categorical}(p)",
            at,
        )
    ((variable, (name, first)),) = random
    with parser.having(bound=(*parser.bound, variable)):
        bodies = parser.isolated(parser.bracketed(), Parser.sequence)
    if len(bodies) != (2 if kind == "Cov" else 1):
        raise parser.refuse(f"{kind} of {len(bodies)} things is not read", at)
    under = Symbol(name, at=at)
    node = Expectation(kind, variable, under, tuple(bodies), first, True, at=at)
    return scripted(parser, node)


def integral(parser: Parser) -> Node:
    r"""Read \int_0^1 f(x) \, \mathrm{d}x."""
    at = parser.take().at
    ends: dict[str, list[Token]] = {}
    while parser.at("_", "^"):
        mark = parser.take().text
        ends[mark] = parser.argument()
    if set(ends) == {"_", "^"}:
        low = parser.whole(ends["_"])
        high = parser.whole(ends["^"])
    elif set(ends) == {"_"}:  # \int_{\mathbb{R}}, \int_{[0, 1]}
        domain = parser.isolated(ends["_"], space)
        if not isinstance(domain, Interval):
            raise parser.refuse("an integral over this set is not read", at)
        low, high = domain.low, domain.high
    else:
        raise parser.refuse("an integral without its limits is not read", at)
    inner = up_to_differential(parser, at)
    parser.take()
    name = read_name(parser)
    if not inner:
        raise parser.refuse("an integral of nothing", at)
    with parser.having(bound=(*parser.bound, name)):
        integrand = parser.whole(inner)
    return Integral(name, low, high, integrand, at=at)


def up_to_differential(parser: Parser, at: int) -> list[Token]:
    r"""Take what stands before the \mathrm{d}x, or dx, of an integral."""
    rest = parser.tokens[parser.position :]
    for (depth, token), following in zip(levels(rest), rest[1:], strict=False):
        italic = token.kind == following.kind == "letter" and token.text == "d"
        if depth == 0 and (token.text == r"\mathrm{d}" or italic):
            inner = rest[: rest.index(token)]
            parser.position += len(inner)
            return inner
    raise parser.refuse(r"an integral without its \mathrm{d}x", at)


def limit(parser: Parser) -> Node:
    r"""Read \lim_{x \to 0^+} f(x)."""
    at = parser.take().at
    if not parser.skip("_"):
        raise parser.refuse(r"a limit needs what tends where: \lim_{x \to 0}", at)
    name, target, side = parser.isolated(parser.argument(), tending)
    return Limit(name, target, side, body(parser, [name]), at=at)


ARROWS = {r"\to": 0, r"\downarrow": 1, r"\searrow": 1, r"\uparrow": -1, r"\nearrow": -1}


def tending(parser: Parser) -> tuple[str, Node, int]:
    r"""Read which symbol tends where, and from which side: x \to 0^+."""
    name = read_name(parser)
    if not parser.at(*ARROWS):
        parser.expect(r"\to")
    side = ARROWS[parser.take().text]
    rest = parser.tokens[parser.position : -1]
    parser.position = len(parser.tokens) - 1
    cut = next((i for i, t in enumerate(rest) if t.text == "^"), len(rest))
    sign = text_of(rest[cut:]).strip("^{}") or text_of(rest[-1:])
    if side == 0 and sign in ("+", "-"):  # 0^+, 0^{+} or 0+
        side = 1 if sign == "+" else -1
        rest = rest[: min(cut, len(rest) - 1)]
    return name, parser.whole(rest) if rest else Infinity(), side
