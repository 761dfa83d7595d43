r"""What is put around or above signs: \boxed, \overset, \cancel, ...

A label above a relation says why it holds, and the relation stays what it is; a box
around a statement is no part of it. What changes the relation itself, as `def` and `d`
do, is read as what it says or refused.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import STYLES, levels, text_of, top_level
from mathcheck.read.lexer import Token
from mathcheck.read.problems import RefusedError

LABELLED = (r"\overset", r"\stackrel", r"\underset")
ARROWS = (r"\Rightarrow", r"\Leftrightarrow", r"\to")
RELATING = (*RELATIONS, *ARROWS, r"\sim", r"\in", r"\notin", r"\mapsto")
CLASSES = (r"\mathrel", r"\mathbin", r"\mathord", r"\mathopen", r"\mathclose",
           r"\mathpunct", r"\mathinner")  # fmt: skip
STRUCK = (r"\cancel", r"\bcancel", r"\xcancel")
FRAMES = (r"\boxed", r"\underline", r"\overline", r"\bar")
SIGNS = ("+", "-", r"\cdot", r"\times", r"\odot", "/")
NEGATED = {"=": r"\ne", r"\in": r"\notin"}
STACKED = {r"\over": r"\frac", r"\choose": r"\binom"}
STATING = ("aligned", "split", "gathered", "align", "gather", "alignedat")
DEFINED = "=:"  # what stands before it is given the name after it
SEPARATING = (",", ";", ".", "&", *RELATING)

DEFINING = ("def", "def.", "definition", r"\triangle", r"\Delta", ":")
BRACKETED = re.compile(r"[(\[]\w+'*[)\]]|\d+|\*+|\\dagger|\\ddagger|\\natural|\\sharp")
# Words above = that make another relation of it, such as equality in distribution
OTHER = re.compile(
    r"\b(?:law|dist\w*|const\w*|a\.?s|a\.?e|almost|prob\w*|w\.?h\.?p|up to|mod\w*|iff?"
    r"|should|must|want\w*|asympt\w*|approx\w*|about|sets?|would|not|when|for|in|as|st)\b"
)


def undressed(found: list[Token]) -> list[Token]:
    """Return tokens with what is put around and above signs read as what it says."""
    result: list[Token] = []
    position = 0
    while position < len(found):
        token = found[position]
        position += 1
        if not token.is_sign:
            result.append(token)
        elif token.text in LABELLED:
            read, position = labelled(found, position, token)
            result += read
        elif token.text in CLASSES:
            inner, position = argument(found, position)
            result += undressed(inner)
        elif token.text == r"\mathop" and single(found, position):
            inner, position = argument(found, position)
            result += inner
        elif token.text in STRUCK:
            inner, after = argument(found, position)
            if inner and inner[0].text in SIGNS:
                result += undressed(inner)
                position = after
            if relates(inner):
                raise RefusedError("what is struck out is a relation", token.at)
        elif token.text in FRAMES:
            inner, after = argument(found, position)
            if not relates(inner):
                result.append(token)
                continue
            check_frame(token, inner, result, found[after:])
            result += undressed(inner)
            position = after
        elif token.text == r"\not":
            inner, position = argument(found, position)
            result.append(negated(token, inner))
        elif token.text in STACKED:
            return stacked(result, token, found[position:])
        elif token.text == "{":
            inner, position = argument(found, position - 1)
            if not inner and only_spaces(result, found[position:]):
                continue
            inner = undressed(inner)
            closer = found[position - 1]
            alone = len(inner) == 1 and inner[0].text in RELATING
            result += inner if alone else [token, *inner, closer]
        else:
            result.append(token)
    return result


def only_spaces(before: list[Token], after: list[Token]) -> bool:
    r"""Say whether empty braces only set a sign apart, as in ={}& and {}+ b."""
    last = before[-1] if before else None
    script = bool(after) and after[0].text in ("^", "_")
    apart = last is None or last.kind in ("break", "align") or last.text == "&"
    beside = last is not None and last.text in (*RELATING, *SIGNS, DEFINED)
    return not script and (apart or beside)


def single(found: list[Token], position: int) -> bool:
    """Say whether an argument is one sign or name, or one letter in a style."""
    inner = argument(found, position)[0]
    if inner and inner[0].text in STYLES:
        return argument(inner, 1)[1] == len(inner)
    return len(inner) == 1


def argument(found: list[Token], position: int) -> tuple[list[Token], int]:
    """Return a group in braces, or one token, and where what follows it stands."""
    if position >= len(found) or found[position].kind == "end":
        at = found[-1].at if found else -1
        raise RefusedError("an argument is missing", at)
    if found[position].text != "{" or not found[position].is_sign:
        return [found[position]], position + 1
    depth = 0
    for end in range(position, len(found)):
        if found[end].is_sign:
            depth += {"{": 1, "}": -1}.get(found[end].text, 0)
        if depth == 0:
            return found[position + 1 : end], end + 1
    raise RefusedError("{ is not closed", found[position].at)


def labelled(
    found: list[Token], position: int, command: Token
) -> tuple[list[Token], int]:
    """Return the relation that has a label, or an operator, and what follows it."""
    start = position
    label, middle = argument(found, position)
    inner, position = argument(found, middle)
    base = undressed(inner)
    if len(base) != 1 or base[0].text not in RELATING:
        if not relates(base):  # \underset{x}{\arg\max}
            around = [found[middle]], [found[position - 1]]
            opener, closer = around if position > middle + 1 else ([], [])
            script = undressed(found[start:middle])
            return [command, *script, *opener, *base, *closer], position
        raise RefusedError(
            f"{command.text} of a statement; put the label above its relation",
            command.at,
        )
    relation = base[0]
    said = text_of([t for t in label if t.kind != "break"])
    if relation.text == "=" and (said in DEFINING or said.lower() in DEFINING):
        return [replace(relation, kind="mark", text=":=")], position
    if not is_label(label, said):
        raise RefusedError(
            f"what {command.text}{{{said}}}{{{relation.text}}} says is not read; "
            r"write a reason in \text{...}, a label in brackets, "
            "and another relation as a statement of its own",
            command.at,
        )
    return [relation], position


def is_label(label: list[Token], said: str) -> bool:
    """Say whether a label gives a reason, and makes no other relation."""
    if label and label[0].text in (r"\eqref", r"\ref"):
        return True
    if BRACKETED.fullmatch(said):
        return True
    spoken = all(token.kind in ("words", "name") for token in label)
    formulas = any(token.formulas for token in label)
    long = len(said) > 1
    return (
        bool(label)
        and spoken
        and long
        and not formulas
        and not OTHER.search(said.lower())
    )


def relates(found: list[Token]) -> bool:
    """Say whether tokens hold a relation, and are no single expression."""
    return (
        top_level(found, RELATING)
        or any(t.text == "&" for t in found)
        or any(t.text.startswith(r"\begin{") and t.text[7:-1] in STATING for t in found)
    )


def check_frame(
    frame: Token, inner: list[Token], before: list[Token], after: list[Token]
) -> None:
    """Refuse a frame around a relation and a part of a side of it."""
    ends = [*before[-1:], inner[0]], [inner[-1], *after[:1]]
    for pair in ends:
        separate = any(
            t.text in SEPARATING or t.kind in ("break", "align", "words", "end")
            or t.text.startswith((r"\begin{", r"\end{", r"\tag"))
            for t in pair
        )  # fmt: skip
        if len(pair) == 2 and not separate:
            raise RefusedError(
                f"{frame.text} around a part of a statement; put it around a side, "
                "or around the whole",
                frame.at,
            )


def negated(sign: Token, inner: list[Token]) -> Token:
    r"""Return the relation that is written with a stroke, as in \not=."""
    if len(inner) != 1 or inner[0].text not in NEGATED:
        what = text_of(inner)
        raise RefusedError(
            rf"\not{what} is not read; write \ne, \notin, or the opposite relation",
            sign.at,
        )
    return replace(inner[0], kind="command", text=NEGATED[inner[0].text])


def stacked(above: list[Token], sign: Token, below: list[Token]) -> list[Token]:
    r"""Return {a \over b} as \frac{a}{b}; without braces it would be all there is."""
    below = undressed(below)
    whole = bool(below) and below[-1].kind == "end"
    bracketed = all(
        min((depth for depth, _ in levels(part)), default=0) >= 0
        and (not part or [depth for depth, _ in levels(part)][-1] == 0)
        for part in (above, below)
    )
    command = STACKED[sign.text]
    if whole or not bracketed or not above or not below or relates([*above, *below]):
        raise RefusedError(
            rf"what {sign.text} divides is not clear; write {command}{{...}}{{...}}",
            sign.at,
        )
    brace = [Token("mark", text, sign.at, sign.end) for text in "{}"]
    opener, closer = brace
    fraction = replace(sign, text=command)
    return [fraction, opener, *above, closer, opener, *below, closer]
