"""Figures of the pages: each is shown once, drawn anew when its sources change."""

import inspect
from importlib import import_module

import pytest

from tests.markdown import DOCS, PAGES, ROOT
from typeset.plots import MARK, PlotError, kept_drawings, plots_of, with_plots

MODULES = sorted(p.stem for p in (ROOT / "figures").glob("[a-z]*.py"))
CHAPTERS = sorted(p.stem for p in (ROOT / "snippets").glob("[a-z]*.py"))
FIGURE = """\
import matplotlib.pyplot as plt
from typeset.figure import BLUE, Figure, figure

def line() -> Figure:
    plot, axes = plt.subplots()
    axes.plot([0, {end}], [0, 1], color=BLUE)
    return figure(plot, alt="A line to {end}.", caption="A line.")
"""


@pytest.mark.parametrize("stem", MODULES)
def test_every_figure_is_shown_once_on_the_page_of_its_stem(stem):
    module = import_module(f"figures.{stem}")
    drawn = [
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]
    text = (DOCS / f"{stem}.md").read_text("utf-8")
    assert sorted(mark["name"] for mark in MARK.finditer(text)) == sorted(drawn)


@pytest.mark.parametrize("stem", CHAPTERS)
def test_every_chapter_has_a_figure(stem):
    shown = MARK.search((DOCS / f"{stem}.md").read_text("utf-8"))
    assert shown is not None, (
        f"docs/{stem}.md has no figure: write figures/{stem}.py, in the form of "
        "figures/softmax.py, and <!-- figure: FUNCTION --> on the page"
    )


def test_a_mark_stands_where_there_are_figures():
    marked = {page.stem for page in PAGES if "<!-- figure:" in page.read_text("utf-8")}
    assert marked == set(MODULES)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "page.py").write_text(FIGURE.format(end=1))
    return tmp_path


def test_the_mark_becomes_the_figure(project):
    html = with_plots("<p>a</p><!-- figure: line --><p>b</p>", "page", project, str)
    assert html.startswith('<p>a</p><figure class="plot" id="fig-line"><svg')
    assert 'aria-label="A line to 1."' in html


def test_a_figure_that_moves_keeps_its_still_picture(project):
    modules = project / "docs" / "assets" / "living"
    modules.mkdir(parents=True)
    mark = "<!-- figure: line; living: slope -->"
    with pytest.raises(PlotError, match=r"no docs/assets/living/slope\.js"):
        with_plots(mark, "page", project, str)
    (modules / "slope.js").touch()
    html = with_plots(mark, "page", project, lambda address: f"../{address}")
    assert '<div class="still"><svg' in html
    assert 'data-living="slope"' in html
    assert '<script type="module" src="../assets/living/near.js"></script>' in html


def test_an_edited_figure_is_drawn_again(project):
    before = plots_of("page", project)
    assert plots_of("page", project) == before
    (project / "figures" / "page.py").write_text(FIGURE.format(end=2))
    assert 'aria-label="A line to 2."' in plots_of("page", project)["line"].wide


def test_a_figure_is_drawn_again_if_what_it_imports_or_reads_has_changed(project):
    source = project / "figures" / "page.py"
    reads = "from ours import used\nREADS = ('data.json',)\n"
    source.write_text(reads + source.read_text())
    (project / "ours").mkdir()
    files = [project / "ours" / "used.py", project / "data.json"]
    for file in [*files, project / "ours" / "idle.py"]:
        file.write_text("")
    before = kept_drawings(source, project)[1]
    (project / "ours" / "idle.py").write_text("1")
    assert kept_drawings(source, project)[1] == before
    for file in files:
        file.write_text("1")
        assert kept_drawings(source, project)[1] != before
        file.write_text("")


def test_those_of_other_pages_are_drawn_along_and_a_fault_is_that_of_its_page(project):
    for name, source in (
        ("also", f"print('drawing')\n{FIGURE.format(end=3)}"),
        ("wrong", "def line() -> None:\n    1 / 0\n"),
    ):
        (project / "figures" / f"{name}.py").write_text(source)
    assert 'aria-label="A line to 1."' in plots_of("page", project)["line"].wide
    kept = {path.name.partition(".")[0] for path in project.rglob("*.kept")}
    assert kept == {"page", "also"}
    assert 'aria-label="A line to 3."' in plots_of("also", project)["line"].wide
    with pytest.raises(PlotError, match=r"figures/wrong\.py:2: ZeroDivisionError"):
        plots_of("wrong", project)


def test_an_unknown_figure_is_named(project):
    with pytest.raises(PlotError, match=r"no figure circle in figures/page\.py"):
        with_plots("<!-- figure: circle -->", "page", project, str)
    with pytest.raises(PlotError, match=r"no figures/other\.py"):
        with_plots("<!-- figure: line -->", "other", project, str)


def test_a_figure_that_fails_names_its_line(project):
    (project / "figures" / "page.py").write_text("def line() -> None:\n    1 / 0\n")
    with pytest.raises(PlotError, match=r"figures/page\.py:2: ZeroDivisionError"):
        plots_of("page", project)


def test_what_is_no_figure_is_refused(project):
    (project / "figures" / "page.py").write_text("def line() -> int:\n    return 1\n")
    with pytest.raises(PlotError, match="line gives no figure, but int"):
        plots_of("page", project)
