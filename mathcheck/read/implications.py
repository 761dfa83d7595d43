r"""Implications: a \Rightarrow b, a \iff b, a \text{ only if } b, and chains of them.

On either side may stand several relations, with commas between: they hold together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mathcheck.read.claims import Statement, check_capture
from mathcheck.read.conditions import OR, RELATIONS, UNIVERSAL
from mathcheck.read.cursor import places, top_level
from mathcheck.read.either import one_of_both
from mathcheck.read.lexer import FORMULA, Token, mark
from mathcheck.read.problems import RefusedError
from mathcheck.read.roles import read_condition
from mathcheck.read.scope import Scope
from mathcheck.read.segments import ARROWS, Segment
from mathcheck.read.syntax import Implication, Node, Relation

# "a \ge b, with equality if and only if c" says a second thing, a = b \iff c
EQUALITY = re.compile(
    r"\W*(?:and\s+)?(?:with\s+|where\s+)?(?:the\s+)?equality(?:\s+(?:holds|occurs))?\s+",
    re.IGNORECASE,
)
GIVEN = ("if", "when", "whenever", "for", "at", "where")
WEAK = (r"\le", r"\ge", r"\preceq", r"\succeq")


def with_equality(parts: list[Segment]) -> list[Segment]:
    r"""Write a \ge b \text{ with equality iff } c as that, and a = b \iff c."""
    result: list[Segment] = []
    for part in parts:
        arrow = equality_when(part.words)
        said = part.said.formulas if arrow and part.said else ()
        condition = [*part.tokens, *(t for one in said for t in one[:-1])]
        if arrow and result and condition and (equal := equated(result[-1].tokens)):
            result += [Segment("quad", equal), Segment("implies", condition)]
            result[-1].arrow = arrow
        else:
            result.append(part)
    return result


def equality_when(words: str) -> str:
    """Return how equality follows from what comes after such words, if they say it."""
    found = EQUALITY.match(words)
    if found is None:
        return ""
    link = words[found.end() :].replace(FORMULA, "").strip(" ,.()").lower()
    return r"\Leftarrow" if link in GIVEN else ARROWS.get(link, "")


def equated(found: list[Token]) -> list[Token]:
    """Return the tokens of a bound with = for its sign; none if it is no single one."""
    outer = [found[i] for i in places(found, RELATIONS)]
    if len(outer) != 1 or outer[0].text not in WEAK or found[0] is outer[0]:
        return []
    return [replace(t, kind="mark", text="=") if t is outer[0] else t for t in found]


def sides_at(parts: Sequence[Segment], position: int) -> list[list[Segment]]:
    """Return the sides of the implications that begin at a segment; else that alone."""
    sides = [[parts[position]]]
    while True:
        position += 1
        end = position
        while end < len(parts) and listed(parts[end - 1], parts[end]):
            end += 1
        if len(sides) == 1 and (end == len(parts) or not parts[end].arrow):
            return sides
        sides[-1] += parts[position:end]
        if end == len(parts) or not parts[end].arrow:
            return sides
        sides.append([parts[end]])
        position = end


def listed(last: Segment, part: Segment) -> bool:
    """Say whether a segment belongs to one side with the one before it."""
    if top_level(last.tokens, (":=",)) or not part.tokens:
        return False
    return part.before == "comma" or joint(part) is not None


def joint(part: Segment) -> Token | None:
    """Return the word that joins a segment to the one before it, if one does."""
    said = part.said
    if said is None or said.formulas or part.new_row:
        return None
    word = said.text.lower().strip(" ,")
    if word in UNIVERSAL:
        return Token("command", r"\forall", said.at, said.end)
    return replace(said, text=word) if word in ("and", *OR) else None


def implications(sides: list[list[Segment]], scope: Scope) -> Iterator[Statement]:
    """Yield a claim for each arrow between the sides."""
    read = [one_side(side, scope) for side in sides]
    for (one, premise), (other, conclusion) in pairwise(zip(sides, read, strict=True)):
        arrow = other[0].arrow
        if arrow == r"\Leftarrow":
            premise, conclusion = conclusion, premise
        at = one[0].tokens[0].at
        both = arrow == r"\Leftrightarrow"
        node = Implication(premise, conclusion, both, at=at)
        yield Statement("claim", at, other[-1].tokens[-1].end, node)


def one_side(side: list[Segment], scope: Scope) -> Node:
    """Read the relations of one side as conditions that hold together."""
    found: list[Token] = []
    for part in side:
        comma = mark(",", part.tokens[0].at)
        found += [joint(part) or comma] if found else []
        found += one_of_both(part.tokens)
    if top_level(found, (":=",)):
        raise RefusedError(
            "a definition cannot be implied; write it as a statement of its own",
            found[0].at,
        )
    node = read_condition(Segment("quad", found), scope)
    for relation in node.parts:
        if isinstance(relation, Relation):
            check_capture(list(relation.sides), set(), relation.at)
    return node
