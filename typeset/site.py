"""The files of the site: which are labs, where their lines are, where links lead."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from typeset.labs import LabError
from typeset.source import line_of

LABS = "labs/"  # docs/labs/*.py are notebooks; see mkdocs-jupyter in mkdocs.yml


def project_of(config: MkDocsConfig) -> Path:
    """Return the folder of mkdocs.yml."""
    return Path(config.config_file_path).parent


def is_lab(file: File) -> bool:
    """Say whether a file is a notebook."""
    return file.src_uri.startswith(LABS) and file.src_uri.endswith(".py")


def source_of(file: File) -> Path:
    """Return where the source of a page lies."""
    return Path(str(file.abs_src_path))


def place(
    file: File, quoted: str = "", *, formula: bool = False, before: int = 0
) -> str:
    """Return file:line of a quotation, as a compiler would name it; else the file."""
    path = f"{Path(str(file.src_dir)).name}/{file.src_uri}"
    if not quoted:
        return path
    source = source_of(file).read_text("utf-8")
    marks = "#" if is_lab(file) else ""
    line = line_of(quoted, source, formula=formula, before=before, comment=marks)
    return f"{path}:{line}" if line else path


def link_resolver(
    lab: File, files: Files, anchors: dict[File, dict[str, str]] | None = None
) -> Callable[[str], str]:
    """Return what turns a lab's link to a source file into a link of the site.

    The places that are linked to are noted among the `anchors`, as MkDocs notes those
    of other pages, which it then looks for.
    """

    def resolve(address: str) -> str:
        path, hash_, anchor = address.partition("#")
        folder = posixpath.dirname(lab.src_uri)
        target = files.get_file_from_path(
            posixpath.normpath(posixpath.join(folder, path))
        )
        if target is None:
            raise LabError(f"a link to {address}, and there is no such file", address)
        if anchor and anchors is not None:
            anchors.setdefault(target, {}).setdefault(anchor, address)
        return target.url_relative_to(lab) + hash_ + anchor

    return resolve
