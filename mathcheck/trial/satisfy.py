"""Conditions that are equations: real symbols are moved until they hold.

A symbol is given the value of the other side, or else found by Newton's method
(`solve.py`).
"""

from __future__ import annotations

from itertools import product

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.components import position_of
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.logic import alike, holds, related
from mathcheck.evaluate.quantity import Quantity, known, number
from mathcheck.read.scope import Key, Variable
from mathcheck.read.syntax import (
    Both,
    Every,
    Indexed,
    Interval,
    Node,
    Norm,
    Range,
    Relation,
    Simplex,
    Symbol,
    Transposed,
)
from mathcheck.read.tree import base_of, symbols, unbracketed
from mathcheck.trial.solve import solve, store, stored, turns

GAPS = {"<": -1, r"\le": -1, ">": 1, r"\ge": 1}  # the sign of left minus right
SELDOM = 0.25  # share of points below which an inequality is to be satisfied, too
TWO_SIDED = (("<", "<"), (r"\le", r"\le"), (r"\le", "<"), ("<", r"\le"))


def satisfy(evaluator: Evaluator, condition: Node) -> None:
    """Move the values of real symbols so that the equations of a condition hold."""
    if isinstance(condition, Every):
        satisfy_every(evaluator, condition)
    if isinstance(condition, Both) and condition.any:
        satisfy_either(evaluator, condition)
    elif isinstance(condition, Both):
        for part in condition.conditions:
            satisfy(evaluator, part)
    if not isinstance(condition, Relation):
        return
    if condition.operators in TWO_SIDED:
        move_between(evaluator, condition)
        return
    for operator, left, right in steps(condition):
        if operator == "=" and not already(evaluator, left, right, condition):
            if not (
                symmetrised(evaluator, left, right)
                or rescaled(evaluator, left, right)
                or rescaled(evaluator, right, left)
                or put(evaluator, left, right)
                or put(evaluator, right, left)
            ):
                solve(evaluator, left, right, real_symbols(evaluator, left, right))
        elif operator in GAPS and not often(evaluator, operator, left, right):
            gap = GAPS[operator] * distances(turns(evaluator))
            symbols_in = real_symbols(evaluator, left, right)
            solve(evaluator, left, right, symbols_in, gap)


def steps(chain: Relation) -> list[tuple[str, Node, Node]]:
    """Return what is related to what; of equations each side to what they all are.

    In a = b = 1 the b would else be moved away from a, and so in |a| = |b| = 1.
    """
    sides = chain.sides
    if len(sides) == 2 or set(chain.operators) != {"="}:
        return list(zip(chain.operators, sides, sides[1:], strict=False))
    values = [side for side in sides if not isinstance(side, Symbol | Indexed)]
    values = [side for side in values if not symbols(side)] or values
    value = (values or sides[::-1])[0]
    return [("=", side, value) for side in sides if side is not value]


def even_out(evaluator: Evaluator, condition: Node) -> None:
    """Make distributions even, if a condition with an equation holds only so.

    The components of a distribution cannot be moved one after the other.
    """
    parts = [part for part in condition.parts if isinstance(part, Relation)]
    if not any("=" in part.operators for part in parts):
        return
    simplexes = {
        key: known(evaluator.root.values[key], key[1])
        for key, variable in real_symbols(evaluator, condition)
        if isinstance(variable.space, Simplex)
    }
    before = dict(evaluator.root.values)
    share = np.mean(holds(evaluator, condition)) if simplexes else 1.0
    if share > SELDOM:
        return
    for key, value in simplexes.items():
        even = np.full_like(dual.primal(value.array), 1 / value.shape[0])
        store(evaluator, key, Quantity(even, value.rank))
    satisfy(evaluator, condition)
    evaluator.forget()
    if np.mean(holds(evaluator, condition)) <= share:
        evaluator.root.values.update(before)
        evaluator.forget()


def often(evaluator: Evaluator, operator: str, left: Node, right: Node) -> bool:
    """Say whether an inequality holds at some of the points as they are."""
    a, b = alike(evaluator(left), evaluator(right))
    if a.rank != "number":
        return True
    whole = Relation((operator,), (left, right))
    found = related(evaluator, operator, a, b, whole)
    return bool(np.mean(found) > SELDOM)


def distances(turn: np.ndarray) -> np.ndarray:
    """Return how far beyond its border each point is put: near it, and far."""
    return np.array([0.5, 0.01, 3.0, 0.1, 40.0])[turn % 5]


