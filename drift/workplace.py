"""A copy of the project in which faults are planted, and what notices them there.

Each process has a copy of its own. A fault is judged in a child of that process, so
that whatever it imports or keeps is gone with it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from drift.building import site
from drift.fault import EVERYWHERE, LINKS, NUMBERS, PAGE, Fault
from mathcheck.command.project import (
    cache_of,
    check_page,
    check_paths,
    code_of,
    files_in,
    project_of,
)
from mathcheck.page.finding import BAD
from mathcheck.page.numbers import numbers
from mathcheck.source.reading import read_file

WHOLE = (PAGE, EVERYWHERE, LINKS)  # for which pages are checked from top to bottom
ROOT = Path(__file__).parents[1]
PROCESSES = 2
LEFT_OUT = (".git", ".venv", "node_modules", "site", "__pycache__", "bench", "findings")
# What tests import that is not ours; a child has it already
NEEDED = "numpy pytest hypothesis bs4 filelock playwright.sync_api matplotlib.pyplot"


def copy_of(root: Path, folder: Path, *, known: bool) -> Path:
    """Return a copy of the project, perhaps with what is known from earlier runs."""
    copy = folder / "project"
    left_out = shutil.ignore_patterns(*LEFT_OUT, *([] if known else [".cache"]))
    shutil.copytree(root, copy, ignore=left_out, symlinks=True)
    for modules in ("typeset", "tests"):
        if (root / modules / "node_modules").is_dir():
            (copy / modules / "node_modules").symlink_to(
                root / modules / "node_modules"
            )
    return copy


def judged(faults: Iterable[Fault], root: Path = ROOT) -> Iterator[tuple[Fault, bool]]:
    """Yield each fault, and whether it was noticed.

    ValueError: a check fails without any fault, so that it notices nothing.
    """
    faults = list(faults)
    known = any(check in WHOLE for fault in faults for check in fault.checks)
    if known:  # what the checker finds on the pages as they are
        check_paths(list(project_of(root).paths))
    with (
        tempfile.TemporaryDirectory(prefix="drift") as folder,
        ProcessPoolExecutor(
            PROCESSES,
            mp_context=get_context("spawn"),
            initializer=begin,
            initargs=(root, Path(folder), known),
        ) as pool,
    ):
        sound = sorted({(fault.checks, fault.path) for fault in faults})
        for (checks, path), wrong in zip(
            sound, pool.map(fails, *zip(*sound, strict=True)), strict=True
        ):
            if wrong:
                tests = [check for check in checks if check not in OWN]
                own = "mkdocs build --strict" if LINKS in checks else "mathcheck"
                command = f"pytest {' '.join(tests)}" if tests else own
                raise ValueError(
                    f"{path}: {checks} fails without a fault; "
                    f"repair first what .venv/bin/{command} says"
                )
        yield from zip(faults, pool.map(noticed, faults, chunksize=4), strict=True)


def begin(root: Path, folder: Path, known: bool) -> None:
    """Make a process ready: in its copy, with what checks need in memory."""
    copy = copy_of(root, Path(tempfile.mkdtemp(dir=folder)), known=known)
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    for module in NEEDED.split():
        __import__(module)
    if known:
        cache_of(project_of(copy)).remember()


def noticed(fault: Fault) -> bool:
    """Say whether a fault is noticed once it stands in this process's copy."""
    path = Path(fault.path)
    before = path.read_bytes()
    try:
        path.write_text(fault.planted(before.decode()), "utf-8")
        return fails(fault.checks, fault.path)
    finally:
        path.write_bytes(before)


def fails(checks: tuple[str, ...], path: str) -> bool:
    """Say whether one of these checks fails on the project as it stands."""
    tests = [check for check in checks if check not in OWN]
    if LINKS in checks:
        site()  # which the child then has
    own = [OWN[check] for check in checks if check in OWN]
    return any(in_child(partial(check, Path(path))) for check in own) or (
        bool(tests) and in_child(lambda: tests_fail(tests))
    )


def in_child(check: Callable[[], bool]) -> bool:
    """Return what a check finds in a child of this process.

    RuntimeError: the check itself failed.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 2
        try:
            status = int(check())
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, 1):
        raise RuntimeError(f"a check ended with {status}")
    return bool(status)


def page_is_faulty(path: Path) -> bool:
    """Say whether the checker finds something wrong on a page."""
    page = check_page(path.resolve().relative_to(Path.cwd()), fresh=True)
    return any(finding.status in BAD for finding in page.findings)


def a_page_is_faulty(path: Path) -> bool:
    """Say whether the checker finds something wrong on a page, or on any other."""
    others = [file for file in files_in(Path("docs")) if file != path]
    return any(page_is_faulty(page) for page in [path, *others])


def a_number_is_faulty(path: Path) -> bool:
    """Say whether the checker finds a wrong number in the prose of a page."""
    project = project_of(Path.cwd())
    text = read_file(path, project.site)
    return any(n.status in BAD for n in numbers(text, code_of(project)))


def tests_fail(tests: list[str]) -> bool:
    """Say whether a test fails; all of them are to be there.

    RuntimeError: one is not.
    """
    import pytest

    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        options = "--quiet --exitfirst --assert=plain -p no:cacheprovider -p no:xdist"
        code = pytest.main([*options.split(), *tests])
    if code not in (0, 1, 2):
        raise RuntimeError(f"pytest ended with {code}")
    return code != 0


def links_are_broken(path: Path) -> bool:
    """Say whether the strict build warns of a page, or of a link to it."""
    return site().warns_of(path)


OWN: dict[str, Callable[[Path], bool]] = {
    PAGE: page_is_faulty,
    NUMBERS: a_number_is_faulty,
    EVERYWHERE: a_page_is_faulty,
    LINKS: links_are_broken,
}
