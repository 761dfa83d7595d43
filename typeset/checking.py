"""What the checker finds, in a build: told where a page asks, and where it is wrong."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mathcheck.command.account import account
from mathcheck.command.project import (
    Project,
    check_paths,
    project_of,
    rejected,
    unbound,
)
from mathcheck.command.report import counted, line, summary, thousands
from mathcheck.page.check import Page as Checked
from mathcheck.page.finding import Finding
from typeset.border import Difference
from typeset.edition import edition
from typeset.site import place

SUMMARY = "<!-- mathcheck: summary -->"  # for the numbers of this very run
COUNT = "<!-- mathcheck: statements -->"  # on any page, for the first of them alone
MEASURED = "<!-- mathcheck: detection -->"  # for the rate that mutants.py finds


def with_account(
    markdown: str, page: Page, config: MkDocsConfig, files: Files, *, measure: bool
) -> tuple[str, Iterable[Finding]]:
    """Write what this run found, or its first number, where a page asks for it.

    Returned besides are the functions that no formula is bound to, which is a fault.
    """
    if SUMMARY not in markdown and COUNT not in markdown:
        return markdown, ()
    root = Path(config.config_file_path).parent
    project = project_of(root)
    pages = check_paths(list(project.paths))
    findings = [finding for checked in pages for finding in checked.findings]
    statements = counted(summary(pages, findings)["holds"], "statement")
    markdown = markdown.replace(COUNT, with_thousands(statements))
    if SUMMARY not in markdown:
        return markdown, ()

    def address_of(checked: Checked, anchor: str) -> str:
        source = posixpath.relpath(checked.path, str(page.file.src_dir))
        target = files.get_file_from_path(source)
        return f"{target.url_relative_to(page.file)}#{anchor}" if target else ""

    said = account(pages, str(edition(root)), address_of)
    rate = detection(project, measure=measure)
    markdown = markdown.replace(MEASURED, with_thousands(rate))
    markdown = markdown.replace(SUMMARY, with_thousands(said))
    return markdown, unbound(pages, project)


def with_thousands(text: str) -> str:
    """Keep a number of four digits on one line."""
    return re.sub(r"(?<=\d) (?=\d{3})", "\u202f", text)


def detection(project: Project, *, measure: bool) -> str:
    """Say how many changed formulas the checker rejects."""
    found = rejected(project, measure=measure)
    if found is None:
        return (
            "The rate is measured when the site is built, and not while it is edited."
        )
    tried, noticed = found
    return (
        f"Of {thousands(tried)} formulas of this site, each changed in one place, this "
        f"run rejected {thousands(noticed)}, which is {100 * noticed / tried:.1f} %."
    )


def shown(finding: Finding, file: File) -> str:
    """Return a finding as a compiler would print it, from the project's root."""
    return line(finding).replace(finding.path, place(file), 1)


def located(difference: Difference, file: File) -> str:
    """Return where a page differs from what was read, as a compiler would print it."""
    at = f":{difference.line}:{difference.column}" if difference.line else ""
    return f"{place(file)}{at}: {difference.message}"
