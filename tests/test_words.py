"""The formulas of the book, in words."""

import re

import pytest
from bs4 import BeautifulSoup

from book.words import with_words, words
from typeset.mathjax import Formula, MathJax


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory):
    started = MathJax(tmp_path_factory.mktemp("memory"))
    yield started
    started.close()


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"p - y", "p − y"),
        (r"-p - (-y)", "−p − (−y)"),
        (r"\frac{\partial L}{\partial z_j} = p_j - y_j", "∂L/∂z_j = p_j − y_j"),
        (r"\frac{a + b}{2}", "(a + b)/2"),
        (r"\sum_{k=1}^{K} y_k \log p_k", "∑_(k = 1)^K y_k log p_k"),
        (r"\log \frac{a}{b}", "log(a/b)"),
        (r"e^{2x} + x^{10} + x^{-1}", "e^(2x) + x^10 + x^(−1)"),
        (r"\operatorname{softmax}(z)_k", "softmax(z)_k"),
        (r"\max_{k} z_k", "max_k z_k"),
        (r"\hat y \in \mathbb{R}^K", "ŷ ∈ R^K"),
        (r"A''(\eta)", "A″(η)"),
        (r"z^\top v + \sqrt{x + 1}", "z^⊤ v + √(x + 1)"),
        (r"i, j \in \{1, \dots, K\}", "i, j ∈ {1, …, K}"),
        (
            r"\begin{aligned} & a(x) \\ &= b \\ &\quad - c \end{aligned}",
            "a(x) = b − c",
        ),
        (r"\begin{gathered} a = b \\ -c = d \end{gathered}", "a = b; −c = d"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
        (
            r"\begin{cases} 1 & \text{if } a > 0 \\ 0 & \text{if } a < 0 \end{cases}",
            "{1, if a > 0; 0, if a < 0",
        ),
    ],
)
def test_a_formula_is_said_as_one_would_type_it(typesetter, tex, text):
    html = typesetter(Formula(tex, display=True)).html
    assert words(re.search("<math.*</math>", html, re.DOTALL)[0]) == text


def test_the_source_beside_the_mathml_is_not_said_again():
    mathml = "<math><semantics><mi>p</mi><annotation>p</annotation></semantics></math>"
    assert words(mathml) == "p"


def labelled(html):
    soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
    with_words(soup)
    return str(soup)


def test_the_first_piece_of_a_formula_carries_its_words(typesetter):
    html = typesetter(Formula(r"a < b", display=False)).html
    assert html.count("<svg") > 1
    said = labelled(f"<p>{html}</p>")
    assert said.count('aria-label="a &lt; b"') == said.count('role="img"') == 1
    assert said.count(">a &lt; b</text>") == 1
    assert said.index("role=") < said.index("mjx-break")
    assert said.count('aria-hidden="true"') == html.count('aria-hidden="true"') - 1
    assert "<math" not in said


def test_each_formula_of_a_page_has_its_own_words(typesetter):
    pages = [typesetter(Formula(tex, display=False)).html for tex in ("a", "b")]
    assert re.findall('aria-label="(.)"', labelled(" ".join(pages))) == ["a", "b"]


def test_both_forms_of_a_formula_carry_the_words():
    svg = '<svg class="{}" viewBox="0 -1 9 1" aria-hidden="true"></svg>'
    forms = svg.format("wide") + svg.format("narrow")
    html = f"{forms}<mjx-assistive-mml><math><mi>p</mi></math></mjx-assistive-mml>"
    assert labelled(html).count('aria-label="p"') == 2
