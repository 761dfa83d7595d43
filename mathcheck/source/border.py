r"""The formulas that a page's HTML shows, each where it stands in the source.

Into the source a character is put behind everything that may begin a formula, one that
Markdown passes over. What comes out as a formula carries it, and so its place; what
comes out as words is a formula that was meant and is none. That the characters change
nothing is seen each time: without them the HTML is that of the source itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mathcheck.source.blocks import (
    GLUED,
    HEADING,
    MARKER,
    TYPESET,
    Cut,
    Element,
    Fault,
    Heading,
    Reading,
    described,
    glued,
    left_over,
    level_of,
    one_line,
    unended,
    without_code,
)
from mathcheck.source.html import Page, Typeset, hidden, shown
from mathcheck.source.site import NotInstalledError

FIRST = 0xF0000  # of MARKER
MARKERS = re.compile(MARKER)
OPENING = re.compile(
    r"(?:\\\\)+(?=\$)"
    r"|(?P<opens>\\\$|\${2,}|\$(?!\s)|\\{1,2}[(\[]|\\begin\{[A-Za-z]+\*?\})"
)
ELSEWHERE = (["<math"], ["8<-"])  # where what is not written in a page may come from
NEAR = 20  # characters that are looked at beside a formula
SPACE = re.compile(r"\s*")
GAP = re.compile(r"\s+(?:(?<=\n)[ \t]*[>#][> \t#]*\s*)*|")
RAW = (
    "this looks like a formula and is not typeset; write $…$ without a space inside "
    r"the dollars, $$ between blank lines, or \$ for a dollar"
)
UNREAD = (
    "a formula that the page shows and that does not stand so in its source; write it "
    "there, in dollars"
)
UNSEEN = "a formula in an element that is hidden, or has a style which may hide it"
HIDDEN = "a formula where no reader sees one: in a comment or a tag that does not end"


@dataclass(frozen=True)
class Opening:
    """What may begin a formula."""

    text: str
    start: int
    end: int


@dataclass
class Border:
    """Reads what one page shows."""

    source: str
    body: int  # where its text begins
    openings: list[Opening] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cuts: dict[int, Cut] = field(default_factory=dict)  # by their offsets
    order: list[int | None] = field(default_factory=list)  # of the HTML, None if unread

    def html(self, convert: Callable[[str], str]) -> str:
        """Return the page's HTML in which each formula carries its opening.

        If all that may open a formula changes the page, then perhaps that does not
        which opens one.
        """
        text = self.source[self.body :]
        plain = convert(text)
        openings = [
            Opening(match["opens"], match.start(), match.end())
            for match in OPENING.finditer(text)
            if match["opens"]
        ]
        for _ in range(2):
            html = convert(marked(text, openings))
            if MARKERS.sub("", html) == plain:
                break
            firsts = [MARKERS.search(f.latex) for f in shown(html).formulas]
            numbers = {ord(first[0]) - FIRST for first in firsts if first}
            openings = [openings[n] for n in sorted(numbers)]
        else:
            self.faults.append(Fault("its formulas cannot be told apart", self.body))
            html = plain
        self.openings = [
            Opening(o.text, self.body + o.start, self.body + o.end) for o in openings
        ]
        return html

    def opening(self, marker: str) -> Opening:
        """Return the opening that a character stands for."""
        return self.openings[ord(marker) - FIRST]

    def take(self, formula: Typeset) -> None:
        """Find a formula in the source; a fault if it does not stand there."""
        latex = MARKERS.sub("", formula.latex)
        first = MARKERS.search(formula.latex)
        if first is None:
            self.faults.append(Fault(UNREAD, self.somewhere(latex), one_line(latex)))
            self.order.append(None)
            return
        opening = self.opening(first[0])
        before = formula.latex[: first.start()]
        offset = opening.end - len(before)
        here = self.source[offset : opening.end] == before
        written = in_place(latex, self.source, offset) if here else None
        if written is None:
            self.faults.append(Fault(UNREAD, opening.start, one_line(latex)))
            self.order.append(None)
            return
        if not formula.seen:
            self.faults.append(Fault(UNSEEN, opening.start, one_line(latex)))
        start = opening.start if not before else offset
        self.cuts[offset] = Cut(written, offset, formula.display, start)
        self.order.append(offset)

    def look_for_raw(self, block: str) -> None:
        """Find in the words of a paragraph what was meant as a formula."""

        def spelled(match: re.Match[str]) -> str:
            opening = self.opening(match["marker"])
            if opening.text == r"\$":
                return "\ue000" + match["marker"]
            return ("\\" if opening.text[0] == "\\" else "") + match[0]

        text = re.sub(rf"[$(\[](?P<marker>{MARKER})", spelled, block)
        for _, left in left_over(text):
            said = one_line(MARKERS.sub("", left).replace("\ue000", "$"))
            marker = MARKERS.search(left)
            near = marker and left.index(marker[0]) <= len("\\begin{aligned*}")
            at = self.opening(marker[0]).start if marker and near else -1
            self.faults.append(
                Fault(RAW, at if at >= 0 else self.somewhere(said), said)
            )

    def look_beside(self, page: Page) -> None:
        """Find what stands beside a formula as if it were a part of it."""
        shown = zip(page.formulas, self.order, strict=True)
        for block in page.blocks:
            words = MARKERS.sub("", block)
            places = re.finditer(TYPESET, words)
            for place, (formula, offset) in zip(places, shown, strict=False):
                if offset is None or formula.display:
                    continue
                latex = MARKERS.sub("", formula.latex)
                before = words[max(0, place.start() - NEAR) : place.start()]
                after = words[place.end() : place.end() + NEAR]
                if beside := glued(before, latex, after):
                    said = GLUED.format(beside)
                    self.faults.append(Fault(said, offset, one_line(latex)))

    def look_for_hidden(self, html: str, page: Page) -> None:
        """Find formulas that no reader would see, and what may hide them."""
        if page.unclosed:
            said = f"this <{page.unclosed}> does not end, and hides what follows"
            self.faults.append(Fault(said, self.somewhere(f"<{page.unclosed}")))
        behind = hidden(html, page)
        firsts = [MARKERS.search(formula) for formula in behind]
        openings = [self.opening(first[0]) for first in firsts if first]
        unseen = [opening for opening in openings if opening.end not in self.cuts]
        self.faults += [Fault(HIDDEN, opening.start) for opening in unseen]
        if behind and not unseen:
            self.faults.append(Fault(HIDDEN, self.somewhere("arithmatex")))

    def somewhere(self, text: str) -> int:
        """Return where some words stand in the source, or the first; else its start."""
        words = [re.escape(word) for word in (text.strip("$ ") or text).split()]
        for some in (words, words[:2], words[:1], *ELSEWHERE):
            pattern = re.compile(r"[\s>#]+".join(some))
            if found := pattern.search(self.source, self.body):
                return found.start()
        return self.body


def marked(text: str, openings: list[Opening]) -> str:
    """Return a text with a character behind each opening."""
    pieces, end = [], 0
    for number, opening in enumerate(openings):
        pieces += [text[end : opening.end], chr(FIRST + number)]
        end = opening.end
    return "".join([*pieces, text[end:]])


def read_shown(
    source: str, prose: str, body: int, convert: Callable[[str], str]
) -> Reading:
    """Read a page, whose text begins at `body`, through its HTML."""
    if strange := MARKERS.search(source):
        said = "a character for private use, which no page needs"
        return Reading(faults=[Fault(said, strange.start())])
    border = Border(source, body, faults=unended(prose))
    try:
        html = border.html(convert)
    except NotInstalledError:
        raise
    except Exception as error:  # of an extension, on a page that it cannot read
        said = f"Markdown fails on this page ({type(error).__name__}: {error})"
        at = border.somewhere(getattr(error, "quoted", ""))
        return Reading(faults=[*border.faults, Fault(said, at)])
    page = shown(html)
    for formula in page.formulas:
        border.take(formula)
    for block in page.blocks:
        border.look_for_raw(block)
    border.look_beside(page)
    border.look_for_hidden(html, page)
    plain = without_code(prose)
    cuts = sorted(border.cuts.values(), key=lambda cut: cut.offset)
    elements, unused = described(cuts, plain)
    items: list[Heading | Element] = [*headings(page, border, plain), *elements]
    return Reading(
        sorted(items, key=lambda item: item.offset),
        unused,
        border.faults,
        [offset for offset in border.order if offset is not None],
        len(page.formulas),
    )


def headings(page: Page, border: Border, plain: str) -> Iterator[Heading]:
    """Yield the headings of a page, each between those formulas that it stands between.

    Its line is looked for there; one that is written as HTML follows the formula.
    """
    spans = [(cut.offset, cut.offset + len(cut.latex)) for cut in border.cuts.values()]
    lines = [
        match
        for match in HEADING.finditer(plain, border.body)
        if not any(start <= match.start() < end for start, end in spans)
    ]
    above = border.body
    for level, number in page.headings:
        before = [at for at in border.order[:number] if at is not None]
        after = [at for at in border.order[number:] if at is not None]
        if before:
            above = max(above, before[-1] + len(border.cuts[before[-1]].latex))
        below = next((at for at in after if at > above), len(plain))
        written = (
            line.start() for line in lines if above <= line.start() < below
            and level == level_of(line)
        )  # fmt: skip
        at = next(written, above)
        yield Heading(level, at)
        above = max(above, at + 1)


def in_place(latex: str, source: str, offset: int) -> str | None:
    """Return LaTeX as it stands in the source, other characters there blank.

    Those are white space, and what begins a line in a quotation or a notebook. None if
    it does not stand there.
    """
    end, starts = offset, []
    for number, word in enumerate(latex.split()):
        if number or latex[0].isspace():
            at = next_word(source, end, word)
        else:
            at = end if source.startswith(word, end) else None
        if at is None:
            return None
        starts.append(at)
        end = at + len(word)
    if latex[-1:].isspace():
        end = SPACE.match(source, end).end()  # type: ignore[union-attr]
    written = list(re.sub(r"[^\n]", " ", source[offset:end]))
    for at, word in zip(starts, latex.split(), strict=True):
        written[at - offset : at - offset + len(word)] = word
    return "".join(written)


def next_word(source: str, start: int, word: str) -> int | None:
    """Return where a word stands after a gap: the last place that the gap allows.

    A line may begin with > as a mark and with > as the first sign of the formula.
    """
    gap = GAP.match(source, start)
    for at in range(gap.end() if gap else start, start, -1):
        if source.startswith(word, at):
            return at
    return None
