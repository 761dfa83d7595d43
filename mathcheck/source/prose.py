r"""The words around a formula: its row of a table, or the sentence it stands in.

They come back as plain text, in which formulas stand in `$…$` and code in backticks;
a dollar that opens no formula of the page is `\$`, so that no other is made of it.
"""

from __future__ import annotations

import re

from mathcheck.source.blocks import COMMENT, Element, blank
from mathcheck.source.delimiters import FORMULA

CELL = re.compile(r"(?<!\\)\|")
BLOCK = re.compile(r"\n[ \t]*\n")
PREFIX = re.compile(r"^[ \t>]*(?:[-*+] |\d+\. )?[ \t]*", re.MULTILINE)
NO_PROSE = re.compile(r"[ \t>]*(?:#|\||```|~~~|!!!|\?\?\?|:::|--8<--|\$\$)")
SENTENCE = re.compile(r"(?<=[.!?])[\"')*_]*\s+(?=[\"'(*_\[]*[A-Z\ue000-\uf8ff])")
CLAUSE = re.compile(r"[,;:]\s+")
LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)\s]*\)|\[[^\]]*\])(?:\{[^}]*\})?")
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2}|_{1,2})(?=\S)(.+?)(?<=\S)\1(?![\w*])", re.S)
JOINT = re.compile(r"\A(?:and|but|so|where|then|while|with)\s+", re.IGNORECASE)

LONG = 100  # characters; of a longer sentence only the clause is shown
FEW = 3  # words; a clause with fewer says nothing without the one before it


def cells(prose: str, item: Element, known: frozenset[int]) -> dict[str, str]:
    """Return the row in whose first cell a formula stands, by lower-case headings.

    `known` are the places of the page's formulas.
    """
    end = prose.find("\n", item.offset)
    lines = prose[: end if end >= 0 else None].splitlines()
    start = len("\n".join(lines)) - len(lines[-1])
    first = len(lines)
    while first and lines[first - 1].lstrip(" \t>").startswith("|"):
        first -= 1
    if len(lines) - first < 3 or len(CELL.findall(prose[start : item.offset])) != 1:
        return {}
    names = [plain(name).lower() for name in split(lines[first])]
    hidden = Hidden(lines[-1], start, known)
    said = [hidden.restored(plain(cell)) for cell in split(hidden.text)]
    return dict(zip(names, said, strict=False))


def split(row: str) -> list[str]:
    """Split a row of a table into its cells."""
    return [cell.strip() for cell in CELL.split(row.strip(" \t>"))[1:-1]]


class Hidden:
    """Words in which a character stands for each formula."""

    def __init__(self, text: str, start: int, known: frozenset[int]) -> None:
        self.kept: list[tuple[int, str]] = []  # where each formula stands, and itself

        def hide(match: re.Match[str]) -> str:
            inside = match.start(match.lastgroup or 0)
            if not {start + inside, start + match.start()}.intersection(known):
                return match[0]
            self.kept.append((start + match.start(), match[0]))
            return chr(0xE000 + len(self.kept) - 1)

        commentless = COMMENT.sub(lambda match: blank(match[0]), text)
        self.text = FORMULA.sub(hide, commentless)

    def of(self, offset: int) -> str:
        """Return the character of the formula that stands at a place, if there is."""
        for number, (start, formula) in enumerate(self.kept):
            if start <= offset < start + len(formula):
                return chr(0xE000 + number)
        return ""

    def restored(self, text: str) -> str:
        """Return words with their formulas, and no other dollar that could be one's."""
        text = text.replace(r"\$", "$").replace("$", r"\$")
        return re.sub("[\ue000-\uf8ff]", self.formula, text)

    def formula(self, match: re.Match[str]) -> str:
        """Return the formula that a character stands for."""
        number = ord(match[0]) - 0xE000
        return inline(self.kept[number][1]) if number < len(self.kept) else match[0]


def sentence(prose: str, item: Element, known: frozenset[int]) -> str:
    """Return the sentence of a formula; of a displayed one, the one that leads to it.

    Of a long sentence it is the clause. `known` are the places of the page's formulas.
    """
    if item.display:
        before = prose[: item.offset].rstrip("$[\\ \t\n")
        before = re.sub(r"\\begin\{\w+\*?\}\Z|<!--.*?-->\s*\Z", "", before).rstrip()
        text = BLOCK.split(before[-2000:])[-1]
        start = len(before) - len(text)
    else:
        blocks = BLOCK.split(prose[max(0, item.offset - 2000) : item.offset])
        text = blocks[-1] + BLOCK.split(prose[item.offset : item.offset + 2000])[0]
        start = item.offset - len(blocks[-1])
    if NO_PROSE.match(text):
        return ""
    hidden = Hidden(text, start, known)
    mine = "" if item.display else hidden.of(item.offset)
    sentences = SENTENCE.split(PREFIX.sub("", hidden.text))
    found = next((s for s in sentences if mine and mine in s), sentences[-1])
    if len(found) > LONG and mine:
        found = clause(found, mine)
    return hidden.restored(plain(found).rstrip(":;,. "))


def clause(found: str, mine: str) -> str:
    """Return the part of a sentence that speaks of a formula."""
    ends = [0, *(match.end() for match in CLAUSE.finditer(found)), len(found)]
    place = found.index(mine)
    last = next(i for i, end in enumerate(ends) if end > place)
    first = last - 1
    while first and len(re.findall("[a-z]+", found[ends[first] : ends[last]])) < FEW:
        first -= 1
    return JOINT.sub("", found[ends[first] : ends[last]])


def plain(text: str) -> str:
    """Return Markdown without its links and emphasis."""
    text = COMMENT.sub("", text)
    text = LINK.sub(r"\1", text)
    text = EMPHASIS.sub(r"\2", text)
    return " ".join(text.split())


def inline(formula: str) -> str:
    """Return a formula in dollars, on one line."""
    body = re.sub(r"\A(?:\$\$?|\\[\[(])|(?:\$\$?|\\[\])])\Z", "", formula)
    body = re.sub(r"\\label\s*\{[^}]*\}", "", body)
    return f"${' '.join(body.split())}$"
