"""Plant faults, family by family, and say which pass: `python -m drift [FAMILY ...]`.

It ends with 1 if a fault passes that nobody has reviewed, or one that was reviewed is
noticed by now. With `--recount` nothing is planted, and the last run is counted again.
The counts go to `found.json`, from which the page on how it is checked has its table,
and the reviews are in `survivors.toml`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from drift.families import FAMILIES, MOST, judgements
from drift.record import Family, read, stale, unreviewed, write
from drift.review import Reviewed, reviewed

WIDTH = 30  # of the bar


def progress(name: str, done: int, of: int, passed: int, began: float) -> None:
    """Show how far a family is: a bar on a terminal, elsewhere a line now and then."""
    terminal = sys.stderr.isatty()
    if not terminal and done % 100 and done < of:
        return
    bar = ("#" * (WIDTH * done // of)).ljust(WIDTH, ".")
    spent = time.monotonic() - began
    said = f"{name:12} [{bar}] {done}/{of}, {passed} passed, {spent:.0f} s"
    print(f"\r{said}" if terminal else said, end="" if terminal and done < of else "\n",
          file=sys.stderr, flush=True)  # fmt: skip


def run(name: str, most: int) -> Family:
    """Plant the faults of a family, but no more than so many."""
    found, began = Family(FAMILIES[name]), time.monotonic()
    for count, fault in judgements(name, most):
        found.add(fault.name, fault.part, noticed=fault.noticed)
        progress(name, found.planted, count, len(found.survivors), began)
    return found


def complaints(name: str, family: Family, groups: list[Reviewed]) -> Iterator[str]:
    """Yield what has to be done: survivors to review, reviews to take back."""
    for fault in unreviewed(name, family, groups):
        yield f"passes, and is not reviewed: {fault}"
    for fault in stale(name, family, groups):
        yield f"is reviewed, and does not pass: {fault}"


def main() -> int:
    """Run the families that are named, or all."""
    parser = argparse.ArgumentParser(prog="drift", description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument("--most", type=int, default=MOST, help="plant no more of each")
    parser.add_argument("--recount", action="store_true")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.families) - set(FAMILIES)):
        parser.error(f"no family {unknown[0]}; there are {', '.join(FAMILIES)}")
    groups, wrong = reviewed(), 0
    for name in asked.families or FAMILIES:
        family = read()[name] if asked.recount else run(name, asked.most)
        family.recount(name, groups)
        kept = {**read(), name: family}  # another run may have written meanwhile
        write({name: kept[name] for name in FAMILIES if name in kept})
        said = list(complaints(name, family, groups))
        wrong += len(said)
        print(
            f"{name}: {family.planted} planted, {family.true} of them true, "
            f"{family.passed} passed: {100 * family.share:.2f} % noticed"
        )
        print("".join(f"  {one}\n" for one in said), end="", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
