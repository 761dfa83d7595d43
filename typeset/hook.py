"""The door through which MkDocs calls `typeset`: events in the order of a build."""

import hashlib
import logging
import os
import pickle
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url
from nbclient.exceptions import CellExecutionError

from mathcheck.command.project import check_page
from mathcheck.command.report import failed, line
from mathcheck.page.explain import Explanation
from mathcheck.source.blocks import without_remarks
from typeset import checking, glossary, offline, search
from typeset.border import differences
from typeset.captions import CaptionError, captioned, with_figure_numbers
from typeset.code import breakable, by_terms, measured
from typeset.edition import edition
from typeset.exercises import ExerciseError, misnamed, with_exercises
from typeset.fonts import font_files
from typeset.headings import with_whole_words
from typeset.imports import modules
from typeset.labs import LabError, lab_page, quiet_kernels
from typeset.marks import with_verdicts
from typeset.mathjax import MathJax, NotInstalledError
from typeset.page import Equation, TypesetPage, number_references, typeset_page
from typeset.plots import PlotError, with_plots
from typeset.policy import PolicyError, with_policy
from typeset.previews import with_previews
from typeset.roles import TABLE, colours, roles_of, unused, with_code, with_legend
from typeset.source import line_of
from typeset.tables import laid_out
from typeset.theme import mended

log = logging.getLogger("mkdocs.typeset")

DAY = "<!-- edition: day -->"  # there, after a sentence, the day of this state
LABS = "labs/"  # docs/labs/*.py are notebooks; see mkdocs-jupyter in mkdocs.yml

# MkDocs loads a hook once, so that these last through the rebuilds of `mkdocs serve`
typeset_pages: dict[str, tuple[str, TypesetPage]] = {}  # with its title, by its URL
figures: dict[str, dict[str, int]] = {}  # the numbers of each page's, by the page's URL
typesetters: dict[Path, MathJax] = {}  # one, unless tests build several projects
faulty: set[str] = set()  # pages with a fault, of the last build
found: dict[str, list[dict[str, Any]]] = {}  # what the search finds, by the page's URL
explained: list[Explanation] = []  # what the symbols of all its pages mean
running: dict[str, str] = {}  # the command of MkDocs: build or serve


def typesetter(config: MkDocsConfig) -> MathJax:
    """Return the typesetter whose memory stands beside mkdocs.yml."""
    memory = project_of(config) / ".cache" / "typeset"
    if memory not in typesetters:
        typesetters[memory] = MathJax(memory)
    return typesetters[memory]


def on_startup(command: str, **_: Any) -> None:
    """Remember whether this is a build or `serve`."""
    running["command"] = command


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what comes from npm: the style sheet of MathJax's output, and the fonts."""
    try:
        stylesheet = typesetter(config).stylesheet
        added = [("assets/mathjax.css", stylesheet.encode()), *font_files()]
    except NotInstalledError as error:
        raise PluginError(str(error)) from error
    for path, content in added:
        files.append(File.generated(config, path, content=content))
    return files


