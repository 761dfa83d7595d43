"""The formulas of a built site, whoever built it: compared, marked and typeset.

``python -m typeset.after PAGES SITE`` takes the folder of the Markdown and that of the
HTML, in which any builder with Python-Markdown and pymdownx.arithmatex (generic: true)
has left the formulas as TeX. Each page has its formulas checked, compared with those
that were read, typeset, numbered and referred to, by the functions that MkDocs calls
through `hook.py`. Labs, figures, the glossary and the search are not made here.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mathcheck.command.project import check_page
from mathcheck.command.report import failed, line
from mathcheck.page.check import Page as Checked
from typeset.border import differences
from typeset.marks import with_verdicts
from typeset.mathjax import MathJax, NotInstalledError
from typeset.page import Equation, number_references, typeset_page
from typeset.roles import colours, roles_of

SETTINGS = "mkdocs.yml"  # beside the folder of the Markdown: how it is parsed
STYLESHEET = "mathjax.css"
PROSE = [  # what a page says, without what the theme has put around it: the first found
    re.compile(rf"<{tag}\b[^>]*>(?P<inner>.*)</{tag}>", re.DOTALL)
    for tag in ("article", "main", "body")
]


class AfterError(Exception):
    """A site cannot be finished; the message names the file."""


@dataclass
class Made:
    """A page, as its builder and then we have made it."""

    source: Path
    place: Path
    html: str
    equations: dict[str, Equation]


def finish(pages: Path, site: Path) -> Iterator[str]:
    """Finish all pages of a site; yield what is wrong, as a compiler would print it.

    Nothing is written before all pages are made.
    """
    places = {source: page_of(source, pages, site) for source in pages.rglob("*.md")}
    built = {source: place for source, place in sorted(places.items()) if place}
    if not built:
        raise AfterError(f"{site} has no page of {pages}")
    typesetter = MathJax(pages.parent / ".cache" / "typeset")
    made: dict[Path, Made] = {}
    try:
        for source, place in built.items():
            made[place], faults = finished(source, pages, built, typesetter)
            yield from faults
        stylesheet = typesetter.stylesheet
    finally:
        typesetter.close()
    (site / STYLESHEET).write_text(stylesheet, "utf-8")
    for page in made.values():
        html = with_numbers(page, made)
        address = posixpath.relpath(site / STYLESHEET, page.place.parent)
        link = f'<link rel="stylesheet" href="{address}">'
        page.place.write_text(html.replace("</head>", f"{link}</head>", 1), "utf-8")


def page_of(source: Path, pages: Path, site: Path) -> Path | None:
    """Return where a page was built: in a folder of its own or not, or nowhere."""
    path = source.relative_to(pages).with_suffix("")
    folder = path.parent if path.name in ("index", "README") else path
    candidates = (site / folder / "index.html", site / path.with_suffix(".html"))
    return next((file for file in candidates if file.is_file()), None)


def finished(
    source: Path, pages: Path, built: dict[Path, Path], typesetter: MathJax
) -> tuple[Made, list[str]]:
    """Return a page with its formulas, and what is wrong with them."""
    place = built[source]
    html = place.read_text("utf-8")
    prose = next(filter(None, (tag.search(html) for tag in PROSE)), None)
    if prose is None:
        raise AfterError(f"{place}: no <article>, <main> or <body>")
    settings = pages.parent / SETTINGS
    checked = check_page(source, site=settings if settings.is_file() else None)

    def link_to(path: str) -> str | None:
        target = built.get(pages / path)
        if target is None or target == place:
            return None if target is None else ""
        return posixpath.relpath(target, place.parent).removesuffix("index.html")

    inner = with_verdicts(prose["inner"], checked, pages, link_to)
    roles = colours(checked, roles_of(pages.parent)).of
    typeset = typeset_page(inner, typesetter, roles)
    faults = [f"{source}: {fault.message}: {fault.tex}" for fault in typeset.faults]
    html = html[: prose.start("inner")] + typeset.html + html[prose.end("inner") :]
    made = Made(source, place, html, typeset.equations)
    return made, [*against(prose["inner"], checked, source), *faults]


def against(html: str, checked: Checked, source: Path) -> Iterator[str]:
    """Yield what the checker says against a page, and where it shows something else."""
    yield from map(line, failed(checked.findings))
    for found in differences(html, checked, source):
        at = f":{found.line}:{found.column}" if found.line else ""
        yield f"{source}{at}: {found.message}"


def with_numbers(page: Made, made: dict[Path, Made]) -> str:
    """Write the numbers of equations into the links to them."""

    def number_of(path: str, anchor: str) -> int | None:
        there = (
            Path(posixpath.normpath(page.place.parent / path)) if path else page.place
        )
        target = made.get(there) or made.get(there / "index.html")
        equation = target.equations.get(anchor) if target else None
        return equation.number if equation else None

    return number_references(page.html, number_of)


def main(arguments: list[str] | None = None) -> int:
    """Finish a site; return 1 if anything is wrong with it."""
    parser = argparse.ArgumentParser(
        prog="python -m typeset.after", description="Typeset and check a built site."
    )
    parser.add_argument("pages", type=Path, help="the folder of the Markdown")
    parser.add_argument("site", type=Path, help="the folder of the HTML")
    given = parser.parse_args(arguments)
    for folder in (given.pages, given.site):
        if not folder.is_dir():
            parser.error(f"no such folder: {folder}")
    try:
        faults = list(finish(given.pages, given.site))
    except (AfterError, NotInstalledError) as error:
        faults = [str(error)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
