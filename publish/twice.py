"""Two clean builds of one commit, compared byte by byte: ``python -m publish.twice``.

Each is made of a clone of its own, for which nothing was kept, and in surroundings that
differ in all that a build could let into its pages: folder, seed of hashes, time zone,
language, and the time itself. What is installed is the same for both.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
INSTALLED = (".venv", "engine/node_modules", "typeset/node_modules")
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C"},
)
NEARBY = 60  # bytes that are shown of a difference


def main() -> int:
    """Build twice and compare; return 0 if there is no difference."""
    with TemporaryDirectory(prefix="twice") as folder:
        sites = [
            built(Path(folder) / f"build-{number}" / "project", surroundings)
            for number, surroundings in enumerate(SURROUNDINGS, start=1)
        ]
        count = len(files_of(sites[0]))
        found = list(differences(*sites))
    print(*found, f"{count} files, {len(found)} of which differ", sep="\n")
    return 1 if found or not count else 0


def built(clone: Path, surroundings: dict[str, str]) -> Path:
    """Build the site of the last commit in a clone; return its folder.

    CalledProcessError: it cannot be built.
    """
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    for name in INSTALLED:
        (clone / name).symlink_to(ROOT / name)
    path = os.pathsep.join([str(clone / ".venv" / "bin"), os.environ.get("PATH", "")])
    given = {"PATH": path, "PYTHONPATH": str(clone), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(
        [clone / ".venv" / "bin" / "mkdocs", "build", "--strict", "--quiet"],
        cwd=clone,
        env={**os.environ, **given, **surroundings},
        check=True,
    )
    return clone / "site"


def files_of(site: Path) -> dict[str, bytes]:
    """Return what a site consists of, by name."""
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield for each file that is not the same in two sites where it differs first."""
    first, second = files_of(one), files_of(other)
    for name in sorted(first.keys() | second.keys()):
        if name not in first or name not in second:
            yield f"{name}: only in {one if name in first else other}"
        elif first[name] != second[name]:
            a, b = first[name], second[name]
            pairs = enumerate(zip(a, b, strict=False))
            at = next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))
            around = slice(max(at - NEARBY // 2, 0), at + NEARBY // 2)
            yield f"{name}: byte {at}: {a[around]!r} and {b[around]!r}"


if __name__ == "__main__":
    sys.exit(main())
