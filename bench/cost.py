"""What a command takes: seconds on the clock, and seconds of the processors."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv" / "bin"
Command = Sequence[str | Path]


@dataclass
class Cost:
    """The seconds that something took; all processes count that it started."""

    wall: float = 0.0
    cpu: float = 0.0


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the medians of several costs.

    >>> middle([Cost(1, 5), Cost(2, 3), Cost(9, 4)])
    Cost(wall=2, cpu=4)
    """
    return Cost(median(c.wall for c in costs), median(c.cpu for c in costs))


def ratios(cost: Cost, whole: Cost) -> dict[str, float]:
    """Return which part of another cost it is.

    >>> ratios(Cost(1, 1), Cost(4, 8))
    {'wall': 0.25, 'cpu': 0.125}
    """
    parts, all_ = asdict(cost), asdict(whole)
    return {name: round(parts[name] / all_[name], 3) for name in parts}


@contextmanager
def counted() -> Iterator[Cost]:
    """Count what the processes take that are started, and end, in the meantime."""
    cost, before, start = Cost(), spent(), time.perf_counter()
    yield cost
    cost.wall = cost.wall or time.perf_counter() - start
    cost.cpu = spent() - before


def spent() -> float:
    """Return the processor seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment(project: Path) -> dict[str, str]:
    """Return the environment in which a copy of the project runs, and not we."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    given = {"PATH": path, "PYTHONPATH": str(project), "NO_MKDOCS_2_WARNING": "1"}
    return {**os.environ, **given}


def run(command: Command, folder: Path) -> Cost:
    """Run a command in the folder of a project; return what it took."""
    with counted() as cost:
        done = subprocess.run(
            list(map(str, command)),
            cwd=folder,
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
    return cost
