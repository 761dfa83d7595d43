r"""What a declaring sentence leaves of a declared set: "let $K \ge 2$".

"Let $x \in \mathbb{R}$ with $x > 0$" declares a positive number, for all its section. A
sentence that declares nothing supposes: see `suppose.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from mathcheck.page.words import ENDS, ending
from mathcheck.read.conditions import contrary
from mathcheck.read.narrowing import counting
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.signs import MIRRORED
from mathcheck.read.syntax import (
    ONE,
    ZERO,
    Both,
    Call,
    Constant,
    Every,
    Finite,
    Indexed,
    Interval,
    Maps,
    Naturals,
    Node,
    Power,
    Range,
    Relation,
    Simplex,
    Symbol,
    Without,
)
from mathcheck.read.tree import base_of, symbols, unbracketed
from mathcheck.trial.exact import constant
from mathcheck.trial.quantified import between

FORMULA = re.compile(r"\$[^$]*\$")
DECLARING = re.compile(r"\b(?:let|fix|consider)\b", re.IGNORECASE)
AT_ONCE = ending("let", "fix", "consider")
LISTING = re.compile(r"\A\$?\s*(?:,|,?\s*and)\s*\$?\Z", re.IGNORECASE)
LASTING = re.compile(
    r"\b(?:throughout|from (?:now|here) on|henceforth|in (?:all )?(?:that|what) "
    r"follows|in (?:all of )?this (?:section|chapter))\b",
    re.IGNORECASE,
)
WITH = re.compile(r"\b(?:with|such that|satisfying|subject to)\b", re.IGNORECASE)
STIPULATING = re.compile(r"\b(?:suppos|assum|requir)\w+\b|\A\W*throughout\b", re.I)
SIZING = ending("for(?: all| every| each| any)?", "with", "where", "and", "some")


@dataclass(frozen=True)
class Reach:
    """Of which symbols the words before a relation say what they are declared to be."""

    all: bool = False
    sizes: bool = False
    names: frozenset[str] = frozenset()
    equal: bool = False  # so that an equation restricts as well

    def covers(self, variable: Variable) -> bool:
        """Say whether a relation narrows the set of a variable."""
        whole = isinstance(variable.space, Naturals) and not variable.family
        return self.all or (self.sizes and whole) or variable.name in self.names


def reach(
    text: str, last: int, start: int, end: int, born: Mapping[str, int], restricts: bool
) -> Reach:
    """Return the reach of a formula that stands from start to end.

    The formula before it ended at last; born says where symbols were declared last.
    """
    opening = text.rfind("\n\n", 0, start) + 1
    earlier = FORMULA.sub(blank, text[opening:start].rstrip("$"))
    before = ENDS.split(earlier)[-1]
    rest = text[end : text.find("\n\n", end)].lstrip("$")
    later = ENDS.split(FORMULA.sub(blank, rest))[0]
    lasting = LASTING.search(before) or LASTING.search(later)
    if AT_ONCE.search(before) or (lasting and STIPULATING.search(before)):
        return Reach(all=True)
    first = opening + len(earlier) - len(before)
    listed = bool(DECLARING.search(before) and LISTING.match(text[last:start]))
    names = frozenset(name for name, at in born.items() if at >= first)
    declares = DECLARING.search(before) or DECLARING.search(later)
    sizes = bool(declares and (listed or SIZING.search(before)))
    equal = restricts or (listed and bool(WITH.search(before)))
    return Reach(False, sizes, names if restricts or listed else frozenset(), equal)


def blank(found: re.Match[str]) -> str:
    """Return as many blanks as a formula has characters."""
    return "$" + " " * (len(found[0]) - 2) + "$"


def smaller(scope: Scope, node: Node) -> Variable | None:
    """Return a variable with the set that a relation to constants leaves of its own."""
    for position, side in enumerate(getattr(node, "sides", ())):
        assert isinstance(node, Relation)
        target, name = component(side)
        variable = scope.plain(name)
        others = [other for other in node.sides if other is not side]
        if not isinstance(variable, Variable) or not others:
            continue
        zero = node.operators == (r"\ne",) and is_zero(others[0])
        if zero and isinstance(variable.space, Power):
            if everywhere(scope, variable, target, 0):  # \mathbf{u}_k \ne 0
                return replace(variable, space=Without(variable.space, Finite((ZERO,))))
        if any(constant(scope, other) is None for other in others):
            continue
        if not everywhere(scope, variable, target, variable.components):
            continue
        left = left_over(scope, variable, node, position)
        if left is not None:
            return replace(variable, space=left)
    return None


def between_symbols(scope: Scope, node: Node) -> list[Variable]:
    r"""Return the variables that a relation is about, if it is about nothing else.

    They may be vectors, as in \lVert u \rVert = 1, or members, as in a_i > b_i.
    """
    if not isinstance(node, Relation) or r"\approx" in node.operators:
        return []
    found = [scope.plain(name) for name in sorted(symbols(node))]
    variables = [
        v for v in found if isinstance(v, Variable) and not isinstance(v.space, Maps)
    ]
    return variables if len(variables) == len(found) else []


def of_all(
    scope: Scope, node: Relation, given: Node | None, chosen: Collection[str]
) -> list[Node]:
    r"""Return what is said of a member or a component as said of each of them.

    Or of those for which something is given, as in x_i \ne x_j for i \ne j. And a chain
    of equations is one after the other: \lVert u \rVert = 1 and so on.
    """
    each = [node]
    if set(node.operators) == {"="}:
        last = node.sides[-1]
        each = [replace(node, operators=("=",), sides=(side, last))
                for side in node.sides[:-1]]  # fmt: skip
    found: list[Node] = []
    for part in each:
        names = tuple(sorted(counting(scope, part, chosen)))
        limited = isinstance(given, Relation) and symbols(given) <= {*names}
        said = Both((contrary(given), part), any=True) if given and limited else part
        found.append(Every(names, said, at=part.at) if names else part)
    return found


def is_zero(node: Node) -> bool:
    r"""Say whether 0 or \mathbf{0} is written."""
    return node == ZERO or (isinstance(node, Constant) and node.name == "zeros")


def component(side: Node) -> tuple[Node, str]:
    r"""Return a side, and of what it is a component: p_k, or \pi(a) for outcomes."""
    target = unbracketed(side)
    if isinstance(target, Call):
        target = Indexed(Symbol(target.function), target.arguments, at=target.at)
    base = target.base if isinstance(target, Indexed) else target
    return target, base.name if isinstance(base, Symbol) else ""


def everywhere(scope: Scope, variable: Variable, target: Node, deep: int) -> bool:
    """Say whether a side may be any member, or any component so deep in one."""
    if not isinstance(target, Indexed):
        return not variable.family and not deep
    space = variable.space
    sizes = getattr(space, "sizes", None) or (getattr(space, "size", None),)
    ends = [getattr(member, "high", None) for member in variable.family]
    ends += sizes[:deep]
    found = [scope.space(getattr(index, "name", "")) for index in target.indices]
    return len(found) == len(ends) and all(
        isinstance(domain, Range) and domain.low == ONE and domain.high == end
        for domain, end in zip(found, ends, strict=True)
    )


def left_over(
    scope: Scope, variable: Variable, node: Relation, position: int
) -> Node | None:
    """Return what a relation leaves of the set of a variable, or of its entries."""
    space = variable.space
    if isinstance(space, Simplex):
        return replace(space, open=True) if positive(node, position) else None
    entries = base_of(space)
    if not isinstance(entries, Interval | Naturals):
        return None
    if node.operators == (r"\ne",):
        left: Node | None = Without(entries, Finite((node.sides[1 - position],)))
    else:
        inner = scope.nested()
        inner.add(Variable(variable.name, entries))
        sides = list(node.sides)
        sides[position] = Symbol(variable.name)
        if not MIRRORED.keys() >= set(node.operators):
            return None
        left = between(inner, replace(node, sides=tuple(sides)), position)
    if isinstance(space, Power) and left is not None:
        return replace(space, base=left)
    return left


def positive(node: Relation, position: int) -> bool:
    """Say whether a relation is that one side is positive."""
    sign = ">" if position == 0 else "<"
    zero = node.sides[1 - position] == ZERO
    return zero and node.operators == (sign,)
