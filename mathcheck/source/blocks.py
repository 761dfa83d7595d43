r"""What a text holds for the checker: formulas, headings, remarks, each with its place.

Here is what both readings share, the one with a site's own Markdown parser (`shown`)
and the one without (`cautious`). What is blanked here is code or a comment for every
parser; where parsers differ it stays, and is a fault if it may be a formula.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from mathcheck.source.delimiters import firsts
from mathcheck.source.lines import Lines


@dataclass(frozen=True)
class Heading:
    """A heading: what it opens lasts until the next of its level."""

    level: int
    offset: int


@dataclass(frozen=True)
class Mark:
    """A comment that speaks to the checker."""

    kind: str  # refuted, unchecked, theorem, break, or what was written instead
    reason: str
    offset: int
    end: int

    @property
    def asks(self) -> frozenset[str]:
        """What a formula that holds is to be shown with: see theorems.py."""
        asked = frozenset(word.strip() for word in self.kind.split(","))
        return asked if asked <= {"theorem", "break"} else frozenset()


@dataclass(frozen=True)
class Element:
    """A formula: its LaTeX, where it starts, and the mark before it."""

    latex: str
    offset: int
    display: bool
    mark: Mark | None = None
    before: str = ""  # the words before it in its paragraph


@dataclass(frozen=True)
class Cut:
    """A formula as it was cut out of its source, and where that begins which opens it.

    Its LaTeX is as long as in the source: what is not its own is blank.
    """

    latex: str
    offset: int
    display: bool
    start: int


@dataclass(frozen=True)
class Fault:
    """What cannot be read, or not in one way only, and the formula if it is one."""

    message: str
    offset: int
    latex: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read in a text."""

    items: list[Heading | Element] = field(default_factory=list)
    unused: list[Mark] = field(default_factory=list)  # that mark nothing
    faults: list[Fault] = field(default_factory=list)
    order: list[int] = field(default_factory=list)  # of the formulas, as a reader sees
    found: int = 0  # formulas, those that could not be read among them


@dataclass(frozen=True)
class Text:
    """A source, and what was read in it."""

    source: str
    prose: str  # in which only what may hold mathematics is left, place for place
    form: str  # page, notebook or module
    reading: Reading
    cells: tuple[int, ...] = ()  # where those of a notebook begin

    @property
    def lines(self) -> Lines:
        """Its lines, as they are told to an author."""
        return Lines(self.source, self.cells)


# No rule of Markdown knows these characters, which mark where a formula may begin
MARKER = "[\U000f0000-\U0010ffff]"
FORMULAISH = re.compile(r"\$|\\[(\[]|\\begin\{")
# A line that is no more of the block above, in some parser at least
BLOCK = r"\n[ \t>]*(?:\n|\Z|[-*+][ \t]|\d+[.)][ \t]|#{1,6}[ \t]|\||:[ \t]|`{3}|~{3})"
FENCE = re.compile(
    r"(?P<prefix>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(?P<fence>`{3,}(?=[^`]*$)|~{3,})"
)
MARK = re.compile(r"<!--\s*math:\s*(.*?)\s*-->", re.DOTALL)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?:(?:[\w-]+:|[ \t]+\S|- |#)[^\n]*\n|[ \t]*\n)*"
    r"(?:---|\.\.\.)[ \t]*\n"
)
# Of an escape, a comment and code the one that begins first holds
UNREAD = re.compile(
    r"\\[\\`$]"
    r"|(?P<comment><!--(?!-?>)(?:(?!<!--|--!?>).)*-->)"
    rf"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>(?:(?!{BLOCK}).)+?)(?<!`)(?P=ticks)(?!`)"
    r"|(?<!`)(?P<stray>`+)(?!`)|(?P<open><!--)",
    re.DOTALL,
)
PARAGRAPH = re.compile(r"\n[ \t>]*\n|\Z")
QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)  # the mark of a quotation
# What a link leads to, or what an abbreviation stands for: no reader sees it there
DEFINITION = re.compile(
    r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?\*?\[(?!\^)[^\[\]\n]*\]:[ \t]*\n?[^\n]*",
    re.MULTILINE,
)
REMARK = re.compile(r"<!--\s*(?:math:|=).*?-->", re.DOTALL)

HEADING = re.compile(
    r"^[ ]{0,3}(#{1,6})[ \t]+\S.*$|^(?P<under>[^\n]+)\n(?P<rule>=+|-+)[ \t]*$",
    re.MULTILINE,
)

# What is left in a text where a formula may have been meant
OPENED = re.compile(r"\$\$|\$|\\[(\[]|\\begin\{[A-Za-z]+\*?\}")
MATHEMATICS = re.compile(r"\\[A-Za-z{}|]|[=^_<>≤≥≠≈]")
PRICE = re.compile(rf"{MARKER}?\d")
TYPESET = "\ufffc"  # stands for a formula in a text
FORMULA_HERE = re.compile(TYPESET)
COMMAND = re.compile(r"\\[A-Za-z]")
CLOSED = re.compile(rf"\\?[)\]]|{TYPESET}")
DOUBLE = re.compile(r"\$\$")


