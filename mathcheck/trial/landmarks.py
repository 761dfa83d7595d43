"""Values far out, near the ends of sets and at the numbers that a statement names.

They are taken in decades: what is clipped, rounded away or forgotten begins to tell at
some power of ten. Each symbol goes there alone, while the others stay, and all of them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.finite import elements
from mathcheck.evaluate.quantity import Quantity
from mathcheck.read.scope import Key, Variable, components
from mathcheck.read.syntax import (
    Binary,
    Bracket,
    Interval,
    Negated,
    Node,
    Number,
    Power,
    Simplex,
    Symmetric,
    Without,
)
from mathcheck.read.tree import base_of
from mathcheck.trial.sample import Array, assigned, corner, ends, seed

DECADES = (-300, -100, -12, -8, -6, -3, -2, -1, 1, 2, 3, 6, 8, 12, 100, 300)
OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "dot": operator.mul,
    "times": operator.mul, "/": operator.truediv, "^": operator.pow,
}  # fmt: skip
BESIDE = (0.0, 1e-7, -1e-7, 1e-3, -1e-3)  # a number that is named, and its neighbours
PLAIN = (0.0, 1.0, 2.0)
NAMED = 8  # numbers of a statement that are landmarks, at most
MOST = 120  # points, at most
TOGETHER = 1 / 4  # share of the points at which all symbols are at landmarks


def numbers_in(nodes: Iterable[Node]) -> list[float]:
    """Return the numbers that expressions name, 10^{-7} too, the most unusual first."""
    found: dict[float, int] = {}
    for node in (part for whole in nodes for part in whole.parts):
        if isinstance(node, Number | Binary):
            number = value_of(node)
            if number is not None and number not in PLAIN:
                found.setdefault(number, len(str(node)))
    return sorted(found, key=lambda number: -found[number])[:NAMED]


def value_of(node: Node) -> float | None:
    """Return the value of a number as it is written: 10^{-7}, 1 - 0.3, 1/3."""
    if isinstance(node, Number):
        return float(node.text)
    if isinstance(node, Bracket | Negated):
        inner = value_of(node.body)
        return -inner if inner is not None and isinstance(node, Negated) else inner
    if not isinstance(node, Binary) or node.operation not in OPERATIONS:
        return None
    left, right = value_of(node.left), value_of(node.right)
    if left is None or right is None:
        return None
    try:
        found = OPERATIONS[node.operation](left, right)
    except ArithmeticError:
        return None
    return found if isinstance(found, float) and np.isfinite(found) else None


def is_continuous(variable: Variable) -> bool:
    """Say whether a symbol has real values."""
    return isinstance(entries(variable.space), Interval | Simplex)


def is_symmetric(variable: Variable) -> bool:
    """Say whether a symbol is a symmetric matrix, which is moved as a whole."""
    return isinstance(variable.space, Symmetric)


def entries(space: Node) -> Node:
    """Return the set of the entries, without what is left out of it."""
    while isinstance(space, Power | Without):
        space = space.base
    return space


class Landmarks:
    """A plan: which symbol is at which landmark, at each of the points."""

    def __init__(self, variables: list[Variable], nodes: Iterable[Node]) -> None:
        self.keys = [v.key for v in variables if is_continuous(v) or is_symmetric(v)]
        self.named = numbers_in(nodes)
        many = 2 * len(DECADES) + 2 + len(BESIDE) * len(self.named)
        symbols = max(1, len(self.keys))
        alone = min(many * symbols, int(MOST * (1 - TOGETHER)))
        self.count = alone + int(alone * TOGETHER) + 16
        turn = np.arange(self.count)
        stride = max(1, round(many * symbols / alone))
        step = np.where(turn < alone, turn // symbols * stride, turn * 5)
        self.which: Array = step + turn % symbols  # landmark
        self.who: Array = np.where(turn < alone, turn % symbols, -1)

    def spread(self, count: int, rng: np.random.Generator) -> Landmarks:
        """Keep as many points of the plan, from all parts of it."""
        chosen = rng.permutation(self.count)
        chosen = np.resize(chosen, count)
        self.count, self.who, self.which = count, self.who[chosen], self.which[chosen]
        return self

    def draw(self, evaluator: Evaluator, variable: Variable, more: int) -> Quantity:
        """Give a symbol its values: ordinary ones where another one's turn is."""
        found = assigned(evaluator, variable, more)
        key: Key = variable.key
        if key not in self.keys:
            return found
        values = dual.primal(found.array).copy()
        rng = seed(variable.name, more, 3)
        turn = self.keys.index(key)
        base = entries(variable.space)
        marks: list[float] = []
        if isinstance(base, Interval):
            marks = along(*ends(evaluator, base), base, self.named)
        if is_symmetric(variable):
            marks = [10.0**d for d in DECADES]
        left_out = removed(evaluator, variable.space)
        for i in np.flatnonzero((self.who == turn) | (self.who == -1)):
            which = int(self.which[i])
            if self.who[i] == -1:
                which += 7 * turn * (int(i) % 3)  # the same for all, or not
            value = landmark(base, marks, values[i], which, rng)
            values[i] = np.where(np.isin(value, left_out), values[i], value)
        return Quantity(values, found.rank)


