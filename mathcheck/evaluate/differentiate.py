"""Partial derivatives, gradients, Jacobians and differentials, by dual numbers.

A symbol is given a change, along one component or all of them on axes of their own, and
all that depends on it follows, through definitions too.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual, room
from mathcheck.evaluate.axes import Axis, to_structure, trimmed
from mathcheck.evaluate.components import indexed_meaning, position_of
from mathcheck.evaluate.dual import Dual, Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.quantity import SIDES, Pending, Quantity, Rank, Thing, known
from mathcheck.evaluate.symbols import meant
from mathcheck.read.problems import RefusedError, ShapeError, UndefinedError
from mathcheck.read.scope import Definition, Key, Variable
from mathcheck.read.syntax import (
    Call,
    Derivative,
    Differential,
    Finite,
    Indexed,
    Maps,
    Naturals,
    Node,
    Range,
    Subsets,
    Such,
    Symbol,
    UnitVectors,
)
from mathcheck.read.tree import symbols

DEEPEST = 8  # derivatives within one another; each doubles the work
DISCRETE = Range | Naturals | Finite | UnitVectors | Such | Subsets


@rule(Derivative)
def evaluate_derivative(evaluator: Evaluator, node: Derivative) -> Thing:
    """Evaluate derivatives, the outermost first."""
    return derivative(evaluator, node, node.variables)


def derivative(evaluator: Evaluator, node: Derivative, by: tuple[Node, ...]) -> Thing:
    """Differentiate by the first variable what the others leave."""
    if not by:
        return evaluator(node.body)
    variable, rest = by[0], by[1:]
    symbol = variable.base if isinstance(variable, Indexed) else variable
    assert isinstance(symbol, Symbol)
    indices = variable.indices if isinstance(variable, Indexed) else ()
    key, current = moved(evaluator, symbol, indices)
    check_dependence(evaluator, node, symbol)
    given = [known(evaluator(index), "an index") for index in indices]
    given = in_one_row(evaluator, key, given)
    if len(tags(evaluator)) >= DEEPEST:
        raise RefusedError(f"more than {DEEPEST} derivatives of one another", node.at)
    tag = next(dual.tags)
    with evaluator.layer() as layer:
        direction, axes = directions(evaluator, key, current, given)
        moving = Dual(tag, current.array, direction)
        layer.values[key] = Quantity(moving, current.rank)
        body = derivative(evaluator, node, rest)
        if isinstance(body, Pending):
            raise ShapeError("a derivative of something whose size cannot be read")
        gradient = isinstance(node.body, Derivative) and node.body.nabla
        if node.nabla and not (rest or gradient or body.rank == "number"):
            raise ShapeError(
                rf"\nabla of {body.words}; write \frac{{\partial}}{{\partial}} for a "
                "Jacobian",
                node.at,
            )
        array = dual.change(body.array, tag)
        shape = dual.primal(body.array).shape
        array = dual.linear(lambda a: dual.spread(a, shape), array)
    result = arranged(array, body.rank, axes, node)
    return Quantity(trimmed(result.array), result.rank)


def tags(evaluator: Evaluator) -> set[int]:
    """Return the tags of the derivatives that are being taken."""
    values = (value for layer in evaluator.layers for value in layer.values.values())
    arrays = (value.array for value in values if isinstance(value, Quantity))
    return {array.tag for array in arrays if isinstance(array, Dual)}


def in_one_row(evaluator: Evaluator, key: Key, given: list[Quantity]) -> list[Quantity]:
    """Return the indices of a family as one, as its members are laid out."""
    meaning = evaluator.scope.meant_by(key)
    if not isinstance(meaning, Variable) or not meaning.family or not given:
        return given
    many = len(meaning.family)
    if len(given) < many:
        raise RefusedError(f"{key[1]} needs {many} indices here")
    return [Quantity(position_of(evaluator, meaning, given)), *given[many:]]


def moved(
    evaluator: Evaluator, symbol: Symbol, indices: tuple[Node, ...]
) -> tuple[Key, Quantity]:
    """Return what is moved: its key, and its value here."""
    key: Key = ("plain", symbol.name, 0)
    bound = evaluator.bound(symbol.name)
    if bound is None:
        meaning = (
            indexed_meaning(evaluator, symbol, indices)
            if indices
            else evaluator.plain(symbol.name)
        )
        if meaning is None:
            raise UndefinedError(f"{symbol.name} is not declared here", symbol.at)
        key = meaning.key
        if isinstance(meaning, Variable):
            if isinstance(meaning.space, DISCRETE):
                raise RefusedError(
                    f"{symbol.name} is not a real number, so that there is no "
                    "derivative by it",
                    symbol.at,
                )
            bound = evaluator.value(key)
            if bound is None:
                raise RefusedError(f"cannot differentiate by {symbol.name}", symbol.at)
        elif meaning.parameters is not None or meaning.indices:
            stored = evaluator.value(key)
            bound = stored if stored is not None else meant(evaluator, meaning)
            if meaning.indices:  # the family is moved as the vector that it is
                key = ("plain", symbol.name, 0)
        else:
            bound = meant(evaluator, meaning)
    return key, known(bound, symbol.name)


def check_dependence(evaluator: Evaluator, node: Derivative, by: Symbol) -> None:
    """Refuse a derivative by a defined symbol on which nothing depends."""
    meaning = evaluator.plain(by.name)
    if not isinstance(meaning, Definition) or evaluator.bound(by.name) is not None:
        return
    if by.name not in evaluator.reach(node.body):
        raise RefusedError(
            f"what is differentiated does not contain {by.name}, which is defined by "
            "other symbols; write it in terms of that symbol",
            node.at,
        )


def directions(
    evaluator: Evaluator, key: Key, current: Quantity, given: list[Quantity]
) -> tuple[Value, list[Axis]]:
    """Return along what to move: one component, or all of them on axes of their own."""
    structure = dual.primal(current.array).shape
    families = 1 if key[0] == "family" else 0
    places = [*range(-2 - families, -2)]
    places += SIDES[current.rank]
    if given and len(given) not in (len(places), families):
        raise ShapeError(f"{key[1]} takes {len(places)} indices here")
    if not given and families:
        raise RefusedError(f"write which {key[1]} is differentiated by: give its index")
    result = np.ones((1,) * (families + 2))
    axes: list[Axis] = []
    for position, place in enumerate(places):
        n = structure[place]
        shape = [1] * (families + 2)
        shape[place] = n
        counter = np.arange(1, n + 1).reshape(shape)
        if position < len(given):
            index = dual.primal(given[position].array)
        else:
            axes.append(evaluator.new_axis(n))
            index = axes[-1].laid(np.arange(1, n + 1))
        index = index.reshape(*index.shape[:-2], *[1] * (families + 2))
        room.fits(result.size * index.size * counter.size)
        result = result * (index == counter)
    return result, axes


def arranged(array: Value, rank: Rank, axes: list[Axis], node: Node) -> Quantity:
    """Turn the axes along which was moved into rows and columns.

    A gradient has the shape of its variable; a Jacobian has a row for each output.
    """
    if not axes:
        return Quantity(array, rank)
    if rank == "number":
        for axis, side in zip(axes, (-2, -1), strict=False):
            array = to_structure(array, axis, side)
        return Quantity(array, "column" if len(axes) == 1 else "matrix")
    if rank == "column" and len(axes) == 1:
        return Quantity(to_structure(array, axes[0], -1), "matrix")
    raise ShapeError(
        "this derivative has more than two axes; write it with indices", node.at
    )


@rule(Differential)
def evaluate_differential(evaluator: Evaluator, node: Differential) -> Thing:
    """Evaluate the change along the directions that the statement gives its symbols."""
    if any(isinstance(n, Differential) for n in node.body.parts):
        raise RefusedError("a differential of a differential", node.at)
    if not evaluator.directions:
        raise RefusedError("which symbols change cannot be read", node.at)
    tag = next(dual.tags)
    values: dict[Key, Thing] = {}
    for key, direction in evaluator.directions.items():
        current = evaluator.value(key)
        assert isinstance(current, Quantity)
        values[key] = Quantity(Dual(tag, current.array, direction), current.rank)
    with evaluator.layer(values):
        body = known(evaluator(node.body), "a differential")
        array = dual.change(body.array, tag)
        shape = dual.primal(body.array).shape
        array = dual.linear(lambda a: dual.spread(a, shape), array)
    return Quantity(array, body.rank)


def differentiated(side: Node) -> list[Node]:
    """Return the expressions of which differentials stand in a side."""
    return [part.body for part in side.parts if isinstance(part, Differential)]


def choose_directions(evaluator: Evaluator, statement: list[Node]) -> None:
    """Give a random direction to each symbol whose change a statement is about.

    These are the real symbols on which the differentials depend; one that stands alone
    on the left, dL, follows the others.
    """
    first, *others = (differentiated(side) for side in statement)
    inner = [body for bodies in others for body in bodies] or first
    reached = evaluator.reach(*inner)
    for body in first:  # d(x t): what is written there moves too
        if not isinstance(body, Symbol | Call):
            reached |= symbols(body)
    for key, value in list(evaluator.root.values.items()):
        declared = evaluator.scope.meant_by(key)
        if (
            key[1] in reached
            and isinstance(declared, Variable)
            and isinstance(value, Quantity)
        ):
            if isinstance(declared.space, DISCRETE | Maps):
                continue
            rng = np.random.default_rng([7, *key[1].encode()])
            shape = dual.primal(value.array).shape
            evaluator.directions[key] = rng.normal(size=shape)
