"""A site that some builder has built, finished: its HTML is written here by hand."""

import re

import pytest

from typeset.after import main, page_of

HTML = """\
<html><head><title>{title}</title></head><body>
<nav><span class="arithmatex">\\(z\\)</span></nav>
<article class="any">{article}</article>
</body></html>
"""
START = r"""# Start

Let $a, b \in \mathbb{R}$.

$$
e^{a + b} = e^a e^b \label{eq:product}
$$
"""
START_HTML = r"""
<p>Let <span class="arithmatex">\(a, b \in \mathbb{R}\)</span>.</p>
<div class="arithmatex">\[
e^{a + b} = e^a e^b \label{eq:product}
\]</div>
"""
OTHER = r"""# Other

Let $x \in \mathbb{R}$; by [the first page](index.md#eq-product), $e^{2x} = (e^x)^2$.
"""
OTHER_HTML = r"""
<p>Let <span class="arithmatex">\(x \in \mathbb{R}\)</span>; by
<a href="../#eq-product">the first page</a>,
<span class="arithmatex">\(e^{2x} = (e^x)^2\)</span>.</p>
"""


@pytest.fixture
def built(tmp_path):
    """Lay out two pages and their HTML; say what `main` answers, and how to change."""
    pages, site = tmp_path / "docs", tmp_path / "site"
    (site / "other").mkdir(parents=True)
    pages.mkdir()
    (pages / "index.md").write_text(START, "utf-8")
    (pages / "other.md").write_text(OTHER, "utf-8")
    write(site / "index.html", START_HTML)
    write(site / "other" / "index.html", OTHER_HTML)
    return pages, site


def write(place, article):
    place.write_text(HTML.format(title=place.parent.name, article=article), "utf-8")


