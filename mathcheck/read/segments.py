"""An element's tokens to segments, one for each statement or condition in it.

Rows, wide spaces, commas and words stand between statements, or inside one; which it
is depends on what stands beside them.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Literal

from mathcheck.read.cells import (
    OPERATORS,
    begins_anew,
    only_said,
    turned,
    whole_bracket,
)
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import CLOSING, STYLED, cut_at, levels, top_level
from mathcheck.read.dress import DEFINED, undressed
from mathcheck.read.intervals import turned_inwards
from mathcheck.read.lexer import Token, mark
from mathcheck.read.problems import RefusedError
from mathcheck.read.scripts import POINTING
from mathcheck.read.signs import ORDER
from mathcheck.read.units import unit_of, words_after

LAYOUT = {
    "align", "aligned", "alignat", "alignedat", "split", "gather", "gathered",
    "equation", "multline", "eqnarray", "displaymath", "math", "flalign",
}  # fmt: skip


@dataclass
class Segment:
    """Tokens between two separators, and what stood before them."""

    before: Literal["start", "row", "quad", "comma", "words", "implies"]
    tokens: list[Token]
    said: Token | None = None  # the words before it
    aligned: bool = False  # the row began with &
    new_row: bool = False  # it is the first of its row
    arrow: str = ""  # how it follows from what stands before it: \Rightarrow

    @property
    def words(self) -> str:
        """What is said before it."""
        return self.said.text if self.said else ""


OPTION = ("[", "t", "]"), ("[", "c", "]"), ("[", "b", "]")  # \begin{aligned}[t]
OPTIONAL = ("aligned", "gathered", "alignedat")
COUNTED = ("alignat", "alignedat")  # \begin{alignat}{2}


def flattened(found: list[Token]) -> list[Token]:
    """Return tokens without the environments that only lay out."""
    found = turned_inwards(undressed(found))
    result: list[Token] = []
    open_ones: list[tuple[str, bool]] = []  # by name, and whether they only lay out
    depth = position = 0
    while position < len(found):
        token = found[position]
        position += 1
        begins = token.text.startswith(r"\begin{") and token.kind == "command"
        ends = token.text.startswith(r"\end{") and token.kind == "command"
        name = token.text.partition("{")[2].rstrip("}")
        if begins:
            lays_out = only_lays_out(name, result, found[position:])
            open_ones.append((name, lays_out))
        elif ends:
            opened, lays_out = open_ones.pop() if open_ones else ("", False)
            if opened != name:
                raise RefusedError(r"\begin and \end do not match", token.at)
        if (begins or ends) and lays_out:
            if begins:
                position += parameters(name, found[position:], token)
            continue
        depth += begins - ends
        if token.text == "&" and depth == 0 and token.kind == "mark":
            token = replace(token, kind="align")
        result.append(token)
    if any(lays_out for _, lays_out in open_ones):
        raise RefusedError(r"\begin and \end do not match")
    return result


def only_lays_out(name: str, before: list[Token], following: list[Token]) -> bool:
    r"""Say whether an environment lays out statements, and is no part of one.

    After \left\{ it is an alternative; if its rows are statements, a system of them,
    and the brace goes.
    """
    last = before[-1].text if before else ""
    if last == r"\{" and name in (*LAYOUT, *SYSTEMS):
        system = is_system(before[:-1], following)
        if system:
            before.pop()
        return system
    if name in LAYOUT:
        return last != r"\left."
    return name in SYSTEMS and is_system(before, following)


def is_system(before: list[Token], following: list[Token]) -> bool:
    """Say whether an environment stands alone, and all its rows are statements."""
    if before and before[-1].kind != "break":
        return False
    depth = 0
    for position, token in enumerate(following):
        if token.kind == "command":
            depth += token.text.startswith(r"\begin{")
            depth -= token.text.startswith(r"\end{")
        if depth < 0:
            after = following[position + 1]
            ended = after.kind in ("end", "break", "words")
            separate = ended or after.text in (",", ".", ";")
            return separate and all(map(states, rows_of(following[:position])))
    return False


def rows_of(found: list[Token]) -> list[list[Token]]:
    """Split the tokens of an environment into its rows."""
    return [row for row in cut_at(found, r"\\") if row]


def states(row: list[Token]) -> bool:
    """Say whether a row is a statement, aligned at a relation, with words after it.

    What stands in another cell would be a condition, or a statement of its own.
    """
    stop = next((i for i, t in enumerate(row) if t.kind == "words"), len(row))
    outside = [depth == 0 for depth, _ in levels(row)]
    for position, token in enumerate(row[:stop]):
        around = [t.text for t in row[max(position - 1, 0) : position + 2]]
        ends = position in (0, len(row) - 1) or row[position + 1].kind == "words"
        aligns = ends or not {"&", *RELATIONS}.isdisjoint({around[0], around[-1]})
        if token.text == "&" and outside[position] and not aligns:
            return False
    return top_level(row[:stop], RELATIONS)


def parameters(name: str, following: list[Token], begin: Token) -> int:
    r"""Return how many tokens say how an environment is laid out, as [t] and {2} do."""
    texts = [token.text for token in following]
    if name == "array":  # how its columns are aligned
        return texts.index("}") + 1 if texts[:1] == ["{"] and "}" in texts else 0
    count = 3 if name in OPTIONAL and tuple(texts[:3]) in OPTION else 0
    if name in COUNTED:
        opener, columns, closer = [*texts[count:], "", "", ""][:3]
        if (opener, closer) != ("{", "}") or not columns.isdigit():
            raise RefusedError(f"{begin.text} is not complete", begin.at)
        count += 3
    return count


QUANTIFIERS = (r"\forall", r"\exists")
# Signs that are a script alone, as in \theta_+ and \lambda_{\max}
SCRIPTED = ("+", "-", r"\pm", r"\times", "*", r"\dagger", r"\max", r"\min", *POINTING)
LONGEST = 80  # list of names, in tokens
SYSTEMS = ("array", "cases", "dcases", "rcases", "drcases")
QED = (r"\blacksquare", r"\square", r"\Box", r"\qed", r"\qedsymbol", r"\qedhere")
# Signs and words between a premise and its conclusion, and which way they point
ARROWS = {
    **{sign: sign for sign in (r"\Rightarrow", r"\Leftarrow", r"\Leftrightarrow")},
    **dict.fromkeys(
        ("implies", "implies that", "only if", "only when"), r"\Rightarrow"
    ),
    **dict.fromkeys(
        ("if and only if", "iff", "exactly if", "exactly when", "precisely if",
         "precisely when", "is equivalent to", "just if", "just when"),
        r"\Leftrightarrow",
    ),
}  # fmt: skip
OPENERS = (
    "if", "for", "when", "where", "with", "whenever", "provided", "given", "unless",
    "and", "assuming", "or",
)  # fmt: skip
SEPARATING = (r"\therefore", r"\because")  # both sides of these are claimed


def segments(found: list[Token]) -> list[Segment]:
    """Split tokens at what separates statements."""
    result = [Segment("start", [])]
    implies = any(map(arrow_of, found))
    for position, (depth, token) in enumerate(levels(found[:-1]), 1):
        following = found[position]
        closing = depth == 0 and token.is_sign and token.text in CLOSING
        if depth > 0 or closing:
            result[-1].tokens.append(token)
        elif token.kind == "align":
            if not result[-1].tokens:
                result[-1].aligned = True
            elif begins_anew(result[-1].tokens, found[position:]):
                result.append(Segment("quad", []))
        elif token.kind == "break" and token.text != r"\\" and opens(result[-1]):
            continue  # \text{where} \quad s := ...
        elif token.kind == "break":
            result.append(Segment("row" if token.text == r"\\" else "quad", []))
        elif arrow := arrow_of(token):
            result.append(Segment("implies", [], arrow=arrow))
        elif result[-1].tokens and unit_of(token) and following.text != "(":
            result[-1].tokens.append(replace(token, kind="words"))
            if rest := words_after(token):
                result.append(Segment("words", [], rest))
        elif token.kind == "words":
            if token.text[-1:].isdigit() and following.kind == "number":
                raise RefusedError("digits after those of words", following.at)
            result.append(Segment("words", [], token))
        elif token.text == ":" and supposition(result[-1].tokens):  # i = j: ...
            result[-1].before = "words"
            result[-1].said = Token("words", "if", token.at, token.at)
            result.append(Segment("comma", []))
        elif token.text == ":" and quantified(result[-1].tokens):  # \forall k: ...
            result.append(Segment("comma", []))
        elif token.text in (",", ";", ".") and token.kind == "mark":
            if token.text == "." and not ends_sentence(following):
                raise RefusedError("a full stop within a formula", token.at)
            if counts(found[position:]) or lists(result[-1].tokens, found[position:]):
                result[-1].tokens.append(token)
            else:
                result.append(Segment("comma", []))
        elif token.text == r"\forall" and not implies and claims(result[-1]):
            result.append(Segment("quad", [token]))
        elif token.text in SEPARATING:
            result.append(Segment("implies", []))
        elif token.text in QED and ends_sentence(following):
            continue
        else:
            result[-1].tokens.append(token)
    parts = merged(result)
    for part in parts:
        part.tokens = turned(part.tokens)
    return parts


def reason_of(result: list[Segment]) -> bool:
    """Make a condition of the bracket that ends a row; say whether there is one.

    What it says is why the step holds, or when: the chain goes on in the next row.
    """
    last = result[-1]
    if len(result) < 2 or last.before != "quad" or not whole_bracket(last.tokens):
        return False
    inner = last.tokens[1:-1]
    if not top_level(inner, RELATIONS):
        return False
    opener = last.tokens[0]
    last.before, last.tokens = "words", inner
    last.said = Token("words", "if", opener.at, opener.end)
    return True


def opens(part: Segment) -> bool:
    """Say whether words stand alone which go on with the formula after them."""
    said = part.said
    if said is None or part.tokens or said.formulas:
        return False
    return said.text.lower().strip(" ,:").split()[-1:] in ([w] for w in OPENERS)


def ends_sentence(following: Token) -> bool:
    """Say whether no more of a line stands where this token does."""
    ends = following.kind in ("end", "break", "words", "align")
    return ends or following.text in QED


def arrow_of(token: Token) -> str:
    """Return which way a conclusion lies, if this stands between it and a premise."""
    if token.kind == "words" and not token.formulas:
        return ARROWS.get(token.text.lower().strip(" ,:;"), "")
    return ARROWS.get(token.text, "") if token.kind == "command" else ""


def claims(part: Segment) -> bool:
    """Say whether a statement stands here, to which a condition may follow."""
    return bool(part.tokens) and part.before != "words"


def quantified(found: list[Token]) -> bool:
    """Say whether tokens begin with the sign of a quantifier."""
    return bool(found) and found[0].text in QUANTIFIERS


def counts(following: list[Token]) -> bool:
    r"""Say whether 2, 3, \dots go on here."""
    numbers = itertools.takewhile(
        lambda token: token.kind == "number" or token.text == ",", following
    )
    many = len(list(numbers))
    return many > 1 and following[many].text == r"\dots"


def lists(before: list[Token], following: list[Token]) -> bool:
    r"""Say whether a list of letters goes on here, as in \forall j, k: ..."""
    if not quantified(before) or any(
        token.text == following[0].text for token in before
    ):
        return False
    first, then = [*following, *following][:2]
    stated = then.text in RELATIONS and any(token.text == ":" for token in following)
    listed = then.text in (",", ":", r"\in")
    return first.kind == "letter" and (listed or stated)


def supposition(found: list[Token]) -> bool:
    """Say whether tokens are a relation of letters and numbers, such as i = j."""
    signs = ("=", r"\ne", *ORDER)
    letters = all(t.kind in ("letter", "number") or t.text in signs for t in found)
    return letters and any(t.text in signs for t in found)


def merged(parts: list[Segment]) -> list[Segment]:
    """Join the segments that one statement spans, and drop the empty ones."""
    result: list[Segment] = []
    row = aligned = False
    arrow = ""
    for part in parts:
        row |= part.before in ("row", "start")
        aligned |= part.aligned
        arrow = part.arrow or arrow
        if not part.tokens and part.before != "words":
            continue
        if result and part.before == "quad" and only_said(part.tokens):
            continue
        if arrow and part.before != "words":
            part.before, part.arrow, arrow = "implies", arrow, ""
        part.new_row, part.aligned = row, aligned
        if row and part.before in ("quad", "comma"):
            part.before = "row"
        row = aligned = False
        last = result[-1] if result else None
        if last and extends_condition(last, part):
            assert part.said is not None
            joint = replace(part.said, text=part.words.lower())
            last.tokens = [*last.tokens, joint, *part.tokens]
        elif last and part.new_row and relates(part) and reason_of(result):
            target = statement_before(result)
            target.tokens = [*target.tokens, *part.tokens]
        elif last and part.new_row and last.before == "words" and relates(part):
            target = statement_before(result)  # the chain goes on below its condition
            target.tokens = [*target.tokens, *part.tokens]
        elif last and is_alternative(last, part):
            assert part.said is not None
            either = replace(part.said, kind="command", text=r"\lor")
            last.tokens = [*last.tokens, either, *part.tokens]
        elif last and continues(last, part):
            comma = [mark(",", part.tokens[0].at)] if part.before == "comma" else []
            last.tokens += comma + part.tokens
        else:
            result.append(part)
    if arrow:
        raise RefusedError(f"nothing follows {arrow}")
    return result


def extends_condition(last: Segment, part: Segment) -> bool:
    """Say whether `and` or `or` goes on with a condition: if j = c and k = c."""
    conditional = last.before == "words" and last.words.split()[:1] not in ([], ["and"])
    first = last.words.lower().split()[:1]
    joint = part.before == "words" and part.words.lower().strip() in ("and", "or")
    opens = first and first[0] in ("if", "for", "when", "where", "with", "whenever")
    defines = top_level([*last.tokens, *part.tokens], (":=",))
    ends = not part.tokens or part.new_row or defines
    return bool(conditional and joint and opens and not ends)


def is_alternative(last: Segment, part: Segment) -> bool:
    """Say whether `or` stands between two relations, of which one holds."""
    said = part.words.lower().strip(" ,;")
    both = top_level(last.tokens, RELATIONS) and top_level(part.tokens, RELATIONS)
    return said in ("or", "or else") and both and last.before != "words"


def relates(part: Segment) -> bool:
    """Say whether a segment begins with a relation."""
    return bool(part.tokens) and part.tokens[0].text in (*RELATIONS, DEFINED)


def statement_before(result: list[Segment]) -> Segment:
    """Return the last segment that is no condition."""
    for part in reversed(result):
        if part.before != "words":
            return part
    return result[-1]


def continues(last: Segment, part: Segment) -> bool:
    """Say whether a segment goes on with the statement before it."""
    if part.before in ("words", "implies") or not last.tokens or not part.tokens:
        return False
    first = part.tokens[0]
    if waits(last.tokens):
        return True
    if part.before == "comma":
        return comma_continues(last, part)
    if relates(part) or first.text in (r"\in", *OPERATORS[2:]):
        return True
    if first.text == "+":
        return True
    if first.text == "-":
        return not top_level(part.tokens, RELATIONS) or (
            part.before == "row" and part.aligned
        )
    return False


def waits(found: list[Token]) -> bool:
    r"""Say whether tokens end in a sign that wants a right side, and not in b_+."""
    before, final = [Token("mark", "", 0, 0), *found][-2:]
    sign = final.text in (*RELATIONS, DEFINED, *OPERATORS, r"\in")
    script = before.text in ("_", "^") and before.is_sign
    return sign and final.kind != "name" and not script


def comma_continues(last: Segment, part: Segment) -> bool:
    r"""Say whether a comma stands inside a list: j, k \in S or 1, \dots, K."""
    if bounds_names(last.tokens, part.tokens):
        return True
    if part.tokens[0].text == r"\dots" or last.tokens[-1].text == r"\dots":
        return True
    listing = not top_level(last.tokens, (*RELATIONS, r"\in", ":"))
    return (
        listing
        and (top_level(part.tokens, (r"\in",)) or not top_level(part.tokens, RELATIONS))
        and len(last.tokens) <= LONGEST
        and simple(last.tokens)
    )


def bounds_names(before: list[Token], found: list[Token]) -> bool:
    r"""Say whether letters with commas get a common bound: \lambda, \mu > 0."""
    letters = all(t.kind == "letter" or t.text == "," for t in before)
    bound = (
        [t.kind for t in found] == ["letter", found[1].kind, "number"]
        if (len(found) == 3)
        else False
    )
    return letters and bound and found[1].text in ORDER


def simple(found: list[Token]) -> bool:
    r"""Say whether tokens are one name, or names with commas: x_k, \lambda_{\max}."""
    texts = ["", *(t.text for t in found), ""]
    return all(
        t.kind in ("letter", "number", "name")
        or t.text in ("_", "^", "{", "}", ",", "(", ")", "'", "|", *STYLED)
        or (t.text in SCRIPTED and (before in ("_", "^", "{") or after == "}"))
        for before, t, after in zip(texts, found, texts[2:], strict=False)
    )
