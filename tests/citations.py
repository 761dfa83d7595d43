"""The citations of a page: its list of sources, its footnotes, its links to issues.

What stays unsaid in a citation is what a reader needs to look it up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mathcheck.source.blocks import blank, blanked, without_comments, without_fences
from tests.markdown import ROOT

HEADING = "## Sources"
AUTHORS = re.compile(  # initials and a name, one or several, before a title or a colon
    r"(?:[A-Z]\.(?:[- ]?[A-Z]\.)* )+(?:(?:von|van|de|der|la|Le) )?[A-ZÀ-Ý][\w’'-]+"
)
WORK = re.compile(r"\*([^*]+)\*")
LINK = re.compile(r"\[((?:[^\[\]]|`[^`]*`)*)\]\((https?://(?:[^()\s]|\([^()]*\))+)\)")
YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
PLACE = re.compile(  # pages, or the part of a book
    r"\d+[–-]\d+|\bpages? \w+|\bfrom page \d+|\bS\d+\b"
    r"|\b(?:sections?|chapters?|lectures?|equations?|theorems?|exercises?) \w+"
)
USE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
DEFINED = re.compile(
    r"^\[\^([^\]\s]+)\]:((?:.*\n?)(?:[ \t]+\S.*\n?|[ \t]*\n(?=[ \t]))*)", re.M
)
ISSUE = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/(?:issues|pull)/\d+")
FILE = re.compile(r"`[\w/.-]+\.\w+`")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
# Words that say of no issue what it is about
EMPTY = set(
    "and the issue issues pull request requests merged open closed here this that "
    "again see also github com report reports".split()
)
FORM = "A. Smith, *A Title*, Journal of Numbers 3 (1), 2001, 4–9"
ENOUGH = 2  # words that say what an issue is about


@dataclass(frozen=True)
class Source:
    """An item of a list of sources, or a footnote: where it is, and its text."""

    line: int
    text: str

    @property
    def references(self) -> list[str]:
        """What it cites: its first sentence, at each "; and" another work."""
        return re.split(r"; and (?=[A-Z]\. )", self.text)


@dataclass(frozen=True)
class Page:
    """A page without its code and comments, place for place."""

    path: Path
    source: str

    @cached_property
    def text(self) -> str:
        """The page as a reader sees it; code on the line is left."""
        return without_comments(without_fences(self.source)[0])

    @cached_property
    def body(self) -> str:
        """The page without its sources and its footnotes."""
        text = DEFINED.sub(lambda found: blank(found[0]), self.text)
        start, end = self._list()
        return text[:start] + blank(text[start:end]) + text[end:]

    def _list(self) -> tuple[int, int]:
        found = re.search(rf"^{HEADING}$.*?(?=^## |\Z)", self.text, re.S | re.M)
        return found.span() if found else (len(self.text), len(self.text))

    def line(self, offset: int) -> int:
        """Return the line of an offset."""
        return self.source.count("\n", 0, offset) + 1

    def sources(self) -> list[Source]:
        """Return the items of the list of sources."""
        start, end = self._list()
        items = re.finditer(
            r"^- (.*(?:\n[ \t]+\S.*)*)", self.text[start:end], re.MULTILINE
        )
        return [Source(self.line(start + item.start()), item[1]) for item in items]

    def footnotes(self) -> dict[str, list[Source]]:
        """Return the footnotes by their names; one that is defined twice has two."""
        found: dict[str, list[Source]] = {}
        for note in DEFINED.finditer(self.text):
            found.setdefault(note[1], []).append(
                Source(self.line(note.start()), note[2].strip())
            )
        return found


def page_of(path: Path) -> Page:
    """Return a page."""
    return Page(path, path.read_text("utf-8"))


def complaints(page: Page) -> list[str]:
    """Return what is wrong with the citations of a page, as file:line: what."""
    found = [
        *((source.line, said) for source in page.sources() for said in form(source)),
        *(
            (source.line, said)
            for source in page.sources()
            for said in unread(source, page)
        ),
        *footnotes(page),
        *issues(page),
    ]
    place = page.path.relative_to(ROOT).as_posix()
    return [f"{place}:{line}: {said}" for line, said in sorted(set(found))]


def form(source: Source) -> Iterator[str]:
    """Say what a source lacks that a reader needs to find it."""
    for reference in source.references:
        short = " ".join(reference.split())[:50]
        rest = WORK.sub("", LINK.sub(r"\1 \2", reference))
        if AUTHORS.match(reference):
            if not WORK.search(reference):
                yield f"“{short}” needs its title, in italics: {FORM}"
            if not YEAR.search(rest):
                yield f"“{short}” needs its year"
            if not (LINK.search(reference) or PLACE.search(rest)):
                yield f"“{short}” needs its pages, its section, or a link"
            elif not (LINK.search(reference) or venue(reference)):
                yield (
                    f"“{short}” needs its venue, not in italics, after the title, "
                    f"which comes first: {FORM}"
                )
            if re.search(r"\bas cited by\b", reference):
                yield f"“{short}” is cited by way of another source; cite the source"
        elif not LINK.search(reference):
            yield f"“{short}” names no author, and so needs a link"


def venue(reference: str) -> bool:
    """Say whether something but the year and the pages follows the title."""
    rest = WORK.split(reference, maxsplit=1)[-1]
    return bool(re.search(r"[A-Z][a-z]{2,}|[A-Z]{3,}", PLACE.sub("", rest)))


def unread(source: Source, page: Page) -> Iterator[str]:
    """Say which source nothing on the page refers to.

    The page names an author, the title, a project or the address; the code that it
    shows does so in its docstrings.
    """
    body = page.body + shown_code(page)
    for reference in source.references:
        names = [name.split()[-1] for name in AUTHORS.findall(before_title(reference))]
        titles = WORK.findall(reference)[:1]
        names += titles + [title.split(":")[0] for title in titles if ":" in title]
        names += [address for _, address in LINK.findall(reference)]
        if not AUTHORS.match(reference):
            first = LINK.sub(r"\1", reference).split(",")[0].split(":")[0]
            names += re.findall(r"[\w.-]*[A-Z][\w.-]+|[\w.]+[-/][\w./-]+", first)
            names += [re.split(r"[/.]", name)[-1] for name in names]
            names += re.findall(r"`[\w.]*?(\w+)`", first)
        if not any(name.strip("*`") in body for name in names if len(name) > 2):
            short = " ".join(reference.split())[:50]
            yield f"nothing on the page refers to “{short}”"


def before_title(reference: str) -> str:
    """Return the part of a reference that names its authors."""
    return WORK.split(reference, maxsplit=1)[0]


def shown_code(page: Page) -> str:
    """Return the module whose functions a page shows."""
    module = ROOT / "snippets" / f"{page.path.stem}.py"
    return module.read_text("utf-8") if module.exists() else ""


def footnotes(page: Page) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the footnotes of a page, and where."""
    defined = page.footnotes()
    text = without_comments(blanked(page.source)[0])
    used = {found[1]: page.line(found.start()) for found in USE.finditer(text)}
    for name, notes in defined.items():
        if name not in used:
            yield notes[0].line, f"no text has the footnote [^{name}]"
        for again in notes[1:]:
            yield again.line, f"the footnote [^{name}] is defined twice"
        note = notes[0].text
        if not (LINK.search(note) or FILE.search(note) or WORK.search(note)):
            yield notes[0].line, f"the footnote [^{name}] names no source"
    for name, line in used.items():
        if name not in defined:
            yield line, f"the footnote [^{name}] is not defined"


