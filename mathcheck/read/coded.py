r"""Functions by their names in code: \text{abs}(x), \operatorname{log1p}(x)."""

from __future__ import annotations

from collections.abc import Callable

from mathcheck.read.parser import Parser
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import ONE, Absolute, Binary, Bracket, Call, Node, Number


def logarithm(x: Node, base: Node) -> Node:
    """Return the logarithm to a base."""
    numerator = Call("log", (x,), at=x.at)
    return Bracket(Binary("/", numerator, Call("log", (base,)), at=x.at), at=x.at)


CODED: dict[str, Callable[[Node], Node]] = {
    "abs": lambda x: Absolute(x, each=True, at=x.at),
    "sqrt": lambda x: Call("sqrt", (x,), at=x.at),
    "square": lambda x: Binary("^", Bracket(x, at=x.at), Number("2"), at=x.at),
    "log1p": lambda x: Call("log", (Binary("+", ONE, x, at=x.at),), at=x.at),
    "expm1": lambda x: Bracket(Binary("-", Call("exp", (x,)), ONE), at=x.at),
    "log2": lambda x: logarithm(x, Number("2")),
    "log10": lambda x: logarithm(x, Number("10")),
}


def coded(parser: Parser) -> Node | None:
    """Read such a function with its brackets, if it stands here and is not declared."""
    name = parser.here.text
    if name not in CODED or parser.knows(name) or parser.ahead().text not in ("(", "["):
        return None
    parser.take()
    argument = parser.whole(parser.bracketed())
    return scripted(parser, CODED[name](argument))
