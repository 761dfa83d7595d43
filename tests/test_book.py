"""The site as one document, and as one PDF."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from book.chapters import Binder, BookError, Chapter, chapters, heading
from book.document import document, running_heads
from book.pdf import pages_of, printed
from tests.markdown import DOCS, ROOT

ABOUT = {"title": "T", "description": "D", "edition": "E", "site_url": ""}
ONE = Chapter(1, "", "one/")
TWO = Chapter(2, "", "labs/two/")


@pytest.fixture(scope="module")
def contents():
    return chapters(load_config(str(ROOT / "mkdocs.yml")).nav or [])


@pytest.fixture(scope="module")
def html(site, contents):
    return document(site, contents, ABOUT)


def bound(article, chapter=ONE):
    page = f'<article class="md-content__inner md-typeset">{article}</article>'
    return Binder([ONE, TWO], "").bound(chapter, page).decode_contents()


def test_every_page_is_a_chapter_in_the_order_of_the_navigation(html, contents):
    names = re.findall(r'<section class="chapter" id="([^"]+)"', html)
    assert names == [chapter.name for chapter in contents]
    sources = [*DOCS.glob("*.md"), *DOCS.glob("labs/*.py")]
    assert len(names) == len(sources)
    numbers = re.findall(r'<h1[^>]* data-number="(\d+)"|<h1 data-number="(\d+)"', html)
    assert len(numbers) == len(names)


def test_no_id_of_the_book_stands_twice(html):
    ids = re.findall(r'<[a-z][^<>]*\sid="([^"]+)"', html)
    assert len(ids) > 1000
    assert len(ids) == len(set(ids))


def test_every_link_inside_the_book_leads_somewhere(html):
    ids = set(re.findall(r'<[a-z][^<>]*\sid="([^"]+)"', html))
    links = re.findall(r'<[a-z][^<>]*\s(?:xlink:)?href="([^"]*)"', html)
    inside = {link[1:] for link in links if link.startswith("#")}
    inside |= set(re.findall(r"url\(#([^)]+)\)", html))
    assert len(inside) > 500
    assert re.search('<use [^>]*xlink:href="#', html)  # a marker of a figure
    assert inside <= ids
    elsewhere = {link for link in links if not link.startswith("#")}
    assert all(re.match("https?://|mailto:", link) for link in elsewhere)


def test_an_equation_carries_the_number_of_its_chapter():
    number = '<a class="equation-number" href="#eq-x" title="t">(7)</a>'
    assert ">(1.7)</a>" in bound(number)
    reference = '<a href="../labs/two/#eq-y">words&nbsp;(3)</a>'
    assert '<a href="#labs-two:eq-y">words\u00a0(2.3)</a>' in bound(reference)
    formula = '<a href="../labs/two/#eq-y">the <span>p</span>&nbsp;(3)</a>, (4)'
    assert "<span>p</span>\u00a0(2.3)</a>, (4)" in bound(formula)


def test_a_figure_carries_the_number_of_its_chapter():
    number = '<a class="figure-number" href="#fig-x" title="t">Figure 2</a>. Words'
    assert ">Figure 1.2</a>. Words" in bound(number)
    reference = '<a href="../labs/two/#fig-y">words (Figure&nbsp;3)</a>'
    assert '<a href="#labs-two:fig-y">words (Figure\u00a02.3)</a>' in bound(reference)


@pytest.mark.parametrize(
    "hidden", ['display="none" class="n"', 'class="n" display="none"']
)
def test_a_figure_is_bound_as_it_is_drawn_for_a_wide_column(hidden):
    pictures = f'<svg class="wide"></svg><svg {hidden}><g></g></svg>'
    assert bound(pictures) == '<svg class="wide"></svg>'


def test_a_figure_finds_its_markers_and_its_clip():
    drawn = (
        '<path d="M0" id="m"></path><clippath id="c"></clippath>'
        '<g clip-path="url(#c)"><use x="1" xlink:href="#m"></use></g>'
    )
    assert bound(drawn) == (
        '<path d="M0" id="one:m"></path><clippath id="one:c"></clippath>'
        '<g clip-path="url(#one:c)"><use x="1" xlink:href="#one:m"></use></g>'
    )


def test_contents_and_running_heads_carry_the_heading_of_the_page(html):
    assert "The gradient of cross-entropy <span>" in html
    head = '@page gradient { @top-left { content: "4\\2002 The gradient of cross-'
    assert head in html
    page = '<h1 id="a"><em>A &amp;</em> "b"</h1><h1>C</h1>'
    assert heading(BeautifulSoup(page, "html.parser")) == 'A & "b"'
    assert 'content: "1\\2002 \\22 A\\22  \\5c "' in running_heads({ONE: '"A" \\'})
    with pytest.raises(BookError, match="no heading"):
        heading(BeautifulSoup("<h2>A</h2>", "html.parser"))


def test_glyphs_are_shared_and_must_be_the_same_on_all_pages():
    binder = Binder([ONE, TWO], "")
    page = (
        '<article class="md-content__inner md-typeset"><use href="#g"></use>'
        '<svg class="glyphs"><path id="g" d="{}"></path></svg></article>'
    )
    for chapter in (ONE, TWO):
        assert '<use href="#g">' in str(binder.bound(chapter, page.format("M1")))
    assert binder.glyphs == {"g": "M1"}
    with pytest.raises(BookError, match="two outlines of the glyph g"):
        binder.bound(TWO, page.format("M2"))


def test_what_only_a_screen_needs_stays_behind():
    assert bound('<a class="headerlink" href="#a">¶</a><script>x</script>') == ""
    assert bound('<a href="one.ipynb" download>n</a>').count("href") == 0


def test_a_page_without_an_article_is_refused():
    with pytest.raises(BookError, match="no article on the page one/"):
        Binder([ONE], "").bound(ONE, "<p></p>")


def test_the_pdf_has_bookmarks_and_the_pages_of_its_chapters(
    site, contents, browser, tmp_path
):
    short = [c for c in contents if c.name in ("start", "glossary", "checked")]
    file = tmp_path / "book.html"
    file.write_text(document(site, short, ABOUT), "utf-8")
    pdf = printed(browser, file)
    made = PdfReader(BytesIO(pdf))
    assert len(list(titles(made.outline))) > 10  # the headings
    pages = pages_of(pdf)
    starts = [pages[chapter.name] for chapter in short]
    assert starts == sorted(set(starts))
    assert starts[0] == 3  # after the cover and the contents
    assert max(starts) <= len(made.pages)
    # Every formula that is shown has words for a search and for readers aloud
    html = file.read_text("utf-8")
    shown, framed = html.count("<mjx-container"), html.count("<figure ")
    tagged = tags(made.trailer["/Root"]["/StructTreeRoot"])
    figures = [tag for tag in tagged if tag.get("/S") == "/Figure"]
    described = [tag for tag in figures if tag.get("/Alt")]
    assert shown > 10
    # A <figure> holds a picture
    assert len(figures) - framed == len(described) >= shown


def titles(outline):
    """Yield the bookmarks of a PDF, at any depth."""
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield entry.title


def tags(node):
    """Yield what a PDF tells readers aloud: the tags of its tree."""
    if isinstance(node, DictionaryObject):
        yield node
        below = node.get("/K", ArrayObject())
        for child in below if isinstance(below, ArrayObject) else [below]:
            yield from tags(child.get_object())
