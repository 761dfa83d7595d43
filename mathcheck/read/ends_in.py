r"""A chain whose last side is said to be in a set: p - t = 1 - s \in [-1, 1]."""

from __future__ import annotations

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import places
from mathcheck.read.lexer import Token

OTHERS = (r"\forall", r"\exists", r"\subset", r"\subseteq", r"\to", r"\sim", ",")


def ends_in_set(found: list[Token]) -> int:
    r"""Return where \in stands behind a chain of relations, 0 if it does not."""
    signs = [*places(found, (*RELATIONS, ":", r"\in", r"\notin", *OTHERS))]
    texts = [found[i].text for i in signs]
    if texts[-1:] != [r"\in"] or not set(texts[:-1]) <= {*RELATIONS} or not texts[1:]:
        return 0
    return signs[-1]


def last_side(chain: list[Token]) -> list[Token]:
    """Return what stands behind the last relation."""
    *_, last = places(chain, RELATIONS)
    return chain[last + 1 :]
