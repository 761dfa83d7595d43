"""Which libraries there are, a family a module of ``families``, and what each is asked.

A module imports its library, which is there in its own environment alone; so that what
it says of itself is read here, and not imported.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.ask import ASKING
from atlas.questions import questions_for
from atlas.questions.documented import CALLS
from atlas.questions.question import Question

FOLDER = Path(__file__).with_name("families")
SAID = {"PINS", "LIBRARIES", "PYTHON", "WAYS"}


@dataclass(frozen=True)
class Family:
    """Libraries that are asked by one module, in one environment."""

    name: str
    pins: list[str]
    libraries: dict[str, dict[str, str]]  # what surrounds each, by its name
    python: str | None  # a version that it needs
    way: str  # its code
    forms: frozenset[str]  # the functions of it, among which its forms are
    ways: tuple[str, ...]  # in which its learners look for a maximum
    calls: dict[str, str]  # of functions with a documented formula, by name

    @property
    def questions(self) -> list[Question]:
        """Return what its libraries are asked: what they have no form for they lack."""
        every = questions_for(self.ways, self.calls)
        return [one for one in every if one.form in self.forms]


def way(path: Path) -> str:
    """Return the code of a family, less what changes nothing of how it asks.

    Where it has one, that in another language beside it belongs to it, and so does what
    it takes from a module that families share.
    """
    tree = ast.parse(path.read_text("utf-8"))
    body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not (isinstance(node, ast.ImportFrom) and str(node.module)[:5] == "atlas")
        and "WAYS" not in names(node)
    ]
    others = [other for other in path.parent.glob(f"{path.stem}.*") if other != path]
    texts = [other.read_text("utf-8") for other in sorted(others)]
    ours = [way(path.with_name(f"{name}.py")) for name in shared(tree)]
    return "\n".join([ast.unparse(ast.Module(body, [])), *texts, *ours])


def shared(tree: ast.Module) -> list[str]:
    """Return the modules that a family takes from, but for that which runs it."""
    taken = [str(one.module) for one in tree.body if isinstance(one, ast.ImportFrom)]
    return [
        name.rpartition(".")[2]
        for name in taken
        if name.startswith("atlas.families.") and name != ASKING
    ]


def functions(path: Path) -> frozenset[str]:
    """Return the functions of a module, and `call`, which each family has."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    found = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    return frozenset(found | {"call"})


def names(node: ast.stmt) -> set[str]:
    """Return the names that a statement gives something to."""
    match node:
        case ast.Assign([ast.Name(name)]) | ast.AnnAssign(ast.Name(name)):
            return {name}
    return set()


def families() -> Iterator[Family]:
    """Yield what the modules that pin something say of themselves."""
    for path in sorted(FOLDER.glob("*.py")):
        said: dict[str, Any] = {
            name: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
            for name in names(node) & SAID
        }
        if "PINS" in said:
            yield Family(
                path.stem,
                said["PINS"],
                said["LIBRARIES"],
                said.get("PYTHON"),
                way(path),
                functions(path),
                said.get("WAYS", ()),
                CALLS.get(path.stem, {}),
            )


FAMILIES = {family.name: family for family in families()}
