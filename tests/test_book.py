"""The site as one document, and as one PDF."""

import re

import pytest
from mkdocs.config import load_config

from book.chapters import Binder, BookError, Chapter, chapters, heading
from book.document import document, running_heads
from book.pdf import page_numbers, pages_of, printed
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
    return Binder([ONE, TWO], "").bound(chapter, page)


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
    assert '<use xlink:href="#' in html  # a marker of a figure
    assert inside <= ids
    elsewhere = {link for link in links if not link.startswith("#")}
    assert all(re.match("https?://|mailto:", link) for link in elsewhere)


def test_an_equation_carries_the_number_of_its_chapter():
    number = '<a class="equation-number" href="#eq-x" title="t">(7)</a>'
    assert ">(1.7)</a>" in bound(number)
    reference = '<a href="../labs/two/#eq-y">words&nbsp;(3)</a>'
    assert '<a href="#labs-two:eq-y">words&nbsp;(2.3)</a>' in bound(reference)
    formula = '<a href="../labs/two/#eq-y">the <span>p</span>&nbsp;(3)</a>, (4)</p>'
    assert "<span>p</span>&nbsp;(2.3)</a>, (4)" in bound(formula)


def test_a_figure_carries_the_number_of_its_chapter():
    number = '<a class="figure-number" href="#fig-x" title="t">Figure 2</a>. Words'
    assert ">Figure 1.2</a>. Words" in bound(number)
    reference = '<a href="../labs/two/#fig-y">words (Figure&nbsp;3)</a>'
    assert '<a href="#labs-two:fig-y">words (Figure&nbsp;2.3)</a>' in bound(reference)


def test_a_figure_is_bound_as_it_is_drawn_for_a_wide_column():
    pictures = '<svg class="wide"></svg><svg display="none" class="narrow"><g/></svg>'
    assert bound(pictures) == '<svg class="wide"></svg>'


def test_a_figure_finds_its_markers_and_its_clip():
    drawn = (
        '<path id="m" d="M0"/><clipPath id="c"></clipPath>'
        '<g clip-path="url(#c)"><use xlink:href="#m" x="1"/></g>'
    )
    assert bound(drawn) == (
        '<path id="one:m" d="M0"/><clipPath id="one:c"></clipPath>'
        '<g clip-path="url(#one:c)"><use xlink:href="#one:m" x="1"/></g>'
    )


def test_contents_and_running_heads_carry_the_heading_of_the_page(html):
    assert "The gradient of cross-entropy <span>" in html
    head = '@page gradient { @top-left { content: "4\\2002 The gradient of cross-'
    assert head in html
    assert heading('<h1 id="a"><em>A &amp;</em> "b"</h1><h1>C</h1>') == 'A & "b"'
    assert 'content: "1\\2002 \\22 A\\22  \\5c "' in running_heads({ONE: '"A" \\'})
    with pytest.raises(BookError, match="no heading"):
        heading("<h2>A</h2>")


def test_glyphs_are_shared_and_must_be_the_same_on_all_pages():
    binder = Binder([ONE, TWO], "")
    page = (
        '<article class="md-content__inner md-typeset"><use href="#g"></use>'
        '<svg class="glyphs"><path id="g" d="{}"></path></svg></article>'
    )
    assert '<use href="#g">' in binder.bound(ONE, page.format("M1"))
    assert '<use href="#g">' in binder.bound(TWO, page.format("M1"))
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
    assert b"/Outlines" in pdf
    assert pdf.count(b"/Title") > 10  # the headings
    pages = pages_of(pdf)
    starts = [pages[chapter.name] for chapter in short]
    assert starts == sorted(set(starts))
    assert starts[0] == 3  # after the cover and the contents
    assert max(starts) <= len(page_numbers(pdf))
    # Every formula that is shown has words for a search and for readers aloud
    html = file.read_text("utf-8")
    shown, framed = html.count("<mjx-container"), html.count("<figure ")
    figures = re.findall(rb"/S /Figure\b", pdf)
    described = len(re.findall(rb"/Alt [(<]", pdf))
    assert shown > 10
    assert len(figures) - framed == described >= shown  # a <figure> holds a picture
