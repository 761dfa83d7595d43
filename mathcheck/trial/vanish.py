r"""Where something vanishes that may not: a denominator, or all squares of a sum.

Points that are drawn never meet the one at which $\frac{x^2 - 1}{x - 1}$ has no value,
nor that at which $(a - 3)^2 + (b + 2)^2$ is 0. Such places are solved for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.quantity import Pending, known
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Definition, Scope
from mathcheck.read.syntax import (
    MINUS_ONE,
    ZERO,
    Absolute,
    Big,
    Binary,
    Bracket,
    Call,
    Cases,
    Derivative,
    Expectation,
    Extreme,
    Indicator,
    Infinity,
    Integral,
    Limit,
    Member,
    Negated,
    Node,
    Norm,
    Number,
    Relation,
    Substituted,
    Symbol,
)
from mathcheck.read.tree import has, symbols, unbracketed
from mathcheck.trial.compare import SIZED, Check
from mathcheck.trial.exist import PRODUCTS, free_matrices, repair
from mathcheck.trial.growth import COUNT
from mathcheck.trial.meet import clear_at
from mathcheck.trial.points import Points, alone, laid_out, places
from mathcheck.trial.precise import compared_at
from mathcheck.trial.roots import find_root
from mathcheck.trial.search import Search
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted

NEAR = 1e-9  # what is no larger is taken to vanish there, too
LARGE = 1e8  # what is larger may have no value there
CLOSED = (  # what binds names, or leaves points out
    Big, Integral, Limit, Expectation, Extreme, Cases, Indicator, Derivative,
    Substituted,
)  # fmt: skip
MOST = 6  # expressions of one statement that are solved, at most


def without_value(check: Check, node: Relation) -> None:
    """Raise where one side of a step has no value, since a part of it vanishes."""
    if has(Infinity, node):
        return
    root = check.evaluator.root
    before = dict(root.values), check.points.values, check.points.mask
    scope = check.evaluator.scope
    for operator, nodes in zip(node.operators, pairwise(node.sides), strict=True):
        if operator not in SIZED:
            continue
        for one, other in (nodes, nodes[::-1]):
            parts = [*vanishing(scope, one), *singular(check.points, one)]
            for part in list(dict.fromkeys(parts))[:MOST]:
                try:
                    with suppress(Problem):
                        solved(check, part, one, other)
                finally:
                    root.values = dict(before[0])
                    check.evaluator.forget()
                    check.points.values, check.points.mask = before[1:]


def solved(check: Check, part: Node, one: Node, other: Node) -> None:
    """Raise where a part vanishes without which one side has no value but the other."""
    points = check.points
    if not both_signs(check, part):
        return
    search = Search(check, r"\ne", (part, ZERO))
    met = find_root(search) if search.movable else np.zeros((1, 1), bool)
    if not met.any():
        return
    conditions = [c for c in points.conditions if not isinstance(c, Member)]
    if not clear_at(check.evaluator, conditions, int(np.argwhere(met)[0][-3])):
        return
    value = check.evaluator(other)
    if isinstance(value, Pending):  # I, of whichever size
        value = value.sized(1)
    size = np.abs(dual.primal(value.array)).max(axis=(-1, -2), keepdims=True)
    fine = met & np.isfinite(size) & (size < LARGE)
    for rest in vanishing(check.evaluator.scope, other):
        there = dual.primal(known(check.evaluator(rest), "a side").array)
        fine = fine & (np.abs(there) > NEAR)
    if fine.any():
        named = [("the other side", value)]
        text = counterexample(points, check.node, fine, named, "")
        raise Refuted(
            f"not defined everywhere: a denominator or the like is 0: {text}; "
            + repair(points, one)
        )


def both_signs(check: Check, part: Node) -> bool:
    """Say whether an expression is positive at some points and negative at others."""
    value = known(check.evaluator(part), "a side")
    if value.rank != "number":
        return False
    found = dual.primal(value.array)
    return bool((found > 0).any() and (found < 0).any())


def vanishing(scope: Scope, node: Node) -> Iterator[Node]:
    """Yield expressions whose zeros leave a side without a value."""
    if isinstance(node, CLOSED):
        return
    if isinstance(node, Symbol):
        meaning = scope.plain(node.name)
        if isinstance(meaning, Definition) and meaning.parameters is None:
            yield from vanishing(scope, meaning.body) if not meaning.indices else ()
        return
    if isinstance(node, Binary):
        if node.operation == "/":
            yield from factors(node.right)
        if node.operation == "^" and isinstance(unbracketed(node.right), Negated):
            yield from factors(node.left)
    if isinstance(node, Call) and node.function == "tan" and not node.primes:
        yield Call("cos", node.arguments)
    for child in node.children:
        yield from vanishing(scope, child)


def singular(points: Points, node: Node) -> Iterator[Node]:
    """Yield the determinants of matrices that are inverted and may be singular."""
    for part in node.parts:
        if isinstance(part, Binary) and part.right == MINUS_ONE:
            if free_matrices(points, part.left):
                yield Call("det", (part.left,))


def factors(node: Node) -> Iterator[Node]:
    """Yield what an expression vanishes with."""
    if isinstance(node, Bracket | Negated | Absolute):
        yield from factors(node.body)
    elif isinstance(node, Binary) and node.operation in PRODUCTS:
        yield from factors(node.left)
        yield from factors(node.right)
    elif isinstance(node, Binary) and node.operation in ("/", "^"):
        yield from factors(node.left)
    elif isinstance(node, Call) and node.function == "sqrt":
        yield from factors(node.arguments[0])
    elif not isinstance(node, (Number, *CLOSED)):
        yield node


def all_squares(points: Points, node: Relation) -> None:
    """Raise if a strict inequality fails where all squares in it are 0."""
    for operator, nodes in zip(node.operators, pairwise(node.sides), strict=True):
        bases = list(dict.fromkeys(b for side in nodes for b in squares(side)))
        if operator not in ("<", ">", r"\ne") or not 1 <= len(bases) <= MOST:
            continue
        bases.sort(key=lambda base: len(symbols(base)))  # x = 3, and then y = x^2
        zeros: list[Node] = [Relation(("=",), (base, ZERO)) for base in bases]
        with suppress(Problem):
            found = laid_out(
                points.evaluator.scope, points.meanings, points.sizes,
                [*points.conditions, *zeros], COUNT, edges=True,
            )  # fmt: skip
            if found is not None:
                fail_at(found, node, operator, nodes)


def fail_at(
    points: Points, node: Relation, operator: str, nodes: tuple[Node, Node]
) -> None:
    """Raise if a step fails at the first of the points."""
    place = places(points.mask, 1)[0]
    for side in nodes:  # what they use is shown
        points.evaluator(side)
    found = compared_at(points, nodes, place)
    if found and found.relates(operator) is False:
        here = alone(points.mask, place)
        raise Refuted(counterexample(points, node, here, found.named, ""))


def squares(node: Node) -> Iterator[Node]:
    """Yield what is squared, or taken without its sign, in an expression."""
    if isinstance(node, CLOSED):
        return
    if isinstance(node, Absolute | Norm):
        yield node.body
    elif isinstance(node, Binary) and node.operation == "^":
        power = unbracketed(node.right)
        whole = isinstance(power, Number) and power.text.isdigit()
        if isinstance(power, Number) and whole and int(power.text) % 2 == 0:
            yield unbracketed(node.left)
    else:
        for child in node.children:
            yield from squares(child)
