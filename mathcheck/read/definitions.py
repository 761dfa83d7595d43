"""What gives a symbol a meaning: a value, a family, a function."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mathcheck.read.atoms import join_divergence
from mathcheck.read.beyond import kept_beyond
from mathcheck.read.bracketed import bracketed_name, names_events
from mathcheck.read.claims import Statement, check_capture, check_end, claim
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.constructs import functions_in_turn, in_turn
from mathcheck.read.cursor import top_level
from mathcheck.read.declarations import Pattern, index_space, pattern
from mathcheck.read.italic import join_new
from mathcheck.read.letters import refuse_bound_letter
from mathcheck.read.lexer import Token, mark
from mathcheck.read.members import settled
from mathcheck.read.orders import DEFORMED, as_name, with_order
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.scope import Definition, Meaning, Scope, Variable
from mathcheck.read.syntax import Call, Indexed, Node, Range, Symbol
from mathcheck.read.tree import symbols
from mathcheck.read.versions import defined_name, further

# 0 \log 0, 0 \log_2 0, 0 \log \frac{1}{0}, 0 \log \frac{0}{q}; products have no sign
ZERO_LOG_ZERO = re.compile(
    r"0\\(log(_(\w|\{\w+\}))?|ln)(0|\\frac(\{1\}\{0\}|\{0\}\{\w\})|1/0|0/\w):=0"
)
# Functions of which a value is given: \ln L := ..., \cos \theta := ...
INVERSES = {r"\ln": "exp", r"\log": "exp", r"\cos": "arccos"}


def definition(
    parser: Parser, found: list[Token], at: int, end: int
) -> list[Statement]:
    """Read a definition, and what its chain goes on to claim."""
    if is_zero_log_zero(found):
        return [Statement("zero", at, end)]
    inverse = of_function(parser)
    left = left_side(parser, at)
    scope = parser.scope
    if inverse and scope.in_section(left.name):
        raise RefusedError(
            f"{left.name} has a meaning already; write = for a function of it", at
        )
    indices = tuple(
        (index.name if isinstance(index, Symbol) else "", index_space(scope, index))
        for index in left.indices
    )
    if left.parameters is None and composes(parser):  # h := f \circ g
        left.parameters = [f"argument of {left.name}"]
    parameters = frozenset(left.parameters or ())
    name = left.name
    if left.parameters:
        left.name = defined_name(scope, name, left.parameters, left.signs)
    with parser.having(loose=parameters):
        body = defined_as(parser, parameters.union(name for name, _ in indices))
    said = body
    if inverse:  # \ln L := x says that L is e^x
        body = Call(inverse, (body,), at=at)
    if left.parameters and names_events(scope, name, left.parameters, body):
        left.name = bracketed_name(name, left.inner)  # H(X): a name, and no function
        left.base = left.base and bracketed_name(left.base, left.inner)
        left.parameters, left.signs, parameters = None, (), frozenset()
    written = [left.members.get(name) for name in left.parameters or ()]
    drawn: list[Variable] = []
    if left.parameters and left.members:
        left.parameters, body, drawn = settled(
            scope, left.parameters, left.members, body
        )
        parameters = frozenset(left.parameters)
    own = {name for name, _ in indices} | parameters
    check_capture([body], own, at)
    refuse_bound_letter(scope, [body], at)
    examples = {name for name, _ in indices[: left.samples]}  # may all be alike
    before = scope.plain(left.name)
    variable = (
        before if isinstance(before, Variable) else getattr(before, "variable", None)
    )
    meaning = Definition(
        left.name,
        body,
        None if left.parameters is None else tuple(left.parameters),
        indices,
        variable if left.parameters is None and not indices else None,
        tuple(left.squared),
        left.samples,
        left.signs,
        tuple(written) if left.members else (),
    )
    earlier = scope.frames[-1].meanings.get(meaning.key)
    if earlier is None and left.name in symbols(body):
        earlier = scope.meant_by(meaning.key)  # perhaps a family: L(w) of L_i(w)
    if left.parameters and isinstance(earlier, Definition):
        meaning = further(scope, name, meaning, earlier) or meaning
        left.name = meaning.name
    if meaning is not earlier:
        check_uses(left, body, own - examples, scope, at)
    general: list[Meaning] = []
    if left.order in reached_from(body, scope, left.name) and not indices:
        general = [with_order(meaning, left.base, left.order)]
    if left.place is not None:
        general += [kept_beyond(parser, left.base, left.name, left.place)]
    declares = (*drawn, *general, meaning)
    result = [Statement("definition", at, end, body, declares=declares)]
    if left.root:
        result.append(root_of(left, meaning, at, end))
    if parser.at(*RELATIONS):
        with parser.having(loose=parameters):
            result.append(claim(parser, at, end, said))
    else:
        check_end(parser)
    return result


def as_definition(found: list[Token]) -> list[Token]:
    r"""Return f : x \mapsto x^2 as f(x) := x^2, and so \operatorname{f} x := x^2."""
    texts = [token.text for token in found]
    if texts[2:3] == [":="] and [t.kind for t in found[:2]] == ["name", "letter"]:
        return [found[0], *in_brackets(found[1:2]), *found[2:]]
    if not all(top_level(found, (sign,)) for sign in (":", r"\mapsto")):
        return found
    colon, sign = texts.index(":"), texts.index(r"\mapsto")
    inner = found[colon + 1 : sign]
    inner = inner if texts[colon + 1] == "(" else in_brackets(inner)
    defines = replace(found[sign], kind="mark", text=":=")
    return [*found[:colon], *inner, defines, *found[sign + 1 :]]


def in_brackets(found: list[Token]) -> list[Token]:
    """Return tokens with round brackets around them."""
    at, end = found[0].at, found[-1].end
    return [mark("(", at), *found, mark(")", end)]


def of_function(parser: Parser) -> str:
    r"""Take the function before a defined name, \ln L := ...; return its inverse."""
    if not parser.at(*INVERSES) or parser.ahead().text in ("_", "^", "("):
        return ""
    return INVERSES[parser.take().text]


def left_side(parser: Parser, at: int) -> Pattern:
    """Read what is defined, and the sign after it."""
    join_divergence(parser)
    join_new(parser)
    if parser.here.text in DEFORMED and parser.ahead().text == "_":
        as_name(parser)
    left = pattern(parser)
    if not parser.skip(":="):
        raise parser.refuse("only a symbol can be declared or defined", at)
    return left


def composes(parser: Parser) -> bool:
    r"""Say whether functions are composed here, as in f \circ g; vectors are not."""
    rest = parser.tokens[parser.position : -1]
    if not top_level(rest, (r"\circ",)):
        return False
    first = parser.scope.plain(rest[0].text)
    if isinstance(first, Variable) and first.components:
        return False
    try:
        return bool(parser.isolated(rest, functions_in_turn))
    except Problem:
        return False


def root_of(left: Pattern, square: Definition, at: int, end: int) -> Statement:
    """Return what a definition of s^2 says of s: it is the root of that."""
    if left.root in symbols(square.body):
        raise RefusedError(f"{left.root} is defined by itself", at)
    value: Node = Symbol(left.name, at=at)
    if left.indices:
        value = Indexed(value, tuple(left.indices), at=at)
    root = Call("sqrt", (value,), at=at)
    meaning = Definition(left.root, root, None, square.indices, samples=left.samples)
    return Statement("definition", at, end, root, declares=(meaning,))


def defined_as(parser: Parser, own: frozenset[str]) -> Node:
    r"""Read a definition's body; of \sum_{j < k} both run, if k is not its own."""
    start = parser.position
    parser.shared.clear()
    if composes(parser):
        (argument,) = own
        return in_turn(functions_in_turn(parser), Symbol(argument))
    body = parser.expression()
    running = frozenset(n for n, sign in parser.shared.items() if sign != r"\ne") - own
    if not running:
        return body
    parser.position = start
    with parser.having(running=running):
        return parser.expression()


