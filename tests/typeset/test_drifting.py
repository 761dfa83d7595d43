"""The table of planted faults, where a page asks for it."""

import pytest

from mathcheck.command.report import thousands
from tests.markdown import DOCS, ROOT
from typeset.drifting import (
    MARK,
    RECORD,
    SNIPPETS,
    DriftError,
    kept,
    of_modules,
    table,
    with_table,
)

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


@pytest.mark.parametrize(
    ("day", "shown"), [({}, ""), ({"day": "2026-01-01"}, ", 2026-01-01")]
)
def test_the_modules_of_the_snippets_are_one_row(day, shown):
    module = {"mutants": 600, "killed": 597, "equivalent": ["a"], "survivors": ["b"]}
    other = {"mutants": 600, "killed": 600, "equivalent": [], "survivors": []}
    family = of_modules({"one": module, **day, "two": other})
    [row] = table({"snippets": family}).splitlines()[2:]
    assert row.startswith("| **Code of the snippets")
    assert row.endswith(f"**{shown} | {thousands(1200)} | 1 | 99.9 %, all but 1 |")


def test_the_page_shows_the_record_of_the_last_runs():
    text = with_table((DOCS / "checked.md").read_text("utf-8"), ROOT)
    found = kept(ROOT, RECORD, "drift")
    for family in found.values():
        planted = thousands(family["planted"])
        assert f"| **{family['title']}**, {family['day']} | {planted} |" in text
    snippets = of_modules(kept(ROOT, SNIPPETS, "mutants"))
    assert f"| {thousands(snippets['planted'])} | {snippets['true']} |" in text


def test_without_a_record_there_is_nothing_to_show(tmp_path):
    assert with_table("Words.", tmp_path) == "Words."
    with pytest.raises(DriftError, match=r"no drift/found\.json, which `make drift`"):
        with_table(f"{MARK}\n", tmp_path)
    (tmp_path / RECORD).parent.mkdir()
    (tmp_path / RECORD).write_text("{}")
    with pytest.raises(DriftError, match=r"no drift/snippets\.json, which `make mut"):
        with_table(f"{MARK}\n", tmp_path)
