"""An element's tokens to segments, one for each statement or condition in it.

Rows, wide spaces, commas and words stand between statements, or inside one; which it
is depends on what stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from mathcheck.read.conditions import RELATIONS, top_level
from mathcheck.read.lexer import Token
from mathcheck.read.problems import RefusedError

LAYOUT = {
    "align", "aligned", "alignat", "alignedat", "split", "gather", "gathered",
    "equation", "multline", "eqnarray", "displaymath", "math", "flalign",
}  # fmt: skip


OPENING = ("(", "[", "{", r"\{", r"\langle")
CLOSING = (")", "]", "}", r"\}", r"\rangle")
OPERATORS = ("+", "-", r"\cdot", r"\times", r"\odot", "/", r"\otimes")


@dataclass
class Segment:
    """Tokens between two separators, and what stood before them."""

    before: str  # start, row, quad, comma, words, implies
    tokens: list[Token]
    words: str = ""
    aligned: bool = False  # the row began with &
    new_row: bool = False  # it is the first of its row

    @property
    def annotated(self) -> bool:
        """Whether words stand before it that only comment."""
        return False


def flattened(found: list[Token]) -> list[Token]:
    """Return tokens without the environments that only lay out."""
    result, depth, open_layouts = [], 0, 0
    position = 0
    while position < len(found):
        token = found[position]
        position += 1
        name = token.text[token.text.find("{") + 1 : -1] if "{" in token.text else ""
        if token.kind == "command" and name in LAYOUT:
            open_layouts += 1 if token.text.startswith(r"\begin") else -1
            if found[position].text == "[":  # \begin{aligned}[t]
                while found[position - 1].text != "]" and found[position].kind != "end":
                    position += 1
            if name.startswith("alignat") or name == "alignedat":
                begins = token.text.startswith(r"\begin")
                while begins and found[position - 1].text != "}":
                    if found[position].kind == "end":
                        raise RefusedError(f"{token.text} is not complete", token.at)
                    position += 1
            continue
        if token.kind == "command" and token.text.startswith((r"\begin{", r"\end{")):
            depth += 1 if token.text.startswith(r"\begin{") else -1
        if token.text == "&" and depth == 0 and token.kind == "mark":
            token = Token("align", "&", token.at)
        result.append(token)
    if open_layouts:
        raise RefusedError(r"\begin and \end do not match")
    return result


def segments(found: list[Token]) -> list[Segment]:
    """Split tokens at what separates statements."""
    result = [Segment("start", [])]
    depth = 0
    for token in found:
        plain = token.kind not in ("words", "name", "end", "align")
        if plain:
            opening = token.text in OPENING or token.text.startswith(r"\begin{")
            closing = token.text in CLOSING or token.text.startswith(r"\end{")
            depth += opening - closing
        if token.kind == "end":
            break
        if depth > 0 or (depth == 0 and plain and token.text in (")", "]", "}", r"\}")):
            result[-1].tokens.append(token)
        elif token.kind == "align":
            if not result[-1].tokens:
                result[-1].aligned = True
        elif token.kind == "break":
            result.append(Segment("row" if token.text == r"\\" else "quad", []))
        elif token.kind == "words":
            result.append(Segment("words", [], token.text))
        elif token.text == ":" and supposition(result[-1].tokens):  # i = j: ...
            result[-1].before, result[-1].words = "words", "if"
            result.append(Segment("comma", []))
        elif token.text in (",", ";", ".") and token.kind == "mark":
            result.append(Segment("comma", []))
        elif token.text in (
            r"\Rightarrow",
            r"\Leftrightarrow",
            r"\therefore",
            r"\because",
        ):
            result.append(Segment("implies", []))
        elif token.text in (r"\blacksquare", r"\square"):
            continue
        else:
            result[-1].tokens.append(token)
    return merged(result)


def supposition(found: list[Token]) -> bool:
    """Say whether tokens are a relation of letters and numbers, such as i = j."""
    signs = ("=", r"\ne", "<", ">", r"\le", r"\ge")
    letters = all(t.kind in ("letter", "number") or t.text in signs for t in found)
    return letters and any(t.text in signs for t in found)


def merged(parts: list[Segment]) -> list[Segment]:
    """Join the segments that one statement spans, and drop the empty ones."""
    result: list[Segment] = []
    row = aligned = False
    for part in parts:
        row |= part.before in ("row", "start")
        aligned |= part.aligned
        if not part.tokens and part.before != "words":
            continue
        part.new_row, part.aligned = row, aligned
        if row and part.before in ("quad", "comma"):
            part.before = "row"
        row = aligned = False
        last = result[-1] if result else None
        if last and extends_condition(last, part):
            joint = Token("words", part.words.lower(), part.tokens[0].at)
            last.tokens = [*last.tokens, joint, *part.tokens]
        elif last and part.new_row and last.before == "words" and relates(part):
            target = statement_before(result)  # the chain goes on below its condition
            target.tokens = [*target.tokens, *part.tokens]
        elif last and continues(last, part):
            comma = [Token("mark", ",", part.tokens[0].at)]
            last.tokens += (comma if part.before == "comma" else []) + part.tokens
        else:
            result.append(part)
    return result


def extends_condition(last: Segment, part: Segment) -> bool:
    """Say whether `and` or `or` goes on with a condition: if j = c and k = c."""
    conditional = last.before == "words" and last.words.split()[:1] not in ([], ["and"])
    first = last.words.lower().split()[:1]
    joint = part.before == "words" and part.words.lower().strip() in ("and", "or")
    opens = first and first[0] in ("if", "for", "when", "where", "with", "whenever")
    return bool(conditional and joint and opens and part.tokens and not part.new_row)


def relates(part: Segment) -> bool:
    """Say whether a segment begins with a relation."""
    return bool(part.tokens) and part.tokens[0].text in RELATIONS


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
    first, final = part.tokens[0], last.tokens[-1]
    if final.text in (*RELATIONS, *OPERATORS, r"\in") and final.kind != "name":
        return True
    if part.before == "comma":
        return comma_continues(last, part)
    if first.text in RELATIONS or first.text in (r"\in", *OPERATORS[2:]):
        return True
    if first.text == "+":
        return True
    if first.text == "-":
        return not top_level(part.tokens, RELATIONS) or (
            part.before == "row" and part.aligned
        )
    return False


def comma_continues(last: Segment, part: Segment) -> bool:
    r"""Say whether a comma stands inside a list: j, k \in S or 1, \dots, K."""
    if part.tokens[0].text == r"\dots" or last.tokens[-1].text == r"\dots":
        return True
    listing = not top_level(last.tokens, (*RELATIONS, r"\in", ":"))
    return (
        listing
        and (top_level(part.tokens, (r"\in",)) or not top_level(part.tokens, RELATIONS))
        and len(last.tokens) <= 14
        and simple(last.tokens)
    )


def simple(found: list[Token]) -> bool:
    """Say whether tokens are one name, or names with commas."""
    return all(
        t.kind in ("letter", "number")
        or t.text in ("_", "^", "{", "}", ",", "(", ")", "'", r"\mathbf", r"\hat")
        for t in found
    )
