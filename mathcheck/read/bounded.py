r"""What is introduced by its bounds: 0 < \epsilon < 1, T > 0, A \succ 0."""

from __future__ import annotations

from mathcheck.read.claims import Statement
from mathcheck.read.cursor import ACCENTS
from mathcheck.read.italic import join_declared
from mathcheck.read.lexer import Token
from mathcheck.read.names import read_accented
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, UndefinedError
from mathcheck.read.scope import Variable
from mathcheck.read.signs import DOWN, ORDER, UP
from mathcheck.read.syntax import (
    Infinity,
    Interval,
    Negated,
    Node,
    Number,
    Power,
    Symmetric,
)

COUNTS = ("m", "n")  # letters of whole numbers
DEFINITE = {r"\succ": "++", r"\succeq": "+"}


def introduces(parser: Parser, *, partly: bool = False) -> bool:
    """Say whether bounds are given to names that are new, or of which some are."""
    with parser.lookahead():
        try:
            low, names, high = bounds(parser)
        except Problem:
            return False
        new = [not parser.scope.known(name) for name in names]
        return parser.done and bool(low or high) and (any if partly else all)(new)


Bound = tuple[Node, bool] | None  # an end, and whether it is open


def bounds(parser: Parser) -> tuple[Bound, list[str], Bound]:
    r"""Read 0 < x, y \le 1: the names, and between which numbers they are."""
    low: Bound = None
    high: Bound = None
    if not at_name(parser):
        number = parser.expression()
        operator = parser.take().text
        if operator not in ORDER or not constant(number):
            raise parser.refuse("no bound")
        open_end = operator in ("<", ">")
        low, high = ends(operator in UP, (number, open_end), low, high)
    names: list[str] = []
    while not names or parser.skip(","):
        if not (join_declared(parser) or at_name(parser)):
            raise parser.refuse("no bound")
        names.append(read_accented(parser))
    while not parser.done:
        operator = parser.take().text
        if operator not in ORDER:
            raise parser.refuse("no bound")
        number = parser.expression()
        if not constant(number):
            raise parser.refuse("no bound")
        open_end = operator in ("<", ">")
        low, high = ends(operator in DOWN, (number, open_end), low, high)
    return low, names, high


def ends(lower: bool, end: Bound, low: Bound, high: Bound) -> tuple[Bound, Bound]:
    """Return both ends with a new one."""
    return (end, high) if lower else (low, end)


def at_name(parser: Parser) -> bool:
    """Say whether a letter stands here."""
    return parser.here.kind == "letter" or parser.at(*ACCENTS)


def constant(node: Node) -> bool:
    """Say whether a bound is a number, or infinity."""
    inner = node.body if isinstance(node, Negated) else node
    return isinstance(inner, Number | Infinity)


def introduced(parser: Parser, at: int, end: int) -> Statement:
    """Read the bounds of new numbers, which are real."""
    low, names, high = bounds(parser)
    whole = any(
        isinstance(number, Number)
        and number.text not in ("0", "1")
        and (name.isupper() or name in COUNTS)
        for name in names
        for number, _ in filter(None, (low, high))
    )
    if whole:
        raise UndefinedError(  # it may be a size that the sentence goes on to name
            f"whether {names[0]} is a whole number cannot be read; "
            rf"write {names[0]} \in \mathbb{{N}} first",
            at,
        )
    first, last = low or (Negated(Infinity()), True), high or (Infinity(), True)
    space = Interval(first[0], last[0], first[1], last[1], at=at)
    new = tuple(Variable(name, space) for name in names)
    return Statement("declaration", at, end, declares=new)


def definite(parser: Parser, found: list[Token]) -> Variable | None:
    r"""Return a declared square matrix with what A \succ 0 says of it."""
    texts = [token.text for token in found]
    if texts[:5] == [*texts[:1], "=", *texts[:1], "^", r"\top"]:  # A = A^\top \succ 0
        texts = [*texts[:1], *texts[5:]]
    if len(texts) != 3 or texts[1] not in DEFINITE or texts[2] != "0":
        return None
    meaning = parser.scope.in_section(texts[0])
    space = meaning.space if isinstance(meaning, Variable) else None
    if not isinstance(space, Power) or len(set(space.sizes)) > 1:
        return None
    if len(space.sizes) != 2 or not isinstance(meaning, Variable) or meaning.family:
        return None
    square = Symmetric(space.sizes[0], DEFINITE[texts[1]], at=found[0].at)
    return Variable(meaning.name, square)
