r"""What begins with a command: fractions, roots, sums, norms, matrices, cases, ..."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from mathcheck.read.binders import expectation, extreme, integral, limit
from mathcheck.read.conditions import RELATIONS, condition, top_level
from mathcheck.read.derivatives import differential, fraction, gradient, partial
from mathcheck.read.layouts import cases, matrix
from mathcheck.read.lexer import Token
from mathcheck.read.limits import big
from mathcheck.read.lists import sequence
from mathcheck.read.problems import RefusedError
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import (
    Absolute,
    Binary,
    Bracket,
    Call,
    Indicator,
    Infinity,
    Node,
    Norm,
    Number,
    Transposed,
    Vector,
)

if TYPE_CHECKING:
    from mathcheck.read.parser import Parser


ALTERNATIVES = (r"\begin{matrix}", r"\begin{array}", r"\begin{aligned}")
FUNCTIONS = frozenset(
    "log ln exp sin cos tan sinh cosh tanh arcsin arccos arctan det".split()
)


def construct(parser: Parser) -> Node:
    """Read a factor that is neither a number nor a name."""
    token = parser.here
    if token.kind == "command" and token.text[1:] in FUNCTIONS:
        return function(parser)
    read = READERS.get(token.text) if token.kind in ("command", "mark") else None
    if read is None:
        raise unreadable(parser, token)
    return read(parser)


def unreadable(parser: Parser, token: Token) -> RefusedError:
    """Say what stands where a factor should."""
    if token.kind == "end":
        return parser.refuse("the formula breaks off; something is missing")
    if token.kind == "words":
        return parser.refuse(rf"cannot read \text{{{token.text}}} inside a formula")
    if token.kind == "command" and token.text[1:].isalpha():
        return parser.refuse(f"{token.text} is not something that is read here")
    return parser.refuse(f"something is missing before {token.text}")


def bracket(parser: Parser) -> Node:
    """Read brackets: around an expression, or around the components of a vector."""
    opener = parser.here
    if opener.text == r"\{" and parser.ahead().text in ALTERNATIVES:
        parser.take()  # \left\{ \begin{matrix} ... \right.
        return cases(parser)
    stop = parser.closing(parser.position)
    inner = parser.tokens[parser.position + 1 : stop]
    parser.position = stop + 1
    if not inner:
        raise parser.refuse("empty brackets", opener.at)
    bars_open, parser.bars = parser.bars, 0
    if opener.text == "[" and top_level(inner, RELATIONS):  # Iverson's bracket
        holds = parser.isolated(inner, lambda: condition(parser))
        parser.bars = bars_open
        return scripted(parser, Indicator(holds, at=opener.at))
    items = parser.isolated(inner, lambda: sequence(parser))
    parser.bars = bars_open
    if len(items) == 1:
        return scripted(parser, Bracket(items[0], at=opener.at))
    if opener.text == r"\{":
        raise parser.refuse("a set cannot stand in an expression", opener.at)
    return scripted(parser, Vector(tuple(items), at=opener.at))


def angles(parser: Parser) -> Node:
    r"""Read an inner product, \langle x, y \rangle."""
    opener = parser.here
    stop = parser.closing(parser.position)
    inner = parser.tokens[parser.position + 1 : stop]
    parser.position = stop + 1
    items = parser.isolated(inner, lambda: sequence(parser))
    if len(items) != 2:
        raise parser.refuse("an inner product is of two vectors", opener.at)
    turned = Transposed(items[0], at=opener.at)
    node = Binary("*", turned, Bracket(items[1], at=opener.at), at=opener.at)
    return scripted(parser, Bracket(node, at=opener.at))


def bars(parser: Parser) -> Node:
    """Read an absolute value or a norm."""
    bar = parser.take()
    parser.bars += 1
    body = parser.expression()
    parser.bars -= 1
    if not parser.skip(bar.text):
        raise parser.refuse(f"{bar.text} is not closed", bar.at)
    if bar.text == "|":
        return scripted(parser, Absolute(body, at=bar.at))
    order: str | None = None
    if parser.skip("_"):
        order = "".join(token.text for token in parser.argument())
        if order not in ("1", "2", "F", r"\infty", r"\text{F}"):
            raise parser.refuse(f"the norm with subscript {order} is not read", bar.at)
    return scripted(parser, Norm(body, order, at=bar.at))


def function(parser: Parser) -> Node:
    r"""Read \log and its like, with or without brackets around the argument."""
    token = parser.take()
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
        elif mark.text == "^" and name not in ("log", "exp", "det"):
            power = parser.group()
            if not (isinstance(power, Number) and power.text == "2"):
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
    if primes and isinstance(node, Call):
        node = replace(node, primes=primes)
    elif primes:
        raise parser.refuse(f"put brackets around {token.text}' and its argument")
    if base is not None:
        node = Binary("/", node, Call("log", (base,), at=base.at), at=token.at)
    if power is not None:
        node = Binary("^", Bracket(node, at=token.at), power, at=token.at)
    return node


def applied(parser: Parser, token: Token, name: str) -> Node:
    """Read the argument of a function, and refuse what can be read in two ways."""
    if parser.at("-", "+"):
        raise parser.refuse(f"put brackets around the argument of {token.text}")
    if parser.done:
        raise parser.refuse(f"{token.text} has no argument")
    bracketed = parser.at("(", "[", r"\{") or parser.at("|")
    if bracketed and not parser.at("|"):
        stop = parser.closing(parser.position)
        inner = parser.tokens[parser.position + 1 : stop]
        parser.position = stop + 1
        argument = parser.isolated(inner, parser.expression)
        if parser.at("^"):
            raise two_powers(parser, token)
        node: Node = Call(name, (argument,), at=token.at)
        return scripted(parser, node) if parser.at("_") else node
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
    if not parser.at("(", r"\{", "["):
        raise parser.refuse(f"{token.text} needs an index below it, or brackets")
    stop = parser.closing(parser.position)
    inner = parser.tokens[parser.position + 1 : stop]
    parser.position = stop + 1
    found = parser.isolated(inner, lambda: sequence(parser))
    return scripted(parser, Call(token.text[1:], tuple(found), at=token.at))


def root(parser: Parser) -> Node:
    """Read a root."""
    token = parser.take()
    if parser.at("["):
        raise parser.refuse(
            "write roots other than the square root as powers", token.at
        )
    return scripted(parser, Call("sqrt", (parser.group(),), at=token.at))


def binomial(parser: Parser) -> Node:
    """Read a binomial coefficient."""
    token = parser.take()
    return scripted(
        parser, Call("binom", (parser.group(), parser.group()), at=token.at)
    )


def decorated(parser: Parser) -> Node:
    r"""Read \underbrace{x}_{words}, \boxed{x}: x, and what is written at it is left."""
    token = parser.take()
    body = parser.group()
    if token.text in (r"\underbrace", r"\overbrace") and parser.skip("_", "^"):
        if top_level(parser.argument(), (*RELATIONS, r"\in")):
            raise parser.refuse(
                "a relation at a brace is not checked; write it as a statement",
                token.at,
            )
    return scripted(parser, Bracket(body, at=token.at))


def underset(parser: Parser) -> Node:
    r"""Read \underset{\theta}{\operatorname{arg\,max}} f(\theta)."""
    token = parser.take()
    below = parser.argument()
    inner = [t.text.lstrip("\\") for t in parser.argument()]
    kind = "".join(inner).replace(" ", "").lower()
    if kind not in ("argmax", "argmin", "max", "min", "sum", "prod"):
        raise parser.refuse(f"{token.text} of {''.join(inner)} is not read", token.at)
    return big(parser, kind, below=below, at=token.at)


def infinity(parser: Parser) -> Node:
    """Read the sign of infinity."""
    return Infinity(at=parser.take().at)


READERS: dict[str, Callable[[Parser], Node]] = {
    "(": bracket, "[": bracket, r"\{": bracket, "|": bars, r"\|": bars,
    r"\langle": angles, r"\frac": fraction, r"\sqrt": root, r"\binom": binomial,
    r"\infty": infinity,
    r"\sum": lambda parser: big(parser, "sum"),
    r"\prod": lambda parser: big(parser, "prod"),
    r"\max": maximum, r"\min": maximum, r"\sup": maximum, r"\inf": maximum,
    r"\arg": extreme, r"\argmax": extreme, r"\argmin": extreme,
    r"\underset": underset, r"\mathop": decorated,
    r"\partial": partial, r"\nabla": gradient, r"\mathrm{d}": differential,
    r"\int": integral, r"\lim": limit,
    r"\underbrace": decorated, r"\overbrace": decorated, r"\boxed": decorated,
    r"\begin{cases}": cases,
    **{rf"\begin{{{kind}matrix}}": matrix for kind in ("", "p", "b", "B", "small")},
    r"\begin{array}": matrix,
}  # fmt: skip


WORDS: dict[str, Callable[[Parser], Node]] = {
    "argmax": extreme, "argmin": extreme, "E": expectation, "Var": expectation,
    "Cov": expectation,
}  # fmt: skip


def named_operator(parser: Parser) -> Callable[[Parser], Node] | None:
    r"""Return what reads an operator that is written as a word, or \mathbb{E}."""
    if parser.at(r"\mathbb") and [
        t.text for t in parser.tokens[parser.position + 1 : parser.position + 4]
    ] == ["{", "E", "}"]:
        return expectation
    if parser.at(r"\mathbb") and parser.ahead().text == "E":
        return expectation
    token = parser.here
    if token.kind == "name" and not parser.scope.known(token.text):
        word = {"softargmax": "", "argMax": "argmax"}.get(token.text, token.text)
        read = WORDS.get(word)
        if read is expectation and parser.ahead().text != "_" and word == "E":
            return None
        if read is None and token.text in FUNCTIONS:  # \operatorname{log}
            command = Token("command", "\\" + token.text, token.at)
            parser.tokens[parser.position] = command
        return read
    return None
