"""Dictionary rows `Math | Code`: one of the two cells says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import PAGE, Fault, Source, chosen, sources
from mathcheck.page.binding import Row, rows
from mathcheck.page.mutants import slips
from mathcheck.page.slips import Slip
from mathcheck.read.formula import Formula
from mathcheck.source.blocks import Element
from mathcheck.source.lines import Lines

CELL = re.compile(r"(?P<math>(?:\\.|[^$\\])+?)\$")
CALL = re.compile(r"\b(\w+)\((\w+), (\w+)(?=[,)])")
NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
SIGN = re.compile(r"(?<= )[-+](?= )")
NAME = re.compile(r"\b[a-z]\w*\b")
EACH = 4  # changes of a formula


def faults(root: Path) -> Iterator[Fault]:
    """Yield the faults of both cells of each row."""
    for source in sources("dictionaries", root, "docs/*.md"):
        found = list(rows(source.text))
        called = [name for row in found for name in called_in(row)]
        for row in found:
            yield from of_formula(source, row)
            yield from of_code(source, row, sorted(set(called)))


def called_in(row: Row) -> list[str]:
    """Return the functions that a row's code calls."""
    return re.findall(r"\b([a-z_]\w+)\(", row.source)


def of_formula(source: Source, row: Row) -> Iterator[Fault]:
    """Yield slips of a row's formula, of as many families as there are."""
    cell = CELL.match(source.text, row.offset)
    if cell is None or not called_in(row):  # a name is bound to whatever stands there
        return
    formula = Formula(Element(cell["math"], row.offset, False), Lines(source.text))
    families: dict[str, Slip] = {}
    for slip in chosen(slips(formula), 99, lambda slip: slip.latex):
        families.setdefault(slip.family, slip)
    for slip in chosen(families.values(), EACH, lambda slip: slip.latex):
        yield source.fault(row.offset, cell.end("math"), slip.latex, PAGE)


def of_code(source: Source, row: Row, called: list[str]) -> Iterator[Fault]:
    """Yield a row's code with another number, sign, order, function or name."""
    at, code = row.source_offset, row.source
    changes = [(m.span(), str(int(m[0]) + 1)) for m in NUMBER.finditer(code)]
    changes += [(m.span(), {"-": "+", "+": "-"}[m[0]]) for m in SIGN.finditer(code)]
    for match in CALL.finditer(code):
        if match[2] != match[3]:
            changes.append((match.span(), f"{match[1]}({match[3]}, {match[2]}"))
    for name in called_in(row)[:1]:
        other = called[(called.index(name) + 1) % len(called)]
        begin = code.index(name)
        if other != name:
            changes.append(((begin, begin + len(name)), other))
        changes.append(((begin, begin + len(name)), f"{name}_"))
    for (start, stop), new in changes:
        yield source.fault(at + start, at + stop, new, PAGE)
