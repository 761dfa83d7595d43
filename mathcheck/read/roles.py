"""Which part of an element is a statement, and which the condition of one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from mathcheck.read.conditions import RELATIONS, condition
from mathcheck.read.cursor import joined, levels, top_level
from mathcheck.read.declarations import implicit_sizes
from mathcheck.read.grammar import parser_of
from mathcheck.read.lexer import FORMULA, Token
from mathcheck.read.names import read_accented
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.scripts import index_list
from mathcheck.read.segments import Segment
from mathcheck.read.syntax import Both, Call, Member, Naturals, Node, Range, Symbol
from mathcheck.read.tree import symbols, walk

CONDITION_WORDS = frozenset(
    """if for when where with whenever provided given on all any every each as assuming
    that both""".split()
)


Role = Literal["statement", "condition", "skip", "unreadable"]
UNITS = frozenset("nat nats bit bits".split())


JOINTS = frozenset(
    """and so hence thus but then therefore because since which that i.e. while by also
    so: is are""".split()
)


def restricting(conditions: Sequence[Node]) -> bool:
    """Say whether conditions leave points out."""
    return any(not isinstance(c, Both | Member) for c in conditions)


def conditions_after(
    parts: list[Segment], roles: list[Role], position: int, scope: Scope
) -> list[Node]:
    """Return the conditions of a statement: the next ones of its row.

    Several statements with one condition after the last of them share it.
    """
    while position < len(parts) and roles[position] in ("statement", "skip"):
        if parts[position].new_row or parts[position].before in ("words", "implies"):
            return []
        position += 1
    found = []
    while position < len(parts) and roles[position] in ("condition", "skip"):
        if roles[position] == "condition":
            if before_row(parts, position):
                break
            found.append(read_condition(parts[position], scope))
        position += 1
    return found


def before_row(parts: list[Segment], position: int) -> bool:
    """Say whether a condition opens a row, and so belongs to what follows it."""
    following = parts[position + 1 : position + 2]
    return parts[position].new_row and bool(following) and not following[0].new_row


def declarations_first(parts: list[Segment], scope: Scope) -> list[Segment]:
    """Put what declares a new symbol before what may use it."""

    def declares(part: Segment) -> bool:
        if part.before == "words" or not top_level(part.tokens, (r"\in", ":=")):
            return False
        first = part.tokens[0]
        if top_level(part.tokens, (":=",)):
            return part.before in ("quad", "comma", "start")
        return first.kind == "letter" and not scope.known(first.text)

    if not any(map(declares, parts[1:])) or any(p.before == "implies" for p in parts):
        return parts
    return sorted(parts, key=lambda part: not declares(part))


def role_of(parts: list[Segment], position: int, scope: Scope) -> Role:
    """Say whether a segment is a statement, a condition, or nothing."""
    part = parts[position]
    if part.before == "words":
        words = plain_words(part)
        if words and words[0] in ("bit", "bits") and not in_bits(parts):
            return "unreadable"
        if not words or words[0] in UNITS:
            return "statement" if part.tokens else "skip"
        if words[0] in ("otherwise", "else"):
            return "unreadable"
        if words[0] in CONDITION_WORDS:
            return "condition"
        if words[0] in JOINTS or "equivalently" in words:
            return "statement" if part.tokens else "skip"
        return "unreadable" if part.tokens else "skip"
    if part.tokens[0].text == r"\forall":
        return "condition"
    if position == 0 or part.before in ("start", "row"):
        return "statement"
    if whole_bracket(part.tokens) and top_level(part.tokens[1:-1], CONDITIONAL):
        return "condition"
    return "condition" if discrete(part.tokens, scope) else "statement"


def plain_words(part: Segment) -> list[str]:
    """Return the words before a segment, without the formulas among them."""
    words = part.words.replace(FORMULA, " ").lower().split()
    return [word for w in words if (word := w.strip(",.:;()"))]


def in_bits(parts: list[Segment]) -> bool:
    r"""Say whether a logarithm to base 2, or a division by one of 2, is in sight."""
    texts = [token.text for part in parts for token in part.tokens]
    return "2" in [after for log, after in itertools.pairwise(texts)
                   if log in (r"\log", r"\ln", "_", "(")]  # fmt: skip


CONDITIONAL = (*[r for r in RELATIONS if r != ":="], r"\in", r"\notin", r"\forall")


def whole_bracket(found: list[Token]) -> bool:
    """Say whether one bracket is around all tokens."""
    if len(found) < 3 or found[0].text not in ("(", "[", r"\{"):
        return False
    ends = [i for i, (depth, _) in enumerate(levels(found)) if depth == 0]
    return ends[:1] == [len(found) - 1]


def discrete(found: list[Token], scope: Scope) -> bool:
    """Say whether a relation is between bare indices, sizes and numbers only.

    Such a one, after a statement, is its condition: j != c, or k = 1, ..., K.
    """
    if not top_level(found, CONDITIONAL) or found[0].kind not in ("letter", "number"):
        return False
    counting = any(t.text == r"\dots" for t in found)
    before: Token | None = None
    for token in found:
        bare = token.kind in ("letter", "number")
        if bare and before and before.kind in ("letter", "number") and not counting:
            return False  # a product
        if token.kind == "letter":
            space_of = getattr(scope.plain(token.text), "space", None)
            if not isinstance(space_of, Range | Naturals) and not counting:
                return False
        signs = (*CONDITIONAL, r"\dots", r"\{", r"\}", ",", "'")
        if not bare and token.text not in signs:
            return False
        before = token
    return True


def read_condition(part: Segment, scope: Scope) -> Node:
    """Read a condition; an index that it counts is declared by it."""
    found = part.tokens
    words = plain_words(part)
    if part.said:
        if not set(words) <= CONDITION_WORDS | {"and"}:
            raise RefusedError(
                rf"cannot read \text{{{part.words}}} as a condition", part.said.at
            )
        found = [*joined(part.said.formulas), *found]  # \text{for all $j \ne c$}
        if not found:
            raise RefusedError(
                rf"\text{{{part.words}}} is not followed by a condition", part.said.at
            )
    while found and found[-1].text in (".", ",", ":", ";"):
        found = found[:-1]
    parser = parser_of(ended(found), scope)
    universal = any(w in ("all", "any", "every", "each") for w in words)
    if universal or (words[:1] == ["for"] and not top_level(found, CONDITIONAL)):
        if not top_level(found, CONDITIONAL):
            for name in parser.isolated(found, names_of):
                parser.require(name, found[0].at)
            return Both(())
    node = parser.isolated(found, condition)
    if parser.aside:
        raise RefusedError("what a brace says in a condition is not checked", node.at)
    for member in walk(node):
        if isinstance(member, Member) and isinstance(member.element, Symbol):
            if not scope.known(member.element.name):
                implicit_sizes(member.space, scope)
                scope.add(Variable(member.element.name, member.space))
    built_in = {n.function for n in walk(node) if isinstance(n, Call)}
    for name in sorted(symbols(node) - built_in):
        if not scope.known(name):
            raise UndefinedError(f"{name} is not declared here", node.at)
    return node


def names_of(parser: Parser) -> list[str]:
    """Read names with commas between."""
    names = [read_accented(parser)]
    while parser.skip(","):
        names.append(read_accented(parser))
    if parser.skip("_"):
        parser.isolated(parser.argument(), index_list)
    return names


def ended(found: Sequence[Token]) -> list[Token]:
    """Return tokens with the one that ends them."""
    end = found[-1].end if found else 0
    return [*found, Token("end", "", end, end)]


def split_bracket(found: list[Token]) -> tuple[list[Token], list[Token]]:
    """Split a condition in round brackets off the end of a statement."""
    if not found or found[-1].text != ")" or not top_level(found, RELATIONS):
        return found, []
    depth = 0
    for i in range(len(found) - 1, 0, -1):
        depth += found[i].text == ")"
        depth -= found[i].text == "("
        if depth == 0:
            inner = found[i + 1 : -1]
            before = found[i - 1]
            if top_level(inner, CONDITIONAL) and before.text not in (
                "}",
                "]",
                *RELATIONS,
            ):
                return found[:i], inner
            return found, []
    return found, []
