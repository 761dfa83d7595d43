"""Every statement of the site is an item: `docs/gradient.md:55`."""

import os
import pickle
from collections import Counter

import pytest
from filelock import FileLock

from mathcheck.command.project import check_paths, project_of, unbound
from mathcheck.command.report import line
from mathcheck.page.finding import BAD, Finding
from tests.markdown import ROOT


def findings() -> list[Finding]:
    """Check all pages, labs and docstrings, once; CI from nothing, whatever is kept."""
    here = os.getcwd()
    os.chdir(ROOT)  # so that paths are shown as a reader of the repository knows them
    try:
        paths = [path.relative_to(ROOT) for path in project_of(ROOT).paths]
        pages = check_paths(paths, fresh="CI" in os.environ)
        found = [finding for page in pages for finding in page.findings]
        return found + unbound(pages, project_of(ROOT))
    finally:
        os.chdir(here)


def found_once() -> list[Finding]:
    """Check all of them in one process; the others of a run wait for it.

    They need the items before any is tried, and so have no folder of the run.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if not run:
        return findings()
    kept = ROOT / ".cache" / "statements.pickle"
    kept.parent.mkdir(exist_ok=True)
    with FileLock(f"{kept}.lock"):
        if kept.is_file():
            of_run, found = pickle.loads(kept.read_bytes())
            if of_run == run:
                return list(found)
        found = findings()
        kept.write_bytes(pickle.dumps((run, found)))
    return found


FOUND = found_once()
ON_LINE = Counter(f"{finding.path}:{finding.line}" for finding in FOUND)


def name(finding: Finding) -> str:
    """Return file:line, with the column if the line says more than one thing."""
    place = f"{finding.path}:{finding.line}"
    return place if ON_LINE[place] == 1 else f"{place}:{finding.column}"


@pytest.mark.parametrize("finding", FOUND, ids=name)
def test_statement(finding):
    assert finding.status not in BAD, line(finding)


def test_every_kind_of_statement_is_found():
    kinds = {finding.kind for finding in FOUND}
    wanted = (
        "declaration definition claim approximation inequality mention binding number"
    )
    assert kinds == set(wanted.split())


def test_unchecked_statements_are_few_and_have_reasons():
    claims = [f for f in FOUND if f.kind in ("claim", "approximation", "inequality")]
    unchecked = [f for f in claims if f.status == "unchecked"]
    assert all(f.detail for f in unchecked)
    assert len(unchecked) <= 0.03 * len(claims)
