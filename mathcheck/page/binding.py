"""The dictionary of a page: a table `Math | Code`, each row of it evaluated twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.quantity import Quantity, known
from mathcheck.read.formula import Formula
from mathcheck.read.grammar import parser_of
from mathcheck.read.problems import Problem, RefusedError, SizeError
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.syntax import Finite, Naturals, Node, Range
from mathcheck.read.tree import symbols
from mathcheck.source.code import Code
from mathcheck.source.expressions import NAMES, Expression, ForbiddenError, read
from mathcheck.trial.examine import Verdict, told_apart
from mathcheck.trial.points import POINTS, Points, laid_out, needed
from mathcheck.trial.show import digits, where
from mathcheck.trial.sizes import choices

HEADER = re.compile(
    r"^[ \t>]*\|?[ \t]*[*_]*Math[*_]*[ \t]*\|[ \t]*[*_]*Code[*_]*\s*(?:\|.*)?$",
    re.MULTILINE | re.IGNORECASE,
)


RULE = re.compile(r"^[ \t>]*\|?\s*:?-+:?\s*\|[\s|:-]*$")


CALLS = 80  # points at which the code is called, for each choice of sizes


@dataclass(frozen=True)
class Row:
    """One row: the offset of its formula, and its code."""

    offset: int
    source: str
    source_offset: int


@dataclass
class Dictionary:
    """What the names of the code stand for on this page."""

    code: Code
    bound: dict[str, Node] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)

    def binds(self, source: str) -> bool:
        """Say whether a code cell is a new name, for the formula beside it."""
        known = {*self.bound, *self.code.functions, *NAMES}
        name = source.isidentifier() and not iskeyword(source) and source[0] != "_"
        return name and source not in known


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of all dictionaries of a page."""
    for header in HEADER.finditer(text):
        position = header.end() + 1
        end = text.find("\n", position)
        if end < 0 or not RULE.match(text[position:end]):
            continue
        position = end + 1
        while position < len(text):
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
            line = text[position:end]
            if "|" not in line or not line.strip():
                break
            yield row(line, position)
            position = end + 1


def row(line: str, offset: int) -> Row:
    """Return the formula and the code of a line."""
    formula = re.search(r"(?<!\\)\$(.+?)(?<!\\)\$", line)
    start = formula.start(1) if formula else len(line)
    after = formula.end() if formula else 0
    source = re.compile(r"(`+)(.+?)\1").search(line, after)
    text = source[2].strip() if source else ""
    if source and re.match(r"[^|]*`", line[source.end() :]):
        text = ""  # two pieces of code in one cell
    return Row(offset + start, text, offset + (source.start(2) if source else after))


def bind(row: Row, formula: Formula, scope: Scope, names: Dictionary) -> Verdict:
    """Check one row, or bind its name."""
    try:
        with np.errstate(all="ignore"):
            return bound(row, formula, scope, names)
    except Problem as problem:
        return Verdict(problem.status, detail=str(problem), at=problem.at)
    except ForbiddenError as error:
        at = row.source_offset + error.at - row.offset
        return Verdict("refused", detail=str(error), at=at)


def bound(row: Row, formula: Formula, scope: Scope, names: Dictionary) -> Verdict:
    """Evaluate both cells of a row at the same points."""
    parser = parser_of(formula.tokens, scope)
    node = parser.expression()
    if not parser.done or parser.aside:
        raise parser.refuse(
            "a dictionary's formula is an expression, without a relation"
        )
    if not row.source:
        raise RefusedError("the row needs one `code` in its second cell")
    if names.binds(row.source):
        names.bound[row.source] = node
        return tried(row, node, None, scope, names)
    unknown = "is not bound; a row above it must say which formula it is"
    unknown += names.code.hint
    cell = read(row.source, names.code.functions, names.bound, unknown)
    names.called |= cell.names & set(names.code.functions)
    return tried(row, node, cell, scope, names)


