"""Release what CHANGELOG.md has as unreleased: ``python -m publish.release 1.1.0``.

The version stands in pyproject.toml, from which pages have it. CHANGELOG.md gets a
section and CITATION.cff the version and the day; then all three are committed, and the
commit is tagged. Nothing leaves this machine.
"""

import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from typeset.changes import NAME, UNRELEASED, sections

ROOT = Path(__file__).parents[1]
FORM = re.compile(r"(\d+)\.(\d+)\.(\d+)")
SETTINGS, CITATION = "pyproject.toml", "CITATION.cff"
USAGE = "name the version: make release VERSION=1.1.0"


class ReleaseError(Exception):
    """It cannot be released so."""


def main(arguments: list[str]) -> int:
    """Release a version; return 0, or 1 and say why not."""
    try:
        if len(arguments) != 1:
            raise ReleaseError(USAGE)
        release(ROOT, arguments[0], datetime.now(UTC).date().isoformat())
    except ReleaseError as error:
        print(f"not released: {error}", file=sys.stderr)
        return 1
    print("Publish it: git push --follow-tags")
    return 0


def release(project: Path, version: str, day: str) -> None:
    """Write, commit and tag a version of a project.

    ReleaseError: the version does not follow the last one, nothing has changed since,
    or files differ from the last commit.
    """

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=project, check=True, stdout=subprocess.PIPE
        )
        return done.stdout.decode()

    if changed := git("status", "--porcelain"):
        raise ReleaseError(f"files differ from the last commit:\n{changed}")
    written = {
        name: (project / name).read_text("utf-8") for name in (SETTINGS, NAME, CITATION)
    }
    last = tomllib.loads(written[SETTINGS])["project"]["version"]
    if parts(version) <= parts(last):
        raise ReleaseError(f"{version} does not follow {last}")
    written[SETTINGS] = replaced(
        rf'^version = "{last}"', f'version = "{version}"', written[SETTINGS]
    )
    written[NAME] = with_section(written[NAME], f"{version}, {day}")
    for field, value in (("version", version), ("date-released", day)):
        written[CITATION] = replaced(
            rf"^{field}: .*$", f"{field}: {value}", written[CITATION]
        )
    for name, text in written.items():
        (project / name).write_text(text, "utf-8")
    git("commit", "--quiet", "--all", f"--message=Release {version}")
    git("tag", "--annotate", f"v{version}", f"--message=Version {version}")


def parts(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, by which versions follow one another.

    ReleaseError: it is none.

    >>> parts("1.10.0") > parts("1.9.2")
    True
    """
    found = FORM.fullmatch(version)
    if found is None:
        raise ReleaseError(f"{version!r} is no version; {USAGE}")
    return tuple(map(int, found.groups()))


def replaced(pattern: str, words: str, text: str) -> str:
    """Return a text in which the one place that fits says something else.

    ReleaseError: there is not one.
    """
    text, count = re.subn(pattern, words, text, flags=re.MULTILINE)
    if count != 1:
        raise ReleaseError(f"{count} lines fit {pattern!r}, not one")
    return text


def with_section(changelog: str, title: str) -> str:
    """Return a list of changes whose unreleased ones are those of a release.

    ReleaseError: there are none.
    """
    if not sections(changelog).get(UNRELEASED, "").strip():
        raise ReleaseError(f"{NAME} has nothing unreleased")
    unreleased = f"## {UNRELEASED}\n"
    return changelog.replace(unreleased, f"{unreleased}\n## {title}\n", 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
