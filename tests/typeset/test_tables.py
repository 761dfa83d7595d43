"""What a finished table says of its parts, by what it holds."""

import re

import pytest

from typeset.tables import laid_out


def table(names, *rows):
    """Return a table as Markdown makes it."""
    head = "".join(f"<th>{name}</th>\n" for name in names)
    body = [
        "<tr>\n" + "".join(f"<td>{cell}</td>\n" for cell in row) + "</tr>\n"
        for row in rows
    ]
    return (
        f"<table>\n<thead>\n<tr>\n{head}</tr>\n</thead>\n"
        f"<tbody>\n{''.join(body)}</tbody>\n</table>"
    )


def test_first_cells_that_tell_the_rows_apart_are_their_headings():
    html = laid_out(table(["Task", "Classes"], ["a coin", "2"], ["a die", "6"]))
    assert html.count('<th scope="col">') == 2
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == ["a coin", "a die"]
    assert html.count("<td>") == 2


@pytest.mark.parametrize("second", ["a coin", ""])
def test_first_cells_that_do_not_are_cells(second):
    html = laid_out(table(["Task", "Classes"], ["a coin", "2"], [second, "6"]))
    assert 'scope="row"' not in html


def test_neither_a_formula_nor_its_code_heads_a_row():
    html = laid_out(table(["Math", "Code", "Shape"], ["p", "<code>p</code>", "(K,)"]))
    assert 'data-layout="dictionary"' in html
    assert 'scope="row"' not in html


def test_a_table_that_is_laid_out_otherwise_says_what_its_parts_are():
    html = laid_out(table(["Symbol", "Meaning", "Python"], ["z", "logits", "z"]))
    roles = re.findall(r'<(\w+)[^>]* role="(\w+)"', html)
    assert roles == [
        ("table", "table"),
        *[("thead", "rowgroup"), ("tr", "row"), *[("th", "columnheader")] * 3],
        *[("tbody", "rowgroup"), ("tr", "row"), ("th", "rowheader")],
        *[("td", "cell")] * 2,
    ]


def test_of_many_columns_one_can_be_chosen_beside_the_first_two():
    names = ["What", "Here", "A", "B & C", "D", "E"]
    html = laid_out(table(names, ["loss", "a", "b", "c", "d", ""]) * 2)
    groups = re.findall(r'name="(column-\d)" value="(\d)"( checked)?> (.*?)<', html)
    first = [("3", " checked", "A"), ("4", "", "B &amp; C"), ("5", "", "D")]
    first += [("6", "", "E")]
    assert groups == [
        (name, *one) for name in ("column-1", "column-2") for one in first
    ]
    assert '<td role="cell" data-column="B &amp; C">c</td>' in html


def test_code_that_each_row_is_about_has_a_line_of_its_own():
    rows = ["<code>a = b</code>", "a claim", "tried"], ["<code>a</code>", "x", "y"]
    assert 'data-layout="lines"' in laid_out(table(["Form", "What", "Done"], *rows))
    mixed = [*rows, ["words", "x", "y"]]
    assert "data-layout" not in laid_out(table(["Form", "What", "Done"], *mixed))


def test_what_is_no_table_of_markdown_is_left_as_it_is():
    html = '<table class="dataframe"><tr><td>1</td></tr></table>'
    assert laid_out(html) == html
