"""Measure the site against the usual set-up: ``python -m bench.site``."""

import argparse
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.site.audit import audit
from bench.site.loads import DESKTOP, NEXT, PAGE, PHONE, load
from bench.site.record import keep, record
from bench.site.table import FLOOR, OURS, USUAL, Audits, Loads, rows, table
from bench.site.variants import MATHJAX_3, as_mathml, at_build, in_browser
from bench.site.wire import Wire, serving
from typeset.browser import chromium, executable

BUILDERS = {OURS: at_build, USUAL: in_browser, FLOOR: as_mathml}


def measured(wires: dict[str, Wire], times: int) -> tuple[Loads, str]:
    """Load each variant by turns, so that what else the machine does hits all alike.

    The browser's version comes with it.
    """
    found: Loads = {}
    with chromium() as browser:
        version = browser.version
        for turn in range(times + 1):
            for device in (DESKTOP, PHONE):
                for variant, wire in wires.items():
                    seen = load(browser, wire, device)
                    if turn:  # the first one only warms up
                        found.setdefault((variant, device.name), []).append(seen)
            print(f"{turn} of {times} loads", end="\r", file=sys.stderr, flush=True)
    return found, version


def audited(wires: dict[str, Wire], times: int) -> Audits:
    """Let Lighthouse open the page of two variants, by turns."""
    found: Audits = {OURS: [], USUAL: []}
    for _ in range(times):
        for variant, audits in found.items():
            audits.append(audit(wires[variant].address + PAGE))
    return found


def main() -> int:
    """Build, serve, measure, and say whether all goals are met."""
    parser = argparse.ArgumentParser(prog="python -m bench.site", description=__doc__)
    parser.add_argument("--loads", type=int, default=9, help="of each page (9)")
    parser.add_argument("--audits", type=int, default=5, help="by Lighthouse (5)")
    asked = parser.parse_args()
    if executable() is None:
        sys.exit("no browser here: install Chromium, or name one in CHROMIUM")
    if not MATHJAX_3.is_dir():
        sys.exit("what is compared with is not installed here: run `make bench-site`")
    with TemporaryDirectory(prefix="bench") as folder, ExitStack() as stack:
        wires = {}
        for variant, build in BUILDERS.items():
            site = Path(folder) / build.__name__
            build(site)
            wires[variant] = stack.enter_context(serving(site))
        loads, version = measured(wires, asked.loads)
        try:
            audits = audited(wires, asked.audits)
        except subprocess.CalledProcessError as error:
            sys.exit(f"Lighthouse failed with code {error.returncode}")
    formulas = loads[OURS, DESKTOP.name][0].formulas
    print(f"{PAGE} with {formulas} formulas, then {NEXT}: how many times less than")
    print(f"with {USUAL} in the browser; in brackets, medians of {asked.loads} loads\n")
    keep(record(loads, audits, version))
    found = rows(loads, audits)
    print(table(found))
    missed = sorted({part for one in audits[OURS] for part in one.missed})
    print("\n".join(["", "Lighthouse misses:", *missed] if missed else []))
    return int(any(row.met is False for row in found))


if __name__ == "__main__":
    sys.exit(main())
