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
    check_paths,
    project_of,
    unbound,
)
from mathcheck.command.report import counted, line, summary
from mathcheck.page.check import Page as Checked
from mathcheck.page.finding import Finding
from typeset.border import Difference
from typeset.edition import edition
from typeset.site import place

SUMMARY = "<!-- mathcheck: summary -->"  # for the numbers of this very run
COUNT = "<!-- mathcheck: statements -->"  # on any page, for the first of them alone


def with_account(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
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
    markdown = markdown.replace(SUMMARY, with_thousands(said))
    return markdown, unbound(pages, project)


def with_thousands(text: str) -> str:
    """Keep a number of four digits on one line."""
    return re.sub(r"(?<=\d) (?=\d{3})", "\u202f", text)


def shown(finding: Finding, file: File) -> str:
    """Return a finding as a compiler would print it, from the project's root."""
    return line(finding).replace(finding.path, place(file), 1)


def located(difference: Difference, file: File) -> str:
    """Return where a page differs from what was read, as a compiler would print it."""
    at = f":{difference.line}:{difference.column}" if difference.line else ""
    return f"{place(file)}{at}: {difference.message}"
