"""One statement at one choice of sizes: it holds at every point, or not at this one.

A chain is tried step by step, and its first side against its last.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mathcheck.evaluate import dual, real
from mathcheck.evaluate.differentiate import choose_directions
from mathcheck.evaluate.evaluator import broadcast
from mathcheck.evaluate.logic import Mask, holds, inside
from mathcheck.evaluate.quantity import OPEN_SIZE, Pending, Thing, known
from mathcheck.read.problems import (
    HiddenError,
    RefusedError,
    ShapeError,
    UnsettledError,
)
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    Both,
    Differential,
    Extreme,
    Integral,
    Limit,
    Member,
    Node,
    Number,
    Relation,
)
from mathcheck.read.tree import has, unbracketed
from mathcheck.trial.digits import precision
from mathcheck.trial.doubt import in_pieces, resolved
from mathcheck.trial.ends import at_edges, at_ends
from mathcheck.trial.exact import compare_exactly
from mathcheck.trial.exist import existing
from mathcheck.trial.extremes import compare_extremes
from mathcheck.trial.optima import compare_optima, is_optimum
from mathcheck.trial.points import Place, Points, places
from mathcheck.trial.precise import compared_at
from mathcheck.trial.premise import supported
from mathcheck.trial.related import every_entry, related
from mathcheck.trial.show import counterexample, digits, first_place, where
from mathcheck.trial.sides import Refuted, Sides, matched, sides_differ

ASTRAY = 1e-3  # relative difference of a limit to what floats see of it
ANY_SIZES = (1, 2, 3, 4, 5)  # of vectors and matrices of open size
SIZED = ("=", r"\ne", "<", ">", r"\le", r"\ge", r"\approx")


class Check:
    """One statement at one choice of sizes."""

    def __init__(self, points: Points, node: Node) -> None:
        self.points = points
        self.evaluator = points.evaluator
        self.node = node
        self.pieces = any(map(in_pieces, [node, *points.bodies]))

    def run(self) -> int:
        """Try it; return at how many points."""
        node = self.node
        if isinstance(node, Both) and node.any:
            return self.either(node)
        if isinstance(node, Both):
            return sum(Check(self.points, part).run() for part in node.conditions)
        if isinstance(node, Member):
            return self.member(node)
        if isinstance(node, Relation):
            return self.relation(node)
        self.mention(node)
        return 0

    def mention(self, node: Node) -> None:
        """Evaluate something that only is named: its shapes must fit."""
        if has(Extreme, node) or isinstance(unbracketed(node), Differential):
            return
        choose_directions(self.evaluator, [node])
        self.evaluator(node)

    def either(self, node: Both) -> int:
        """Try whether at each point one of several relations holds."""
        found = holds(self.evaluator, node)
        bad = ~found & self.points.mask & ~self.points.far & ~self.evaluator.doubt
        if bad.any():
            text = counterexample(self.points, self.node, bad, [], "")
            raise Refuted("none of its alternatives holds" + text)
        return int(dual.spread(self.points.mask, found.shape).sum())

    def member(self, node: Member) -> int:
        """Try whether a value is in a set."""
        value = known(self.evaluator(node.element), "a membership")
        if self.evaluator.absent and np.isnan(dual.primal(value.array)).any():
            raise RefusedError(f"there is no {self.evaluator.absent}")
        found = inside(self.evaluator, value, node.space)
        bad = (found != node.inside) & self.points.mask & ~self.points.far
        if bad.any():
            raise Refuted(
                counterexample(self.points, self.node, bad, [("value", value)], "")
            )
        return int(dual.spread(self.points.mask, found.shape).sum())

    def relation(self, node: Relation) -> int:
        """Try each step of a chain, and its first side against its last."""
        if any(map(is_optimum, node.sides)):
            return compare_optima(self.points, node, self.relation)
        if any(isinstance(unbracketed(side), Extreme) for side in node.sides):
            return compare_extremes(self.points, node)
        if has(Extreme, *node.sides):
            raise RefusedError(
                "an extreme over a continuous set inside an expression; "
                "write it alone on one side, or give what is extreme a name"
            )
        choose_directions(self.evaluator, list(node.sides))
        self.points.given = node.given
        sides = [self.evaluator(side) for side in node.sides]
        steps = list(zip(node.operators, pairwise(sides), pairwise(node.sides),
                         strict=True))  # fmt: skip
        counts = [
            self.compare(operator, *pair, f"step {step}: " if steps[1:] else "", nodes)
            for step, (operator, pair, nodes) in enumerate(steps, 1)
        ]
        operator = overall(node)
        if steps[1:] and operator:
            ends = node.sides[0], node.sides[-1]
            self.compare(operator, sides[0], sides[-1], "first against last: ", ends)
        return max(counts)

    def compare_at_any_size(
        self, operator: str, left: Pending, right: Pending, label: str,
        nodes: tuple[Node, Node],
    ) -> int:  # fmt: skip
        r"""Compare two sides of open size, as \mathbf{1} is, in several sizes.

        What holds in some of them only may be meant of one that the statement names.
        """
        count = 0
        failed: list[Refuted] = []
        for n in ANY_SIZES:
            try:
                count += self.compare(
                    operator, left.sized(n), right.sized(n), label, nodes
                )
            except Refuted as refuted:
                failed.append(refuted)
        if count and failed and self.points.sizes:
            raise ShapeError(OPEN_SIZE)
        if failed:
            raise failed[0]
        return count

    def compare(
        self, operator: str, left: Thing, right: Thing, label: str,
        nodes: tuple[Node, Node],
    ) -> int:  # fmt: skip
        """Compare two sides at all points; return how many there were."""
        exactly = compare_exactly(self.evaluator.scope, operator, *nodes)
        if exactly:
            if not exactly.holds:
                near = float(abs(exactly.left - exactly.right))
                raise Refuted(label + str(exactly) + advice(operator, nodes, near))
            return 1
        if isinstance(left, Pending) and isinstance(right, Pending):
            if left.rank != right.rank:
                raise ShapeError(sides_differ(left, right))
            return self.compare_at_any_size(operator, left, right, label, nodes)
        sides = matched(left, right, nodes)
        if operator in SIZED and has(Limit, *nodes, *self.points.bodies):
            return self.farther_out(operator, sides, label)
        mask, proven = self.comparable(operator, sides, label)
        good, told = related(self.points, operator, sides, mask)
        good, told = resolved(self.points, operator, sides, mask, good, told)
        if operator not in ("<", ">", r"\ne"):
            close = sides.gap <= self.points.slack * (1 + sides.size)
            good = good | (every_entry(close) & (self.points.slack > 0))
        if not (mask & told | proven).any():
            raise HiddenError("rounding hides whether it holds, at all points tried")
        bad = supported(self.points, ~good & mask)
        if bad.any():
            text = counterexample(self.points, self.node, bad, sides.named, label)
            place = first_place(bad)
            gap = np.broadcast_to(sides.gap, bad.shape[:-2] + sides.gap.shape[-2:])
            apart = float(gap[place].max())
            if not apart and (found := compared_at(self.points, nodes, place)):
                difference = (found.sides.x - found.sides.y).reshape(-1)[0]
                text += f" (left − right is {float(difference):.4g})"
            raise Refuted(text + advice(operator, nodes, apart))
        return int((mask | proven).sum())

    def farther_out(self, operator: str, sides: Sides, label: str) -> int:
        """Compare two sides with a limit at an ordinary point and at edges, exactly.

        Floats see a limit as far as 10^7 only, where T / (T + 10^11) is still almost 0.
        """
        if not real.AVAILABLE:
            raise RefusedError("without mpmath a limit cannot be told")
        points = self.points
        if points.familiar:  # other sizes have told it
            return 1
        here = points.mask & ~points.special
        ordinary = places(here)
        if not ordinary:
            raise RefusedError(
                "no ordinary point that was tried satisfies the condition"
            )
        further = [*astray(points, sides), *at_edges(points)]
        for place in [ordinary[-1], *further]:
            self.exactly_at(place, operator, sides, label, edge=place not in ordinary)
        for _ in at_ends(points, ordinary[-1]):
            self.exactly_at(ordinary[-1], operator, sides, label, edge=True)
        return 1

    def exactly_at(
        self, place: Place, operator: str, sides: Sides, label: str, *, edge: bool
    ) -> None:
        """Compare two sides with a limit at one point; at an edge there may be none."""
        found = compared_at(self.points, sides.nodes, place)
        if found is None and not edge:
            raise RefusedError("its limit, along a sequence, does not settle")
        if found is None or found.relates(operator) is True:
            return
        if edge and not found.finite:
            return
        left, right = (
            digits(float(side.reshape(-1)[0]))
            for side in (found.sides.x, found.sides.y)
        )
        shown = where(self.points, place)
        raise Refuted(f"{label}left {left}, right {right}{shown}")

    def comparable(self, operator: str, sides: Sides, label: str) -> tuple[Mask, Mask]:
        """Return at which points both sides have values that tell something.

        Beside them are those where floats are at their end and more digits have proved
        the relation already.
        """
        shape = np.broadcast_shapes(
            (*broadcast(sides.left.array, sides.right.array), 1, 1),
            self.points.mask.shape,
            self.points.special.shape,
        )
        mask = np.broadcast_to(self.points.mask, shape)
        special = np.broadcast_to(self.points.special, shape)
        if operator not in (*MIRRORED, r"\ne") and not self.pieces:
            mask = mask & ~self.points.far  # there, rounding is all that is seen
        if has(Integral | Limit, *sides.nodes):
            mask = mask & ~special  # a narrow peak may be missed there
        fine, proven = existing(self.points, self.node, operator, sides, mask, label)
        mask = mask & fine
        if proven.any():
            return mask, proven
        if not mask.any() and self.evaluator.unsettled:
            raise UnsettledError("its integral, or limit, settles at no point tried")
        if not mask.any():
            raise RefusedError("its value exists at no point that was tried")
        return mask, proven


def astray(points: Points, sides: Sides) -> list[Place]:
    """Return points at which floats see another limit, or none: within, and at an end.

    So does r^k for r > 1, of which draws from (0, 2) have some.
    """
    apart = ~every_entry(sides.gap <= ASTRAY * (1 + sides.size)) & points.mask
    within, at_end = apart & ~points.special, apart & points.special & ~points.far
    return [*places(within, 1), *places(at_end, 1)]


def advice(operator: str, nodes: tuple[Node, Node], apart: float) -> str:
    r"""Say that a rounded number is written with \approx, if it is one."""
    inner = unbracketed(nodes[1])
    half_unit = precision(inner)
    if operator != "=" or not isinstance(inner, Number) or half_unit is None:
        return ""
    rounded = "." in inner.text and apart <= 1.01 * float(half_unit.max())
    return r"; a rounded number is written with \approx" if rounded else ""


def overall(chain: Relation) -> str:
    """Return how the first side of a chain is related to the last, if it is known."""
    kinds = set(chain.operators)
    if r"\approx" in kinds:  # whatever stands before: what is shown is a rounding
        return r"\approx" if precision(chain.sides[-1]) is not None else ""
    if kinds == {"="}:
        return "="
    if kinds <= {"=", r"\le", "<"}:
        return "<" if "<" in kinds else r"\le"
    if kinds <= {"=", r"\ge", ">"}:
        return ">" if ">" in kinds else r"\ge"
    return ""
