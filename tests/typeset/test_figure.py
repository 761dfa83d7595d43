"""Figures: words, colours of both schemes, room for a phone, the same bytes."""

import re
from base64 import b64decode
from itertools import combinations
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from tests.markdown import DOCS, ROOT
from typeset.figure import (
    BLUE,
    FAINT,
    GREEN,
    NARROW,
    ORANGE,
    RED,
    RIGHTS,
    VARIABLES,
    VIOLET,
    WIDE,
    figure,
    style,
)
from typeset.plots import plots_of

CSS = (DOCS / "assets" / "site.css").read_text("utf-8")


def drawing():
    style()
    plot, axes = plt.subplots()
    axes.plot([0, 1], [0, 1], color=BLUE, label="line")
    axes.set(xlabel="x & y")
    return plot, axes


def shown(plot, **changed):
    return figure(
        plot, **{"alt": "A line", "caption": "A line.", "name": "a"} | changed
    )


def boxes(svg):
    return re.findall(r'viewBox="0 0 (\S+) (\S+)"', svg)


# --- words ----------------------------------------------------------------------


def test_a_figure_has_a_role_a_name_and_a_caption():
    html = shown(drawing()[0], alt='A "line"', name="my_line")._repr_html_()
    assert html.startswith('<figure class="plot" id="fig-my-line"><svg ')
    assert html.count('role="img" aria-label="A &quot;line&quot;"') == 2
    assert "<figcaption>A line. " in html


@pytest.mark.parametrize("missing", ["alt", "caption"])
def test_a_figure_needs_a_text_alternative_and_a_caption(missing):
    with pytest.raises(ValueError, match="a figure needs a"):
        shown(drawing()[0], **{missing: " "})


def test_a_label_beside_the_axes_is_shown_and_makes_room_for_itself():
    plot, axes = drawing()
    axes.annotate("outside", (1.1, 0.5))
    assert ">outside</text>" in shown(plot).wide


def test_words_that_lie_on_one_another_are_refused():
    plot, axes = drawing()
    axes.annotate("one", (0.2, 0.8))
    axes.annotate("other", (0.21, 0.81))
    with pytest.raises(ValueError, match="'one' and 'other' lie on one another"):
        shown(plot)


def test_words_that_are_cut_are_refused():
    plot, axes = drawing()
    axes.annotate("far away", (-3, 0.8)).set_in_layout(False)
    with pytest.raises(ValueError, match="'far away' is cut in the wide picture"):
        shown(plot)


def test_words_on_a_curve_are_refused():
    plot, axes = drawing()
    axes.annotate("on the line", (0.45, 0.5))
    with pytest.raises(ValueError, match="'on the line' lies on a curve"):
        shown(plot)


@pytest.mark.parametrize("said", ["alt", "caption", "xlabel", "title"])
def test_a_formula_in_words_is_refused_for_nothing_checks_it(said):
    plot, axes = drawing()
    words = {said: "as $1 = 2$"}
    if said in ("xlabel", "title"):
        axes.set(**words)
        words = {}
    with pytest.raises(ValueError, match=r"'as \$1 = 2\$' has a formula"):
        shown(plot, **words)


def test_powers_at_ticks_are_no_formulas():
    plot, axes = drawing()
    axes.set(xscale="log", xlim=(1e-3, 1))
    assert "10" in shown(plot).wide


def test_a_legend_lies_above_all_panels():
    plot, panels = plt.subplots(1, 2)
    for axes in panels:
        axes.plot([0, 1], [0, 1], label="line")
        axes.legend(loc="center")  # on the curve
    figure(plot, alt="Lines", caption="Lines.")
    [legend] = plot.legends
    assert [text.get_text() for text in legend.get_texts()] == ["line"]
    assert legend.get_window_extent().y0 > max(axes.bbox.y1 for axes in panels)
    assert all(axes.get_legend() is None for axes in panels)


# --- room -----------------------------------------------------------------------


def test_panels_in_a_row_stand_in_a_column_on_a_phone():
    style()
    plot, panels = plt.subplots(1, 3, sharey=True)
    for axes in panels:
        axes.plot([0, 1], [0, 1])
    drawn = shown(plot)
    assert float(boxes(drawn.wide)[0][0]) == WIDE
    assert float(boxes(drawn.narrow)[0][0]) == NARROW
    assert len({axes.bbox.x0 for axes in panels}) == 1
    tops = [axes.bbox.y1 for axes in panels]
    assert tops == sorted(tops, reverse=True)
    assert drawn.narrow.count(">0.0</text>") == 6  # all have both axes' numbers


def test_one_of_the_two_pictures_is_shown_where_there_is_no_style_sheet():
    html = shown(drawing()[0])._repr_html_()
    assert html.count("<svg") == 2
    assert html.count('<svg display="none"') == 1


# --- colours --------------------------------------------------------------------


