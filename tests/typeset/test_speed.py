"""The table of how fast pages load has the numbers of the run that is kept."""

import json

import pytest

from tests.markdown import DOCS, ROOT
from typeset.speed import (
    FLOOR,
    MARK,
    OURS,
    RECORD,
    SHOWN,
    USUAL,
    SpeedError,
    with_table,
)

RUN = json.loads((ROOT / RECORD).read_text("utf-8"))


def test_every_measure_has_its_row_with_the_ratios_of_the_run():
    head, _, *rows = with_table(MARK, ROOT).split("\n\n")[0].splitlines()
    assert "at build" in head
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    found = {(what, device): numbers for what, device, *numbers in cells}
    measured = [one for one in RUN["medians"] if one["what"] in SHOWN]
    assert len(found) == len(rows) == len(measured) + 1
    for one in measured:
        ratios = [f"{one[USUAL] / one[variant]:.1f} ×" for variant in (OURS, FLOOR)]
        assert found[SHOWN[one["what"]], one["device"]] == ratios


def test_a_page_shows_it_and_says_when_and_with_what():
    assert MARK in (DOCS / "decisions.md").read_text("utf-8")
    said = with_table(MARK, ROOT).split("\n\n")[1]
    for part in (RUN["date"], RUN["browser"], f"{RUN['machine']['cores']} cores"):
        assert part in said


def test_without_a_run_there_is_a_fault(tmp_path):
    assert with_table("no mark", tmp_path) == "no mark"
    with pytest.raises(SpeedError, match=r"no bench/site\.json"):
        with_table(MARK, tmp_path)
