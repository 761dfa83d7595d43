r"""Classes as events: p(C_k \mid x) says that the class is the one of number k.

Nothing declares C: it is the name of an outcome, and k tells which. So it is read as an
event C = k, of which a page defines the probability.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.calls import ARGUMENT_ENDS
from mathcheck.read.cursor import CLOSING, levels
from mathcheck.read.laws import PROBABILITY
from mathcheck.read.lexer import Token
from mathcheck.read.scope import Scope

OPENERS = ("(", "[")


def classes_as_events(found: list[Token], scope: Scope) -> list[Token]:
    """Return tokens in which p(C = k) stands for p(C_k), if C means nothing else."""
    result = list(found)
    begins = False  # whether an argument of a probability begins here
    depths: list[bool] = []  # of the open brackets: whether a probability's
    for position, token in enumerate(found):
        if begins:
            name_class(result, position, scope)
        begins = False
        if token.text in OPENERS and token.is_sign:
            begins = is_probability(found, position)
            depths.append(begins)
        elif token.text in CLOSING and token.text not in ("}", r"\}") and depths:
            depths.pop()
        elif depths and depths[-1] and token.text in ARGUMENT_ENDS:
            begins = True
    return result


def is_probability(found: list[Token], opener: int) -> bool:
    """Say whether a bracket is that of a probability."""
    before = [t.text for t in found[max(opener - 4, 0) : opener]]
    return before[-1:] != [] and (
        before[-1] in PROBABILITY or before == [r"\mathbb", "{", "P", "}"]
    )


def name_class(result: list[Token], start: int, scope: Scope) -> None:
    r"""Write C_k or \mathcal{C}_k, at a place, as C = k if C is not known."""
    styled = result[start].text == r"\mathcal"
    mark = start + (4 if styled else 1)
    letter = result[start + 2 if styled and start + 2 < len(result) else start]
    name = rf"\mathcal{{{letter.text}}}" if styled else letter.text
    if letter.kind != "letter" or [t.text for t in result[mark : mark + 1]] != ["_"]:
        return
    index = argument(result[mark + 1 :])
    full = f"{name}_{''.join(t.text for t in index)}"
    if scope.known(name) or scope.known(full) or scope.known(rf"\mathbf {name}"):
        return
    after = result[mark + 1 + len(index) :][:1]
    if after and after[0].text in (*ARGUMENT_ENDS, ")", "]"):
        result[mark] = replace(result[mark], text="=")


def argument(found: list[Token]) -> list[Token]:
    """Return the argument that stands first, with its braces."""
    for position, (depth, _) in enumerate(levels(found), 1):
        if depth <= 0:
            return found[:position]
    return found
