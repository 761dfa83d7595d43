r"""Accents over expressions: \overline{x^2} is a name of its own, and not \bar x^2.

What an accent says of a product or of a power, a mean mostly, is for the page to
define; \hat{y_k} and \hat{y^{(n)}} are a name with its scripts.
"""

from __future__ import annotations

from mathcheck.read.cursor import STYLED
from mathcheck.read.dress import argument
from mathcheck.read.lexer import Token

MARKS = ("*", r"\dagger", r"\top", "T", "+", "-", "'")  # above a letter, and no power


def over_expression(inner: list[Token]) -> bool:
    """Say whether more than a name with its indices and marks stands here."""
    start = 1 if inner and inner[0].text in STYLED else 0
    _, position = argument(inner, start)
    while position < len(inner):
        sign = inner[position]
        if sign.text == "'":
            position += 1
            continue
        if not sign.is_sign or sign.text not in ("_", "^"):
            return True
        script, position = argument(inner, position + 1)
        sample = len(script) > 2 and script[0].text in ("(", "[")
        mark = [t.text for t in script] in ([m] for m in MARKS)
        if sign.text == "^" and not (sample or mark):
            return True
    return False


def expression_name(accent: str, inner: list[Token]) -> str:
    r"""Return the name of an expression under an accent; x^{2} and x^2 are one."""
    texts: list[str] = []
    for position, token in enumerate(inner):
        around = [t.text for t in inner[max(position - 2, 0) : position + 3]]
        opens = token.text == "{" and around[-1:] == ["}"] and len(around) > 2
        closes = token.text == "}" and around[:1] == ["{"] and position > 1
        if not (token.is_sign and (opens or closes)):
            apart = token.text.startswith("\\") and token.text[-1].isalpha()
            texts.append(token.text + " " * apart)
    return f"{accent} {{{''.join(texts).strip()}}}"
