"""Which part of an element is a statement, and which the condition of one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from mathcheck.read.bounded import introduced, introduces
from mathcheck.read.cells import whole_bracket
from mathcheck.read.conditions import RELATIONS, condition, contrary, for_all_of
from mathcheck.read.cursor import joined, top_level
from mathcheck.read.declarations import implicit_sizes
from mathcheck.read.grammar import parser_of
from mathcheck.read.laws import PROBABILITY
from mathcheck.read.lexer import FORMULA, Token
from mathcheck.read.names import read_accented
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Scope, Variable
from mathcheck.read.scripts import index_list
from mathcheck.read.segments import QUANTIFIERS, Segment
from mathcheck.read.syntax import Both, Call, Member, Node, Symbol
from mathcheck.read.tree import symbols
from mathcheck.read.where import opens_where, restrictions

CONDITION_WORDS = frozenset(
    """if for when where with whenever provided given on all any every each as assuming
    that both such suppose assume""".split()
)
EXCEPTING = (["unless"], ["except", "if"], ["except", "when"], ["except", "for"],
             ["except", "at"], ["but", "not", "if"])  # fmt: skip


Role = Literal["statement", "condition", "skip", "unreadable"]


JOINTS = frozenset(
    """and so hence thus but then therefore because since which that i.e. while by also
    so: is are either""".split()
)


# Words that state a relation, and that deny one; they are written as signs
RELATING = frozenset(
    """is are be equals equal exceeds becomes gives yields makes than most least same
    differs""".split()
)
DENYING = frozenset("not never false wrong untrue isn't aren't cannot".split())


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
            part = parts[position]
            found += restrictions(part, read_condition(part, scope), scope)
        position += 1
    return found


def before_row(parts: list[Segment], position: int) -> bool:
    """Say whether a condition opens a row, and so belongs to what follows it."""
    following = parts[position + 1 : position + 2]
    return parts[position].new_row and bool(following) and not following[0].new_row


def declarations_first(parts: list[Segment], scope: Scope) -> list[Segment]:
    """Put what declares a new symbol before what may use it."""

    def declares(part: Segment) -> bool:
        if opens_definition(part):
            return True
        if part.before == "words" or not top_level(part.tokens, (r"\in", ":=")):
            return False
        first = part.tokens[0]
        if top_level(part.tokens, (":=",)):
            return part.before in ("quad", "comma", "start")
        return first.kind == "letter" and not scope.known(first.text)

    if not any(map(declares, parts[1:])) or any(p.before == "implies" for p in parts):
        return parts
    new = {part.tokens[0].text for part in parts if part.tokens and declares(part)}

    def rank(part: Segment) -> int:
        if not declares(part):
            return 2
        return not new.isdisjoint(below_first(part))  # c_n is a family by a new n

    return sorted(parts, key=rank)


def below_first(part: Segment) -> set[str]:
    """Return what stands in the subscript of a segment's first letter."""
    tokens = part.tokens[1:]
    if [t.text for t in tokens[:1]] != ["_"] or len(tokens) < 2:
        return set()
    if tokens[1].text != "{":
        return {tokens[1].text}
    end = next((i for i, t in enumerate(tokens) if t.text == "}"), len(tokens))
    return {t.text for t in tokens[2:end]}


def role_of(parts: list[Segment], position: int, scope: Scope) -> Role:
    """Say whether a segment is a statement, a condition, or nothing."""
    part = parts[position]
    if part.before == "words":
        words = plain_words(part)
        if words in EXCEPTING:
            return "condition"
        if not DENYING.isdisjoint(words):
            return "unreadable"
        if part.tokens and not RELATING.isdisjoint(words):
            return "unreadable"
        if not words:
            return "statement" if part.tokens else "skip"
        if words == ["or"] and not top_level(part.tokens, CONDITIONAL):
            return "statement"  # x + 1 or 1 + x, two ways to write it
        if words[0] in ("otherwise", "else"):
            return "unreadable"
        if opens_definition(part):
            return "statement"
        if words == ["as"] and top_level(part.tokens, RELATIONS):
            return "statement"  # that is, since
        if words[0] in CONDITION_WORDS:
            return "condition"
        if words[0] in JOINTS or "equivalently" in words:
            return "statement" if part.tokens else "skip"
        return "unreadable" if part.tokens else "skip"
    if part.tokens[0].text in QUANTIFIERS:
        return "condition"
    if position == 0 or part.before in ("start", "row", "implies"):
        return "statement"
    if premise(parts, position):
        return "statement"
    if goes_on(parts, position, scope):
        return "condition"
    if whole_bracket(part.tokens) and top_level(part.tokens[1:-1], CONDITIONAL):
        return "condition"
    return "condition" if discrete(part.tokens, scope) else "statement"


