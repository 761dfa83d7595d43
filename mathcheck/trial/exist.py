r"""Where a side has no value: out of all bounds in floating point, or nowhere defined.

What overflows has a value, which more digits find. What has none, as log x at x < 0, is
a fault of the statement on the set that its symbols are declared in.
"""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import real
from mathcheck.evaluate.logic import Mask
from mathcheck.read.problems import NoValueError, RefusedError
from mathcheck.read.scope import Definition, Meaning, Variable
from mathcheck.read.syntax import (
    MINUS_ONE,
    Big,
    Binary,
    Bracket,
    Call,
    Cases,
    Derivative,
    Differential,
    Infinity,
    Negated,
    Node,
    Power,
    Symbol,
    Transposed,
)
from mathcheck.read.tree import has, symbols, unbracketed
from mathcheck.trial.points import Points, alone, spaced
from mathcheck.trial.precise import Precisely, compared_at
from mathcheck.trial.related import every_entry
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted, Sides

PRODUCTS = ("*", "dot", "times")
MOST = 2  # points without a value at which it is asked why


def existing(
    points: Points, node: Node, operator: str, sides: Sides, mask: Mask, label: str
) -> tuple[Mask, Mask]:
    """Return where both sides are numbers, and where more digits prove the relation.

    Where one side alone has no value in truth, the statement is refuted: at the edges
    of the sets, that is, since what has no value at an ordinary point is refused.
    """
    x, y = sides.x, sides.y
    fine = np.isfinite(x) & np.isfinite(y)
    if has(Infinity, *sides.nodes):
        fine = fine | ((x == y) & np.isinf(x))
    fine = every_entry(fine)
    missing = ~fine & mask
    if points.evaluator.unsettled:  # those points say nothing
        missing = missing & every_entry(~np.isnan(x - y))
    proven = np.zeros(missing.shape, bool)
    ordinary = missing & ~points.special
    edges = [] if points.familiar else spaced(missing & points.special, MOST)
    for place in [*spaced(ordinary, MOST), *edges]:
        at = (*place, 0, 0)
        here = alone(missing, place)
        found = compared_at(points, sides.nodes, place)
        named = found.named if found else sides.named
        text = counterexample(points, node, here, named, label)
        holds = found.relates(operator) if found else None
        edge = bool(np.broadcast_to(points.special, missing.shape)[at])
        endless = found and not (found.finite or found.one_sided)
        if endless and not (edge or has(Infinity, *sides.nodes)):
            holds = None  # of two infinite sides floats tell nothing, and nobody asked
        if holds is False:
            raise Refuted(text)
        proven[at] = bool(holds)
        if holds:
            continue
        if not edge:
            absent = points.evaluator.absent
            why = f"; there is no {absent}" if absent else ""
            raise NoValueError(f"not a finite number: {text}{why}")
        if found and found.one_sided and not left_out(points, found):
            raise Refuted(f"not defined everywhere: {text}; {repair(points, node)}")
        if not real.AVAILABLE and not np.broadcast_to(points.far, missing.shape)[at]:
            raise RefusedError(
                f"without mpmath it cannot be told what it is here: {text}"
            )
    return fine, proven


def left_out(points: Points, found: Precisely) -> bool:
    """Say whether an edge may be left out: a tie has no arg max, a corner no slope.

    Cases that do not cover all points speak of those that they cover.
    """
    for part in (p for n in (*found.sides.nodes, *points.bodies) for p in n.parts):
        if isinstance(part, Derivative | Differential):
            return True
        if isinstance(part, Call) and part.primes:
            return True
        if isinstance(part, Binary) and part.right == MINUS_ONE:
            matrix = points.evaluator(part.left).rank == "matrix"
            if matrix and not any_matrix(points, part.left):
                return True  # (X^T X)^{-1} says: if it exists
        if isinstance(part, Big) and part.kind in ("argmax", "argmin"):
            return True
        if isinstance(part, Cases) and all(when is not None for _, when in part.rows):
            return True
    return False


def any_matrix(points: Points, node: Node) -> bool:
    r"""Say whether a matrix may be any, or is one of these but for a factor or a turn.

    A sum may be singular if a part of it may be any; $X^\top X$ is not meant to be.
    """
    return bool(free_matrices(points, node))


def free_matrices(points: Points, node: Node) -> set[str]:
    """Return the symbols that make a matrix singular, with no condition on them."""
    if isinstance(node, Bracket | Negated | Transposed):
        return free_matrices(points, node.body)
    if isinstance(node, Symbol):
        meaning = points.evaluator.plain(node.name)
        if isinstance(meaning, Definition):
            alone = meaning.parameters is None and not meaning.indices
            asked = any(node.name in symbols(c) for c in points.conditions)
            return free_matrices(points, meaning.body) if alone and not asked else set()
        return {node.name} if is_any(points, node.name, meaning) else set()
    if not isinstance(node, Binary):
        return set()
    if node.operation in ("+", "-"):
        return free_matrices(points, node.left) | free_matrices(points, node.right)
    if node.operation in PRODUCTS:
        left, right = (free_matrices(points, side) for side in (node.left, node.right))
        return left | right if left.isdisjoint(right) else set()
    return free_matrices(points, node.left) if node.operation == "/" else set()


def is_any(points: Points, name: str, meaning: Meaning | None) -> bool:
    """Say whether a symbol may be any square matrix, and no condition is on it."""
    if not isinstance(meaning, Variable) or not isinstance(meaning.space, Power):
        return False
    if len(meaning.space.sizes) != 2 or len(set(meaning.space.sizes)) > 1:
        return False
    asked = any(name in symbols(condition) for condition in points.conditions)
    return not (meaning.invertible or asked or meaning.family)


def repair(points: Points, node: Node) -> str:
    """Say what can be done where a value does not exist."""
    parts = [p for n in (node, *points.bodies) for p in n.parts]
    for p in parts:
        if isinstance(p, Binary) and p.right == MINUS_ONE:
            if names := free_matrices(points, p.left):
                name = getattr(unbracketed(p.left), "name", "") or min(names)
                condition = rf"\text{{if }} \det {name} \ne 0"
                return f"say that {name} is invertible, or add {condition}"
    if any(isinstance(p, Call) and p.function in ("log", "KL") for p in parts):
        return r"declare what is positive as positive, or write $0 \log 0 := 0$ before"
    return "declare its symbols where it is defined, or add the condition"
