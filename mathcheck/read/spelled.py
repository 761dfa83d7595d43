r"""A vector that is declared with its components: \mathbf{x} = (x_1, \dots, x_n) \in S.

They are those that its name has anyway; their number has to be that of the set.
"""

from __future__ import annotations

from mathcheck.read.claims import Statement
from mathcheck.read.cursor import STYLES, places
from mathcheck.read.declarations import declaration
from mathcheck.read.dots import pattern
from mathcheck.read.lexer import Token
from mathcheck.read.names import read_name
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Meaning, Variable
from mathcheck.read.syntax import Dots, Node, Number, Transposed, Vector


def spells_out(parser: Parser, found: list[Token]) -> bool:
    """Say whether a new vector is given its components before its set."""
    signs = [*places(found, ("=", r"\in"))]
    if [found[i].text for i in signs] != ["=", r"\in"]:
        return False
    cut = signs[0]
    letters = [t for t in found[:cut] if t.text not in (*STYLES, "{", "}")]
    inner = found[cut + 2 :]
    if len(letters) != 1 or letters[0].kind != "letter" or not inner:
        return False
    name = parser.isolated(found[:cut], read_name)
    if found[cut + 1].text not in ("(", "[") or parser.scope.in_section(name):
        return False
    first = [token.text for token in inner[:3]]
    return first == [letters[0].text, "_", "1"]


def spelled_out(
    parser: Parser, found: list[Token], at: int, end: int, concludes: bool, inline: bool
) -> list[Statement]:
    """Read the declaration of a vector, and what is said of its components."""
    last = parser.tokens[-1]
    equal, member = places(found, ("=", r"\in"))
    short = [*found[:equal], *found[member:], last]
    result = declaration(parser.other(short), at, end, concludes, inline)
    for statement in result:
        for meaning in statement.declares:
            parser.scope.add(meaning)
    parser.position = len(parser.tokens) - 1
    vector = parser.isolated(found[equal + 1 : member], Parser.expression)
    check_length(vector, result[0].declares[-1], at)
    return result


def check_length(vector: Node, meaning: Meaning, at: int) -> None:
    """Refuse components that are not as many as the set says."""
    while isinstance(vector, Transposed):
        vector = vector.body
    space = meaning.space if isinstance(meaning, Variable) else None
    sizes = getattr(space, "sizes", None) or (getattr(space, "size", None),)
    items = vector.items if isinstance(vector, Vector) else ()
    last: Node | None = Number(str(len(items)))
    if len(items) > 2 and isinstance(items[-2], Dots):
        last = pattern(items[:-2], items[-1], at).high
    if sizes != (last,):
        raise RefusedError(
            "the components that are written out are not those of the set", at
        )
