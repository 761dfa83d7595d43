r"""What binds a variable besides sums: argmax, expectations, integrals, limits."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.cursor import levels, places, text_of, top_level
from mathcheck.read.drawn import law_of_function
from mathcheck.read.laws import law_of
from mathcheck.read.lexer import Kind, Token
from mathcheck.read.limits import big, body
from mathcheck.read.names import read_marked, read_name
from mathcheck.read.normal import deviation, moment, normal_law, normal_of
from mathcheck.read.parser import Parser
from mathcheck.read.scripts import scripted
from mathcheck.read.sets import space
from mathcheck.read.syntax import (
    Big,
    Call,
    Expectation,
    Infinity,
    Integral,
    Interval,
    Limit,
    Node,
    Number,
    Power,
    Simplex,
    Symbol,
)
from mathcheck.read.tree import symbols, unbracketed


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


AVERAGES = {
    r"\mathbb{E}": "E", r"\mathbf E": "E", r"\mathbb{V}": "Var", r"\mathbf V": "Var",
    "V": "Var", "var": "Var", "cov": "Cov",
}  # fmt: skip


def expectation(parser: Parser) -> Node:
    r"""Read \mathbb{E}_{y \sim p}[...], \operatorname{Var}_p(v) or Cov."""
    at = parser.here.at
    kind = read_name(parser)
    kind = AVERAGES.get(kind, kind)
    if kind == "Var" and parser.here.kind == "name" and parser.here.text == "ar":
        parser.take()  # \mathbb{V}\text{ar}
    if parser.at("[", "(", r"\{"):
        return under_own_law(parser, kind, at)
    if not parser.skip("_"):
        raise parser.refuse(
            rf"{kind} needs its distribution; write {kind}_{{y \sim p}}", at
        )
    below = drawn_in_turn(parser, kind, parser.argument())
    variable: str | None = None
    marks = [i for i, t in enumerate(below) if t.text == r"\sim"]
    if marks:
        variable = parser.isolated(below[: marks[0]], read_marked)
        below = below[marks[0] + 1 :]
    else:
        variable = argument_of_law(parser, below)
    if marks and variable and parser.at("[", "(", r"\{") and below:
        normal = parser.other([*below, parser.tokens[-1]])
        if (given := normal_law(normal)) and normal.done:
            both = given[0], deviation(given[1])
            return under_normal_law(parser, kind, variable, both, at)
    implied, first = variable is None, 1
    function = law_of_function(parser, variable, below)
    if function:
        (law, first), implied = function, True
    else:
        law = parser.whole(below)
    if variable is None and parser.at("[", "(", r"\{"):
        new = drawn_letters(parser)
        variable = new[0] if len(new) == 1 else None  # E_p[\log q(X)]
    bodies = averaged(parser, kind, variable, at)
    node = Expectation(kind, variable, law, tuple(bodies), first, implied, at=at)
    return scripted(parser, node)


def drawn_in_turn(parser: Parser, kind: str, below: list[Token]) -> list[Token]:
    r"""Return what is drawn first; of E_{x \sim p, y \sim q}[...] take the rest inside.

    So it is written as E_{x \sim p}[E_{y \sim q}[...]]; a, b \sim p are drawn alike.
    """
    cuts = [*places(below, (",",))]
    first, rest = (below[: cuts[0]], below[cuts[0] + 1 :]) if cuts else (below, [])
    second = next((i for i, t in enumerate(rest) if t.text == r"\sim"), None)
    if second is None or kind != "E" or not parser.at("[", "("):
        return below
    at = below[0].at

    def sign(text: str, kind: Kind = "mark") -> Token:
        return Token(kind, text, at, at)

    if not top_level(first, (r"\sim",)):
        stop = next(
            (i for i, t in enumerate(rest[second:]) if t.text == ","), len(rest)
        )
        first = [*first, *rest[second : second + stop]]
    body = parser.tokens[parser.position :][: len(parser.enclosed) + 2]
    letter = [sign(r"\mathbb", "command"), sign("{"), sign("E", "letter"), sign("}")]
    inner = [*letter, sign("_"), sign("{"), *rest, sign("}"), *body]
    parser.rewrite(len(body), [sign("["), *inner, sign("]")])
    return first


def argument_of_law(parser: Parser, below: list[Token]) -> str | None:
    r"""Return what is drawn where the law is written with it: E_{p(y \mid x)}[...].

    That is an index, or a new letter; of a parameter, as in p(\theta), it is not.
    """
    start = next((i for i, t in enumerate(below) if t.text == "("), len(below))
    inner = below[start + 1 :]
    if len(inner) < 2 or inner[0].kind != "letter":
        return None
    name, closes = inner[0].text, inner[-1].text == ")"
    drawn = parser.scope.is_index(name) or not parser.knows(name)
    listed = inner[1].text in (")", r"\mid", "|", ";")
    return name if closes and drawn and listed else None


def drawn_letters(parser: Parser) -> list[str]:
    r"""Return the capital letters in a bracket that are drawn: those of \log q(X).

    They are new, or stand as the outcome of a distribution.
    """
    found = set()
    before = parser.here, parser.here
    for token in parser.enclosed:
        letter = token.kind == "letter" and token.text.isupper()
        space = parser.scope.space(before[0].text)
        outcome = before[1].text == "(" and isinstance(space, Simplex)
        if letter and (outcome or not parser.knows(token.text)):
            found.add(token.text)
        before = before[1], token
    return sorted(found)


def under_own_law(parser: Parser, kind: str, at: int) -> Node:
    r"""Read \mathbb{E}[f(Y)], for a Y whose law was said before: Y \sim p."""
    letters = {t.text for t in parser.enclosed if t.kind == "letter"}
    random = [(name, law) for name in sorted(letters) if (law := law_of(parser, name))]
    normal = [
        (name, own) for name in sorted(letters) if (own := normal_of(parser, name))
    ]
    if not random and len(normal) == 1:
        return under_normal_law(parser, kind, *normal[0], at)
    if len(random) != 1 or normal:
        raise parser.refuse(
            rf"{kind} needs its distribution; write {kind}_{{y \sim p}}, or the law "
            r"before it: Y \sim \operatorname{Categorical}(p)",
            at,
        )
    ((variable, (name, first)),) = random
    bodies = averaged(parser, kind, variable, at)
    under = Symbol(name, at=at)
    node = Expectation(kind, variable, under, tuple(bodies), first, True, at=at)
    return scripted(parser, node)


def under_normal_law(
    parser: Parser, kind: str, variable: str, law: tuple[Node, Node], at: int
) -> Node:
    r"""Read what \mathbb{E} is taken of, for a variable with a normal law."""
    bodies = averaged(parser, kind, variable, at)
    return scripted(parser, moment(kind, variable, law, bodies, at))


def averaged(parser: Parser, kind: str, variable: str | None, at: int) -> list[Node]:
    """Read what an expectation is taken of, a variance, or a covariance: two."""
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
    return bodies


def integral(parser: Parser) -> Node:
    r"""Read \int_0^1 f(x) \, \mathrm{d}x, or the same over several variables."""
    sign = parser.take()
    at = sign.at
    ends: dict[str, list[Token]] = {}
    parser.skip(r"\limits")
    while parser.at("_", "^"):
        mark = parser.take().text
        ends[mark] = parser.argument()
    many = {r"\int": 1, r"\iint": 2}[sign.text]
    inner, names = up_to_differential(parser, many, at)
    domains = limits(parser, ends, names, at)
    with parser.having(bound=(*parser.bound, *names)):
        node = parser.whole(inner) if inner else after_differential(parser, at)
    for name, (low, high) in zip(names, domains, strict=True):
        node = Integral(name, low, high, node, at=at)
    return node


def after_differential(parser: Parser, at: int) -> Node:
    r"""Read what is integrated where dx stands first: \int_0^1 dx \, f(x)."""
    if not parser.starts_factor():
        return Number("1", at=at)
    node = parser.product()
    if parser.at("+", "-"):
        raise parser.refuse(
            "where the integral ends can be read in two ways; write what is integrated "
            "before dx",
            at,
        )
    return node


def limits(
    parser: Parser, ends: dict[str, list[Token]], names: list[str], at: int
) -> list[tuple[Node, Node]]:
    """Return between what is integrated, for each variable."""
    many = len(names)
    if not ends:
        return [own_interval(parser, name, at) for name in names]
    if set(ends) == {"_", "^"} and many == 1:
        return [(parser.whole(ends["_"]), parser.whole(ends["^"]))]
    if set(ends) != {"_"}:
        raise parser.refuse(
            r"an integral without its limits is not read; write \int_a^b for each", at
        )
    domain = parser.isolated(ends["_"], space)  # \int_{\mathbb{R}}, \iint_{[0, 1]^2}
    if isinstance(domain, Power) and domain.sizes == (Number(str(many)),):
        domain = domain.base
    elif many > 1:
        raise parser.refuse(
            r"a double integral over this set; write \int_a^b twice", at
        )
    if not isinstance(domain, Interval):
        raise parser.refuse("an integral over this set is not read", at)
    return [(domain.low, domain.high)] * many


def own_interval(parser: Parser, name: str, at: int) -> tuple[Node, Node]:
    """Return the ends of the set in which what is integrated over was declared."""
    space = parser.scope.space(name)
    if not isinstance(space, Interval):
        raise parser.refuse(
            rf"an integral without its limits, over a {name} that was not declared as "
            r"a real number, is not read; write \int_a^b for each",
            at,
        )
    return space.low, space.high


def up_to_differential(
    parser: Parser, many: int, at: int
) -> tuple[list[Token], list[str]]:
    r"""Take what stands before the \mathrm{d}x, or dx, of an integral, and that.

    The integrals within have theirs before it: \int \int f \, dx \, dy.
    """
    rest = parser.tokens[parser.position :]
    within, stop = 0, -1
    for position, (depth, token) in enumerate(levels(rest[:-1])):
        if depth or token.kind in ("words", "name"):
            continue
        within += {r"\int": 1, r"\iint": 2}.get(token.text, 0)
        if is_differential(token, rest[position + 1]):
            if within:
                within -= 1
                continue
            stop = position
            break
    if stop < 0:
        return in_fraction(parser, rest, many, at)
    parser.position += stop
    names = []
    for _ in range(many):
        if not is_differential(parser.here, parser.ahead()):
            raise parser.refuse(f"an integral over {many} variables", at)
        parser.take()
        names.append(read_marked(parser, anew=True))
    return rest[:stop], names


def is_differential(token: Token, following: Token) -> bool:
    r"""Say whether \mathrm{d}x or dx begins here."""
    italic = token.kind == following.kind == "letter" and token.text == "d"
    return token.text == r"\mathrm{d}" or italic


def in_fraction(
    parser: Parser, rest: list[Token], many: int, at: int
) -> tuple[list[Token], list[str]]:
    r"""Take an integrand whose dx ends a numerator, as in \int_0^1 \frac{dx}{1 + x}."""
    for position, (depth, token) in enumerate(levels(rest[:-1])):
        if token.text != r"\frac" or depth or rest[position + 1].text != "{":
            continue
        start = parser.position + position + 1
        stop = parser.closing(start)
        above = parser.tokens[start + 1 : stop]
        if many > 1 or len(above) < 2 or not is_differential(above[-2], above[-1]):
            continue
        one = Token("number", "1", above[-2].at, above[-2].at)
        upper = [*above[:-2]] or [one]
        with parser.lookahead():
            parser.position = stop + 1
            parser.argument()
            end = parser.position
        inner = [*rest[: position + 1], parser.tokens[start], *upper]
        inner += parser.tokens[stop:end]
        name = above[-1].text
        parser.position = end
        return inner, [name]
    raise parser.refuse(r"an integral without its \mathrm{d}x at its end", at)


def limit(parser: Parser) -> Node:
    r"""Read \lim_{x \to 0^+} f(x)."""
    at = parser.take().at
    if not parser.skip("_"):
        raise parser.refuse(r"a limit needs what tends where: \lim_{x \to 0}", at)
    name, target, side = parser.isolated(parser.argument(), tending)
    found = Limit(name, target, side, body(parser, [name]), at=at)
    return partial_sums(found) or found


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


def partial_sums(node: Limit) -> Big | None:
    """Return the infinite sum that the limit of its partial sums is."""
    body = unbracketed(node.body)
    if not isinstance(node.target, Infinity) or not isinstance(body, Big):
        return None
    (bound, *others), term = body.bound, (body.body, body.condition)
    if body.kind != "sum" or others or bound.high != Symbol(node.name):
        return None
    if any(node.name in symbols(part) for part in (*term, bound.low) if part):
        return None
    return replace(body, bound=(replace(bound, high=node.target),))
