"""The evaluator: one rule for each kind of node, and the values that names have.

Every index and every enumerated symbol has an axis of its own, and so have the random
points; an expression is then a few operations on whole arrays, however many values its
indices take. Layers hold the values of bound variables, arguments and perturbations.
Definitions are evaluated where they are used, with the values that their symbols have
there: so a derivative reaches through them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mathcheck.evaluate import dual, real, room
from mathcheck.evaluate.axes import Axis
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.errors import Errors
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known
from mathcheck.read.problems import RefusedError, TooManyError
from mathcheck.read.scope import Definition, Key, Meaning, Scope, Variable
from mathcheck.read.syntax import (
    Big,
    Binary,
    Call,
    Derivative,
    Expectation,
    Finite,
    Infinity,
    Naturals,
    Negated,
    Node,
    Norm,
    Number,
    Range,
)
from mathcheck.read.tree import symbols

Rule = Callable[["Evaluator", Any], Thing]


LARGEST = 3e6
LEAST = 1e-304  # what may have become zero
COUNTED = Range | Naturals | Finite
NOISE = 1e-11  # relative errors, when it is asked how much rounding can do
RULES: dict[type[Node], Rule] = {}


def rule(*kinds: type[Node]) -> Callable[[Rule], Rule]:
    """Say which nodes a function evaluates."""

    def register(function: Rule) -> Rule:
        RULES.update(dict.fromkeys(kinds, function))
        return function

    return register


@dataclass
class Layer:
    """Values that hold for a while: of a bound index, an argument, a perturbation."""

    values: dict[Key, Thing] = field(default_factory=dict)
    sets: dict[str, Node] = field(default_factory=dict)  # what an index runs over
    memo: dict[Any, Thing] = field(default_factory=dict)
    endless: list[Axis] = field(default_factory=list)  # of infinitely many terms

    @property
    def names(self) -> set[str]:
        """The names whose values differ here."""
        return {name for _, name, _ in self.values}


class Evaluator:
    """Evaluates in a scope, with values for what is declared in it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.root = Layer()  # of the values that are drawn
        self.layers = [self.root]
        self.depth = 0  # axes in use
        self.points = 1  # the length of the first of them
        self.lengths: list[int] = []
        self.noise: Errors | None = None  # see `rounding` in trial
        self.thorough = False  # whether it reaches what is whole by rounding: 1 + 1e-20
        self.exacting = False  # whether conditions tell tiny numbers from zero
        self.exact = False  # whether it computes with more digits than floats have
        self.draw: int | None = None  # the only one of the points, if there is but one
        self.work = 0  # how many numbers were computed
        self.largest = LARGEST  # how many values all axes together may have
        self.longest = 2000  # range that an index may have
        self.tolerance = 1e-9  # more where a limit or an integral is approximated
        self.unsettled = False  # whether one of these could not be told at some points
        self.literal = False  # whether a size stands as a number somewhere
        self.directions: dict[Key, Value] = {}  # along which differentials are taken
        self.alone: dict[str, Meaning | None] = {}  # what names mean alone
        self.reached: dict[int, set[str]] = {}  # what definitions depend on
        self.used: set[Key] = set()  # the drawn values that something depended on
        self.calls = 0
        self.absent = ""  # a component that something asked for and that is none
        self.componentwise = True  # whether numbers and vectors may be added: see there
        self.integrating = 0  # integrals that are being taken, one within another
        self.doubt: np.ndarray = np.zeros(
            (1, 1), bool
        )  # where a condition has no answer

    def __call__(self, node: Node) -> Thing:
        """Evaluate a node."""
        evaluate = RULES.get(type(node))
        if evaluate is None:
            raise RefusedError(
                f"a {type(node).__name__.lower()} cannot stand here", node.at
            )
        try:
            found = evaluate(self, node)
            if isinstance(found, Quantity):
                self.work += dual.primal(found.array).size
                room.spend(found.array)
            if self.exact:
                return exactly(found)
            if self.noise and self.thorough:
                found = bounded(found, node)
                if self.computed(node):
                    found = shaken(found, self.noise, node, self.strain(node))
            return disturbed(found, self.noise) if self.noise else found
        except RefusedError as error:
            if error.at < 0:
                error.at = node.at
            raise
        except RecursionError:
            raise RefusedError("too deeply nested", node.at) from None

    # --- axes ------------------------------------------------------------------------

    def new_axis(self, length: int) -> Axis:
        """Take the next axis into use, until the layer goes."""
        axis = Axis(self.depth, length)
        self.lengths[self.depth :] = [length]
        if math.prod(self.lengths) > self.largest or self.depth > 24:
            raise TooManyError("too many indices at once to try them all")
        self.depth += 1
        return axis

    @contextmanager
    def layer(
        self, values: dict[Key, Thing] | None = None,
        sets: dict[str, Node] | None = None,
    ) -> Iterator[Layer]:  # fmt: skip
        """Let these values hold, and the axes that are made go when they go."""
        depth = self.depth
        layer = Layer(values or {}, sets or {})
        self.layers.append(layer)
        try:
            yield layer
        finally:
            self.layers.pop()
            self.depth = depth

    def drawn_values(self) -> dict[Key, Quantity]:
        """Return the values that the symbols have at the root."""
        values = self.root.values.items()
        return {key: value for key, value in values if isinstance(value, Quantity)}

    def forget(self) -> None:
        """Forget what was computed, since values at the root have changed."""
        self.root.memo.clear()
        self.calls = 0

    # --- names -----------------------------------------------------------------------

    def bound(self, name: str) -> Thing | None:
        """Return the value that a layer above the root gives to a name."""
        for layer in reversed(self.layers[1:]):
            if ("plain", name, 0) in layer.values:
                return layer.values["plain", name, 0]
        return None

    def value(self, key: Key) -> Thing | None:
        """Return the value that any layer gives to a key."""
        for layer in reversed(self.layers):
            if key in layer.values:
                if layer is self.root:
                    self.used.add(key)
                return layer.values[key]
        return None

    def domain(self, name: str) -> Node | None:
        """Return what an index runs over."""
        for layer in reversed(self.layers):
            if name in layer.sets:
                return layer.sets[name]
        return None

    def plain(self, name: str) -> Meaning | None:
        """Return what a name means when it stands alone."""
        if name not in self.alone:  # a scope does not change while this evaluates
            self.alone[name] = self.scope.plain(name)
        return self.alone[name]

    def whole(self, node: Node) -> int:
        """Evaluate a size: a whole number that is the same at all points."""
        if isinstance(node, Number) and node.text.isdigit():
            return int(node.text)
        x = known(self(node), "a size")
        values = dual.primal(x.array)
        first = values.flat[0]
        varies = values.size > 1 and (values != first).any()
        if x.rank != "number" or varies or first != round(first):
            raise RefusedError("a size must be one whole number", node.at)
        return int(first)

    def reach(self, *nodes: Node) -> set[str]:
        """Return all names that expressions depend on, through definitions too."""
        names = set().union(*map(symbols, nodes))
        meanings = [m for name in names for m in self.scope.meanings(name)]
        return names.union(*map(self.dependencies, meanings))

    def dependencies(self, meaning: Meaning) -> set[str]:
        """Return all names that a definition depends on, through others too."""
        if id(meaning) in self.reached:
            return self.reached[id(meaning)]
        found: set[str] = set()
        waiting = [meaning]
        while waiting:
            current = waiting.pop()
            if isinstance(current, Definition):
                own = {name for name, _ in current.indices}
                names = set(symbols(current.body)) - own
                for _, domain in current.indices:
                    names |= symbols(domain)
            else:
                names = set(symbols(current.space))
                names = names.union(*map(symbols, current.family))
            for name in names - found:
                found.add(name)
                waiting.extend(self.scope.meanings(name))
        self.reached[id(meaning)] = found
        return found

    def computed(self, node: Node) -> bool:
        """Say whether a value is the result of arithmetic with real numbers."""
        if isinstance(node, Big) and node.kind in ("argmax", "argmin"):
            return False
        if not isinstance(node, Binary | Call | Big | Norm | Expectation | Derivative):
            return False
        return not all(map(self.counts, symbols(node)))

    def strain(self, node: Node) -> float | dual.Array:
        """Return how much larger errors of a function are than those of one step.

        Softmax takes differences of its arguments, which may be large.
        """
        if not isinstance(node, Call) or not node.function.endswith("softmax"):
            return 1.0
        arguments = [known(self(argument), "a function") for argument in node.arguments]
        sizes = [np.abs(dual.primal(a.array)).max((-1, -2), keepdims=True)
                 for a in arguments]  # fmt: skip
        return np.asarray(sum(sizes, np.ones((1, 1))))

    def counts(self, name: str) -> bool:
        """Say whether a name is that of a whole number, or made of such."""
        if self.domain(name) is not None:
            return True
        meanings = list(self.scope.meanings(name))
        return bool(meanings) and all(
            isinstance(m.space, COUNTED) and not m.family
            if isinstance(m, Variable)
            else all(n == name or self.counts(n) for n in symbols(m.body))
            and not m.parameters
            for m in meanings
        )

    def defined(self, definition: Definition, key: Any, compute: Callable[[], Thing]
                ) -> Thing:  # fmt: skip
        """Evaluate a definition once in the innermost layer that matters to it."""
        names = self.dependencies(definition)
        top = len(self.layers) - 1
        while top and not self.layers[top].names & names:
            top -= 1
        memo = self.layers[top].memo
        if key not in memo:
            self.calls += 1
            if self.calls > 3000:
                raise RefusedError(f"{definition.name} is defined in a circle")
            layers, self.layers = self.layers, self.layers[: top + 1]
            try:
                memo[key] = compute()
            finally:
                self.layers = layers
        return memo[key]