def satisfy_every(evaluator: Evaluator, condition: Every) -> None:
    """Satisfy a condition for each value of its indices, one after the other."""
    values = evaluator.root.values
    keys: list[Key] = [("plain", name, 0) for name in condition.names]
    all_values = {key: known(values[key], key[1]) for key in keys}
    arrays = [every_value(evaluator, *pair) for pair in all_values.items()]
    for chosen in product(*arrays):
        for key, value in zip(keys, chosen, strict=True):
            store(evaluator, key, number(float(value)))
        satisfy(evaluator, condition.condition)
    for key, before in all_values.items():
        store(evaluator, key, before)


def every_value(evaluator: Evaluator, key: Key, value: Quantity) -> np.ndarray:
    """Return the values of an index, of which one point with more digits has one."""
    domain = evaluator.root.sets.get(key[1])
    if evaluator.exact and isinstance(domain, Range):
        low, high = evaluator.whole(domain.low), evaluator.whole(domain.high)
        return np.arange(low, high + 1)
    return np.unique(dual.primal(value.array))


def satisfy_either(evaluator: Evaluator, condition: Both) -> None:
    """Satisfy one alternative at some points, and another one at others."""
    before = dict(evaluator.root.values)
    keys = [key for key, _ in real_symbols(evaluator, condition)]
    found = []
    for part in condition.conditions:
        satisfy(evaluator, part)
        found.append({key: stored(evaluator, key) for key in keys})
        evaluator.root.values.update(before)
        evaluator.forget()
    turn = turns(evaluator) % len(found)
    for key in keys:
        start = stored(evaluator, key)
        mixed = dual.primal(start.array)
        for place, values in enumerate(found):
            mixed = np.where(turn == place, dual.primal(values[key].array), mixed)
        store(evaluator, key, Quantity(mixed, start.rank))


def move_between(evaluator: Evaluator, condition: Relation) -> None:
    """Move a real number into the interval that a condition gives it, if none is."""
    low, middle, high = condition.sides
    keys = {variable.name: key for key, variable in real_symbols(evaluator, middle)}
    if not isinstance(middle, Symbol) or middle.name not in keys:
        return
    start = stored(evaluator, keys[middle.name])
    ends = [known(evaluator(end), "a condition") for end in (low, high)]
    x, a, b = (dual.primal(q.array) for q in (start, *ends))
    if start.rank != "number" or max(a.ndim, b.ndim) > 2:
        return
    inner = (np.minimum(a, b) < x) & (x < np.maximum(a, b))
    for operator, end in zip(condition.operators, (a, b), strict=True):
        inner = inner | ((x == end) & (operator == r"\le"))
    share = np.linspace(0.03, 0.97, len(x)).reshape(-1, *[1] * (x.ndim - 1))
    moved = np.where(inner, x, a + share * (b - a))
    store(evaluator, keys[middle.name], Quantity(moved, start.rank))


def already(evaluator: Evaluator, left: Node, right: Node, whole: Relation) -> bool:
    """Say whether an equation holds somewhere as it is, and nothing has to move.

    With more digits there is one point, which has not to move where the sides are one.
    """
    a, b = alike(evaluator(left), evaluator(right))
    if evaluator.exact and np.all(dual.primal(a.array) == dual.primal(b.array)):
        return True
    return bool(related(evaluator, "=", a, b, whole).any()) and not real_symbols(
        evaluator, left, right
    )


def real_symbols(evaluator: Evaluator, *nodes: Node) -> list[tuple[Key, Variable]]:
    """Return the real symbols that expressions depend on, numbers first."""
    found = [
        (meaning.key, meaning)
        for name in sorted(evaluator.reach(*nodes))
        for meaning in evaluator.scope.meanings(name)
        if isinstance(meaning, Variable)
        and (not meaning.family or of_numbers(meaning))
        and not meaning.invertible
        and meaning.key in evaluator.root.values
        and isinstance(base_of(meaning.space), Interval | Simplex)
    ]
    return sorted(found, key=lambda pair: pair[1].components)


def of_numbers(variable: Variable) -> bool:
    """Say whether a symbol is a family of numbers, which are like components."""
    counted = all(isinstance(domain, Range) for domain in variable.family)
    return bool(variable.family) and counted and variable.components == 0


