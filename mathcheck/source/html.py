r"""What the HTML of a page shows: its formulas in their order, its headings, its words.

A formula is what stands in an element of the class `arithmatex`, as the extension of
that name leaves it, `\(…\)` or `\[…\]`; and MathML, which a browser shows as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from mathcheck.source.blocks import TYPESET

CLASS = "arithmatex"
WRAPPED = re.compile(
    r"\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<display>.*)\\\])\s*\Z", re.DOTALL
)
ATTRIBUTE = re.compile(rf"<[^<>]*\bclass\s*=[^<>]*\b{CLASS}\b")
VOID = set("area base br col embed hr img input link meta source track wbr".split())
SILENT = set("code pre script style template textarea title svg math".split())
# What no reader sees, wherever it is put
UNSEEN = set("template noscript script style textarea title datalist dialog iframe "
             "object audio video canvas".split())  # fmt: skip
# A style can hide in many ways; these do not
HARMLESS = re.compile(
    r"\s*(?:(?:text-align|vertical-align|white-space|font-weight|font-style)"
    r"\s*:[^;]*(?:;\s*|\Z))*"
)
SPOKEN = ("title", "alt", "aria-label", "placeholder")  # attributes with words
INLINE = set("a abbr b big cite code del em i ins kbd mark q s small span strong sub "
             "sup u var wbr".split())  # fmt: skip


@dataclass(frozen=True)
class Typeset:
    """A formula as it stands in HTML."""

    latex: str
    display: bool
    seen: bool = True


@dataclass
class Page(HTMLParser):
    """The formulas and headings of some HTML in their order, and its words."""

    formulas: list[Typeset] = field(default_factory=list)
    # The level of each heading, and how many formulas stand before it
    headings: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)  # the words of each paragraph
    open: list[str] = field(default_factory=list)  # elements
    words: str = ""
    inside: tuple[int, str] | None = None  # a formula: how deep, and its TeX so far
    hidden: int = 0  # how deep the element is that hides what is in it, or 0
    mathml: int = 0  # of the formulas
    unclosed: str = ""  # an element that has no end, and hides all after it

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, perhaps that of a formula."""
        if tag not in INLINE:
            self.end_block()
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), len(self.formulas)))
        given = dict(attrs)
        styled = HARMLESS.fullmatch(given.get("style") or "") is None
        if not self.hidden and (tag in UNSEEN or "hidden" in given or styled):
            self.hidden = len(self.open)
        if "footnote-ref" in (given.get("class") or ""):
            self.words += " "
        self.blocks += [words for name in SPOKEN if (words := given.get(name))]
        classes = (given.get("class") or "").split()
        if self.inside is None and (CLASS in classes or tag == "math"):
            self.inside = len(self.open), ""
            self.mathml += tag == "math"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<br/>`, and as a browser does, `<span/>` for `<span>`."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open inside of it."""
        if tag in self.open:
            depth = len(self.open) - 1 - self.open[::-1].index(tag)
            del self.open[depth:]
            if self.inside and self.inside[0] > depth:
                self.end_formula()
            if self.hidden > depth:
                self.hidden = 0
        if tag not in INLINE:
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Take words up, or the TeX of a formula."""
        if self.inside:
            self.inside = self.inside[0], self.inside[1] + data
        elif not SILENT.intersection(self.open):
            self.words += data.replace(TYPESET, " ")

    def handle_comment(self, data: str) -> None:
        """Take a comment for what it is to MathJax, where it stands in TeX."""
        if self.inside:
            self.handle_data(f"<!--{data}-->")

    def end_formula(self) -> None:
        """Take the formula up that ends here."""
        assert self.inside is not None
        text, self.inside = self.inside[1], None
        tex = WRAPPED.match(text)
        display = bool(tex and tex["display"] is not None)
        latex = (tex["display"] if display else tex["inline"]) if tex else text
        self.formulas.append(Typeset(latex, display, not self.hidden))
        self.words += TYPESET

    def end_block(self) -> None:
        """Begin a new paragraph."""
        if self.words.strip():
            self.blocks.append(self.words)
        self.words = ""

    def close(self) -> None:
        """End what is still open."""
        self.unclosed = next(filter(SILENT.__contains__, self.open), "")
        super().close()
        if self.inside:
            self.end_formula()
        self.end_block()


def shown(html: str) -> Page:
    """Read what some HTML shows; comments end where a browser ends them."""
    page = Page()
    page.feed(html.replace("--!>", "-->").replace("<!-->", "").replace("<!--->", ""))
    page.close()
    return page


def hidden(html: str, page: Page) -> list[str]:
    """Return how each formula begins, if there are some that no browser shows.

    They stand in a comment, in an attribute, or behind a tag that does not end.
    """
    there = [html[m.start() : m.end() + 200] for m in ATTRIBUTE.finditer(html)]
    shown_there = len(page.formulas) - page.mathml
    return there if len(there) > shown_there else []