def exactly(found: Thing) -> Thing:
    """Return a result with all its numbers, zeros and ones too, as real ones."""
    if isinstance(found, Pending):
        return found
    return Quantity(dual.linear(real.lifted, found.array), found.rank)


def bounded(found: Thing, node: Node) -> Thing:
    """Return no number for what is infinite by an overflow, which may be finite."""
    if isinstance(found, Pending) or isinstance(node, Infinity | Negated):
        return found
    if isinstance(node, Call) and node.function in ("log", "ln"):  # of 0, perhaps
        return found
    values = dual.primal(found.array)
    if not np.isinf(values).any():
        return found
    return Quantity(dual.where(np.isinf(values), np.nan, found.array), found.rank)


def shaken(
    found: Thing, noise: Errors, node: Node, strain: float | dual.Array
) -> Thing:
    """Return a result with what rounding may have done to it at the ends of its range.

    What is 0 or 1 may be so by rounding.
    """
    if isinstance(found, Pending):
        return found
    least: float | dual.Array = LEAST
    if isinstance(node, Norm):
        least = LEAST**0.5  # the root of squares
    elif isinstance(strain, np.ndarray) and isinstance(found.array, dual.Dual):
        least = NOISE * strain  # its slopes are differences of numbers near 1

    def shake(a: dual.Array) -> dual.Array:
        moved = a * (1 + strain * NOISE * noise(a.shape))
        return np.asarray(moved + least * noise(a.shape))

    return Quantity(dual.linear(shake, found.array), found.rank)


def disturbed(found: Thing, noise: Errors) -> Thing:
    """Return a result with small errors, as if it had been computed less exactly.

    Whole numbers are exact: they may be indices.
    """
    if isinstance(found, Pending):
        return found
    values = dual.primal(found.array)
    if not isinstance(found.array, dual.Dual) and (values == np.round(values)).all():
        return found

    def shake(a: dual.Array) -> dual.Array:
        return a * (1 + NOISE * noise(a.shape))

    return Quantity(dual.linear(shake, found.array), found.rank)


def broadcast(*arrays: Value) -> tuple[int, ...]:
    """Return the shape of the points of all arrays together."""
    return np.broadcast_shapes(*(dual.primal(a).shape[:-2] for a in arrays))
