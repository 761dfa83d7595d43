"""Captions: figures have numbers, links and files."""

from base64 import b64encode

import pytest

from typeset.captions import CaptionError, captioned, with_figure_numbers
from typeset.figure import Figure

SVG = "<svg><metadata><dc:title>a</dc:title></metadata></svg>"


def plot(name):
    png = b64encode(b"pixels").decode()
    return Figure(name, "What one sees.", "<svg/>", "<svg/>", SVG, png)


def test_figures_are_numbered_in_their_order_and_the_number_is_a_link():
    html = plot("one")._repr_html_() + plot("two").living("slope", "../assets")
    page = captioned(html, "a site")
    assert page.numbers == {"fig-one": 1, "fig-two": 2}
    link = '<a class="figure-number" href="#fig-two" title="Link to this figure">'
    assert f"<figcaption>{link}Figure 2</a>. What one sees." in page.html
    assert page.html.count('id="fig-one"') == 1


def test_files_lie_beside_the_page_and_the_svg_names_its_source():
    page = captioned(plot("one")._repr_html_(), "a site")
    assert "data:" not in page.html
    assert (
        '<a download href="one.svg">SVG</a> · <a download href="one.png">' in page.html
    )
    assert page.files["one.png"] == b"pixels"
    source = b"<dc:source>a site#fig-one</dc:source><dc:title>a"
    assert source in page.files["one.svg"]


def test_a_figure_needs_a_name_of_its_own():
    with pytest.raises(CaptionError, match="without a name"):
        captioned(plot("")._repr_html_(), "")
    with pytest.raises(CaptionError, match="fig-one stands twice"):
        captioned(plot("one")._repr_html_() * 2, "")


def test_a_link_to_a_figure_gets_its_number():
    def number_of(path, anchor):
        return {("../a/", "fig-x"): 3, ("", "fig-x"): 1}.get((path, anchor))

    def numbered(html):
        return with_figure_numbers(html, number_of)

    link = '<a href="../a/#fig-x">{}</a>'
    assert numbered(link.format("bars")) == link.format("bars (Figure&nbsp;3)")
    assert numbered(link.format("")) == link.format("Figure&nbsp;3")
    unknown = '<a href="../a/#fig-y">bars</a>'
    assert numbered(unknown) == unknown
    itself = '<a class="figure-number" href="#fig-x">Figure 1</a>'
    assert numbered(itself) == itself