def tried(
    row: Row, node: Node, cell: Expression | None, scope: Scope, names: Dictionary
) -> Verdict:
    """Compare a formula with code at points of all sizes."""
    used = {n: names.bound[n] for n in names.bound if cell and n in cell.names}
    nodes = [node, *used.values()]
    meanings = needed(scope, nodes)
    count, worked = 0, False
    failure: SizeError | None = None
    passed: list[dict[str, int]] = []
    failed: list[dict[str, int]] = []
    for sizes in choices(meanings, nodes, []):
        try:
            points = laid_out(scope, meanings, sizes, [], POINTS)
            if points is None:
                continue
            found = compared(points, row, node, cell, used)
        except SizeError as error:
            failure = error
            failed.append(sizes)
            continue
        passed.append(sizes)
        worked = True
        if isinstance(found, str):
            return Verdict("refuted", 1, count, found)
        count += found
    if cell is not None and worked and not count:
        raise RefusedError("the formula has a value at no point that was tried")
    if failure and worked and not told_apart(passed, failed):
        raise failure
    if not worked:
        raise failure or RefusedError("the row could be evaluated at no size")
    return Verdict(
        "holds", 1, count, f"{count} points" if cell else f"binds {row.source}"
    )


def compared(
    points: Points,
    row: Row,
    node: Node,
    cell: Expression | None,
    used: dict[str, Node],
) -> int | str:
    """Return at how many points the code agrees, or where it does not."""
    value = known(points.evaluator(node), "a dictionary")
    if cell is None:
        return 0
    values = {name: known(points.evaluator(n), name) for name, n in used.items()}
    whole = {name: is_whole(points.evaluator.scope, n) for name, n in used.items()}
    arrays = [
        dual.primal(value.array),
        *(dual.primal(v.array) for v in values.values()),
    ]
    shape = np.broadcast_shapes(points.mask.shape[:-2], *(a.shape[:-2] for a in arrays))
    count = 0
    places = list(np.ndindex(*shape))
    places = [p for p in places if mask_at(points.mask, p)]
    for place in places[:: max(1, len(places) // CALLS)]:
        wanted = plain(value, place)
        given: dict[str, Any] = {}
        for name, quantity in values.items():
            entry = plain(quantity, place)
            given[name] = int(entry) if whole[name] and entry.ndim == 0 else entry
            if entry.ndim == 0 and not whole[name]:
                given[name] = float(entry)
        if not np.isfinite(wanted).all():
            continue
        count += 1
        try:
            result = cell.value(given)
        except ForbiddenError:
            raise
        except Exception as error:
            raised = f"{row.source} raises {type(error).__name__}: {error}"
            return raised + where(points, place)
        if result.shape != wanted.shape:
            return f"the code has shape {result.shape}, the formula {wanted.shape}"
        scale = np.maximum(np.abs(result), np.abs(wanted))
        inputs = [np.abs(plain(v, place)).max(initial=0) for v in values.values()]
        rounding = 2e-15 * max(inputs, default=0.0)
        if not (np.abs(result - wanted) <= 1e-9 * scale + rounding).all():
            return (
                f"formula {listed(wanted)}, code {listed(result)}{where(points, place)}"
            )
    return count


def mask_at(mask: np.ndarray, place: tuple[int, ...]) -> bool:
    """Return whether a point is one to try."""
    full = np.broadcast_to(
        mask, np.broadcast_shapes(mask.shape, (*[1] * len(place), 1, 1))
    )
    index = tuple(
        0 if n == 1 else i for i, n in zip(place, full.shape[:-2], strict=True)
    )
    return bool(full[index][0, 0])


def plain(quantity: Quantity, place: tuple[int, ...]) -> np.ndarray:
    """Return a value at one point in the shape that the code uses."""
    array = dual.primal(quantity.array)
    own = array.shape[:-2]
    used = place[len(place) - len(own) :]
    index = tuple(0 if n == 1 else i for i, n in zip(used, own, strict=True))
    entry = array[index]
    if quantity.rank == "number":
        return np.array(entry[0, 0])
    return entry.copy() if quantity.rank == "matrix" else entry.reshape(-1).copy()


def is_whole(scope: Scope, node: Node) -> bool:
    """Say whether an expression is about whole numbers only."""
    names = symbols(node)
    return all(
        isinstance(m := scope.plain(name), Variable)
        and isinstance(m.space, Range | Naturals | Finite)
        for name in names
    )


def listed(x: np.ndarray) -> str:
    """Write an array, short."""
    if x.ndim == 0:
        return digits(float(x))
    return "(" + ", ".join(digits(float(v)) for v in x.reshape(-1)[:9]) + ")"
