"""Atoms: numbers, constants, and names that stand alone.

A name that is bound has the value of its layer, a declared one the values that were
drawn for it, a defined one the value of its definition's body.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mathcheck.evaluate import dual, real, room
from mathcheck.evaluate.axes import to_structure, trimmed
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.quantity import (
    Pending,
    Quantity,
    Thing,
    identity,
    known,
    number,
    ones,
    scale,
)
from mathcheck.read.problems import RefusedError, SizeError, UndefinedError
from mathcheck.read.scope import Definition, Meaning, Variable
from mathcheck.read.syntax import (
    ONE,
    Bracket,
    Constant,
    Delta,
    Infinity,
    Node,
    Number,
    Power,
    Range,
    Symbol,
    Unit,
)


@dataclass(frozen=True)
class Known(Node):
    """A value, at a place where an expression is expected."""

    thing: Thing


@rule(Known)
def evaluate_known(_: Evaluator, node: Known) -> Thing:
    """Return the value."""
    return node.thing


@rule(Number)
def evaluate_number(evaluator: Evaluator, node: Number) -> Thing:
    """Evaluate a number."""
    if evaluator.exact:
        return Quantity(real.from_text(node.text))
    return from_text(node.text)


@lru_cache(maxsize=1024)
def from_text(text: str) -> Quantity:
    """Return a number as it is written, in floating point."""
    found = np.full((1, 1), float(text))
    found.setflags(write=False)  # the next one is given the same
    return Quantity(found)


@rule(Infinity)
def evaluate_infinity(_: Evaluator, node: Infinity) -> Thing:
    """Evaluate infinity."""
    return number(np.inf)


@rule(Bracket)
def evaluate_bracket(evaluator: Evaluator, node: Bracket) -> Thing:
    """Evaluate what is in brackets."""
    return evaluator(node.body)


@rule(Constant)
def evaluate_constant(evaluator: Evaluator, node: Constant) -> Thing:
    """Evaluate e, pi, and vectors or matrices of ones and zeros."""
    if node.name in ("e", "pi"):
        if evaluator.exact:
            return Quantity(real.constant(node.name))
        return number(np.e if node.name == "e" else np.pi)
    thing = {"ones": ones(), "identity": identity(), "zeros": scale(ones(), number(0))}
    found = thing[node.name]
    if node.size is None or not isinstance(found, Pending):
        return found
    return found.sized(evaluator.whole(node.size))


@rule(Unit)
def evaluate_unit(evaluator: Evaluator, node: Unit) -> Thing:
    """Evaluate a unit vector; its length is the range of its index, if it has one."""
    index = known(evaluator(node.index), "an index").array
    found = Pending(lambda n: one_hot(index, n), "column", "rows")
    name = node.index.name if isinstance(node.index, Symbol) else ""
    domain = evaluator.domain(name)
    if isinstance(domain, Range) and domain.low == ONE:
        return found.sized(evaluator.whole(domain.high))
    if isinstance(node.index, Number):
        evaluator.literal = True
    return found


def one_hot(index: Value, n: int) -> Value:
    """Return columns of length n with a one at the index, counted from 1."""
    where = dual.primal(index)
    room.fits(where.size * n)
    entries = (where == np.arange(1, n + 1)[:, None]).astype(float)
    return np.where((where >= 1) & (where <= n), entries, np.nan)


@rule(Delta)
def evaluate_delta(evaluator: Evaluator, node: Delta) -> Thing:
    """Evaluate Kronecker's delta."""
    left, right = (known(evaluator(n), "an index") for n in (node.left, node.right))
    equal = dual.primal(left.array) == dual.primal(right.array)
    return Quantity(equal.astype(float))


@rule(Symbol)
def evaluate_symbol(evaluator: Evaluator, node: Symbol) -> Thing:
    """Evaluate a name that stands alone."""
    bound = evaluator.bound(node.name)
    if bound is not None:
        return bound
    meaning = evaluator.plain(node.name)
    if meaning is None:
        raise UndefinedError(f"{node.name} is not declared here", node.at)
    return meant(evaluator, meaning)


def meant(evaluator: Evaluator, meaning: Meaning) -> Thing:
    """Evaluate a meaning that stands alone."""
    found = evaluator.value(meaning.key)
    if isinstance(meaning, Variable):
        if found is None:
            raise RefusedError(f"{meaning.name} cannot stand alone here")
        if not meaning.family:
            return found
        assert isinstance(found, Quantity)
        if len(meaning.family) == 1 and meaning.components == 0:
            return Quantity(dual.linear(lambda a: a[..., 0], found.array), "column")
        raise RefusedError(f"{meaning.name} needs its index here")
    if found is not None and not meaning.indices:
        return found
    if meaning.indices:
        return evaluator.defined(
            meaning, meaning.key, lambda: tabulated(evaluator, meaning)
        )
    return evaluator.defined(
        meaning, meaning.key, lambda: checked_shape(evaluator, meaning)
    )


def checked_shape(evaluator: Evaluator, meaning: Definition) -> Thing:
    """Evaluate a definition's body, and hold it to what its symbol was declared as."""
    found = evaluator(meaning.body)
    space = meaning.variable.space if meaning.variable else None
    if isinstance(space, Power):
        sizes = tuple(evaluator.whole(size) for size in space.sizes)
        wanted = (*sizes, 1)[:2]
        if isinstance(found, Pending):
            return found.sized(wanted[0])
        if found.shape != wanted:
            evaluator.literal |= any(isinstance(n, Number) for n in space.sizes)
            raise SizeError(
                f"{meaning.name} is declared in another shape than {found.words}"
            )
    return found


def tabulated(evaluator: Evaluator, meaning: Definition) -> Thing:
    """Evaluate a family for all its indices, as a vector or a matrix."""
    axes = []
    with evaluator.layer(sets=dict(meaning.indices)) as layer:
        for name, domain in meaning.indices:
            low, high = range_of(evaluator, domain)
            if low != 1:
                raise RefusedError(f"{meaning.name} has no first component")
            axes.append(evaluator.new_axis(high))
            index = Quantity(axes[-1].laid(np.arange(1, high + 1)))
            layer.values["plain", name, 0] = index
        found = known(evaluator(meaning.body), meaning.name)
    if found.rank != "number" or len(axes) > 2:
        raise RefusedError(f"{meaning.name} needs its index here")
    array = found.array
    for axis, side in zip(axes, (-2, -1), strict=False):
        array = to_structure(array, axis, side)
    return Quantity(trimmed(array), "column" if len(axes) == 1 else "matrix")


def range_of(evaluator: Evaluator, domain: Node) -> tuple[int, int]:
    """Return the ends of a range."""
    if not isinstance(domain, Range):
        raise RefusedError("this needs an index from 1 to some number", domain.at)
    return evaluator.whole(domain.low), evaluator.whole(domain.high)
