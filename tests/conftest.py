"""What test modules share: the site, built once, strictly, and a browser to look."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser

from tests.markdown import ROOT
from typeset.browser import chromium, executable, served

# No deadline an example: on a busy machine a quick one may take its time
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A project page lies in a folder of its host; the site has to work in any
PREFIX = "/x/y/"


def mkdocs(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs as the Makefile does; its messages come back as one text."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        check=False,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="session")
def strict_build(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> tuple[Path, str]:
    """Build the site strictly; return its folder, and what was wrong or nothing.

    Of several processes that test side by side the first one builds it for all.
    """
    here = tmp_path_factory.getbasetemp()
    shared = here if worker_id == "master" else here.parent
    folder, wrong = shared / "site", shared / "wrong.txt"
    with FileLock(shared / "site.lock"):
        if not wrong.exists():
            built = mkdocs(
                "build",
                "--strict",
                "--site-dir",
                str(folder),
                SITE_URL=f"http://127.0.0.1{PREFIX}",
                EDIT_URI="https://example.org/edit/main/docs/",
            )
            failed = built.returncode != 0 or "WARNING" in built.stdout
            wrong.write_text(built.stdout if failed else "", "utf-8")
    return folder, wrong.read_text("utf-8")


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
    with served(site, PREFIX) as start:
        yield start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser; where there is none, skip, unless one was asked for."""
    if executable() is None and "REQUIRE_BROWSER" not in os.environ:
        pytest.skip("no browser here: install Chromium, or name one in CHROMIUM")
    with chromium() as started:
        yield started
