"""The table of planted faults, where a page asks for it."""

import json

import pytest

from mathcheck.command.report import thousands
from tests.markdown import DOCS, ROOT
from typeset.drifting import MARK, DriftError, table, with_table

FAMILY = {
    "title": "One", "day": "2026-01-01", "planted": 5, "true": 1,
    "survivors": ["a", "b"], "parts": {"sign": [2, 1, 1], "none": [1, 1, 0]},
}  # fmt: skip


def test_each_family_is_a_row_with_its_parts_below_it():
    assert table({"one": FAMILY}).splitlines()[2:] == [
        "| **One**, 2026-01-01 | 5 | 1 | 75.0 %, all but 1 |",
        "| – sign | 2 | 1 | 0.0 %, all but 1 |",
        "| – none | 1 | 1 | – |",
    ]


def test_the_page_shows_the_record_of_the_last_runs():
    text = with_table((DOCS / "checked.md").read_text("utf-8"), ROOT)
    found = json.loads((ROOT / "drift" / "found.json").read_text("utf-8"))
    for family in found.values():
        planted = thousands(family["planted"])
        assert f"| **{family['title']}**, {family['day']} | {planted} |" in text


def test_without_a_record_there_is_nothing_to_show(tmp_path):
    assert with_table("Words.", tmp_path) == "Words."
    with pytest.raises(DriftError, match=r"no drift/found\.json, which `make drift`"):
        with_table(f"{MARK}\n", tmp_path)
