r"""The mathematics in a file: each element with its place, section and mark.

Read are Markdown pages, notebooks in percent format (their Markdown cells) and the
docstrings of Python modules. Code, in fences or inline, and comments are not read.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path


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
class Text:
    """A source in which only what may hold mathematics is left, place for place."""

    source: str
    prose: str
    headings: tuple[Heading, ...] = ()  # where docstrings begin and end


FENCE = re.compile(
    r"^([ \t>]*)(?:(`{3,})[^\n`]*|(~{3,})[^\n]*)\n"
    r".*?(?:^[ \t>]*(?:\2`*|\3~*)[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
MARK = re.compile(r"<!--\s*math:\s*(.*?)\s*-->", re.DOTALL)


COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*\n", re.DOTALL)


CODE = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)  # the mark of a quotation


FORMULA = re.compile(
    r"""(?<!\\)\$\$(?P<display>.+?)(?<!\\)\$\$
      | \\\[(?P<bracket>.+?)\\\]
      | \\\((?P<paren>.+?)\\\)
      | \\begin\{(?P<name>
          (?:align|equation|gather|multline|eqnarray|alignat|flalign)\*?)\}
        (?P<environment>.+?)\\end\{(?P=name)\}
      | (?<![\\$])\$(?P<inline>(?!\s)(?:\\.|[^$\\])+?(?<!\s))\$(?!\d)""",
    re.DOTALL | re.VERBOSE,
)


HEADING = re.compile(
    r"^[ ]{0,3}(#{1,6})[ \t]+\S.*$|^(?P<under>[^\n]+)\n(?P<rule>=+|-+)[ \t]*$",
    re.MULTILINE,
)


def blank(text: str) -> str:
    """Return spaces of the same shape."""
    return re.sub(r"[^\n]", " ", text)


def read_text(path: Path) -> Text:
    """Return a file's source, and its prose at the same offsets."""
    source = path.read_text("utf-8").replace("\r\n", "\n")
    if path.suffix != ".py":
        return Text(source, source)
    if re.search(r"^# %%", source, re.MULTILINE):
        return Text(source, notebook(source))
    prose, headings = docstrings(source)
    return Text(source, prose, headings)


def notebook(source: str) -> str:
    """Return the Markdown cells of a notebook in percent format."""
    lines, inside = [], False
    for line in source.splitlines(keepends=True):
        if line.startswith("# %%"):
            inside = "[markdown]" in line
            lines.append(blank(line))
        elif inside and line.startswith("#"):
            mark = 1 + line.startswith("# ")
            lines.append(" " * mark + line[mark:])
        else:
            lines.append(blank(line))
    return "".join(lines)


def docstrings(source: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the docstrings of a module; each is a section of its own."""
    headings = []
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    kept = list(blank(source))
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if not isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) or not (body and ast.get_docstring(node, clean=False)):
            continue
        text = body[0]
        first, last = starts[text.lineno - 1], starts[text.end_lineno - 1]
        start, end = first + text.col_offset, last + text.end_col_offset
        kept[start:end] = source[start:end]
        level = 1 if isinstance(node, ast.Module) else 2
        headings += [Heading(level, start), *([Heading(2, end)] if level == 2 else [])]
    prose = "".join(kept)
    examples = re.compile(r"^[ \t]*(?:>>>|\.\.\.)[^\n]*$", re.MULTILINE)
    return examples.sub(lambda match: blank(match[0]), prose), tuple(headings)


def without_code(text: str) -> str:
    """Return prose in which code and comments are blank."""
    for pattern in (FRONT_MATTER, FENCE, CODE, QUOTED):
        text = pattern.sub(lambda match: blank(match[0]), text)
    return text


def marks(prose: str) -> list[Mark]:
    """Return the comments that speak to the checker."""
    found = []
    for match in MARK.finditer(prose):
        kind, _, reason = match[1].partition(":")
        found.append(Mark(kind.strip(), reason.strip(), match.start(), match.end()))
    return found


def elements(text: str) -> tuple[list[Heading | Element], list[Mark]]:
    """Return headings and formulas in their order, and the marks that mark nothing."""
    plain = without_code(text)
    found_marks = marks(plain)
    bare = COMMENT.sub(lambda match: blank(match[0]), plain)
    items: list[Heading | Element] = []
    used: set[int] = set()
    for match in FORMULA.finditer(bare):
        group = next(
            g
            for g in ("display", "bracket", "paren", "environment", "inline")
            if match[g]
        )
        latex = match[group] if group != "environment" else match[0]
        offset = match.start(group) if group != "environment" else match.start()
        unused = [m for m in found_marks if m.offset not in used]
        mark = mark_before(unused, plain, match.start())
        if mark:
            used.add(mark.offset)
        before = bare[max(0, match.start() - 120) : match.start()].rpartition("\n\n")[2]
        items.append(
            Element(latex, offset, group not in ("inline", "paren"), mark, before)
        )
    spans = [
        (i.offset, i.offset + len(i.latex)) for i in items if isinstance(i, Element)
    ]
    for match in HEADING.finditer(bare):
        if any(start <= match.start() < end for start, end in spans):
            continue
        if match["under"] is not None:
            if match["rule"][0] == "-" and (
                len(match["rule"]) < 3 or "|" in match["under"]
            ):
                continue
            if not match["under"].strip():
                continue
            level = 1 if match["rule"][0] == "=" else 2
        else:
            level = len(match[1])
        items.append(Heading(level, match.start()))
    items.sort(key=lambda item: item.offset)
    return items, [mark for mark in found_marks if mark.offset not in used]


def mark_before(found: list[Mark], text: str, start: int) -> Mark | None:
    """Return the mark on the line before a formula, or on its own line."""
    for mark in found:
        between = text[mark.end : start]
        lines = between.split("\n")
        if mark.end <= start and len(lines) <= 3 and not "".join(lines[:-1]).strip():
            return mark
    return None


def place(source: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, counted from 1."""
    line = source.count("\n", 0, offset) + 1
    return line, offset - (source.rfind("\n", 0, offset) + 1) + 1
