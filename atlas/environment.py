"""An environment of its own for a library: pinned packages in a temporary folder."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path


class NotHadError(Exception):
    """A library cannot be had here; the words say why."""


@contextlib.contextmanager
def environment(pins: Sequence[str], version: str | None = None) -> Iterator[Path]:
    """Install packages; yield the Python that has them, which is gone afterwards.

    Of a version of Python other than this one only the newest libraries have need.
    """
    with tempfile.TemporaryDirectory(prefix="atlas") as folder:
        if version is None:
            venv.create(folder, with_pip=True)
        else:
            ran([interpreter(version), "-m", "venv", folder])
        python = str(Path(folder) / "bin" / "python")
        ran(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *pins]
        )
        yield Path(python)


def interpreter(version: str) -> str:
    """Return a Python of this version that runs."""
    found = shutil.which(f"python{version}")
    if found is None or subprocess.run([found, "-V"], capture_output=True).returncode:
        raise NotHadError(f"there is no Python {version} here")
    return found


def ran(command: Sequence[str]) -> None:
    """Run a command; if it fails say with which last words."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise NotHadError(words[-1] if words else f"{command[0]} failed")
