"""Code that readers run and change in the page: what of it can, and what that needs.

`engine/` has the page's own Python. A block of code says in an attribute what it is: an
example, or a function of a module; `docs/assets/run.js` gives it its buttons. What cannot
run there, and why, is listed in `engine/apart.toml`.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from typeset.build import Known
from typeset.copying import BLOCK
from typeset.mathjax import NotInstalledError

FOLDER = "assets/engine"
LIST = Path("engine/apart.toml")


def has_engine(project: Path) -> bool:
    """Say whether a project's code runs in its pages."""
    return (project / LIST).is_file()


def engine_files(project: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what a page loads to run Python, as files of the site."""
    node, maker = shutil.which("node"), project / "engine" / "build.mjs"
    if node is None or not (maker.parent / "node_modules").is_dir():
        raise NotInstalledError("The engine is not installed here: run `make setup`.")
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(
            [node, maker, folder], capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise NotInstalledError(f"The engine cannot be made: {made.stderr}")
        for path in sorted(Path(folder).iterdir()):
            yield f"{FOLDER}/{path.name}", path.read_bytes()


def apart(project: Path) -> dict[str, dict[str, str]]:
    """Return why some examples do not run in a page, by page and by first line."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        (project / LIST).read_text("utf-8")
    )
    return found


def with_runnable(html: str, known: Known) -> str:
    """Mark the blocks of a page that run in it; fault a reason that is none's."""
    library = known.build.library
    if library is None or not has_engine(known.build.project):
        return html
    reasons = apart(known.build.project).get(known.file.name, {})
    met: set[str] = set()

    def mark(block: re.Match[str]) -> str:
        text = unescape(re.sub("<[^>]*>", "", block["code"]))
        if text.startswith(">>> "):
            here = {reason for reason in reasons if f">>> {reason}\n" in text}
            met.update(here)
            what = "" if here else "example"
        else:
            name = function_name(text)
            definition = library.definitions.get(name)
            path = definition.module if definition else None
            what = path.relative_to(library.project).as_posix() if path else ""
        said = f' data-runs="{what}"' if what else ""
        return f"<pre{block['attributes']}{said}>{block['start']}{block['code']}"

    html = BLOCK.sub(mark, html)
    for line in sorted(reasons.keys() - met):
        known.fault(f"{LIST} says why an example does not run that is not here: {line}")
    return html


def function_name(text: str) -> str:
    """Return the name of the only function in a text; nothing if it is no such text."""
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return ""
    if len(body) == 1 and isinstance(body[0], ast.FunctionDef):
        return body[0].name
    return ""
