"""The code that formulas are bound to: its public functions, and its values."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

PLAIN = {
    name: getattr(math, name)
    for name in (
        "log",
        "log2",
        "log10",
        "log1p",
        "exp",
        "expm1",
        "sqrt",
        "pi",
        "e",
        "comb",
    )
}


BUILT_IN = {f.__name__: f for f in (abs, float, int, len, max, min, range, round, sum)}


@dataclass
class Code:
    """What a Python expression on a page may name."""

    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, Any]:
        """The names of an expression: ours, NumPy, and what mathematics is made of."""
        return {**BUILT_IN, **PLAIN, "np": np, **self.functions}


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


def expression(text: str) -> ast.Expression:
    """Parse a Python expression."""
    return ast.parse(text.strip(), mode="eval")


def names_in(tree: ast.AST) -> set[str]:
    """Return the names that an expression reads and does not bind itself."""
    bound = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.comprehension)
        for target in ast.walk(node.target)
        if isinstance(target, ast.Name)
    }
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - bound


def evaluate(tree: ast.Expression, names: dict[str, Any]) -> np.ndarray:
    """Evaluate a Python expression to numbers."""
    compiled = compile(tree, "<page>", "eval")
    scope = {"__builtins__": builtins, **names}
    with np.errstate(all="ignore"):
        value = eval(compiled, scope)
    return np.asarray(value, dtype=float)
