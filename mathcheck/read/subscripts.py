r"""Subscripts that are a label and an index at once: \pi_{\text{ref}, i}, \mu_{i0}.

The label belongs to the name, in the second form with a dot in the place of the index:
\mu_{i0} and \mu_{i1} are members of the families \mu_{\cdot0} and \mu_{\cdot1}. A
letter is a label where the name with it is known: p_{\theta, i}, of p_\theta, or where
it has the index: u_{w_s} is a member of u_{w_\cdot}. So is a sign in the place of an
index, as in the margins n_{i+} and p_{\cdot j}, and a bar between indices: p_{j|i}.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.cursor import ACCENTS, places
from mathcheck.read.lexer import Token
from mathcheck.read.scope import Scope
from mathcheck.read.scripts import script_text

Divided = tuple[str, list[Token]]  # the name with its label, and the indices


SUMMED = ("+", r"\cdot", r"\bullet")  # in the place of an index that is summed over
BARS = ("|", r"\mid")


def divided(scope: Scope, name: str, below: list[Token]) -> list[Divided]:
    """Return the ways in which a subscript is a label and indices."""
    return [*marked(name, below), *with_label(scope, name, below)]


def marked(name: str, below: list[Token]) -> list[Divided]:
    r"""Return a subscript with signs in it as their places and the indices: n_{i+}.

    A sum has something on both sides of its sign: x_{i + 1} is no margin.
    """
    shape, indices = "", list[Token]()
    for before, token, after in zip(
        [None, *below[:-1]], below, [*below[1:], None], strict=True
    ):
        if token.kind in ("letter", "number"):
            shape += r"\cdot"
            comma = [replace(token, kind="mark", text=",")] if indices else []
            indices += [*comma, token]
        elif token.text in BARS and before and after:
            shape += "|"
        elif token.text in SUMMED and not (
            before and after and {before.kind, after.kind} <= {"letter", "number"}
        ):
            shape += "+" if token.text == "+" else r"\bullet"
        elif token.text != ",":
            return []
    signs = shape.replace(r"\cdot", "")
    return [(f"{name}_{{{shape}}}", indices)] if signs and indices else []


def with_label(scope: Scope, name: str, below: list[Token]) -> list[Divided]:
    """Return the ways in which some of a subscript is a label, and the rest indices."""
    if commas := [*places(below, (",",))]:
        first, last = commas[0], commas[-1]
        cuts = (below[:first], below[first + 1 :]), (below[last + 1 :], below[:last])
        return [
            (labelled(name, label), indices)
            for label, indices in cuts
            if all(t.kind in ("name", "number", "words") for t in label)
            or [t.text for t in label] in (["+"], ["-"])
            or names(scope, name, label)
        ]
    if len(below) > 1 and below[-1].text in ("+", "-"):  # \theta_{\alpha+}
        return [(labelled(name, below[-1:]), below[:-1])]
    kinds = [token.kind for token in below]
    if kinds[0] == "letter" and below[1:] and below[1].text == "_":  # u_{w_s}
        if scope.known(below[0].text):
            return []
        indices = [token for token in below[2:] if token.text not in ("{", "}")]
        return [(rf"{name}_{{{below[0].text}_\cdot}}", indices)]
    if set(kinds) == {"letter"}:  # p_{\theta i}
        cuts = (below[:1], below[1:]), (below[-1:], below[:-1])
        return [
            (labelled(name, label), indices)
            for label, indices in cuts
            if indices and names(scope, name, label)
        ]
    if kinds == ["number"] and len(below[0].text) == 2:  # x_{11}
        left, right = below[0].split()
        return [
            (rf"{name}_{{\cdot{right.text}}}", [left]),
            (rf"{name}_{{{left.text}\cdot}}", [right]),
        ]
    if set(kinds) != {"letter", "number"}:
        return []
    shape = "".join(t.text if t.kind == "number" else r"\cdot" for t in below)
    return [(f"{name}_{{{shape}}}", [t for t in below if t.kind == "letter"])]


def names(scope: Scope, name: str, label: list[Token]) -> bool:
    """Say whether a name is known with a label of letters, none of them an index."""
    letters = [token.text for token in label if token.kind == "letter"]
    known = scope.known(scope.spelling(labelled(name, label)))
    return known and not any(scope.is_index(letter) for letter in letters)


def labelled(name: str, label: list[Token]) -> str:
    """Return a name with a label below it."""
    text = script_text(label)
    return f"{name}_{text}" if len(label) == 1 else f"{name}_{{{text}}}"


def with_plain_indices(scope: Scope, below: list[Token]) -> list[Token]:
    r"""Return a subscript in which a bold or an upright letter may be an index.

    In o_{\mathbf{k}} and c_{\mathrm{k}} it is k, if that is a declared index and
    nothing is known by the bold one.
    """
    found: list[Token] = []
    position = 0
    while position < len(below):
        token, *rest = below[position:]
        texts = [t.text for t in rest[:3]]
        braced = token.text == r"\mathbf" and texts[::2] == ["{", "}"]
        if braced and scope.is_index(texts[1]):
            if not scope.known(rf"\mathbf {texts[1]}"):
                found.append(rest[1])
                position += 4
                continue
        if token.kind == "name" and len(token.text) == 1 and scope.is_index(token.text):
            token = replace(token, kind="letter")
        found.append(token)
        position += 1
    return found


def with_marks(below: list[Token]) -> list[Token]:
    r"""Return a subscript in which y' and \hat y are one letter each."""
    found: list[Token] = []
    accent = ""
    for token in below:
        if token.text == "'" and found and found[-1].kind == "letter":
            found[-1] = replace(found[-1], text=found[-1].text + "'")
        elif token.text in ACCENTS:
            accent = token.text
        elif accent and token.kind == "letter":
            found.append(replace(token, text=f"{accent} {token.text}"))
            accent = ""
        else:
            found.append(token)
    return found
