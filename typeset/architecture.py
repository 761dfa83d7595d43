"""The structure of the project's code, as its imports have it.

A room is a package, or a folder at the top that is none. `figures/architecture.py`
draws the rooms and the arrows between them; tests hold them to their order.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

Graph = Mapping[str, set[str]]


def modules(project: Path) -> dict[str, Path]:
    """Return the files of all modules that are ours, by their dotted names."""
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    found = {}
    for folder in settings["tool"]["mypy"]["files"]:
        for file in sorted((project / folder).rglob("*.py")):
            if "node_modules" not in file.parts:
                parts = file.relative_to(project).with_suffix("").parts
                found[".".join(parts).removesuffix(".__init__")] = file
    return found


class Architecture:
    """The modules of a project by their dotted names, and what of ours each imports."""

    def __init__(self, project: Path) -> None:
        self.files = modules(project)
        self.imports = {name: set(self._imported(name)) for name in self.files}

    def _imported(self, module: str) -> Iterator[str]:
        """Yield the modules that one imports, wherever in it."""
        file = self.files[module]
        for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                # `from a import b` imports a.b, if that is a module
                inner = [f"{node.module}.{alias.name}" for alias in node.names]
                names = [n if n in self.files else f"{node.module}" for n in inner]
            else:
                continue
            yield from (name for name in names if name in self.files)

    def room_of(self, module: str) -> str:
        """Return the room of a module."""
        name = module
        while "." in name and self.files.get(name, Path()).name != "__init__.py":
            name = name.rpartition(".")[0]
        return name

    @cached_property
    def arrows(self) -> Counter[tuple[str, str]]:
        """How many imports lead from one room into another."""
        return Counter(
            (here, there)
            for module, others in self.imports.items()
            for other in sorted(others)  # in one order, for the figure
            if (here := self.room_of(module)) != (there := self.room_of(other))
        )

    @cached_property
    def rooms(self) -> dict[str, int]:
        """How many modules each room holds: rooms that import before those imported.

        The rooms of a folder at the top stand together.
        """
        sizes = Counter(map(self.room_of, self.files))
        rooms = floors(sizes, self.arrows)
        houses = floors(
            map(house, sizes), ((house(a), house(b)) for a, b in self.arrows)
        )
        order = sorted(
            sizes,
            key=lambda room: (-houses[house(room)], house(room), -rooms[room], room),
        )
        return {room: sizes[room] for room in order}


def house(room: str) -> str:
    """Return the folder at the top in which a room is."""
    return room.partition(".")[0]


def floors(nodes: Iterable[str], arrows: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return on which floor each node lies: above all those to which it has an arrow.

    CycleError: there is a circle.
    """
    below: dict[str, set[str]] = {node: set() for node in nodes}
    for node, other in arrows:
        if node != other:
            below[node].add(other)
    found: dict[str, int] = {}
    for node in TopologicalSorter(below).static_order():
        found[node] = 1 + max((found[other] for other in below[node]), default=-1)
    return found
