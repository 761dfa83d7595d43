r"""Names that end in brackets: H(X), I(X; Y), \langle E \rangle, |B|.

Of random variables nothing but the name is known, so that the entropy H(X) is no
function of X: it is a quantity whose name says what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from mathcheck.read.cursor import text_of
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.scope import Scope, unbold

OPENERS = ("(", "[")
SAME = {r"\mid": "|", r"\|": "||", "[": "(", "]": ")"}


def bracketed_name(name: str, inner: Sequence[Token]) -> str:
    """Return a name with what stands in its brackets, in one spelling."""
    plain = [SAME.get(t.text, t.text) for t in inner if t.text not in ("{", "}")]
    return f"{name}({''.join(plain)})"


def named_with_brackets(parser: Parser, name: str) -> str:
    """Take the bracket that belongs to a name here, if one does; return the whole."""
    if parser.at(*OPENERS):
        whole = bracketed_name(name, parser.enclosed)
        if parser.scope.known(whole):
            parser.bracketed()
            return whole
    return ""


def random_variables(scope: Scope, parameters: Sequence[str]) -> bool:
    """Say whether all parameters are capital letters that mean nothing here."""
    letters = [unbold(p).split("_")[0] for p in parameters]
    return all(
        letter.isupper() and len(letter) == 1 and not scope.known(parameter)
        for letter, parameter in zip(letters, parameters, strict=True)
    )


def within_signs(parser: Parser, *, new: bool = False) -> str:
    r"""Return the name that stands here between signs: \langle E \rangle, |S|.

    It is taken if it is known, or if a new one is asked for and can stand here.
    """
    opener = parser.here.text
    if parser.at(r"\langle"):
        inner = parser.enclosed
        name = rf"\langle {text_of(inner)}\rangle"
    elif parser.at("|"):
        start = parser.position + 1
        following = parser.tokens[start:]
        ends = [i for i, t in enumerate(following) if t.text == "|" and t.is_sign]
        inner = following[: ends[0]] if ends else []
        name = f"|{text_of(inner)}|"
    else:
        return ""
    known = parser.scope.known(name)
    single = (
        bool(inner)
        and inner[0].kind in ("letter", "command")
        and all(
            t.kind in ("letter", "number", "name", "words")
            or t.text in ("_", "^", "{", "}", r"\mathcal", r"\mathbf", "(", ")", "'")
            for t in inner
        )
    )
    fresh = new and single and (opener == r"\langle" or not means(parser, inner))
    if not known and not fresh:
        return ""
    parser.position += len(inner) + 2
    return name


def means(parser: Parser, inner: list[Token]) -> bool:
    """Say whether what stands between bars, or its letter, is known."""
    styled = inner[0].text in (r"\mathcal", r"\mathbf")
    base = text_of(inner[:4] if styled else inner[:1])
    known = parser.scope.known
    return known(base) or known(text_of(inner)) or known(base.strip("{}"))