def issues(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the links to issues and pull requests that do not say of what they are.

    Neighbours of one repository, with nothing but commas between, share their words; in
    a sentence of the page itself, all links do. Of the questions it is the heading that
    says what is asked, where an answer says "Asked at".
    """
    body = page.body.splitlines()
    for number, line in enumerate(page.text.splitlines(), start=1):
        if line.lstrip().startswith("Asked "):
            continue
        sentence = LINK.sub(r"\1", line) if body[number - 1].strip() else ""
        for group, beside in groups(line):
            around = sentence or beside
            words = [
                word
                for word in WORD.findall(
                    " ".join([around, *(text for text, _ in group)])
                )
                if word.lower() not in EMPTY and not named(word, group)
            ]
            if len(words) < ENOUGH:
                said = ", ".join(text for text, _ in group)
                yield number, f"say what {said} is about, beside the number"


def groups(line: str) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """Yield a line's links to issues, neighbours together, and the words around."""
    links = [found for found in LINK.finditer(line) if ISSUE.match(found[2])]
    ends = [0, *(found.end() for found in links)]
    starts = [*(found.start() for found in links), len(line)]
    between = [line[a:b] for a, b in zip(ends, starts, strict=True)]
    i = 0
    while i < len(links):
        j = i + 1
        while j < len(links) and joined(between[j], links[j - 1], links[j]):
            j += 1
        around = " ".join([last_part(between[i]), first_part(between[j])])
        yield [(found[1], found[2]) for found in links[i:j]], LINK.sub(r"\1", around)
        i = j


def joined(words: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Say whether two links are neighbours of one repository."""
    same = [found[1] for link in (one, other) if (found := ISSUE.match(link[2]))]
    return (
        same[0] == same[1] and re.fullmatch(r"[\s,;]*(?:and|or)?\s*", words) is not None
    )


def last_part(words: str) -> str:
    """Return what follows the last semicolon or full stop."""
    return re.split(r"[;.] ", words)[-1]


def first_part(words: str) -> str:
    """Return what comes before the first semicolon or full stop."""
    return re.split(r"[;.](?: |$)", words)[0]


def named(word: str, group: list[tuple[str, str]]) -> bool:
    """Say whether a word is only the name of the repository."""
    return any(word.lower() in address.lower() for _, address in group)
