r"""The formulas of a text without its parser: what is not certain is refused.

So are read: docstrings, pages of no site, and all pages where only NumPy is installed.
Markdown differs from parser to parser; what one of them may show as a formula is read
here, or it is a fault which says how to write it so that all agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mathcheck.source.blocks import (
    BLOCK,
    GLUED,
    HEADING,
    TYPESET,
    Cut,
    Element,
    Fault,
    Heading,
    Reading,
    blanked,
    described,
    glued,
    left_over,
    level_of,
    one_line,
    without_code,
    without_comments,
)
from mathcheck.source.delimiters import formulas

GROUPS = ("display", "bracket", "paren", "environment", "inline")
STRANGE = re.compile(r"<math\b|\$`+[^`\n]+`+\$")  # which some show as formulas
MATH = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?\.?math\b", re.MULTILINE)
NEAR = 1000  # characters that are looked at beside a formula, tags among them
TAG = re.compile(r"<[^<>]*>|\[\^[^\]\n]*\]")  # of HTML, or the mark of a footnote
ITEM = re.compile(r"^[ \t>]*[-+][ \t]+", re.MULTILINE)
BETWEEN = re.compile(BLOCK)
EMPTY = re.compile(r"\n[ \t>]*(?:\n|\Z)")


def read_cautiously(text: str, directives: Sequence[Cut] = ()) -> Reading:
    """Read a text of which nothing is known but that it is Markdown.

    `directives` are formulas that were found in it already, and are blank in it.
    """
    unquoted, faults = blanked(text)
    plain = without_code(text)
    bare = without_comments(plain)
    cuts, rest = [], list(bare)
    for match in formulas(bare):
        cut = cut_out(match)
        rest[match.start() : match.end()] = TYPESET * (match.end() - match.start())
        cuts.append(cut)
        if why := divided(match, unquoted):
            faults.append(Fault(why, cut.offset, one_line(cut.latex)))
    plain_rest = "".join(rest)
    for cut, match in zip(cuts, formulas(bare), strict=True):
        if not cut.display and (beside := glued(*around(match, plain_rest))):
            said = GLUED.format(beside)
            faults.append(Fault(said, cut.offset, one_line(cut.latex)))
    for start, left in remaining(plain_rest):
        faults.append(
            Fault(
                "this looks like a formula and is none; write $…$ without a space "
                r"inside the dollars, in one paragraph, or \$ for a dollar",
                start,
                one_line(left),
            )
        )
    for match in STRANGE.finditer(text):
        if bare[match.start()] == match[0][0]:  # neither code nor a comment
            said = "a formula that is not in dollars alone; write $…$"
            faults.append(Fault(said, match.start(), match[0]))
    for match in MATH.finditer(text):
        said = "a fence of mathematics, which is not read; write $$ between blank lines"
        faults.append(Fault(said, match.start(), match[0].strip()))
    refused = {fault.offset for fault in faults}
    kept = [*directives, *(cut for cut in cuts if cut.offset not in refused)]
    found, unused = described(sorted(kept, key=lambda cut: cut.offset), plain)
    items: list[Heading | Element] = [*found, *headings(bare, cuts)]
    return Reading(
        sorted(items, key=lambda item: item.offset),
        unused,
        faults,
        [element.offset for element in found],
        len(found) + sum(bool(fault.latex) for fault in faults),
    )


def cut_out(match: re.Match[str]) -> Cut:
    """Return a formula; an environment is one with what begins and ends it."""
    group = next(group for group in GROUPS if match[group])
    whole = group == "environment"
    return Cut(
        match[0] if whole else match[group],
        match.start() if whole else match.start(group),
        group not in ("inline", "paren"),
        match.start(),
    )


def divided(match: re.Match[str], unquoted: str) -> str:
    """Say why what stands between two dollars may be no formula for some parser."""
    lines = unquoted[unquoted.rfind("\n", 0, match.start()) + 1 : match.end()]
    depths = {quoted(line) for line in lines.split("\n")}
    if len(depths) > 1:
        return "a line of this formula begins with >, which may be a quotation"
    inline = match["inline"] or match["paren"]
    if (BETWEEN if inline else EMPTY).search(match[0]):
        return "this formula goes on in another paragraph or item"
    return ""


def around(match: re.Match[str], rest: str) -> tuple[str, str, str]:
    """Return a formula between what stands before it in its paragraph and after."""
    before = BETWEEN.split(rest[max(0, match.start() - NEAR) : match.start()])[-1]
    before = ITEM.sub("", before)
    after = BETWEEN.split(rest[match.end() : match.end() + NEAR], maxsplit=1)[0]
    bare = [re.sub("[*_]", "", TAG.sub("", text)) for text in (before, after)]
    return bare[0], cut_out(match).latex, bare[1]


def quoted(line: str) -> int:
    """Return how deep in quotations a line stands."""
    mark = re.match(r"[ \t>]*", line)
    return mark[0].count(">") if mark else 0


def remaining(text: str) -> Iterator[tuple[int, str]]:
    """Yield where in a text without its formulas there is what looks like one."""
    text = re.sub(r"\\[\\$]", "  ", text)
    start = 0
    for end in [*(match.start() for match in BETWEEN.finditer(text)), len(text)]:
        for at, left in left_over(text[start:end]):
            yield start + at, left
        start = end


def headings(bare: str, cuts: list[Cut]) -> Iterator[Heading]:
    """Yield the headings of a text."""
    spans = [(cut.offset, cut.offset + len(cut.latex)) for cut in cuts]
    for match in HEADING.finditer(bare):
        if any(start <= match.start() < end for start, end in spans):
            continue
        if match["under"] is None:
            yield Heading(level_of(match), match.start())
        elif match["rule"][0] == "=" or (
            len(match["rule"]) >= 3 and "|" not in match["under"]
        ):
            if match["under"].strip():
                yield Heading(level_of(match), match.start())