def test_every_colour_is_a_variable_that_both_schemes_define():
    svg = shown(drawing()[0]).wide
    assert f"var(--figure-blue, {BLUE})" in svg
    assert not re.search(r"(fill|stroke): #[0-9a-f]{6}", svg)
    for colour, variable in VARIABLES.items():
        light, _ = re.findall(rf"{variable}: (#\w+);", CSS)
        assert light == colour, f"{variable}: what is taken away is in the light scheme"


def test_a_colour_without_a_scheme_is_refused():
    plot, axes = drawing()
    axes.plot([0, 1], [1, 0], color="#123456")
    with pytest.raises(ValueError, match="#123456"):
        shown(plot)


def test_black_is_refused_and_a_colour_in_words_is_left():
    plot, axes = drawing()
    axes.set_title(f"the colour {BLUE}")
    assert f"the colour {BLUE}" in shown(plot).wide
    plot, axes = drawing()
    axes.bar([0], [1], color="black")
    with pytest.raises(ValueError, match="path in black"):
        shown(plot)


def test_pixels_are_refused():
    plot, axes = drawing()
    axes.imshow([[0, 1], [1, 0]])
    with pytest.raises(ValueError, match="holds an image"):
        shown(plot)


# Machado, Oliveira and Fernandes (2009), at full severity; linear RGB
BLIND = {
    "red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def lab(colour, seen=None):
    """Return CIE Lab of a colour, as somebody sees it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    if seen:
        linear = np.clip(np.array(BLIND[seen]) @ linear, 0, 1)
    t = np.array(XYZ) @ linear / [0.9505, 1, 1.089]
    x, y, z = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("seen", [None, *BLIND])
def test_the_two_colours_that_are_compared_are_told_apart_by_everybody(scheme, seen):
    pairs = {
        colour: lab(re.findall(rf"{VARIABLES[colour]}: (#\w+);", CSS)[scheme], seen)
        for colour in (VIOLET, ORANGE, FAINT)
    }
    for one, other in combinations(pairs.values(), 2):
        assert np.linalg.norm(one - other) > 15


ROLES = {
    BLUE: r"\bpredict|\bprobability p\b|\bclass \d",
    GREEN: r"\btrue\b|\blabels?\b",
    RED: r"gradient",
}
MODULES = sorted(path.stem for path in (ROOT / "figures").glob("[a-z]*.py"))


@pytest.mark.parametrize("stem", MODULES)
def test_three_colours_mean_prediction_truth_and_gradient_and_words_say_so(stem):
    for name, drawn in plots_of(stem, ROOT).items():
        words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn.wide))
        for colour, role in ROLES.items():
            if colour in drawn.wide:
                assert re.search(role, words), f"{stem}: {name}: {VARIABLES[colour]}"


# --- files ----------------------------------------------------------------------


def test_drawing_twice_gives_the_same_bytes():
    assert shown(drawing()[0]) == shown(drawing()[0])


def test_no_id_is_left_that_nothing_refers_to_nor_shared_by_two_pictures():
    plot, axes = drawing()
    axes.plot([0.5], [0.2], "o")
    drawn = shown(plot)
    ids = [re.findall(r' id="([^"]+)"', svg) for svg in (drawn.wide, drawn.narrow)]
    assert all(ids)
    assert not set(ids[0]) & set(ids[1])
    for svg, names in zip((drawn.wide, drawn.narrow), ids, strict=True):
        assert all(f"#{name}" in svg for name in names)


def test_numbers_are_rounded_but_not_those_that_are_read():
    plot, axes = drawing()
    axes.annotate("0.12345", (0.1, 0.8))
    axes.fill_between([0, 1], [0, 0.1], color=FAINT, alpha=0.25)
    svg = shown(plot).wide
    assert ">0.12345</text>" in svg
    assert "opacity: 0.25" in svg
    assert not re.search(r' d="[^"]*\.\d\d', svg)


def test_a_picture_of_a_page_brings_no_style_sheet_and_has_the_fonts_of_the_page():
    svg = shown(drawing()[0]).wide
    assert "<style" not in svg
    assert "var(--figure-font)" in svg
    assert "DejaVu" not in svg


def test_an_svg_that_is_taken_away_stands_alone_and_says_whose_it_is():
    svg = shown(drawing()[0]).svg
    ElementTree.fromstring(svg)
    assert "var(" not in svg
    assert BLUE in svg
    assert "font-family: system-ui" in svg or "system-ui" in svg
    assert "DejaVu" not in svg
    assert RIGHTS in svg
    title, _, owner = (ROOT / "LICENSE").read_text("utf-8").split("\n")[:3]
    assert RIGHTS.split(", ", 1)[0] == title
    assert RIGHTS.endswith(re.sub(r"Copyright \(c\) \d+ ", "", owner))


def test_a_png_has_twice_the_pixels_and_the_licence():
    png = b64decode(shown(drawing()[0]).png)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 2 * WIDE
    assert b"MIT License" in png
    assert b"Software" not in png  # a version of Matplotlib
