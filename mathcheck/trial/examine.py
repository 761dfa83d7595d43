"""One statement at all sizes, and the verdict on it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from mathcheck.read.problems import (
    HiddenError,
    NoValueError,
    Problem,
    RefusedError,
    SizeError,
    Status,
    TooManyError,
    UnsettledError,
)
from mathcheck.read.scope import Definition, Scope, Variable
from mathcheck.read.syntax import (
    Both,
    Every,
    Extreme,
    Implication,
    Limit,
    Member,
    Node,
    Relation,
)
from mathcheck.read.tree import has, symbols
from mathcheck.trial.compare import Check
from mathcheck.trial.growth import (
    BUDGET,
    COUNT,
    FAR,
    exponent,
    is_order,
    ladder,
    smaller,
    structured,
    unlike,
)
from mathcheck.trial.membership import as_order, members
from mathcheck.trial.points import (
    MANY,
    POINTS,
    Points,
    has_equation,
    in_force,
    laid_out,
    needed,
)
from mathcheck.trial.precise import STRICT
from mathcheck.trial.premise import beyond_doubt, firm, order
from mathcheck.trial.probe import can_be_probed, far_out, probe
from mathcheck.trial.quantified import members_of, over_stated_sets
from mathcheck.trial.satisfy import real_symbols
from mathcheck.trial.seek import seek
from mathcheck.trial.show import tried
from mathcheck.trial.sides import Refuted
from mathcheck.trial.sizes import as_numbers, choices
from mathcheck.trial.solve import SOLVED, slack
from mathcheck.trial.vanish import all_squares, without_value

SOUGHT = 2  # sizes at which a search is made
ENOUGH = 3  # sizes at which it worked, if at others there is too much to compute
MANY_SIZES = 4  # of what takes long at each: an extreme, which is searched for
UNORDERED = {"=", r"\approx", r"\propto"}  # relations that need no corner to fail


@dataclass
class Verdict:
    """What became of a statement."""

    status: Status
    steps: int = 0
    points: int = 0
    detail: str = ""
    at: int = -1
    missing: bool = False  # whether it is refused since a side has no value


def examine(scope: Scope, node: Node, conditions: list[Node]) -> Verdict:
    """Try a statement at all its points."""
    try:
        with np.errstate(all="ignore"):
            scope = over_stated_sets(scope, conditions)
            conditions = [*in_force(scope, [node, *conditions]), *conditions]
            if isinstance(node, Implication):
                return implied(scope, node, conditions)
            each = [
                Examination(scope, part, conditions).run() for part in members(node)
            ]
            failing = [verdict for verdict in each if verdict.status != "holds"]
            return (failing or each)[0]
    except Problem as problem:
        missing = isinstance(problem, NoValueError)
        return Verdict(
            problem.status, detail=str(problem), at=problem.at, missing=missing
        )


def implied(scope: Scope, node: Implication, conditions: list[Node]) -> Verdict:
    """Try each conclusion of an implication at points where its premise holds."""
    ways = [("", node.premise, node.conclusion)]
    if node.both:
        ways = [("from left to right: ", *ways[0][1:]),
                ("from right to left: ", node.conclusion, node.premise)]  # fmt: skip
    found: list[Verdict] = []
    for label, premise, conclusion in ways:
        for part in claimed(conclusion):
            given = [*conditions, premise]
            drawn = over_stated_sets(scope, members_of(premise))
            verdict = Examination(drawn, part, given, implied=True).run()
            if verdict.status == "refuted":
                refuse_two_readings(drawn, part, conditions, premise)
            if verdict.status != "holds":
                return replace(verdict, detail=label + verdict.detail)
            found.append(verdict)
    points = sum(verdict.points for verdict in found)
    detail = f"where its premise holds: {found[0].detail}"
    if node.both:
        detail = "both ways; " + detail
    return Verdict("holds", len(found), points, detail)


def claimed(conclusion: Node) -> list[Node]:
    """Return what a conclusion claims, one relation after the other."""
    if isinstance(conclusion, Every):
        return claimed(conclusion.condition)
    if isinstance(conclusion, Both) and not conclusion.any:
        return [part for inner in conclusion.conditions for part in claimed(inner)]
    return [conclusion]


def refuse_two_readings(
    scope: Scope, node: Node, conditions: list[Node], premise: Node
) -> None:
    r"""Refuse a premise with an index of its own that is meant for all its values."""
    elsewhere = symbols(node).union(*map(symbols, conditions))
    names = tuple(
        name for name in sorted(symbols(premise) - elsewhere) if scope.is_index(name)
    )
    if not names or any(isinstance(part, Every) for part in premise.parts):
        return
    given = [*conditions, Every(names, premise)]
    try:
        verdict = Examination(scope, node, given, implied=True).run()
    except Problem:
        return
    if verdict.status == "holds":
        raise RefusedError(
            f"whether the premise is meant for one {names[0]} or for all can be read "
            rf"in two ways; write \forall {names[0]} behind it",
            premise.at,
        )


class Examination:
    """A statement at one choice of sizes after the other, and what came of each."""

    def __init__(
        self, scope: Scope, node: Node, conditions: list[Node], *, implied: bool = False
    ) -> None:
        node = as_order(node)
        self.scope, self.node, self.conditions = scope, node, conditions
        self.implied = implied  # by the last of the conditions, at edges too
        self.meanings = needed(scope, [node, *conditions])
        self.extreme = has(Extreme, node)
        self.ordered = (
            isinstance(node, Relation)
            and not UNORDERED.issuperset(node.operators)
            and not self.extreme
        )
        bodies = (m.body for m in self.meanings if isinstance(m, Definition))
        self.limits = has(Limit, node, *bodies)
        self.claims = isinstance(node, Relation | Member | Both)
        self.count = 0  # of the points at which it was tried
        self.worked: list[Points] = []
        self.passed: list[dict[str, int]] = []  # the sizes at which shapes fit
        self.failed: list[dict[str, int]] = []  # and at which they do not
        self.failures: list[SizeError] = []
        self.refuted: list[str] = []
        self.grown: list[Points] = []  # at larger sizes
        self.sought: set[int] = set()  # main sizes at which a search was made
        self.literal = False  # whether a size is written as a number
        self.satisfied = False  # whether any point satisfies the conditions

    def run(self) -> Verdict:
        """Try all choices of sizes, or as many as it takes."""
        for sizes in choices(
            self.meanings, [self.node, *self.conditions], self.conditions
        ):
            self.try_at(sizes)
            if self.settled():
                break
        if self.worked and not self.refuted:
            self.try_further()
            self.try_borders()
        return self.verdict()

    def solves(self, points: Points) -> bool:
        """Say whether a condition is an equation of real numbers, to be solved."""
        return any(
            has_equation(condition) and real_symbols(points.evaluator, condition)
            for condition in self.conditions
        )

    def try_at(self, sizes: dict[str, int]) -> None:
        """Try the statement with one choice of sizes."""
        points = None
        try:
            many = MANY if self.ordered or self.implied else POINTS
            points = laid_out(
                self.scope, self.meanings, sizes, self.conditions, many,
                edges=self.implied,
            )  # fmt: skip
            if points is None:
                return
            self.satisfied = True
            points.familiar = self.familiar(sizes)
            if self.ordered and not self.implied and self.solves(points):
                points.slack = np.full((1, 1), SOLVED)  # they hold nearly
            if self.implied:
                points.slack = slack(points.evaluator, self.conditions[-1])
                points.premise = order(self.conditions[-1])
            check = Check(points, self.node)
            self.count += check.run()
            self.passed.append(sizes)
            self.worked.append(points)
            main = sizes[next(iter(unlike(list(sizes), 2)))] if sizes else 0
            if self.ordered and isinstance(self.node, Relation) and main != 1:
                if main not in self.sought and len(self.sought) < SOUGHT:
                    self.sought.add(main)
                    seek(check, self.node)
        except SizeError as error:
            self.failures.append(error)
            self.failed.append(sizes)
            self.literal |= points is None or points.evaluator.literal
        except Refuted as found:
            self.refuted.append(str(found))
            self.passed.append(sizes)
        except UnsettledError:
            if 1 not in sizes.values() or not self.worked:
                raise  # else nothing but rounding errors may be integrated there
        except TooManyError:
            if len(self.worked) < ENOUGH:
                raise
        except RefusedError as error:
            ones = [name for name, n in sizes.items() if n == 1]
            # It may be the size of 1 that has no value
            if ones and self.passed and "not a finite" in str(error):
                name = ones[0]
                repair = (
                    rf"\text{{if }} {name} \ge 2, or declare {name} \in \mathbb{{N}}"
                )
                meant = rf"if it is not meant there, write {repair}_{{\ge 2}}"
                raise RefusedError(f"{error}; {meant}", error.at) from None
            raise

    def familiar(self, sizes: dict[str, int]) -> bool:
        """Say whether it was tried at two other choices of sizes; 1 is like none.

        For a limit, which takes long, one is enough.
        """
        like = [each for each in self.passed if 1 not in each.values()]
        return len(like) >= (1 if self.limits else 2) and 1 not in sizes.values()

    def try_further(self) -> None:
        """Try it where it can only be refuted: far out, and at larger sizes."""
        node, first = self.node, self.worked[min(1, len(self.worked) - 1)]
        if not isinstance(node, Relation) or not can_be_probed(node, first):
            return
        variables = [m for m in self.meanings if isinstance(m, Variable)]
        with suppress(Problem):
            self.probe(far_out(self.scope, first, variables, node))
        if not self.refuted and not self.failures:
            self.grow(node)
        if not self.refuted and not self.implied:
            self.try_vanishing(first, node)

    def try_borders(self) -> None:
        r"""Try what is strict at the border of a condition: x < 1 if x \le 1, at 1."""
        strict = isinstance(self.node, Relation) and not set(STRICT).isdisjoint(
            self.node.operators
        )
        for place, condition in enumerate(self.conditions if strict else ()):
            if self.refuted or order(condition) is None:
                continue
            assert isinstance(condition, Relation)
            if not set(condition.operators) <= {r"\le", r"\ge"} or condition.sides[2:]:
                continue
            given = [*self.conditions]
            given[place] = Relation(("=",), condition.sides, at=condition.at)
            try:
                found = Examination(self.scope, self.node, given).run()
            except HiddenError as error:
                raise RefusedError(
                    f"{error} at which the sides of its condition are equal"
                ) from error
            except Problem:
                continue
            self.refuted += [found.detail] if found.status == "refuted" else []

    def try_vanishing(self, points: Points, node: Relation) -> None:
        """Try it where denominators, or all squares, are 0."""
        try:
            all_squares(points, node)
            without_value(Check(points, node), node)
        except Refuted as found:
            self.refuted.append(str(found))

    def probe(self, points: Points | None) -> None:
        """Try it at points at which it can only be refuted."""
        if points is None:
            return
        assert isinstance(self.node, Relation)
        try:
            if self.implied:
                points.premise = order(self.conditions[-1])
                points.mask = points.mask & beyond_doubt(points)
            points.mask = points.mask & firm(points)
            probe(points, self.node)
        except Refuted as found:
            self.refuted.append(str(found))

    def grow(self, node: Relation) -> None:
        """Try larger sizes, until one would take too much."""
        names = list(self.passed[0])
        if not names:
            return
        counted = any(n in as_numbers(side) for n in names for side in node.sides)
        main = next(iter(unlike(names, 2)))
        costs = {
            p.sizes[main]: 1 + p.evaluator.work / p.evaluator.points
            for p in self.worked
        }
        alone = len(names) == 1 and all(
            isinstance(m, Definition) or m.name in names for m in self.meanings
        )
        sizes = ladder(
            node, ordered=is_order(node), counted=counted or alone, alone=alone
        )
        least = min(costs) if alone else max(costs)
        sizes = [size for size in sizes if size > least and size not in costs]
        while sizes and not self.refuted:
            size = sizes.pop(0)
            largest = max(costs)
            cost = costs[largest] * (size / largest) ** exponent(costs)
            if COUNT * cost > BUDGET:
                sizes = smaller(largest, size)
                continue
            points = None
            try:
                points = laid_out(
                    self.scope, self.meanings, unlike(names, size), self.conditions,
                    COUNT, edges=True, draw=structured, most=BUDGET,
                )  # fmt: skip
                self.probe(points)
            except Problem:
                sizes = smaller(largest, size)
                continue
            if points is not None:
                costs[size] = 1 + points.evaluator.work / COUNT
                self.grown.append(points)

    def settled(self) -> bool:
        """Say whether other sizes would tell nothing more."""
        if not self.claims:
            return bool(self.passed)  # its shapes fit
        if self.extreme and len(self.worked) >= MANY_SIZES:
            return True
        return len(self.refuted) > 1

    def verdict(self) -> Verdict:
        """Return what follows from all that was tried."""
        if self.failures and not (
            self.literal and told_apart(self.passed, self.failed)
        ):
            raise self.failures[0]
        node = self.node
        steps = len(node.operators) if isinstance(node, Relation) else int(self.claims)
        if self.refuted:
            return Verdict("refuted", steps, self.count, self.refuted[-1])
        if self.only_ones():
            raise RefusedError("the condition is satisfied for sizes of 1 only")
        if not self.satisfied:
            what = "premise" if self.implied else "condition"
            raise RefusedError(f"no point that was tried satisfies the {what}")
        if not self.worked:
            raise RefusedError("it could be evaluated at no size")
        where = tried([*self.worked, *self.grown], self.count)
        return Verdict("holds", steps, self.count, where + self.no_further())

    def no_further(self) -> str:
        """Say up to which size it was tried, if cost or a limit forbade to go on."""
        sizes = [points.sizes for points in [*self.worked, *self.grown]]
        if not sizes[0] or not isinstance(self.node, Relation):
            return ""
        main = next(iter(unlike(list(sizes[0]), 2)))
        reach = max(each[main] for each in sizes)
        asked = set().union(*map(symbols, self.conditions))
        return (
            f"; tried up to {main} = {reach}"
            if reach < FAR and main not in asked
            else ""
        )

    def only_ones(self) -> bool:
        """Say whether conditions that ask for no size leave only sizes of 1."""
        asked = set().union(*map(as_numbers, self.conditions))
        return (
            bool(self.conditions and self.passed)
            and all(set(sizes.values()) == {1} for sizes in self.passed)
            and asked.isdisjoint(self.passed[0])
        )


def told_apart(passed: list[dict[str, int]], failed: list[dict[str, int]]) -> bool:
    """Say whether one size decides where shapes fit, as a written length does."""
    return any(
        {sizes[name] for sizes in passed}.isdisjoint(sizes[name] for sizes in failed)
        for name in (passed[0] if passed else ())
    )
