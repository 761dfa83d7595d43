r"""What stands beside a statement in its row: a &= b & c &= d, a &= b && (c > 0)."""

from __future__ import annotations

import itertools
from dataclasses import replace

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import levels, places, top_level
from mathcheck.read.dress import DEFINED
from mathcheck.read.lexer import Token
from mathcheck.read.problems import RefusedError

OPERATORS = ("+", "-", r"\cdot", r"\times", r"\odot", "/", r"\otimes")


def turned(found: list[Token]) -> list[Token]:
    """Return a definition that is written the other way, A =: b, as b := A."""
    signs = [*places(found, (DEFINED,))]
    if not signs:
        return found
    *_, last = signs
    sign = found[last]
    if len(signs) > 1 or not found[:last] or top_level(found[last:], RELATIONS):
        raise RefusedError("=: defines the one name that stands after it", sign.at)
    return [*found[last + 1 :], replace(sign, text=":="), *found[:last]]


def begins_anew(before: list[Token], following: list[Token]) -> bool:
    r"""Say whether another statement, or a reason, begins in the next cell of a row.

    So in a &= b & c &= d, and in a &= b && (c > 0).
    """
    row = itertools.takewhile(lambda t: t.kind not in ("break", "end"), following)
    rest = [token for token in row if token.kind != "align"]
    if not rest or rest[0].text in (*RELATIONS, *OPERATORS):
        return False
    reason = whole_bracket(rest) and top_level(rest[1:-1], RELATIONS)
    whole = top_level(before, RELATIONS) and before[-1].text not in RELATIONS
    return whole and (reason or only_said(rest) or top_level(rest, RELATIONS))


def only_said(found: list[Token]) -> bool:
    r"""Say whether a bracket holds nothing but words: (\text{expand})."""
    inner = found[1:-1]
    spoken = all(t.kind in ("words", "name") and not t.formulas for t in inner)
    return whole_bracket(found) and spoken


def whole_bracket(found: list[Token]) -> bool:
    """Say whether one bracket is around all tokens."""
    if len(found) < 3 or found[0].text not in ("(", "[", r"\{"):
        return False
    ends = [i for i, (depth, _) in enumerate(levels(found)) if depth == 0]
    return ends[:1] == [len(found) - 1]