def removed(evaluator: Evaluator, space: Node) -> Array:
    """Return the numbers that are left out of a set."""
    inner = base_of(space)
    if not isinstance(inner, Without) or components(inner):
        return np.zeros(0)
    found = elements(evaluator, inner.removed)
    return np.zeros(0) if found is None else found


def landmark(
    base: Node, marks: list[float], ordinary: Array, which: int,
    rng: np.random.Generator,
) -> Array:  # fmt: skip
    """Return a value of a symbol at a landmark, beside which it is ordinary."""
    if isinstance(base, Simplex):
        return distribution(ordinary, which, rng, open_=base.open)
    mark = marks[which % len(marks)]
    if isinstance(base, Symmetric):
        return ordinary * mark
    if ordinary.size == 1:
        return np.full(ordinary.shape, mark)
    return arranged(mark, marks, ordinary, which, rng)


def arranged(
    mark: float, marks: list[float], ordinary: Array, which: int,
    rng: np.random.Generator,
) -> Array:  # fmt: skip
    """Return a vector or a matrix of which one entry, or all, are at a landmark."""
    form = (which + which // len(marks)) % 5
    value = ordinary.copy()
    if form == 0:
        value.flat[rng.integers(value.size)] = mark
    elif form == 1:
        value[:] = mark
    elif form == 4:  # nearly equal
        apart = value.flat[0] * 10.0 ** -rng.integers(2, 11)
        value[:] = value.flat[0] + apart * rng.random(value.shape)
        inside = [ordinary.min(), ordinary.max(), *marks]  # none is beyond an end
        value[:] = np.clip(value, min(inside), max(inside))
    elif form == 2 and -mark in marks:
        value[:] = mark * rng.choice([-1, 1], value.shape)
    else:
        value[:] = np.where(rng.random(value.shape) < 0.5, mark,
                            rng.choice(marks, value.shape))  # fmt: skip
    return value


def along(low: float, high: float, base: Interval, named: list[float]) -> list[float]:
    """Return the landmarks of an interval."""
    powers = [10.0**d for d in DECADES]
    marks = [] if base.low_open or np.isinf(low) else [low]
    marks += [] if base.high_open or np.isinf(high) else [high]
    if np.isinf(low) and np.isinf(high):
        marks += [0.0, *(sign * power for power in powers for sign in (1, -1))]
    elif np.isinf(high):
        marks += [low + power for power in powers]
    elif np.isinf(low):
        marks += [high - power for power in powers]
    else:
        small = [power for power in powers if power < 1]
        marks += [low + (high - low) * power for power in small]
        marks += [high - (high - low) * power for power in small]
        marks.append((low + high) / 2)
    around = [a * (1 + step) for a in named for step in BESIDE]
    marks += [*around, *(-a for a in named)]

    def within(a: float) -> bool:
        above = a > low if base.low_open else a >= low
        return above and (a < high if base.high_open else a <= high)

    return list(dict.fromkeys(a for a in marks if within(a)))


def distribution(
    ordinary: Array, which: int, rng: np.random.Generator, *, open_: bool
) -> Array:
    """Return a distribution of which some outcomes are nearly, or quite, impossible."""
    n = ordinary.shape[-2]
    small = [10.0**d for d in DECADES if d < 0]
    kinds: list[Callable[[], Array]] = [
        *(lambda s=s: one_small(ordinary, s, rng) for s in small),
        *(lambda s=s: one_large(ordinary, s, rng) for s in small),
        *[lambda: tilted(ordinary, rng)] * 6,
        lambda: np.full(ordinary.shape, 1 / n),
    ]
    if not open_:
        kinds += [lambda: corner(ordinary.shape, 1, rng)] * 3
        kinds += [lambda: corner(ordinary.shape, min(2, n), rng)] * 3
    value = kinds[which % len(kinds)]()
    return value if not open_ or (value > 0).all() else ordinary


def one_small(ordinary: Array, small: float, rng: np.random.Generator) -> Array:
    """Return a distribution with one outcome that is nearly impossible."""
    value = np.maximum(ordinary, 1e-3)
    value[..., rng.integers(value.shape[-2]), :] = 0
    if not value.any():
        return ordinary
    value = value / value.sum(axis=-2, keepdims=True) * (1 - small)
    return np.where(value == 0, small, value)


def one_large(ordinary: Array, small: float, rng: np.random.Generator) -> Array:
    """Return a distribution with one outcome that is nearly certain."""
    value = np.maximum(ordinary, 1e-3) * small
    chosen = rng.integers(value.shape[-2])
    value[..., chosen, :] = 0
    value[..., chosen, :] = 1 - value.sum(axis=-2)
    return value


def tilted(ordinary: Array, rng: np.random.Generator) -> Array:
    """Return a distribution whose outcomes are decades apart."""
    reach = rng.choice([1, 3, 8, 20, 100])
    weights = np.exp(-reach * rng.exponential(size=ordinary.shape))
    value = weights / weights.sum(axis=-2, keepdims=True)
    return np.asarray(np.maximum(value, 1e-300))
