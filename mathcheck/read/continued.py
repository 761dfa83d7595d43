r"""A displayed formula that begins with =, and goes on with the one before it.

So notes break a derivation, with words between its steps; what is left of the sign is
the last side of the formula before.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import places
from mathcheck.read.lexer import Token

PARTS = (",", ";", r"\quad", r"\qquad", "&")  # of a formula that is more than a chain


def goes_on(found: list[Token]) -> bool:
    """Say whether tokens begin with a relation."""
    return found[0].text in RELATIONS


def last_side(found: list[Token]) -> list[Token]:
    """Return the last side of a chain, as it is before what goes on; else nothing."""
    signs = [*places(found, RELATIONS)]
    kinds = {token.kind for token in found}
    more = next(places(found, PARTS), None) is not None
    if not signs or more or kinds & {"words", "break", "align"}:
        return []
    side = [token for token in found[signs[-1] + 1 :] if token.kind != "end"]
    return [replace(token, at=0, end=0) for token in side]
