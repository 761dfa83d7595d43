"""Inequalities that fail where they are tightest, or are strict and should not be."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from mathcheck.read.problems import Problem
from mathcheck.read.scope import Key, components
from mathcheck.read.syntax import Integral, Node, Relation, Simplex, Without
from mathcheck.read.tree import has
from mathcheck.trial.compare import Check
from mathcheck.trial.doubt import confirmed
from mathcheck.trial.equated import meet_under_equations
from mathcheck.trial.landmarks import removed
from mathcheck.trial.meet import clear_at, not_strict
from mathcheck.trial.points import has_equation
from mathcheck.trial.related import jumps
from mathcheck.trial.roots import find_root
from mathcheck.trial.round import meet_at_round_points
from mathcheck.trial.rounding import surely_failing
from mathcheck.trial.search import ABSOLUTE, OPERATORS, REACH, Search
from mathcheck.trial.show import counterexample
from mathcheck.trial.sides import Refuted, matched

ROUNDS = 40  # generations in which the points close in
SOLVING = 12  # of them, where equations have to be solved at each
EARLY = 8  # of them, before it is asked whether it is worth the rest
LOST = 0.01  # share by which the least has to fall in six generations, else it is that
DOUBTS = 5  # times that it is asked whether a failure is more than rounding
ROUNDING = 1e-10  # of a failure that may be looked into
GENERATIONS = 120  # in which the points may close in on an equality
MIDST = 3.2  # how far from the midst of a set, in logarithms, a touch is looked for
PATIENCE = 12  # generations without much progress
AROUND = 200  # generations in which the points may get around what is left out
EQUAL = 1e-11  # relative difference of two sides that are as good as equal
NEAR = 1e-2  # how far from what is left out of a set the sides have to meet
APART = 1e-4  # what there has to be around it, so that it is a touch and not a tail


def seek(check: Check, node: Relation) -> None:
    """Try each inequality of a chain at points that close in on where it is tight."""
    root = check.evaluator.root
    before, shown = dict(root.values), check.points.values
    allowed = check.points.mask
    equations = any(map(has_equation, check.points.conditions))
    if equations:
        meet_under_equations(check, node)
    for step, operator in enumerate(node.operators):
        if operator not in OPERATORS:
            continue
        check.evaluator.exacting = True
        nodes = node.sides[step], node.sides[step + 1]
        try:
            with suppress(Problem):  # points without a value are no counter-examples
                search = Search(check, operator, nodes)
                if not search.movable:
                    continue
                if equations:
                    close_in(search, SOLVING)
                    if operator in ("<", ">"):
                        meet_at_round_points(search)
                else:
                    search_all(search)
        finally:
            check.evaluator.exacting = False
            root.values = dict(before)
            check.evaluator.forget()
            check.points.values, check.points.mask = shown, allowed


def search_all(search: Search) -> None:
    """Look for where an inequality fails, and for where its sides meet if they may not.

    They may meet nearly anywhere far out: that is looked for in the midst of the sets.
    """
    drawn = search.values()
    close_in(search)
    if search.operator == r"\ne":
        meeting(search, drawn)
    strict = search.operator in ("<", ">", r"\ne")
    if strict and search.operator != r"\ne":
        meet_at_round_points(search)
    if strict and not costly(search.check, search.nodes):
        touch(search, drawn)


def costly(check: Check, nodes: tuple[Node, ...]) -> bool:
    """Say whether each point takes an integral, which a search would take too often."""
    parts = (part for node in (*nodes, *check.points.bodies) for part in node.parts)
    return any(isinstance(part, Integral) for part in parts)


def close_in(search: Search, rounds: int = ROUNDS) -> None:
    """Let the points breed; raise where the inequality fails by more than rounding."""
    if not np.isfinite(search.spare).any():
        return
    history: list[np.ndarray] = []
    doubts = 0
    for generation in range(rounds):
        older = search.values()
        made = search.children() if generation else search.starts()
        spare = search.try_out(made)
        if (spare < -ROUNDING).any() and doubts < DOUBTS:
            doubts += 1
            doubted(search)
        search.keep_better(older, spare)
        kinds = search.spare[: len(spare) // 2 * 2].reshape(-1, 2)
        history.append(kinds.min(axis=0))
        if generation >= EARLY:
            before, now = history[-6], history[-1]
            if not (before - now > LOST * np.abs(before)).any():
                return


def doubted(search: Search) -> None:
    """Raise if the inequality fails where the points are, by more than rounding."""
    check = search.check
    mask = check.points.mask
    points, operator = check.points, search.operator
    bad = surely_failing(check.evaluator, operator, search.sides, mask, 1e-12)
    if bad.any() and (bad := confirmed(points, operator, search.nodes, bad)).any():
        raise Refuted(counterexample(points, check.node, bad, search.sides.named, ""))


def meeting(search: Search, drawn: dict[Key, np.ndarray]) -> None:
    """Raise if the sides of an inequation meet, and nothing excludes the place.

    The points may have closed in on what is left out of a set; then those that were
    drawn are asked.
    """
    turn = np.arange(search.many).reshape(-1, 1, 1)
    for start in (search.values(), drawn):
        search.try_out(start)
        met = find_root(search)
        for best in sorted({int(place[-3]) for place in np.argwhere(met)}):
            points, node = search.check.points, search.check.node
            clear = clear_at(points.evaluator, points.conditions, best)
            if clear and not any(
                beside_left_out(search, values[best], search.movable[key].space)
                for key, values in search.values().items()
            ):
                here = met & (turn == best)
                text = counterexample(points, node, here, search.sides.named, "")
                raise Refuted(f"the sides meet: {text}")
        if not met.any():
            return


def touch(search: Search, drawn: dict[Key, np.ndarray]) -> None:
    """Refute a strict inequality whose sides meet in the midst of the sets."""
    search.floor[:], search.limit = ABSOLUTE, MIDST
    search.spare = search.try_out(drawn)
    if not np.isfinite(search.spare).any():
        return
    left_out = any(has(Without, v.space) for v in search.movable.values())
    for _ in range(AROUND if left_out else EARLY):
        older = search.values()
        search.keep_better(older, search.try_out(search.children()))
    history = [search.spare.min()]
    if not history[0] < 1e-2 or any(map(jumps, search.nodes)):
        return
    for generation in range(GENERATIONS):
        older = search.values()
        search.keep_better(older, search.try_out(search.crossed(), safe=False))
        history.append(search.spare.min())
        stuck = generation > PATIENCE and history[-1] > 0.5 * history[-1 - PATIENCE]
        if history[-1] <= EQUAL or stuck:
            break
    if history[-1] > EQUAL:
        return
    best = int(search.spare.argmin())
    place = {key: values[best] for key, values in search.values().items()}
    many = len(search.spare)
    around = {}
    for key, variable in search.movable.items():
        if not amidst(search, place[key], variable.space):
            return
        centre = np.repeat(place[key][None], many, axis=0)
        around[key] = search.near(centre, variable.space, 0.1)
        around[key][best] = place[key]
    spare = search.try_out(around, safe=False)
    others = np.delete(spare, best)
    others = others[np.isfinite(others)]
    if len(others) < 4 or np.median(others) < APART:
        return
    check = search.check
    if not clear_at(check.evaluator, check.points.conditions, best):
        return
    left, right = (check.evaluator(side) for side in search.nodes)
    sides = matched(left, right, search.nodes)
    here = (np.arange(many) == best).reshape(-1, 1, 1)
    bad = (sides.gap <= EQUAL * (1 + sides.size)) & check.points.mask & here
    if bad.any():
        raise not_strict(check.points, check.node, bad, sides.named)


def amidst(search: Search, values: np.ndarray, space: Node) -> bool:
    """Say whether values are well inside their set, where no limit is approached."""
    if beside_left_out(search, values, space):
        return False
    if isinstance(space, Simplex):
        return bool((values > 1e-3).all())
    low, high, width = search.range(space)
    margin = 1e-3 * (width if np.isfinite(width) else 1)
    inner = (values > low + margin) & (values < high - margin)
    return bool((inner & (np.abs(values) < 0.9 * REACH)).all())


def beside_left_out(search: Search, values: np.ndarray, space: Node) -> bool:
    """Say whether values are near what is left out of their set."""
    left_out = removed(search.check.evaluator, space).ravel()
    if any(np.abs(values - point).min() < NEAR for point in left_out):
        return True
    vectors = isinstance(space, Without) and components(space) > 0  # all but 0
    return vectors and bool(np.abs(values).max(axis=(-1, -2)).min() < NEAR)
