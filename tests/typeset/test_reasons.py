"""The reasons of a derivation: a list beside its rows, or below it."""

import re

import pytest

from tests.typeset.formulas import display, stand_in
from typeset.mathjax import MathJax
from typeset.page import typeset_page

ROWS = r"\begin{aligned} a &= b && \text{one, $b^2$} \\ &= \frac{c}{d} %s \end{aligned}"


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory):
    started = MathJax(tmp_path_factory.mktemp("memory"))
    yield started
    started.close()


def test_reasons_are_text_and_mathjax_does_not_see_them():
    html = typeset_page(
        display(ROWS % r"&amp;&amp; \text{5\% &lt; all}"), stand_in
    ).html
    drawn, _, listed = html.partition("<ul")
    assert "text" not in drawn
    assert "Line 1: </span>one, <span" in listed
    assert "[b^2|inline]" in listed
    assert "Line 2: </span>5% &lt; all</span>" in listed


def test_primes_and_signs_in_the_formula_of_a_reason_are_tex():
    html = display(
        r"\begin{aligned} a &amp;= b &amp;&amp; \text{as $b' &lt; c$} \end{aligned}"
    )
    assert "[b' < c|inline]" in typeset_page(html, stand_in).html


def test_each_reason_stands_at_the_height_of_its_row(typesetter):
    html = typeset_page(display(ROWS % r"&amp;&amp; \text{two}"), typesetter).html
    assert 'class="arithmatex reasoned beside"' in html
    height = float(re.search(r"--height: ([\d.]+)", html)[1])
    first, second = (float(n) for n in re.findall(r"--row: ([\d.]+)ex", html))
    assert 0 < first < height / 2 < second < height
    svg = float(re.search(r"<svg [^>]*height: ([\d.]+)ex", html)[1])
    assert height == pytest.approx(svg, rel=1e-3)


def test_reasons_without_room_beside_the_formula_stand_below(typesetter):
    long = "a reason that is long " * 4
    html = typeset_page(display(ROWS % rf"&amp;&amp; \text{{{long}}}"), typesetter).html
    assert 'class="arithmatex reasoned"' in html


def test_labelled_derivation_keeps_its_number(typesetter):
    labelled = ROWS % "" + r"\label{eq:one}"
    html = typeset_page(display(labelled), typesetter).html
    assert '<div class="arithmatex equation reasoned beside" id="eq-one"' in html
    assert html.index("<ul") < html.index('class="equation-number"')


def test_formula_without_reasons_gets_no_list(typesetter):
    html = typeset_page(display(r"\begin{aligned} a \end{aligned}"), typesetter).html
    assert "reason" not in html


def test_fault_in_the_formula_of_a_reason_is_one_of_the_page():
    page = typeset_page(
        display(r"\begin{aligned} a &amp;&amp; \text{$error$} \end{aligned}"), stand_in
    )
    assert [fault.message for fault in page.faults] == ["TeX error: no"]
