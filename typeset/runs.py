"""Pages are rendered, labs by running them; a run is kept until something changes."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from nbclient.exceptions import CellExecutionError

from mathcheck.command.store import Store
from mathcheck.source.imports import modules
from typeset import plots
from typeset.ahead import Job
from typeset.build import Build
from typeset.embedding import EmbeddingError
from typeset.labs import LabError, lab_page, quiet_kernels
from typeset.site import is_lab, link_resolver, place, source_of

RUNS = 50  # of labs, that are kept


def when_rendered(page: Page, build: Build) -> None:
    """Let a page be rendered as it is, or a lab be run unless its last run still holds.

    Where that fails, the fault has its line and stands on the page.
    """
    render = page.render

    def render_page(config: MkDocsConfig, files: Files) -> None:
        try:
            render(config, files)
        except EmbeddingError as error:
            said = build.fault(page.file, error, error.quoted)
            page.content, page.toc = said, TableOfContents([])

    def render_lab(config: MkDocsConfig, files: Files) -> None:
        script = source_of(page.file)
        build.ahead.wait(kept_lab(script, build.project)[1], patient=False)
        try:
            notebook, page.toc, title = ran(script, build.project, config)
        except CellExecutionError as error:
            said = build.report(failed_lab(page.file, error), page.file.src_uri)
            page.content, page.toc = said, TableOfContents([])
            return
        page.title = title or page.title
        try:
            page.links_to_anchors = {}
            resolve = link_resolver(page.file, files, page.links_to_anchors)
            page.content = lab_page(notebook, resolve)
        except LabError as error:
            page.content = build.fault(page.file, error, error.quoted)
        page.present_anchor_ids = set(re.findall(r'<h\d id="([^"]+)"', page.content))

    page.render = (  # type: ignore[method-assign]
        render_lab if is_lab(page.file) else render_page
    )


def kept_run(lab: File, project: Path) -> tuple[Store, str]:
    """Return where the run of a lab is kept, and under which key."""
    return kept_lab(source_of(lab), project)


def kept_lab(script: Path, project: Path) -> tuple[Store, str]:
    """Return where the run of a script is kept, and under which key.

    The output depends on the script, and on what it imports of ours.
    """
    sources = [script, *modules(script, project)]
    store = Store(project / ".cache" / "labs", RUNS)
    return store, store.key(script.stem, *(source.read_bytes() for source in sources))


def notebook_of(script: Path, project: Path, settings: Path) -> str:
    """Return the HTML of a lab, which is run as `settings`, a mkdocs.yml, says.

    CellExecutionError: a cell of it fails.
    """
    notebook, _, _ = ran(script, project, load_config(str(settings)))
    return notebook


def ran(
    script: Path, project: Path, config: MkDocsConfig
) -> tuple[str, TableOfContents, str | None]:
    """Return a lab's HTML, headings and title: it is run unless its last run holds."""
    store, key = kept_lab(script, project)
    kept = store.read(key)
    if kept is None:
        kept = run(script, settings_of(config))
        store.write(key, kept)
    found: tuple[str, TableOfContents, str | None] = pickle.loads(kept)
    return found


def jobs(files: Files, build: Build) -> Iterator[Job]:
    """Yield the figures and the labs that are not kept, to be made ahead.

    Figures come first, because the first page has one and the labs stand at the end.
    """
    project = build.project
    for key, source in plots.not_kept(project).items():
        yield Job(key, plots.keep, (source, project))
    for lab in filter(is_lab, files.documentation_pages()):
        store, key = kept_run(lab, project)
        if key not in store:
            settings = settings_of(build.config)
            yield Job(key, keep, (source_of(lab), settings, store.folder, key))


def settings_of(config: MkDocsConfig) -> dict[str, Any]:
    """Return how mkdocs-jupyter is told to run the labs."""
    return dict(config.plugins["mkdocs-jupyter"].config)


def run(lab: Path, settings: dict[str, Any]) -> bytes:
    """Run a lab; return its HTML, its headings and its title, as they are kept.

    mkdocs-jupyter does this where it renders a page; of that it asks but the source.
    """
    from mkdocs_jupyter.plugin import Plugin  # with Jupyter, which takes long

    plugin = Plugin()
    plugin.load_config(settings)
    file = SimpleNamespace(abs_src_path=str(lab), src_path=lab.name)
    page = SimpleNamespace(file=file, abs_url="", title=None)
    plugin.on_pre_page(page, None, None)
    with quiet_kernels():
        page.render(None, None)
    return pickle.dumps((page.content, page.toc, page.title))


def keep(lab: Path, settings: dict[str, Any], folder: Path, key: str) -> None:
    """Run a lab, and keep the run."""
    Store(folder, RUNS).write(key, run(lab, settings))


def failed_lab(file: File, error: CellExecutionError) -> str:
    """Say where in its file a lab failed, and with what."""
    in_cell = re.search(r"Cell In\[\d+\], line (\d+)", plain(error.traceback))
    cell = re.search(r"^-+\n(.*?)\n-+$", str(error), re.DOTALL | re.MULTILINE)
    path, _, line = place(file, cell[1] if cell else "").partition(":")
    if line and in_cell:
        path = f"{path}:{int(line) + int(in_cell[1]) - 1}"
    return f"{path}: {error.ename}: {error.evalue}"


def plain(coloured: str) -> str:
    """Return terminal text without its colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", coloured)
