r"""Derivatives as they are written: fractions, \partial_z, \nabla, differentials."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.bars import put, values_at
from mathcheck.read.cursor import text_of
from mathcheck.read.gradients import own_variable, taken_there
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import UndefinedError
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import (
    Binary,
    Bracket,
    Call,
    Derivative,
    Differential,
    Indexed,
    Naturals,
    Node,
    Norm,
    Number,
    Range,
    Symbol,
    Transposed,
)
from mathcheck.read.tree import symbols, unbracketed

SIGNS = (r"\partial", r"\mathrm{d}", "d")


def fraction(parser: Parser) -> Node:
    """Read a fraction, which is a derivative if both parts begin with its sign."""
    at = parser.take().at
    above, below = parser.argument(), parser.argument()
    if not above or not below:
        raise parser.refuse("a fraction with an empty part", at)
    sign = above[0].text
    space_of = parser.scope.space("d")
    named = sign == "d" and parser.scope.known("d")
    named = named and not isinstance(
        space_of, Range | Naturals
    )  # indices do not cancel
    if sign in SIGNS and below[0].text == sign and len(below) > 1:
        if named and below[1].kind in ("letter", "name", "command"):
            raise parser.refuse(
                r"d is declared here, so that \frac{d x}{d t} can be read in two ways; "
                r"write \mathrm{d} for a derivative, or give d another name",
                at,
            )
    if sign in SIGNS and below[0].text == sign and len(below) > 1 and not named:
        return fraction_derivative(parser, above, below, at)
    if r"\partial" in (sign, below[0].text):
        raise parser.refuse(r"\partial stands on one side of the fraction only", at)
    upper = parser.whole(above)
    lower = parser.whole(below)
    node = Binary("/", Bracket(upper, at=upper.at), Bracket(lower, at=lower.at), at=at)
    return scripted(parser, Bracket(node, at=at))


def fraction_derivative(
    parser: Parser, above: list[Token], below: list[Token], at: int
) -> Node:
    """Read a derivative that is written as a fraction."""

    def numerator(parser: Parser) -> tuple[int, Node | None]:
        parser.take()
        order = 1
        if parser.skip("^"):
            shown = parser.group()
            if not (isinstance(shown, Number) and shown.text.isdigit()):
                raise parser.refuse("the order of a derivative must be a number", at)
            order = int(shown.text)
        if parser.done:
            return order, None
        return order, parser.term()

    order, differentiated = parser.isolated(above, numerator)
    variables = parser.isolated(below, denominators)
    if order > 4:
        raise parser.refuse("a derivative of an order above 4", at)
    if len(variables) != order:
        raise parser.refuse(
            f"a derivative of order {order} with respect to {len(variables)} variables",
            at,
        )
    if differentiated is not None:
        differentiated = at_its_arguments(parser, differentiated)
        node = Derivative(differentiated, tuple(variables), at=at)
        return scripted(parser, Bracket(node, at=at))
    bar = parser.take() if parser.at_bar else None
    values = values_at(parser, bar) if bar else None
    node_body, reaches = operand(parser, at)
    node = Derivative(node_body, tuple(variables), reaches=reaches, at=at)
    return put(node, *values, at) if values else node


def at_its_arguments(parser: Parser, body: Node) -> Node:
    r"""Return f(x), where \frac{\partial f}{\partial x}(x) is written."""
    name = body.name if isinstance(body, Symbol) else ""
    arities = parser.scope.arities(name)
    if not arities or not parser.at("("):
        return body
    given = parser.isolated(parser.bracketed(), Parser.sequence)
    meaning = parser.scope.function(name, len(given))
    parameters = getattr(meaning, "parameters", None)
    if parameters is None or given != [Symbol(p) for p in parameters]:
        raise parser.refuse(
            "a derivative at other arguments than its own is not read; "
            "define it as a function, and call that",
            body.at,
        )
    return Call(name, tuple(given), at=body.at)


def denominators(parser: Parser) -> list[Node]:
    r"""Read \partial z_j \partial z_k, or \partial z_j^2."""
    sign = parser.here.text
    found: list[Node] = []
    while not parser.done:
        parser.expect(sign)
        found += variable(parser)
    return found


def variable(parser: Parser) -> list[Node]:
    """Read what is differentiated by, as many times as its power says."""
    node = parser.factor()
    times = 1
    if isinstance(node, Binary) and node.operation == "^":
        power = node.right
        if not (isinstance(power, Number) and power.text.isdigit()):
            raise parser.refuse("cannot differentiate by a power", node.at)
        node, times = node.left, int(power.text)
    while isinstance(node, Transposed | Bracket):
        node = node.body
    if isinstance(node, Indexed) and isinstance(node.base, Bracket):
        node = replace(node, base=unbracketed(node.base))  # (W_1)_{jk}
    if not isinstance(node, Symbol) and not (
        isinstance(node, Indexed) and isinstance(node.base, Symbol)
    ):
        raise parser.refuse(
            "can differentiate by a symbol or a component only", node.at
        )
    if times > 4:
        raise parser.refuse("a derivative of an order above 4", node.at)
    return [node] * times


def operand(parser: Parser, at: int) -> tuple[Node, bool]:
    r"""Read what an operator stands before, and say whether it has no brackets.

    As the field writes it, that is the whole product up to a sign: d/dx x^2 (1 - x)^3.
    """
    if parser.done:
        raise parser.refuse("a derivative of nothing", at)
    if parser.at("-", "+"):
        raise parser.refuse("put brackets around what is differentiated", at)
    return parser.juxtaposed(), True


def exponential(node: Binary) -> bool:
    """Say whether a power is one of Euler's number."""
    return getattr(node.left, "name", "") == "e"


