"""Components by number: J_{11} is a part of J if that is a matrix, and no new name."""

from __future__ import annotations

from mathcheck.read.lexer import Token
from mathcheck.read.scope import Definition, Meaning, Scope, Variable, components
from mathcheck.read.syntax import (
    Binary,
    Bracket,
    Call,
    Matrix,
    Negated,
    Node,
    Number,
    Power,
    Range,
    Simplex,
    Such,
    Symbol,
    Transposed,
    Unit,
    UnitVectors,
    Vector,
    Without,
)

Axes = tuple[Node | None, ...]  # what the index of each axis runs over, if it is plain

SUMS = ("+", "-", "odot")
VECTORS = ("softmax", "logsoftmax")  # of vectors
EACH = ("exp", "log", "sigmoid", "sigma", "tanh", "sqrt", "relu")  # of each component


def by_number(below: list[Token]) -> bool:
    """Say whether a subscript is made of numbers only."""
    texts = [t for t in below if t.text not in (",", "{", "}")]
    return bool(texts) and all(t.kind == "number" for t in texts)


def has_parts(scope: Scope, meaning: Meaning | None) -> bool:
    """Say whether what a name means has components, as far as is plain."""
    family = isinstance(meaning, Variable) and meaning.family
    return bool(family or axes_of(scope, meaning))


def axes(scope: Scope, node: Node) -> Axes:
    """Return the axes that a value has, as far as is plain: one for a column or a row.

    Of each it is the range of its index, or None.
    """
    if isinstance(node, Vector):
        return (numbered(Number(str(len(node.items)))),)
    if isinstance(node, Unit | Matrix):
        return (None,) if isinstance(node, Unit) else (None, None)
    if isinstance(node, Bracket | Negated | Transposed):
        inner = axes(scope, node.body)
        return inner[::-1] if isinstance(node, Transposed) else inner
    if isinstance(node, Symbol):
        return axes_of(scope, scope.plain(node.name))
    if isinstance(node, Call) and len(node.arguments) == 1:
        known = node.function in (*VECTORS, *EACH)
        return axes(scope, node.arguments[0]) if known else ()
    if not isinstance(node, Binary):
        return ()
    left, right = axes(scope, node.left), axes(scope, node.right)
    if node.operation in SUMS:
        return max(left, right, key=len)
    if node.operation in ("/", "^") or not (left and right):
        return left or right
    if len(left) == len(right) == 1:
        return left + right if isinstance(node.right, Transposed) else ()
    return left[:-1] + right[1:]


def axes_of(scope: Scope, meaning: Meaning | None) -> Axes:
    """Return the axes that the value of a symbol has."""
    if isinstance(meaning, Variable):
        return sides_of(meaning.space)
    if isinstance(meaning, Definition) and meaning.parameters is None:
        return tuple(r for _, r in meaning.indices) or axes(scope, meaning.body)
    return ()


def sides_of(space: Node) -> Axes:
    """Return what the indices of an element of a set run over."""
    if isinstance(space, Without | Such):
        return sides_of(space.base)
    if isinstance(space, Power):
        return tuple(map(numbered, space.sizes[:2]))
    if isinstance(space, Simplex | UnitVectors):
        return (numbered(space.size),)
    return (None,) * components(space)


def numbered(size: Node) -> Range:
    """Return the numbers from one to a size."""
    return Range(Number("1", at=size.at), size, at=size.at)
