"""The Markdown of a site as any builder can render it: a copy with what it asks for.

``python -m typeset.before PAGES COPY`` copies the folder of the pages. The copy has the
tables of what was measured, asked and noticed, and the terms of the glossary as
abbreviations; the comments that speak to the checker are left out, since within a list
they would hide the formula below. Of a lab there are its title and its place. A builder
renders the copy, and then `after.py` takes PAGES and what was built. MkDocs calls the
same functions through `hook.py`.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from mathcheck.source import blocks
from typeset import drifting, glossary, kernels, libraries, timings
from typeset.answers import AtlasError
from typeset.drifting import DriftError
from typeset.labs import HERE, TITLE
from typeset.measurements import MeasurementError
from typeset.site import LABS


def prepare(pages: Path, copy: Path) -> Iterator[str]:
    """Write a copy of the pages as they are to be rendered; yield what is wrong."""
    shutil.copytree(pages, copy)
    for source in sorted(copy.rglob("*.md")):
        path = source.relative_to(copy)
        try:
            written = prepared(source.read_text("utf-8"), path.as_posix(), pages)
        except (AtlasError, DriftError, MeasurementError) as error:
            yield f"{pages / path}: {error}"
        else:
            source.write_text(written, "utf-8")
    for lab in sorted((copy / LABS).glob("*.py")):
        title = TITLE.search(lab.read_text("utf-8"))
        if title is None:
            yield f"{pages / lab.relative_to(copy)}: no title, as in # # A lab"
            continue
        front = f"---\ntitle: {json.dumps(title[1], ensure_ascii=False)}\n---\n\n"
        lab.with_suffix(".md").write_text(f"{front}{HERE}\n", "utf-8")
        lab.unlink()


def prepared(markdown: str, path: str, pages: Path) -> str:
    """Return the Markdown of a page, which lies there among the pages, to be rendered.

    AtlasError, DriftError, MeasurementError: it asks for what its project has not.
    """
    for filled in (
        drifting.with_table,
        libraries.with_answers,
        kernels.with_tables,
        timings.with_tables,
    ):
        markdown = filled(markdown, pages.parent)
    markdown = blocks.without_remarks(markdown)
    entries = pages / glossary.PAGE
    if path == glossary.PAGE or not entries.is_file():
        return markdown
    return glossary.with_terms(markdown, entries.read_text("utf-8"))


def main(arguments: list[str] | None = None) -> int:
    """Write a copy of the pages; return 1 if anything is wrong with them."""
    parser = argparse.ArgumentParser(
        prog="python -m typeset.before", description="Copy pages for any builder."
    )
    parser.add_argument("pages", type=Path, help="the folder of the Markdown")
    parser.add_argument("copy", type=Path, help="a folder that is not there yet")
    given = parser.parse_args(arguments)
    if not given.pages.is_dir():
        parser.error(f"no such folder: {given.pages}")
    if given.copy.exists():
        parser.error(f"there is something already: {given.copy}")
    faults = list(prepare(given.pages, given.copy))
    for fault in faults:
        print(fault, file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