@event_priority(-100)  # after mkdocs-jupyter, which replaces `render`
def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Let a lab run again only if something changed, and name its line if it fails."""
    if is_lab(page.file):
        run = page.render

        def render(config: MkDocsConfig, files: Files) -> None:
            kept = kept_run(page.file, project_of(config))
            if not kept.is_file():
                try:
                    with quiet_kernels():
                        run(config, files)
                except CellExecutionError as error:
                    raise PluginError(failed_lab(page.file, error)) from error
                keep(kept, pickle.dumps((page.content, page.toc, page.title)))
            page.content, page.toc, page.title = pickle.loads(kept.read_bytes())

        page.render = render  # type: ignore[method-assign]
    return page


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Write what was found; take out the comments that speak to the checker.

    The comments are not the reader's, and inside a list would hide the formula below.
    The glossary's tooltips are added.
    """
    markdown, unbound = checking.with_account(
        markdown, page, config, files, measure=running.get("command") != "serve"
    )
    for finding in unbound:
        log.warning("%s", line(finding))
        faulty.add(finding.path)
    markdown = without_remarks(markdown)
    if DAY in markdown:
        date = edition(project_of(config)).date.replace(" ", "&nbsp;")
        markdown = markdown.replace(DAY, f", {date}" if date else "")
    entries = files.get_file_from_path(glossary.PAGE)
    if entries is None or page.file == entries:
        return markdown
    return glossary.with_terms(markdown, entries.content_string)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark and typeset the page's formulas; report each fault with file and line."""
    source = Path(str(page.file.abs_src_path))
    checked = check_page(source, site=Path(str(config.config_file_path)))
    for finding in failed(checked.findings):
        log.warning("%s", checking.shown(finding, page.file))
        faulty.add(page.file.src_uri)
    if is_lab(page.file):
        try:
            html = lab_page(html, link_resolver(page.file, files))
        except LabError as error:
            raise PluginError(f"{place(page.file, error.quoted)}: {error}") from error
        page.present_anchor_ids = set(re.findall(r'<h\d id="([^"]+)"', html))
    for found_there in differences(html, checked, source):
        log.warning("%s", checking.located(found_there, page.file))
        faulty.add(page.file.src_uri)
    html = with_verdicts(html, checked, page, files)
    try:
        html = with_plots(
            html,
            page.file.name,
            project_of(config),
            lambda address: get_relative_url(address, page.url),
        )
    except PlotError as error:
        log.warning("%s: %s", place(page.file, "<!-- figure:"), error)
        faulty.add(page.file.src_uri)
    html = with_anchors(html, page, config, files)
    html = glossary.first_of_each(html)
    if page.file.src_uri == glossary.PAGE:
        html = glossary.with_anchors(html)
    if (page.meta.get("search") or {}).get("exclude") is not True:
        about = str(page.meta.get("description", ""))
        found[page.url] = search.entries(
            html, page.url, str(page.title), about, project_of(config)
        )
    explained.extend(checked.explanations)
    on_page = colours(checked, roles_of(project_of(config)))
    if not page.is_homepage:  # whose picture has the words beside the colours
        html = with_legend(html, on_page)
    html = with_code(html, on_page)
    for heading in headings(page.toc):
        words, formula, _ = heading.replace("$", "\\(").partition("\\(")
        if formula:  # it would stand as TeX in the table of contents and the search
            log.warning("%s: formula in a heading", place(page.file, words))
            faulty.add(page.file.src_uri)
    try:
        typeset = typeset_page(html, typesetter(config), on_page.of)
    except NotInstalledError as error:
        raise PluginError(str(error)) from error
    for fault in typeset.faults:
        where = place(page.file, fault.tex, formula=True, before=fault.before)
        log.warning("%s: %s", where, fault.message)
        faulty.add(page.file.src_uri)
    title = re.sub("<[^>]*>", "", unescape(str(page.title)))
    typeset_pages[posixpath.normpath(page.url)] = title, typeset
    if page.present_anchor_ids is not None:
        page.present_anchor_ids |= set(typeset.equations)  # MkDocs checks links to them
    return typeset.html