def symmetrised(evaluator: Evaluator, left: Node, right: Node) -> bool:
    """Make a matrix symmetric, if the equation is S = S^T."""
    if not isinstance(left, Symbol):
        left, right = right, left
    if not (isinstance(right, Transposed) and right.body == left):
        return False
    for key, variable in real_symbols(evaluator, left):
        if variable.components == 2 and isinstance(left, Symbol):
            value = known(evaluator.root.values[key], left.name)
            x = dual.primal(value.array)
            if x.shape[-1] == x.shape[-2]:
                even = (x + np.swapaxes(x, -1, -2)) / 2
                store(evaluator, key, Quantity(even, value.rank))
                return True
    return False


def rescaled(evaluator: Evaluator, norm: Node, length: Node) -> bool:
    r"""Give a vector, or a member of a family, its length: \lVert z_i \rVert = 1."""
    norm = unbracketed(norm)
    body = unbracketed(norm.body) if isinstance(norm, Norm) else norm
    symbol = body.base if isinstance(body, Indexed) else body
    indices = body.indices if isinstance(body, Indexed) else ()
    variable = evaluator.scope.plain(getattr(symbol, "name", ""))
    if norm is body or not isinstance(variable, Variable) or symbols(length):
        return False
    whole = isinstance(base_of(variable.space), Interval) and variable.components > 0
    if not whole or len(indices) != len(variable.family) or len(indices) > 1:
        return False
    key = variable.key
    value, sizes = known(evaluator.root.values[key], key[1]), known(evaluator(norm), "")
    wanted = dual.primal(known(evaluator(length), "a length").array)
    size = dual.primal(sizes.array)
    factor = np.where(size == 0, 1, wanted / np.where(size == 0, 1, size))
    array = dual.primal(value.array)
    if indices:
        at = dual.primal(known(evaluator(indices[0]), "an index").array)
        here = np.arange(1, 1 + array.shape[-3])[:, None, None] == at.flat[0]
        factor = np.where(here, factor[..., None, :, :], 1)
    evaluator.root.values[key] = Quantity(array * factor, value.rank)
    evaluator.forget()
    return True


def put(evaluator: Evaluator, target: Node, source: Node) -> bool:
    """Give a symbol, or a component of it, the value that the other side has."""
    symbol = target.base if isinstance(target, Indexed) else target
    if not isinstance(symbol, Symbol):
        return False
    keys = {variable.name: key for key, variable in real_symbols(evaluator, symbol)}
    if symbol.name not in keys or symbol.name in evaluator.reach(source):
        return False
    key = keys[symbol.name]
    if isinstance(target, Indexed) and isinstance(space_of(evaluator, key), Simplex):
        return False  # the other components would have to give way
    if any(key in layer.values for layer in evaluator.layers[1:]):
        return False
    current = stored(evaluator, key)
    wanted, _ = alike(evaluator(source), current) if current.rank != "number" else (
        known(evaluator(source), "a condition"), None
    )  # fmt: skip
    if not isinstance(target, Indexed):
        zero = wanted.rank == "number" and not np.any(dual.primal(wanted.array))
        if wanted.rank != current.rank and not zero:
            return False
        value = dual.primal(wanted.array) + 0 * dual.primal(current.array)
    else:
        value = component_put(evaluator, target, current, wanted, key)
    store(evaluator, key, Quantity(value, current.rank))
    return True


def space_of(evaluator: Evaluator, key: Key) -> Node | None:
    """Return the set that a symbol is declared in."""
    meaning = evaluator.scope.meant_by(key)
    return meaning.space if isinstance(meaning, Variable) else None


def component_put(
    evaluator: Evaluator, target: Indexed, current: Quantity, wanted: Quantity,
    key: Key,
) -> np.ndarray:  # fmt: skip
    """Return a vector in which one component is replaced, or a member of a family."""
    indices = [known(evaluator(index), "an index") for index in target.indices]
    meaning = evaluator.scope.meant_by(key)
    at = dual.primal(indices[0].array)
    if isinstance(meaning, Variable) and meaning.family:
        at = position_of(evaluator, meaning, indices)
    here = at == np.arange(1, 1 + current.shape[0])[:, None]
    if current.rank == "matrix" and len(indices) == 2:
        here = here & (
            dual.primal(indices[1].array) == np.arange(1, 1 + current.shape[1])
        )
    return np.where(here, dual.primal(wanted.array), dual.primal(current.array))
