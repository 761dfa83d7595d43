"""Reading the Markdown pages as the tests need them: their code fences, with lines."""

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))

FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<language>[^\n`]*)\n"
    r"(?P<body>.*?)^(?P=indent)(?P=ticks)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Fence:
    """A fenced code block: where it stands, its language, its dedented body."""

    path: Path
    line: int
    language: str
    body: str

    @property
    def place(self) -> str:
        """The block as file:line, for a message."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def fences(path: Path) -> list[Fence]:
    """Return the fenced code blocks of a page, in order."""
    text = path.read_text("utf-8")
    return [
        Fence(
            path,
            text.count("\n", 0, match.start()) + 1,
            match["language"].strip(),
            textwrap.dedent(match["body"]),
        )
        for match in FENCE.finditer(text)
    ]
