"""Claims: chains of relations; and mentions, which only name something."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mathcheck.read.conditions import RELATIONS, top_level
from mathcheck.read.lexer import Token
from mathcheck.read.lists import sequence
from mathcheck.read.parser import NOT_FACTORS, Parser
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.sets import space
from mathcheck.read.syntax import Big, Both, Derivative, Node, Number, Relation, Symbol
from mathcheck.read.tree import all_bound, symbols

Claim = Literal["claim", "approximation", "inequality"]
Kind = Literal[Claim, "declaration", "definition", "mention", "zero"]

INEQUALITIES = {"<", ">", r"\le", r"\ge", r"\ne", r"\preceq", r"\succeq", r"\propto"}


@dataclass
class Statement:
    """One statement: what kind it is, what it is made of, or why it cannot be read."""

    kind: Kind  # as in the report, and `zero` for 0 log 0 := 0
    at: int
    end: int
    meanings: list[Variable | Definition] = field(default_factory=list)
    node: Node | None = None  # a Relation, a Member or an expression
    conditions: list[Node] = field(default_factory=list)
    problem: Problem | None = None


def claim(
    parser: Parser, sides: list[Node], operators: list[str], at: int, end: int
) -> Statement:
    """Read a chain of relations, or an expression alone."""
    if not sides:
        if named_only(parser):
            return Statement("mention", at, end, node=Number("0", at=at))
        if operator_only(parser):
            return Statement("mention", at, end, node=Number("0", at=at))
        sides = [parser.expression()]
    while parser.at(*RELATIONS):
        operator = parser.take()
        if operator.text == ":=":
            raise parser.refuse("a definition stands first in its chain", operator.at)
        operators.append(operator.text)
        sides.append(parser.expression())
    if not operators and parser.at(",") and len(sides) == 1:  # 5, 2, -1
        sides += sequence(parser, after_first=True)
        if parser.done:
            return Statement("mention", at, end, node=Both(()))
    if not operators and parser.at(r"\to") and isinstance(sides[0], Symbol):
        parser.take()  # T \to 0, which is no claim
        parser.skip("-", "+")
        parser.expression()
        parser.skip("^")
        if parser.at("+", "-") or parser.done:
            parser.skip("+", "-")
            return Statement("mention", at, end, node=Both(()))
    if not parser.done:
        raise unread(parser)
    if not operators:
        return Statement("mention", at, end, node=sides[0])
    check_capture(sides, set(), at)
    node = Relation(tuple(operators), tuple(sides), at=at)
    return Statement(kind_of(operators), at, end, node=node)


def named_only(parser: Parser) -> bool:
    r"""Say whether a sign or a set is only named: \top, \mathbb{R}, \Delta^{K-1}."""
    token = parser.here
    if len(parser.tokens) == 2 and token.kind in ("command", "mark"):
        return token.text in NOT_FACTORS or token.text in RELATIONS
    sets = parser.at(r"\{", r"\Delta") and not parser.scope.known(token.text)
    if (
        not sets
        and not (parser.at(r"\mathbb") and parser.group_texts() in ("R", "N", "Z"))
        and (not parser.at("(", "[") or not interval_like(parser))
    ):
        return False
    start = parser.position
    try:
        found = space(parser)
    except Problem:
        parser.position = start
        if sets:
            raise
        return False
    if not parser.done:
        parser.position = start
        return False
    for name in sorted(symbols(found)):
        parser.require(name, found.at)
    return True


def operator_only(parser: Parser) -> bool:
    r"""Say whether an operator is named without what it applies to: \sum_{k=1}^K."""
    operators = (r"\sum", r"\prod", r"\nabla", r"\partial", r"\frac", r"\int", r"\arg")
    if not parser.at(*operators):
        return False
    one = Token("number", "1", parser.tokens[-1].at)
    trial = Parser([*parser.tokens[:-1], one, parser.tokens[-1]], parser.scope)
    try:
        found = trial.factor()
    except Problem:
        return False
    return (
        trial.done and isinstance(found, Big | Derivative) and found.body == Number("1")
    )


def interval_like(parser: Parser) -> bool:
    """Say whether brackets hold an interval and no vector: [0, 1] or (0, 1]."""
    last = parser.tokens[-2].text
    return (parser.here.text, last) in (
        ("[", "]"),
        ("[", ")"),
        ("(", "]"),
    ) and top_level(parser.tokens[1:-2], (",",))


def unread(parser: Parser) -> RefusedError:
    """Say what cannot be read where a statement should end."""
    text = parser.here.text
    hints = {
        r"\mapsto": r"write f(x) := ... for a function",
        r"\sim": "say from which set it is drawn, and write the law as a definition",
        r"\notin": r"\notin is read in conditions only",
        r"\to": "write a limit as \\lim",
    }
    hint = f"; {hints[text]}" if text in hints else ""
    return parser.refuse(f"cannot read {parser.shown} here{hint}")


def kind_of(operators: list[str]) -> Claim:
    """Return the kind of a claim."""
    if any(operator in INEQUALITIES for operator in operators):
        return "inequality"
    return "approximation" if r"\approx" in operators else "claim"


def check_capture(sides: list[Node], more: set[str], at: int) -> None:
    """Refuse a letter that is bound by a sum and free beside it."""
    free = more.union(*map(symbols, sides))
    bound = set().union(*map(all_bound, sides))
    captured = sorted(free & bound)
    if captured:
        raise RefusedError(
            f"{captured[0]} is bound by a sum and also free in the same statement; "
            "rename one of the two",
            at,
        )
