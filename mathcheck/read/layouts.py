r"""What is laid out in rows: matrices and cases."""

from __future__ import annotations

from mathcheck.read.conditions import condition
from mathcheck.read.dots import grid
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import Cases, Dots, Matrix, Node, Transposed, Vector


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
    """Read a matrix; one column of several rows is a vector."""
    at = parser.here.at
    rows = body_of(parser)
    cells = [[entry_of(parser, cell, at) for cell in row] for row in rows]
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
    return scripted(parser, node)


def entry_of(parser: Parser, cell: list[Token], at: int) -> Node:
    """Read an entry; an empty one is left out, as those beside dots are."""
    return parser.isolated(cell, Parser.item) if cell else Dots(at=at)


def cases(parser: Parser) -> Node:
    """Read an alternative: values with the conditions under which they hold."""
    at = parser.here.at
    rows: list[tuple[Node, Node | None]] = []
    for row in body_of(parser):
        if len(row) == 1:
            row = split_case(row[0])
        if len(row) != 2:
            raise RefusedError(
                "each row of the cases needs a value and a condition", at
            )
        value = parser.whole(strip_comma(row[0]))
        cell = strip_comma(row[1])
        rows.append((value, parser.isolated(cell, case_condition)))
    if not rows:
        raise RefusedError("cases without rows", at)
    return Cases(tuple(rows), at=at)


def split_case(cell: list[Token]) -> list[list[Token]]:
    """Split a case that has no & at the word with which its condition begins."""
    for position, token in enumerate(cell):
        if token.kind == "words":
            return [cell[:position], cell[position:]]
    return [cell]


def strip_comma(tokens: list[Token]) -> list[Token]:
    """Return tokens without the punctuation and the spaces at their end."""
    while tokens and (tokens[-1].kind == "break" or tokens[-1].text in (",", ";", ".")):
        tokens = tokens[:-1]
    return tokens


def case_condition(parser: Parser) -> Node | None:
    """Read the condition of a case; None is `otherwise`."""
    if parser.here.kind == "words":
        token = parser.take()
        words = [word.strip(",:.") for word in token.text.lower().split()]
        if words in (["otherwise"], ["else"]):
            return None
        if words not in (["if"], ["for"], ["when"], ["where"], ["whenever"]):
            raise parser.refuse(
                rf"cannot read \text{{{token.text}}} as a condition", token.at
            )
    return condition(parser)
