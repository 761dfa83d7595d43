"""Figures: text alternatives, colours of both schemes, the same bytes every time."""

import re

import matplotlib.pyplot as plt
import pytest

from tests.markdown import DOCS
from typeset.figure import BLUE, VARIABLES, figure, style


@pytest.fixture
def plot():
    style()
    drawn, axes = plt.subplots()
    axes.plot([0, 1], [0, 1], color=BLUE, label="line")
    axes.set(xlabel="x & y")
    axes.legend()
    yield drawn
    plt.close(drawn)


def test_a_figure_has_a_role_and_a_name(plot):
    html = figure(plot, alt='A "line"')._repr_html_()
    assert html.startswith('<figure class="plot"><svg ')
    assert 'role="img" aria-label="A &quot;line&quot;"' in html


def test_a_figure_needs_a_text_alternative(plot):
    with pytest.raises(ValueError, match="text alternative"):
        figure(plot, alt=" ")


def test_a_label_beside_the_axes_is_shown(plot):
    plot.axes[0].annotate("outside", (1.2, 0.5))
    assert ">outside</text>" in figure(plot, alt="A line").svg


def test_every_colour_is_a_variable_that_both_schemes_define(plot):
    svg = figure(plot, alt="A line").svg
    assert f"var(--figure-blue, {BLUE})" in svg
    assert not re.search(r"(fill|stroke): #[0-9a-f]{6}", svg)
    css = (DOCS / "assets" / "site.css").read_text("utf-8")
    for variable in VARIABLES.values():
        assert css.count(f"{variable}:") == 2, f"{variable}: light and dark"


def test_a_colour_without_a_scheme_is_refused(plot):
    plot.axes[0].plot([0, 1], [1, 0], color="#123456")
    with pytest.raises(ValueError, match="#123456"):
        figure(plot, alt="A line")


def test_black_is_refused_and_a_colour_in_words_is_left(plot):
    axes = plot.axes[0]
    axes.set_title(f"the colour {BLUE}")
    assert f"the colour {BLUE}" in figure(plot, alt="A line").svg
    axes.bar([0], [1], color="black")
    with pytest.raises(ValueError, match="path in black"):
        figure(plot, alt="A bar")


def test_pixels_are_refused(plot):
    plot.axes[0].imshow([[0, 1], [1, 0]])
    with pytest.raises(ValueError, match="holds an image"):
        figure(plot, alt="Pixels")


def test_drawing_twice_gives_the_same_bytes(plot):
    assert figure(plot, alt="A line") == figure(plot, alt="A line")


def test_no_id_is_left_that_nothing_refers_to(plot):
    svg = figure(plot, alt="A line").svg
    for name in re.findall(r' id="([^"]+)"', svg):
        assert f"#{name}" in svg


def test_a_figure_brings_no_style_sheet_that_would_rule_the_page(plot):
    assert "<style" not in figure(plot, alt="A line").svg


def test_text_is_in_the_font_of_the_page(plot):
    svg = figure(plot, alt="A line").svg
    assert "var(--figure-font)" in svg
    assert "DejaVu" not in svg
