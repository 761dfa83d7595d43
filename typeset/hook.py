"""The door through which MkDocs calls `typeset`: events in the order of a build.

What happens to a page, in which order and why, is said by the four lists of steps.
What those of `CONTENT` make depends on the page alone, and is kept: `keeping.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mathcheck.command.project import collect_seldom
from typeset import fonts, keeping, offline, running, search, steps, takeaway, together
from typeset.build import Build, Known, ending
from typeset.code import breakable, by_terms, measured, with_whole_options
from typeset.edition import last_commit
from typeset.headings import with_whole_words
from typeset.policy import with_policy
from typeset.raised import with_scripts
from typeset.roles import TABLE, roles_of, unused
from typeset.runs import jobs, when_rendered
from typeset.tables import laid_out
from typeset.theme import mended

Step = Callable[[str, Known], str]

MARKDOWN: tuple[Step, ...] = (
    steps.with_account,
    steps.with_drift,
    steps.with_answers,
    steps.with_measured,
    running.with_share,
    steps.without_remarks,  # which inside a list would hide the formula below
    steps.with_day,
    steps.with_terms,
)
CONTENT: tuple[Step, ...] = (
    steps.with_plots,  # first: whatever they show, it has to have been read
    steps.with_whole_footnotes,
    steps.with_verdicts,  # while the formulas stand as the source has them
    steps.with_numbered_exercises,
    steps.with_numbered_figures,
    steps.with_tooltips,
    steps.searched,  # before the formulas are pictures, which no search reads
    steps.with_colours,
    steps.with_plain_headings,
    steps.typeset,
)
AROUND: tuple[Step, ...] = (
    steps.with_files,
    takeaway.with_code,  # what is said there is no text of the page's
    running.with_runnable,
)
FINISHED: tuple[Callable[[str], str], ...] = (
    mended,
    laid_out,
    breakable,
    measured,
    by_terms,  # after `measured`, which tells blocks of code from inline code
    with_whole_options,
    with_whole_words,
    with_scripts,
)

build = Build()  # MkDocs loads a hook once, and so it lasts as long as `mkdocs serve`


def on_startup(command: str, **_: Any) -> None:
    """Remember whether this is a build or `serve`; keep labs and figures to one thread.

    The last digits of a product of matrices depend on how many threads share it, and
    for small ones most of the time goes into waiting for each other.
    """
    build.serving = command == "serve"
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    collect_seldom()


@ending()
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin a build; name the author of every page: who holds the licence.

    The day in the site map is that of the commit, unless another is given.
    """
    build.begin(config)
    _, _, seconds = last_commit(build.project)
    if seconds:
        os.environ.setdefault("SOURCE_DATE_EPOCH", seconds)
    if takeaway.has_code(build.project):
        config.site_author = takeaway.work_of(config).holder
    return config


@ending()
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what comes from npm, and code; join what all pages load."""
    stylesheet = build.typesetter.stylesheet.encode()
    for path, content in {"assets/mathjax.css": stylesheet, **fonts.faces()}.items():
        files.append(File.generated(config, path, content=content))
    takeaway.add(files, build)
    together.join(files, config, build.project)
    build.ahead.begin(jobs(files, build), build.project)
    return files


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> None:
    """Tell the templates whose the site is, for overrides/partials/colophon.html."""
    if takeaway.has_code(build.project):
        env.globals["work"] = takeaway.work_of(config)


@event_priority(-100)  # after mkdocs-jupyter, which replaces `render`
def on_pre_page(page: Page, **_: Any) -> Page:
    """Make a page, and run a lab, only if something changed; name what fails."""
    when_rendered(page, build)
    keeping.unless_kept(page, build)
    return page


def on_page_markdown(markdown: str, page: Page, files: Files, **_: Any) -> str:
    """Write into the source of a page what it asks for."""
    known = Known(page, files, build)
    for step in MARKDOWN:
        markdown = step(markdown, known)
    return markdown


@ending()
def on_page_content(html: str, page: Page, files: Files, **_: Any) -> str:
    """Mark and typeset the page's formulas; report each fault with file and line."""
    known = Known(page, files, build)
    record = known.record
    if record.content is None:
        for step in CONTENT:
            html = step(html, known)
        record.take(html, page)
        keeping.write(known)
    html = record.content or ""
    for step in AROUND:
        html = step(html, known)
    return html


@event_priority(100)  # before the theme's search, which need not read the page too
def on_page_context(context: dict[str, Any], page: Page, **_: Any) -> dict[str, Any]:
    """Write numbers into the links to equations and figures: all are known."""
    page.meta["search"] = {"exclude": True}
    page.content = steps.with_references(page.content or "", page.url, build)
    context["offline"] = "" if build.serving else offline.ARCHIVE
    return context


@event_priority(-100)  # after all else that changes a page: its policy is about the end
def on_post_page(output: str, **_: Any) -> str:
    """Mend the theme's HTML, and write into the page what may run on it."""
    return finished(output)


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Do the same to the page that answers for missing ones."""
    return finished(output_content) if template_name == "404.html" else output_content


@ending()
def finished(html: str) -> str:
    """Return a page as it is written into the site."""
    for step in FINISHED:
        html = step(html)
    # The live reload of `serve` is a script of its own
    return html if build.serving else with_policy(html)


def on_build_error(**_: Any) -> None:
    """Let nothing work ahead for a build that has ended."""
    build.ahead.end()


@event_priority(-100)  # after all else that writes into the site
@ending()
def on_post_build(config: MkDocsConfig) -> None:
    """Write what examples run, fonts, what the search finds, and a copy for a folder.

    Fail a strict build that has a fault, even if MkDocs was told to be quiet.
    """
    build.ahead.end()
    for statement in unused(roles_of(build.project), build.explained):
        table = TABLE.as_posix()
        build.report(f"{table}: no page declares {statement}", table)
    if config.strict and build.faulty:
        raise PluginError(f"faults in {', '.join(sorted(build.faulty))}")
    site = Path(config.site_dir)
    if build.examples:
        running.write_examples(site, build.examples, build.project)
    fonts.write(site, build.project)
    index = site / "search" / "search_index.json"
    if not index.is_file():  # a project without a search
        return
    search.write(index, build.found, build.project)
    if not build.serving and (site / offline.NEEDED).is_file():
        offline.write(site)


def on_shutdown() -> None:
    """End the node process, and all others."""
    build.close()