def goes_on(parts: list[Segment], position: int, scope: Scope) -> bool:
    r"""Say whether a value goes on with a condition: \text{if } x = 1, t = 2.

    A variable alone cannot be claimed to be equal to anything.
    """
    part, before = parts[position], parts[position - 1]
    name, sign = [*part.tokens, *part.tokens][:2]
    variable = isinstance(scope.plain(name.text), Variable) and name.kind == "letter"
    value = variable and sign.text == "=" and not part.new_row
    if not value or part.before != "comma" or position < 2:
        return False
    if before.before != "words":
        return goes_on(parts, position - 1, scope)
    first = plain_words(before)[:1]
    return first in (["if"], ["for"], ["when"], ["whenever"]) and bool(before.tokens)


def opens_definition(part: Segment) -> bool:
    """Say whether a definition stands after words: where s := 1, for u := 1 / n."""
    opens = opens_where(part) or plain_words(part) in (["for"], ["and"])
    return opens and top_level(part.tokens, (":=",))


def premise(parts: list[Segment], position: int) -> bool:
    """Say whether a segment is, perhaps with others, what an arrow comes from."""
    following = parts[position + 1 :]
    listed = itertools.takewhile(lambda part: part.before == "comma", following)
    after = following[len(list(listed)) :]
    return bool(after) and bool(after[0].arrow)


def plain_words(part: Segment) -> list[str]:
    """Return the words before a segment, without the formulas among them."""
    words = part.words.replace(FORMULA, " ").lower().split()
    return [word for w in words if (word := w.strip(",.:;()"))]


CONDITIONAL = (*[r for r in RELATIONS if r != ":="], r"\in", r"\notin", r"\forall")


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
            if not scope.counts(token.text) and not counting:
                return False
        signs = (*CONDITIONAL, r"\dots", r"\{", r"\}", ",", "'")
        if not bare and token.text not in signs:
            return False
        before = token
    return True


def names_again(part: Segment, scope: Scope) -> bool:
    r"""Say whether a set is stated of a declared symbol, as s \in \mathbb{R}.

    After a claim that is in force for what follows, and for the claim.
    """
    name, member = [*part.tokens, *part.tokens][:2]
    declared = isinstance(scope.plain(name.text), Variable)
    return name.kind == "letter" and member.text == r"\in" and declared


def read_condition(part: Segment, scope: Scope) -> Node:
    """Read a condition; an index that it counts is declared by it."""
    found = part.tokens
    words = plain_words(part)
    if part.said:
        if words not in EXCEPTING and not set(words) <= CONDITION_WORDS | {"and"}:
            raise RefusedError(
                rf"cannot read \text{{{part.words}}} as a condition; write it as "
                r"\text{if } x > 0, or as \text{for all } x \in \mathbb{R}",
                part.said.at,
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
    forall = bool(found) and found[0].text == r"\forall"
    if universal or forall:
        bounds = parser_of(ended(found[forall:]), scope)
        if introduces(bounds, partly=True):  # \forall c > 0
            named = introduced(bounds, found[0].at, found[-1].end).declares
            new = [meaning for meaning in named if not scope.known(meaning.name)]
            for meaning in new:
                scope.add(meaning)
            if len(new) == len(named):
                return Both(())
    try:
        node = parser.isolated(found, condition)
    except UndefinedError as error:
        raise UndefinedError(f"{error}{repair(part)}", error.at) from None
    if parser.aside:
        raise RefusedError("what a brace says in a condition is not checked", node.at)
    for member in node.parts:
        if isinstance(member, Member) and isinstance(member.element, Symbol):
            if not scope.known(member.element.name):
                implicit_sizes(member.space, scope)
                scope.add(Variable(member.element.name, member.space))
    if universal or forall:
        node = for_all_of(node)
    if words in EXCEPTING:
        node = contrary(node)
    built_in = {n.function for n in node.parts if isinstance(n, Call)}
    for name in sorted(symbols(node) - built_in):
        if not scope.known(name):
            raise UndefinedError(f"{name} is not declared here{repair(part)}", node.at)
    return node


def repair(part: Segment) -> str:
    """Say how a new symbol gets its meaning after "where"."""
    says_what = opens_where(part) or plain_words(part) == ["for"]
    return "; a definition is written with :=" if says_what else ""


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
            if before.text in PROBABILITY or top_level(inner, ("|", r"\mid")):
                return found, []  # P(Y = k)
            if top_level(inner, CONDITIONAL) and before.text not in (
                "}",
                "]",
                *RELATIONS,
            ):
                return found[:i], inner
            return found, []
    return found, []
