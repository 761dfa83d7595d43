r"""MyST Markdown: what its directives and roles hold, place for place.

A directive is a fence with a name in braces. Of `{math}` the body is a formula, or one
between each two empty lines; of `{code-cell}` and its like it is code; of all others
it is Markdown, whose fence is blank here. Dollars may have spaces inside, a displayed
formula may have a label behind it, and a line that begins with % is a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mathcheck.source.blocks import Cut, Fault, blank
from mathcheck.source.delimiters import tightened, without_labels

SIGN = re.compile(
    r"^[ \t>]*(?:`{3,}|~{3,}|:{3,})\{[a-z]|(?<!`)\{math\}`|^[ \t]+format_name: myst$",
    re.MULTILINE,
)
FENCE = re.compile(
    r"(?P<prefix>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,}|:{3,})"
    r"(?:(?P<of>\{(?P<name>[\w:.+-]+)\})?(?P<said>[^\n`]*))$"
)
OPTION = re.compile(r"[ \t>]*:[\w-]+:(?:[ \t]|$)")
RULE = re.compile(r"[ \t>]*---[ \t]*$")  # around options in YAML
ROLE = re.compile(
    r"(?<!`)\{math\}(?P<ticks>`+)(?P<latex>(?:(?!\n[ \t]*\n).)+?)(?P=ticks)(?!`)",
    re.DOTALL,
)
COMMENT = re.compile(r"^%[^\n]*", re.MULTILINE)
LABEL = re.compile(r"[ \t]*\([^()$\n]+\)(?=[ \t]*$)", re.MULTILINE)
PART = re.compile(r"(?:(?!\n[ \t>]*\n).)+", re.DOTALL)
# Whose body no reader sees as prose; languages too, which are cells elsewhere
CODE = frozenset(
    """bash bibliography code code-block code-cell console contents csv-table doctest
    dot embed eval-rst figure-md graphviz image include julia list-table literalinclude
    mermaid ojs parsed-literal plantuml python r raw sourcecode sql tableofcontents
    testcode testoutput testsetup toctree widget""".split()
)


@dataclass(frozen=True)
class Open:
    """A fence that is open: its sign as long as it is, and what its body is."""

    fence: str
    kind: str  # code, math or markdown
    start: int

    def closed_by(self, line: str) -> bool:
        """Say whether a line closes it."""
        found = line.strip(" \t>")
        return set(found) == {self.fence[0]} and len(found) >= len(self.fence)


def is_myst(text: str) -> bool:
    """Say whether a page is written in MyST: it has a directive or a role, or says so.

    >>> is_myst("{math}`x`"), is_myst("$x$")
    (True, False)
    """
    return SIGN.search(text) is not None


def unfolded(text: str) -> tuple[str, list[Cut], list[Fault]]:
    """Return the prose of a page, the formulas of its directives, and what is amiss."""
    lines = text.split("\n")
    cuts: list[Cut] = []
    opened: list[Open] = []
    at, head = 0, False  # whether options may follow
    body = 0  # where that of a formula begins
    yaml = False
    for i, line in enumerate(lines):
        inner = opened[-1] if opened else None
        fence = FENCE.match(line)
        if inner and any(one.closed_by(line) for one in opened):
            while not opened[-1].closed_by(line):
                opened.pop()
            if inner.kind == "math":
                cuts += formulas_of(text, inner.start, body, at)
            opened.pop()
            lines[i], head = blank(line), False
        elif inner and (yaml or (head and RULE.match(line))):
            yaml = not RULE.match(line) if yaml else True
            lines[i] = blank(line)
            body = at + len(line) + 1
        elif inner and head and OPTION.match(line):
            lines[i] = blank(line)
            body = at + len(line) + 1
        elif inner and inner.kind != "markdown":
            lines[i], head = blank(line), head and not line.strip()
        elif fence and (fence["of"] or fence["fence"][0] != ":"):
            name = fence["name"]
            kind = "math" if name == "math" else "markdown"
            if not name or name.lower() in CODE:
                kind = "code"
            opened.append(Open(fence["fence"], kind, at + fence.start("fence")))
            said = fence["said"] if kind == "markdown" else blank(fence["said"])
            lines[i] = blank(line[: fence.start("said")]) + said
            body, head = at + fence.start("said"), bool(name)
        else:
            head = False
        at += len(line) + 1
    unclosed = "this directive is not closed"
    faults = [Fault(unclosed, one.start) for one in opened]
    prose = COMMENT.sub(lambda match: blank(match[0]), "\n".join(lines))
    prose = ROLE.sub(in_dollars, prose)
    return tightened(without_labels(prose, LABEL)), cuts, faults


def formulas_of(text: str, start: int, body: int, end: int) -> list[Cut]:
    """Return the formulas of a directive's body: empty lines part them."""
    shown = re.sub("^[ \t]*>", lambda m: blank(m[0]), text[body:end], flags=re.M)
    return [
        Cut(part[0].rstrip(), body + part.start(), True, start)
        for part in PART.finditer(shown)
        if part[0].strip()
    ]


def in_dollars(role: re.Match[str]) -> str:
    r"""Return the formula of a role in dollars, at its place.

    >>> ROLE.sub(in_dollars, "So {math}`x` is.")
    'So       $x$ is.'
    """
    ticks = len(role["ticks"])
    before, after = role.start("latex") - role.start(), ticks
    return " " * (before - 1) + "$" + role["latex"] + "$" + " " * (after - 1)
