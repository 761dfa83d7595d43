r"""Signs that are two statements at once: (a \pm b)^2 = a^2 \pm 2 a b + b^2.

The upper signs belong together, and the lower ones: each is a statement of its own. A
sign on one side of an equation may be both values or one of them, and stays unread;
in an implication it is one of them: x^2 = 4 \iff x = \pm 2.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import levels, places
from mathcheck.read.lexer import Token, mark
from mathcheck.read.signs import MIRRORED

SIGNS = {r"\pm": ("+", "-"), r"\mp": ("-", "+")}


def both_signs(found: list[Token]) -> list[list[Token]]:
    """Return the statements with the upper signs and with the lower ones, if two."""
    if not any(map(is_sign, found)) or set_apart(found):
        return [found]
    sides, operators = 0, set()
    here = False
    for depth, token in levels(found):
        here |= is_sign(token)
        if depth == 0 and token.is_sign and token.text in RELATIONS:
            operators.add(token.text)
            sides, here = sides + here, False
    # of these both signs can only be meant
    ordered = bool(operators) and operators <= MIRRORED.keys()
    paired = len({t.text for t in found if is_sign(t)}) > 1  # (a \pm b)(a \mp b)
    if ":=" in operators or not (ordered or paired or sides + here > 1):
        return [found]
    return [with_sign(found, which) for which in (0, 1)]


def with_sign(found: list[Token], which: int) -> list[Token]:
    """Return tokens with the upper signs, or with the lower ones."""
    return [
        replace(t, kind="mark", text=SIGNS[t.text][which]) if is_sign(t) else t
        for t in found
    ]


def one_of_both(found: list[Token]) -> list[Token]:
    r"""Return x = \pm 2 as (x = 2 \vee x = -2)."""
    relations = [*places(found, RELATIONS)]
    signs = [*places(found, (*SIGNS,))]
    if [found[i].text for i in relations] != ["="] or len(signs) != 1:
        return found
    if sum(map(is_sign, found)) > 1 or signs[0] < relations[0]:
        return found
    at = found[0].at
    upper, lower = (with_sign(found, which) for which in (0, 1))
    either = Token("command", r"\vee", at, at)
    return [mark("(", at), *upper, either, *lower, mark(")", at)]


def is_sign(token: Token) -> bool:
    """Say whether a token is a double sign."""
    return token.is_sign and token.text in SIGNS


def set_apart(found: list[Token]) -> bool:
    r"""Say whether a sign is a name's or a set's: x_\pm, s = \pm 1, \{\pm 1\}."""
    depths = [depth for depth, _ in levels(found)]
    for position, token in enumerate(found):
        if not is_sign(token):
            continue
        before = [t.text for t in found[max(position - 2, 0) : position]]
        after = found[position + 1].text if position + 1 < len(found) else ""
        script = before[-1:] in (["_"], ["^"])
        script |= before in (["_", "{"], ["^", "{"]) and after == "}"
        value = before[-1:] == ["="] and depths[position] > 0
        if script or value or before[-1:] == [r"\{"]:
            return True
    return False
