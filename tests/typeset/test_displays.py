r"""Displayed formulas in a wide and in a narrow window; inline ones that may shrink."""

import re
from html import escape

import pytest

from tests.typeset.formulas import display, inline
from typeset.mathjax import MathJax
from typeset.page import typeset_page

BROKEN = (
    r"\begin{aligned} & \ell(x, y) \\ &= a && \text{one} \\"
    r" &= \frac{b}{c} && \text{two} \end{aligned} \label{eq:broken}"
)


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory):
    started = MathJax(tmp_path_factory.mktemp("memory"))
    yield started
    started.close()


def test_a_formula_broken_for_a_phone_has_two_pictures_and_is_heard_once(typesetter):
    html = typeset_page(display(escape(BROKEN)), typesetter).html
    wide, narrow = re.findall(r'<svg class="(?:wide|narrow)"[^>]*>', html)
    assert wide.startswith('<svg class="wide"')
    assert html.count("<math ") == html.count("</mjx-container>") == 1
    sizes = re.compile(r"[^-]width: ([\d.]+)ex; height: ([\d.]+)ex")
    (wider, lower), (narrower, higher) = (
        map(float, sizes.search(svg).groups()) for svg in (wide, narrow)
    )
    assert wider > narrower
    assert higher > lower
    # The style sheet knows the size of each, and the rows of the wide one
    assert f'id="eq-broken" style="--width: {wider:.4g}; --height: {lower:.4g}"' in html
    assert f'style="--width: {narrower:.4g}; --height: {higher:.4g}; ' in narrow
    first, second = map(float, re.findall(r"--row: ([\d.]+)ex", html))
    assert 0 < first < second < lower


def test_below_a_formula_reasons_name_the_rows_of_the_source(typesetter):
    html = typeset_page(display(escape(BROKEN)), typesetter).html
    assert re.findall(r"Line (\d): </span>(\w+)", html) == [("2", "one"), ("3", "two")]


def test_the_symbols_of_both_pictures_have_their_cards(typesetter):
    formula = display(escape(BROKEN)).replace(
        '"arithmatex"', '"arithmatex" data-symbols="{&quot;x&quot;: 7}"'
    )
    assert typeset_page(formula, typesetter).html.count('data-symbol="7"') == 2


def test_a_formula_that_no_window_breaks_has_one_picture(typesetter):
    long = r"\begin{aligned} & A \\ &= " + "a + " * 30 + r"b \end{aligned}"
    html = typeset_page(display(escape(long)), typesetter).html
    assert html.count("<svg") == 2  # and the pool of glyphs


def test_only_a_long_inline_formula_tells_the_style_sheet_its_depth(typesetter):
    html = typeset_page(inline(r"p_k"), typesetter).html
    assert "--depth" not in html
    html = typeset_page(
        inline(r"\left[" + "abcdef" * 9 + r"_k\right]"), typesetter
    ).html
    depth, width, again, wide = re.search(
        r'"--depth: (\S+); --width: (\S+); vertical-align: -(\S+)ex; width: (\S+)ex',
        html,
    ).groups()
    assert float(depth) == pytest.approx(float(again), rel=1e-3)
    assert float(width) == pytest.approx(float(wide), rel=1e-3)


def test_formulas_beneath_each_other_begin_at_one_edge(typesetter):
    html = typeset_page(
        display(r"\begin{gathered} a \\ bcd \end{gathered}"), typesetter
    ).html
    first, second = re.findall(r'transform="translate\((-?\d+) -?\d+\)"', html)[:2]
    assert first == second == "0"
