"""The tables of what builds take have the numbers of the run that is kept."""

import json

from bench.builds import COLD
from tests.markdown import DOCS, ROOT
from typeset.measurements import day_of
from typeset.timings import BUILDS, with_tables

RUN = json.loads((ROOT / BUILDS).read_text("utf-8"))


def cells(mark):
    _, _, *rows = with_tables(mark, ROOT).splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_every_build_has_its_row_with_the_ratios_of_the_run():
    found = {name: numbers for name, *numbers in cells("<!-- bench: builds -->")}
    assert found.pop(COLD.capitalize()) == ["1.00", "1.00"]
    assert len(found) == len(RUN["builds"]) - 1 >= 5
    for name, told in RUN["builds"].items():
        if name != COLD:
            ratios = [f"{told['ratio'][of]:.2f}" for of in ("wall", "cpu")]
            assert found[name.capitalize()] == ratios


def test_sites_that_grow_have_theirs_in_the_order_of_the_run():
    found = cells("<!-- bench: growth -->")
    assert [name for name, *_ in found] == [one.capitalize() for one in RUN["growth"]]
    for (_, *numbers), told in zip(found, RUN["growth"].values(), strict=True):
        assert numbers == [f"{told['ratio'][of]:.1f}" for of in ("wall", "cpu")]


def test_a_page_shows_them_and_says_when_and_with_what():
    page = (DOCS / "decisions.md").read_text("utf-8")
    for mark in ("builds", "growth", "builds machine"):
        assert f"<!-- bench: {mark} -->" in page
    said = with_tables("<!-- bench: builds machine -->", ROOT)
    for part in (day_of(RUN), f"{RUN['turns']} turns", f"{RUN['machine']['cores']}"):
        assert part in said
