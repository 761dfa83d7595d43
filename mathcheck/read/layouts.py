r"""What is laid out in rows: matrices and cases."""

from __future__ import annotations

from mathcheck.read.conditions import RELATIONS, condition, contrary, relation
from mathcheck.read.cursor import joined, levels, top_level
from mathcheck.read.dots import grid
from mathcheck.read.lexer import FORMULA, Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import (
    Call,
    Cases,
    Dots,
    Matrix,
    Node,
    Relation,
    Transposed,
    Vector,
)

ALTERNATIVES = (r"\begin{matrix}", r"\begin{array}", r"\begin{aligned}")


def body_of(parser: Parser) -> list[list[list[Token]]]:
    """Take an environment; return its rows, each a list of cells, each of tokens."""
    begin = parser.take()
    if begin.text == r"\begin{array}":
        parser.argument()  # how its columns are aligned
    end = begin.text.replace(r"\begin", r"\end")
    rows: list[list[list[Token]]] = [[[]]]
    depth = 0
    while not (depth == 0 and parser.here.text == end):
        token = parser.take()
        if token.kind == "end":
            raise parser.refuse(f"{begin.text} is not closed", begin.at)
        if token.kind != "words":
            depth += token.text.startswith(r"\begin{") or token.text == "{"
            depth -= token.text.startswith(r"\end{") or token.text == "}"
        if depth == 0 and token.text == "&":
            rows[-1].append([])
        elif depth == 0 and token.kind == "break" and token.text == r"\\":
            rows.append([[]])
        else:
            rows[-1][-1].append(token)
    parser.take()
    return [row for row in rows if any(row)]


def matrix(parser: Parser) -> Node:
    """Read a matrix, or its determinant; a column of several rows is a vector."""
    at, determinant = parser.here.at, parser.at(r"\begin{vmatrix}")
    rows = body_of(parser)
    cells = [[entry_of(parser, cell, at) for cell in row] for row in filled(rows, at)]
    if not cells or len({len(row) for row in cells}) > 1:
        raise RefusedError("a matrix whose rows differ in length", at)
    node: Node
    if len(cells[0]) == 1:
        node = Vector(tuple(row[0] for row in cells), at=at)
    elif len(cells) == 1 and any(isinstance(entry, Dots) for entry in cells[0]):
        node = Transposed(Vector(tuple(cells[0]), at=at), at=at)
    elif any(isinstance(entry, Dots) for row in cells for entry in row):
        node = grid(cells, at)
    else:
        node = Matrix(tuple(map(tuple, cells)), at=at)
    if determinant:
        node = Call("det", (node,), at=at)
    return scripted(parser, node)


def filled(rows: list[list[list[Token]]], at: int) -> list[list[list[Token]]]:
    """Return the cells of a matrix with a 0 in those beside its diagonal left empty.

    In a row or a column with dots they stay empty, as what the dots go on with.
    """
    square = {len(row) for row in rows} == {len(rows)} and len(rows) > 1
    if not square or not all(row[i] for i, row in enumerate(rows)):
        return rows
    dotted = {
        place
        for i, row in enumerate(rows)
        for j, cell in enumerate(row)
        for place in (("row", i), ("column", j))
        if [token.text for token in cell] == [r"\dots"]
    }
    zero = [Token("number", "0", at, at)]
    return [
        [
            cell if cell or {("row", i), ("column", j)} & dotted else zero
            for j, cell in enumerate(row)
        ]
        for i, row in enumerate(rows)
    ]


def entry_of(parser: Parser, cell: list[Token], at: int) -> Node:
    """Read an entry; an empty one is left out, as those beside dots are."""
    return parser.isolated(cell, Parser.item) if cell else Dots(at=at)


def cases(parser: Parser) -> Node:
    """Read an alternative: values with the conditions under which they hold."""
    at = parser.here.at
    body = body_of(parser)
    rows = [case(cells, at) for cells in [*map(listed, body[:-1]), *body[-1:]]]
    if not rows:
        raise RefusedError("cases without rows", at)
    found: list[tuple[Node, Node | None]] = []
    for value, when in rows:
        condition = parser.isolated(when, case_condition)
        found.append((value_of(parser, value, condition, found), condition))
    return Cases(tuple(found), at=at)


def value_of(
    parser: Parser,
    value: list[Token],
    when: Node | None,
    before: list[tuple[Node, Node | None]],
) -> Node:
    r"""Read the value of a case, and set aside what is said of it: p - 1 \le 0."""
    if not top_level(value, RELATIONS):
        return parser.whole(value)
    at = value[0].at
    if parser.bound or parser.loose:
        raise RefusedError(
            "what an alternative says of a bound letter is not checked; "
            "write it as a statement of its own",
            at,
        )
    said = parser.isolated(value, relation)
    if not isinstance(said, Relation):
        raise RefusedError("the value of a case cannot be read", at)
    others = tuple(contrary(c) for _, c in before if c is not None)
    parser.aside[at] = said, others if when is None else (when,)
    return said.sides[0]


