r"""Arithmetic by components: 1 - \sigma(Xw), \mathbf p^2, \mathbf a / \mathbf b.

Linear algebra gives these no meaning, so that only one is left: a number and a vector
are added, a vector is raised to a power, and divided by, in each component. The result
is a vector, and whoever meant a number is told by the shape of the other side. A number
and a matrix are not added, for c I and c 1 1^T are both written so; and of two vectors
side by side one may lack its transpose: they are multiplied component by component only
if one is plainly made so, as in y (1 - y).
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import (
    Quantity,
    Thing,
    elementwise_product,
    known,
    scale,
)
from mathcheck.read.problems import SizeError
from mathcheck.read.scope import Definition, Variable, components
from mathcheck.read.syntax import Binary, Call, Maps, Negated, Node
from mathcheck.read.tree import unbracketed

OF_NUMBERS = frozenset(
    """exp log sqrt sin cos tan arctan tanh sinh cosh sigmoid softplus relu ReLU sign
    sgn max min erf expit logit""".split()
)


def alike(left: Thing, right: Thing) -> tuple[Thing, Thing]:
    """Return a number beside a vector as a vector, all of whose components it is."""
    if left.rank == "number" and right.rank == "column":
        return spread(left, right), right
    if left.rank == "column" and right.rank == "number":
        return left, spread(right, left)
    return left, right


def spread(c: Thing, beside: Thing) -> Thing:
    """Return a number as a vector, if the size of what is beside it is known."""
    if not isinstance(c, Quantity) or not isinstance(beside, Quantity):
        return c
    return Quantity(np.ones(beside.shape) * c.array, "column")


def quotient(left: Thing, right: Thing) -> Thing:
    """Divide a number or a vector by a vector."""
    divisor = known(right, "a quotient")
    inverse = Quantity(1 / divisor.array, divisor.rank)
    if left.rank == "number":
        return scale(inverse, known(left, "a quotient"))
    return elementwise_product(left, inverse)


def product_by_components(
    evaluator: Evaluator, node: Binary, left: Thing, right: Thing
) -> bool:
    """Say whether two vectors side by side are multiplied component by component."""
    columns = left.rank == right.rank == "column" and node.operation == "*"
    return columns and any(by_components(evaluator, f) for f in (node.left, node.right))


def product_of_components(left: Thing, right: Thing) -> Thing:
    """Multiply component by component, or say that brackets may be missing."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        if left.shape != right.shape:
            raise SizeError(
                f"{left.words} and {right.words} cannot be multiplied; put brackets "
                "around what is multiplied component by component"
            )
    return elementwise_product(left, right)


def by_components(evaluator: Evaluator, node: Node) -> bool:
    """Say whether a vector is plainly made component by component."""
    inner = unbracketed(node)
    if isinstance(inner, Negated):
        return by_components(evaluator, inner.body)
    if isinstance(inner, Call):
        return of_numbers(evaluator, inner)
    if not isinstance(inner, Binary):
        return False
    if inner.operation == "^":
        return True
    if inner.operation == "/":
        return evaluator(inner.right).rank == "column"
    if inner.operation in "+-":
        ranks = {evaluator(inner.left).rank, evaluator(inner.right).rank}
        return ranks == {"number", "column"}
    return by_components(evaluator, inner.left) or by_components(evaluator, inner.right)


def of_numbers(evaluator: Evaluator, call: Call) -> bool:
    """Say whether a function is one of numbers, which takes each component."""
    definition = evaluator.scope.function(call.function, len(call.arguments))
    if definition is None:
        return call.function in OF_NUMBERS
    if isinstance(definition, Variable) and isinstance(definition.space, Maps):
        return [components(source) for source in definition.space.sources] == [0]
    if not isinstance(definition, Definition) or len(call.arguments) != 1:
        return False
    (parameter,) = definition.parameters or ("",)
    return getattr(evaluator.plain(parameter), "components", 0) == 0
