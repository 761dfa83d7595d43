"""An element to statements: what it declares, defines and claims, and when.

The statements come one by one, so that each is read with what those before it declare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mathcheck.read.claims import Statement, claim
from mathcheck.read.conditions import RELATIONS, top_level
from mathcheck.read.declarations import declaration, declared_map
from mathcheck.read.definitions import definition
from mathcheck.read.lexer import Token, tokens
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.reasons import without_reasons
from mathcheck.read.roles import (
    before_row,
    conditions_after,
    declarations_first,
    end_of,
    read_condition,
    restricting,
    role_of,
    split_bracket,
)
from mathcheck.read.scope import Scope
from mathcheck.read.segments import Segment, flattened, segments
from mathcheck.read.syntax import Both, Node, Relation


def read(latex: str, scope: Scope, *, concludes: bool = False) -> Iterator[Statement]:
    """Yield the statements of an element, each read with what was said before it."""
    latex, mentioned = without_reasons(latex)
    for at, inner in mentioned:
        yield from mentions(inner, at, scope)
    parts = segments(flattened(tokens(latex)))
    parts = declarations_first(parts, scope)
    roles = [role_of(parts, i, scope) for i in range(len(parts))]
    waiting: list[Node] = []
    position = 0
    any_statement = False
    while position < len(parts):
        part, role = parts[position], roles[position]
        position += 1
        if role == "skip":
            continue
        try:
            if role == "condition":
                waiting.append(read_condition(part, scope))
                continue
            if role == "unreadable":
                hint = (
                    "; write the alternatives as cases" if "other" in part.words else ""
                )
                raise RefusedError(rf"cannot read \text{{{part.words}}} here{hint}")
            later = conditions_after(parts, roles, position, scope)
            while position < len(parts) and roles[position] == "condition":
                if before_row(parts, position):
                    break
                position += 1
            body, bracketed = split_bracket(part.tokens)
            if bracketed:
                later.append(read_condition(Segment("quad", bracketed), scope))
            found = statements_of(body, scope, concludes)
        except Problem as error:
            here = part.tokens or [Token("end", "", 0)]
            yield Statement("claim", here[0].at, end_of(here), problem=error)
            any_statement = True
            continue
        for statement in found:
            statement.conditions = [*waiting, *later]
            if statement.kind == "mention" and restricting(statement.conditions):
                statement.problem = RefusedError(
                    "an expression with a condition claims nothing; "
                    "write the alternatives as cases",
                    statement.at,
                )
            any_statement = True
            yield statement
    if waiting and not any_statement:
        yield Statement("mention", 0, len(latex), node=Both(tuple(waiting)))


def mentions(latex: str, at: int, scope: Scope) -> Iterator[Statement]:
    """Read a formula in the reason of a step: its sides are named, not related."""
    end = at + len(latex)
    found = [replace(t, at=t.at + at, end=t.end + at) for t in tokens(latex)]
    try:
        node = claim(Parser(found, scope), [], [], at, end).node
    except Problem as error:
        yield Statement("mention", at, end, problem=error)
        return
    for side in node.sides if isinstance(node, Relation) else (node,):
        yield Statement("mention", at, end, node=side)


def statements_of(found: list[Token], scope: Scope, concludes: bool) -> list[Statement]:
    """Read the tokens of one segment."""
    at, end = found[0].at, end_of(found)
    parser = Parser([*found, Token("end", "", end)], scope)
    if top_level(found, (":=",)):
        return definition(parser, found, at, end)
    if top_level(found, (":",)) and top_level(found, (r"\to",)):
        return [declared_map(parser, at, end)]
    if top_level(found, (r"\in",)) and not top_level(found, RELATIONS):
        return declaration(parser, at, end, concludes)
    return [claim(parser, [], [], at, end)]
