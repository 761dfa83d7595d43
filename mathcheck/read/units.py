r"""Units of information behind a value: H = 1.5 \text{ bits} = 1.04 \text{ nats}.

A natural logarithm is in nats, one to base 2 in bits, one to base 10 in hartleys. If a
chain has units, its sides are compared in one of them, and no word is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Definition, Scope
from mathcheck.read.syntax import Binary, Bracket, Call, Node, Number, Symbol
from mathcheck.read.tree import unbracketed

NATURAL = "e"
# The base of the logarithm that a unit belongs to
BASES = {
    **dict.fromkeys(("nat", "nats"), NATURAL),
    **dict.fromkeys(("bit", "bits", "shannon", "shannons"), "2"),
    **dict.fromkeys(("hartley", "hartleys", "ban", "bans", "dit", "dits"), "10"),
}
NAMES = {NATURAL: "nats", "2": "bits", "10": "hartleys"}
LOGS = {NATURAL: r"\log", "2": r"\log_2", "10": r"\log_{10}"}
RATE = ("per", "of", "each")  # bits per symbol, bits of information


def unit_of(token: Token) -> str:
    """Return the unit that words begin with, as the base of its logarithm, or ""."""
    if token.kind not in ("words", "name") or token.formulas:
        return ""
    first = token.text.lower().split()[:1]
    return BASES.get(first[0].strip(",.;:"), "") if first else ""


def words_after(token: Token) -> Token | None:
    """Return what words say besides their unit, if that is something."""
    first, _, rest = token.text.partition(" ")
    if not rest or (first[-1:].isalpha() and rest.split()[0] in RATE):
        return None
    return replace(token, text=rest)


def unit_after(parser: Parser) -> str:
    """Take the unit that stands behind a value, if one does."""
    unit = unit_of(parser.here)
    if unit:
        parser.take()
    return unit


def in_one_unit(
    scope: Scope, sides: Sequence[Node], units: Sequence[str]
) -> list[Node]:
    """Return the sides of a chain as values in the unit that it ends with."""
    stated = [unit for unit in units if unit]
    if not stated:
        return list(sides)
    result = []
    for side, unit in zip(sides, units, strict=True):
        own = bases(scope, side, frozenset())
        if len(own - {unit}) > (0 if unit else 1):
            raise RefusedError(mixed(own, unit), side.at)
        factor = unit or next(iter(own), stated[-1])
        result.append(converted(side, factor, stated[-1]))
    return result


def mixed(own: frozenset[str], unit: str) -> str:
    """Say that a value is not in the unit that is written, and how to write it."""
    names = ", ".join(sorted(NAMES.get(base, f"base {base}") for base in own))
    if not unit:
        return f"its logarithms are of several units ({names}); use one of them"
    return (
        f"its logarithm is in {names}, and the unit says {NAMES[unit]}; "
        f"write {LOGS[unit]}, or the other unit"
    )


def converted(side: Node, unit: str, wanted: str) -> Node:
    """Return a value in another unit."""
    if unit == wanted:
        return side
    node: Node = Bracket(side, at=side.at)
    if unit != NATURAL:
        node = Binary("*", node, logarithm(unit), at=side.at)
    if wanted != NATURAL:
        node = Binary("/", node, logarithm(wanted), at=side.at)
    return node


def logarithm(base: str) -> Node:
    """Return the natural logarithm of a base."""
    return Call("log", (Number(base),))


def bases(scope: Scope, node: Node, seen: frozenset[str]) -> frozenset[str]:
    """Return the bases of the logarithms in an expression, through definitions too."""
    if isinstance(node, Binary) and node.operation == "/":
        base = base_of(node.right)
        if base:
            return bases(scope, node.left, seen) - {NATURAL} | {base}
    found: frozenset[str] = frozenset().union(
        *(bases(scope, child, seen) for child in node.children)
    )
    name = node.name if isinstance(node, Symbol) else getattr(node, "function", "")
    if name and name not in seen:
        bodies = [m.body for m in scope.meanings(name) if isinstance(m, Definition)]
        for body in bodies[:1]:
            found |= bases(scope, body, seen | {name})
        if not bodies and name in ("log", "KL"):
            found |= {NATURAL}
    return found


def base_of(node: Node) -> str:
    r"""Return b if an expression is \log b of a number."""
    inner = unbracketed(node)
    if isinstance(inner, Call) and inner.function == "log":
        argument = unbracketed(inner.arguments[0])
        return argument.text if isinstance(argument, Number) else ""
    return ""