def level_of(heading: re.Match[str]) -> int:
    """Return the level of a heading, by its signs or by the line below it."""
    return len(heading[1]) if heading[1] else 1 if heading["rule"][0] == "=" else 2


def one_line(latex: str) -> str:
    """Return LaTeX on one line."""
    return " ".join(latex.split())


def blank(text: str) -> str:
    """Return spaces of the same shape."""
    return re.sub(r"[^\n]", " ", text)


def blanked(text: str) -> tuple[str, list[Fault]]:
    """Return a text in which code is blank, and where its end is uncertain."""
    text = FRONT_MATTER.sub(lambda match: blank(match[0]), text)
    text, faults = without_fences(text)
    faults += without_end(text)
    pieces, end = [], 0
    for match in UNREAD.finditer(text):
        kept = match[0]
        if match["comment"] and unsure_comment(match["comment"], text, match.start()):
            said = "a comment which some parsers end before; begin it on a new line"
            faults.append(Fault(said, match.start()))
        elif match["code"]:
            unsure = "|" in match["code"] and line_at(text, match.start())[:1] == "|"
            if unsure and FORMULAISH.search(match["code"]):
                faults.append(Fault("code across the cells of a table", match.start()))
            else:
                kept = blank(kept)
        elif match["stray"] and (crossing := crossed(text, match)):
            faults.append(
                Fault(
                    "this backtick may be that of code which begins or ends in another "
                    f"paragraph, and hides {crossing}; close it, or write \\`",
                    match.start(),
                )
            )
        pieces += [text[end : match.start()], kept]
        end = match.end()
    return "".join([*pieces, text[end:]]), faults


def unsure_comment(comment: str, text: str, start: int) -> bool:
    """Say whether a comment may end with the block that it stands in, and matters."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    outside = not line.strip() and len(line) < 4  # of lists, quotations and sentences
    across = re.search(BLOCK, comment) is not None
    return across and not outside and FORMULAISH.search(comment) is not None


def without_end(text: str) -> Iterator[Fault]:
    """Yield the comments of a text without fences that do not end, or hold another."""
    for match in UNREAD.finditer(text):
        if match["open"]:
            said = "this comment has no end, or holds another one; it is <!-- … -->"
            yield Fault(said, match.start())


def unended(text: str) -> list[Fault]:
    """Return the fences and comments that do not end, and so hide what follows."""
    plain, faults = without_fences(FRONT_MATTER.sub(lambda m: blank(m[0]), text))
    return [*faults, *without_end(plain)]


def crossed(text: str, stray: re.Match[str]) -> str:
    """Return the TeX that a stray backtick may hide with the next one like it."""
    end = PARAGRAPH.search(text, stray.end())
    rest = text[stray.end() : end.start() if end else len(text)]
    ticks = re.escape(stray["stray"])
    within = re.match(rf"(.+?)(?<!`){ticks}(?!`)", rest, re.DOTALL)
    found = FORMULAISH.search(rest) if within else None
    return " ".join(rest[found.start() :].split())[:40] if found else ""


def line_at(text: str, offset: int) -> str:
    """Return the line of an offset, without what it is indented by."""
    start = text.rfind("\n", 0, offset) + 1
    return text[start : text.find("\n", start)].lstrip(" \t>")


def without_fences(text: str) -> tuple[str, list[Fault]]:
    """Return a text in which fenced code is blank, and the fences without an end."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    faults, i = [], 0
    while i < len(lines):
        opening = FENCE.match(lines[i])
        if opening is None:
            i += 1
            continue
        end = end_of_fence(lines, i, opening)
        if end is None:
            at = starts[i] + opening.start("fence")
            faults.append(Fault("this fence is not closed where it is indented", at))
            i += 1
            continue
        lines[i : end + 1] = [blank(line) for line in lines[i : end + 1]]
        i = end + 1
    return "\n".join(lines), faults


def end_of_fence(lines: list[str], start: int, opening: re.Match[str]) -> int | None:
    """Return the line that closes a fence; None if the block ends before."""
    prefix, fence = opening["prefix"], opening["fence"]
    deep = 0 if ">" in prefix else len(prefix)
    for i in range(start + 1, len(lines)):
        mark = re.match(r"[ \t>]*", lines[i])
        assert mark is not None
        body = lines[i][mark.end() :].rstrip()
        outside = mark[0].count(">") < prefix.count(">") or len(mark[0]) < deep
        if outside and (body or ">" in prefix):
            return None
        if set(body) == {fence[0]} and len(body) >= len(fence):
            return i if ">" in prefix or len(mark[0]) == deep else None
        if body.startswith(fence):  # the next one
            return None
        if "-->" in body and not any("<!--" in line for line in lines[start : i + 1]):
            return None
    return None


def without_code(text: str) -> str:
    """Return prose in which code, and the marks of quotations, are blank."""
    return QUOTED.sub(lambda match: blank(match[0]), blanked(text)[0])


def without_comments(plain: str) -> str:
    """Return prose without code in which comments are blank as well."""
    return UNREAD.sub(lambda m: blank(m[0]) if m["comment"] else m[0], plain)


