"""One point of a statement, with as many digits as it takes to tell.

The same expressions are evaluated there again, by the same rules, on numbers of fifty
digits, and then of more, until it is plain whether the sides differ: a difference that
is rounding shrinks when there are more digits, and one that is real stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import Pending, Quantity, known
from mathcheck.read.problems import Problem
from mathcheck.read.scope import Key, Variable
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    Both,
    Call,
    Infinity,
    Interval,
    Negated,
    Node,
    Number,
    Range,
    Relation,
    Simplex,
)
from mathcheck.trial.digits import precision
from mathcheck.trial.landmarks import entries
from mathcheck.trial.points import Place, Points
from mathcheck.trial.satisfy import satisfy
from mathcheck.trial.sides import Sides, matched

DIGITS = (50, 120, 480, real.MOST_DIGITS)  # e^{-1000} is seen from 434 on
MOST = 1500  # digits in which sides that may not meet must be the same
LOST = 1e-30  # what a term may be, in proportion, that makes no difference to a sum
TIE = 1e-9  # of half a unit, which is a float, and no reason to refute a tie
ROUNDED = 1e-15  # relative difference of an end and the float that stands for it
SPARE = 8  # digits that rounding may eat of those
SURE = 5  # and of which more digits need not tell whether it did
TOLD = {"=", *MIRRORED}  # relations that all digits tell
STRICT = ("<", ">", r"\ne")
Found = Literal["equal", "less", "greater", "undefined"]


@dataclass(frozen=True)
class Precisely:
    """How two sides are related at one point, entry by entry, and what they are."""

    found: tuple[Found, ...]
    sides: Sides
    digits: int

    def relates(self, operator: str) -> bool | None:
        """Say whether a relation holds; None if it is no matter of size."""
        if operator == r"\approx":
            return self.rounds()
        allowed = {"=": {"equal"}, r"\ne": {"less", "greater"}, "<": {"less"},
                   ">": {"greater"}, r"\le": {"less", "equal"},
                   r"\ge": {"greater", "equal"}}.get(operator)  # fmt: skip
        if allowed is None or "undefined" in self.found:
            return None
        each = [found in allowed for found in self.found]
        return any(each) if operator == r"\ne" else all(each)

    @property
    def named(self) -> list[tuple[str, Quantity]]:
        """Both sides with their names, for a counterexample."""
        return [
            (name, Quantity(dual.primal(side.array).astype(float), side.rank))
            for name, side in self.sides.named
        ]

    @property
    def finite(self) -> bool:
        """Say whether both sides have values, and finite ones."""
        x, y = (real.isfinite(side).all() for side in (self.sides.x, self.sides.y))
        return bool(x and y)

    @property
    def one_sided(self) -> bool:
        """Say whether a side has a value, and something in it or the other has none."""
        x, y = (real.isfinite(side).all() for side in (self.sides.x, self.sides.y))
        return bool(x != y) or ("undefined" in self.found and bool(x & y))

    def rounds(self) -> bool | None:
        """Say whether a value rounds to the digits that are shown."""
        left, right = map(precision, self.sides.nodes)
        half_unit = left if right is None else right
        if half_unit is None or "undefined" in self.found:
            return None
        return bool((self.sides.gap <= half_unit * (1 + TIE)).all())


def holds_at(
    points: Points, operator: str, nodes: tuple[Node, Node], place: Place
) -> bool | None:
    """Say whether `left operator right` holds at a point, None if that is unknown."""
    found = compared_at(points, nodes, place)
    return found.relates(operator) if found else None


def surely_fails(
    points: Points, operator: str, nodes: tuple[Node, Node], place: Place
) -> Precisely | None:
    """Return how sides are related at a point at which a relation fails for sure.

    Sides that may not meet have to be the same in all digits: what seems to meet, as
    (1 - x)^y and 1 do near 0, may only be rounded.
    """
    found = compared_at(points, nodes, place)
    if found is None or found.relates(operator) is not False:
        return None
    if operator not in STRICT or "equal" not in found.found:
        return found
    try:
        with real.digits(MOST):
            sides = sides_at(at_place(points, place), points.conditions, nodes)
            met = sides is not None and all(g == 0 for g in sides.gap.reshape(-1))
            return found if met and not real.Real.swallowed else None
    except (Problem, ArithmeticError, TypeError):
        return None


def compared_at(
    points: Points, nodes: tuple[Node, Node], place: Place
) -> Precisely | None:
    """Return how two sides are related at a point.

    None if it cannot be told: what an expression is made of has no more digits, or the
    sides are so near to one another that no number of digits tells them apart.
    """
    if not real.AVAILABLE:
        return None
    before: np.ndarray | None = None
    for count in DIGITS:
        try:
            with real.digits(count):
                evaluator = at_place(points, place)
                sides = sides_at(evaluator, points.conditions, nodes)
                if sides is None:
                    return None
                slack, swallowed = evaluator.tolerance, real.Real.swallowed
                gap, size = sides.x - sides.y, sides.size
                found: tuple[Found | Literal[""], ...] = tuple(
                    told(gap, size, before, sides, count)
                )
                if slack:
                    slack = max(slack, 10.0 ** (SPARE - count))
                    found = tuple(beside(*pair, slack) for pair in pairs(gap, size))
                if real.Real.by_zero and not has_logarithm(points, nodes):
                    found = tuple("undefined" for _ in found)  # with either sign
                plain = bool(slack) or not swallowed
                if count == DIGITS[-1]:  # e to it may make much of a small term
                    plain = plain or clear(found, gap, size)
        except (Problem, ArithmeticError, TypeError):  # what has no more digits
            return None
        if "" not in found and plain:
            return Precisely(found, sides, count)  # type: ignore[arg-type]
        before = gap
    return None


def pairs(gap: np.ndarray, size: np.ndarray) -> list[tuple[real.Real, real.Real]]:
    """Return the difference of two sides and their size, entry by entry."""
    return list(zip(gap.reshape(-1), size.reshape(-1), strict=True))


def shrunk(gap: Any, before: Any, count: int) -> bool:
    """Say whether a difference has become as much smaller as rounding does."""
    if before is None or not abs(before) < np.inf:
        return False
    more = count - DIGITS[DIGITS.index(count) - 1]
    return bool(abs(gap) <= abs(before) * real.one(10) ** (2 * SPARE - more))


def nothing(gap: Any, size: Any, exponent: int) -> bool:
    """Say whether a difference is rounding, and no small term that is seen in part."""
    if real.Real.thinned:
        return bool(gap == 0)
    return bool(abs(gap) <= size * real.one(10) ** exponent)


def clear(found: tuple[str, ...], gap: np.ndarray, size: np.ndarray) -> bool:
    """Say whether the sides differ by far more than a term that a sum swallowed."""
    far_apart = real.isfinite(gap) & (np.abs(gap) > LOST * (1 + size))
    return bool(far_apart.all()) and "undefined" not in found


def has_logarithm(points: Points, nodes: tuple[Node, Node]) -> bool:
    """Say whether a quotient by 0 may stand in a logarithm, where its sign is known."""
    parts = (part for node in (*nodes, *points.bodies) for part in node.parts)
    return any(isinstance(p, Call) and p.function in ("log", "KL") for p in parts)


def told(
    gap: np.ndarray, size: np.ndarray, before: np.ndarray | None, sides: Sides,
    count: int,
) -> Iterator[Found | Literal[""]]:  # fmt: skip
    """Yield for each entry how the sides are related, nothing if more digits may tell.

    A difference is real if with fewer digits it was the same.
    """
    shape = gap.shape
    earlier = np.full(shape, None) if before is None else before
    x, y = (np.broadcast_to(side, shape) for side in (sides.x, sides.y))
    spare = SPARE if count == DIGITS[-1] else SURE
    for place in np.ndindex(shape):
        g, last = gap[place], earlier[place]
        if g != g:
            same = x[place] == y[place]  # both infinite
            yield "equal" if same else "undefined"
        elif abs(g) == np.inf:
            yield "less" if g < 0 else "greater"
        elif shrunk(g, last, count) or nothing(g, size[place], spare - count):
            yield "equal"
        elif last is not None and abs(g - last) <= abs(g) / 4:
            yield "less" if g < 0 else "greater"
        else:
            yield ""


def beside(gap: real.Real, size: real.Real, slack: float) -> Found | Literal[""]:
    """Return how sides are related of which one has an error, as a limit may have."""
    if gap != gap or abs(gap) == np.inf:
        return "undefined" if gap != gap else ("less" if gap < 0 else "greater")
    if abs(gap) <= slack * (1 + size):
        return "equal"
    return "less" if gap < 0 else "greater"


def sides_at(
    evaluator: Evaluator, conditions: list[Node], nodes: tuple[Node, Node]
) -> Sides | None:
    """Evaluate two sides at a point; None if its conditions hold by rounding only."""
    for condition in conditions:
        satisfy(evaluator, condition)
    evaluator.forget()
    if not all(equations_hold(evaluator, c) for c in conditions):
        return None
    left, right = (evaluator(node) for node in nodes)
    if isinstance(left, Pending) and isinstance(right, Pending):
        return None  # of which size, the one who asks knows
    return matched(left, right, nodes)


def at_place(points: Points, place: Place) -> Evaluator:
    """Return an evaluator with the values of one point, as exact as they were drawn."""
    given = points.evaluator
    scope = given.scope.nested()
    scope.frames[-1].zero_log_zero = True  # as everywhere in the field
    evaluator = Evaluator(scope)
    evaluator.exact, evaluator.tolerance = True, 0.0
    evaluator.points, evaluator.draw = given.points, place[-1] if place else 0
    evaluator.depth = given.depth
    evaluator.lengths = [1] * given.depth
    evaluator.root.sets = dict(given.root.sets)
    for key, value in given.root.values.items():
        if not isinstance(value, Quantity):
            evaluator.root.values[key] = value
            continue
        variable = declared(given, key)
        own = 2 + bool(variable and variable.family)
        array = real.lifted(only(dual.primal(value.array), place, own))
        if variable and isinstance(variable.space, Simplex):
            array = array / array.sum(axis=-2, keepdims=True)  # one, and not nearly so
        if variable and isinstance(variable.space, Range) and not variable.family:
            array = only(dual.primal(value.array), place, own)  # an index
        evaluator.root.values[key] = Quantity(array, value.rank)
        if key in given.directions:
            evaluator.directions[key] = only(
                dual.primal(given.directions[key]), place, own
            )
    for key in given.root.values:
        put_on_ends(evaluator, key, declared(given, key))
    return evaluator


def put_on_ends(evaluator: Evaluator, key: Key, variable: Variable | None) -> None:
    """Put what was drawn at an end of its set there: of [0, 0.1], no float is 0.1."""
    base = entries(variable.space) if variable else None
    value = evaluator.root.values[key]
    if not isinstance(base, Interval) or not isinstance(value, Quantity):
        return
    array = dual.primal(value.array)
    for end in (base.low, base.high):
        if is_float(end):
            continue
        place = dual.primal(known(evaluator(end), "an end").array)
        near = np.abs(array - place) <= ROUNDED * np.abs(place)
        array = np.where(near.astype(bool), place, array)
    evaluator.root.values[key] = Quantity(array, value.rank)


def is_float(end: Node) -> bool:
    """Say whether an end is a number that floats have exactly, or infinite."""
    inner = end.body if isinstance(end, Negated) else end
    whole = isinstance(inner, Number) and inner.text.isdigit() and len(inner.text) < 16
    return whole or isinstance(inner, Infinity)


def declared(evaluator: Evaluator, key: Key) -> Variable | None:
    """Return the declaration of a drawn symbol."""
    meaning = evaluator.scope.meant_by(key)
    return meaning if isinstance(meaning, Variable) else None


def only(array: np.ndarray, place: Place, own: int) -> np.ndarray:
    """Return the part of an array at one point, on axes of length 1."""
    axes = array.shape[: array.ndim - own]
    used = place[len(place) - len(axes) :] if axes else ()
    missing = len(axes) - len(used)
    index = [slice(0, 1)] * missing
    index += [
        slice(i, i + 1) if n > 1 else slice(0, 1)
        for i, n in zip(used, axes[missing:], strict=True)
    ]
    return array[tuple(index)]


def equations_hold(evaluator: Evaluator, condition: Node) -> bool:
    """Say whether the equations and orders of a condition hold to all digits."""
    if isinstance(condition, Both):
        each = [equations_hold(evaluator, part) for part in condition.conditions]
        return any(each) if condition.any else all(each)
    if not isinstance(condition, Relation) or not TOLD & {*condition.operators}:
        return True
    sides = [evaluator(side) for side in condition.sides]
    for (left, right), operator in zip(
        pairwise(sides), condition.operators, strict=True
    ):
        if operator in TOLD:
            both = matched(left, right, (condition.sides[0], condition.sides[-1]))
            gap = both.y - both.x if operator in (">", r"\ge") else both.x - both.y
            over = both.gap if operator == "=" else gap
            tiny = real.one(10) ** (SPARE - DIGITS[0])
            if not np.all(over <= tiny * (1 + both.size)):
                return False
    return True
