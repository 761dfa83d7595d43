r"""What begins with a command: fractions, roots, sums, norms, matrices, cases, ..."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.bars import put, sets_values, substituted
from mathcheck.read.calls import BUILT_IN
from mathcheck.read.conditions import COMPARING, RELATIONS, condition
from mathcheck.read.cursor import top_level
from mathcheck.read.implied import only_number
from mathcheck.read.layouts import ALTERNATIVES, cases
from mathcheck.read.lexer import Token
from mathcheck.read.limits import big
from mathcheck.read.names import read_name, symbol
from mathcheck.read.orders import as_name, is_deformed
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import (
    MINUS_ONE,
    ONE,
    Binary,
    Bracket,
    Call,
    Composed,
    Grid,
    Indexed,
    Indicator,
    Infinity,
    Node,
    Number,
    Range,
    Symbol,
    Transposed,
    Vector,
)

FUNCTIONS = frozenset(
    """log ln exp sin cos tan sinh cosh tanh arcsin arccos arctan det cot sec csc coth
    sech artanh arctanh erf""".split()
)

INVERSES = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan", "tanh": "artanh",
}  # fmt: skip


EXTREMES = ("argmax", "argmin", "max", "min", "sum", "prod")
# What takes its limits below and above
LIMITED = frozenset(
    "sum prod int lim max min sup inf argmax argmin E V Var Cov".split()
)


def bracket(parser: Parser) -> Node:
    """Read brackets: around an expression, or around the components of a vector."""
    opener, alone = parser.here, begins_term(parser)
    if opener.text == r"\{" and parser.ahead().text in ALTERNATIVES:
        parser.take()  # \left\{ \begin{matrix} ... \right.
        return cases(parser)
    inner = parser.bracketed()
    if not inner:
        raise parser.refuse("empty brackets", opener.at)
    if top_level(inner, (r"\circ",)) and parser.at("(", "'"):
        return composed(parser, inner, opener.at)
    with parser.having(bars=0):
        if opener.text == "[" and top_level(inner, COMPARING):  # Iverson's bracket
            indicator = Indicator(parser.isolated(inner, condition), at=opener.at)
            return scripted(parser, indicator)
        items = parser.isolated(inner, Parser.sequence)
    if len(items) == 1:
        body = Bracket(items[0], at=opener.at)
        if parser.at("_") and sets_values(parser.following()):
            return substituted(parser, body, opener)
        if opener.text == "[" and between_values(parser, body):
            return between(parser, body, opener)
        whole_side = alone and (parser.done or parser.at(*RELATIONS))
        if whole_side and (matrix := by_entries(parser, items[0])):
            return matrix
        return scripted(parser, body)
    if opener.text == r"\{":
        raise parser.refuse("a set cannot stand in an expression", opener.at)
    vector = Vector(tuple(items), at=opener.at)
    node = scripted(parser, vector)
    if node == Transposed(vector) and alone and not parser.starts_factor():
        return vector  # (z_1, \dots, z_K)^\top: a row in the line, which stands upright
    return node


def between(parser: Parser, body: Bracket, opener: Token) -> Node:
    r"""Read \left[ F(x) \right]_0^1, where only x can be meant."""
    variable = only_number(parser, body)
    if variable is None:
        raise parser.refuse(
            "what is set at a bracket is not said; write its name, "
            "as in [...]_{x = 0}^{x = 1}",
            opener.at,
        )
    parser.expect("_")
    low = parser.group()
    parser.expect("^")
    high = parser.group()
    names = (variable.name,)
    return put(body, (names, (low,)), (names, (high,)), opener.at)


def by_entries(parser: Parser, entry: Node) -> Grid | None:
    r"""Return the matrix that [x_{ij}] stands for, as the whole of a side."""
    if not isinstance(entry, Indexed) or len(entry.indices) != 2:
        return None
    names = [i.name for i in entry.indices if isinstance(i, Symbol)]
    spaces = [parser.scope.space(name) for name in names]
    counted = [s.high for s in spaces if isinstance(s, Range) and s.low == ONE]
    if len(counted) < 2 or len(set(names)) < 2 or set(names) & set(parser.bound):
        return None
    (height, width), (row, column) = counted, names
    if height == width and row > column:  # [A_{ji}] may be meant as the transpose
        raise parser.refuse(
            "which index counts the rows of this matrix can be read in two ways; "
            "write the two entries that are equal",
            entry.at,
        )
    return Grid(height, width, entry, row, column, at=entry.at)


def begins_term(parser: Parser) -> bool:
    """Say whether no factor stands before this place."""
    before = parser.tokens[parser.position - 1] if parser.position else None
    return before is None or before.text in (*RELATIONS, "+", "-", ",")


def composed(parser: Parser, inner: list[Token], at: int) -> Node:
    r"""Read (f \circ g)(x), or a derivative of it."""
    functions = parser.isolated(inner, functions_in_turn)
    primes = 0
    while parser.skip("'"):
        primes += 1
    node = parser.whole(parser.bracketed())
    if primes:
        return scripted(parser, Composed(functions, node, primes, at=at))
    return scripted(parser, in_turn(functions, node))


def in_turn(functions: tuple[str, ...], node: Node) -> Node:
    """Return f(g(x)) for f, g."""
    for name in reversed(functions):
        node = Call(name, (node,), at=node.at)
    return node


def functions_in_turn(parser: Parser) -> tuple[str, ...]:
    r"""Read f \circ g, the names of functions."""
    names = []
    while True:
        at = parser.here.at
        command = parser.here.text[1:]
        name = parser.take().text[1:] if command in FUNCTIONS else read_name(parser)
        name = {"ln": "log"}.get(name, name)
        own = parser.scope.arities(name)
        common = name in FUNCTIONS or BUILT_IN.get(name) == (1,)
        if 1 not in own and (own or not common):
            raise parser.refuse(f"{name} is no function of one argument here", at)
        names.append(name)
        if not parser.skip(r"\circ"):
            return tuple(names)


def between_values(parser: Parser, body: Bracket) -> bool:
    """Say whether two scripts after a bracket are ends, as in [F(x)]_0^1, [F(x)]_1^t.

    They are where both are numbers; or of a number that depends on one variable alone,
    since that has no components.
    """
    if not parser.at("_"):
        return False
    with parser.lookahead():
        parser.take()
        below = parser.argument()
        above = parser.following() if parser.at("^") else []
    ends = (r"\infty", "-")
    numbers = all(t.kind == "number" or t.text in ends for t in [*below, *above])
    place = parser.scope.plain(below[0].text) if below else None
    index = isinstance(getattr(place, "space", None), Range)
    signs = [t.text for t in below] in (["+"], ["-"])
    alone = not (signs or index) and only_number(parser, body) is not None
    return bool(above) and (numbers or alone)


def function(parser: Parser) -> Node:
    r"""Read \log and its like, with or without brackets around the argument."""
    if is_deformed(parser):
        as_name(parser)
        return symbol(parser)
    token = parser.take()
    token = replace(token, text="\\" + token.text.lstrip("\\"))  # \operatorname{log}
    name = {"ln": "log"}.get(token.text[1:], token.text[1:])
    base: Node | None = None
    power: Node | None = None
    primes = 0
    while parser.skip("'"):
        primes += 1
    while parser.at("_", "^"):
        mark = parser.take()
        if mark.text == "_" and name == "log":
            base = parser.group()
        elif mark.text == "^" and name not in ("exp", "det"):
            power = parser.group()
            if power == MINUS_ONE and name in INVERSES:
                name, power = INVERSES[name], None
            elif not (isinstance(power, Number) and power.text.isdigit()):
                raise parser.refuse(
                    f"{token.text}^{{...}} can be read in two ways; write "
                    rf"({token.text} x)^{{...}}",
                    mark.at,
                )
        else:
            raise parser.refuse(
                f"{token.text} with {mark.text} can be read in two ways; put brackets "
                "around what has the exponent",
                mark.at,
            )
    node = applied(parser, token, name)
    if power is not None and isinstance(node, Binary):
        raise parser.refuse("two exponents on one function", token.at)
    if primes and isinstance(node, Call):
        node = replace(node, primes=primes)
    elif primes:
        raise parser.refuse(f"put brackets around {token.text}' and its argument")
    if base is not None:
        bare = isinstance(node, Call) and node.bare  # still, in \log_2 1 / x
        of_base = Call("log", (base,), bare=bare, at=base.at)
        node = Binary("/", node, of_base, at=token.at)
    if power is not None:
        node = Binary("^", Bracket(node, at=token.at), power, at=token.at)
    return node


def applied(parser: Parser, token: Token, name: str) -> Node:
    """Read the argument of a function, and refuse what can be read in two ways."""
    if 1 not in BUILT_IN.get(name, (1,)) and not parser.at("(", "[", r"\{"):
        raise parser.refuse(f"put brackets around the arguments of {token.text}")
    if parser.at("-", "+"):
        raise parser.refuse(f"put brackets around the argument of {token.text}")
    if parser.done:
        raise parser.refuse(f"{token.text} has no argument")
    if parser.at("(", "[", r"\{"):
        argument = parser.whole(parser.bracketed())
        node: Node = Call(name, (argument,), at=token.at)
        return scripted(parser, node) if parser.at("_", "^") else node
    argument = parser.factor()
    exponential = (
        isinstance(argument, Binary)
        and argument.operation == "^"
        and getattr(argument.left, "name", "") == "e"
    )
    if isinstance(argument, Binary) and argument.operation == "^" and not exponential:
        raise two_powers(parser, token)
    return Call(name, (argument,), bare=True, at=token.at)


def two_powers(parser: Parser, token: Token) -> RefusedError:
    """Refuse the logarithm of a power without brackets."""
    return parser.refuse(
        f"{token.text} x^y can be read in two ways; write {token.text}(x^y) or "
        f"({token.text} x)^y",
        token.at,
    )


def maximum(parser: Parser) -> Node:
    r"""Read \max and \min, over an index or of the arguments in brackets."""
    token = parser.here
    if parser.ahead().text == "_" or token.text in (r"\sup", r"\inf"):
        return big(parser, token.text[1:])
    parser.take()
    while parser.at("{"):  # \max{\{x, y\}}
        inside = parser.enclosed
        parser.rewrite(len(inside) + 2, inside)
    if not parser.at("(", r"\{", "["):
        raise parser.refuse(f"{token.text} needs an index below it, or brackets")
    inner = parser.bracketed()
    found = parser.isolated(inner, Parser.sequence)
    return scripted(parser, Call(token.text[1:], tuple(found), at=token.at))


def root(parser: Parser) -> Node:
    """Read a root."""
    token = parser.take()
    if parser.at("["):
        degree = parser.whole(parser.bracketed())
        node = Call("root", (parser.group(), degree), at=token.at)
        return scripted(parser, Bracket(node, at=token.at))
    return scripted(parser, Call("sqrt", (parser.group(),), at=token.at))


def binomial(parser: Parser) -> Node:
    """Read a binomial coefficient."""
    token = parser.take()
    return scripted(
        parser, Call("binom", (parser.group(), parser.group()), at=token.at)
    )


def underset(parser: Parser) -> Node:
    r"""Read \underset{\theta}{\operatorname{arg\,max}} f(\theta), \overset{n}{\sum}."""
    token = parser.take()
    script, operator = parser.argument(), parser.argument()
    inner = [t.text.lstrip("\\") for t in operator]
    kind = "".join(inner).replace(" ", "").lower()
    if token.text == r"\underset" and kind in EXTREMES:
        return big(parser, kind, below=script, at=token.at)
    if not operator or not any(t.text.strip("\\") in LIMITED for t in operator):
        raise parser.refuse(
            f"{token.text} of {''.join(inner)} is not read; "
            "write what it says as a statement of its own",
            token.at,
        )
    mark = "_" if token.text == r"\underset" else "^"
    below = [replace(token, kind="mark", text=text) for text in (mark, "{", "}")]
    parser.rewrite(0, [*operator, *below[:2], *script, below[2]])
    return parser.factor()


def infinity(parser: Parser) -> Node:
    """Read the sign of infinity."""
    return Infinity(at=parser.take().at)
