"""Equations of other pages, written into the pages that refer to them."""

from typeset.mathjax import Typeset
from typeset.page import Equation, glyph_pool
from typeset.previews import with_previews

JACOBIAN = Equation(
    9,
    Typeset('<mjx-container data-symbol="7">J</mjx-container>', {"J": "M1", "A": "M"}),
)


def find(path, anchor):
    return ("Soft & max", JACOBIAN) if (path, anchor) == ("../s/", "eq-j") else None


def test_each_equation_is_there_once_without_the_cards_of_its_page():
    link = '<a href="../s/#eq-j">J</a>'
    html = with_previews(f"<p>{link} {link}</p>", {}, find)
    assert html.startswith(f"<p>{link} {link}</p>")
    assert html.endswith(
        '<template id="equations" data-search-exclude>'
        "<div><mjx-container>J</mjx-container>"
        '<p><a href="../s/#eq-j">Soft &amp; max</a></p></div></template>'
    )


def test_its_glyphs_come_into_the_pool_of_the_page():
    pool = glyph_pool({"A": "M"})
    html = with_previews(f'<a href="../s/#eq-j">J</a>{pool}', {"A": "M"}, find)
    assert glyph_pool({"A": "M", "J": "M1"}) in html
    assert html.count("<svg") == 1
    none = with_previews('<a href="../s/#eq-j">J</a>', {}, find)
    assert none.count("<svg") == 1


def test_a_page_that_refers_to_nothing_elsewhere_is_as_it_was():
    html = '<a href="#eq-own">x</a> <a href="../s/#eq-no">y</a> <a href="../s/">z</a>'
    assert with_previews(html, {}, find) == html
