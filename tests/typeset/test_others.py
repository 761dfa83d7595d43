"""The tables of what is read of others' notes have the numbers of the run."""

import json
import re

from bench.others.__main__ import HERE, NOTES
from tests.markdown import DOCS, ROOT
from typeset.measurements import day_of
from typeset.timings import OTHERS, with_tables

RUN = json.loads((ROOT / OTHERS).read_text("utf-8"))


def rows(name):
    """Return the rows of a table, each as its cells."""
    _, _, *found = with_tables(f"<!-- bench: {name} -->", ROOT).splitlines()
    return [row.strip("| ").split(" | ") for row in found if row.startswith("|")]


def test_every_formula_of_a_note_is_counted_once():
    for note, row in zip(RUN["notes"], rows("others"), strict=True):
        displayed, *parts = map(int, row[1:])
        assert row[0].startswith(f"[{note['title']}](https://github.com/")
        assert displayed == note["displayed"] == sum(parts)
        assert parts == [
            note["defined"] + note["held"], len(note["refuted"]), len(note["refused"]),
        ]  # fmt: skip


def test_every_formula_that_is_not_read_has_its_reason():
    found = with_tables("<!-- bench: not read -->", ROOT).splitlines()
    assert len(found) == sum(len(note["refused"]) for note in RUN["notes"])
    assert all(re.fullmatch(r"- [\w ]+, [\w :]+: `[^`]+`", line) for line in found)


def test_page_says_of_the_run_what_it_found():
    page = (DOCS / "yours.md").read_text("utf-8")
    shown = with_tables(page, ROOT)
    total = sum(note["displayed"] for note in RUN["notes"])
    assert f"Of {total} displayed formulas" in shown
    assert day_of(RUN) in shown
    assert {note["alone"] for note in RUN["notes"]} == {0}  # as the page says
    [lecture] = [n for n in RUN["notes"] if n["title"].startswith("QuantEcon")]
    [mistake] = lecture["refuted"]
    line = mistake["place"].partition(":")[0]
    assert f"{lecture['commit']}/{lecture['path']}?plain=1#L{line}" in page
    [notes] = [n for n in RUN["notes"] if n["title"].startswith("Data 100")]
    assert f"{notes['commit']}/{notes['path']}" in page
    unread = {one["place"].rpartition(":")[0] for one in notes["refused"]}
    said = page[page.index("cell 6, a sum lacks") :].split("\n")[0]
    lines = set(re.findall(r"\b\d{3}\b", said)) - {"180"}  # in which it is right
    assert {f"cell 6:{line}" for line in lines} <= unread
    assert len(lines) == 3


def test_run_is_of_the_notes_and_side_files_that_are_here():
    named = [(n.repository, n.commit, n.path, n.side) for n in NOTES]
    kept = [(n["repository"], n["commit"], n["path"], n["side"]) for n in RUN["notes"]]
    assert kept == named
    assert {note.side for note in NOTES} == {file.name for file in HERE.glob("*.md")}
