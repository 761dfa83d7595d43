"""Two clean builds of one commit, compared byte by byte: ``python -m publish.twice``.

Each is made of a clone of its own, for which nothing was kept, and in surroundings that
differ in all that a build could let into its pages: folder, seed of hashes, time zone,
language, and the time itself. What is installed is the same for both.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from typeset.elsewhere import differences

ROOT = Path(__file__).parents[1]
INSTALLED = (".venv", "engine/node_modules", "typeset/node_modules")
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C"},
)


def main() -> int:
    """Build twice and compare; return 0 if there is no difference."""
    with TemporaryDirectory(prefix="twice") as folder:
        one, other = (
            files_of(built(Path(folder) / f"build-{number}" / "project", surroundings))
            for number, surroundings in enumerate(SURROUNDINGS, start=1)
        )
    found = list(differences(one, other))
    print(*found, f"{len(one)} files, {len(found)} of which differ", sep="\n")
    return 1 if found or not one else 0


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


if __name__ == "__main__":
    sys.exit(main())
