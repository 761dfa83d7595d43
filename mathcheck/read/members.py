r"""Functions that are defined at a member: p(x_i; \theta) := ..., L(f, e_j) := ...

The member stands for any number or vector like it, if the body depends on i through it
only; else the function is a family by i, and is known of members alone. Where the sums
of the body run over i, as in S(\{p_i\}), all members together are meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from mathcheck.read.cursor import text_of
from mathcheck.read.dots import exchanged
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.scope import Definition, Scope, Variable
from mathcheck.read.syntax import (
    Bracket,
    Finite,
    Indexed,
    Node,
    Number,
    Power,
    Range,
    Symbol,
    Unit,
    UnitVectors,
)
from mathcheck.read.tree import all_bound, symbols


def member(parser: Parser) -> Node | None:
    """Read a parameter, if it is a member of what is known."""
    try:
        if parser.at(r"\{", "{"):
            node = parser.whole(parser.bracketed())
        else:
            node = parser.factor()
    except Problem:
        return None
    base = node.base if isinstance(node, Indexed) else None
    indexed = isinstance(base, Symbol) and all(map(is_plain, node.children[1:]))
    unit = isinstance(node, Unit) and isinstance(node.index, Symbol)
    return node if indexed or unit else None


def is_plain(index: Node) -> bool:
    """Say whether an index is a letter or a number."""
    return isinstance(index, Symbol | Number)


def indices_in(node: Node) -> list[str]:
    """Return the letters by which a member goes."""
    found = node.indices if isinstance(node, Indexed) else node.children
    return [index.name for index in found if isinstance(index, Symbol)]


def settled(
    scope: Scope, parameters: list[str], members: dict[str, Node], body: Node
) -> tuple[list[str], Node, list[Variable]]:
    """Return the parameters and the body of a function of members, and their sets."""
    new: list[Variable] = []
    bound = all_bound(body)
    whole = {
        name: node.base.name
        for name, node in members.items()
        if isinstance(node, Indexed)
        and isinstance(node.base, Symbol)
        and not bound.isdisjoint(indices_in(node))
    }
    single = {name: node for name, node in members.items() if name not in whole}
    places: dict[Node, Node] = {node: Symbol(name) for name, node in single.items()}
    left = symbols(exchanged(body, places))
    by_index = {
        name: indices_in(node)[0]
        for name, node in single.items()
        if len(indices_in(node)) == 1 and not left.isdisjoint(indices_in(node))
    }
    if len(set(by_index.values())) < len(by_index):
        index = next(iter(by_index.values()))
        raise RefusedError(
            f"the body depends on {index} besides, which stands in two arguments; "
            f"write {index} as an argument"
        )
    for name, node in single.items():
        if name in by_index:
            del places[node]
        elif (space := space_of(scope, node)) is not None:
            new.append(Variable(name, space))
    names = [by_index.get(name, whole.get(name, name)) for name in parameters]
    return names, exchanged(body, places), new


def space_of(scope: Scope, node: Node) -> Node | None:
    """Return the set that a member is in, if that is known."""
    if isinstance(node, Unit):
        index = scope.plain(getattr(node.index, "name", ""))
        domain = index.space if isinstance(index, Variable) else None
        return UnitVectors(domain.high) if isinstance(domain, Range) else None
    assert isinstance(node, Indexed)
    assert isinstance(node.base, Symbol)
    meaning = scope.plain(node.base.name)
    if not isinstance(meaning, Variable):
        return None
    many = len(meaning.family)
    if many == len(node.indices):
        return meaning.space
    if isinstance(meaning.space, Power) and many + meaning.components == len(
        node.indices
    ):
        return meaning.space.base
    return None


def given_members(
    meaning: object, given: Sequence[Node], bound: Sequence[str], at: int
) -> tuple[Node, ...]:
    """Return the arguments as a function of members takes them."""
    if not isinstance(meaning, Definition) or not meaning.members:
        return tuple(given)
    return tuple(
        argument
        if node is None
        else given_member(meaning, name, node, argument, bound, at)
        for name, node, argument in zip(
            meaning.parameters or (), meaning.members, given, strict=True
        )
    )


def given_member(
    meaning: Definition,
    name: str,
    written: Node,
    argument: Node,
    bound: Sequence[str],
    at: int,
) -> Node:
    """Return an argument in the place of a member, or all of them."""
    inner = argument.body if isinstance(argument, Bracket) else argument
    if isinstance(argument, Finite) and len(argument.items) == 1:
        (inner,) = argument.items
    base = written.base if isinstance(written, Indexed) else None
    if base == Symbol(name):  # all members
        every = isinstance(inner, Indexed) and all(
            isinstance(index, Symbol) and index.name not in bound
            for index in inner.indices
        )
        return inner.children[0] if every else argument
    if name not in indices_in(written):
        return argument
    if isinstance(inner, Unit) and isinstance(written, Unit):
        return inner.index
    if isinstance(inner, Indexed) and inner.base == base and len(inner.indices) == 1:
        return inner.indices[0]
    raise RefusedError(
        f"{meaning.name} depends on {name} besides, and is defined of "
        f"{shown(written)} only",
        at,
    )


def shown(node: Node) -> str:
    """Write a member for a message."""
    base = getattr(getattr(node, "base", None), "name", "e")
    indices = ", ".join(indices_in(node))
    return f"{base}_{{{indices}}}"


def text_here(parser: Parser, start: int) -> str:
    """Return what was read since a place, without braces."""
    found = parser.tokens[start : parser.position]
    return text_of([t for t in found if t.text not in ("{", "}", r"\{", r"\}")])