def without_remarks(markdown: str) -> str:
    """Return Markdown without the comments to the checker, as it is rendered.

    They are not the reader's, and inside a list would hide the formula below. In code
    they are what a page shows.
    """
    kept, start = [], 0
    for remark in REMARK.finditer(without_code(markdown)):
        kept.append(markdown[start : remark.start()])
        start = remark.end()
    return "".join([*kept, markdown[start:]])


def marks(prose: str) -> list[Mark]:
    """Return the comments that speak to the checker."""
    found = []
    for match in MARK.finditer(prose):
        kind, _, reason = match[1].partition(":")
        found.append(Mark(kind.strip(), reason.strip(), match.start(), match.end()))
    return found


def described(cuts: list[Cut], plain: str) -> tuple[list[Element], list[Mark]]:
    """Return formulas with the marks and words before them, and the unused marks."""
    found_marks = marks(plain)
    bare = DEFINITION.sub(lambda m: blank(m[0]), without_comments(plain))
    used: set[int] = set()
    elements = []
    ends = [mark.end for mark in found_marks]
    for cut in cuts:
        near = found_marks[
            bisect_left(ends, lines_above(plain, cut.start, 2)) :
            bisect_right(ends, cut.start)
        ]  # fmt: skip
        unused = [m for m in near if m.offset not in used]
        mark = mark_before(unused, plain, cut.start)
        if mark:
            used.add(mark.offset)
        before = bare[max(0, cut.start - 120) : cut.start].rpartition("\n\n")[2]
        elements.append(Element(cut.latex, cut.offset, cut.display, mark, before))
    return elements, [mark for mark in found_marks if mark.offset not in used]


def lines_above(text: str, offset: int, count: int) -> int:
    """Return where the line begins that is so many above the one of an offset."""
    start = text.rfind("\n", 0, offset) + 1
    return lines_above(text, start - 1, count - 1) if start and count else start


def mark_before(found: list[Mark], text: str, start: int) -> Mark | None:
    """Return the mark on the line before a formula, or on its own line."""
    for mark in found:
        between = text[mark.end : start]
        lines = between.split("\n")
        if mark.end <= start and len(lines) <= 3 and not "".join(lines[:-1]).strip():
            return mark
    return None


def left_over(block: str) -> Iterator[tuple[int, str]]:
    r"""Yield what looks like a formula in a paragraph, where formulas are `TYPESET`.

    Of single dollars it takes two with mathematics between them, or one before a
    command of TeX; two prices, each a dollar before a digit, are none.

    >>> list(left_over("$ x + 1 = x $, from $5 to $6"))
    [(0, '$ x + 1 = x $')]
    """
    found = list(OPENED.finditer(block))
    kinds = (FORMULA_HERE, COMMAND, MATHEMATICS, CLOSED, DOUBLE)
    formula, command, sign, closing, double = (firsts(kind, block) for kind in kinds)
    end = 0
    for opening, after in pairwise([*found, None]):
        assert opening is not None
        start, inside = opening.span()
        if start < end:  # in what was yielded already
            continue
        stop = start
        if opening[0] == "$":
            following = after and after[0] == "$" and after.start() < formula(inside)
            if after and following:
                apart = block[after.start() - 1] in " \n(["
                price = apart and PRICE.match(block, after.end())
                if sign(inside) < after.start() and not price:
                    stop = after.end()
            elif command(inside) < formula(inside) and not PRICE.match(block, inside):
                stop = formula(inside)
        elif opening[0] in (r"\(", r"\["):
            if sign(inside) < closing(inside):
                stop = closing(inside)
        else:
            stop = len(block)
            if opening[0] == "$$":
                stop = min(stop, double(inside) + 2)
        if stop > start:
            yield start, block[start:stop]
            end = stop


def glued(before: str, latex: str, after: str) -> str:
    """Return what stands beside a formula as if it were a part of it, if anything does.

    It is read with it, and is not checked: `$1 = 1$0`, `$1$ = $2$`, `2 $- 1 = -1$`.

    >>> glued("It is ", "1 = 1", "0"), glued("the top-", "k", " classes")
    ('0', '')
    """
    last, first = before.rstrip()[-1:], after.lstrip()[:1]
    if number := re.match(rf"[.,]?\d|{TYPESET}", after):
        return number[0]
    if is_number(before[-1:]) or is_number(after[:1]):
        return before[-1:] if is_number(before[-1:]) else after[:1]
    if is_number(last) and latex.lstrip()[:1] in ("+", "-"):
        return last
    if minus := re.search(r"(?<![^\s(])[-–]\Z", before):
        return minus[0]
    return next(filter(is_sign, (last, first)), "")


def is_number(character: str) -> bool:
    """Say whether a character is a digit, or a formula."""
    return character.isnumeric() or character == TYPESET


def is_sign(character: str) -> bool:
    """Say whether a character is a sign of mathematics, and no arrow."""
    signs = character and unicodedata.category(character) == "Sm"
    return bool(signs) and character not in "~|" and not "←" <= character <= "⇿"


GLUED = "{} stands beside this formula as a part of it; write it inside the dollars"
