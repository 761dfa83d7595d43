"""Inverses of functions of one number, and functions of one another.

An inverse is found by bisection between the values of a grid, on which the function
must be monotone; Newton's method then makes it exact, and carries derivatives over.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.axes import trimmed
from mathcheck.evaluate.calls import apply, drawn_function
from mathcheck.evaluate.dual import Array, Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.functions import FUNCTIONS
from mathcheck.evaluate.logic import inside
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.read.problems import RefusedError, ShapeError, UndefinedError
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.syntax import Composed, Interval, Inverse

GRID = np.sinh(np.linspace(-7.3, 7.3, 1201))  # up to 740, where e^x is at its end
HALVINGS = 70
POLISH = 4  # steps of Newton's method, one for each order of a derivative


def value(evaluator: Evaluator, function: str, x: Value, at: int) -> Value:
    """Return a function of one number, which the page or nobody needs to define."""
    definition = evaluator.scope.function(function, 1)
    argument = Quantity(x)
    if isinstance(definition, Definition):
        found: Thing = apply(evaluator, definition, [argument], [])
    elif isinstance(definition, Variable):
        found = drawn_function(evaluator, definition, [argument])
    elif function in FUNCTIONS:
        found = FUNCTIONS[function](evaluator, argument)
    else:
        raise UndefinedError(f"{function} is not declared here", at)
    result = known(found, function)
    if result.rank != "number":
        raise ShapeError(f"{function} is no function from numbers to numbers", at)
    return result.array


@rule(Composed)
def evaluate_composed(evaluator: Evaluator, node: Composed) -> Thing:
    """Evaluate f ∘ g, or a derivative of it, at a number."""
    argument = known(evaluator(node.argument), "an argument")
    if argument.rank != "number":
        raise ShapeError("a composition of functions of a vector", node.at)
    x = argument.array
    seeds = [next(dual.tags) for _ in range(node.primes)]
    for tag in seeds:
        x = dual.Dual(tag, x, np.ones((1, 1)))
    for function in reversed(node.functions):
        x = value(evaluator, function, x, node.at)
    for tag in reversed(seeds):
        x = dual.change(x, tag)
    return Quantity(trimmed(x))


@rule(Inverse)
def evaluate_inverse(evaluator: Evaluator, node: Inverse) -> Thing:
    """Evaluate the inverse of a function at a number."""
    argument = known(evaluator(node.argument), "an argument")
    if argument.rank != "number":
        raise ShapeError("an inverse at a vector; write its components", node.at)
    if evaluator.exact:
        raise RefusedError("an inverse has the digits of floats", node.at)

    def f(x: Value) -> Value:
        return value(evaluator, node.function, x, node.at)

    wanted = dual.primal(argument.array)
    with evaluator.layer():
        axis = evaluator.new_axis(len(GRID))
        grid = axis.laid(on_domain(evaluator, node))
        low, high, rising = bracketed(dual.primal(f(grid)), grid, wanted, axis.from_end)
        if low is None or high is None:
            raise RefusedError(
                f"{node.function} is not monotone, so that it has no inverse; write "
                "what is meant as a function of its own",
                node.at,
            )
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        left = (dual.primal(f(middle)) < wanted) == rising
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    x: Value = (low + high) / 2
    for _ in range(POLISH):
        tag = next(dual.tags)
        slope = dual.change(f(dual.Dual(tag, x, np.ones((1, 1)))), tag)
        step = (f(x) - argument.array) / slope
        x = x - dual.where(np.isfinite(dual.primal(step)), step, 0.0)
    return Quantity(trimmed(x))


def on_domain(evaluator: Evaluator, node: Inverse) -> Array:
    """Return the grid, within the set that the function's argument is declared in."""
    definition = evaluator.scope.function(node.function, 1)
    space = None
    if isinstance(definition, Definition) and definition.parameters:
        meaning = evaluator.plain(definition.parameters[0])
        space = meaning.space if isinstance(meaning, Variable) else None
    elif isinstance(definition, Variable):
        space = getattr(definition.space, "sources", (None,))[0]
    if not isinstance(space, Interval):
        return GRID
    low, high = (
        float(dual.primal(known(evaluator(end), "an end").array).flat[0])
        for end in (space.low, space.high)
    )
    if np.isfinite(low) and np.isfinite(high):
        return low + (high - low) / (1 + np.exp(-np.clip(GRID, -36, 36)))
    kept = inside(evaluator, Quantity(GRID[:, None, None]), space).ravel()
    return np.where(kept, GRID, np.nan)


def bracketed(
    values: Array, grid: Array, wanted: Array, along: int
) -> tuple[Array | None, Array | None, bool]:
    """Return between which places of a grid a value lies, and whether it rises there.

    None if the function is not monotone; not a number if the value is not taken.
    """
    known_values = np.isfinite(values)
    steps = np.diff(values, axis=along)
    steps = steps[np.isfinite(steps)]
    rising = bool(steps.sum() >= 0)
    if not known_values.any() or (steps if rising else -steps).min(initial=0) < -1e-9:
        return None, None, rising
    below = (values < wanted) == rising
    low = np.where(below & known_values, grid, -np.inf).max(along, keepdims=True)
    high = np.where(~below & known_values, grid, np.inf).min(along, keepdims=True)
    taken = np.isfinite(low) & np.isfinite(high)
    return np.where(taken, low, np.nan), np.where(taken, high, np.nan), rising
