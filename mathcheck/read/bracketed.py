r"""Names that end in brackets: H(X), I(X; Y), \langle E \rangle, |B|.

Of random variables nothing but the name is known, so that the entropy H(X) is no
function of X: it is a quantity whose name says what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from mathcheck.read.cursor import STYLED, text_of
from mathcheck.read.laws import PROBABILITY
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.scope import Scope, numeric, unbold
from mathcheck.read.syntax import Node
from mathcheck.read.tree import symbols

OPENERS = ("(", "[")
SAME = {r"\mid": "|", r"\|": "||", "[": "(", "]": ")"}


def bracketed_name(name: str, inner: Sequence[Token]) -> str:
    """Return a name with what stands in its brackets, in one spelling."""
    plain = [SAME.get(t.text, t.text) for t in inner if t.text not in ("{", "}")]
    return f"{name}({''.join(plain)})"


def known_with_brackets(parser: Parser, name: str) -> str:
    """Return a name with the bracket here, if both together are one."""
    whole = bracketed_name(name, parser.enclosed) if parser.at(*OPENERS) else ""
    return whole if whole and parser.scope.known(whole) else ""


def named_with_brackets(parser: Parser, name: str) -> str:
    """Take the bracket that belongs to a name here, if one does; return the whole."""
    whole = known_with_brackets(parser, name)
    if whole:
        parser.bracketed()
    return whole


def random_variables(scope: Scope, parameters: Sequence[str]) -> bool:
    """Say whether all parameters are capital letters that mean nothing here."""
    letters = [unbold(p).split("_")[0] for p in parameters]
    return all(
        letter.isupper() and len(letter) == 1 and not scope.known(parameter)
        for letter, parameter in zip(letters, parameters, strict=True)
    )


def names_events(
    scope: Scope, function: str, parameters: Sequence[str], body: Node
) -> bool:
    """Say whether the parameters only say of what a quantity is: P(e), H(Y | X).

    So do random variables, and events of which nothing but their probability is known.
    """
    if not set(parameters).isdisjoint(symbols(body)):
        return False
    if random_variables(scope, parameters):
        return True
    of_these = f"({','.join(parameters)})"
    told = function.split("_")[0] in PROBABILITY or any(
        name.endswith(of_these) for name in symbols(body)
    )
    return told and not any(map(scope.known, parameters))


def within_signs(parser: Parser, *, new: bool = False) -> str:
    r"""Return the name that stands here between signs: \langle E \rangle, |S|.

    It is taken if it is known, or if a new one is asked for and can stand here.
    """
    opener = parser.here.text
    if parser.at(r"\langle"):
        inner = parser.enclosed
        name = rf"\langle {spelled(inner)}\rangle"
    elif parser.at("|"):
        start = parser.position + 1
        following = parser.tokens[start:]
        ends = [i for i, t in enumerate(following) if t.text == "|" and t.is_sign]
        inner = following[: ends[0]] if ends else []
        name = f"|{spelled(inner)}|"
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
    if opener == "|" and inner and single and means(parser, inner):
        return ""  # an absolute value
    if not known and not (new and single):
        return ""
    parser.position += len(inner) + 2
    return name


def spelled(found: list[Token]) -> str:
    r"""Return the text of tokens, with braces around what is in a style: \mathbf x."""
    pairs = zip([None, *found], found, strict=False)
    return "".join(
        f"{{{token.text}}}" if before and before.text in STYLED and token.text != "{"
        else token.text
        for before, token in pairs
    )  # fmt: skip


def means(parser: Parser, inner: list[Token]) -> bool:
    """Say whether what stands between bars is known: |x|, |x_k| of a vector."""
    scope, style = parser.scope, inner[0].text
    letters = [t.text for t in inner if t.text not in ("{", "}", style)]
    base, more = style, len(inner) > 1
    if letters and style in (r"\mathcal", r"\mathbf"):
        base = rf"\mathbf {letters[0]}" if style == r"\mathbf" else ""
        base = base or rf"{style}{{{letters[0]}}}"
        more = len(letters) > 1
    if not more:
        return scope.known(base)
    return scope.known(text_of(inner)) or any(
        not numeric(meaning) for meaning in scope.meanings(base)
    )
