"""Claims: chains of relations; and mentions, which only name something."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from mathcheck.read.braces import named_set
from mathcheck.read.chains import has_dots, spread_out
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import levels, text_of, top_level
from mathcheck.read.dots import zipped
from mathcheck.read.letters import refuse_bound_letter
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.scope import Definition, Meaning, Scope
from mathcheck.read.sets import space
from mathcheck.read.signs import NOT_FACTORS
from mathcheck.read.syntax import (
    ONE,
    Big,
    Both,
    Derivative,
    Every,
    Finite,
    Indicator,
    Limit,
    Naturals,
    Node,
    Number,
    Range,
    Relation,
    Substituted,
    Symbol,
)
from mathcheck.read.tree import all_bound, symbols, together
from mathcheck.read.twofold import RUNNING, TWO_POWERS, powers_within
from mathcheck.read.units import in_one_unit, unit_after

Claim = Literal["claim", "approximation", "inequality"]
Kind = Literal[Claim, "declaration", "definition", "mention", "zero", "pending"]

BARS = ("|", r"\mid", ";")
INEQUALITIES = {
    "<", ">", r"\le", r"\ge", r"\ne", r"\preceq", r"\succeq", r"\prec", r"\succ",
    r"\propto",
}  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """One statement: what kind it is, what it is made of, or why it cannot be read."""

    kind: Kind  # as in the report, `zero` for 0 log 0 := 0, `pending` for L := \dots
    at: int
    end: int
    node: Node | None = None  # a Relation, a Member or an expression
    declares: tuple[Meaning, ...] = ()  # sizes and indices that it only names, first
    conditions: tuple[Node, ...] = ()
    otherwise: Node | None = None  # what it says in another reading
    twofold: str = ""  # and what can be read in two ways
    problem: Problem | None = None
    said: str | None = None  # the words before it, if it stands in words
    leaves: str = ""  # the name that it leaves to the page


def claim(parser: Parser, at: int, end: int, first: Node | None = None) -> Statement:
    """Read a chain of relations, whose first side may be read, or an expression."""
    if first is None:
        if named_only(parser) or operator_only(parser):
            return Statement("mention", at, end, Number("0", at=at))
        operators, sides, given_one = with_running(parser)
        first = sides[0]
    else:
        operators, sides = chain(parser, first)
        given_one = []
    if not operators and (rest_of_list(parser) or tends(parser, first)):
        return Statement("mention", at, end, Both(()))
    check_end(parser)
    if not operators:
        refuse_bare_bracket(parser, first)
        return Statement("mention", at, end, first)
    check_capture(sides, set(), at)
    refuse_bound_letter(parser.scope, sides, at)
    given = behind_bars(parser) if r"\propto" in operators else frozenset[str]()
    node = Relation(tuple(operators), tuple(sides), given, at=at)
    if has_dots(node):
        row, counter = spread_out(node)
        each = [part.condition if isinstance(part, Every) else part for part in row]
        whole = together(each, at=at)
        return Statement(kind_of(operators), at, end, whole, declares=(counter,))
    other: Node | None = powers_within(node)
    twofold = TWO_POWERS if other else RUNNING
    if given_one and not other:
        other = Relation(tuple(operators), tuple(given_one), given, at=at)
    return Statement(kind_of(operators), at, end, node, (), (), other, twofold)


def behind_bars(parser: Parser) -> frozenset[str]:
    r"""Return the names that are given on the first side: x, v in p(y \mid x; v)."""
    pieces: list[list[Token]] = []
    within = 0
    for depth, token in levels(parser.tokens):
        if not depth and token.text in RELATIONS:
            break
        within = within if depth >= within else 0
        if depth and token.is_sign and token.text in (*BARS, ","):
            within = within or depth * (token.text != ",")
            pieces += [[]] if depth == within else []
        elif within:
            pieces[-1].append(token)
    found: set[str] = set()
    for piece in pieces:
        with suppress(Problem):
            found |= symbols(parser.whole(piece))
    return frozenset(found)


def chain(parser: Parser, first: Node) -> tuple[list[str], list[Node]]:
    """Read the operators and sides that follow a first side."""
    operators, sides, units = [], [first], [unit_after(parser)]
    while parser.at(*RELATIONS):
        operator = parser.take()
        if operator.text == ":=":
            raise parser.refuse("a definition stands first in its chain", operator.at)
        operators.append(operator.text)
        sides.append(parser.item())
        units.append(unit_after(parser))
    return operators, in_one_unit(parser.scope, sides, units)


def with_running(parser: Parser) -> tuple[list[str], list[Node], list[Node]]:
    r"""Read a chain; a second index, as k in \sum_{j < k}, runs if it is nowhere else.

    So it does in \sum_{j \ne k} p_j p_k, of which k stands on no other side. The last
    are the sides with the other reading, if there is one.
    """
    start = parser.position
    parser.shared.clear()
    sides: list[Node] | None = None
    try:
        operators, sides = chain(parser, parser.expression())
    except RefusedError:  # the index is used after its sum, perhaps
        if not parser.shared:
            raise
    shared = dict(parser.shared)
    if not shared and sides:
        return operators, sides, []
    parser.position = start
    try:
        with parser.having(running=frozenset(shared)):
            operators, again = chain(parser, parser.expression())
    except RefusedError:
        if sides is None:
            raise
        with parser.having(running=frozenset()):  # it stands beside the sum too
            parser.position = start
            return *chain(parser, parser.expression()), []
    names = set().union(*map(symbols, again))
    given = not reached(parser.scope, names).isdisjoint(shared)
    if given and sides is not None:
        return operators, sides, []
    return operators, again, sides or []


def reached(scope: Scope, names: set[str]) -> set[str]:
    """Return names with all that the definitions behind them speak of."""
    found, waiting = set(names), list(names)
    while waiting:
        for meaning in scope.meanings(waiting.pop()):
            if isinstance(meaning, Definition):
                own = {
                    *(meaning.parameters or ()),
                    *(name for name, _ in meaning.indices),
                }
                new = symbols(meaning.body) - own - found
                found |= new
                waiting += new
    return found


def refuse_bare_bracket(parser: Parser, first: Node) -> None:
    """Refuse a relation in square brackets that is no indicator of an index."""
    if not isinstance(first, Indicator) or parser.tokens[0].text != "[":
        return
    spaces = [parser.scope.space(name) for name in symbols(first)]
    if not spaces or not all(isinstance(s, Range | Naturals | Finite) for s in spaces):
        raise RefusedError(
            "a relation in square brackets claims nothing; leave the brackets out, or "
            r"write \mathbf{1}[x > 0] for the indicator",
            first.at,
        )


def rest_of_list(parser: Parser) -> bool:
    """Read the rest of a list, such as 5, 2, -1, if this is one."""
    if not parser.skip(","):
        return False
    parser.sequence()
    return parser.done


def tends(parser: Parser, first: Node) -> bool:
    r"""Read where a symbol tends, as in T \to 0^+, which is no claim."""
    if not isinstance(first, Symbol) or not parser.skip(r"\to"):
        return False
    parser.skip("-", "+")
    parser.expression()
    parser.skip("^")
    parser.skip("+", "-")
    return parser.done


def named_only(parser: Parser) -> bool:
    r"""Say whether a sign or a set is only named: \top, \mathbb{R}, \Delta^{K-1}."""
    token = parser.here
    if len(parser.tokens) == 2 and token.kind in ("command", "mark"):
        return token.text in NOT_FACTORS or token.text in RELATIONS
    with parser.lookahead():
        if named_set(parser) is not None and parser.done:
            return True
    sets = parser.at(r"\{", r"\Delta") and not parser.scope.known(token.text)
    if not sets and not numbers_like(parser) and not interval_like(parser):
        return False
    try:
        with parser.lookahead():
            found = space(parser)
            if not parser.done:
                return False
    except Problem:
        if sets:
            raise
        return False
    for name in sorted(symbols(found)):
        parser.require(name, found.at)
    return True


def operator_only(parser: Parser) -> bool:
    r"""Say whether an operator is named without what it applies to: \sum_{k=1}^K."""
    operators = (r"\sum", r"\prod", r"\nabla", r"\partial", r"\frac", r"\int", r"\arg")
    if not parser.at(*operators):
        return False
    end = parser.tokens[-1]
    trial = parser.other(
        [*parser.tokens[:-1], Token("number", "1", end.at, end.at), end]
    )
    try:
        found = trial.factor()
    except Problem:
        return False
    return trial.done and isinstance(found, Big | Derivative) and found.body == ONE


def numbers_like(parser: Parser) -> bool:
    r"""Say whether a set of numbers begins here, such as \mathbb{R}."""
    if not parser.at(r"\mathbb"):
        return False
    with parser.lookahead():
        parser.take()
        return text_of(parser.argument()) in ("R", "N", "Z")


def interval_like(parser: Parser) -> bool:
    """Say whether brackets hold an interval and no vector: [0, 1] or (0, 1]."""
    ends = parser.here.text, parser.tokens[-2].text
    shaped = ends in (("[", "]"), ("[", ")"), ("(", "]"))
    return shaped and top_level(parser.tokens[1:-2], (",",))


def check_end(parser: Parser) -> None:
    """Refuse what stands where a statement should end."""
    if not parser.done:
        raise unread(parser)


def unread(parser: Parser) -> RefusedError:
    """Say what cannot be read where a statement should end."""
    text = parser.here.text
    hints = {
        ":": r"write f(x) := ... for a function",
        r"\mapsto": r"write f(x) := ... for a function",
        r"\sim": "say from which set it is drawn, and write the law as a definition",
        r"\notin": r"\notin is read in conditions only",
        r"\to": "write a limit as \\lim",
        **dict.fromkeys(
            (r"\simeq", r"\doteq", r"\cong", r"\asymp"),
            r"write = for what is equal, \approx for a rounded number, and a limit "
            r"as \lim",
        ),
        **dict.fromkeys(
            (r"\lesssim", r"\gtrsim", r"\lessapprox", r"\gtrapprox", r"\ll", r"\gg"),
            r"write \le or \ge with the factor that is meant",
        ),
        **dict.fromkeys((r"\pmod", r"\mod"), r"write a \bmod n = b \bmod n"),
    }
    hint = f"; {hints[text]}" if text in hints else ""
    return parser.refuse(f"cannot read {parser.shown} here{hint}")


def kind_of(operators: Sequence[str]) -> Claim:
    """Return the kind of a claim."""
    if any(operator in INEQUALITIES for operator in operators):
        return "inequality"
    return "approximation" if r"\approx" in operators else "claim"


def check_capture(sides: list[Node], more: set[str], at: int) -> None:
    """Refuse a letter that is bound by a sum and free beside it."""
    free = more.union(*(symbols(set_apart(side)) for side in sides))
    bound = set().union(*map(all_bound, sides))
    captured = sorted(free & bound)
    if captured:
        raise RefusedError(
            f"{captured[0]} is bound by a sum and also free in the same statement; "
            "rename one of the two",
            at,
        )


def set_apart(node: Node) -> Node:
    """Return a tree in which the names that a bar sets are bound there."""

    def change(part: Node, _: Node) -> Node | None:
        if not isinstance(part, Substituted):
            return None
        body = set_apart(part.body)
        for name, value in zip(part.names, part.values, strict=True):
            body = Limit(name, set_apart(value), 0, body, at=part.at)
        return body

    found: Node = zipped(node, node, change)
    return found
