"""What gives a symbol a meaning: a value, a family, a function."""

from __future__ import annotations

from collections.abc import Iterator

from mathcheck.read.atoms import join_divergence
from mathcheck.read.claims import Statement, check_capture, claim, unread
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.constructs import functions_in_turn, in_turn
from mathcheck.read.cursor import top_level
from mathcheck.read.declarations import Pattern, index_space, pattern
from mathcheck.read.italic import join_new
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Definition, Scope, Variable
from mathcheck.read.syntax import Call, Indexed, Node, Range, Symbol
from mathcheck.read.tree import children, symbols, walk


def definition(
    parser: Parser, found: list[Token], at: int, end: int
) -> list[Statement]:
    """Read a definition, and what its chain goes on to claim."""
    if is_zero_log_zero(found):
        return [Statement("zero", at, end)]
    join_divergence(parser)
    join_new(parser)
    left = pattern(parser)
    if not parser.at(":="):
        raise parser.refuse("only a symbol can be declared or defined", at)
    parser.take()
    scope = parser.scope
    indices = tuple(
        (index.name if isinstance(index, Symbol) else "", index_space(scope, index))
        for index in left.indices
    )
    if left.parameters is None and top_level(found, (r"\circ",)):  # h := f \circ g
        left.parameters = [f"argument of {left.name}"]
    parameters = frozenset(left.parameters or ())
    with parser.having(loose=parameters):
        body = defined_as(parser, parameters.union(name for name, _ in indices))
    own = {name for name, _ in indices} | parameters
    check_capture([body], own, at)
    examples = {name for name, _ in indices[: left.samples]}  # may all be alike
    check_uses(left, body, own - examples, scope, at)
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
    )
    result = [Statement("definition", at, end, body, declares=(meaning,))]
    if left.root:
        result.append(root_of(left, meaning, at, end))
    if parser.at(*RELATIONS):
        with parser.having(loose=parameters):
            result.append(claim(parser, at, end, body))
    elif not parser.done:
        raise unread(parser)
    return result


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
    if top_level(parser.tokens[start:], (r"\circ",)):
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
    spaces = {name: getattr(scope.plain(name), "space", None) for name in own}
    return {
        name
        for name, space in spaces.items()
        if isinstance(space, Range) and symbols(space.high) & reached
    }


def walk_around_family(body: Node, left: Pattern, scope: Scope) -> Iterator[Node]:
    r"""Yield all parts but the members of a family of the name: n := \sum_m n_m."""
    beside = any(
        isinstance(meaning, Variable) and meaning.family
        for meaning in scope.meanings(left.name)
    )
    if left.indices or not beside:
        yield from walk(body)
    elif not isinstance(body, Indexed) or body.base != Symbol(left.name):
        yield body
        for child in children(body):
            yield from walk_around_family(child, left, scope)


def is_zero_log_zero(found: list[Token]) -> bool:
    r"""Say whether tokens are 0 \log 0 := 0."""
    texts = [t.text for t in found if t.text not in (r"\cdot", "(", ")")]
    return texts == ["0", r"\log", "0", ":=", "0"]


def check_uses(left: Pattern, body: Node, own: set[str], scope: Scope, at: int) -> None:
    """Refuse a definition that ignores an argument, or that is in terms of itself."""
    reached = symbols(body)
    if left.name in reached:
        recursive = any(
            (
                getattr(node, "function", None) == left.name
                and len(getattr(node, "arguments", ())) == len(left.parameters or ())
            )
            or (isinstance(node, Symbol) and node.name == left.name)
            for node in walk_around_family(body, left, scope)
        )
        if recursive and left.name not in own:
            raise RefusedError(f"{left.name} is defined by itself", at)
    waiting = list(reached)
    while waiting:
        for meaning in scope.meanings(waiting.pop()):
            if isinstance(meaning, Definition) and meaning.name != left.name:
                new = symbols(meaning.body) - set(meaning.parameters or ()) - reached
                reached |= new
                waiting += new
    ignored = sorted(own - reached - counted_up_to(reached, own, scope))
    if ignored:
        random = ignored[0].isupper() and not scope.known(ignored[0])
        letters = "".join(left.parameters or ())
        hint = f"; of random variables write {left.name}_{{{letters}}}"
        raise RefusedError(
            f"the definition of {left.name} ignores its argument {ignored[0]}"
            + (hint if random else ""),
            at,
        )
