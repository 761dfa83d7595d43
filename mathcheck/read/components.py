r"""Components whose index stands in brackets: P(k), r(y'), \pi(y_w), W(i, j), p_n(k).

Of a vector this is a component if what stands there is an index, and a product if it is
a sum or a product of numbers. A name that is neither can be read in two ways.
"""

from __future__ import annotations

from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Definition, Meaning, Variable
from mathcheck.read.scripts import (
    LONGEST,
    Scripts,
    indices_of,
    is_number,
    powers,
    sample_index,
    scripted,
)
from mathcheck.read.syntax import (
    Big,
    Binary,
    Call,
    Extreme,
    Indexed,
    Node,
    Number,
    Range,
    Symbol,
)
from mathcheck.read.tree import base_of


def component_in_brackets(parser: Parser, name: str, scripts: Scripts) -> Node | None:
    """Read P(k), where P is a vector and k an index: it is the component k."""
    if not parser.at("(", "[") or name in parser.bound:
        return None
    meaning = parser.scope.plain(name)
    if meaning is None or scripts.primes or is_single(parser, name, meaning):
        return None
    at, given = parser.here.at, indices_in(parser, parser.enclosed)
    called = len(given) in parser.scope.arities(name)
    if not given or called or filled(parser, meaning, scripts):
        return None
    if not all(is_index(parser, index) for index in given):
        matrix = getattr(meaning, "components", 0) == 2  # which may turn a vector
        alone = len(given) == 1 and not (matrix or scripts.below or scripts.above)
        if alone and unclear(parser, given[0]):
            raise parser.refuse(
                f"{name}(...) can be read as a component or as a product; write the "
                rf"index below, or {name} \cdot (...)",
                at,
            )
        return None
    members = scripts.take_samples(parser)
    if scripts.below:
        members += indices_of(parser, scripts.below, {1, 2})
    parser.bracketed()
    node: Node = Indexed(Symbol(name, at=at), (*members, *given), at=at)
    return scripted(parser, powers(parser, node, scripts))


def is_single(parser: Parser, name: str, meaning: Meaning) -> bool:
    """Say whether a name stands for one number, which has no components."""
    if isinstance(meaning, Variable):
        return meaning.components == 0 and not meaning.family
    return not meaning.indices and is_number(parser.scope, Symbol(name))


def filled(parser: Parser, meaning: Meaning, scripts: Scripts) -> bool:
    """Say whether a name has all the indices that it takes: x_i (k + 1)."""
    if not isinstance(meaning, Variable):
        return bool(scripts.below) and not meaning.indices
    many = len(meaning.family) + meaning.components
    above = sum(sample_index(parser, a) is not None for a in scripts.above)
    below = indices_of(parser, scripts.below, {many}) if scripts.below else []
    return above + len(below) >= many


def indices_in(parser: Parser, inner: list[Token]) -> list[Node]:
    """Return what stands in brackets, if this is one short expression or two."""
    if not 0 < len(inner) <= LONGEST:
        return []
    try:
        found = parser.isolated(inner, Parser.sequence)
    except Problem:
        return []
    return found if len(found) < 3 else []


def is_index(parser: Parser, node: Node) -> bool:
    r"""Say whether a name or a number counts components: k, y', c_n, \hat y, 1."""
    if isinstance(node, Number):
        return node.text.isdigit()
    entry = isinstance(node, Indexed)
    node = node.base if isinstance(node, Indexed) else node
    if not isinstance(node, Symbol):
        return False
    if node.name in parser.bound:
        return True
    meaning = parser.scope.plain(node.name)
    if isinstance(meaning, Definition):
        return found_by_search(meaning.body)
    space = getattr(meaning, "space", None)
    return isinstance(base_of(space) if space and entry else space, Range)


def found_by_search(body: Node) -> bool:
    r"""Say whether a value is the index of the largest or the smallest: \arg\max."""
    kind = getattr(body, "kind", "") or getattr(body, "function", "")
    return isinstance(body, Big | Call | Extreme) and kind in ("argmax", "argmin")


def unclear(parser: Parser, node: Node) -> bool:
    """Say whether an index may stand in the brackets before this: k + 1, or a name.

    A name that has indices of its own after its bracket is a factor: x (W_2)_{kj}.
    """
    if isinstance(node, Binary) and node.operation in ("+", "-"):
        sides = node.left, node.right
        counted = all(is_index(parser, side) for side in sides)
        return counted and any(isinstance(side, Symbol) for side in sides)
    after = parser.ahead(len(parser.enclosed) + 2)
    name = isinstance(node, Symbol) and not is_number(parser.scope, node)
    return name and after.text not in ("_", "^")
