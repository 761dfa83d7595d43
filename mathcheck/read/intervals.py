r"""Intervals with brackets turned outwards: ]0, 1[ is (0, 1), [0, 1[ is [0, 1)."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.cursor import levels
from mathcheck.read.lexer import Token

TURNED = {"]": "(", "[": "["}  # at the lower end
TURNED_AT_END = {"[": ")", "]": "]"}
BEFORE = (r"\in", r"\notin", r"\subset", r"\subseteq", r"\times", r"\setminus")


def turned_inwards(found: list[Token]) -> list[Token]:
    """Return tokens in which all intervals have the brackets of (0, 1) and [0, 1]."""
    result = list(found)
    for start, token in enumerate(found[1:], 1):
        if token.text not in TURNED or found[start - 1].text not in BEFORE:
            continue
        end = end_of(found, start)
        if end is not None and (token.text, found[end].text) != ("[", "]"):
            result[start] = replace(token, text=TURNED[token.text])
            result[end] = replace(found[end], text=TURNED_AT_END[found[end].text])
    return result


def end_of(found: list[Token], start: int) -> int | None:
    """Return where the interval ends that begins at a place, if one does."""
    comma = False
    for position, (depth, token) in enumerate(levels(found[start + 1 :]), start + 1):
        square = token.text in TURNED_AT_END and token.is_sign
        if square and comma and abs(depth) <= 1:
            return position
        if depth == 0 and token.is_sign and token.text == ",":
            if comma:
                return None
            comma = True
        elif square or token.text in (r"\in", "=", ":="):
            return None
    return None
