r"""Declarations of many at once: x_1, \dots, x_N \in S, or (x, y) \in S \times T.

And of what counts them: k = 1, \dots, K.
"""

from __future__ import annotations

from mathcheck.read.claims import Statement, check_end
from mathcheck.read.conditions import condition
from mathcheck.read.cursor import cut_at, text_of, top_level
from mathcheck.read.declarations import declaration, implicit_sizes
from mathcheck.read.lexer import Token
from mathcheck.read.names import read_accented
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Definition, Variable, components
from mathcheck.read.sets import space
from mathcheck.read.syntax import Indexed, Member, Node, Number, Range, Symbol

COUNTER = "number of the member"


def counts_index(found: list[Token]) -> bool:
    r"""Say whether an index is counted here, and no more: k = 1, \dots, K."""
    texts = [token.text for token in found]
    shaped = found[0].kind == "letter" and texts[1:2] == ["="] and r"\dots" in texts
    return shaped and texts[2:3] in (["0"], ["1"]) and texts[3:4] in ([","], [r"\dots"])


def counted_index(parser: Parser, at: int, end: int) -> Statement:
    r"""Read k = 1, \dots, K, which declares k if it is new."""
    node = parser.isolated(parser.tokens[:-1], condition)
    parser.position = len(parser.tokens) - 1
    element = node.element if isinstance(node, Member) else None
    if not isinstance(node, Member) or not isinstance(element, Symbol):
        raise parser.refuse(r"an index is counted as in k = 1, \dots, K", at)
    implicit_sizes(node.space, parser.scope)
    if parser.scope.known(element.name):
        return Statement("mention", at, end, element)
    new = Variable(element.name, node.space)
    return Statement("declaration", at, end, declares=(new,))


def lists_members(found: list[Token]) -> bool:
    r"""Say whether members of a family are counted: x_1, \dots, x_N \in S."""
    before = found[: next(i for i, t in enumerate(found) if t.text == r"\in")]
    return top_level(before, (r"\dots",))


def listed_members(parser: Parser, at: int, end: int) -> Statement:
    r"""Read x_1, \dots, x_N \in S: x is a family, or each of its members is in S."""
    names, scripts, above = set(), [], False
    while True:
        if not parser.skip(r"\dots"):
            names.add(read_accented(parser))
            mark = parser.take().text
            if mark not in ("_", "^"):
                raise members_unclear(at)
            above = mark == "^"
            scripts.append(number_of(parser, parser.argument()))
        if not parser.skip(","):
            break
    parser.expect(r"\in")
    domain = space(parser)
    check_end(parser)
    if len(scripts) < 2:
        raise members_unclear(at)
    low, *between, high = scripts
    counts = [low, *between] == [Number(str(i)) for i in range(1, len(scripts))]
    zero = [low, *between] == [Number(str(i)) for i in range(len(scripts) - 1)]
    if len(names) > 1 or not (counts or zero):
        raise members_unclear(at)
    (name,) = names
    run = Range(low, high, at=at)
    for found in (run, domain):
        implicit_sizes(found, parser.scope, {name})
    known = parser.scope.in_section(name)
    whole = isinstance(known, Variable) and components(known.space) == 1
    if isinstance(known, Definition) or whole:
        counter = Symbol(COUNTER, at=at)
        member = Indexed(Symbol(name, at=at), (counter,), at=at)
        node = Member(member, domain, at=at)
        return Statement("claim", at, end, node, declares=(Variable(COUNTER, run),))
    new = Variable(name, domain, (run,), int(above))
    return Statement("declaration", at, end, declares=(new,))


def number_of(parser: Parser, script: list[Token]) -> Node:
    """Return the number of a member, which may stand in brackets above."""
    inner = script[1:-1] if text_of(script[:1]) == "(" else script
    with parser.having(fresh=True):
        return parser.whole(inner)


def members_unclear(at: int) -> RefusedError:
    """Say that it is not clear which members are meant."""
    return RefusedError(
        r"members are counted as in x_1, \dots, x_N \in \mathbb{R}, with one name", at
    )


def pairs(found: list[Token]) -> bool:
    r"""Say whether pairs are declared: (x, y) \in S \times T."""
    cut = next(i for i, t in enumerate(found) if t.text == r"\in")
    return found[0].text == "(" and top_level(found[cut:], (r"\times",))


def declared_pairs(
    parser: Parser, at: int, end: int, concludes: bool
) -> list[Statement]:
    r"""Read (x_n, y_n) \in S \times T as x_n \in S and y_n \in T."""
    names = cut_at(parser.bracketed(), ",")
    sign = parser.expect(r"\in")
    rest = parser.tokens[parser.position : -1]
    spaces = cut_at(rest, r"\times")
    parser.position = len(parser.tokens) - 1
    if len(names) != len(spaces):
        raise parser.refuse("as many names stand before the sign as sets after it", at)
    result: list[Statement] = []
    for name, domain in zip(names, spaces, strict=True):
        tokens = [*name, sign, *domain]
        inner = parser.other([*tokens, parser.tokens[-1]])
        result += declaration(inner, at, end, concludes, True)
    return result


def names_pair(parser: Parser, found: list[Token]) -> bool:
    r"""Say whether new symbols get a name: \theta = (w, b) \in S \times T."""
    texts = [token.text for token in found[1:3]]
    named = found[0].kind == "letter" and not parser.scope.known(found[0].text)
    return (
        named
        and texts == ["=", "("]
        and top_level(found, (r"\in",))
        and (pairs(found[2:]))
    )


def named_pair(parser: Parser, at: int, end: int) -> list[Statement]:
    r"""Read \theta = (w, b) \in S \times T, which declares w and b."""
    whole = parser.tokens[: next(
        i for i, t in enumerate(parser.tokens) if t.text == r"\in"
    )]  # fmt: skip
    parser.position = 2
    result = declared_pairs(parser, at, end, False)
    draft = parser.scope.draft()
    for statement in result:
        for meaning in statement.declares:
            draft.add(meaning)
    inner = Parser([*whole, parser.tokens[-1]], draft, parser.grammar)
    return [*result, named_tuple(inner, at, end)]


def names_tuple(parser: Parser, found: list[Token]) -> bool:
    r"""Say whether a new name is given to a few symbols: \theta = (w, b)."""
    if found[0].kind != "letter" or parser.scope.known(found[0].text):
        return False
    texts = [token.text for token in found[1:3]]
    return texts == ["=", "("] and found[-1].text == ")" and len(found) > 5


def named_tuple(parser: Parser, at: int, end: int) -> Statement:
    r"""Read \theta = (w, b) as what \theta is."""
    name = parser.take().text
    parser.take()
    body = parser.expression()
    check_end(parser)
    return Statement("definition", at, end, body, declares=(Definition(name, body),))
