r"""Members beyond a family: \mu_K := 1 - \sum_{j=1}^{K-1} \mu_j, where k < K in \mu_k.

Such a one has a name of its own; a sum over all members finds it at its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.scope import Definition, Meaning, Scope, is_size
from mathcheck.read.syntax import (
    ONE,
    Binary,
    Indexed,
    Node,
    Power,
    Range,
    Symbol,
)


def ends_of(meaning: Meaning) -> tuple[Node, Node] | None:
    """Return the first and the last place of what takes one index."""
    domain: Node | None = None
    if isinstance(meaning, Definition):
        domain = meaning.indices[0][1] if len(meaning.indices) == 1 else None
    elif len(meaning.family) == 1:
        (domain,) = meaning.family
    elif isinstance(meaning.space, Power) and len(meaning.space.sizes) == 1:
        return ONE, meaning.space.sizes[0]
    return (domain.low, domain.high) if isinstance(domain, Range) else None


def is_beyond(scope: Scope, name: str, below: Sequence[Token]) -> bool:
    """Say whether a subscript is the place right after the last member, or 0."""
    if len(below) != 1:
        return False
    text = below[0].text
    for meaning in scope.meanings(name):
        ends = ends_of(meaning)
        if ends is None:
            continue
        low, high = ends
        if text == "0":
            return low == ONE
        before = Binary("-", Symbol(text), ONE)
        return is_size(scope.plain(text)) and high == before
    return False


def kept_beyond(parser: Parser, name: str, full: str, place: Node) -> Definition:
    """Return what tells that a member has this place and this name."""
    number = 1 + len(members_beyond(parser.scope, name))
    return Definition(beyond(name, number), Indexed(Symbol(full), (place,)))


def beyond(name: str, number: int) -> str:
    """Return under which name the place of a member beyond a family is kept."""
    return f"{number} beyond {name}"


def members_beyond(scope: Scope, name: str) -> list[Indexed]:
    """Return the members beyond a family, each as its name at its place."""
    found: list[Indexed] = []
    while meaning := scope.plain(beyond(name, 1 + len(found))):
        later = depth(scope, meaning.name) >= depth(scope, name)
        if not isinstance(meaning, Definition) or not later:
            break  # the family was declared anew since
        assert isinstance(meaning.body, Indexed)
        found.append(meaning.body)
    return found


def depth(scope: Scope, name: str) -> int:
    """Return how deep the section is that gives a name its meaning."""
    known = [i for i, frame in enumerate(scope.frames) if frame.named(name)]
    return max(known, default=-1)
