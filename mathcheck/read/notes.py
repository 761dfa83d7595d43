r"""What stands at a brace over or under a part: words, a value, a relation, a set."""

from __future__ import annotations

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import Bracket, Member, Node, Relation

ARROWS = frozenset(
    r"\to \gets \leftarrow \leftrightarrow \Rightarrow \uparrow \downarrow { }".split()
)
JOINTS = ARROWS | {"^", "_", "+", r"\times", r"\cdot", "/"}


def decorated(parser: Parser) -> Node:
    r"""Read \boxed{x} or \underbrace{x}_{words} as x; set aside what a brace says."""
    token = parser.take()
    body = Bracket(parser.group(), at=token.at)
    if token.text not in (r"\underbrace", r"\overbrace"):
        return scripted(parser, body)
    while parser.skip("_", "^"):
        at, note = parser.here.at, without_words(parser.argument())
        if any(token.formulas for token in note):
            raise parser.refuse("a formula in the words at a brace is not read", at)
        if not is_label(parser, note):
            parser.aside[at] = said_of(parser, body, note, at), ()
    return body


def is_label(parser: Parser, note: list[Token]) -> bool:
    r"""Say whether what stands at a brace is words, with arrows or signs among them.

    So \text{image} \to \text{text}, and \text{bias}^2 if nothing has this name.
    """
    spoken = [t for t in note if t.kind in ("words", "name", "break")]
    others = [t.text for t in note if t not in spoken and t.text != r"\substack"]
    known = any(t.kind == "name" and parser.scope.known(t.text) for t in spoken)
    signs = ARROWS if known else JOINTS
    for before, text in zip(["", *others], others, strict=False):
        script = text.isdigit() and before in ("^", "_", "{") and not known
        if not (script or text in signs):
            return False
    return bool(spoken) or not note


def without_words(note: list[Token]) -> list[Token]:
    """Return what stands at a brace without the words after it: = 1 (normalised)."""
    while note[1:] and note[-1].kind in ("words", "break"):
        if note[-1].formulas:
            break
        note = note[:-1]
    return note


def said_of(
    parser: Parser, body: Node, note: list[Token], at: int
) -> Relation | Member:
    r"""Read what stands at a brace: that what it spans is equal to this, or \ge 0."""
    if parser.bound or parser.loose:
        raise parser.refuse(
            "what a brace says of a bound letter is not checked; "
            "write it as a statement of its own",
            at,
        )

    def read(parser: Parser) -> Relation | Member:
        if parser.skip(r"\in"):
            return Member(body, parser.grammar.space(parser), at=body.at)
        operator = parser.take().text if parser.at(*RELATIONS) else "="
        if not parser.starts_factor() and not parser.at("-", "+"):
            raise parser.refuse(
                "what stands at a brace is read as equal to what it spans, "
                "or as a relation; write anything else as a statement of its own",
                at,
            )
        return Relation((operator,), (body, parser.expression()), at=body.at)

    return parser.isolated(note, read)
