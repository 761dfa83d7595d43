r"""What \nabla differentiates by, and where: \nabla (f(x) + 1), \nabla f(0).

Of a function at a point it is the gradient of the function, taken there, and not that
of a constant.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.parser import Parser
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.syntax import Call, Derivative, Indexed, Node, Substituted, Symbol
from mathcheck.read.tree import symbols


def own_variable(parser: Parser, body: Node, at: int) -> Node:
    r"""Return what \nabla differentiates by when it does not say so."""
    if isinstance(body, Derivative) and body.nabla:
        return body.variables[0]
    if isinstance(body, Call) and len(body.arguments) == 1:
        argument = body.arguments[0]
        if isinstance(argument, Symbol):
            return argument
        if (parameter := parameter_of(parser, body)) and is_point(argument):
            return Symbol(parameter, at=at)
    if isinstance(body, Symbol):
        meaning = parser.scope.plain(body.name)
        parameters = meaning.parameters if isinstance(meaning, Definition) else None
        if parameters and len(parameters) == 1:
            return Symbol(parameters[0], at=at)
    given = {
        node.arguments
        for node in body.parts
        if isinstance(node, Call) and parser.scope.arities(node.function)
    }
    if len(given) == 1:
        (arguments,) = given
        if len(arguments) == 1 and isinstance(arguments[0], Symbol):
            return arguments[0]
    raise parser.refuse(r"write what \nabla differentiates by, as in \nabla_z", at)


def is_point(argument: Node) -> bool:
    """Say whether an argument is a value or a member, and is not calculated."""
    return not symbols(argument) or isinstance(argument, Indexed)


def parameter_of(parser: Parser, body: Node) -> str:
    """Return the declared parameter of a function of one that is called here."""
    if not isinstance(body, Call) or len(body.arguments) != 1:
        return ""
    meaning = parser.scope.function(body.function, 1)
    if not isinstance(meaning, Definition) or not meaning.parameters:
        return ""
    (name,) = meaning.parameters
    known = parser.scope.plain(name)
    return name if isinstance(known, Variable) and not known.family else ""


def taken_there(parser: Parser, node: Derivative) -> Node:
    """Return a gradient with the argument put in after the derivative is taken.

    An argument that depends on the parameter is differentiated, too.
    """
    body = node.body
    parameter = parameter_of(parser, body)
    if not isinstance(body, Call) or set(node.variables) != {Symbol(parameter)}:
        return node
    (argument,) = body.arguments
    names = symbols(argument)
    defined = [n for n in names if isinstance(parser.scope.plain(n), Definition)]
    if parameter in names or defined:
        return node
    inner = replace(body, arguments=(Symbol(parameter, at=body.at),))
    there = replace(node, body=inner)
    return Substituted(there, (parameter,), (argument,), at=node.at)
