"""Labs and figures are made ahead of their turn, in processes of their own.

While the checker and the pages keep one processor busy, others run the labs and draw
the figures that are not kept. Each is written where its page will look for it. A page
whose turn comes earlier waits; what failed, or was never begun, is made once more in
its turn, and told there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

WORTHWHILE = 4  # things to make, for which it pays to start a process


@dataclass(frozen=True)
class Job:
    """Something to be made and kept: its key, and the call that does it."""

    key: str
    make: Callable[..., None]
    arguments: tuple[Any, ...]


@dataclass
class Ahead:
    """The processes that work ahead in one build, and what they are at."""

    futures: dict[str, Future[None]] = field(default_factory=dict)
    pool: ProcessPoolExecutor | None = None

    def begin(self, jobs: Iterable[Job], project: Path) -> None:
        """Begin to make what is to be made, in this order."""
        waiting = list(jobs)
        if len(waiting) < WORTHWHILE:
            return
        self.pool = ProcessPoolExecutor(
            max(
                1, (os.cpu_count() or 1) // 2
            ),  # the checker and the pages take the rest
            mp_context=get_context("spawn"),
            initializer=enter,
            initargs=(project,),
        )
        for job in waiting:
            self.futures[job.key] = self.pool.submit(job.make, *job.arguments)

    def wait(self, key: str, *, patient: bool = True) -> None:
        """Wait until what has this key is made; if not patient, only if it is begun."""
        future = self.futures.pop(key, None)
        if future and (patient or not future.cancel()):
            future.exception()

    def end(self) -> None:
        """End the processes, whatever they are at."""
        if self.pool is not None:
            self.pool.shutdown(wait=False, cancel_futures=True)
        self.futures.clear()
        self.pool = None


def enter(project: Path) -> None:
    """Let a process work in the folder of the project, and say nothing."""
    os.chdir(project)
    sys.path.insert(0, str(project))
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
