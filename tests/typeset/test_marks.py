"""What the site shows of the check; on whole pages, tests/typeset/test_hook.py."""

import pytest

from mathcheck.page.check import check_file
from typeset.marks import in_html, in_words, tried, with_marks


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("1 point", "Checked: tried at 1 point"),
        ("8 points; K = 2, 3; all j", "Checked: tried at 8 points; K = 2, 3; all j"),
        (
            "as supposed in words; 9 points; K = 2",
            "Checked, as supposed in words: tried at 9 points; K = 2",
        ),
    ],
)
def test_tick_says_where_it_was_tried(detail, words):
    assert tried(detail) == words


def test_marks_follow_the_order_of_equal_formulas(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("$x \\in \\mathbb{R}$ $x = x$\n\n# B\n\n$x = x$\n", "utf-8")
    checked, _ = check_file(page, "page.md")
    formula = '<span class="arithmatex">\\(x = x\\)</span>'
    html, placed = with_marks(formula + formula, checked)
    first, second = html.split("\\(x = x\\)</span>")[1:]
    assert 'class="holds"' in first
    assert "undefined" not in first
    assert len(placed) == 2
    assert 'class="holds"' in second


def test_messages_are_shown_without_latex():
    assert in_words(r"at \ell=1, \hat y=(-1, 2)") == "at ℓ=1, y\u0302=(−1, 2)"


def test_words_of_a_card_hold_those_formulas_alone_that_are_marked():
    shown = in_html(r"From \$1 = 2\$, `\$x = y\$` or $z$")
    span = '<span class="arithmatex">\\(z\\)</span>'
    assert shown == f"From $1 = 2$, <code>$x = y$</code> or {span}"


def test_formula_that_was_not_read_says_so_where_it_stands(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Text.", "utf-8")
    html, placed = with_marks(
        '<span class="arithmatex">\\(1 = 2\\)</span>', check_file(page, "page.md")[0]
    )
    assert html.endswith('<div class="formula-fault">this was not read</div>')
    assert not placed
