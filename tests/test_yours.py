"""The worked example of docs/yours.md prints what the page shows."""

import re

import pytest

from mathcheck.command.main import main
from mathcheck.source.blocks import without_remarks
from tests.markdown import DOCS

PAGE = (DOCS / "yours.md").read_text("utf-8")
NAMES = ("notes.md", "symbols.md")
TEXTS = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES = dict(zip(NAMES, TEXTS, strict=True))
SHOWN = PAGE.replace("\n    ", " ")  # where a line of the output goes on in the next
RUNS = re.findall(r"^```console\n\$ mathcheck (.+?)\n(.*?)^```$", SHOWN, re.M | re.S)
MENDED = ("+ z_y", "- z_y")


def test_page_has_the_whole_example():
    assert "`notes.md`:\n\n```markdown" in PAGE
    assert [arguments.split()[0] for arguments, _ in RUNS] == [
        "notes.md", "--draft", "--given", "--given",
    ]  # fmt: skip
    assert f"with `{MENDED[1]}` the note holds" in PAGE
    assert FILES["notes.md"].count(MENDED[0]) == 1


@pytest.mark.parametrize("number", range(len(RUNS)))
def test_example_prints_what_the_page_shows(number, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        if number == len(RUNS) - 1:
            text = text.replace(*MENDED)
        (tmp_path / name).write_text(text, "utf-8")
    arguments, shown = RUNS[number]
    code = main(arguments.split())
    assert capsys.readouterr().out == shown
    assert code == (number in (0, 2))


def test_draft_is_refused_line_by_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").write_text(FILES["notes.md"], "utf-8")
    draft = RUNS[1][1]
    (tmp_path / "symbols.md").write_text(draft, "utf-8")
    assert main(["--given", "symbols.md", "notes.md"]) == 1
    said = capsys.readouterr().out
    for row in draft[draft.index("- $") :].splitlines():
        line = draft.splitlines().index(row) + 1
        assert (
            f"symbols.md:{line}:{row.index('?') + 1}: refused: this set is left" in said
        )


def test_comments_for_the_checker_are_shown_and_not_taken_out():
    shown = re.findall("`<!-- math: (.*?) -->`", without_remarks(PAGE))
    assert shown == ["refuted", "unchecked: REASON"]
