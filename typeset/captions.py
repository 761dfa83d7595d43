"""The figures of a page: numbered, linkable, each with files to take away.

A figure comes with its files inside the links of its caption, as a notebook shows it.
Here they become files beside the page.
"""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field

FIGURE = re.compile(
    r'<figure class="plot(?: living)?"(?: id="(?P<id>[^"]*)")?.*?</figure>', re.DOTALL
)
FILE = re.compile(
    r'<a download="(?P<name>[^"]+)" href="data:[\w/+]+;base64,(?P<data>[^"]*)"'
)
LINK = re.compile(
    r'<a\b(?P<before>[^>]*\bhref="(?P<path>[^"#]*)#(?P<anchor>fig-[a-z0-9-]+)"[^>]*)>'
    r"(?P<words>.*?)</a>",
    re.DOTALL,
)
OF_ITSELF = 'class="figure-number"'  # the link in a figure's own caption


class CaptionError(Exception):
    """A figure cannot be referred to; `before` is how many stand before it."""

    def __init__(self, message: str, before: int) -> None:
        super().__init__(message)
        self.before = before


@dataclass
class Captioned:
    """A page with its figures numbered: numbers by anchor, files by name."""

    html: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def captioned(html: str, source: str) -> Captioned:
    """Give the figures of a page numbers, and take the files out of their captions.

    `source` is where they are to be found, and is written into each SVG.
    """
    page = Captioned()

    def number(figure: re.Match[str]) -> str:
        anchor = figure["id"]
        if not anchor:
            raise CaptionError(
                "a figure without a name: figure(…, name=…)", len(page.numbers)
            )
        if anchor in page.numbers:
            raise CaptionError(
                f"the figure {anchor} stands twice on this page", len(page.numbers)
            )
        page.numbers[anchor] = len(page.numbers) + 1
        link = (
            f'<a {OF_ITSELF} href="#{anchor}" title="Link to this figure">'
            f"Figure {page.numbers[anchor]}</a>. "
        )
        shown = figure[0].replace("<figcaption>", f"<figcaption>{link}", 1)
        return FILE.sub(lambda file: take(file, anchor), shown)

    def take(file: re.Match[str], anchor: str) -> str:
        content = b64decode(file["data"])
        if file["name"].endswith(".svg"):
            said = f"<dc:source>{source}#{anchor}</dc:source>".encode()
            content = content.replace(b"<dc:title>", said + b"<dc:title>", 1)
        page.files[file["name"]] = content
        return f'<a download href="{file["name"]}"'

    page.html = FIGURE.sub(number, html)
    return page


def with_figure_numbers(html: str, number_of: Callable[[str, str], int | None]) -> str:
    """Append a figure's number to every link to it: ``the two curves (Figure 2)``.

    `number_of` gets the link's path and anchor; where it knows no number (MkDocs warns
    of such a link by itself) the link stays as it is.
    """

    def replace(link: re.Match[str]) -> str:
        number = number_of(link["path"], link["anchor"])
        if number is None or OF_ITSELF in link["before"]:
            return link[0]
        said = f"Figure&nbsp;{number}"
        words = f"{link['words']} ({said})" if link["words"] else said
        return f"<a{link['before']}>{words}</a>"

    return LINK.sub(replace, html)
