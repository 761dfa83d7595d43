"""The table of how fast pages load has the numbers of the run that is kept."""

import json

from tests.markdown import DOCS, ROOT
from typeset.measurements import day_of
from typeset.speed import FLOOR, OURS, SHOWN, USUAL
from typeset.timings import SITE, with_tables

MARK = "<!-- bench: site -->"
RUN = json.loads((ROOT / SITE).read_text("utf-8"))


def test_every_measure_has_its_row_with_the_ratios_of_the_run():
    head, _, *rows = with_tables(MARK, ROOT).split("\n\n")[0].splitlines()
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
    said = with_tables(MARK, ROOT).split("\n\n")[1]
    for part in (day_of(RUN), RUN["browser"], f"{RUN['machine']['cores']} cores"):
        assert part in said
