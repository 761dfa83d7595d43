"""Planted faults: a fault of each family is noticed; what passes has been reviewed.

`make drift` plants all of them. Here a few are planted, and its record is held to the
pages and to what was reviewed.
"""

from dataclasses import replace
from functools import cache

import pytest

from drift import formulas
from drift.families import FAMILIES, PLANTED
from drift.fault import Source, chosen
from drift.record import Family, read, stale, unreviewed, write
from drift.review import faults_of, reviewed
from drift.workplace import judged
from mathcheck.command.project import inherited_in, project_of
from mathcheck.page.check import check_file
from mathcheck.page.mutants import Tally
from tests.markdown import ROOT

GOAL = 0.995
ENOUGH = 150  # faults of a family
SAMPLE = {  # families whose faults are judged at once, and how many are tried here
    "numbers": 4, "outputs": 2, "includes": 2, "figures": 2, "labs": 2,
}  # fmt: skip
IDLE = ("tests/test_said.py",)  # a check that finds nothing in an output
PAGES = ["softmax.md", "gradient.md", "likelihood.md"]  # whose formulas are changed


@cache
def faults(family):
    return tuple(PLANTED[family](ROOT))


@pytest.mark.parametrize("family", PLANTED)
def test_a_fault_is_one_place_of_a_file_that_then_says_something_else(family):
    assert len(faults(family)) >= ENOUGH
    for fault in faults(family):
        text = (ROOT / fault.path).read_text("utf-8")
        assert fault.family == family
        assert fault.planted(text) != text
        assert fault.planted(text)[: fault.start] == text[: fault.start]
    names = [fault.name for fault in faults(family)]
    assert len(set(names)) > 0.98 * len(names)


@pytest.fixture(scope="module")
def found():
    """Judge a sample, and a fault of it once more by a check that finds nothing."""
    sample = [
        fault
        for family, count in SAMPLE.items()
        for fault in chosen(faults(family), count, lambda fault: fault.name)
    ]
    output = next(fault for fault in sample if fault.family == "outputs")
    return list(judged([*sample, replace(output, checks=IDLE)]))


def test_a_sample_of_all_that_is_judged_at_once_is_noticed(found):
    known = set().union(*(faults_of(family, reviewed()) for family in SAMPLE))
    passed = {one.name for one, noticed in found[:-1] if not noticed}
    assert len(found) == sum(SAMPLE.values()) + 1
    assert passed <= known


def test_a_check_that_finds_nothing_lets_a_fault_pass(found):
    idle, _ = found[-1]
    same = [noticed for fault, noticed in found if fault.name == idle.name]
    assert same == [True, False]


def test_a_check_that_cannot_be_made_is_an_error():
    [fault] = chosen(faults("numbers"), 1, lambda fault: fault.name)
    broken = replace(fault, checks=("tests/test_no_such_file.py",))
    with pytest.raises(RuntimeError, match="a check ended with 2"):
        list(judged([broken]))


@pytest.mark.parametrize("page", PAGES)
def test_a_changed_formula_that_passes_is_reviewed(page):
    project = project_of(ROOT)
    tally = Tally(formulas.one_of_each)
    file = ROOT / "docs" / page
    found, _ = check_file(
        file, page, inherited_in(project), witness=tally, site=project.site
    )
    source = Source("formulas", ROOT, f"docs/{page}")
    passed = {
        formulas.changed(source, t.offset, found.formulas[t.offset], t.slip).name
        for t in tally.tried
        if t.status is None and not t.tells
    }
    assert len(tally.tried) > 100
    assert passed <= faults_of("formulas", reviewed())


# --- the record -----------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_the_last_run_of_a_family_noticed_what_it_should(family):
    kept, groups = read()[family], reviewed()
    again = f"python -m drift {family}"
    assert kept.planted >= ENOUGH
    assert not unreviewed(family, kept, groups), f"to review, then {again} --recount"
    assert not stale(family, kept, groups), f"reviewed, but no survivor: {again}"
    assert kept.share >= GOAL
    recounted = replace(kept, parts={p: [*c] for p, c in kept.parts.items()})
    recounted.recount(family, groups)
    assert recounted == kept, f"{again} --recount"


def test_more_than_a_thousand_faults_are_planted():
    found = read()
    assert list(found) == [*FAMILIES]
    assert sum(found[name].planted for name in PLANTED) > 1000


@pytest.mark.parametrize("family", PLANTED)
def test_what_was_reviewed_is_still_planted(family):
    planted = {fault.name for fault in faults(family)}
    gone = faults_of(family, reviewed()) - planted
    assert not gone, f"python -m drift {family}"


def test_survivors_are_counted_by_what_was_reviewed(tmp_path):
    groups = [
        replace(reviewed()[0], family="one", true=True, faults=("a: sign: x",)),
        replace(reviewed()[0], family="one", true=False, faults=("b: sign: y", "c")),
    ]
    family = Family("One", "2026-01-01")
    for name, noticed in [("a: sign: x", False), ("b: sign: y", False), ("d", True)]:
        family.add(name, "sign", noticed=noticed)
    family.recount("one", groups)
    assert (family.planted, family.true, family.passed) == (3, 1, 1)
    assert family.parts == {"sign": [3, 1, 1]}
    assert family.share == 0.5
    assert not unreviewed("one", family, groups)
    assert stale("one", family, groups) == ["c"]
    assert unreviewed("one", family, groups[:1]) == ["b: sign: y"]
    write({"one": family}, tmp_path / "found.json")
    assert read(tmp_path / "found.json") == {"one": family}
