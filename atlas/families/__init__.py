"""The libraries, a family a module: its pins, and how each form is written in it.

A module imports its library, which is there in its own environment alone; so that what
it says of itself is read here, and not imported.
"""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAID = ("PINS", "LIBRARIES", "PYTHON", "WAYS")
CALLS = tomllib.loads(
    Path(__file__).parents[1].joinpath("documented.toml").read_text("utf-8")
)


@dataclass(frozen=True)
class Family:
    """Libraries that are asked by one module, in one environment."""

    name: str
    pins: list[str]
    libraries: dict[
        str, dict[str, str]
    ]  # by name, with what each has in its surroundings
    python: str | None  # a version that it needs
    way: str  # its code
    ways: tuple[str, ...]  # in which its learners look for a maximum
    calls: dict[str, str]  # of functions with a documented formula, by name


def way(path: Path) -> str:
    """Return the code of a module, less what changes nothing of how it asks."""
    module = ast.parse(path.read_text("utf-8"))
    body = [
        node
        for node in module.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not (isinstance(node, ast.ImportFrom) and str(node.module)[:5] == "atlas")
        and not any(
            isinstance(part, ast.Name) and part.id == "WAYS"
            for part in getattr(node, "targets", ())
        )
    ]
    return ast.unparse(ast.Module(body, []))


def family(name: str) -> Family:
    """Read what the module of a family says of it."""
    path = Path(__file__).with_name(f"{name}.py")
    said: dict[str, Any] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.Assign([ast.Name(told)], value) | ast.AnnAssign(
                ast.Name(told), _, ast.expr() as value
            ) if told in SAID:
                said[told] = ast.literal_eval(value)
    python, ways = said.get("PYTHON"), said.get("WAYS", ())
    calls = CALLS.get(name, {})
    return Family(name, said["PINS"], said["LIBRARIES"], python, way(path), ways, calls)


FAMILIES = {
    path.stem: family(path.stem)
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem not in ("__init__", "asking")
}
