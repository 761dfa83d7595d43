"""Pages as other people would write them, published ones, traps, and usual notation."""

import pytest

from mathcheck.page.finding import CLAIMS
from tests.mathcheck.expected import cases
from tests.mathcheck.judged import KINDS, disagreeing, known, pages

PAGES = [path for kind in KINDS for path in pages(kind)]
TRIED = PAGES[::4]  # all take minutes: `make judged`


def named(path):
    """Name a page by its kind and its file."""
    return f"{path.parent.name}/{path.name}"


# A test a page, and not a formula: a page is then checked once, by one process
@pytest.mark.parametrize("path", TRIED, ids=named)
def test_each_formula_is_judged_as_expected_but_those_that_are_known(path):
    assert disagreeing(path) == known().get(named(path), [])


def test_what_is_open_stands_on_a_page():
    assert set(known()) <= set(map(named, PAGES))


def test_corpus_has_claims_of_every_kind_right_and_wrong():
    assert {
        (kind, case.status)
        for path in pages("corpus")
        for case in cases(path)
        for kind in case.kinds
        if kind in CLAIMS and case.status in ("holds", "refuted")
    } == {(kind, status) for kind in CLAIMS for status in ("holds", "refuted")}
