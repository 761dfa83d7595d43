"""Which of the project's own modules a script needs, down to the last."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path


def modules(script: Path, project: Path) -> list[Path]:
    """Return the project's modules that a script imports, each after those it needs.

    A package counts by its ``__init__.py``; what is installed from elsewhere does not
    count.
    """
    seen, found = {script}, []

    def visit(source: Path) -> None:
        for name in names_in(source.read_text("utf-8"), source):
            for module in files(name, project):
                if module not in seen:
                    seen.add(module)
                    visit(module)
                    found.append(module)

    visit(script)
    return found


@lru_cache(maxsize=512)
def names_in(text: str, source: Path) -> list[str]:
    """Return what the text of a module imports; most are needed by many others."""
    return list(imported(ast.parse(text, str(source))))


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield what a module imports; ``from a import b`` may import ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(name: str, project: Path) -> Iterator[Path]:
    """Yield the files of a dotted name: its packages' first, then its own."""
    place = project
    for part in name.split("."):
        place /= part
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                yield file
