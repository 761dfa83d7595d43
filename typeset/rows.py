r"""The rows of a derivation, joined where the column of a wide window has room for it.

A source is broken so that a phone can show it: `& \log P \\ &= \eta y - A(\eta)`. Where
there is room, a row that only goes on with the one before stands behind it; the source
is what the checker reads, and what a narrow window shows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mathcheck.read.reasons import REASON

ALIGNED = re.compile(
    r"(?P<start>\s*\\begin\{aligned\})(?P<body>.*)(?P<end>\\end\{aligned\}"
    r"(?:\s*\\label\s*\{[^}]*\})?\s*)",
    re.DOTALL,
)
TOKEN = re.compile(r"\\(?P<mark>begin|end)\s*\{\w+\*?\}|\\\\(?:\[[^]]*\])?|\\.|[{}]")
RELATION = re.compile(
    r":?=|[<>]|\\(?:le|ge|ne|approx|in|to|sim|succeq|preceq|equiv|propto)\b"
)
OPEN = re.compile(rf"(?:{RELATION.pattern})$")  # its right side is in the next row
SIGN = re.compile(r"[+-]|\\cdot\b")
CONDITION = re.compile(r"\\text\s*\{\s*(?:if|for|where)\b")
# The mark at which rows align, and how much deeper than that this one is set
START = re.compile(r"\s*&?\s*(?P<deeper>(?:\\q?quad\b\s*)*)")
# What is in brackets, the innermost first; its relations are not the row's
BRACKETED = re.compile(r"\{[^{}]*\}|\([^()]*\)|\[[^][]*\]")
SIZES = re.compile(r"\\(?:left|right|[bB]igg?[lr]?)\b|\\(?=[{}])")


@dataclass(frozen=True)
class Row:
    r"""A row of a derivation, the reason in its last cell, and the `\\` at its end."""

    formula: str
    reason: str
    end: str

    def __str__(self) -> str:
        """Return the row as it is written."""
        return f"{self.formula}{self.reason}{self.end}"

    @property
    def words(self) -> str:
        """Return the formula from where it says something."""
        return self.formula[START.match(self.formula).end() :].rstrip()  # type: ignore[union-attr]

    @property
    def is_deeper(self) -> bool:
        """Say whether the row is set deeper than those before."""
        return bool(START.match(self.formula)["deeper"])  # type: ignore[index]

    @property
    def is_related(self) -> bool:
        """Say whether it has a relation of its own, outside of all brackets."""
        return bool(RELATION.search(outside_brackets(self.formula)))

    @property
    def is_flush(self) -> bool:
        """Say whether a whole statement begins where in other rows relations stand."""
        goes_on = RELATION.match(self.words) or SIGN.match(self.words)
        return (
            self.formula.lstrip().startswith("&")
            and not self.is_deeper
            and not goes_on
            and not CONDITION.match(self.words)
        )


def joined(tex: str, fits: Callable[[str], bool]) -> str:
    """Return a derivation with each row behind the one it goes on with, if that fits.

    `fits` says so of the whole formula. One that is no derivation stays as it is. Terms
    find their sum before a right side its left side: a row ends rather at a relation.
    """
    whole = ALIGNED.fullmatch(tex)
    if whole is None:
        return tex
    start, body, end = whole.groups()
    source = rows = [parted(row) for row in split(body)]
    for behind in (continued, completed):
        place = 1
        while place < len(rows):
            above, below = rows[: place - 1], rows[place + 1 :]
            one = behind(rows[place - 1], rows[place], above + below)
            shorter = [*above, one, *below] if one else []
            if one and fits(start + "".join(map(str, shorter)) + end):
                rows = shorter
            else:
                place += 1
    return tex if rows is source else start + "".join(map(str, rows)) + end


def continued(before: Row, after: Row, _: list[Row]) -> Row | None:
    """Return a row and what it goes on with: a term, a condition, a right side."""
    start, words = before.formula.rstrip(), after.words
    if CONDITION.match(words):
        return merged(rf"{start} \qquad {words}", before, after)
    # A minus may begin a statement of its own; a plus begins none
    signed = SIGN.match(words) and (
        after.is_deeper or words.startswith("+") or not after.is_related
    )
    if signed or OPEN.search(start):
        return merged(f"{start} {words}", before, after)
    return None


def completed(before: Row, after: Row, others: list[Row]) -> Row | None:
    """Return a left side that stands alone and its right side."""
    if before.is_related or not RELATION.match(after.words):
        return None
    if after.is_deeper or "&" in before.words or any(row.is_flush for row in others):
        # Whole rows stand where in other formulas the relations do
        return merged(f"{before.formula.rstrip()} {after.words}", before, after)
    return merged(f"{before.words} &{after.words}", before, after)


def merged(formula: str, before: Row, after: Row) -> Row | None:
    r"""Return one row for two, unless each is a step or `\\[1ex]` sets them apart."""
    if before.end != r"\\" or (before.reason and after.reason):
        return None
    return Row(f"\n{formula.strip()} ", before.reason or after.reason, after.end)


def split(body: str) -> list[str]:
    r"""Return the rows of a derivation, each with the `\\` that ends it."""
    depth, ends = 0, [0]
    for token in TOKEN.finditer(body):
        if token["mark"] or token[0] in "{}":
            depth += 1 if token[0] == "{" or token["mark"] == "begin" else -1
        elif token[0].startswith(r"\\") and depth == 0:
            ends.append(token.end())
    return [body[i:j] for i, j in zip(ends, [*ends[1:], len(body)], strict=True)]


def parted(row: str) -> Row:
    r"""Return a row in its parts."""
    ends = list(re.finditer(r"\\\\(?:\[[^]]*\])?$", row))
    text = row[: ends[0].start()] if ends else row
    end = ends[0][0] if ends else row[len(row.rstrip()) :]
    reason = REASON.search(text + r"\\")
    formula = text[: reason.start()] if reason else text
    return Row(formula, f"{reason[0].rstrip()} " if reason else "", end)


def outside_brackets(row: str) -> str:
    r"""Return a row without what is in brackets, of any size."""
    row = SIZES.sub("", row)
    while (shorter := BRACKETED.sub("", row)) != row:
        row = shorter
    return row
