"""Fuzz the checker for some minutes: `make fuzz MINUTES=60`.

It ends with 1 if an input makes the checker fail, or takes too long or too much memory
without the fuzzer too; what it was stands in ``.cache/fuzz/wrong``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from fuzz.measure import wrong_with

FOLDER = Path(__file__).parents[1] / ".cache" / "fuzz"
WRONG = FOLDER / "wrong"
STRETCH = 600  # seconds of one process: what it has reached fills its memory


def main() -> int:
    """Fuzz, try again what was found, and say what is still wrong."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("minutes", type=int)
    seconds = 60 * parser.parse_args().minutes
    while seconds > 0:  # at 0 what was found before is only tried again
        stretch = str(min(seconds, STRETCH))
        command = [sys.executable, "-m", "fuzz.target", stretch, str(FOLDER)]
        subprocess.run(command, check=True)
        seconds -= STRETCH
    wrong = 0
    for path, why in still_wrong():
        wrong += 1
        print(f"{path}: {why}")
    print(f"{wrong} inputs to mend")
    return int(wrong > 0)


def still_wrong() -> Iterator[tuple[Path, str]]:
    """Try again what was wrong, each in a new process; forget what is not."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(1, maxtasksperchild=1) as pool:
        for path in sorted(WRONG.glob("*")):
            if why := pool.apply(wrong_with, (path, FOLDER)):
                yield path, why
            else:
                path.unlink()


if __name__ == "__main__":
    sys.exit(main())
