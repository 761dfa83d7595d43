"""The code that formulas are bound to: the public functions of packages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from mathcheck.source.imports import files, modules


@dataclass
class Code:
    """The functions that a Python expression on a page may call, by name."""

    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    hint: str = ""  # why a function may be missing, to say with an unknown name


def public_functions(packages: tuple[str, ...]) -> Code:
    """Return the public functions of packages, by name."""
    code = Code()
    for package in packages:
        root = importlib.import_module(package)
        modules = [root]
        for found in pkgutil.walk_packages(root.__path__, package + "."):
            if not any(part.startswith("_") for part in found.name.split(".")):
                modules.append(importlib.import_module(found.name))
        for module in modules:
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    code.functions[name] = function
    return code


@lru_cache(maxsize=2)
def imported(root: Path, packages: tuple[str, ...], sources: str) -> Code:
    """Return the public functions of a project's packages, as they are now.

    The answer is remembered by a key for their `sources`; of others, as `mkdocs serve`
    sees them after an edit, this process may have imported the modules already.
    """
    if packages and str(root) not in sys.path:
        sys.path.insert(0, str(root))
    now = f"{root}: {sources}"
    if SEEN.setdefault(packages, now) != now:
        SEEN[packages] = now
        for name in [name for name in sys.modules if name.split(".")[0] in packages]:
            del sys.modules[name]
        importlib.invalidate_caches()
    return public_functions(packages)


SEEN: dict[tuple[str, ...], str] = {}  # of what sources the packages are imported


@lru_cache(maxsize=2)
def needed(
    root: Path, packages: tuple[str, ...], sources: str
) -> dict[str, list[Path]]:
    """Return the files that each public function needs, down to the last import."""
    functions = imported(root, packages, sources).functions
    by_module = {
        module: files_of(module, root)
        for module in {function.__module__ for function in functions.values()}
    }
    return {name: by_module[one.__module__] for name, one in functions.items()}


def files_of(module: str, root: Path) -> list[Path]:
    """Return the files of a project that a module consists of, down to the last."""
    own = list(files(module, root))
    return [*own, *(needed for file in own for needed in modules(file, root))]


def named_in(text: str) -> set[str]:
    """Return what a page may call: what it names, in Python's own spelling."""
    return set(re.findall(r"\w+", normalize("NFKC", text)))
