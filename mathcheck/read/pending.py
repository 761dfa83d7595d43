r"""What a side file leaves to the pages: L := \dots says that a page defines L with =.

Most authors write = where they define. A section's first displayed equation of such a
symbol is its definition there, and every later one is a claim; "if $L = 0$" is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mathcheck.read.calls import ARGUMENT_ENDS
from mathcheck.read.claims import Statement
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import levels, places, top_level
from mathcheck.read.lexer import Token
from mathcheck.read.scope import Scope

BRACES = re.compile(r"[{}]")
HEAD_ENDS = ("_", "^", "(", "[", "'", ":=", "=")  # what may follow a symbol's name


def head(found: list[Token]) -> str:
    """Return the name with which tokens begin, without its scripts and arguments."""
    name, depth = [], 0
    for token in found:
        if not depth and token.text in HEAD_ENDS:
            break
        depth += (token.text == "{") - (token.text == "}")
        if token.text not in ("{", "}"):
            name.append(token.text)
    return " ".join(name)


def signature(found: list[Token]) -> str:
    """Return a name as `head` does, of a function with the number of its arguments."""
    name = head(found)
    opens = next((i for i, t in enumerate(found) if t.text in HEAD_ENDS), len(found))
    if opens == len(found) or found[opens].text != "(":
        return name
    inner = [1 for depth, token in levels(found[opens:]) if depth == 1
             and token.text in ARGUMENT_ENDS and token.text != ")"]  # fmt: skip
    return f"{name} of {1 + len(inner)}"


def is_left_open(found: list[Token]) -> bool:
    r"""Say whether tokens are those of L := \dots."""
    texts = [token.text for token in found if token.kind != "end"]
    return texts[-2:] == [":=", r"\dots"] and ":=" not in texts[:-2]


def left_open(found: list[Token], at: int, end: int) -> Statement:
    """Read that a symbol gets its meaning on a page."""
    return Statement("pending", at, end, leaves=signature(found))


def may_define(found: list[Token], scope: Scope) -> bool:
    """Say whether tokens are an equation of what is left to the page."""
    first = next(places(found, (*RELATIONS, ":=", r"\in")), None)
    if first is None or found[first].text != "=" or top_level(found, (r"\in",)):
        return False
    return scope.leaves(signature(found))


def as_defined(found: list[Token]) -> list[Token]:
    """Return tokens in which the first sign of equality defines."""
    first = next(places(found, ("=",)))
    defines = replace(found[first], kind="mark", text=":=")
    return [*found[:first], defines, *found[first + 1 :]]


def defines_anew(statement: Statement, name: str, scope: Scope) -> bool:
    """Say whether a definition is that of a name, and the page's first one of it.

    That of p_1 is none of p: it claims something of a component.
    """
    meaning = statement.declares[-1]
    own = " ".join(BRACES.sub(" ", meaning.name.partition(" of ")[0]).split())
    here = (frame for frame in scope.frames if frame.level >= 0)
    return own == name and not any(meaning.key in frame.meanings for frame in here)
