"""Components by number: J_{11} is a part of J if that is a matrix, and no new name."""

from __future__ import annotations

from mathcheck.read.lexer import Token
from mathcheck.read.scope import Definition, Meaning, Scope, Variable
from mathcheck.read.syntax import (
    Binary,
    Bracket,
    Call,
    Matrix,
    Negated,
    Node,
    Symbol,
    Transposed,
    Unit,
    Vector,
)

SUMS = ("+", "-", "odot")
VECTORS = ("softmax", "logsoftmax")  # of vectors
EACH = ("exp", "log", "sigmoid", "sigma", "tanh", "sqrt", "relu")  # of each component


def by_number(below: list[Token]) -> bool:
    """Say whether a subscript is made of numbers only."""
    texts = [t for t in below if t.text not in (",", "{", "}")]
    return bool(texts) and all(t.kind == "number" for t in texts)


def has_parts(scope: Scope, meaning: Meaning | None) -> bool:
    """Say whether what a name means has components, as far as is plain."""
    if isinstance(meaning, Variable):
        return bool(meaning.family) or meaning.components > 0
    if not isinstance(meaning, Definition) or meaning.parameters is not None:
        return False
    return bool(meaning.indices) or axes(scope, meaning.body) > 0


def axes(scope: Scope, node: Node) -> int:
    """Return how many axes a value has, as far as is plain: 1 for a column or a row."""
    if isinstance(node, Vector | Unit):
        return 1
    if isinstance(node, Matrix):
        return 2
    if isinstance(node, Bracket | Negated | Transposed):
        return axes(scope, node.body)
    if isinstance(node, Symbol):
        return axes_of(scope, scope.plain(node.name))
    if isinstance(node, Call) and len(node.arguments) == 1:
        known = node.function in (*VECTORS, *EACH)
        return axes(scope, node.arguments[0]) if known else 0
    if not isinstance(node, Binary):
        return 0
    left, right = axes(scope, node.left), axes(scope, node.right)
    if node.operation in SUMS:
        return max(left, right)
    if node.operation in ("/", "^") or not (left and right):
        return max(left, right) if node.operation != "^" else left
    if left == right == 1:
        return 2 if isinstance(node.right, Transposed) else 0
    return min(left, right)


def axes_of(scope: Scope, meaning: Meaning | None) -> int:
    """Return how many axes the value of a symbol has."""
    if isinstance(meaning, Variable):
        return meaning.components
    if isinstance(meaning, Definition) and meaning.parameters is None:
        return len(meaning.indices) or axes(scope, meaning.body)
    return 0
