"""What a built site shows of ours, whoever built it: formulas, figures, exercises.

``python -m typeset.after PAGES SITE`` takes the folder of the Markdown and that of the
HTML, in which any builder with Python-Markdown and pymdownx.arithmatex (generic: true)
has left the formulas as TeX. Each page has its formulas checked, compared with those
that were read, typeset, numbered and referred to; its figures drawn, numbered, and laid
beside it as files; its exercises numbered; and one tooltip left of each term. MkDocs
calls the same functions through `hook.py`. A lab is run, unless its last run holds, and
put where `before.py` has left its place. The search is not made here.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from mathcheck.command.project import check_page
from mathcheck.command.report import failed, line
from mathcheck.page.check import Page as Checked
from typeset import glossary, plots
from typeset.border import differences
from typeset.captions import Captioned, CaptionError, captioned, with_figure_numbers
from typeset.exercises import ExerciseError, with_exercises
from typeset.labs import HERE, LabError, lab_page
from typeset.marks import with_verdicts
from typeset.mathjax import MathJax, NotInstalledError
from typeset.page import Equation, number_references, typeset_page
from typeset.plots import PlotError
from typeset.roles import colours, roles_of
from typeset.runs import notebook_of
from typeset.site import LABS

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
    figures: Captioned


def finish(pages: Path, site: Path) -> Iterator[str]:
    """Finish all pages of a site; yield what is wrong, as a compiler would print it.

    Nothing is written before all pages are made.
    """
    sources = [*pages.rglob("*.md"), *(pages / LABS).glob("*.py")]
    places = {source: page_of(source, pages, site) for source in sources}
    built = {source: place for source, place in sorted(places.items()) if place}
    if not built:
        raise AfterError(f"{site} has no page of {pages}")
    typesetter = MathJax(pages.parent / ".cache" / "typeset")
    made: dict[Path, Made] = {}
    try:
        for source, place in built.items():
            made[place], faults = finished(source, pages, site, built, typesetter)
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
    yield from with_files(made.values())


def page_of(source: Path, pages: Path, site: Path) -> Path | None:
    """Return where a page was built: in a folder of its own or not, or nowhere."""
    path = source.relative_to(pages).with_suffix("")
    folder = path.parent if path.name in ("index", "README") else path
    candidates = (site / folder / "index.html", site / path.with_suffix(".html"))
    return next((file for file in candidates if file.is_file()), None)


def finished(
    source: Path,
    pages: Path,
    site: Path,
    built: dict[Path, Path],
    typesetter: MathJax,
) -> tuple[Made, list[str]]:
    """Return a page with its formulas and figures, and what is wrong with them."""
    place, project = built[source], pages.parent
    html = place.read_text("utf-8")
    prose = next(filter(None, (tag.search(html) for tag in PROSE)), None)
    if prose is None:
        raise AfterError(f"{place}: no <article>, <main> or <body>")
    settings = project / SETTINGS
    checked = check_page(source, site=settings if settings.is_file() else None)

    def address_of(target: Path) -> str:
        return posixpath.relpath(target, place.parent).removesuffix("index.html")

    def link_to(path: str) -> str | None:
        target = built.get(pages / path)
        if target is None or target == place:
            return None if target is None else ""
        return address_of(target)

    def resolve(address: str) -> str:
        return posixpath.relpath(site / address, place.parent)

    def to_source(link: str) -> str:
        path, sign, anchor = link.partition("#")
        target = built.get(Path(posixpath.normpath(source.parent / path)))
        if target is None:
            raise LabError(f"a link to {link}, and there is no such page")
        return f"{address_of(target)}{sign}{anchor}"

    figures = Captioned()

    def with_captions(html: str) -> str:
        nonlocal figures
        figures = captioned(html, source.relative_to(pages).as_posix())
        return figures.html

    shown, faults = prose["inner"], []
    if source.suffix == ".py":
        try:
            shown = with_lab(shown, source, place, settings, to_source)
        except LabError as error:
            faults.append(f"{source}: {error}")
    inner = shown
    for step in (  # in the order of `hook.py`
        lambda html: plots.with_plots(html, source.stem, project, resolve),
        lambda html: with_verdicts(html, checked, pages, link_to),
        lambda html: with_exercises(html)[0],
        with_captions,
    ):
        try:
            inner = step(inner)
        except (PlotError, ExerciseError, CaptionError) as error:
            faults.append(f"{source}: {error}")
    inner = glossary.first_of_each(inner)
    if source == pages / glossary.PAGE:
        inner = glossary.with_anchors(inner)
    typeset = typeset_page(inner, typesetter, colours(checked, roles_of(project)).of)
    faults += [f"{source}: {fault.message}: {fault.tex}" for fault in typeset.faults]
    html = html[: prose.start("inner")] + typeset.html + html[prose.end("inner") :]
    made = Made(source, place, html, typeset.equations, figures)
    return made, [*against(shown, checked, source), *faults]


def with_lab(
    html: str, script: Path, place: Path, settings: Path, resolve: Callable[[str], str]
) -> str:
    """Put a lab where `before.py` has left its place; LabError if that cannot be."""
    if HERE not in html:
        raise LabError(f"{place} has no {HERE}, which typeset.before leaves")
    if not settings.is_file():
        raise LabError(f"there is no {settings}, which says how to run it")
    try:
        notebook = notebook_of(script, settings.parent, settings)
    except CellExecutionError as error:
        raise LabError(f"{error.ename}: {error.evalue}") from error
    return html.replace(HERE, lab_page(notebook, resolve))


def against(html: str, checked: Checked, source: Path) -> Iterator[str]:
    """Yield what the checker says against a page, and where it shows something else."""
    yield from map(line, failed(checked.findings))
    for found in differences(html, checked, source):
        at = f":{found.line}:{found.column}" if found.line else ""
        yield f"{source}{at}: {found.message}"


def with_files(made: Iterable[Made]) -> Iterator[str]:
    """Lay the files of the figures beside their pages; yield which are in the way."""
    written: dict[Path, Path] = {}
    for page in made:
        for name, content in page.figures.files.items():
            file = page.place.parent / name
            if file in written:  # where a builder gives pages no folders of their own
                yield f"{page.source}: {name} is a file of {written[file]} too"
                continue
            file.write_bytes(content)
            written[file] = page.source


def with_numbers(page: Made, made: dict[Path, Made]) -> str:
    """Write the numbers of equations and figures into the links to them."""

    def target(path: str) -> Made | None:
        there = (
            Path(posixpath.normpath(page.place.parent / path)) if path else page.place
        )
        return made.get(there) or made.get(there / "index.html")

    def number_of(path: str, anchor: str) -> int | None:
        there = target(path)
        equation = there.equations.get(anchor) if there else None
        return equation.number if equation else None

    def figure_number_of(path: str, anchor: str) -> int | None:
        there = target(path)
        return there.figures.numbers.get(anchor) if there else None

    html = number_references(page.html, number_of)
    return with_figure_numbers(html, figure_number_of)


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
