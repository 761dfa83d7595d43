r"""Lists beside a relation: a, b \le c is said of both, and a, b = c, d goes in pairs.

Before a wide space a list only mentions, and so it does in a condition.
"""

from __future__ import annotations

from collections.abc import Iterator

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import cut_at, places, top_level
from mathcheck.read.lexer import Token, mark
from mathcheck.read.segments import Segment, simple

RELATING = tuple(r for r in RELATIONS if r != ":=")
STATING = (*RELATIONS, r"\in", r"\notin", r"\subset", r"\subseteq", r"\sim", r"\to",
           r"\dots", ":", r"\forall", r"\exists", r"\lor", r"\vee", r"\wedge",
           r"\mapsto")  # fmt: skip

ASKING = (["if"], ["when"], ["whenever"], ["unless"])


def with_lists(parts: list[Segment]) -> list[Segment]:
    """Join the members of lists to the relation that they stand before or after."""
    if any(part.arrow for part in parts):
        return parts  # the sides of an implication are lists of relations
    result: list[Segment] = []
    for part in parts:
        if related(part) or contained(part):
            while result and names_only(result[-1]) and goes_on(result[-1], part):
                part = joint(result.pop(), part)
            if result and part.before == "comma" and asks_of_names(result[-1]):
                part = joint(result.pop(), part)
        elif names_only(part) and result and related(result[-1]):
            last = result[-1]
            if goes_on(last, part) and not digits_meet(last, part):
                result[-1] = joint(last, part)
                continue
        result.append(part)
    return result


def asks_of_names(part: Segment) -> bool:
    r"""Say whether names stand alone after "if": \text{if } x, t = 0."""
    asks = part.before == "words" and part.words.lower().split()[:1] in ASKING
    named = bool(part.tokens) and not top_level(part.tokens, STATING)
    return asks and named and simple(part.tokens) and len(part.words.split()) == 1


def related(part: Segment) -> bool:
    """Say whether a segment is a claim of relations between expressions."""
    found = part.tokens
    others = tuple(sign for sign in STATING if sign not in RELATING)
    return (
        part.before != "words"
        and top_level(found, RELATING)
        and not top_level(found, others)
    )


def contained(part: Segment) -> bool:
    r"""Say whether a segment claims of an expression in what set it is: x^2 \in S."""
    found = part.tokens
    others = tuple(sign for sign in STATING if sign != r"\in")
    if part.before == "words" or not top_level(found, (r"\in",)):
        return False
    return not top_level(found, others) and not simple(cut_at(found, r"\in")[0])


def names_only(part: Segment) -> bool:
    """Say whether a segment states nothing."""
    return (
        bool(part.tokens)
        and part.before != "words"
        and not top_level(part.tokens, STATING)
    )


def goes_on(last: Segment, part: Segment) -> bool:
    """Say whether nothing but a comma stands between two segments."""
    return part.before == "comma" and not part.new_row and bool(last.tokens)


def digits_meet(last: Segment, part: Segment) -> bool:
    """Say whether a comma stands between digits, as in a long number."""
    return last.tokens[-1].kind == part.tokens[0].kind == "number"


def joint(last: Segment, part: Segment) -> Segment:
    """Return two segments as one, with the comma between them."""
    comma = mark(",", part.tokens[0].at)
    return Segment(
        last.before, [*last.tokens, comma, *part.tokens], last.said, last.aligned,
        last.new_row, last.arrow,
    )  # fmt: skip


def lists_sides(found: list[Token]) -> bool:
    r"""Say whether a list stands on a side of a relation, or before \in."""
    if not top_level(found, (r"\in",)):
        return top_level(found, (",",)) and top_level(found, RELATING)
    before = cut_at(found, r"\in")[0]
    listed = top_level(before, (",",)) and not top_level(before, STATING)
    return listed and not simple(before)


def each_side(found: list[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield the relation of each member, and what is claimed if it is of one only."""
    signs = [*places(found, (*RELATING, r"\in"))]
    first, last = signs[0], signs[-1]
    members = cut_at(found[:first], ",")
    ends = cut_at(found[last + 1 :], ",")
    if len(members) == len(ends) > 1 and first == last:
        for member, end in zip(members, ends, strict=True):
            yield [*member, found[first], *end], []
        return
    middle = found[first : last + 1]
    alone = [*members[-1], *middle, *ends[0]]
    for member in members:
        for end in ends:
            whole = [*member, *middle, *end]
            yield whole, alone if whole != alone else []
