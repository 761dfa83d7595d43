r"""The prose of the site, place for place: what a reader reads as English.

Blank are code, comments, the targets of links, quotations and formulas; of a formula
only the words of its reasons, in `\text{…}`, are left.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drift.figures import descriptions
from mathcheck.source.blocks import DEFINITION, blank, blanked, without_comments
from mathcheck.source.delimiters import without_formulas
from mathcheck.source.python import docstrings, notebook
from tests.markdown import ROOT
from tests.said import written

PAGES = (
    "docs/*.md",
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "WRITING.md",
    "findings/README.md",
)
CODE = ("docs/labs/*.py", "figures/*.py", "snippets/**/*.py")
INTERFACE = ("docs/assets/living/*.js", "overrides/**/*.html")

FORMULA = "\ufffc"  # the last character of each formula, so that words can meet it
DESCRIPTION = re.compile(r"\A---\n(?:[^\n]*\n)*?description: *([^\n]*)\n")
TITLED = re.compile(
    r'^([ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w ]*)"(.*)"[ \t]*$', re.MULTILINE
)
TARGET = re.compile(
    r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)|<https?:[^>]*>"
)
SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|\{[:.#][^{}\n]*\}")
QUOTATION = re.compile(r"“[^”]*”|(?<!\w)\"[^\"]*\"(?!\w)|^[ \t]*>[^\n]*", re.MULTILINE)
WORK = re.compile(r"\*[^*\n]+\*")  # the title of a work, in a list of sources
SOURCES = re.compile(r"^## Sources\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
REASON = re.compile(r"\\text\{([^{}]*)\}")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|&\w+;", re.DOTALL)
STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`")
WORDS = re.compile(r"[A-Za-z]+[ ,][^\n]* [a-z]+")  # a phrase, no name of a class


@dataclass(frozen=True)
class Prose:
    """Words of a file: where they begin, as they are, and without what is quoted."""

    path: Path
    line: int
    text: str
    own: str
    typed: bool  # whether quotation marks are set as in print: not in docstrings

    def at(self, offset: int) -> str:
        """Return the place of an offset, as file:line."""
        line = self.line + self.text.count("\n", 0, offset)
        return f"{self.path.relative_to(ROOT)}:{line}"


def files() -> list[Path]:
    """Return all files that hold prose of the site."""
    return sorted(
        path for pattern in PAGES + CODE + INTERFACE for path in ROOT.glob(pattern)
    )


def prose_of(path: Path) -> Iterator[Prose]:
    """Yield the prose of a file."""
    source = path.read_text("utf-8")
    if path.suffix == ".md":
        yield of_markdown(path, source)
    elif path.suffix == ".html":
        text = SCRIPT.sub(_blank, JINJA.sub(_blank, source))
        text = TAG.sub(_blank, text)
        yield Prose(path, 1, text, QUOTATION.sub(_blank, text), typed=True)
    elif path.suffix == ".js":
        yield from of_script(path, source)
    elif "snippets" in path.parts:
        text = without_formulas(docstrings(source)[0], _reasons)
        text = re.sub(r'[rR]?"""', _blank, text)
        own = re.sub(r"`[^`\n]*`|\"[^\"\n]*\"|https?:\S*", _blank, text)
        yield Prose(path, 1, text, own, typed=False)
    else:
        if "# %%" in source:
            yield of_markdown(path, notebook(source)[0])
        yield from of_figures(path, source)


def of_markdown(path: Path, source: str) -> Prose:
    """Return the prose of a page, or of the text cells of a lab."""
    text = without_comments(blanked(source)[0])
    if "docs" not in path.parts:
        text = re.sub(r"^ {4}[^\n]*", _blank, text, flags=re.MULTILINE)  # code
    if described := DESCRIPTION.match(source):
        start, end = described.span(1)
        text = text[:start] + source[start:end] + text[end:]
    text = DEFINITION.sub(_blank, text)
    text = TITLED.sub(lambda found: f"{found[1]} {found[2]} ", text)
    text = TAG.sub(_blank, TARGET.sub(_blank, text))
    printed = without_formulas(text, _nothing)
    own = QUOTATION.sub(_blank, without_formulas(text, _reasons))
    own = SOURCES.sub(lambda found: WORK.sub(_blank, found[0]), own)
    return Prose(path, 1, printed, own, typed=True)


def of_figures(path: Path, source: str) -> Iterator[Prose]:
    """Yield the text alternatives and the captions of figures."""
    for described in descriptions(ast.parse(source)):
        text = "…".join(written(described)).replace("\n", " ")
        yield Prose(path, described.lineno, text, text, typed=True)


def of_script(path: Path, source: str) -> Iterator[Prose]:
    """Yield the phrases of a script that a reader gets to see."""
    for line, said in enumerate(source.splitlines(), start=1):
        if said.lstrip().startswith(("//", "/*", "*", "import ")):
            continue
        for found in STRING.finditer(said):
            text = re.sub(r"\$\{[^{}]*\}", "…", found[1] or found[2] or "")
            if WORDS.search(text):
                yield Prose(path, line, text, text, typed=True)


def _blank(found: re.Match[str]) -> str:
    return blank(found[0])


def _nothing(formula: str) -> str:
    return blank(formula)[:-1] + FORMULA


def _reasons(formula: str) -> str:
    """Return a formula of which only the words are left."""
    kept = list(_nothing(formula))
    for found in REASON.finditer(formula):
        kept[found.start(1) : found.end(1)] = blank_dollars(found[1])
    return "".join(kept)


def blank_dollars(words: str) -> str:
    """Return the words of a reason without its own formulas."""
    return re.sub(r"\$[^$]*\$", lambda found: blank(found[0])[:-1] + FORMULA, words)
