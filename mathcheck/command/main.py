"""The command: `mathcheck [PATH ...]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mathcheck.command.project import (
    FixError,
    SettingsError,
    check_paths,
    collect_seldom,
    mend,
    project_of,
    unbound,
)
from mathcheck.command.report import FORMATS, failed
from mathcheck.page.check import Page


def main(arguments: list[str] | None = None) -> int:
    """Check files; return 0 if all is well, 1 if not, 2 for a wrong call."""
    parser = argparse.ArgumentParser(
        prog="mathcheck", description="Evaluate the mathematics on pages."
    )
    files = "Markdown files, notebooks in percent format, folders"
    parser.add_argument("paths", nargs="*", metavar="PATH", type=Path, help=files)
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
        for path in paths:
            if not path.exists():
                print(f"mathcheck: no such file: {path}", file=sys.stderr)
                return 2
        pages = check_paths(paths)
        if given.fix and sum([mended(page) for page in pages]):
            pages = check_paths(paths)
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
