"""Plant faults, family by family, and say which pass: `python -m drift [FAMILY ...]`.

It ends with 1 if a fault passes that nobody has reviewed, or one that was reviewed is
noticed by now.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from drift import record, review
from drift.families import FAMILIES, judgements


def progress(name: str, done: int, passed: int, began: float) -> None:
    """Show how far a family is, on one line of a terminal."""
    if sys.stderr.isatty() or done % 100 == 0:
        spent = time.monotonic() - began
        end = "" if sys.stderr.isatty() else "\n"
        said = f"\r{name:14} {done:5} planted, {passed:3} passed, {spent:4.0f} s"
        print(said, end=end, file=sys.stderr, flush=True)


def run(name: str) -> record.Family:
    """Plant the faults of a family."""
    found, began = record.Family(record.today()), time.monotonic()
    for done, (fault, part, noticed) in enumerate(judgements(name), 1):
        found.add(fault, part, noticed=noticed)
        progress(name, done, len(found.survivors), began)
    print(file=sys.stderr)
    return found


def complaints(name: str, family: record.Family) -> Iterator[str]:
    """Yield what has to be done: survivors to review, reviews to take back."""
    groups = review.reviewed()
    for fault in record.unreviewed(name, family, groups):
        yield f"passes, and is not reviewed: {fault}"
    for fault in record.stale(name, family, groups):
        yield f"is reviewed, and does not pass: {fault}"


def main() -> int:
    """Run the families that are named, or all."""
    parser = argparse.ArgumentParser(prog="drift", description=__doc__)
    parser.add_argument("family", nargs="*", choices=[[], *FAMILIES], metavar="FAMILY")
    names = parser.parse_args().family or list(FAMILIES)
    kept, wrong = record.read(), 0
    for name in names:
        kept[name] = run(name)
        record.write(kept)
        row = record.row(name, kept[name], review.reviewed())
        print(
            f"{name}: {row.planted} planted, {row.true} of them true, {row.passed} "
            f"passed: {100 * row.share:.2f} % noticed"
        )
        for said in complaints(name, kept[name]):
            wrong += 1
            print(f"  {said}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