def counted_up_to(
    reached: set[str] | frozenset[str], own: set[str] | frozenset[str], scope: Scope
) -> set[str]:
    """Return the arguments that run to what is in the body: u(k) := 1/K ignores none.

    A constant law is the same for each k, but its value tells how many there are.
    """
    spaces = {name: scope.space(name) for name in own}
    return {
        name
        for name, space in spaces.items()
        if isinstance(space, Range) and symbols(space.high) & reached
    }


def walk_around_family(body: Node, left: Pattern, scope: Scope) -> Iterator[Node]:
    r"""Yield all parts but the members of a family of the name: n := \sum_m n_m."""
    beside = any(
        meaning.family if isinstance(meaning, Variable) else meaning.indices
        for meaning in scope.meanings(left.name)
    )
    if left.indices or not beside:
        yield from body.parts
    elif not isinstance(body, Indexed) or body.base != Symbol(left.name):
        yield body
        for child in body.children:
            yield from walk_around_family(child, left, scope)


def is_zero_log_zero(found: list[Token]) -> bool:
    r"""Say whether tokens are 0 \log 0 := 0, or that of a quotient with a zero."""
    said = "".join(t.text for t in found if t.text not in (r"\cdot", "(", ")"))
    return ZERO_LOG_ZERO.fullmatch(said) is not None


def check_uses(left: Pattern, body: Node, own: set[str], scope: Scope, at: int) -> None:
    """Refuse a definition that ignores an argument, or that is in terms of itself."""
    if left.name in symbols(body):
        besides = left.parameters is not None and scope.variable(left.name)
        recursive = any(
            (
                getattr(node, "function", None) == left.name
                and len(getattr(node, "arguments", ())) == len(left.parameters or ())
            )
            or (isinstance(node, Symbol) and node.name == left.name and not besides)
            for node in walk_around_family(body, left, scope)
        )
        if recursive and left.name not in own:
            raise RefusedError(f"{left.name} is defined by itself", at)
    reached = reached_from(body, scope, left.name)
    ignored = sorted(own - reached - counted_up_to(reached, own, scope))
    if ignored and not is_constant(left, body, ignored, scope):
        raise RefusedError(
            f"the definition of {left.name} ignores its argument {ignored[0]}; leave "
            "it out, here and where the value is used",
            at,
        )


def is_constant(left: Pattern, body: Node, ignored: list[str], scope: Scope) -> bool:
    r"""Say whether a function is meant to be constant: \beta_2(i) := 1, f_0(x) := 1.

    Its value is a number, and its argument is declared, or it is one of several steps.
    """
    declared = all(isinstance(scope.plain(name), Variable) for name in ignored)
    return not symbols(body) and (declared or bool(left.whole))


def reached_from(body: Node, scope: Scope, name: str) -> set[str]:
    """Return the names that a definition's body depends on, through others too."""
    reached = set(symbols(body))
    waiting = list(reached)
    while waiting:
        for meaning in scope.meanings(waiting.pop()):
            if isinstance(meaning, Definition) and meaning.name != name:
                new = symbols(meaning.body) - set(meaning.parameters or ()) - reached
                reached |= new
                waiting += new
    return reached
