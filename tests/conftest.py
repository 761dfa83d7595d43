"""What test modules share: the site, built once, strictly, and a browser to look.

A test that uses them is marked by that, `build` or `browser`, and need not say it.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser

from mathcheck.command.project import collect_seldom
from tests import sites
from tests.markdown import ROOT
from typeset.browser import chromium, executable, served

# No deadline an example: on a busy machine a quick one may take its time
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A process holds ten thousand tests, through which Python need not look all the time
collect_seldom()

# Nor more threads in a process than one: there are enough processes
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Debian has the same engine without windows, which takes a sixth less for a page
if windowless := shutil.which("chromium-headless-shell"):
    os.environ.setdefault("CHROMIUM", windowless)

# Programs that run in processes of their own, and import what may not be there
collect_ignore_glob = ["shards/with_*.py"]

BuiltOnce = Callable[[str, Callable[[Path], str]], tuple[Path, str]]

# What a test needs says what it is: the fixtures behind the markers of pyproject.toml
MARKERS = {"browser": "browser", "built_once": "build", "small_site": "build"}


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, and those that need a built site.

    Those of the site come first: so one process builds it while the other tries what
    needs none, and neither waits.
    """
    items.sort(key=lambda item: "strict_build" not in getattr(item, "fixturenames", ()))
    for item in items:
        for fixture, marker in MARKERS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


def pytest_collection_finish() -> None:
    """Let Python no longer look through the tests: they stay until the end.

    At its end a process is looked through three times.
    """
    gc.freeze()


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> BuiltOnce:
    """Build a site once, in a folder of this name; return it and what was said.

    Of several processes that test side by side the first one builds it for all.
    """
    here = tmp_path_factory.getbasetemp()
    shared = here if worker_id == "master" else here.parent

    def once(name: str, build: Callable[[Path], str]) -> tuple[Path, str]:
        folder, said = shared / name, shared / f"{name}.txt"
        with FileLock(shared / f"{name}.lock"):
            if not said.exists():
                folder.mkdir()
                said.write_text(build(folder), "utf-8")
        return folder, said.read_text("utf-8")

    return once


@pytest.fixture
def small_site(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Return what builds a small site in a folder of the test's own."""

    def build(sources: Mapping[str, str], *options: str) -> tuple[int, str]:
        sites.lay_out(tmp_path, sources)
        return sites.build(tmp_path, *options)

    return build


@pytest.fixture(scope="session")
def strict_build(built_once: BuiltOnce) -> tuple[Path, str]:
    """Build the site strictly; return its folder, and what was wrong or nothing.

    A folder that BUILT_SITE names has one that is already built.
    """
    if ready := os.environ.get("BUILT_SITE"):
        return (ROOT / ready).resolve(strict=True), ""

    def build(folder: Path) -> str:
        built = sites.mkdocs(
            "build",
            "--strict",
            "--site-dir",
            str(folder),
            SITE_URL=sites.ADDRESS,
            EDIT_URI=sites.EDIT,
        )
        failed = built.returncode != 0 or "WARNING" in built.stdout
        return built.stdout if failed else ""

    return built_once("site", build)


@pytest.fixture(scope="session")
def site(strict_build: tuple[Path, str], request: pytest.FixtureRequest) -> Path:
    """Return the built site; one test says what is wrong if there is none."""
    folder, wrong = strict_build
    said = "test_the_strict_build_has_no_warning"
    if wrong and said in {item.name for item in request.session.items}:
        pytest.skip(f"the strict build failed; see {said}")
    if wrong:
        pytest.fail(f"the strict build failed:\n{wrong}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site, below a path; return the address of its start page."""
    with served(site, sites.PREFIX) as start:
        yield start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser; where there is none, skip, unless one was asked for."""
    if executable() is None and "REQUIRE_BROWSER" not in os.environ:
        pytest.skip("no browser here: install Chromium, or name one in CHROMIUM")
    with chromium() as started:
        yield started
