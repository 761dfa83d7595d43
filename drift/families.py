"""The families of faults, each a module, and how they are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from drift import (
    declarations,
    dictionaries,
    figures,
    formulas,
    includes,
    labs,
    links,
    numbers,
    outputs,
)
from drift.fault import Fault
from drift.workplace import ROOT, judged

PLANTED: dict[str, Callable[[Path], Iterator[Fault]]] = {
    "numbers": numbers.faults,
    "outputs": outputs.faults,
    "includes": includes.faults,
    "declarations": declarations.faults,
    "dictionaries": dictionaries.faults,
    "figures": figures.faults,
    "labs": labs.faults,
    "links": links.faults,
}
FAMILIES = ("formulas", *PLANTED)


def judgements(name: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the name of each fault of a family, its part, and if it was noticed."""
    if name != "formulas":
        for fault, noticed in judged(PLANTED[name](ROOT)):
            yield fault.name, "", noticed
        return
    waiting: dict[Fault, str] = {}
    for fault, part, found in formulas.tried(ROOT):
        if found is None:
            waiting[fault] = part
        else:
            yield fault.name, part, found
    for fault, noticed in judged(waiting):
        yield fault.name, waiting[fault], noticed