def test_formulas_are_typeset_marked_and_numbered_on_all_pages(built, capsys):
    pages, site = built
    assert main([str(pages), str(site)]) == 0, capsys.readouterr().err
    start = (site / "index.html").read_text("utf-8")
    other = (site / "other" / "index.html").read_text("utf-8")
    assert r"\(z\)" in start, "what is around the text is not ours"
    for page in (start, other):
        article = page.partition("<article")[2]
        assert "\\(" not in article
        assert "<svg" in article
        assert 'class="holds"' in article
    assert 'id="eq-product"' in start
    assert '<a href="../#eq-product">the first page&nbsp;(1)</a>' in other
    assert '<link rel="stylesheet" href="../mathjax.css"></head>' in other
    assert "mjx-container" in (site / "mathjax.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "html", "said"),
    [
        ("(e^x)^3", "(e^x)^3", r"other\.md:3:\d+: refuted: "),
        ("(e^x)^2", "(e^x)^3", r"other\.md.*: shown as a formula, and was not read: "),
        (r"(e^x)^{2", r"(e^x)^{2", r"other\.md.*TeX error"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(built, capsys, source, html, said):
    pages, site = built
    (pages / "other.md").write_text(OTHER.replace("(e^x)^2", source), "utf-8")
    write(site / "other" / "index.html", OTHER_HTML.replace("(e^x)^2", html))
    assert main([str(pages), str(site)]) == 1
    assert re.search(said, capsys.readouterr().err)


def test_a_site_without_the_pages_is_refused(built, tmp_path, capsys):
    pages, _ = built
    (tmp_path / "empty").mkdir()
    assert main([str(pages), str(tmp_path / "empty")]) == 1
    assert f"{tmp_path / 'empty'} has no page of {pages}" in capsys.readouterr().err


def test_a_page_without_any_text_is_named(built, capsys):
    pages, site = built
    (site / "index.html").write_text("<p>bare</p>", "utf-8")
    assert main([str(pages), str(site)]) == 1
    assert f"{site / 'index.html'}: no <article>" in capsys.readouterr().err


def test_a_page_lies_in_a_folder_of_its_own_or_not(tmp_path):
    source, pages = tmp_path / "docs" / "a.md", tmp_path / "docs"
    assert page_of(source, pages, tmp_path) is None
    (tmp_path / "a.html").touch()
    assert page_of(source, pages, tmp_path) == tmp_path / "a.html"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").touch()
    assert page_of(source, pages, tmp_path) == tmp_path / "a" / "index.html"


FIGURE = """\
from matplotlib import pyplot as plt
from typeset.figure import Figure, figure


def line() -> Figure:
    plot, axes = plt.subplots()
    axes.plot([0, 1])
    return figure(plot, alt="A line.", caption="A line.", name="line")
"""
FIGURES = """
<!-- figure: line -->
<details class="question"><summary>1. How steep?</summary><p>As 1.</p></details>
<p>The <abbr title="A mean.">score</abbr>, and the <abbr title="A mean.">score</abbr>.
<!-- math: nothing --></p>
"""


@pytest.fixture
def drawn(built):
    """Put a figure, an exercise and a term onto the second page."""
    pages, site = built
    folder = pages.parent / "figures"
    folder.mkdir()
    (folder / "other.py").write_text(FIGURE, "utf-8")
    write(site / "other" / "index.html", OTHER_HTML + FIGURES)
    link = '<a href="other/#fig-line">a line</a>'
    write(site / "index.html", START_HTML + f"<p>It is {link}.</p>")
    return pages, site


def test_figures_exercises_and_terms_are_numbered_as_with_mkdocs(drawn, capsys):
    pages, site = drawn
    assert main([str(pages), str(site)]) == 0, capsys.readouterr().err
    other = (site / "other" / "index.html").read_text("utf-8")
    assert '<a class="figure-number" href="#fig-line"' in other
    assert {path.name for path in (site / "other").iterdir()} >= set(
        re.findall(r'<a download href="([^"]+)"', other)
    )
    svg = next((site / "other").glob("*.svg")).read_text("utf-8")
    assert "<dc:source>other.md#fig-line</dc:source>" in svg
    assert 'id="exercise-1"' in other
    assert other.count("<abbr ") == 1
    start = (site / "index.html").read_text("utf-8")
    assert '<a href="other/#fig-line">a line (Figure&nbsp;1)</a>' in start


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("<!-- figure: circle -->", r"other\.md: there is no figure circle in figures"),
        ("<!-- figure: line -->" * 2, r"other\.md: the figure fig-line stands twice"),
        (
            '<details class="question"><summary>How?</summary></details>',
            r"other\.md: .*number",
        ),
    ],
)
def test_a_figure_or_an_exercise_that_cannot_be_numbered_is_named(
    drawn, capsys, wrong, said
):
    pages, site = drawn
    write(site / "other" / "index.html", OTHER_HTML + wrong)
    assert main([str(pages), str(site)]) == 1
    assert re.search(said, capsys.readouterr().err)
    assert 'class="holds"' in (site / "other" / "index.html").read_text("utf-8")


def test_files_of_two_pages_in_one_folder_do_not_replace_each_other(drawn, capsys):
    pages, site = drawn
    (pages.parent / "figures" / "third.py").write_text(FIGURE, "utf-8")
    (pages / "third.md").write_text("# Third\n", "utf-8")
    for page in ("other", "third"):
        write(site / f"{page}.html", "<!-- figure: line -->")
    (pages / "other.md").write_text("# Other\n", "utf-8")
    (site / "other" / "index.html").unlink()
    write(site / "index.html", START_HTML)
    assert main([str(pages), str(site)]) == 1
    said = capsys.readouterr().err
    assert re.search(r"third\.md: \S+\.svg is a file of \S+other\.md too", said)


SETTINGS = """\
site_name: Labs
plugins:
  - mkdocs-jupyter:
      include: ["labs/*.py"]
      execute: true
      allow_errors: false
      cache: false
      kernel_name: python3
markdown_extensions:
  - pymdownx.arithmatex:
      generic: true
"""
LAB = """\
# %% [markdown]
# # A lab
#
# As on [the first page](../index.md#eq-product), $1 + 1 = 2$.

# %%
print(10 + 7)
"""


@pytest.fixture
def lab(built):
    """Add a lab, and what a builder makes of the page that `before` leaves of it."""
    pages, site = built
    (pages.parent / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    for folder in (pages / "labs", site / "labs" / "one"):
        folder.mkdir(parents=True)
    write(site / "labs" / "one" / "index.html", "<!-- lab -->")
    return pages / "labs" / "one.py"


def test_a_lab_is_run_once_and_put_in_its_place(built, lab, capsys, monkeypatch):
    pages, site = built
    page = site / "labs" / "one" / "index.html"
    lab.write_text(LAB, "utf-8")
    assert main([str(pages), str(site)]) == 0, capsys.readouterr().err
    html = page.read_text("utf-8")
    assert "<!-- lab -->" not in html
    assert re.search(r"<pre[^>]*>\s*17\s*</pre>", html), "its output"
    assert '<a href="../../#eq-product">the first page&nbsp;(1)</a>' in html
    assert "mjx-container" in html
    monkeypatch.setattr("typeset.runs.run", None)  # it would be a fault to run it again
    for name, article in (("index.html", START_HTML), ("other/index.html", OTHER_HTML)):
        write(site / name, article)
    write(page, "<!-- lab -->")
    assert main([str(pages), str(site)]) == 0, capsys.readouterr().err
    assert page.read_text("utf-8") == html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (LAB.replace("10 + 7", "10 / 0"), r"one\.py: ZeroDivisionError: division"),
        (
            LAB.replace("index.md", "no.md"),
            r"one\.py: a link to \.\./no\.md#eq-product",
        ),
        (LAB.replace("= 2", "= 3"), r"one\.py:4:\d+: refuted"),
    ],
)
def test_what_is_wrong_in_a_lab_is_named(built, lab, capsys, wrong, said):
    lab.write_text(wrong, "utf-8")
    assert main([*map(str, built)]) == 1
    assert re.search(said, capsys.readouterr().err)


def test_a_lab_needs_its_place_and_settings(built, lab, capsys):
    pages, site = built
    lab.write_text(LAB, "utf-8")
    (pages.parent / "mkdocs.yml").unlink()
    assert main([str(pages), str(site)]) == 1
    assert re.search(r"one\.py: there is no \S+mkdocs\.yml", capsys.readouterr().err)
    write(site / "labs" / "one" / "index.html", "A page of its own.")
    assert main([str(pages), str(site)]) == 1
    assert re.search(r"one\.py: \S+ has no <!-- lab -->", capsys.readouterr().err)
