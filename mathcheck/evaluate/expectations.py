"""Expectations, variances and covariances, as finite sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.quantity import (
    Quantity,
    Thing,
    add,
    known,
    multiply,
    negative,
    transposed,
)
from mathcheck.evaluate.sums import along_sum, full
from mathcheck.evaluate.symbols import trimmed
from mathcheck.read.problems import RefusedError, SizeError
from mathcheck.read.scope import Variable, components
from mathcheck.read.syntax import Expectation, Node, Number, Range, Symbol


@rule(Expectation)
def evaluate_expectation(evaluator: Evaluator, node: Expectation) -> Thing:
    """Evaluate an expectation, a variance or a covariance as finite sums."""
    law = known(evaluator(node.law), "a distribution")
    if law.rank != "column":
        raise RefusedError(
            "the distribution of an expectation must be a vector of probabilities",
            node.at,
        )
    n = law.shape[0]
    weights = dual.primal(law.array)
    total = weights.sum(axis=-2)
    fine = np.isnan(weights) | (weights >= -1e-9)
    if not fine.all() or not (np.isnan(total) | (np.abs(total - 1) < 1e-6)).all():
        raise RefusedError("an expectation under what is no distribution", node.at)
    depth = evaluator.depth
    with evaluator.layer({}):
        axis = evaluator.depth
        outcome = evaluator.axis(np.arange(1, n + 1))
        weight = Quantity(
            dual.linear(
                lambda a: np.swapaxes(full(a, axis, 1), -3 - axis, -2), law.array
            )
        )
        bodies = [
            outcome_value(evaluator, node, body, outcome, axis, n)
            for body in node.bodies
        ]

        def mean(x: Quantity) -> Quantity:
            return Quantity(along_sum(weight.array * x.array, axis, n), x.rank)

        result = mean(bodies[0]) if node.kind == "E" else covariance(bodies, mean)
    evaluator.depth = depth
    return Quantity(trimmed(result.array), result.rank)


def outcome_value(
    evaluator: Evaluator,
    node: Expectation,
    body: Node,
    outcome: Quantity,
    axis: int,
    n: int,
) -> Quantity:
    """Evaluate what the expectation is taken of, for each outcome."""
    if node.variable is None:  # E_p[v]: the components of v are the values
        found = known(evaluator(body), "an expectation")
        if found.rank != "column":
            raise RefusedError(
                "write which variable is drawn, as in E_{k \\sim p}[...]", node.at
            )
        if found.shape[0] != n:
            raise SizeError("an expectation of a vector of another length")
        return Quantity(
            dual.linear(
                lambda a: np.swapaxes(full(a, axis, 1), -3 - axis, -2), found.array
            )
        )
    drawn: Thing = outcome
    meaning = evaluator.scope.plain(node.variable)
    if isinstance(meaning, Variable) and components(meaning.space) == 1:
        one_hot = dual.primal(outcome.array) == np.arange(1, n + 1)[:, None]
        drawn = Quantity(one_hot.astype(float), "column")
    elif meaning is not None and not isinstance(meaning, Variable):
        value = known(evaluator_value(evaluator, node.variable), node.variable)
        if value.rank == "column":
            one_hot = dual.primal(outcome.array) == np.arange(1, n + 1)[:, None]
            drawn = Quantity(one_hot.astype(float), "column")
    elif isinstance(meaning, Variable) and not isinstance(meaning.space, Range):
        raise RefusedError(
            f"{node.variable} is drawn from {{1, ..., n}} here, but declared otherwise",
            node.at,
        )
    layer = evaluator.layers[-1]
    layer.values["plain", node.variable, 0] = drawn
    layer.sets[node.variable] = Range(Number("1"), Number(str(n)))
    return known(evaluator(body), "an expectation")


def evaluator_value(evaluator: Evaluator, name: str) -> Thing:
    """Return the value of a name."""
    return evaluator(Symbol(name))


def covariance(bodies: list[Quantity], mean: object) -> Quantity:
    """Return the covariance of two quantities, or of one with itself."""
    average = cast(Callable[[Quantity], Quantity], mean)
    first, second = bodies[0], bodies[-1]
    product = known(
        multiply(first, transposed(second) if second.rank == "column" else second), ""
    )
    center = multiply(
        average(first),
        transposed(average(second)) if second.rank == "column" else average(second),
    )
    return known(add(average(product), negative(center)), "a covariance")
