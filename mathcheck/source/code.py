"""The code that formulas are bound to: the public functions of packages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


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
