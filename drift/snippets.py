"""Say which faults in the snippets their own tests notice.

    python -m drift.snippets [MODULE ...]

A module's own tests are its examples and ``tests/test_MODULE.py``. What they let pass
is reviewed in ``snippets.toml``, with the reason why it changes nothing, or it fails
the run; so does a review of what they do notice. The counts go to ``snippets.json``.
For ``_checks``, which all modules share, the tests of every module are run.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from drift.mutants import Mutant, mutants
from drift.trial import survivors

ROOT = Path(__file__).parents[1]
SNIPPETS = ROOT / "snippets"
REVIEWED = Path(__file__).with_name("snippets.toml")
RESULT = Path(__file__).with_name("snippets.json")
SHARED = "_checks"  # what it demands is tried through all who demand it


@dataclass(frozen=True)
class Judged:
    """What became of the mutants of a module."""

    mutants: int
    killed: int
    equivalent: tuple[str, ...]  # that were reviewed: no test could notice them
    survivors: tuple[str, ...]  # that were not
    stale: tuple[str, ...]  # that were reviewed, and are noticed

    @property
    def share(self) -> float:
        """The share of those that a test could notice which is noticed."""
        return self.killed / max(1, self.mutants - len(self.equivalent))


def modules() -> list[str]:
    """Return the names of the modules, below the package of the snippets."""
    files = sorted(SNIPPETS.rglob("*.py"))
    names = [".".join(f.relative_to(SNIPPETS).with_suffix("").parts) for f in files]
    return [name for name in names if not name.endswith("__init__")]


def source(module: str) -> Path:
    """Return the file of a module."""
    return SNIPPETS.joinpath(*module.split(".")).with_suffix(".py")


def own_tests(module: str) -> list[Path]:
    """Return what tries a module."""
    if module == SHARED:
        own = [test for name in modules() if name != SHARED for test in own_tests(name)]
        shared = [ROOT / "tests" / f"test_{name}.py" for name in ("checks", "contract")]
        return [*shared, *own]
    *folders, name = module.split(".")
    return [source(module), ROOT.joinpath("tests", *folders, f"test_{name}.py")]


def reviewed(module: str) -> dict[str, str]:
    """Return the mutants of a module that change nothing, and why."""
    return tomllib.loads(REVIEWED.read_text("utf-8")).get(module, {})


def sample(planted: Sequence[Mutant], known: Sequence[str], count: int) -> list[Mutant]:
    """Choose some of the mutants that a test can notice, the same in each run."""
    open_ones = [mutant for mutant in planted if mutant.name not in known]
    return random.Random(0).sample(open_ones, min(count, len(open_ones)))


def judge(module: str, count: int | None = None) -> Judged:
    """Plant the mutants of a module, or a sample of so many.

    It is to run in a process of its own, which it leaves with another module in it.
    """
    known = reviewed(module)
    planted = [*mutants(source(module))]
    if count is not None:
        planted, known = sample(planted, [*known], count), {}
    passed = survivors(f"snippets.{module}", own_tests(module), planted)
    return Judged(
        len(planted),
        len(planted) - len(passed),
        tuple(name for name in passed if name in known),
        tuple(name for name in passed if name not in known),
        tuple(name for name in known if name not in passed),
    )


def judged(
    names: Sequence[str], count: int | None = None
) -> Iterator[tuple[str, Judged]]:
    """Judge modules side by side, and yield each as soon as it is done."""
    spawn = multiprocessing.get_context("spawn")
    workers = min(len(names), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, spawn, max_tasks_per_child=1) as pool:
        running = {pool.submit(judge, name, count): name for name in names}
        for done in as_completed(running):
            yield running[done], done.result()


def keep(name: str, found: Any) -> None:
    """Write down what was found in a module, or the day on which all were judged."""
    kept = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    kept[name] = found
    text = json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False)
    RESULT.write_text(text + "\n", "utf-8")


def main() -> int:
    """Judge the modules that are named, or all; say whether something is left to do."""
    parser = argparse.ArgumentParser(prog="drift.snippets", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    asked = parser.parse_args().modules or modules()
    if unknown := sorted(set(asked) - set(modules())):
        parser.error(f"no module {unknown[0]}; there are {', '.join(modules())}")
    wrong = False
    for name, found in judged(asked):
        wrong |= bool(found.survivors or found.stale)
        print(
            f"{name}: {found.mutants} planted, {len(found.equivalent)} of them change "
            f"nothing; {100 * found.share:.2f} % of the others noticed",
            *(f"\n  passes, and is not reviewed: {one}" for one in found.survivors),
            *(f"\n  is reviewed, and is noticed: {one}" for one in found.stale),
            sep="",
            flush=True,
        )
        keep(name, asdict(found))
    if asked == modules():
        keep("day", date.today().isoformat())
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
