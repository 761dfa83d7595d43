r"""Sets in braces and by name: \{e_1, \dots, e_K\}, \{v \in S : v_1 = 0\}, B.

A set whose elements cannot be told is refused: nothing is guessed from its letters.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.continua import narrowed
from mathcheck.read.cursor import cut_at, levels, text_of, top_level
from mathcheck.read.dots import Pattern, numbered, pattern
from mathcheck.read.lexer import Token, mark
from mathcheck.read.parser import Parser
from mathcheck.read.problems import Problem, RefusedError, UndefinedError
from mathcheck.read.scope import Definition, Variable
from mathcheck.read.syntax import (
    ONE,
    SETS,
    Bracket,
    Chosen,
    Dots,
    Finite,
    Indexed,
    Interval,
    Member,
    Naturals,
    Node,
    Number,
    Range,
    Subsets,
    Such,
    Symbol,
    Unit,
    UnitVectors,
)
from mathcheck.read.tree import symbols

SEPARATORS = (":", r"\mid", "|")  # between the elements of a set and their condition
END = Token("end", "", -1, -1)


def braces(parser: Parser) -> Node:
    """Read a set that is written out, with dots perhaps, or by a condition."""
    at = parser.here.at
    inner = parser.bracketed()
    if not inner:
        raise parser.refuse("an empty set", at)
    if parser.at("_"):  # \{x_n\}_{n=1}^N
        parser.take()
        low, high = parser.argument(), parser.argument() if parser.skip("^") else []
        return by_condition(parser, inner, [*low, *listing(high)], at)
    for separator in SEPARATORS:
        before, *after = cut_at(inner, separator)
        if len(after) == 1:
            return by_condition(parser, before, after[0], at)
    items = parser.isolated(both_signs(inner), Parser.sequence)
    return listed(parser, items, at)


def both_signs(inner: list[Token]) -> list[Token]:
    r"""Return the elements of a set, of which \pm 1 is two: -1 and 1."""
    found: list[Token] = []
    start = 0  # where the element begins
    for position, (depth, token) in enumerate([*levels(inner), (0, END)]):
        if depth or token.text not in (",", ""):
            continue
        element = inner[start:position]
        if element and element[0].text == r"\pm":
            sign = element[0]
            comma = replace(sign, kind="mark", text=",")
            found += [replace(comma, text="-"), *element[1:], comma, *element[1:]]
        else:
            found += element
        found += inner[position : position + 1]
        start = position + 1
    return found


def listing(high: list[Token]) -> list[Token]:
    r"""Return tokens that go on with k = 1 as \dots and an end do."""
    if not high:
        return []
    at = high[0].at
    comma = mark(",", at)
    return [comma, Token("command", r"\dots", at, at), comma, *high]


def listed(parser: Parser, items: list[Node], at: int) -> Node:
    """Return the set of elements that are written out, with dots perhaps."""
    dots = [i for i, item in enumerate(items) if isinstance(item, Dots)]
    if not dots:
        for item in items:
            require(parser, item)
        return of_few(items, at)
    first = items[0]
    if dots == [len(items) - 1] and isinstance(first, Number) and first.text.isdigit():
        if step(items) in (None, 1):  # 2, 3, \dots
            return Naturals(int(first.text), at=at)
    if dots != [len(items) - 2] or dots == [0]:
        raise parser.refuse("dots stand before the last element of a set", at)
    first = items[0]
    if isinstance(first, Symbol) and len(items) == 3:  # \{m, \dots, n\}
        require(parser, first)
        if not isinstance(items[-1], Unit | Indexed):
            return Range(first, items[-1], at=at)
    if step(items) not in (None, 1):
        raise parser.refuse("a range with a step other than 1 is not read", at)
    for item in items[: dots[0]]:
        require(parser, item)
    return of_pattern(pattern(items[: dots[0]], items[-1], at), items, at)


def step(items: list[Node]) -> int | None:
    """Return the difference of the first two elements, if these are numbers."""
    texts = [getattr(item, "text", "") for item in items[:2]]
    return int(texts[1]) - int(texts[0]) if all(t.isdigit() for t in texts) else None


def require(parser: Parser, item: Node) -> None:
    """Raise unless all names in an element are declared."""
    for name in sorted(symbols(item)):
        if not (parser.scope.known(name) or name in parser.bound):
            raise UndefinedError(f"{name} is not declared here", item.at)


def of_few(items: list[Node], at: int) -> Node:
    """Return the set of a few elements; e_1, e_2, e_3 are all the unit vectors.

    So 1, 2, 3 are all whole numbers from 1 to 3, as an index has them.
    """
    if items[1:] and items == [Number(str(i)) for i in range(1, len(items) + 1)]:
        return Range(ONE, items[-1], at=at)
    numbers = [item.index for item in items if isinstance(item, Unit)]
    if not numbers or not all(isinstance(number, Number) for number in numbers):
        return Finite(tuple(items), at=at)
    if numbers != [Number(str(i)) for i in range(1, len(items) + 1)]:
        raise RefusedError(
            "how many components these unit vectors have cannot be read; write "
            r"\{e_1, \dots, e_K\}",
            at,
        )
    return UnitVectors(Number(str(len(items)), at=at), at=at)


def of_pattern(found: Pattern, items: list[Node], at: int) -> Node:
    """Return the set of the elements that dots stand for."""
    counter = found.counter
    if isinstance(found.body, Bracket):
        return of_pattern(replace(found, body=found.body.body), items, at)
    if found.body == counter:
        return Range(found.low, found.high, at=at)
    if found.body == Unit(counter):
        if found.low != ONE:
            raise RefusedError("unit vectors are counted from e_1", at)
        return UnitVectors(found.high, at=at)
    return Finite(tuple(items), at=at)


def by_condition(
    parser: Parser, before: list[Token], after: list[Token], at: int
) -> Node:
    r"""Read \{v \in S : \dots\}, \{k : y_k = 1\} or \{e_k : k = 1, \dots, K\}."""
    if top_level(before, (r"\in",)):
        name, base = parser.isolated(before, element_of)
        with parser.having(loose=parser.loose | {name}, fresh=False):
            condition = parser.isolated(after, parser.grammar.condition)
        left = narrowed(name, base, condition) if isinstance(base, Interval) else None
        return left or Such(name, base, condition, at=at)
    condition = parser.isolated(after, parser.grammar.condition)
    index = condition.element if isinstance(condition, Member) else None
    if isinstance(condition, Member) and isinstance(index, Symbol):
        found = condition.space
        if isinstance(found, Range) and not parser.scope.known(index.name):
            for name in sorted(symbols(found)):
                if not parser.scope.known(name):
                    parser.scope.add(Variable(name, Naturals()))
            parser.scope.add(
                Variable(index.name, found)
            )  # it counts what is in the set
        with parser.having(bound=(*parser.bound, index.name), fresh=False):
            body = parser.whole(before)
        if body == index:
            return found
        if isinstance(found, Range) and index.name in symbols(body):
            counted = numbered(body, index, found)
            ends = [counted.entry(found.low), Dots(at=at), counted.entry(found.high)]
            return of_pattern(counted, ends, at)
        raise parser.refuse("the elements of this set cannot be told", at)
    names = symbols(condition)
    if len(before) == 1 and before[0].text in names:
        meaning = parser.scope.plain(before[0].text)
        if isinstance(meaning, Variable) and not meaning.family:
            return Such(meaning.name, meaning.space, condition, at=at)
    raise parser.refuse(
        r"a set by a condition is read in the form \{v \in S : \dots\}", at
    )


def element_of(parser: Parser) -> tuple[str, Node]:
    r"""Read v \in S, where v is the name for an element of S."""
    name = name_here(parser)
    if not name:
        raise parser.refuse(
            r"a set by a condition is read in the form \{v \in S : \dots\}"
        )
    parser.expect(r"\in")
    return name, parser.grammar.space(parser)


def name_here(parser: Parser) -> str:
    """Take a name that a set or its element may have, if one stands here."""
    token = parser.here
    if token.kind in ("letter", "name"):
        return parser.take().text
    if parser.at(r"\mathcal", r"\mathbf", r"\mathbb"):
        parser.take()
        inner = text_of(parser.argument())
        if not inner:
            raise parser.refuse(f"{token.text} has nothing in it", token.at)
        style = token.text
        return f"{style} {inner}" if style == r"\mathbf" else f"{style}{{{inner}}}"
    return ""


def of_index(parser: Parser, name: str) -> str:
    """Take the index that belongs to the name of a set: S_k, or P(i)."""
    if parser.skip("_"):
        return f"{name}_{text_of(parser.argument())}"
    return f"{name}({text_of(parser.bracketed())})" if parser.at("(") else name


def named_set(parser: Parser) -> Node | None:
    """Take the name of a set, if one stands here; return the set."""
    start, at = parser.position, parser.here.at
    try:
        name = name_here(parser)
        if name and parser.at("_", "("):
            with_index = parser.position
            name = of_index(parser, name)
            if not parser.scope.known(name):
                parser.position = with_index
    except Problem:
        name = ""
    meaning = parser.scope.plain(name) if name not in parser.bound else None
    if isinstance(meaning, Definition) and isinstance(meaning.body, SETS):
        return replace(meaning.body, at=at)
    if isinstance(meaning, Variable) and isinstance(meaning.space, Subsets):
        if isinstance(meaning.space.whole, Range):
            return Chosen(name, meaning.space.whole, at=at)
    parser.position = start
    return None
