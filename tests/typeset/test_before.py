"""Pages, copied as any builder can render them."""

import pytest

from typeset.before import main

PAGE = """\
# A

- A false one:

    <!-- math: refuted -->
    $$
    1 = 2
    $$

The logit.
"""
GLOSSARY = "# Glossary\n\nLogit\n:   A number.\n"


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "docs"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.md").write_text(PAGE, "utf-8")
    (folder / "glossary.md").write_text(GLOSSARY, "utf-8")
    (folder / "picture.svg").write_bytes(b"<svg/>")
    return folder


def test_a_copy_has_terms_and_no_comments_for_the_checker(pages, tmp_path):
    assert main([str(pages), str(tmp_path / "copy")]) == 0
    copied = (tmp_path / "copy" / "deep" / "a.md").read_text("utf-8")
    assert "refuted" not in copied
    assert "    $$\n    1 = 2\n    $$\n" in copied
    assert "\n*[logit]: A number.\n" in copied
    assert (tmp_path / "copy" / "glossary.md").read_text("utf-8") == GLOSSARY
    assert (tmp_path / "copy" / "picture.svg").read_bytes() == b"<svg/>"
    assert (pages / "deep" / "a.md").read_text("utf-8") == PAGE, "the source is kept"


@pytest.mark.parametrize("asked", ["atlas: nothing", "bench: nothing", "gpu: nothing"])
def test_what_a_page_asks_for_in_vain_is_said_with_the_page(
    pages, tmp_path, capsys, asked
):
    (pages / "b.md").write_text(f"<!-- {asked} -->\n", "utf-8")
    assert main([str(pages), str(tmp_path / "copy")]) == 1
    assert capsys.readouterr().err.startswith(f"{pages / 'b.md'}: ")


def test_a_folder_that_is_there_is_not_written_into(pages, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([str(pages), str(pages)])
    assert f"there is something already: {pages}" in capsys.readouterr().err


def test_of_a_lab_there_are_its_title_and_its_place(tmp_path, capsys):
    pages, copy = tmp_path / "docs", tmp_path / "copy"
    (pages / "labs").mkdir(parents=True)
    (pages / "labs" / "one.py").write_text("# %% [markdown]\n# # A “lab”\n", "utf-8")
    assert main([str(pages), str(copy)]) == 0
    assert [path.name for path in (copy / "labs").iterdir()] == ["one.md"]
    written = (copy / "labs" / "one.md").read_text("utf-8")
    assert written == '---\ntitle: "A “lab”"\n---\n\n<!-- lab -->\n'
    (pages / "labs" / "two.py").write_text("print(1)\n", "utf-8")
    assert main([str(pages), str(tmp_path / "again")]) == 1
    assert f"{pages / 'labs' / 'two.py'}: no title" in capsys.readouterr().err
