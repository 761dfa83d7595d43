"""Code that readers run and change in the page: what of it can, and what that needs.

`engine/` has the page's own Python. A block of code says in an attribute what it is: an
example, or a function of a module; `docs/assets/run.js` gives it its buttons. What
cannot run there, and why, is listed in `engine/apart.toml`.
"""

from __future__ import annotations

import ast
import doctest
import json
import pickle
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from mathcheck.command.store import Store
from typeset.build import Known
from typeset.bundle import Library
from typeset.copying import BLOCK, shown
from typeset.mathjax import NotInstalledError

FOLDER = "assets/engine"
LIST = Path("engine/apart.toml")
MADE = 10  # things that the engine makes, each before and after some edits, are kept
MARK = "<!-- engine: share -->"
HEAD = "| Page | What does not run | Why |\n|---|---|---|\n"
EXAMPLES = "examples.json"  # beside a page: see `write_examples`
EXAMPLE = re.compile(r"^( *)>>> ?(?P<first>.*)(?P<rest>(?:\n\1\.\.\..*)*)", re.M)
FENCE = re.compile(r"^( *)```pycon\n(?P<body>.*?)^\1```$", re.MULTILINE | re.DOTALL)


def has_engine(project: Path) -> bool:
    """Say whether a project's code runs in its pages."""
    return (project / LIST).is_file()


def engine_files(project: Path) -> dict[str, bytes]:
    """Return what a page loads to run Python, as files of the site."""

    def built() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            node("build.mjs", folder, project=project)
            made = sorted(Path(folder).iterdir())
            files = {f"{FOLDER}/{path.name}": path.read_bytes() for path in made}
        return pickle.dumps(files)

    sources = sorted((project / "snippets").rglob("*.py"))
    files: dict[str, bytes] = pickle.loads(kept(project, "built", sources, "", built))
    return files


def kept(
    project: Path, name: str, read: list[Path], given: str, make: Callable[[], bytes]
) -> bytes:
    """Return what the engine makes of the files that it reads and of what is given.

    It is made again only if one of these has changed, or a file of the engine itself.
    """
    engine = [
        path
        for top in sorted((project / "engine").iterdir())
        if top.name != "node_modules"  # which package-lock.json stands for
        for path in (sorted(top.rglob("*")) if top.is_dir() else [top])
    ]
    sources = [path for path in [*engine, *read] if path.is_file()]
    parts: list[str | bytes] = []
    for path in sources:
        parts += [path.relative_to(project).as_posix(), path.read_bytes()]
    store = Store(project / ".cache" / "engine", MADE)
    key = store.key(name, *parts, given)
    found = store.read(key)
    if found is None:
        store.write(key, found := make())
    return found


def node(script: str, *arguments: str, project: Path, given: str = "") -> str:
    """Run a script of the engine's; return what it writes."""
    program, folder = shutil.which("node"), project / "engine"
    if program is None or not (folder / "node_modules").is_dir():
        raise NotInstalledError("The engine is not installed here: run `make setup`.")
    made = subprocess.run(
        [program, folder / script, *arguments],
        input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise NotInstalledError(f"The engine cannot be made: {made.stderr}")
    return made.stdout


def write_examples(site: Path, examples: dict[str, list[str]], project: Path) -> None:
    """Write beside each page what its examples are in the grammar of its Python.

    So a page can run them without the grammar itself, a tenth of what it would fetch.
    """
    sources = sorted({source for some in examples.values() for source in some})
    given = json.dumps(sources)

    def made() -> bytes:
        return node("lowered.mjs", project=project, given=given).encode()

    lowered = kept(project, "lowered", [], given, made)
    known = dict(zip(sources, json.loads(lowered), strict=True))
    for url, some in examples.items():
        table = {source: known[source] for source in some}
        (site / url / EXAMPLES).write_text(json.dumps(table, separators=(",", ":")))


def sources_of(text: str) -> list[str]:
    r"""Return the sources of the examples in a text, as docs/assets/run.js reads them.

    >>> sources_of(">>> for i in (1, 2):\n...     i\n...\n1\n2\n>>> 3\n3")
    ['for i in (1, 2):\n    i\n', '3']
    """

    def rest(example: re.Match[str]) -> str:
        behind = len(example[1]) + len("... ")
        lines = example["rest"].splitlines()[1:]
        return "".join(f"\n{line[behind:]}" for line in lines)

    return [found["first"] + rest(found) for found in EXAMPLE.finditer(text)]


def apart(project: Path) -> dict[str, dict[str, str]]:
    """Return why some examples do not run in a page, by page and by first line."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        (project / LIST).read_text("utf-8")
    )
    return found


def with_share(markdown: str, known: Known) -> str:
    """Write where the page asks for it how many examples run in pages, and which not.

    The tests run every example that is not listed; so the count is that of the list.
    """
    if MARK not in markdown:
        return markdown
    project = known.build.project
    reasons = apart(project)
    listed = [line for lines in reasons.values() for line in lines]
    every = apart_too = 0
    for text in texts(project):
        examples = len(doctest.DocTestParser().get_examples(text))
        every += examples
        apart_too += examples * any(f">>> {line}\n" in text for line in listed)
    share = 100 * (every - apart_too) / every
    said = f"Of the {every} examples, {every - apart_too} run in a page "
    said += f"({share:.1f} per cent); the others are in these blocks of code:"
    rows = [
        f"| [{page}]({page}.md) | `{line}` | {why} |\n"
        for page, lines in sorted(reasons.items())
        for line, why in lines.items()
    ]
    return markdown.replace(MARK, f"{said}\n\n{HEAD}{''.join(rows)}")


def texts(project: Path) -> Iterator[str]:
    """Yield the blocks of examples on pages, and the docstrings of what they show."""
    for page in sorted((project / "docs").glob("*.md")):
        for fence in FENCE.finditer(page.read_text("utf-8")):
            yield fence["body"]
    for module in sorted((project / "snippets").rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                yield ast.get_docstring(node) or ""


def with_runnable(html: str, known: Known) -> str:
    """Mark the blocks of a page that run in it; fault a reason that is none's."""
    library = known.build.library
    if library is None or not has_engine(known.build.project):
        return html
    reasons = apart(known.build.project).get(known.file.name, {})
    met: set[str] = set()
    sources: list[str] = []

    def mark(block: re.Match[str]) -> str:
        text = unescape(re.sub("<[^>]*>", "", block["code"]))
        here = {line for line in reasons if f">>> {line}\n" in text}
        met.update(here)
        what = "" if here else running(text, library)
        sources.extend(sources_of(text) if what else [])
        said = f' data-runs="{what}"' if what else ""
        return f"<pre{block['attributes']}{said}>{block['start']}{block['code']}"

    html = BLOCK.sub(mark, html)
    if sources:
        known.build.examples[known.url] = sources
    for line in sorted(reasons.keys() - met):
        known.fault(f"{LIST} says why an example does not run that is not here: {line}")
    return html


def running(text: str, library: Library) -> str:
    """Say what runs in a block: an example, or a function of a module; else nothing."""
    if text.startswith(">>> "):
        return "example"
    try:
        body = ast.parse(text).body
    except SyntaxError:  # no Python: an output, a formula's source
        return ""
    name = shown(body[0], library) if len(body) == 1 else ""
    if not name:
        return ""
    return library.definitions[name].module.relative_to(library.project).as_posix()
