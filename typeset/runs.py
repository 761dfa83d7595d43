"""The labs run, and become pages; a run is kept until what it depends on changes."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from nbclient.exceptions import CellExecutionError

from typeset.build import Build
from typeset.imports import modules
from typeset.labs import LabError, lab_page, quiet_kernels
from typeset.site import link_resolver, place, source_of


def run_when_rendered(page: Page, build: Build) -> None:
    """Let the page of a lab be made of its run: the last one, unless something changed.

    Where it fails, the fault has its line and stands on the page.
    """
    run = page.render

    def render(config: MkDocsConfig, files: Files) -> None:
        kept = kept_run(page.file, build.project)
        if not kept.is_file():
            try:
                with quiet_kernels():
                    run(config, files)
            except CellExecutionError as error:
                said = build.report(failed_lab(page.file, error), page.file.src_uri)
                page.content, page.toc = said, TableOfContents([])
                return
            keep(kept, pickle.dumps((page.content, page.toc, page.title)))
        notebook, page.toc, page.title = pickle.loads(kept.read_bytes())
        try:
            page.content = lab_page(notebook, link_resolver(page.file, files))
        except LabError as error:
            page.content = build.fault(page.file, error, error.quoted)
        page.present_anchor_ids = set(re.findall(r'<h\d id="([^"]+)"', page.content))

    page.render = render  # type: ignore[method-assign]


def kept_run(lab: File, project: Path) -> Path:
    """Return where the run of a lab is kept.

    Its name is a digest of all that the output depends on: the lab, what it imports of
    ours, the pins and this Python.
    """
    script = source_of(lab)
    sources = [script, *modules(script, project), project / "requirements.txt"]
    parts = [sys.version.encode(), *(source.read_bytes() for source in sources)]
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
    return project / ".cache" / "labs" / f"{lab.name}.{digest}.pickle"


def keep(path: Path, content: bytes) -> None:
    """Write the file of a run whole or not at all, in the place of older ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.name.partition(".")[0]
    for older in path.parent.glob(f"{name}.*.pickle"):
        older.unlink(missing_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


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
