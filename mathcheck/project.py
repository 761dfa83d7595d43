"""Which files belong to a project, and what is in force on all its pages."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mathcheck.check import Page, check_file
from mathcheck.code import Code, public_functions
from mathcheck.scope import Scope

SUFFIXES = (".md", ".markdown", ".py")


@dataclass(frozen=True)
class Project:
    """The settings in a `pyproject.toml`, if there is one above a file."""

    root: Path
    paths: tuple[Path, ...] = ()
    notation: Path | None = None
    packages: tuple[str, ...] = ()

    def covers(self, path: Path) -> bool:
        """Say whether a file is one of the project's."""
        return any(path.is_relative_to(own) for own in self.paths)


def project_of(path: Path) -> Project:
    """Return the project that a file belongs to."""
    path = path.resolve()
    for folder in (path, *path.parents):
        file = folder / "pyproject.toml"
        if folder.is_dir() and file.is_file():
            settings = (
                tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("mathcheck")
            )
            if settings is None:
                continue
            paths = tuple((folder / p).resolve() for p in settings.get("paths", ()))
            notation = settings.get("notation")
            return Project(
                folder,
                paths,
                (folder / notation).resolve() if notation else None,
                tuple(settings.get("code", ())),
            )
    return Project(path.parent)


def files_in(path: Path) -> list[Path]:
    """Return a file, or the readable files of a folder."""
    if path.is_file():
        return [path]
    hidden = {".venv", "node_modules", "site", "__pycache__"}
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix in SUFFIXES
        and file.is_file()
        and not any(
            p in hidden or p.startswith(".") for p in file.relative_to(path).parts
        )
    )


@cache
def code_of(project: Project) -> Code:
    """Return the functions that a project's formulas are bound to."""
    if project.packages and str(project.root) not in sys.path:
        sys.path.insert(0, str(project.root))
    return public_functions(project.packages)


def check_paths(paths: list[Path]) -> list[Page]:
    """Check files, each with what its project says everywhere."""
    scopes: dict[Path, Scope] = {}
    pages: list[Page] = []
    for path in dict.fromkeys(file for p in paths for file in files_in(p)):
        resolved = path.resolve()
        project = project_of(resolved)
        shown = str(path)
        inherited = None
        names = code_of(project) if project.covers(resolved) else Code()
        if project.notation and project.covers(resolved):
            if project.notation == resolved:
                pages.append(check_file(path, shown, everywhere=True, names=names))
                continue
            if project.notation not in scopes:
                page = check_file(project.notation, shown, everywhere=True)
                scopes[project.notation] = page.scope
            inherited = scopes[project.notation]
        pages.append(check_file(path, shown, inherited, names=names))
    return pages
