r"""What is said in words of all members: \text{if all } p_i \text{ are equal}."""

from __future__ import annotations

import re
from dataclasses import replace

from mathcheck.read.inner import OF_ALL
from mathcheck.read.lexer import Token, mark
from mathcheck.read.segments import Segment

EQUAL = re.compile(
    r"\s*(?:are|is)\s+(?:all\s+)?(?:equal|the same|alike|identical)\s*[.,;]?\s*"
    r"|\s*(?:coincide|agree)\s*[.,;]?\s*",
    re.IGNORECASE,
)


def with_equal_members(parts: list[Segment]) -> list[Segment]:
    """Write that all members are equal as that each is equal to the first one."""
    result: list[Segment] = []
    for part in parts:
        last = result[-1] if result else None
        if last and said_equal(part) and (first := first_member(last)):
            at = last.tokens[-1].end
            last.tokens = [*last.tokens, mark("=", at), *first]
            continue
        result.append(part)
    return result


def said_equal(part: Segment) -> bool:
    """Say whether words alone say that something is equal."""
    return not part.tokens and bool(EQUAL.fullmatch(part.words))


def first_member(part: Segment) -> list[Token]:
    """Return p_1 for p_i after "if all"; nothing if this is no member."""
    texts = [token.text for token in part.tokens]
    if part.words.lower().strip(" ,") not in OF_ALL or texts.count("_") != 1:
        return []
    below = part.tokens[texts.index("_") + 1 :]
    letters = [token for token in below if token.kind == "letter"]
    if len(letters) != 1 or texts[-1] not in (letters[0].text, "}"):
        return []
    one = replace(letters[0], kind="number", text="1")
    return [one if token is letters[0] else token for token in part.tokens]
