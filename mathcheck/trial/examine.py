"""A statement at all its points: the verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mathcheck.read.problems import Problem, RefusedError, SizeError, Status
from mathcheck.read.scope import Scope
from mathcheck.read.syntax import Both, Member, Node, Relation
from mathcheck.trial.compare import Check
from mathcheck.trial.points import (
    MANY,
    POINTS,
    Points,
    as_numbers,
    choices,
    laid_out,
    needed,
)
from mathcheck.trial.seek import seek
from mathcheck.trial.show import tried
from mathcheck.trial.sides import Refuted


@dataclass
class Verdict:
    """What became of a statement."""

    status: Status
    steps: int = 0
    points: int = 0
    detail: str = ""
    at: int = -1


def examine(scope: Scope, node: Node, conditions: list[Node]) -> Verdict:
    """Try a statement at all its points."""
    try:
        with np.errstate(all="ignore"):
            return examined(scope, node, conditions)
    except Problem as problem:
        return Verdict(problem.status, detail=str(problem), at=problem.at)


def examined(scope: Scope, node: Node, conditions: list[Node]) -> Verdict:
    """Try a statement with each choice of sizes."""
    nodes = [node, *conditions]
    meanings = needed(scope, nodes)
    inequality = isinstance(node, Relation) and any(
        op in ("<", ">", r"\le", r"\ge", r"\ne", r"\preceq", r"\succeq")
        for op in node.operators
    )
    steps = len(node.operators) if isinstance(node, Relation) else 0
    verdict = Verdict("holds", steps=max(steps, 1) if not _mention(node) else 0)
    failures: list[SizeError] = []
    failed: list[dict[str, int]] = []
    passed: list[dict[str, int]] = []
    refuted: list[str] = []
    worked: list[Points] = []
    literal = False
    satisfied = False
    for sizes in choices(scope, meanings, nodes, conditions):
        if passed and _mention(node):
            break  # its shapes fit
        points = None
        try:
            points = laid_out(
                scope, meanings, sizes, conditions, MANY if inequality else POINTS
            )
            if points is None:
                continue
            satisfied = True
            check = Check(points, node)
            verdict.points += check.run()
            worked.append(points)
            passed.append(sizes)
            if inequality and isinstance(node, Relation):
                seek(check, node)
        except SizeError as error:
            failures.append(error)
            failed.append(sizes)
            literal |= points is None or points.evaluator.literal
        except Refuted as found:
            refuted.append(str(found))
            passed.append(sizes)
            worked.append(points)  # type: ignore[arg-type]
            if len(sizes) == 0 or len(refuted) > 1:
                break
    if failures and not (literal and told_apart(passed, failed)):
        raise failures[0]
    if refuted:
        verdict.status = "refuted"
        verdict.detail = refuted[-1]
        return verdict
    asked = set().union(*map(as_numbers, conditions), set())
    only_ones = passed and all(set(sizes.values()) == {1} for sizes in passed)
    if only_ones and conditions and not asked & set(passed[0]):
        raise RefusedError("the condition is satisfied for sizes of 1 only")
    if not satisfied:
        raise RefusedError("no point that was tried satisfies the condition")
    if not worked:
        raise RefusedError("it could be evaluated at no size")
    verdict.detail = tried(worked, verdict.points)
    return verdict


def told_apart(passed: list[dict[str, int]], failed: list[dict[str, int]]) -> bool:
    """Say whether one size decides where shapes fit, as a written length does."""
    return any(
        {sizes[name] for sizes in passed}.isdisjoint(sizes[name] for sizes in failed)
        for name in (passed[0] if passed else ())
    )


def _mention(node: Node) -> bool:
    return not isinstance(node, Relation | Member | Both)
