r"""Dots: x_1 + \dots + x_N, and what stands between the ends of a row that has them.

The entries beside the dots must be equal but for one number, which counts: that is the
pattern. Where a further entry does not follow it, the dots are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from mathcheck.read.counters import Pair, counts, in_scripts, keeps_step, moved, steps
from mathcheck.read.lexer import Token
from mathcheck.read.problems import RefusedError
from mathcheck.read.syntax import (
    ONE,
    ZERO,
    Big,
    Binary,
    Bound,
    Bracket,
    Call,
    Cases,
    Dots,
    Grid,
    Indexed,
    Negated,
    Node,
    Number,
    Range,
    Relation,
    Symbol,
)

COUNTER = "number of the term"  # a name that no page can declare
COUNTERS = ("number of the row", "number of the column")


@dataclass(frozen=True)
class Pattern:
    """The entries from one number to another one; in the body the counter stands."""

    low: Node
    high: Node
    body: Node

    @property
    def counter(self) -> Symbol:
        """What stands in the body where the entries differ."""
        return Symbol(COUNTER)

    def entry(self, number: Node) -> Node:
        """Return the entry of a number."""
        return plain(exchanged(self.body, {Symbol(COUNTER): number}))


def numbered(body: Node, index: Symbol, over: Range) -> Pattern:
    """Return the pattern of an entry with its index, which runs over some numbers."""
    return Pattern(over.low, over.high, exchanged(body, {index: Symbol(COUNTER)}))


def pattern(before: Sequence[Node], last: Node, at: int) -> Pattern:
    """Return the pattern of entries before and after dots, or refuse them.

    They may count from an index: what they differ in is then a subscript, at least.
    """
    first = power_like(before[-1], last)
    pairs = differences(first, last)
    if not pairs or not all(keeps_step(pairs[0], pair) for pair in pairs):
        raise unclear(at)
    low, high = pairs[0]
    if not isinstance(low, Number) and not in_scripts(first, last):
        raise unclear(at)
    body = zipped(first, last, lambda a, b: counter_at(pairs[0], (a, b), at))
    found = Pattern(low, high, body)
    for entry in reversed(before[:-1]):
        low = moved(low, -1)
        if isinstance(low, Negated) or plain(entry) != found.entry(low):
            raise unclear(at)
    return Pattern(low, high, body)


def counter_at(first: Pair, pair: Pair, at: int) -> Node | None:
    """Return the counter, or what is some steps from it, if two entries differ here."""
    if not counts(*pair):
        return None
    return moved(Symbol(COUNTER, at=at), steps(first[0], pair[0]))


def dotted_sum(left: Node, sign: Token, last: Node) -> Node:
    r"""Return x_1 + \dots + x_N as a sum, with what stands before its first term."""
    terms: list[tuple[str, Node]] = []
    while isinstance(left, Binary) and left.operation in "+-":
        terms.insert(0, (left.operation, left.right))
        left = left.left
    terms.insert(0, ("-", left.body) if isinstance(left, Negated) else ("+", left))
    before, rest = run_of(terms, sign, last)
    total: Node = counted("sum", before, last, sign)
    if not rest:
        return Negated(total, at=sign.at) if sign.text == "-" else total
    (first_sign, node), *others = rest
    node = Negated(node, at=node.at) if first_sign == "-" else node
    for operation, term in (*others, (sign.text, total)):
        node = Binary(operation, node, term, at=term.at)
    return node


def dotted_product(left: Node, sign: Token, last: Node) -> Node:
    r"""Return x_1 \cdots x_N as a product, with what stands before its first factor."""
    factors: list[tuple[str, Node]] = []
    while isinstance(left, Binary) and left.operation in ("*", "dot", "times"):
        factors.insert(0, (left.operation, left.right))
        left = left.left
    factors.insert(0, ("*", left))
    before, rest = run_of([("*", f) for _, f in factors], replace(sign, text="*"), last)
    node: Node = counted("prod", before, last, sign)
    for operation, factor in reversed(factors[: len(rest)]):
        node = Binary(operation, factor, node, at=factor.at)
    return node


Terms = list[tuple[str, Node]]


def run_of(terms: Terms, sign: Token, last: Node) -> tuple[Terms, Terms]:
    """Split off the terms that dots go on with, up to the last of them."""
    start = len(terms)
    while start and terms[start - 1][0] == sign.text and belongs(terms, start, last):
        start -= 1
    if start == len(terms) or any(differences(t, last) for _, t in terms[:start]):
        raise unclear(sign.at)
    return terms[start:], terms[:start]


def belongs(terms: Terms, start: int, last: Node) -> bool:
    """Say whether the term before a place is one of those that dots go on with."""
    run = [term for _, term in terms[start - 1 :]]
    try:
        pattern(run, last, -1)
    except RefusedError:
        return False
    return True


def counted(kind: str, before: Terms, last: Node, sign: Token) -> Big:
    """Return the sum or the product of the terms from the first to the last."""
    found = pattern([term for _, term in before], last, sign.at)
    if found.body == Symbol(COUNTER) and len(before) == 1 and found.low != ONE:
        raise unclear(sign.at)  # 2 + \dots + 10 may go on by steps of 2
    bound = Bound(COUNTER, found.low, found.high, at=sign.at)
    return Big(kind, (bound,), found.body, at=sign.at)


def power_like(entry: Node, last: Node) -> Node:
    """Return x as x^1 where the last entry is a power of x."""
    power = isinstance(last, Binary) and last.operation == "^"
    if power and isinstance(last, Binary) and plain(entry) == plain(last.left):
        return Binary("^", last.left, ONE, at=entry.at)
    return entry


def unclear(at: int) -> RefusedError:
    """Say that dots have no clear meaning."""
    return RefusedError(
        "what the dots stand for cannot be read; write entries that differ in one "
        r"number only, as in x_1 + x_2 + \dots + x_N, or a sum with its index",
        at,
    )


def differences(first: Any, last: Any) -> list[Pair] | None:
    """Return where two entries differ, if it is in what counts them only."""
    if first == last:
        return []
    if counts(first, last):
        return [(first, last)]
    if type(first) is not type(last) or not isinstance(first, Node):
        return None
    own, others = list(first.children), list(last.children)
    if len(own) != len(others) or shell(first) != shell(last):
        return None
    found: list[Pair] = []
    for a, b in zip(own, others, strict=True):
        inner = differences(a, b)
        if inner is None:
            return None
        found += inner
    return found


def shell(node: Node) -> list[object]:
    """Return what a node is, apart from the nodes in it."""
    values = [getattr(node, f.name) for f in fields(node) if f.name != "at"]
    return [v for v in values if not isinstance(v, Node | tuple)]


def zipped(first: Any, last: Any, change: Callable[[Any, Any], Node | None]) -> Any:
    """Return an entry with changes where it stands beside another one."""
    if isinstance(first, tuple):
        pairs = zip(first, last, strict=True)
        return tuple(zipped(a, b, change) for a, b in pairs)
    if not isinstance(first, Node):
        return first
    new = change(first, last)
    if new is not None:
        return new
    changed = {
        f.name: zipped(getattr(first, f.name), getattr(last, f.name), change)
        for f in fields(first)
        if f.name != "at"
    }
    return replace(first, **changed)


def exchanged(node: Any, new: dict[Node, Node]) -> Any:
    """Return a node with others in the place of some."""
    return zipped(node, node, lambda a, _: new.get(a))


def plain(node: Any) -> Any:
    """Return an entry in its plainest form: x^1 and x/1 are x, x^0 and 0! are 1."""
    if isinstance(node, tuple):
        return tuple(map(plain, node))
    if not isinstance(node, Node):
        return node
    changed = {
        f.name: plain(getattr(node, f.name)) for f in fields(node) if f.name != "at"
    }
    found: Node = replace(node, **changed)
    if isinstance(found, Bracket) and isinstance(found.body, Number | Symbol | Indexed):
        return found.body
    if isinstance(found, Binary) and found.operation == "^":
        if found.right == ONE:
            return found.left
        if found.right == ZERO:
            return Number("1", at=found.at)
    if isinstance(found, Binary) and found.operation in ("/", "frac"):
        if found.right == ONE:
            return found.left
    if isinstance(found, Call) and found.function == "factorial":
        if found.arguments[0] in (ONE, ZERO):
            return Number("1", at=found.at)
    squares = isinstance(found, Binary) and found.operation == "*"
    if squares and isinstance(found, Binary) and found.left == found.right:
        return Binary("^", found.left, Number("2"), at=found.at)
    return found


def grid(cells: list[list[Node]], at: int) -> Grid:
    r"""Return a matrix with \ddots, as its corners and what is beside them tell."""
    places = [j for j, entry in enumerate(cells[0]) if not isinstance(entry, Dots)]
    rows = [row for row in cells if not isinstance(row[0], Dots)]
    table = [[row[j] for j in places] for row in rows]
    if (
        len(rows) < 2
        or len(places) < 2
        or any(isinstance(entry, Dots) for row in table for entry in row)
    ):
        raise unclear_matrix(at)
    row, column = (Symbol(name, at=at) for name in COUNTERS)
    sizes: dict[Node, Node] = {}

    def place(across: Any, down: Any) -> Node | None:
        """Return which counter stands here, if it is one that counts."""
        if not isinstance(across, Node) or across == down:
            return None
        if across == ONE and sizes.setdefault(row, down) == down:
            return row
        if down == ONE and sizes.setdefault(column, across) == across:
            return column
        return None

    off = zipped(table[0][-1], table[-1][0], place)
    on = off
    ends = differences(table[0][0], table[-1][-1])
    if ends is not None and all(pair == ends[0] for pair in ends):
        change = dict.fromkeys(ends, row)
        on = zipped(table[0][0], table[-1][-1], lambda a, b: change.get((a, b)))
        for low, high in ends:
            if low != ONE or sizes.setdefault(row, high) != high:
                raise unclear_matrix(at)
        sizes.setdefault(column, sizes.get(row, ONE))
    if len(sizes) < 2:
        raise unclear_matrix(at)
    for i, entries in enumerate(table):
        for j, entry in enumerate(entries):
            last = i == len(table) - 1, j == len(entries) - 1
            here: dict[Node, Node] = {
                row: sizes[row] if last[0] else Number(str(i + 1)),
                column: sizes[column] if last[1] else Number(str(j + 1)),
            }
            diagonal = i == j if not any(last) else all(last)
            if plain(exchanged(on if diagonal else off, here)) != plain(entry):
                raise unclear_matrix(at)
    if on == off:
        return Grid(sizes[row], sizes[column], off, *COUNTERS, at=at)
    if sizes[row] != sizes[column]:
        raise unclear_matrix(at)
    same = Relation(("=",), (row, column), at=at)
    entry = Cases(((on, same), (off, None)), at=at)
    return Grid(sizes[row], sizes[column], entry, *COUNTERS, at=at)


def unclear_matrix(at: int) -> RefusedError:
    """Say that a matrix with dots has no clear meaning."""
    return RefusedError(
        r"what \ddots stands for cannot be read: the corners, and what is beside them, "
        "must be equal but for the numbers of their rows and columns; or write the "
        "entries by index",
        at,
    )
