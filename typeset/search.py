"""What a search finds: the sections of the pages as text, their formulas as plain text.

The theme's own index has the letters of a formula glued together and the code's
docstrings in TeX. This one is made before the formulas are typeset, and replaces it.
What readers type and what the pages say is in ``search.toml``; how the sections are
ranked, in ``docs/assets/search/``.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, Tag

from typeset.plain import plain
from typeset.reasons import derivation

# Between two words; no part of it looks ahead or stands between bars, which the theme's
# highlighting of a page could not use. The last is the space without width.
SEPARATOR = r"""[\s\-–—/\\()\[\]{}<>"'“”‘’`.,;:!?…=+*|&#$%@~^·×\u200b]+"""
TEX = re.compile(r"^\\[(\[](.*)\\[)\]]$", re.DOTALL)
COMMAND = re.compile(r"\\(?:[a-zA-Z]{2,}|[()\[\]])|\$[^$]+\$|[_^]\{")
HEADING = re.compile(r"h[1-6]")
BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt figcaption figure "
    "footer header li main nav ol p pre section summary table tbody thead tr ul".split()
)
# What is no text of the page's: pictures, what scripts use, what screen readers hear in
# the place of a formula, and the source of a formula
SKIPPED = frozenset(
    "annotation mjx-assistive-mml mjx-container nav script style svg template".split()
)
# The checker's remarks, links to a heading, and downloads say nothing about a subject
SKIPPED_CLASSES = frozenset(
    "checked-foot formula-fault headerlink holds refuted equation-number footnote-ref "
    "footnote-backref".split()
)
NAMES = ("dt", "summary")  # what they hold is a name, though not in the contents


@dataclass
class Section:
    """What stands under one heading: its text, and what else is named in it."""

    anchor: str  # nothing for the page itself
    title: str
    blocks: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


DATA = Path("typeset") / "search.toml"  # below mkdocs.yml
TABLES = ("pages", "titles", "vague", "words", "names")


class SearchError(Exception):
    """The data of the search are not what they should be."""


def sections(html: str) -> list[Section]:
    r"""Return the sections of a page whose formulas are still TeX.

    >>> [page, part] = sections(
    ...     '<h1 id="t">Softmax</h1><h2 id="s">Shift</h2><p>Let '
    ...     '<span class="arithmatex">\\(a \\in \\mathbb{R}\\)</span>.</p>')
    >>> part.anchor, part.title, part.blocks
    ('s', 'Shift', ['<p>Let a ∈ ℝ.</p>'])
    """
    found: list[Section] = []
    Collector(found).visit(BeautifulSoup(html, "html.parser"))
    return found


class Collector:
    """Walks through a page and gathers its sections."""

    def __init__(self, found: list[Section]) -> None:
        self.found = found

    @property
    def section(self) -> Section:
        """The one that is being read."""
        if not self.found:
            self.found.append(Section("", ""))
        return self.found[-1]

    def visit(self, tag: Tag) -> None:
        """Read a block: its own text as one paragraph, and the blocks in it."""
        words: list[str] = []
        for child in tag.children:
            if isinstance(child, Tag) and HEADING.fullmatch(child.name):
                self.paragraph(words)
                title = "".join(inline(child)).strip()
                first = not any(section.title for section in self.found)
                anchor = "" if first else str(child.get("id", ""))
                self.found.append(Section(anchor, title))
            elif isinstance(child, Tag) and is_skipped(child):
                continue
            elif isinstance(child, Tag) and is_formula(child) and child.name == "div":
                self.paragraph(words)
                self.paragraph([formula(child)])
            elif isinstance(child, Tag) and child.name == "pre":
                self.paragraph(words)
                self.code(child)
            elif isinstance(child, Tag) and child.name == "tr":
                self.row(child)
            elif isinstance(child, Tag) and child.name in BLOCKS:
                self.paragraph(words)
                self.block(child)
            else:
                words += inline(child)
        self.paragraph(words)

    def block(self, tag: Tag) -> None:
        """Read a block in another one; what is folded and has an anchor is a section.

        So is a term with an anchor, and its definition.
        """
        if tag.name == "details" and tag.get("id"):
            outer = self.section
            summary = tag.find("summary", recursive=False)
            title = "".join(inline(summary)) if isinstance(summary, Tag) else ""
            self.found.append(Section(str(tag["id"]), title))
            outer.names.append(title)
            self.visit(tag)
            self.found.append(Section(outer.anchor, outer.title))  # it may go on
            return
        if tag.name == "dt" and tag.get("id"):
            self.found.append(Section(str(tag["id"]), "".join(inline(tag))))
            return  # and what follows is its definition
        if tag.name == "dl":
            outer = self.section
            self.visit(tag)
            if self.section is not outer:
                self.found.append(Section(outer.anchor, outer.title))
            return
        if tag.name in NAMES:
            self.section.names.append("".join(inline(tag)))
        first = next((child for child in tag.children if str(child).strip()), None)
        if tag.name == "p" and isinstance(first, Tag) and first.name == "strong":
            self.section.names.append("".join(inline(first)))
        self.visit(tag)

    def paragraph(self, words: list[str]) -> None:
        """Add a paragraph, and begin another."""
        text = re.sub(r"\s+", " ", "".join(words)).strip()
        words.clear()
        if text:
            self.section.blocks.append(f"<p>{text}</p>")

    def row(self, tag: Tag) -> None:
        """Add the row of a table."""
        cells = ["".join(inline(cell)).strip() for cell in tag.find_all(["th", "td"])]
        self.paragraph([" · ".join(filter(None, cells))])

    def code(self, tag: Tag) -> None:
        """Add code, without docstrings and other lines in TeX: nobody types these."""
        for docstring in tag.select(".sa:has(+ .sd), .sd"):
            docstring.decompose()
        lines = [line.rstrip() for line in tag.get_text().splitlines()]
        kept = [one for one in lines if one.strip("$") and not COMMAND.search(one)]
        text = escape("\n".join(kept), quote=False)
        if text:
            self.section.blocks.append(f"<pre><code>{text}</code></pre>")


