"""Expectations, variances and covariances under a law with finitely many outcomes.

They are sums over the outcomes, weighted by their probabilities.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.axes import Axis, summed, to_points, trimmed
from mathcheck.evaluate.evaluator import Evaluator, Layer, rule
from mathcheck.evaluate.quantity import (
    Quantity,
    Thing,
    add,
    known,
    multiply,
    negative,
    transposed,
)
from mathcheck.read.problems import RefusedError, SizeError
from mathcheck.read.scope import Definition
from mathcheck.read.syntax import Expectation, Node, Number, Range, Symbol


@rule(Expectation)
def evaluate_expectation(evaluator: Evaluator, node: Expectation) -> Thing:
    """Evaluate an expectation, a variance or a covariance as finite sums."""
    law = known(evaluator(node.law), "a distribution")
    if law.rank != "column":
        raise RefusedError(
            "the distribution of an expectation must be a vector of probabilities, or "
            r"a function of what is drawn, which has to be said: E_{a \sim p}[f(a)]",
            node.at,
        )
    n = law.shape[0]
    weights = dual.primal(law.array)
    total = weights.sum(axis=-2)
    fine = real.isnan(weights) | (weights >= -1e-9)
    if not fine.all() or not (real.isnan(total) | (np.abs(total - 1) < 1e-6)).all():
        raise RefusedError("an expectation under what is no distribution", node.at)
    with evaluator.layer() as layer:
        axis = evaluator.new_axis(n)
        weight = to_points(law.array, axis, -2)
        bodies = [
            outcome_value(evaluator, layer, node, body, axis) for body in node.bodies
        ]

        def mean(x: Quantity) -> Quantity:
            terms = weight * x.array
            if not real.isfinite(dual.primal(terms)).all():  # what never occurs
                never = dual.primal(weight) == 0
                terms = dual.where(never, 0.0, terms)
            return Quantity(summed(terms, axis), x.rank)

        result = mean(bodies[0]) if node.kind == "E" else covariance(bodies, mean)
    return Quantity(trimmed(result.array), result.rank)


def outcome_value(
    evaluator: Evaluator, layer: Layer, node: Expectation, body: Node, axis: Axis
) -> Quantity:
    """Evaluate what the expectation is taken of, for each outcome."""
    if node.variable is None:  # E_p[v]: the components of v are the values
        found = known(evaluator(body), "an expectation")
        if found.rank != "column":
            raise RefusedError(
                "write which variable is drawn, as in E_{k \\sim p}[...]", node.at
            )
        if found.shape[0] != axis.length:
            raise SizeError("an expectation of a vector of another length")
        return Quantity(to_points(found.array, axis, -2))
    if not node.numbered and draws_unit_vectors(evaluator, node):
        drawn = Quantity(axis.laid(np.eye(axis.length)[:, :, None]), "column")
    else:
        drawn = Quantity(axis.laid(node.first + np.arange(axis.length)))
    layer.values["plain", node.variable, 0] = drawn
    last = node.first + axis.length - 1
    layer.sets[node.variable] = Range(Number(str(node.first)), Number(str(last)))
    return known(evaluator(body), "an expectation")


def draws_unit_vectors(evaluator: Evaluator, node: Expectation) -> bool:
    """Say whether what is drawn is a unit vector, or else the number of an outcome."""
    assert node.variable is not None
    meaning = evaluator.plain(node.variable)
    if isinstance(meaning, Definition):
        value = known(evaluator(Symbol(node.variable)), node.variable)
        return value.rank == "column"
    if meaning is None or isinstance(meaning.space, Range):
        return False
    if meaning.components != 1:
        raise RefusedError(
            f"{node.variable} is drawn from {{1, ..., n}} here, but declared otherwise",
            node.at,
        )
    return True


def covariance(
    bodies: list[Quantity], mean: Callable[[Quantity], Quantity]
) -> Quantity:
    """Return the covariance of two quantities, or of one with itself."""
    first, second = bodies[0], bodies[-1]

    def times(a: Quantity, b: Quantity) -> Quantity:
        other = transposed(b) if b.rank == "column" else b
        return known(multiply(a, other), "a covariance")

    centre = times(mean(first), mean(second))
    return known(add(mean(times(first, second)), negative(centre)), "a covariance")