def right_brace(parser: Parser) -> Node:
    r"""Read \left. \begin{array}...\end{array} \right\}: the brace stands behind."""
    opener = parser.take()
    if not parser.at(*ALTERNATIVES):
        raise parser.refuse(r"what \left. opens is not read; leave it out", opener.at)
    node = cases(parser)
    parser.expect(r"\}")
    return node


def case(cells: list[list[Token]], at: int) -> tuple[list[Token], list[Token]]:
    """Return the value and the condition of a case, of which either may stand first."""
    cells = [cell for cell in map(stripped, cells) if cell]
    if len(cells) == 1:
        cells = [*map(stripped, split_case(cells[0]))]
    if len(cells) != 2 or not all(cells):
        raise RefusedError("each row of the cases needs a value and a condition", at)
    value, when = cells
    if value[0].kind == "words" and when[0].kind != "words":
        value, when = when, value
    return value, when


def listed(cells: list[list[Token]]) -> list[list[Token]]:
    r"""Return a row without the word that leads to the next one: \text{, and}."""
    *others, last = cells
    while last and last[-1].kind == "break":
        last = last[:-1]
    if last and last[-1].kind == "words" and not last[-1].formulas:
        joint = last[-1].text.lower().strip(" ,;") == "and"
        last = last[:-1] if joint else last
    return [*others, last]


def words_of_cases(found: list[Token]) -> list[Token]:
    """Return the words within alternatives; their formulas are conditions there."""
    result, depth = [], 0
    for token in found:
        if token.kind == "command" and "cases}" in token.text:
            depth += 1 if token.text.startswith(r"\begin") else -1
        if depth and token.kind == "words":
            result.append(token)
    return result


def split_case(cell: list[Token]) -> list[list[Token]]:
    """Split a case that has no & where its condition begins, or its value does.

    That is at its words, at a wide space, or at a bracket at its end.
    """
    opens = cell[0].kind == "words"
    depths = [depth for depth, _ in levels(cell)]
    for position, token in enumerate(cell):
        wide = token.kind == "break" and depths[position] == 0
        if (token.kind == "words" and not opens) or (wide and not opens):
            return [cell[:position], cell[position:]]
        if opens and position and depths[position] == 0 and token.text in (":", ","):
            return [cell[:position], cell[position + 1 :]]
    if cell[-1].text == ")" and 0 in depths[:-1]:
        start = len(depths) - depths[-2::-1].index(0) - 1
        if top_level(cell[start + 1 : -1], RELATIONS):
            return [cell[:start], cell[start:]]
    return [cell]


def stripped(tokens: list[Token]) -> list[Token]:
    """Return tokens without the punctuation and the wide spaces at their ends."""
    while tokens and (tokens[-1].kind == "break" or tokens[-1].text in ENDING):
        tokens = tokens[:-1]
    while tokens and (tokens[0].kind == "break" or tokens[0].text in ENDING):
        tokens = tokens[1:]
    return tokens


ENDING = (",", ";", ".", ":")
IF = frozenset("if for when where whenever on provided iff".split())
ALL = frozenset("all any every each".split())
OTHERWISE = frozenset(
    ("otherwise", "else", "elsewhere", "o.w", "ow", "if not", "in all other cases",
     "in other cases", "in any other case", "all other cases", "any other case",
     "for all other cases", "in the other case", "in the other cases", "if else",
     "if otherwise", "for otherwise", "by default", "default", "other", "others",
     "all others", "for all others", "other cases", "in else", "else if not")
)  # fmt: skip


def case_condition(parser: Parser) -> Node | None:
    """Read the condition of a case; None is `otherwise`.

    What stands behind `otherwise` says what that is, and is the condition.
    """
    other = False
    while parser.here.kind in ("words", "break"):
        token = parser.take()
        said = token.text.replace(FORMULA, " ").lower()
        words = [w for word in said.split() if (w := word.strip(",:.;()"))]
        if " ".join(words) in OTHERWISE:
            other = True
        elif token.kind == "words" and not (set(words) <= IF | ALL | {"and", "that"}):
            raise parser.refuse(
                rf"cannot read \text{{{token.text}}} as a condition; "
                r"write \text{if } or \text{otherwise}",
                token.at,
            )
        if token.formulas:  # \text{if $x > 0$}
            parser.rewrite(0, joined(token.formulas))
    return None if other and parser.done else condition(parser)
