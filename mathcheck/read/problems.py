"""What can be wrong with a statement, other than that it is false."""

from __future__ import annotations

from typing import Literal

Status = Literal[
    "holds", "refuted", "refused", "undefined", "unchecked", "refuted-on-purpose"
]  # what can become of a statement


class Problem(Exception):  # noqa: N818  (it is the reader's, not the program's)
    """A statement that gets no verdict: what is wrong, and how to mend it."""

    status: Status = "refused"

    def __init__(self, message: str, at: int = -1) -> None:
        super().__init__(message)
        self.at = at  # the offset in the element's LaTeX; −1 if not known


class RefusedError(Problem):
    """It can be read in two ways, or not at all."""


class NoValueError(RefusedError):
    """A side that has no value at a point: it is infinite, or no number."""


class UndefinedError(Problem):
    """A symbol that nothing declares here."""

    status = "undefined"


class ShapeError(RefusedError):
    """Shapes that do not fit together."""


class SizeError(ShapeError):
    """Shapes that do not fit at these sizes, though they may at others."""


class UnsettledError(RefusedError):
    """An integral or a limit settles at none of the points of one choice of sizes."""


class TooManyError(RefusedError):
    """What is computed is too much at this choice of sizes."""


class HiddenError(RefusedError):
    """Rounding hides whether sides meet, at all points."""
