"""Pages that have not changed are not made again: their records are kept.

A record is kept under a key that says all that it depends on, and only if nothing was
said against its page: what is wrong is found, and told, by each build.
"""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from mathcheck.command.cache import own_sources
from mathcheck.command.project import INCLUDED, key_of_page, project_of
from mathcheck.command.store import Store, digest
from typeset import plots, roles, search, site
from typeset.build import BUILDER, Build, Known
from typeset.changes import FEED
from typeset.record import Record
from typeset.runs import kept_run
from typeset.site import is_lab, source_of

HERE = Path(__file__).parent
PAGES = 150  # that are kept, so that some edits can be undone
OURS = ("*.py", "*.mjs", "*.json")  # the files here that make pages
TOLD = (roles.TABLE, search.DATA)  # what a project tells them


def unless_kept(page: Page, build: Build) -> None:
    """Let a page be rendered only if its record is not kept."""
    render = page.render

    def rendered(config: MkDocsConfig, files: Files) -> None:
        known = Known(page, files, build)
        if kept := read(known):
            build.records[known.url] = kept
            kept.give(page, files)
        else:
            build.warned = build.warnings
            render(config, files)

    page.render = rendered  # type: ignore[method-assign]


def read(known: Known) -> Record | None:
    """Return the record of a page, if it is kept; begin a new one if not."""
    store, key = store_of(known.build.project), key_of(known)
    if key and (kept := store.read(key)):
        record: Record = pickle.loads(kept)
        return record
    known.build.records[known.url] = Record(key)
    return None


def write(known: Known) -> None:
    """Keep the record of a page, unless a fault was told, or could not be heard."""
    record, build = known.record, known.build
    heard = BUILDER.isEnabledFor(logging.WARNING)  # not with -q
    if record.key and heard and build.warnings == build.warned:
        store_of(build.project).write(record.key, pickle.dumps(record))


def store_of(project: Path) -> Store:
    """Return where the records of a project's pages are kept."""
    return Store(project / ".cache" / "pages", PAGES)


def key_of(known: Known) -> str:
    """Return a digest of all that a page is made of; nothing if it is not ours."""
    build, file = known.build, known.file
    build.surroundings = build.surroundings or surroundings(build.config, known.files)
    source, settings = source_of(file), Path(build.config.config_file_path)
    project = project_of(source)
    if project.covers(source.resolve()) and not project.is_ours:
        return ""
    markdown = known.page.markdown or ""
    return store_of(build.project).key(
        file.src_uri.replace("/", "-"),
        build.surroundings,
        str(known.page.title),
        source.read_bytes(),
        markdown,
        key_of_page(source, replace(project, site=settings)),
        *embedded(markdown, build.config),
        *drawn(markdown, file, build.project),
        kept_run(file, build.project)[1] if is_lab(file) else "",
    )


def surroundings(config: MkDocsConfig, files: Files) -> str:
    """Return a key for what all pages depend on: settings, and which files there are.

    The settings are those of mkdocs.yml with what it takes from the environment, and
    without those of the command line, which say where the site is put. Nor is there a
    feed to depend on, which a site has only where it is put at an address: `serve` has
    one, and goes on with the pages of `build`.
    """
    told = (site.project_of(config) / name for name in TOLD)
    written = Path(config.config_file_path).read_bytes()
    settings = yaml_load(written.decode(), get_yaml_loader(config=config))
    return digest(
        makers(),
        written,
        json.dumps(settings, default=plain),
        config.docs_dir,
        repr(sorted((f.src_uri, f.url) for f in files if f.src_uri != FEED)),
        *(file.read_bytes() if file.is_file() else b"" for file in told),
    )


def plain(value: object) -> str:
    """Return what no JSON has, as `!relative` makes paths, as text."""
    return fspath(value) if isinstance(value, PathLike) else repr(value)


@lru_cache(maxsize=1)
def makers() -> str:
    """Return a key for the code that makes pages, the builder's too."""
    ours = sorted(file for pattern in OURS for file in HERE.glob(pattern))
    builder = f"{mkdocs.__name__} {mkdocs.__version__}"
    return digest(own_sources(), builder, *(file.read_bytes() for file in ours))


def embedded(markdown: str, config: MkDocsConfig) -> Iterator[bytes | str]:
    """Yield the files from which a page embeds code."""
    options = config.mdx_configs.get("typeset.embedding") or {}
    for name in INCLUDED.findall(markdown):
        file = Path(options.get("project", ".")) / name
        yield file.read_bytes() if file.is_file() else name


def drawn(markdown: str, file: File, project: Path) -> list[bytes]:
    """Return what the figures of a page depend on."""
    source = project / plots.FOLDER / f"{file.name}.py"
    marked = plots.MARK.search(markdown) and source.is_file()
    return plots.ingredients(source, project) if marked else []