def with_anchors(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give figures and exercises their anchors, and lay files beside the page."""
    anchors: list[str] = []
    try:
        html, anchors = with_exercises(html)
    except ExerciseError as error:
        log.warning("%s: %s", place(page.file, error.quoted), error)
        faulty.add(page.file.src_uri)
    for words in misnamed(html):
        log.warning("%s: another number in the link", place(page.file, words))
        faulty.add(page.file.src_uri)
    source = page.canonical_url or f"{config.site_name}, {page.url}"
    try:
        shown = captioned(html, source)
    except CaptionError as error:
        call = "figure(" if is_lab(page.file) else "<!-- figure:"
        log.warning("%s: %s", place(page.file, call, before=error.before), error)
        faulty.add(page.file.src_uri)
        return html
    for name, content in shown.files.items():
        beside = posixpath.join(page.url, name)
        files.append(File.generated(config, beside, content=content))
    figures[posixpath.normpath(page.url)] = shown.numbers
    if page.present_anchor_ids is not None:  # MkDocs checks links to them
        page.present_anchor_ids |= {*anchors, *shown.numbers}
    return shown.html


def project_of(config: MkDocsConfig) -> Path:
    """Return the folder of mkdocs.yml."""
    return Path(config.config_file_path).parent


def on_page_context(
    context: dict[str, Any], page: Page, **_: Any
) -> dict[str, Any] | None:
    """Write an equation's or a figure's number into each link to it: all are known.

    The equations of other pages are written into the page, for the preview that a link
    shows.
    """
    here = typeset_pages.get(posixpath.normpath(page.url))

    def target(path: str) -> str:
        return posixpath.normpath(posixpath.join(page.url, path))

    def find(path: str, anchor: str) -> tuple[str, Equation] | None:
        title, typeset = typeset_pages.get(target(path), ("", None))
        equation = typeset.equations.get(anchor) if typeset else None
        return (title, equation) if equation else None

    def number_of(path: str, anchor: str) -> int | None:
        found = find(path, anchor)
        return found[1].number if found else None

    def figure_number_of(path: str, anchor: str) -> int | None:
        return figures.get(target(path), {}).get(anchor)

    html = with_previews(page.content or "", here[1].glyphs if here else {}, find)
    html = number_references(html, number_of)
    page.content = with_figure_numbers(html, figure_number_of)
    context["offline"] = offline.ARCHIVE if is_built() else ""
    return context


@event_priority(-100)  # after all else that changes a page: its policy is about the end
def on_post_page(output: str, **_: Any) -> str:
    """Mend the theme's HTML, and write into the page what may run on it."""
    return finished(output)


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Do the same to the page that answers for missing ones."""
    return finished(output_content) if template_name == "404.html" else output_content


def finished(html: str) -> str:
    """Return a page as it is written into the site."""
    html = with_whole_words(by_terms(measured(breakable(laid_out(mended(html))))))
    if running.get("command") == "serve":  # its live reload is a script of its own
        return html
    try:
        return with_policy(html)
    except PolicyError as error:
        raise PluginError(str(error)) from error


def on_pre_build(config: MkDocsConfig) -> None:
    """Forget the faults and the equations of the build before, and what was found."""
    faulty.clear()
    found.clear()
    explained.clear()
    typeset_pages.clear()
    figures.clear()


@event_priority(-100)  # after all else that writes into the site
def on_post_build(config: MkDocsConfig) -> None:
    """Write what the search finds, and a copy of all for readers without a network.

    Fail a strict build that has a fault, even if MkDocs was told to be quiet.
    """
    for statement in unused(roles_of(project_of(config)), explained):
        log.warning("%s: no page declares %s", TABLE.as_posix(), statement)
        faulty.add(TABLE.as_posix())
    if config.strict and faulty:
        raise PluginError(f"faults in {', '.join(sorted(faulty))}")
    index = Path(config.site_dir) / "search" / "search_index.json"
    if not index.is_file():  # a project without a search
        return
    try:
        all_found = [one for page in found.values() for one in page]
        search.write(index, all_found, project_of(config))
        if is_built() and (Path(config.site_dir) / offline.NEEDED).is_file():
            offline.write(Path(config.site_dir))
    except (search.SearchError, offline.OfflineError) as error:
        raise PluginError(str(error)) from error


def is_built() -> bool:
    """Say whether a whole site is built, and not pages of it while they are edited."""
    return running.get("command") == "build"


def on_shutdown() -> None:
    """End the node process."""
    for typesetter in typesetters.values():
        typesetter.close()


def headings(toc: Iterable[AnchorLink]) -> Iterator[str]:
    """Yield the headings of a page, at any depth."""
    for item in toc:
        yield item.title
        yield from headings(item.children)


def is_lab(file: File) -> bool:
    """Say whether a file is a notebook."""
    return file.src_uri.startswith(LABS) and file.src_uri.endswith(".py")


def place(
    file: File, quoted: str = "", *, formula: bool = False, before: int = 0
) -> str:
    """Return file:line of a quotation, as a compiler would name it."""
    path = f"{Path(str(file.src_dir)).name}/{file.src_uri}"
    source = Path(str(file.abs_src_path)).read_text("utf-8")
    marks = "#" if is_lab(file) else ""
    line = line_of(quoted, source, formula=formula, before=before, comment=marks)
    return f"{path}:{line}" if line else path


def kept_run(lab: File, project: Path) -> Path:
    """Return where the run of a lab is kept.

    Its name is a digest of all that the output depends on: the lab, what it imports of
    ours, the pins and this Python.
    """
    script = Path(str(lab.abs_src_path))
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


def link_resolver(lab: File, files: Files) -> Callable[[str], str]:
    """Return what turns a lab's link to a source file into a link of the site."""

    def resolve(address: str) -> str:
        path, hash_, anchor = address.partition("#")
        folder = posixpath.dirname(lab.src_uri)
        target = files.get_file_from_path(
            posixpath.normpath(posixpath.join(folder, path))
        )
        if target is None:
            raise LabError(f"a link to {address}, and there is no such file", address)
        return target.url_relative_to(lab) + hash_ + anchor

    return resolve
