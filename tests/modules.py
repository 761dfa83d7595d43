"""The modules of `snippets` as the tests read them, and what of them a page shows."""

import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.markdown import ROOT


def functions(module: Path) -> dict[str, ast.FunctionDef]:
    """Return the public functions of a module, by name."""
    tree = ast.parse(module.read_text("utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name: node for node in found if not node.name.startswith("_")}


def module_of(path: Path) -> ModuleType:
    """Import a module by its path."""
    return import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
