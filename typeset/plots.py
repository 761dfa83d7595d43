"""The figures of the chapters: drawn when the site is built, from `snippets`.

``figures/softmax.py`` holds the figures of ``docs/softmax.md``, a function each, and
the page says ``<!-- figure: NAME -->`` where one stands. They are drawn in a process of
their own, all that are not kept at once, so that `mkdocs serve` sees an edit, and kept
until their sources change.

``<!-- figure: NAME; living: MODULE -->`` makes it the still picture of a figure that
moves, by ``docs/assets/living/MODULE.js``.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import asdict, replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from mathcheck.command.store import Store
from mathcheck.source.imports import modules

if TYPE_CHECKING:  # Matplotlib takes long, and is needed only where figures are
    from typeset.figure import Figure

MARK = re.compile(r"<!-- figure: (?P<name>\w+)(?:; living: (?P<living>\w+))? -->")
FOLDER = "figures"
PAGES = 100  # whose figures are kept
LIVING = "assets/living"  # below docs/: the modules of the figures that move


class PlotError(Exception):
    """A figure is not there, or cannot be drawn."""


def plots_of(stem: str, project: Path) -> dict[str, Figure]:
    """Return the figures of a page, by name."""
    source = project / FOLDER / f"{stem}.py"
    if not source.is_file():
        raise PlotError(f"there is no {FOLDER}/{stem}.py")
    store, key = kept_drawings(source, project)
    if kept := store.read(key):
        return figures(kept)
    # With those of other pages: most of the time goes into the start of Matplotlib
    waiting = {key: source} | not_kept(project)
    stems = [one.stem for one in waiting.values()]
    drawn = subprocess.run(
        [sys.executable, "-m", "typeset.plots", *stems],
        check=False,
        cwd=project,
        capture_output=True,
    )
    modules = drawn.stdout.splitlines()
    if not modules:  # it is another page that has to say that its own figures fail
        said = drawn.stderr.decode()
        told = [line for line in said.splitlines() if line.strip()]
        places = re.findall(rf"({FOLDER}/{stem}\.py)\", line (\d+)", said)
        where = ":".join(places[-1]) if places else f"{FOLDER}/{stem}.py"
        raise PlotError(f"{where}: {told[-1] if told else 'no message'}")
    for key, made in zip(waiting, modules, strict=False):
        store.write(key, made)
    return figures(modules[0])


def kept_drawings(source: Path, project: Path) -> tuple[Store, str]:
    """Return where the figures of a module are kept, and under which key."""
    store = Store(project / ".cache" / FOLDER, PAGES)
    return store, store.key(source.stem, *ingredients(source, project))


def not_kept(project: Path) -> dict[str, Path]:
    """Return the modules of figures that have to be drawn, by their keys."""
    found = {}
    for source in sorted((project / FOLDER).glob("[a-z]*.py")):
        store, key = kept_drawings(source, project)
        if key not in store:
            found[key] = source
    return found


def keep(source: Path, project: Path) -> None:
    """Draw the figures of a module, and keep them."""
    store, key = kept_drawings(source, project)
    store.write(key, json.dumps(draw(source.stem)).encode())


def figures(drawn: bytes) -> dict[str, Figure]:
    """Return the figures that were drawn, from what `draw` wrote."""
    from typeset.figure import Figure

    return {name: Figure(**parts) for name, parts in json.loads(drawn).items()}


def ingredients(source: Path, project: Path) -> list[bytes]:
    """Return all that the figures depend on: their code, and what they read."""
    sources = [source, Path(__file__), *modules(source, project)]
    for place in read_by(source):
        read = project / place
        sources += sorted(read.rglob("*.py")) if read.is_dir() else [read]
    return [path.read_bytes() for path in sources]


def read_by(source: Path) -> tuple[str, ...]:
    """Return the files, and the folders of code, that figures read: their READS."""
    for node in ast.parse(source.read_text("utf-8"), str(source)).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "READS":
            return tuple(ast.literal_eval(node.value))
    return ()


def draw(stem: str) -> dict[str, dict[str, str]]:
    """Draw all figures of a module of figures: each public function is one."""
    from typeset.figure import Figure, style

    style()
    name = f"{FOLDER}.{stem}"
    spec = spec_from_file_location(name, Path(FOLDER) / f"{stem}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn = {}
    for public, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == name and not public.startswith("_"):
            shown = function()
            if not isinstance(shown, Figure):
                raise PlotError(f"{public} gives no figure, but {type(shown).__name__}")
            named = replace(shown, name=public.replace("_", "-"))
            drawn[public] = asdict(named)
    return drawn


def with_plots(
    html: str, stem: str, project: Path, resolve: Callable[[str], str]
) -> str:
    """Put the figures of a page where it names them; PlotError if one is not there.

    `resolve` turns an address below docs/ into one as seen from the page.
    """
    marks = list(MARK.finditer(html))
    if not marks:
        return html
    plots = plots_of(stem, project)
    for mark in marks:
        if mark["name"] not in plots:
            raise PlotError(f"there is no figure {mark['name']} in {FOLDER}/{stem}.py")
        module = f"docs/{LIVING}/{mark['living']}.js"
        if mark["living"] and not (project / module).is_file():
            raise PlotError(f"there is no {module}")

    def put(mark: re.Match[str]) -> str:
        plot = plots[mark["name"]]
        if mark["living"]:
            return plot.living(mark["living"], resolve(LIVING))
        return plot._repr_html_()

    return MARK.sub(put, html)


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        with redirect_stdout(sys.stderr):  # what they print is no figure
            made = draw(asked)
        print(json.dumps(made), flush=True)
