r"""The draft of a side file: what pages leave undeclared, for an author to complete.

As it is written it declares nothing: `$x \in ?$` is refused until a set stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mathcheck.page.undeclared import Place, Undeclared

HEAD = r"""# Symbols

<!-- Write a set in the place of each ?, as for the size $K \in \mathbb{N}$,
the index $k \in \{1, \dots, K\}$, the vector $z \in \mathbb{R}^K$ and
the function $f : \mathbb{R} \to \mathbb{R}$, or write a definition, as in
the line $p := \operatorname{softmax}(z)$.
With $L := \dots$ it is left to the page to define L, with =.
What is used by another line has to come before it; what is no symbol can
go. -->
"""
SHOWN = 5  # places of a symbol that are named
LONG = 60  # characters of a formula that are quoted


def draft(found: dict[Path, Undeclared]) -> str:
    """Return a side file with a line for each symbol that pages leave undeclared."""
    places: dict[str, list[tuple[Path, Place]]] = {}
    for path, symbols in found.items():
        for name, standing in symbols.by_name().items():
            places.setdefault(name, []).extend((path, place) for place in standing)
    return "\n".join([HEAD, *(row(standing) for standing in places.values())])


def row(places: list[tuple[Path, Place]]) -> str:
    """Return the line of a symbol: what is to be completed, and where it stands."""
    first = places[0][1]
    latex = first.formula.on_one_line()
    if len(latex) > LONG:
        latex = f"{latex[:LONG].rstrip()} …"
    named = ", ".join(addresses(places[:SHOWN]))
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    return rf"- ${first.latex} \in ?$ is in `{latex}`: {named}{more}"


def addresses(places: list[tuple[Path, Place]]) -> Iterator[str]:
    """Yield where a symbol stands; the file is named where it is another one."""
    last = None
    for path, place in places:
        line, column = place.formula.place(place.at)
        cell = f"cell {place.formula.cell}:" if place.formula.cell else ""
        file = f"{path}:" if path != last else ""
        yield f"{file}{cell}{line}:{column}"
        last = path
