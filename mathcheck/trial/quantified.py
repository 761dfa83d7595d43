r"""What is claimed for all members of a set is tried on all of it.

A condition says where a claim holds. Mostly that is a part of the set in which a symbol
is declared; but `\text{for all } T \in \mathbb{R}` says more than `T > 0` had declared,
and then T is drawn from what is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from mathcheck.evaluate.logic import inside
from mathcheck.evaluate.quantity import known
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    Absolute,
    Both,
    Finite,
    Infinity,
    Interval,
    Member,
    Naturals,
    Negated,
    Node,
    Number,
    Power,
    Quantified,
    Range,
    Relation,
    Simplex,
    Symbol,
)
from mathcheck.read.tree import base_of, is_infinite, unbracketed
from mathcheck.trial.exact import constant
from mathcheck.trial.points import POINTS, laid_out, needed
from mathcheck.trial.sizes import choices


def over_stated_sets(scope: Scope, conditions: list[Node]) -> Scope:
    """Return a scope in which symbols are drawn from the sets that conditions state."""
    for name, space in stated(scope, conditions):
        meaning = scope.plain(name)
        if not isinstance(meaning, Variable) or meaning.family:
            continue
        if seldom_drawn(space, meaning.space) or not within(
            scope, name, space, meaning.space
        ):
            scope = scope.nested()
            scope.add(Variable(name, space))
    return scope


def members_of(node: Node) -> list[Node]:
    """Return what a condition says of membership, in parts that hold together."""
    if isinstance(node, Both) and not node.any:
        return [part for inner in node.conditions for part in members_of(inner)]
    return [node] if isinstance(node, Member) else []


def seldom_drawn(space: Node, declared: Node) -> bool:
    """Say whether a set is countable, and the one that is drawn from is not."""
    inner, outer = base_of(space), base_of(declared)
    return isinstance(inner, Naturals | Finite | Range) and isinstance(
        outer, Interval | Simplex
    )


def stated(scope: Scope, conditions: list[Node]) -> Iterator[tuple[str, Node]]:
    """Yield the symbols of which conditions state a set, with that set."""
    for condition in conditions:
        if isinstance(condition, Both) and not condition.any:
            yield from stated(scope, list(condition.conditions))
        elif isinstance(condition, Member) and condition.inside:
            if isinstance(condition.element, Symbol):
                yield condition.element.name, condition.space
        elif isinstance(condition, Relation):
            yield from bounded(scope, condition)


def bounded(scope: Scope, relation: Relation) -> Iterator[tuple[str, Node]]:
    """Yield the symbol that constants bound, with its interval: -5 < x < 1."""
    if isinstance(relation, Quantified):
        relation = without_bars(relation)
    sides = [unbracketed(side) for side in relation.sides]
    if not MIRRORED.keys() >= set(relation.operators) or len(sides) > 3:
        return
    for position, side in enumerate(sides):
        others = [s for s in relation.sides if unbracketed(s) is not side]
        if isinstance(side, Symbol) and not any(
            math.isnan(value_of(scope, other)) for other in others
        ):
            space = between(scope, relation, position)
            if isinstance(relation, Quantified) and isinstance(space, Interval):
                space = all_stated(scope, side.name, relation, position) or space
            if space is not None:
                yield side.name, space


def without_bars(relation: Quantified) -> Relation:
    """Return |x| < 2 as -2 < x < 2."""
    if len(relation.sides) > 2:
        return relation
    size, bound, operator = *relation.sides, relation.operators[0]
    if isinstance(bound, Absolute):
        size, bound, operator = bound, size, MIRRORED.get(operator, operator)
    if not isinstance(size, Absolute) or operator not in MIRRORED:
        return relation
    if operator in (">", r"\ge"):  # on both sides
        ends: tuple[Node, Node] = Negated(Infinity()), Infinity()
    else:
        ends = Negated(bound), bound
    operators = (operator, operator) if operator in ("<", r"\le") else ("<", "<")
    return Quantified(operators, (ends[0], size.body, ends[1]), at=relation.at)


def all_stated(
    scope: Scope, name: str, relation: Relation, position: int
) -> Interval | None:
    r"""Return the whole set that is stated, if the declared one lies within it.

    `\text{for all } T > 0` restricts nothing of (0, 1]: it says more than that.
    """
    reals = Interval(Negated(Infinity()), Infinity(), True, True)
    wide = scope.nested()
    wide.add(Variable(name, reals))
    whole = between(wide, relation, position)
    declared = scope.space(name)
    if not isinstance(whole, Interval) or not isinstance(declared, Interval):
        return None
    (low, high), (first, last) = (ends_in(scope, s) for s in (whole, declared))
    return whole if low <= first and last <= high else None


def ends_in(scope: Scope, space: Interval) -> tuple[float, float]:
    """Return the ends of an interval as numbers; what is no constant is none."""
    return value_of(scope, space.low), value_of(scope, space.high)


def value_of(scope: Scope, end: Node) -> float:
    """Return the value of a constant end, infinite perhaps."""
    if isinstance(end, Negated):
        return -value_of(scope, end.body)
    if isinstance(end, Infinity):
        return math.inf
    value = constant(scope, end)
    return math.nan if value is None else float(value)


def between(scope: Scope, relation: Relation, position: int) -> Node | None:
    """Return the set that constants leave of the one that a symbol is declared in.

    An end of which nothing is said stays where it is: for s > 0, s < 1 is (0, 1).
    """
    variable = scope.plain(getattr(relation.sides[position], "name", ""))
    if not isinstance(variable, Variable):
        return None
    declared = variable.space
    ends: list[Node | None] = [None, None]
    opened = [False, False]
    for i, side in enumerate(relation.sides):
        if i == position:
            continue
        operator = relation.operators[min(i, position)]
        if i < position:
            operator = MIRRORED[operator]
        upper = operator in ("<", r"\le")
        ends[upper], opened[upper] = side, operator in ("<", ">")
    low, high = ends
    if isinstance(declared, Interval):
        return Interval(
            low or declared.low,
            high or declared.high,
            opened[0] if low else declared.low_open,
            opened[1] if high else declared.high_open,
        )
    if isinstance(declared, Range):
        return Range(
            least(scope, low, opened[0]) if low else declared.low,
            high or declared.high,
        )
    if isinstance(declared, Naturals) and low:
        return Naturals(int(least(scope, low, opened[0]).text))
    return None


def least(scope: Scope, bound: Node, opened: bool) -> Number:
    """Return the least whole number above a bound."""
    value = constant(scope, bound)
    assert value is not None
    above = math.ceil(value)
    return Number(str(above + (opened and above == value)))


def within(scope: Scope, name: str, space: Node, declared: Node) -> bool:
    """Say whether a set lies in the one that a symbol is declared in."""
    if space == declared:
        return True
    if isinstance(declared, Naturals) and isinstance(space, Naturals):
        lowest = float("-inf") if declared.start is None else declared.start
        return space.start is not None and space.start >= lowest
    if isinstance(declared, Naturals):  # a size is restricted; `K = 1, ..., 10`
        return not isinstance(space, Interval) or not endless(space)
    inner = scope.nested()
    inner.add(Variable(name, space))
    meanings = needed(inner, [Symbol(name), *ends_of(declared)])
    for sizes in choices(meanings, [Symbol(name)], []):
        try:
            points = laid_out(inner, meanings, sizes, [], POINTS, edges=True)
            if points is None:
                continue
            value = known(points.evaluator(Symbol(name)), name)
            with np.errstate(all="ignore"):
                if not inside(points.evaluator, value, declared).all():
                    return False
        except Problem:
            return True  # what is wrong with the set is said where it is tried
    return True


def endless(space: Interval) -> bool:
    r"""Say whether real numbers, as in \mathbb{R}_{>0}, have no bound on a side."""
    return is_infinite(space.low) or is_infinite(space.high)


def ends_of(space: Node) -> list[Node]:
    """Return the expressions of which a set is made."""
    base = base_of(space)
    sizes = list(space.sizes) if isinstance(space, Power) else []
    if isinstance(base, Interval | Range):
        sizes += [base.low, base.high]
    return [size for size in sizes if not isinstance(size, Infinity)]
