"""Environments in which there is nothing of this project."""

import venv
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement


def empty(folder: Path, *projects: str) -> None:
    """Make an environment that has some projects, what they need, and no more."""
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for name in needed(projects):
        found = distribution(name)
        for top in {path.parts[0] for path in found.files or ()} - {".."}:
            if not (packages / top).exists():
                (packages / top).symlink_to(Path(str(found.locate_file(top))))


def needed(projects: Iterable[str]) -> list[str]:
    """Return the names of installed projects, and of all that those need."""
    waiting, seen = list(projects), set[str]()
    while waiting:
        name = waiting.pop()
        try:
            wants = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        if name not in seen:
            seen.add(name)
            wanted = map(Requirement, wants)
            waiting += [
                one.name
                for one in wanted
                if one.marker is None or one.marker.evaluate({"extra": ""})
            ]
    return sorted(seen)
