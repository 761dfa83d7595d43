"""Constants, compared with more digits than floating point has: 1 + 2^-53 is not 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, localcontext

from mathcheck.read.scope import Definition, Scope
from mathcheck.read.syntax import (
    Binary,
    Bracket,
    Call,
    Constant,
    Negated,
    Node,
    Number,
    Symbol,
)
from mathcheck.trial.show import digits

DIGITS = 60
EQUAL = Decimal("1e-45")  # relative difference that may be the rounding of these digits

OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": Decimal.__add__, "-": Decimal.__sub__, "*": Decimal.__mul__,
    "times": Decimal.__mul__, "dot": Decimal.__mul__, "/": Decimal.__truediv__,
    "^": Decimal.__pow__,
}  # fmt: skip
FUNCTIONS: dict[str, Callable[[Decimal], Decimal]] = {
    "exp": Decimal.exp, "log": Decimal.ln, "sqrt": Decimal.sqrt, "abs": abs,
}  # fmt: skip


@dataclass(frozen=True)
class Exactly:
    """What became of a relation of two constants."""

    holds: bool
    left: Decimal
    right: Decimal

    def __str__(self) -> str:
        """Show both sides, and their difference if four digits do not."""
        left, right = digits(float(self.left)), digits(float(self.right))
        gap = f" (left − right is {self.left - self.right:.4g})"
        return f"left {left}, right {right}" + gap * (left == right)


def compare_exactly(
    scope: Scope, operator: str, left: Node, right: Node
) -> Exactly | None:
    """Return whether a relation of constants holds.

    None if one side is not a constant, or is made of something that is not read here.
    """
    with localcontext(Context(prec=DIGITS)):
        try:
            a, b = constant(scope, left), constant(scope, right)
            if a is None or b is None:
                return None
            if not (a.is_finite() and b.is_finite()):
                return None  # log 0, of which no relation is told here
            gap = a - b
            near = abs(gap) <= EQUAL * max(abs(a), abs(b))
        except (DecimalException, RecursionError):
            return None
    answers = {"=": near, r"\ne": not near, "<": gap < 0 and not near,
               ">": gap > 0 and not near, r"\le": gap < 0 or near,
               r"\ge": gap > 0 or near}  # fmt: skip
    return Exactly(answers[operator], a, b) if operator in answers else None


def constant(scope: Scope, node: Node) -> Decimal | None:
    """Return the value of a constant expression, if it is one and not out of bounds."""
    try:
        return computed(scope, node)
    except (DecimalException, RecursionError):
        return None


def computed(scope: Scope, node: Node) -> Decimal | None:
    """Compute a constant expression, part by part."""
    if isinstance(node, Number):
        return Decimal(node.text)
    if isinstance(node, Constant) and node.name == "e":
        return Decimal(1).exp()
    if isinstance(node, Bracket):
        return computed(scope, node.body)
    if isinstance(node, Negated):
        body = computed(scope, node.body)
        return None if body is None else -body
    if isinstance(node, Symbol):
        meaning = scope.plain(node.name)
        if isinstance(meaning, Definition) and meaning.parameters is None:
            return computed(scope, meaning.body)
    if isinstance(node, Binary) and node.operation in OPERATIONS:
        left, right = computed(scope, node.left), computed(scope, node.right)
        if left is not None and right is not None:
            return OPERATIONS[node.operation](left, right)
    if isinstance(node, Call) and node.function in FUNCTIONS and not node.primes:
        own = scope.function(node.function, 1) is not None
        if len(node.arguments) == 1 and not own:
            argument = computed(scope, node.arguments[0])
            return None if argument is None else FUNCTIONS[node.function](argument)
    return None
