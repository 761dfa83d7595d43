"""A folder's docstring lists its modules so that none needs one that comes later."""

import ast
import re

import pytest

from tests.markdown import ROOT

FOLDERS = ("evaluate", "trial")


def listed(folder: str) -> list[str]:
    """Return the modules of a folder in the order of its docstring."""
    text = (ROOT / "mathcheck" / folder / "__init__.py").read_text("utf-8")
    return re.findall(r"^    (\w+) +\S", ast.get_docstring(ast.parse(text)) or "", re.M)


def imported(folder: str, module: str) -> set[str]:
    """Return the modules of its own folder that a module imports."""
    text = (ROOT / "mathcheck" / folder / f"{module}.py").read_text("utf-8")
    own = f"mathcheck.{folder}"
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == own:
                found |= {alias.name for alias in node.names}
            elif node.module.startswith(f"{own}."):
                found.add(node.module.removeprefix(f"{own}."))
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_docstring_lists_the_modules_in_an_order_in_which_one_can_read_them(folder):
    order = listed(folder)
    files = (ROOT / "mathcheck" / folder).glob("*.py")
    assert sorted(order) == sorted({file.stem for file in files} - {"__init__"})
    for position, module in enumerate(order):
        assert imported(folder, module) <= set(order[:position]), module
