"""A notebook's HTML becomes a page like the others."""

import pytest

from typeset.labs import LabError, lab_page

MARKDOWN = """<style>huge</style><script src="https://elsewhere.example/x.js"></script>
<div class="jp-Notebook"><div class="jp-Cell jp-Notebook-cell" id="cell-id=1">
<div class="jp-MarkdownOutput">{}</div></div></div>"""

CODE = """<div class="jp-Notebook"><div class="jp-Cell jp-Notebook-cell">
<div class="jp-Cell jp-Notebook-cell" id="cell-id=2">
<div class="jp-InputPrompt">In [1]:</div>
<div class="highlight-ipynb hl-python"><pre><span></span>f(<b>x</b>)
</pre></div><div class="clipboard-copy-txt">f(x)</div>
<div class="jp-OutputArea-output" data-mime-type="{}">{}</div></div></div></div>"""


def resolve(address):
    if "missing" in address:
        raise LabError(f"a link to {address}, and there is no such file")
    return f"resolved:{address}"


def test_prose_stays_and_what_the_notebook_brings_goes():
    html = lab_page(MARKDOWN.format("<p>prose</p>"), resolve)
    assert html == "<p>prose</p>"


def test_code_is_shown_like_that_of_a_page_and_text_output_below_it():
    html = lab_page(CODE.format("text/plain", "<pre>  a &lt; b\n</pre>"), resolve)
    assert html == (
        '<div class="highlight"><pre><code>f(<b>x</b>)</code></pre></div>\n'
        '<div class="output"><pre>  a &lt; b</pre></div>'
    )


def test_a_figure_is_shown_as_it_is():
    figure = '<figure class="plot"><svg></svg></figure>'
    assert lab_page(CODE.format("text/html", figure), resolve).endswith(figure)


@pytest.mark.parametrize(
    ("mime", "message"),
    [
        ("application/vnd.jupyter.stderr", "wrote to its error stream: oh"),
        ("image/png", r"image/png; a picture goes through typeset\.figure"),
    ],
)
def test_output_that_cannot_be_shown_is_refused(mime, message):
    with pytest.raises(LabError, match=message):
        lab_page(CODE.format(mime, "oh"), resolve)


@pytest.mark.parametrize(
    "shown",
    [
        "Text(0, 0.5, 'loss')",
        "[Text(0.5, 0, 'x')]",
        "&lt;matplotlib.axis.XTick at 0x1>",
        "&lt;dask.config.set at 0x7fc4051ac950>",
    ],
)
def test_what_only_a_call_returns_is_no_output(shown):
    with pytest.raises(LabError, match="says nothing to a reader"):
        lab_page(CODE.format("text/plain", f"<pre>{shown}</pre>"), resolve)


def test_links_to_sources_become_links_of_the_site():
    prose = '<a href="../softmax.md#shift">a</a> <a href="https://x.example/">b</a>'
    html = lab_page(MARKDOWN.format(prose), resolve)
    assert 'href="resolved:../softmax.md#shift"' in html
    assert 'href="https://x.example/"' in html
    with pytest.raises(LabError, match="missing"):
        lab_page(MARKDOWN.format('<a href="missing.md">a</a>'), resolve)


def test_pictures_are_resolved_and_other_addresses_left():
    prose = '<img src="../assets/logo.svg"/> <a href="mailto:a@b.example">mail</a>'
    html = lab_page(MARKDOWN.format(prose), resolve)
    assert 'src="resolved:../assets/logo.svg"' in html
    assert 'href="mailto:a@b.example"' in html


def test_prices_are_no_formulas():
    prose = r"<p>from $5 to $6, and \$7 for $x$</p>"
    html = lab_page(MARKDOWN.format(prose), resolve)
    assert "from $5 to $6" in html
    assert html.count("arithmatex") == 1


def test_a_heading_gets_the_permalink_of_the_theme():
    prose = '<h2 id="a">A<a class="anchor-link" href="#a">¶</a></h2>'
    html = lab_page(MARKDOWN.format(prose), resolve)
    assert '<a class="headerlink" href="#a" title="Permanent link">¶</a>' in html


def test_formulas_are_marked_as_on_a_page_but_not_in_code():
    prose = r"<p>$a &lt; b$ and $$\sum_k p_k$$</p><pre>cost: $5 or $6</pre>"
    html = lab_page(MARKDOWN.format(prose), resolve)
    assert r'<span class="arithmatex">\(a &lt; b\)</span>' in html
    assert r'<span class="arithmatex">\[\sum_k p_k\]</span>' in html
    assert "<pre>cost: $5 or $6</pre>" in html
