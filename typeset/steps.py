"""What happens to a page, a step each: all take it, and what is known, and return it.

`hook.py` has them in their order. A step may report a fault and go on.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from mkdocs.structure.files import File
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url

from mathcheck.command.report import failed, line
from mathcheck.source import blocks
from typeset import (
    checking,
    drifting,
    glossary,
    kernels,
    libraries,
    marks,
    plots,
    roles,
    search,
    timings,
)
from typeset.answers import AtlasError
from typeset.border import differences
from typeset.build import Build, Known
from typeset.captions import CaptionError, captioned, with_figure_numbers
from typeset.drifting import DriftError
from typeset.edition import edition
from typeset.exercises import ExerciseError, misnamed, with_exercises
from typeset.measurements import MeasurementError
from typeset.page import Equation, number_references, typeset_page
from typeset.plots import PlotError
from typeset.previews import with_previews
from typeset.record import Record
from typeset.site import is_lab, source_of

CODE = re.compile(r"<(?P<tag>code|pre)\b.*?</(?P=tag)>", re.DOTALL)
DAY = "<!-- edition: day -->"  # there, after a sentence, the day of this state
SOURCE = "{the page of this figure}"  # in a file to take away, until it is known

# --- the Markdown of a page -----------------------------------------------------------


def with_account(markdown: str, known: Known) -> str:
    """Write what this run of the checker found, where the page asks for it."""
    build = known.build
    markdown, unbound = checking.with_account(
        markdown, known.page, build.config, known.files
    )
    for finding in unbound:
        build.report(line(finding), finding.path)
    return markdown


def with_drift(markdown: str, known: Known) -> str:
    """Write how many planted faults are noticed, where the page asks for it."""
    try:
        return drifting.with_table(markdown, known.build.project)
    except DriftError as error:
        known.fault(error, drifting.MARK)
        return markdown


def with_answers(markdown: str, known: Known) -> str:
    """Write what the libraries answered, where the page asks for it."""
    try:
        return libraries.with_answers(markdown, known.build.project)
    except AtlasError as error:
        known.fault(error, libraries.MARK)
        return markdown


def with_measured(markdown: str, known: Known) -> str:
    """Write what was measured, where the page asks for it."""
    for measured in (kernels, timings):
        try:
            markdown = measured.with_tables(markdown, known.build.project)
        except MeasurementError as error:
            known.fault(error, f"<!-- {measured.WORD}: ")
    return markdown


def without_remarks(markdown: str, known: Known) -> str:
    """Take out the comments that speak to the checker."""
    return blocks.without_remarks(markdown)


def with_day(markdown: str, known: Known) -> str:
    """Write the day of this state of the project, where the page asks for it."""
    if DAY not in markdown:
        return markdown
    date = edition(known.build.project).date.replace(" ", "&nbsp;")
    return markdown.replace(DAY, f", {date}" if date else "")


def with_terms(markdown: str, known: Known) -> str:
    """Add the tooltips of the glossary's terms."""
    entries = known.files.get_file_from_path(glossary.PAGE)
    if entries is None or known.file == entries:
        return markdown
    return glossary.with_terms(markdown, entries.content_string)


# --- its HTML -------------------------------------------------------------------------


def with_verdicts(html: str, known: Known) -> str:
    """Report what the checker found wrong; write its ticks and cards into the page.

    So is each formula that was read and is not here, or is here and was not read.
    """
    for finding in failed(known.checked.findings):
        known.build.report(checking.shown(finding, known.file), known.file.src_uri)
    for found in differences(html, known.checked, source_of(known.file)):
        known.build.report(checking.located(found, known.file), known.file.src_uri)
    known.record.explained = known.checked.explanations
    folder = Path(str(known.file.src_dir))
    return marks.with_verdicts(html, known.checked, folder, known.link_to)


def with_whole_footnotes(html: str, known: Known) -> str:
    """Report the mark of a footnote without a text, which is left as it was written."""
    for mark in re.finditer(r"\[\^[\w-]+\]", CODE.sub("", html)):
        known.fault("a footnote without its text", mark[0])
    return html


def with_plots(html: str, known: Known) -> str:
    """Draw the figures of a chapter where it names them."""

    def resolve(address: str) -> str:
        return get_relative_url(address, known.page.url)

    source = known.build.project / plots.FOLDER / f"{known.file.name}.py"
    if plots.MARK.search(html) and source.is_file():
        known.build.ahead.wait(plots.kept_drawings(source, known.build.project)[1])
    try:
        return plots.with_plots(html, known.file.name, known.build.project, resolve)
    except PlotError as error:
        known.fault(error, "<!-- figure:")
        return html