def partial(parser: Parser) -> Node:
    r"""Read \partial_{z_j} L, or \partial L / \partial z_j on one line."""
    sign = parser.take()
    if parser.skip("_"):
        inner = parser.argument()
        by = parser.isolated(inner, variable)
        check_variable(parser, by[0])
        if parser.skip("^"):
            by *= order_of(parser, parser.argument())
        body, reaches = operand(parser, sign.at)
        return Derivative(body, tuple(by), reaches=reaches, at=sign.at)
    body = parser.factor()
    if not parser.skip("/"):
        raise parser.refuse(rf"expected / {sign.text} after this", sign.at)
    parser.expect(sign.text)
    return Derivative(body, tuple(variable(parser)), at=sign.at)


def check_variable(parser: Parser, by: Node) -> None:
    """Refuse a derivative by an index, which does not say of which vector."""
    meaning = parser.scope.plain(by.name) if isinstance(by, Symbol) else None
    discrete = isinstance(getattr(meaning, "space", None), Range | Naturals)
    if discrete and isinstance(by, Symbol):
        raise parser.refuse(
            rf"{by.name} is an index; write what is differentiated by, as in "
            rf"\partial_{{z_{by.name}}}",
            by.at,
        )


def gradient(parser: Parser) -> Node:
    r"""Read \nabla_z L, \nabla^2_z L, or \nabla f(x)."""
    at = parser.take().at
    by: list[Node] = []
    order, turned = 1, False
    while parser.at("_", "^"):
        if parser.take().text == "_":
            inner = parser.argument()
            by = parser.isolated(inner, variable)
            check_variable(parser, by[0])
        else:
            above = parser.argument()
            if text_of(above) in (r"\top", "T"):
                turned = True
            else:
                order = order_of(parser, above)
    body, reaches = nabla_operand(parser, at)
    reaches = reaches and not (isinstance(body, Call) and not body.bare)
    turned_body = isinstance(body, Transposed) and is_nabla(body.body)
    if isinstance(body, Transposed) and turned_body:  # \nabla \nabla^\top f
        body = body.body
    elif turned and is_nabla(body):
        raise parser.refuse(
            r"\nabla^\top \nabla is a sum of derivatives; write the Laplacian as "
            r"\operatorname{tr}(\nabla^2 f)",
            at,
        )
    elif isinstance(body, Transposed) and is_function(parser, body.body):
        body, turned = body.body, not turned  # \nabla f(x)^\top d: a number turns not
        reaches = False
    if not by:
        by = [own_variable(parser, body, at)]
    every = tuple(by * order)
    node = taken_there(
        parser, Derivative(body, every, reaches=reaches, nabla=True, at=at)
    )
    return Transposed(node, at=at) if turned else node


def is_function(parser: Parser, node: Node) -> bool:
    """Say whether something is the value of a function, with or without arguments."""
    if isinstance(node, Symbol):
        return bool(parser.scope.arities(node.name))
    return isinstance(node, Call) and not node.bare


def is_nabla(node: Node) -> bool:
    """Say whether something is written with a nabla."""
    return isinstance(node, Derivative) and node.nabla


def nabla_operand(parser: Parser, at: int) -> tuple[Node, bool]:
    r"""Read the one factor that \nabla stands before, and numbers before that.

    A power of brackets is one factor: the gradient of a number has no square.
    """
    if parser.done:
        raise parser.refuse("a derivative of nothing", at)
    if parser.at("-", "+"):
        raise parser.refuse("put brackets around what is differentiated", at)
    node = parser.factor()
    while not symbols(node) and parser.starts_factor() and not is_nabla(node):
        node = Binary("*", node, parser.factor(), at=node.at)  # \nabla \frac12 (...)^2
    last = node.right if isinstance(node, Binary) and node.operation == "*" else node
    if (
        isinstance(last, Binary)
        and last.operation == "^"
        and not exponential(last)
        and not isinstance(last.left, Norm | Bracket)
    ):
        raise parser.refuse(
            "whether the power belongs to the derivative can be read in two ways; "
            "put brackets around what is differentiated",
            at,
        )
    return node, True


def order_of(parser: Parser, above: list[Token]) -> int:
    """Read the order of a derivative."""
    power = parser.whole(above)
    if not (isinstance(power, Number) and power.text in ("1", "2", "3")):
        raise parser.refuse("this is not the order of a derivative", power.at)
    return int(power.text)


def differential(parser: Parser) -> Node:
    r"""Read \mathrm{d}L, or \mathrm{d}L / \mathrm{d}z on one line."""
    sign = parser.take()
    body = parser.factor()
    if parser.at("/") and parser.ahead().text == sign.text:
        parser.position += 2
        return Derivative(body, tuple(variable(parser)), at=sign.at)
    if isinstance(body, Binary) and not exponential(body):
        raise parser.refuse(
            "whether the power belongs to the differential can be read in two ways; "
            "put brackets around one of them",
            sign.at,
        )
    return Differential(body, at=sign.at)


def italic_derivative(parser: Parser) -> Node:
    """Read dL/dz with an italic d, which is no symbol of the page."""
    sign = parser.take()
    if parser.starts_factor():
        body = parser.factor()
        if parser.at("/") and parser.ahead().text == "d":
            parser.position += 2
            return Derivative(body, tuple(variable(parser)), at=sign.at)
    raise UndefinedError(
        r"d is not declared here (a differential is written \mathrm{d})", sign.at
    )
