r"""A chain whose last side is said to be in a set: p - t = 1 - s \in [-1, 1]."""

from __future__ import annotations

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import levels
from mathcheck.read.lexer import Token

OTHERS = (r"\forall", r"\exists", r"\subset", r"\subseteq", r"\to", r"\sim", ",")


def ends_in_set(found: list[Token]) -> int:
    r"""Return where \in stands behind a chain of relations, 0 if it does not."""
    signs = [
        (position, token.text)
        for position, (depth, token) in enumerate(levels(found))
        if depth == 0
        and token.is_sign
        and token.text in (*RELATIONS, ":", r"\in", r"\notin", *OTHERS)
    ]
    texts = [text for _, text in signs]
    if texts[-1:] != [r"\in"] or not set(texts[:-1]) <= {*RELATIONS} or not texts[1:]:
        return 0
    return signs[-1][0]


def last_side(chain: list[Token]) -> list[Token]:
    """Return what stands behind the last relation."""
    signs = [
        position
        for position, (depth, token) in enumerate(levels(chain))
        if depth == 0 and token.is_sign and token.text in RELATIONS
    ]
    return list(chain[signs[-1] + 1 :])