def is_skipped(tag: Tag) -> bool:
    """Say whether a tag holds nothing that a reader looks for."""
    classes: Iterable[str] = tag.get("class") or []
    return (
        tag.name in SKIPPED
        or tag.has_attr("data-search-exclude")
        or bool(SKIPPED_CLASSES.intersection(classes))
    )


def is_formula(tag: Tag) -> bool:
    """Say whether a tag is a formula in TeX."""
    return "arithmatex" in (tag.get("class") or [])


def formula(tag: Tag) -> str:
    """Return a formula as plain text, and the reasons of its rows behind it."""
    tex = TEX.match(tag.get_text().strip())
    if tex is None:  # it is typeset already, and no text
        return ""
    said = derivation(tex[1])
    reasons = [plain(rf"\text{{{words}}}") for _, words in said.reasons]
    text = " — ".join(
        [plain(said.tex), "; ".join(reasons)] if reasons else [plain(said.tex)]
    )
    return escape(apart(text), quote=False)


def inline(child: Any) -> Iterator[str]:
    """Yield the text of what stands in a line, formulas and code included."""
    if isinstance(child, Comment):
        return
    if isinstance(child, NavigableString):
        yield escape(apart(str(child)), quote=False)
    elif isinstance(child, Tag) and not is_skipped(child):
        if is_formula(child):
            yield formula(child)
        elif child.name == "code":
            text = child.get_text()
            if COMMAND.search(text):
                yield escape(apart(plain(text.strip("$"))), quote=False)
            else:
                yield f"<code>{escape(text, quote=False)}</code>"
        else:
            for inner in child.children:
                yield from inline(inner)


def apart(text: str) -> str:
    """Let a sign be a word of its own, by a space that has no width.

    >>> apart("−log p").split("\u200b")
    ['−', 'log p']
    """
    return re.sub(r"([−∇∂√])(?=[^\s_\u200b])", "\\1\u200b", text)


# --- the index ------------------------------------------------------------------------


def data(project: Path) -> dict[str, dict[str, Any]]:
    """Return what a project's ``search.toml`` says: words, how much places count.

    A project without one has nothing to say.
    """
    told = project / DATA
    return data_in(told.read_text("utf-8") if told.is_file() else "")


@lru_cache(maxsize=1)  # it is asked for with each section
def data_in(text: str) -> dict[str, dict[str, Any]]:
    """Return what the text of a ``search.toml`` says."""
    said: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    said |= tomllib.loads(text)
    for words, others in (said["words"] | said["names"]).items():
        if not isinstance(others, list) or not all(isinstance(x, str) for x in others):
            raise SearchError(f"{DATA.as_posix()}: {words} is not a list of texts")
    return said


def entries(
    html: str, url: str, title: str, about: str, project: Path
) -> list[dict[str, Any]]:
    """Return the sections of a page as the theme's search wants them.

    The page's own title and what it says about itself are names of the page.
    """
    places: dict[str, dict[str, Any]] = {}
    for section in sections(html):
        location = f"{url}#{section.anchor}" if section.anchor else url
        text = "".join(section.blocks)
        if location in places:  # a section goes on behind what is folded in it
            places[location]["text"] += text
            places[location]["names"] += section.names
        elif text or not section.anchor:
            places[location] = {
                "location": location,
                "title": section.title or escape(title, quote=False),
                "text": text,
                "names": section.names,
                "boost": weight(url, section.title, data(project)),
            }
    if url in places:
        said = filter(None, (title, about))
        places[url]["names"] += [escape(words, quote=False) for words in said]
    return list(places.values())


def weight(url: str, title: str, said: dict[str, dict[str, Any]]) -> float:
    """Return how much a section counts, by its page and by its title."""
    ways = [count for page, count in said["pages"].items() if fnmatch(url, page)]
    return float(min(ways, default=1)) * float(said["titles"].get(title, 1))


def write(index: Path, docs: list[dict[str, Any]], project: Path) -> None:
    """Put the sections, and what is known of words, in the place of the theme's.

    A section has the names that the data give it, too; SearchError if it is not there.
    """
    said, known = json.loads(index.read_text("utf-8")), data(project)
    places = {entry["location"]: entry for entry in docs}
    pages = {location.partition("#")[0] for location in places}
    for location, names in known["names"].items():
        if location.partition("#")[0] not in pages:  # of a part of the site
            continue
        if location not in places:
            raise SearchError(f"{DATA.as_posix()}: there is no section {location}")
        places[location]["names"] += names
    said["docs"] = docs
    said["config"] |= {
        "separator": SEPARATOR.replace(r"\u200b", "\u200b"),
        "pipeline": [],  # words stay as they are: the ranking knows how they inflect
        "fields": {name: {"boost": 1} for name in ("title", "names", "text")},
        "words": known["words"],
        "vague": known["vague"].get("words", "").split(),
    }
    text = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    index.write_text(text, "utf-8")
