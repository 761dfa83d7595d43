"""All formulas of a page: places, numbers, links, glyphs, faults."""

import re

import pytest

from tests.typeset.formulas import display, inline, stand_in
from typeset.mathjax import Formula, Typeset
from typeset.page import Fault, number_references, typeset_page


def test_each_formula_is_replaced_where_it_stands():
    page = typeset_page(f"<p>a {inline('x')} b</p>{display('y')}", stand_in)
    assert "<p>a <span class=" in page.html
    assert "[x|inline]</span> b</p>" in page.html
    assert "[y|block]</div>" in page.html
    assert not page.faults


def test_a_tick_is_part_of_its_formula():
    held = '<button class="holds" title="Checked"></button>'
    for formula, tag in ((inline("x"), "span"), (display("x"), "div")):
        html = typeset_page(f"{formula}{held}, and", stand_in).html
        glued = f"{held},</{tag}> and" if tag == "span" else f"{held}</{tag}>, and"
        assert f"]{glued}" in html
    html = typeset_page(display(r"x \label{eq:x}") + held, stand_in).html
    assert f">(1)</a>{held}</div>" in html
    apart = f"{inline('x')} {held}"
    assert "]</span> <button" in typeset_page(apart, stand_in).html


def drawn(formula: Formula) -> Typeset:
    """Typeset `formula.tex`, a list of symbols, as groups; `a|b` is b inside of a."""
    html = ""
    for symbol in formula.tex.split():
        outer, _, inner = symbol.partition("|")
        inside = f'<g data-latex="{inner}"><use></use></g>' if inner else "<use></use>"
        html += f'<g transform="scale(1)" data-latex="{outer}">{inside}</g>'
    return Typeset(html, {})


def explained(tex, symbols):
    return inline(tex).replace(">", f' data-symbols="{symbols}">', 1)


def test_only_explained_symbols_keep_an_identity_and_that_is_a_number():
    html = typeset_page(explained("a x a", "{&quot;a&quot;: 3}"), drawn).html
    assert html.count('<g transform="scale(1)" data-symbol="3"><use>') == 2
    assert html.count('<g transform="scale(1)"><use>') == 1
    assert "latex" not in html
    assert "data-symbols" not in html


def test_a_symbol_within_a_symbol_is_none():
    html = typeset_page(
        explained("ha|a a", "{&quot;ha&quot;: 1, &quot;a&quot;: 2}"), drawn
    ).html
    assert html.count("data-symbol=") == 2
    assert 'data-symbol="1"><use></use></g>' in html  # its group says nothing more


def test_a_symbol_that_changes_its_meaning_has_its_numbers_in_order():
    html = typeset_page(explained("a a a", "{&quot;a&quot;: [4, 5]}"), drawn).html
    assert re.findall(r'data-symbol="(\d)"', html) == ["4", "5", "5"]


def test_a_formula_that_declares_keeps_its_anchor():
    html = inline("x").replace(">", ' id="at-1-2">', 1)
    assert (
        '<span class="arithmatex unbroken" id="at-1-2">'
        in typeset_page(html, stand_in).html
    )


def test_entities_are_tex_again():
    assert (
        "[a < b & c|inline]" in typeset_page(inline("a &lt; b &amp; c"), stand_in).html
    )


def test_glyphs_are_pooled_once():
    html = typeset_page(inline("ab") + inline("bc"), stand_in).html
    assert html.count("<path") == 3
    assert '<path id="b" d="M98">' in html


def test_a_page_without_formulas_gets_no_pool():
    assert typeset_page("<p>words</p>", stand_in).html == "<p>words</p>"


def test_labelled_equations_are_numbered_in_order_and_linkable():
    html = display(r"a \label{eq:one}") + display("b") + display(r"c\label{eq:two-b}")
    page = typeset_page(html, stand_in)
    numbers = {anchor: one.number for anchor, one in page.equations.items()}
    assert numbers == {"eq-one": 1, "eq-two-b": 2}
    assert '<div class="arithmatex equation" id="eq-one"' in page.html
    assert 'href="#eq-two-b" title="Link to this equation">(2)</a>' in page.html
    assert "label" not in page.html


def test_a_displayed_formula_tells_the_style_sheet_its_width():
    def wide(formula):
        return Typeset('<svg style="width: 41.25ex; height: 2ex;"></svg>', {})

    html = typeset_page(display("a") + inline("a"), wide).html
    assert '<div class="arithmatex" style="--width: 41.25; --height: 2"><svg' in html
    assert html.count("--width") == 1


def test_a_label_in_a_comment_is_none_and_a_space_before_its_brace_is():
    page = typeset_page(display("a % \\label{eq:no}\n\\label {eq:yes}"), stand_in)
    assert list(page.equations) == ["eq-yes"]


REFER = (
    "\\{} in a formula: label equations with \\label{{eq:name}} "
    "and refer to them with [words](#eq-name)"
)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (display("error"), "TeX error: no"),
        (inline(r"a \label{eq:a}"), "a label in an inline formula (eq:a)"),
        (display(r"a \label{a}"), "a label is eq: and then a-z, 0-9 or -, this is 'a'"),
        (
            display(r"a\label{eq:a}\label{eq:b}"),
            "two labels in one formula (eq:a, eq:b)",
        ),
        (display(r"a \tag{7}"), REFER.format("tag")),
        (inline(r"\eqref{eq:a}"), REFER.format("eqref")),
        (display(r"a\label{eq:a}") * 2, "the label eq:a stands twice on this page"),
    ],
)
def test_a_fault_is_reported_and_shown_in_words(html, message):
    page = typeset_page(html, stand_in)
    assert [fault.message for fault in page.faults] == [message]
    assert 'class="formula-fault"' in page.html
    assert page.faults[0].tex in html


def test_all_faults_of_a_page_are_reported():
    page = typeset_page(inline("error 1") + inline("x") + inline("error 2"), stand_in)
    assert page.faults == [
        Fault("TeX error: no", "error 1"),
        Fault("TeX error: no", "error 2"),
    ]


def test_a_link_to_an_equation_gets_its_number():
    numbers = {("", "eq-a"): 1, ("../softmax/", "eq-b"): 7}

    def number_of(path, anchor):
        return numbers.get((path, anchor))

    html = (
        '<a href="#eq-a">this</a> <a href="../softmax/#eq-b"></a> '
        '<a href="#eq-c">unknown</a> <a class="equation-number" href="#eq-a">(1)</a> '
        '<a title="t" href="#eq-a" class="x">late</a>'
    )
    assert number_references(html, number_of) == (
        '<a href="#eq-a">this&nbsp;(1)</a> <a href="../softmax/#eq-b">(7)</a> '
        '<a href="#eq-c">unknown</a> <a class="equation-number" href="#eq-a">(1)</a> '
        '<a title="t" href="#eq-a" class="x">late&nbsp;(1)</a>'
    )
