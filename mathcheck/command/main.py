"""The command: `mathcheck [PATH ...]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mathcheck.command.draft import draft
from mathcheck.command.project import (
    FixError,
    SettingsError,
    check_paths,
    collect_seldom,
    files_in,
    mend,
    project_of,
    unbound,
    undeclared_on,
)
from mathcheck.command.report import FORMATS, failed
from mathcheck.page.check import Page


def main(arguments: list[str] | None = None) -> int:
    """Check files; return 0 if all is well, 1 if not, 2 for a wrong call."""
    parser = argparse.ArgumentParser(
        prog="mathcheck", description="Evaluate the mathematics on pages."
    )
    files = "Markdown, MyST or Quarto files, notebooks, Python modules, folders"
    parser.add_argument("paths", nargs="*", metavar="PATH", type=Path, help=files)
    side = "a page whose declarations hold on each PATH"
    parser.add_argument(
        "--given", metavar="SIDE", type=Path, action="append", default=[], help=side
    )
    lines = "write a side file for what is undeclared, to be completed by hand"
    parser.add_argument("--draft", action="store_true", help=lines)
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--fix", action="store_true", help="rewrite wrong digits")
    given = parser.parse_args(arguments)
    collect_seldom()
    here = Path.cwd()
    try:
        project = project_of(here)
        paths = given.paths or [
            path.relative_to(here) if path.is_relative_to(here) else path
            for path in project.paths
        ]
        if not paths:
            parser.error("no PATH is given, and pyproject.toml names none")
        for path in (*given.given, *paths):
            if not path.exists():
                print(f"mathcheck: no such file: {path}", file=sys.stderr)
                return 2
        if given.draft:
            print(draft(undeclared_on(paths, given.given)))
            return 0
        pages = check_paths(paths, given=given.given)
        own = {str(file) for path in paths for file in files_in(path)}
        if given.fix and sum([mended(page) for page in pages if page.path in own]):
            pages = check_paths(paths, given=given.given)
    except (UnicodeDecodeError, SyntaxError, OSError, SettingsError) as error:
        print(f"mathcheck: cannot read a file: {error}", file=sys.stderr)
        return 2
    findings = [finding for page in pages for finding in page.findings]
    if not given.paths:  # the whole project: no function may be left out
        findings += unbound(pages, project)
    print(FORMATS[given.format](pages, findings))
    return 1 if failed(findings) else 0


def mended(page: Page) -> int:
    """Rewrite the wrong digits of a page; say so if that cannot be."""
    try:
        return mend(page)
    except FixError as error:
        print(f"mathcheck: not rewritten: {error}", file=sys.stderr)
        return 0
