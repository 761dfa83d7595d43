"""The families of faults, each a module, and how they are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from drift.fault import Fault, chosen
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
MOST = 150  # faults that a run plants of a family, always the same
FAMILIES = {  # and what each is called on the site
    "formulas": "Formulas",
    "numbers": "Numbers in the prose, and their sources",
    "outputs": "Outputs that examples show",
    "includes": "Code that pages include",
    "declarations": "Declarations of symbols",
    "dictionaries": "Rows of formula and code, either cell",
    "figures": "Figures: numbers in their words, and where they stand",
    "labs": "Labs: numbers in their prose and their figures' words",
    "links": "Links, and the places that they lead to",
}


@dataclass(frozen=True)
class Judged:
    """A fault by its name, the part of its family, and whether it was noticed."""

    name: str
    part: str
    noticed: bool


def judgements(name: str, most: int) -> Iterator[tuple[int, Judged]]:
    """Yield so many faults of a family, each with how many they are.

    Formulas are changed one and all.
    """
    if name == "formulas":
        yield from of_formulas()
        return
    planted = chosen(PLANTED[name](ROOT), most, lambda fault: fault.name)
    for fault, noticed in judged(planted):
        yield len(planted), Judged(fault.name, "", noticed)


def of_formulas() -> Iterator[tuple[int, Judged]]:
    """Yield changed formulas; those that their page may notice come last."""
    found = list(formulas.tried(ROOT))
    waiting = {fault: part for fault, part, noticed in found if noticed is None}
    for fault, part, noticed in found:
        if noticed is not None:
            yield len(found), Judged(fault.name, part, noticed)
    for fault, noticed in judged(waiting):
        yield len(found), Judged(fault.name, waiting[fault], noticed)
