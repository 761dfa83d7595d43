"""Files that are kept from one run to the next, and may be lost at any time."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

SUFFIX = ".kept"
PINS = "requirements.txt"


def digest(*parts: str | bytes) -> str:
    """Return a key for these contents together, in this order."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()[:32]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, whoever else writes it at the same time.

    One that was there keeps its permissions; what a link leads to is never touched.
    """
    unfinished = NamedTemporaryFile(  # noqa: SIM115  (it is closed, and then moved)
        dir=path.parent, prefix=f"{path.name}.", suffix=".part", delete=False
    )
    try:
        with unfinished:
            unfinished.write(content)
        if path.is_file() and not path.is_symlink():
            shutil.copymode(path, unfinished.name)
        Path(unfinished.name).replace(path)
    except BaseException:
        Path(unfinished.name).unlink(missing_ok=True)
        raise


class Store:
    """A folder of contents, each under a key that says all that it depends on.

    A file that is damaged counts as absent, and a folder that cannot be written is no
    error. Of more contents than `limit` those are dropped that were not used longest.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self.written = 0

    @cached_property
    def environment(self) -> str:
        """What every content depends on: this Python, NumPy, and the pins above."""
        above = [folder / PINS for folder in self.folder.absolute().parents]
        pins = next((file.read_bytes() for file in above if file.is_file()), b"")
        return digest(sys.version, np.__version__, pins)

    def key(self, name: str, *parts: str | bytes) -> str:
        """Return the key of something with a name that is made of these parts."""
        return f"{name}.{digest(self.environment, *parts)}"

    def path(self, key: str) -> Path:
        """Return the file of a key."""
        return self.folder / f"{key}{SUFFIX}"

    def __contains__(self, key: str) -> bool:
        """Say whether there is a file of a key, perhaps a damaged one."""
        return self.path(key).is_file()

    def read(self, key: str) -> bytes | None:
        """Return what is kept under a key; nothing if it is not there, or not whole."""
        path = self.path(key)
        try:
            check, _, content = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if check != digest(content).encode():
            return None
        with suppress(OSError):
            os.utime(path)  # it is in use
        return content

    def write(self, key: str, content: bytes) -> None:
        """Keep a content."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.path(key), digest(content).encode() + b"\n" + content)
            if self.written % max(1, self.limit // 10) == 0:
                self.prune()
            self.written += 1

    def prune(self) -> None:
        """Drop the contents beyond the limit."""
        kept = sorted(
            self.folder.glob(f"*{SUFFIX}"),
            key=lambda file: file.stat().st_mtime,
            reverse=True,
        )
        for file in kept[self.limit :]:
            file.unlink(missing_ok=True)