def with_numbered_exercises(html: str, known: Known) -> str:
    """Give exercises their anchors; report those without a number, and false links."""
    try:
        html, anchors = with_exercises(html)
        known.add_anchors(anchors)
    except ExerciseError as error:
        known.fault(error, error.quoted)
    for words in misnamed(html):
        known.fault("another number in the link", words)
    return html


def with_numbered_figures(html: str, known: Known) -> str:
    """Give figures their numbers and anchors, and lay their files beside the page."""
    try:
        shown = captioned(html, SOURCE)
    except CaptionError as error:
        call = "figure(" if is_lab(known.file) else "<!-- figure:"
        known.fault(error, call, before=error.before)
        return html
    known.record.files = shown.files
    known.record.figures = shown.numbers
    known.add_anchors(shown.numbers)
    return shown.html


def with_tooltips(html: str, known: Known) -> str:
    """Leave one tooltip a term; give the glossary's own terms their anchors."""
    html = glossary.first_of_each(html)
    is_glossary = known.file.src_uri == glossary.PAGE
    return glossary.with_anchors(html) if is_glossary else html


def searched(html: str, known: Known) -> str:
    """Note what the search finds on the page, whose formulas are still TeX."""
    page = known.page
    if (page.meta.get("search") or {}).get("exclude") is not True:
        about = str(page.meta.get("description", ""))
        known.record.found = search.entries(
            html, page.url, str(page.title), about, known.build.project
        )
    return html


def with_colours(html: str, known: Known) -> str:
    """Mark what is predicted, true or a gradient in code; say what the colours mean."""
    if not known.page.is_homepage:  # whose picture has the words beside the colours
        html = roles.with_legend(html, known.colours)
    return roles.with_code(html, known.colours)


def with_plain_headings(html: str, known: Known) -> str:
    """Report formulas in headings: the contents and the search would show TeX."""
    page = known.page
    about = [str(page.title), str(page.meta.get("description", ""))]
    for heading in dict.fromkeys([*headings(page.toc), *about]):
        words, formula, _ = heading.replace("$", "\\(").partition("\\(")
        if formula:
            known.fault("formula in a heading", words)
    return html


def headings(toc: Iterable[AnchorLink]) -> Iterator[str]:
    """Yield the headings of a page, at any depth."""
    for item in toc:
        yield item.title
        yield from headings(item.children)


def typeset(html: str, known: Known) -> str:
    """Typeset the formulas; number the equations, to which other pages refer."""
    made = typeset_page(html, known.build.typesetter, known.colours.of)
    for fault in made.faults:
        known.fault(fault.message, fault.tex, formula=True, before=fault.before)
    known.record.equations, known.record.glyphs = made.equations, made.glyphs
    known.add_anchors(made.equations)
    return made.html


# --- each time, with what depends on more than the page -------------------------------


def with_files(html: str, known: Known) -> str:
    """Lay the files of the figures beside the page; they say where it is."""
    page, config = known.page, known.build.config
    source = page.canonical_url or f"{config.site_name}, {page.url}"
    for name, content in known.record.files.items():
        beside = posixpath.join(page.url, name)
        said = content.replace(SOURCE.encode(), source.encode())
        known.files.append(File.generated(config, beside, content=said))
    return html


# --- when all pages are known ---------------------------------------------------------


def with_references(html: str, url: str, build: Build) -> str:
    """Write the number of an equation or a figure into each link to it.

    The equations of other pages are written into the page, for the preview that a link
    shows.
    """
    nothing = Record()
    here = build.records.get(posixpath.normpath(url), nothing)

    def target(path: str) -> Record:
        there = posixpath.normpath(posixpath.join(url, path))
        return build.records.get(there, nothing)

    def find(path: str, anchor: str) -> tuple[str, Equation] | None:
        there = target(path)
        equation = there.equations.get(anchor)
        title = re.sub("<[^>]*>", "", unescape(there.title))
        return (title, equation) if equation else None

    def number_of(path: str, anchor: str) -> int | None:
        found = find(path, anchor)
        return found[1].number if found else None

    def figure_number_of(path: str, anchor: str) -> int | None:
        return target(path).figures.get(anchor)

    html = with_previews(html, here.glyphs, find)
    html = number_references(html, number_of)
    return with_figure_numbers(html, figure_number_of)
