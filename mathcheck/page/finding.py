"""What became of one statement, as the reports show it."""

from __future__ import annotations

from dataclasses import dataclass, field

CLAIMS = ("claim", "approximation", "inequality")
BAD = ("refuted", "refused", "undefined")


@dataclass(frozen=True)
class Finding:
    """A statement's place, kind and status, and what was tried or what is wrong."""

    path: str
    line: int
    column: int
    kind: str
    status: str
    latex: str
    steps: int = 0
    points: int = 0
    detail: str = ""
    offset: int = field(default=0, compare=False)  # where its element starts
    repair: str = field(default="", compare=False)  # the digits that would be right
