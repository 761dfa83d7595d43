"""Roles: which symbols and names have a colour, by what they mean."""

import re

import pytest

from mathcheck.page.check import check_file
from tests.markdown import ROOT
from typeset.mathjax import Typeset
from typeset.page import typeset_page
from typeset.roles import Roles, colours, grouped, unused, with_code, with_legend

PAGE = r"""# A

$K \in \mathbb{N}$, $k, j \in \{1, \dots, K\}$, logits $z \in \mathbb{R}^K$ and
$p := \frac{z}{\sum_{k=1}^{K} e^{z_k}}$, $y \in \Delta^{K-1}$, $u \in \mathbb{R}^K$.

$$
L := -\sum_{k=1}^{K} y_k p_k
$$

$\nabla_z L = \nabla_z L$, $\frac{\partial L}{\partial p_k}$

## B

The data are $p \in \Delta^{K-1}$, and $\sum_{k=1}^{K} p_k = 1$.
"""
ROLES = Roles(
    {
        r"p := \frac{z}{\sum_{k=1}^{K} e^{z_k}}": "predicted",
        r"y \in \Delta^{K-1}": "true",
        r"other.md: u \in \mathbb{R}^K": "true",
        r"L := -\sum_{k=1}^{K} y_k p_k": "loss",
        r"z \in \mathbb{R}^K": "logits",
    },
    {"p": "predicted", "labels": "true", "gradient": "gradient"},
)


@pytest.fixture
def checked(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    return check_file(page, "docs/page.md")[0]


def test_a_symbol_has_the_role_of_what_declares_it_and_a_letter_has_none(checked):
    on_page = colours(checked, ROLES)
    roles = {}
    for formula in checked.symbols:
        for text, number in formula.symbols:
            roles.setdefault(text, []).append(on_page.of.get(number))
    assert set(roles["y"]) == {"true"}
    assert roles["p"][:2] == ["predicted"] * 2
    assert roles["p"][-2:] == [None] * 2  # the data of section B
    assert set(roles["u"]) == {None}  # it is a label on another page


def test_gradient_is_that_of_a_loss_in_the_logits_and_no_other():
    symbols, of = {"L": 0, "z": 1, "p": 2, "A": 3}, {0: "loss", 1: "logits"}
    for tex in (r"\nabla_z L", r"\frac{\partial L}{\partial z_j}", r"\nabla_{z} L"):
        assert grouped(f"a {tex} b", symbols, of)[0] == f"a {{{tex}}} b"
    for tex in (
        r"\nabla_z A(z)",
        r"\frac{\partial L}{\partial p_k}",
        r"\frac{\partial p_k}{\partial z_j}",
        r"\nabla_z^2 L",
        r"\frac{\partial}{\partial z_j} L",
    ):
        assert grouped(tex, symbols, of) == (tex, {})


def test_group_and_symbol_are_marked_in_what_is_drawn():
    def drawn(formula):
        assert formula.tex == r"{\nabla_z L} = p"
        inner = "".join(f'<g data-latex="{t}"><use></use></g>' for t in ("z", "L"))
        return Typeset(f'<g data-latex="{{\\nabla_z L}}">{inner}</g>'
                       '<g data-latex="p"><use></use></g>', {})  # fmt: skip

    symbols = "{&quot;L&quot;: 0, &quot;z&quot;: 1, &quot;p&quot;: 2}"
    span = f'<span class="arithmatex" data-symbols="{symbols}">\\(\\nabla_z L = p\\)'
    roles = {0: "loss", 1: "logits", 2: "predicted"}
    html = typeset_page(f"{span}</span>", drawn, roles).html
    assert '<g class="is-gradient"><g data-symbol="1">' in html
    assert '<g data-symbol="2" class="is-predicted">' in html
    assert html.count('class="is-') == 2
    assert "is-" not in typeset_page(f"{span}</span>", drawn_plain, {}).html


def drawn_plain(formula):
    return Typeset('<g data-latex="p"><use></use></g>', {})


def test_legend_says_what_plays_and_one_role_alone_needs_none(checked):
    on_page = colours(checked, ROLES)
    html = with_legend("<h1>A</h1>", on_page)
    words = re.sub("<[^>]*>", "", html)
    assert words.split("\n")[1] == r"\(p\) predicted \(y\) true \(\nabla_z L\) gradient"
    alone = Roles({r"y \in \Delta^{K-1}": "true"})
    assert with_legend("<h1>A</h1>", colours(checked, alone)) == "<h1>A</h1>"


def test_an_accented_symbol_of_the_legend_is_typeset_and_has_its_card(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        r"# A $K \in \mathbb{N}$, $\hat y \in \Delta^{K-1}$, $y \in \Delta^{K-1}$: "
        r"$\sum_{k=1}^K \hat y_k = \sum_{k=1}^K y_k$"
    )
    declared = {r"\hat y \in \Delta^{K-1}": "predicted", r"y \in \Delta^{K-1}": "true"}
    on_page = colours(check_file(page, "docs/page.md")[0], Roles(declared))
    html = with_legend("<h1>A</h1>", on_page)
    assert r"\(\hat y\)" in html
    assert html.count("data-symbols") == 2


def test_names_in_code_are_marked_but_no_attribute_and_no_keyword(checked):
    on_page = colours(checked, ROLES)
    name = '<span class="n">{}</span>'.format
    dot, equals = '<span class="o">.</span>', '<span class="o">=</span>'
    code = f"{name('p')} {equals} {name('x')}{dot}{name('p')}, {name('p')}{equals}1"
    marked = with_code(code, on_page)
    assert marked.count("is-predicted") == 1
    assert marked.startswith('<span class="n is-predicted">p</span> ')
    assert "is-true" in with_code(name("labels"), on_page)
    assert with_code(code, colours(checked, Roles())) == code


def test_a_table_binds_names_to_what_they_mean_here(tmp_path):
    page = tmp_path / "page.md"
    table = "\n| Math | Code |\n|---|---|\n| $p$ | `labels` |\n| $u$ | `gradient` |\n"
    page.write_text(PAGE.partition("## B")[0] + table, "utf-8")
    on_page = colours(check_file(page, "page.md")[0], ROLES)
    assert on_page.names == {"p": "predicted", "labels": "predicted"}
    cell = "<td><code>labels</code></td>"
    assert with_code(cell, on_page) == cell.replace("<td", '<td class="is-predicted"')


def test_statement_that_no_page_makes_is_unused(checked):
    assert unused(ROLES, checked.explanations) == [r"other.md: u \in \mathbb{R}^K"]


def test_colours_are_those_of_the_figures():
    style = (ROOT / "docs" / "assets" / "colour.css").read_text("utf-8")
    pairs = dict(re.findall(r"--(\w+): var\(--figure-(\w+)\)", style))
    assert pairs == {"predicted": "blue", "true": "green", "gradient": "red"}
