"""What became of one statement, as the reports show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from mathcheck.read.claims import Claim
from mathcheck.read.problems import Status

Kind = Literal[Claim, "declaration", "definition", "mention", "binding", "number"]

CLAIMS = get_args(Claim)
BAD: tuple[Status, ...] = ("refuted", "refused", "undefined")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A statement's place, kind and status, and what was tried or what is wrong."""

    path: str
    line: int
    column: int
    kind: Kind
    status: Status
    latex: str
    steps: int = 0
    points: int = 0
    detail: str = ""
    cell: int = 0  # of a notebook, whose lines it counts anew; 0 elsewhere
    offset: int = field(default=0, compare=False)  # where its element starts
    repair: str = field(default="", compare=False)  # the digits that would be right
