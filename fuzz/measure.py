"""What must hold for every formula: an answer, no defect, one second, 200 MiB."""

from __future__ import annotations

import contextlib
import re
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from fuzz.seeds import DECLARATIONS
from mathcheck.page.check import check_file
from mathcheck.page.element import MEMORY, ElementCheck
from mathcheck.page.finding import Finding

SECONDS = 1.0  # of one processor; a page of several formulas may take more
MEBIBYTES = 200
ENDLESS = 30  # seconds of one processor, after which it hangs
DEFECT = "the checker fails on this formula"
STATUS = Path("/proc/self/status")
FORGET = Path("/proc/self/clear_refs")  # 5 makes what is held now the most that was


class HangsError(BaseException):
    """An input to which there is no answer; nothing in the checker may catch it."""


@dataclass(frozen=True)
class Measured:
    """What the slowest formula of an input took, and what was wrong with the answer."""

    seconds: float
    mebibytes: float
    defect: str

    @property
    def wrong(self) -> str:
        """Say what does not hold, if anything does not."""
        if self.defect:
            return self.defect
        if self.seconds > SECONDS:
            return f"{self.seconds:.1f} s"
        return f"{self.mebibytes:.0f} MiB" if self.mebibytes > MEBIBYTES else ""


class Measure:
    """Checks one input after the other, as a page below some declarations."""

    def __init__(self, folder: Path) -> None:
        self.page = folder / "page.md"
        self.page.write_text(DECLARATIONS, "utf-8")
        _, self.scope = check_file(self.page, "page.md")

    def __call__(self, text: str) -> Measured:
        """Check an input: a page if it has a dollar in it, else a formula."""
        body = text if "$" in text else f"$$\n{text}\n$$"
        self.page.write_text(body, "utf-8", "surrogatepass")
        MEMORY.clear()
        before = most_held(anew=True)
        defect = ""
        try:
            with timed() as taken, ending():
                found = check_file(self.page, "page.md", self.scope)[0].findings
            defect = next(filter(None, map(failure, found)), "")
        except HangsError:
            defect = f"no answer in {ENDLESS} s"
        except Exception as error:
            defect = f"{type(error).__name__}: {error}"
        return Measured(max(taken.values()), most_held() - before, defect)


def wrong_with(path: Path, folder: Path) -> str:
    """Say what is wrong with the input in a file, if anything is.

    It stands here since a process that is spawned does not find what `__main__` has.
    """
    return Measure(folder)(path.read_text("utf-8", "surrogatepass")).wrong


def failure(finding: Finding) -> str:
    """Return what a finding says of the checker itself, if it does."""
    return finding.detail if DEFECT in finding.detail else ""


@contextlib.contextmanager
def timed() -> Iterator[dict[int, float]]:
    """Give the seconds of each formula by its place; at -1, of the rest of a page."""
    taken: dict[int, float] = defaultdict(float)
    remembered = ElementCheck.remembered

    def clocked(check: ElementCheck) -> list[Finding]:
        start = time.process_time()
        try:
            return remembered(check)
        finally:  # a formula may be read more than once
            taken[check.formula.offset] += time.process_time() - start

    start = time.process_time()
    try:
        with patch.object(ElementCheck, "remembered", clocked):
            yield taken
    finally:
        taken[-1] = time.process_time() - start - sum(taken.values())


@contextlib.contextmanager
def ending() -> Iterator[None]:
    """End what takes too long."""

    def end(signal_number: int, frame: FrameType | None) -> None:
        raise HangsError

    signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def most_held(*, anew: bool = False) -> float:
    """Return the most memory that this process has held, in MiB; anew from here on."""
    if anew:
        FORGET.write_text("5")
    held = re.search(r"VmHWM:\s*(\d+) kB", STATUS.read_text())
    assert held is not None
    return int(held[1]) / 1024
