"""Which state of the project a site or a book was made of: version, day and commit."""

import shutil
import subprocess
import tomllib
from calendar import month_name
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """The version, and the day and the commit where the project is a clone.

    The day is that of the commit, so that one commit gives one site, whenever it is
    built.
    """

    version: str
    day: str = ""  # as in 2026-11-27
    commit: str = ""

    @property
    def date(self) -> str:
        """Return the day as it is written in a sentence: 27 November 2026."""
        return in_words(self.day) if self.day else ""

    def __str__(self) -> str:
        """Return it as a reader reads it."""
        parts = [
            f"Version {self.version}",
            self.day,
            self.commit and f"commit {self.commit}",
        ]
        return ", ".join(filter(None, parts))


def in_words(day: str) -> str:
    """Return a day as it is written in a sentence.

    >>> in_words("2026-11-08")
    '8 November 2026'
    """
    found = date.fromisoformat(day)
    return f"{found.day} {month_name[found.month]} {found.year}"


@cache
def edition(project: Path) -> Edition:
    """Return the edition of the project in a folder."""
    about = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    day, commit, _ = last_commit(project)
    return Edition(about["version"], day, commit)


@cache
def last_commit(project: Path) -> tuple[str, str, str]:
    """Return the day of the last commit, its name, and its seconds since 1970.

    All are empty where the project is no clone.
    """
    git = shutil.which("git")
    if git is None:
        return "", "", ""
    # Of a length of its own, git would shorten the name by how much a clone holds
    log = [git, "log", "-1", "--abbrev=10", "--format=%cs %h %ct"]
    said = subprocess.run(log, cwd=project, capture_output=True, text=True, check=False)
    day, commit, seconds = said.stdout.split() or ("", "", "")
    return day, commit, seconds
