"""Tokens to statements: what a formula declares, defines and claims, and when.

The statements are read one by one, each with what those before it declare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from mathcheck.read.bars import set_at_bars
from mathcheck.read.claims import Statement
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import top_level
from mathcheck.read.forms import Written, kind_of_node, span, statements_of
from mathcheck.read.implications import implications, sides_at, with_equality
from mathcheck.read.inner import (
    indices_of_all,
    quantified,
    quantified_behind,
    with_equal_members,
    within,
)
from mathcheck.read.layouts import words_of_cases
from mathcheck.read.lexer import FORMULA, Token
from mathcheck.read.listed import with_lists
from mathcheck.read.narrowing import narrowed
from mathcheck.read.problems import Problem, RefusedError
from mathcheck.read.roles import (
    DENYING,
    RELATING,
    Role,
    before_row,
    conditions_after,
    declarations_first,
    names_again,
    plain_words,
    read_condition,
    restricting,
    role_of,
    split_bracket,
)
from mathcheck.read.scope import Draft, Meaning, Scope
from mathcheck.read.segments import Segment, flattened, segments
from mathcheck.read.syntax import Both, Node
from mathcheck.read.tree import symbols
from mathcheck.read.where import facts, opens_where, restrictions


def read(
    found: list[Token],
    scope: Scope,
    *,
    spoken: Sequence[Token] = (),
    concludes: bool = False,
    inline: bool = False,
) -> list[Statement]:
    """Return the statements of a formula, and of those in its words.

    The scope stays as it is: each statement says what it declares. Words that are
    spoken beside the formula state nothing themselves; the formulas in them do.
    """
    draft = scope.draft()
    found = spelt_out(found)
    flat = flattened(found)
    indices_of_all(flat, draft)
    set_at_bars(flat, draft)
    parts = with_equal_members(with_lists(with_equality(segments(flat))))
    parts = declarations_first(parts, draft)
    roles = [role_of(parts, i, draft) for i in range(len(parts))]
    result = list(in_order(parts, roles, draft, concludes, inline))
    heard = [
        p.said for p, role in zip(parts, roles, strict=True) if role == "condition"
    ]
    heard += words_of_cases(flat)
    for words in (*found, *spoken):
        if words.formulas and words not in heard:
            result += in_words(words, draft)
    return result


def spelt_out(found: list[Token]) -> list[Token]:
    r"""Return tokens with \text{where $s := 1$} written as \text{where } s := 1."""
    result: list[Token] = []
    for token in found:
        if not any(top_level([*formula], (":=",)) for formula in token.formulas):
            result.append(token)
            continue
        pieces = token.text.split(FORMULA)
        for piece, formula in zip(pieces, [*token.formulas, ()], strict=False):
            if piece.strip():
                result.append(replace(token, text=piece.strip(), formulas=()))
            result += formula[:-1]
    return result


def in_words(words: Token, draft: Draft) -> Iterator[Statement]:
    """Yield the statements of the formulas among words."""
    before = ""
    pieces = words.text.split(FORMULA)
    for formula, piece in zip(words.formulas, pieces, strict=False):
        before += piece
        parts = with_lists(segments(flattened(list(formula))))
        roles = [role_of(parts, i, draft) for i in range(len(parts))]
        for statement in in_order(parts, roles, draft, False, True):
            yield replace(statement, said=before)
        before += FORMULA


def in_order(
    parts: list[Segment], roles: list[Role], draft: Draft, concludes: bool, inline: bool
) -> Iterator[Statement]:
    """Yield the statements of segments, each with its conditions."""
    waiting: list[Node] = []  # for what they are conditions of
    of_all: set[str] = set()  # indices that are quantified in those
    position = 0
    any_statement = False
    while position < len(parts):
        part, role = parts[position], roles[position]
        position += 1
        if role == "skip":
            continue
        try:
            if role == "condition":
                node = read_condition(part, draft)
                waiting += restrictions(part, node, draft)
                of_all |= quantified_behind(parts, position, draft)
                for fact in facts(part, node, draft):
                    any_statement = True
                    yield stated(part, fact, draft.taken(), (*waiting,))
                continue
            if role == "unreadable":
                raise unreadable(part)
            narrowing = restricted(parts, roles, position, draft)
            if narrowing:
                position += 1
                yield narrowing
                any_statement = True
                continue
            if part.arrow and (any_statement or part.arrow != r"\Rightarrow"):
                raise RefusedError(
                    f"no relation stands before {part.arrow}; write a condition "
                    "before the whole, or after it",
                    part.tokens[0].at,
                )
            if position > 1 and rest_of_number(parts[position - 2], part):
                raise RefusedError(
                    f"{parts[position - 2].tokens[-1].text},{part.tokens[0].text} can "
                    "be one number or two; write 1{,}000 or 0.5 for one, "
                    r"and \in \{1, 2\} for several",
                    part.tokens[0].at,
                )
            sides = sides_at(parts, position - 1)
            position += sum(map(len, sides)) - 1
            later = conditions_after(parts, roles, position, draft)
            names = quantified(parts, position, draft)
            told: list[tuple[Segment, Node]] = []
            while position < len(parts) and roles[position] == "condition":
                after = parts[position]
                if before_row(parts, position):
                    break
                if opens_where(after):
                    node = read_condition(after, draft)
                    told += [(after, fact) for fact in facts(after, node, draft)]
                position += 1
            for after in parts[position:]:
                if after.new_row or after.before not in ("quad", "comma"):
                    break
                if names_again(after, draft):
                    later.append(read_condition(after, draft))
            body, bracketed = split_bracket(sides[-1][-1].tokens)
            if bracketed:
                later.append(read_condition(Segment("quad", bracketed), draft))
            sides[-1][-1].tokens = body
            for said in chain.from_iterable(sides):
                if not said.tokens:
                    raise unreadable(said)
            if sides[1:]:
                found = list(implications(sides, draft))
            else:
                found = statements_of(Written(body, draft, concludes, inline))
        except Problem as error:
            at, end = place_of(part)
            yield Statement("claim", at, end, problem=error, declares=draft.taken())
            any_statement = True
            continue
        for statement in found:
            named = draft.taken()
            for meaning in statement.declares:
                draft.add(meaning)
            draft.taken()
            declares = (*named, *statement.declares)
            conditions = within(statement.node, waiting, of_all, draft)
            conditions += within(statement.node, later, names, draft)
            conditions = (*statement.conditions, *conditions)
            problem = statement.problem
            if statement.kind == "mention" and restricting(conditions):
                problem = RefusedError(
                    "an expression with a condition claims nothing; "
                    "write the alternatives as cases",
                    statement.at,
                )
            any_statement = True
            yield replace(
                statement, declares=declares, conditions=conditions, problem=problem
            )
        for after, fact in told:
            yield stated(after, fact, draft.taken(), (*waiting, *later))
    if waiting and not any_statement:
        at, end = place_of(parts[0])[0], place_of(parts[-1])[1]
        node = Both(tuple(waiting))
        yield Statement("mention", at, end, node, declares=draft.taken())


def rest_of_number(last: Segment, part: Segment) -> bool:
    """Say whether a comma stands between digits, and no statement begins after it."""
    if part.before != "comma" or not last.tokens:
        return False
    digits = last.tokens[-1].kind == part.tokens[0].kind == "number"
    return digits and not top_level(part.tokens, (*RELATIONS, r"\in", r"\dots"))


def stated(
    part: Segment, node: Node, named: tuple[Meaning, ...], conditions: tuple[Node, ...]
) -> Statement:
    """Return the claim that a fact after "where" is."""
    at, end = place_of(part)
    return Statement(
        kind_of_node(node), at, end, node, declares=named, conditions=conditions
    )


def restricted(
    parts: list[Segment], roles: list[Role], position: int, draft: Draft
) -> Statement | None:
    r"""Read a declaration whose condition is about what it declares.

    So y \in \{0, 1\}^K \text{ with } \sum_k y_k = 1; None if it is not of this form.
    """
    part, following = parts[position - 1], parts[position : position + 1]
    declares = top_level(part.tokens, (r"\in",)) and not top_level(
        part.tokens, (*RELATIONS, r"\dots")
    )
    if not declares or not following or roles[position] != "condition":
        return None
    if following[0].words.split()[:1] not in (["with"], ["such"], ["where"]):
        return None
    inner = draft.draft()
    try:
        (found,) = statements_of(Written(part.tokens, inner))
        named = inner.taken()
        for meaning in (*named, *found.declares):
            inner.add(meaning)
        condition = read_condition(following[0], inner)
    except (Problem, ValueError):
        return None
    about = {m.name for m in found.declares} & symbols(condition)
    if found.kind != "declaration" or not about:
        return None
    found = narrowed(replace(found, declares=(*named, *found.declares)), condition)
    for meaning in found.declares:
        draft.add(meaning)
    draft.taken()
    return found


def unreadable(part: Segment) -> RefusedError:
    """Say that nothing can be made of the words before a segment."""
    words = set(plain_words(part))
    hint = "; write the alternatives as cases" if "other" in part.words else ""
    if words & DENYING:
        hint = r"; write \ne, or say in a comment that the formula is refuted"
    elif words & RELATING:
        hint = r"; write the sign: =, <, \le, ..."
    at = part.said.at if part.said else -1
    return RefusedError(rf"cannot read \text{{{part.words}}} here{hint}", at)


def place_of(part: Segment) -> tuple[int, int]:
    """Return where a segment begins and ends."""
    return span([*([part.said] if part.said else []), *part.tokens])
