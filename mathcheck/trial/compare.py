"""Does a relation hold? At every point that was tried, or here is one where not."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.differentiate import choose_directions
from mathcheck.evaluate.evaluator import broadcast
from mathcheck.evaluate.logic import inside
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known
from mathcheck.read.problems import RefusedError, ShapeError
from mathcheck.read.syntax import (
    Absolute,
    Big,
    Both,
    Call,
    Cases,
    Extreme,
    Indicator,
    Infinity,
    Integral,
    Limit,
    Member,
    Node,
    Relation,
)
from mathcheck.read.tree import symbols, unbracketed, walk
from mathcheck.trial.digits import half_unit
from mathcheck.trial.exact import compare_exactly
from mathcheck.trial.extremes import compare_extremes
from mathcheck.trial.points import Points
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import (
    Refuted,
    index_like,
    loewner,
    matched,
    overall,
    sides_differ,
)


def in_pieces(node: Node) -> bool:
    """Say whether an expression is one thing here and another thing far away."""
    names = ("max", "min", "relu", "ReLU", "sign", "sgn")
    return any(
        isinstance(part, Absolute | Cases | Indicator)
        or (isinstance(part, Call) and part.function in names)
        or (isinstance(part, Big) and part.kind in names)
        for part in walk(node)
    )


class Check:
    """One statement at one choice of sizes."""

    def __init__(self, points: Points, node: Node) -> None:
        self.points = points
        self.evaluator = points.evaluator
        self.node = node
        self.exact = np.ones((1, 1), bool)  # where rounding does not hide the answer
        self.pieces = any(map(in_pieces, [node, *points.bodies]))

    def run(self) -> int:
        """Try it; return at how many points."""
        node = self.node
        if isinstance(node, Both):
            return sum(Check(self.points, part).run() for part in node.conditions)
        if isinstance(node, Member):
            return self.member(node)
        if not isinstance(node, Relation):
            self.mention(node)
            return 0
        choose_directions(self.evaluator, list(node.sides))
        if any(isinstance(unbracketed(side), Extreme) for side in node.sides):
            return compare_extremes(self, node)
        if any(isinstance(n, Extreme) for side in node.sides for n in walk(side)):
            raise RefusedError("an argmax over a continuous set inside an expression")
        sides = [self.evaluator(side) for side in node.sides]
        count = 0
        chain = list(zip(node.operators, sides, sides[1:], strict=False))
        for step, (operator, left, right) in enumerate(chain, 1):
            label = f"step {step}: " if len(chain) > 1 else ""
            shown = (node.sides[step - 1], node.sides[step])
            count = max(count, self.compare(operator, left, right, label, shown))
        if len(chain) > 1:
            operator = overall(node.operators)
            if r"\approx" in node.operators:
                operator = r"\approx" if half_unit(node.sides[-1]) is not None else ""
            if operator:
                self.compare(operator, sides[0], sides[-1], "first against last: ",
                             (node.sides[0], node.sides[-1]))  # fmt: skip
        return count

    def mention(self, node: Node) -> None:
        """Evaluate something that only is named: its shapes must fit."""
        if any(isinstance(n, Extreme) for n in walk(node)):
            return
        if type(unbracketed(node)).__name__ == "Differential":
            return
        choose_directions(self.evaluator, [node])
        self.evaluator(node)

    def member(self, node: Member) -> int:
        """Try whether a value is in a set."""
        value = known(self.evaluator(node.element), "a membership")
        found = inside(self.evaluator, value, node.space)
        bad = (found != node.inside) & self.points.mask & ~self.points.far
        if bad.any():
            raise Refuted(
                counterexample(self.points, self.node, bad, [("value", value)], "")
            )
        return int(np.broadcast_to(self.points.mask, np.broadcast_shapes(
            self.points.mask.shape, found.shape)).sum())  # fmt: skip

    def compare(
        self, operator: str, left: Thing, right: Thing, label: str,
        nodes: tuple[Node, Node],
    ) -> int:  # fmt: skip
        """Compare two sides at all points; return how many there were."""
        exactly = compare_exactly(self.evaluator.scope, operator, *nodes)
        if exactly:
            if not exactly.holds:
                raise Refuted(label + str(exactly))
            return 1
        if isinstance(left, Pending) and isinstance(right, Pending):
            if left.rank != right.rank:
                raise ShapeError(sides_differ(left, right))
            return sum(
                self.compare(operator, left.sized(n), right.sized(n), label, nodes)
                for n in (1, 2, 3, 4, 5)
            )
        a, b = matched(left, right, nodes)
        x, y = dual.primal(a.array), dual.primal(b.array)
        shape = np.broadcast_shapes(
            (*broadcast(a.array, b.array), 1, 1), self.points.mask.shape
        )
        mask = np.broadcast_to(self.points.mask, shape)
        special = np.broadcast_to(self.points.special, np.broadcast_shapes(
            self.points.special.shape, shape))  # fmt: skip
        mask = np.broadcast_to(mask, special.shape)
        if operator not in ("<", ">", r"\le", r"\ge", r"\ne") and not self.pieces:
            mask = mask & ~self.points.far  # there, rounding is all that is seen
        if any(isinstance(p, Integral | Limit) for n in nodes for p in walk(n)):
            mask = mask & ~special  # a narrow peak may be missed there
        infinite = any(isinstance(part, Infinity) for n in nodes for part in walk(n))
        exists = self.existing(x, y, mask, special, label, a, b, infinite)
        mask = mask & exists
        if not mask.any() and self.evaluator.unsettled:
            raise RefusedError("its integral, or limit, settles at no point tried")
        if not mask.any():
            raise RefusedError("its value exists at no point that was tried")
        self.exact = np.ones((1, 1), bool)
        good = self.holds(operator, a, b, nodes, mask)
        bad = ~good & mask
        if not (mask & self.exact).any():
            raise RefusedError("rounding hides whether it holds, at all points tried")
        if bad.any():
            raise Refuted(
                counterexample(
                    self.points, self.node, bad, [("left", a), ("right", b)], label
                )
            )
        return int(mask.sum())

    def existing(
        self, x: np.ndarray, y: np.ndarray, mask: np.ndarray, special: np.ndarray,
        label: str, a: Quantity, b: Quantity, infinite: bool,
    ) -> np.ndarray:  # fmt: skip
        """Return where both sides are numbers; elsewhere only edges may be."""
        equal = (x == y) & ~np.isnan(x) & infinite
        fine = (np.isfinite(x) & np.isfinite(y)) | equal
        fine = fine.all(axis=(-1, -2), keepdims=True)
        bad = ~fine & mask & ~special
        if self.evaluator.unsettled:  # those points say nothing
            bad = bad & ~np.isnan(x - y).any(axis=(-1, -2), keepdims=True)
        if bad.any():
            text = counterexample(
                self.points, self.node, bad, [("left", a), ("right", b)], label
            )
            raise RefusedError(f"not a finite number: {text}")
        return np.broadcast_to(fine, np.broadcast_shapes(fine.shape, mask.shape))

    def holds(
        self,
        operator: str,
        a: Quantity,
        b: Quantity,
        nodes: tuple[Node, Node],
        mask: np.ndarray,
    ) -> np.ndarray:
        """Return at which points two sides of one shape are related."""
        x, y = dual.primal(a.array), dual.primal(b.array)
        scale = np.maximum(np.abs(x), np.abs(y))
        tolerance = self.evaluator.tolerance * scale
        if self.evaluator.tolerance > 1e-9:
            tolerance = tolerance + self.evaluator.tolerance
        tolerance = np.where(np.isfinite(tolerance), tolerance, 0)
        near = (np.abs(x - y) <= tolerance) | (x == y)
        open_points = ~near.all(axis=(-1, -2), keepdims=True) & mask
        if operator in ("=", r"\ne", r"\le", r"\ge") and open_points.any():
            allowed = self.rounding(nodes, x - y)
            near = near | (np.abs(x - y) <= allowed) | ~self.exact
        close = np.abs(x - y) <= 1e-9 * scale
        near = near | (self.points.far & (np.abs(x - y) <= 1e-6 * (1 + scale)))
        every = near.all(axis=(-1, -2), keepdims=True)
        if operator == "=":
            return every
        if operator == r"\ne":
            return ~every
        if operator == r"\approx":
            return self.approximates(x, y, nodes)
        if operator in (r"\preceq", r"\succeq"):
            return loewner(a, b, operator)
        if operator == r"\propto":
            return self.proportional(a, b, nodes)
        if a.rank != "number":
            raise ShapeError("vectors and matrices have no order; write the components")
        lost = self.points.far & (np.abs(x - y) <= 1e-9 * (1 + scale))  # underflow
        return {
            "<": ((x < y) & ~close) | lost,
            ">": ((x > y) & ~close) | lost,
            r"\le": (x < y) | near | lost,
            r"\ge": (x > y) | near | lost,
        }[operator]

    def rounding(self, nodes: tuple[Node, Node], gap: np.ndarray) -> np.ndarray:
        """Return how much of a difference rounding can explain, at each point.

        Both sides are evaluated again with small errors in every step: what they do to
        the difference is what rounding, which is far smaller, does to it in proportion.
        """
        worst = np.zeros((1, 1))
        evaluator = self.evaluator
        try:
            for run in range(3):
                evaluator.noise = np.random.default_rng(run)
                evaluator.layers[0].memo.clear()
                evaluator.calls = 0
                try:
                    left, right = (evaluator(node) for node in nodes)
                except RefusedError:  # an index that is not whole, a limit that jumps
                    return np.zeros((1, 1))
                a, b = matched(left, right, nodes)
                change = dual.primal(a.array) - dual.primal(b.array) - gap
                worst = np.maximum(worst, np.abs(change))
        finally:
            evaluator.noise = None
            evaluator.layers[0].memo.clear()
        allowed = np.where(np.isnan(worst), np.inf, 1e-2 * worst)
        size = np.abs(gap) + np.abs(dual.primal(a.array)) + np.abs(dual.primal(b.array))
        told = (allowed <= 1e-4 * size) | (allowed < 1e-9)
        self.exact = told.all(axis=(-1, -2), keepdims=True)
        return allowed

    def approximates(
        self, x: np.ndarray, y: np.ndarray, nodes: tuple[Node, Node]
    ) -> np.ndarray:
        """Return where a value rounds to the digits that are shown."""
        units = [half_unit(node) for node in nodes]
        if units[0] is None and units[1] is None:
            raise RefusedError(r"\approx needs a number with its digits on one side")
        unit = units[1] if units[1] is not None else units[0]
        gap = np.abs(x - y)
        slack = 1e-9 * np.maximum(np.abs(x), np.abs(y))
        return (gap <= np.asarray(unit) + slack).all(axis=(-1, -2), keepdims=True)

    def proportional(
        self, a: Quantity, b: Quantity, nodes: tuple[Node, Node]
    ) -> np.ndarray:
        """Return where one constant relates the sides, over the free index."""
        x, y = dual.primal(a.array), dual.primal(b.array)
        x, y = np.broadcast_arrays(x, y)
        if a.rank != "number":
            axes: tuple[int, ...] = (-1, -2)
        else:
            free = symbols(nodes[0]) & symbols(nodes[1])
            axes = tuple(
                -(dual.primal(value.array).ndim)
                for key, value in self.points.values.items()
                if key[1] in free
                and index_like(self.evaluator.scope, key[1])
                and dual.primal(value.array).shape[0] > 1
                and dual.primal(value.array).ndim <= x.ndim
            )
            if not axes:
                raise RefusedError(r"\propto needs a free index, or vectors")
        inside = np.broadcast_to(self.points.mask, np.broadcast_shapes(
            self.points.mask.shape, x.shape))  # fmt: skip
        dot = (x * y * inside).sum(axis=axes, keepdims=True)
        norm = (y * y * inside).sum(axis=axes, keepdims=True)
        gap = x - dot / norm * y
        out = ~np.broadcast_to(self.points.mask, np.broadcast_shapes(
            self.points.mask.shape, gap.shape))  # fmt: skip
        near = (np.abs(gap) <= 1e-9 * (np.abs(x) + np.abs(y))) | out
        return near.all(axis=axes, keepdims=True) & (dot > 1e-12 * norm)
