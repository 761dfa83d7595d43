"""What the site shows of the check: ticks, counter-examples, faults, the foot line."""

import re

import pytest

from mathcheck.page.check import check_file
from tests.conftest import mkdocs
from tests.markdown import ROOT
from typeset.marks import in_html, in_words, tried, with_marks

CONFIG = f"""\
site_name: faults
theme: {{name: material, font: false}}
hooks: [{ROOT / "typeset" / "hook.py"}]
markdown_extensions:
  - attr_list
  - admonition
  - tables
  - pymdownx.arithmatex: {{generic: true}}
"""


@pytest.fixture
def build(tmp_path):
    """Build a small site; return MkDocs' exit code, messages, and the first page."""

    def build(text, *options):
        (tmp_path / "requirements.txt").touch()
        (tmp_path / "mkdocs.yml").write_text(CONFIG)
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "index.md").write_text(text, "utf-8")
        (tmp_path / "docs" / "checked.md").write_text("# How\n", "utf-8")
        built = mkdocs("build", *options, "-f", str(tmp_path / "mkdocs.yml"))
        page = tmp_path / "site" / "index.html"
        html = page.read_text("utf-8") if page.exists() else ""
        return built.returncode, built.stdout, html

    return build


def test_right_formula_gets_a_tick_that_says_where_it_was_tried(build):
    code, said, html = build(
        "# A\n\n$x \\in \\mathbb{R}$\n\n$$\nx + x = 2 x\n$$\n", "--strict"
    )
    assert code == 0, said
    assert html.count('class="holds"') == 1
    assert 'title="Checked: tried at 16 points"' in html
    assert '1 statement: <a href="checked/">checked</a> when this page' in html


def test_wrong_formula_fails_the_strict_build_with_its_place(build):
    text = "# A\n\n$x \\in \\mathbb{R}$\n\n$$\nx + x = 3 x\n$$\n"
    code, said, _ = build(text, "--strict")
    assert code == 1
    assert "docs/index.md:6:1: refuted: left " in said


def test_quiet_strict_build_fails_too(build):
    code, said, _ = build("# A\n\n$1 = 2$\n", "--strict", "-q")
    assert code == 1, said


def test_formula_that_cannot_be_checked_says_why(build):
    mark = "<!-- math: unchecked: no complex numbers -->"
    text = f"# A\n\n$x \\in \\mathbb{{R}}$\n\n{mark}\n$$\nx = x \\heartsuit\n$$\n"
    code, said, html = build(text, "--strict")
    assert code == 0, said
    assert 'class="holds"' not in html
    assert html.count('class="unchecked"') == 1
    assert 'title="Not checked: no complex numbers"></button></div>' in html


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


def test_wrong_formula_says_so_in_the_served_page(build):
    text = "# A\n\n$x \\in \\mathbb{R}$ and $x = 3 x$, or 0.1234.\n"
    code, said, html = build(text)
    assert code == 0, said
    assert 'class="formula-fault">line 3: refuted: left' in html
    assert "0.1234 has no source" in html
    assert 'class="holds"' not in html


def test_formula_shown_as_false_carries_the_counter_example(build):
    text = "# A\n\n$x \\in \\mathbb{R}$\n\n<!-- math: refuted -->\n$$\nx = 3 x\n$$\n"
    code, said, html = build(text, "--strict")
    assert code == 0, said
    fold = html.partition('<details class="refuted">')[2].partition("</details>")[0]
    lines = re.findall("<li>(.*?)</li>", fold)
    names = [re.split(r"[ =]", line)[0] for line in lines]
    assert names == ["x", "left", "right", "difference"]
    value, left, right, difference = (
        float(re.split(r"[ =]+", line)[1].replace("−", "-")) for line in lines
    )
    assert left == pytest.approx(value, abs=1e-3)
    assert right == pytest.approx(3 * value, abs=2e-3)
    assert difference == pytest.approx(left - right, abs=2e-4)


def test_formula_in_a_sentence_shown_as_false_is_followed_by_the_counter_example(build):
    text = "# A\n\n$x \\in \\mathbb{R}$\n\n<!-- math: refuted -->\nWrong: $x = 3 x$.\n"
    code, said, html = build(text, "--strict")
    assert code == 0, said
    assert '<span class="refuted">Refuted by this run: left ' in html
    assert "<details" not in html


def test_marks_follow_the_order_of_equal_formulas(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("$x \\in \\mathbb{R}$ $x = x$\n\n# B\n\n$x = x$\n", "utf-8")
    checked = check_file(page, "page.md")
    formula = '<span class="arithmatex">\\(x = x\\)</span>'
    html, placed = with_marks(formula + formula, checked)
    first, second = html.split("\\(x = x\\)</span>")[1:]
    assert 'class="holds"' in first
    assert "undefined" not in first
    assert len(placed) == 2
    assert 'class="holds"' in second


def test_symbols_are_numbered_and_their_cards_hold_what_is_said_of_them(build):
    text = "# A\n\nA rate is $r \\in \\mathbb{R}$.\n\n$$\nr + r = 2 r\n$$\n"
    code, said, html = build(text, "--strict")
    assert code == 0, said
    page, cards = html.split('<template id="symbols" data-search-exclude>')
    assert page.count('data-symbol="0"') == 4
    assert "data-latex" not in html
    assert 'id="at-3-12"' in page
    assert cards.startswith('<div><p>A rate is <q cite="#at-3-12"></q></p>')
    assert '<a href="#at-3-12">where it is declared</a>' in cards


def test_page_without_symbols_gets_no_cards(build):
    _, _, html = build("# A\n\n$1 = 1$\n", "--strict")
    assert "<template" not in html


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
        '<span class="arithmatex">\\(1 = 2\\)</span>', check_file(page, "page.md")
    )
    assert html.endswith('<div class="formula-fault">this was not read</div>')
    assert not placed
