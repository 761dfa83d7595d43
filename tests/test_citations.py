"""Every citation says what a reader needs to look it up, and is used."""

import pytest

from tests.citations import Page, complaints, page_of
from tests.markdown import PAGES, ROOT

# What has no address, by its page: with the reason
EXCEPTIONS = {
    (
        "docs/gradient.md",
        "“*Deriving Cross Entropy Gradient*",
    ): "the post was given to us as text, by its title and date, without an address",
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_citation_can_be_looked_up(path):
    found = [said for said in complaints(page_of(path)) if not excepted(said)]
    assert not found, "\n".join(["", *found])


def excepted(said: str) -> bool:
    """Say whether a complaint is an exception."""
    return any(said.startswith(page) and words in said for page, words in EXCEPTIONS)


@pytest.mark.parametrize(("page", "words"), EXCEPTIONS)
def test_every_exception_is_used(page, words):
    assert [said for said in complaints(page_of(ROOT / page)) if words in said]


def judged(text: str) -> list[str]:
    """Return the complaints about a page, without its name."""
    page = Page(ROOT / "docs" / "page.md", text)
    return [said.removeprefix("docs/page.md:") for said in complaints(page)]


def listed(item: str) -> list[str]:
    """Return the complaints about a source of a page that refers to it."""
    return judged(f"Smith wrote a Title of a Tool.\n\n## Sources\n\n- {item}\n")


@pytest.mark.parametrize(
    "item",
    [
        "A. Smith, *A Title*, Journal of Numbers 3 (1), 2001, 4–9.",
        "A. Smith and B.-C. Jones, *A Title*, 2001, [arXiv:1](https://arxiv.org/abs/1).",
        "A. B. Smith, *A Title*, Springer, 2001, section 4.2.\n  What it has.",
        "A. Smith, [*A Title*](https://example.org), 2001.",
        "Tool, [`call`](https://example.org/call): what it does.",
    ],
)
def test_a_source_may_be_written_so(item):
    assert not listed(item)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("A. Smith, A Title, Wiley, 2001, 4–9.", "needs its title"),
        ("A. Smith, *A Title*, Wiley, 4–9.", "needs its year"),
        ("A. Smith, *A Title of 1999*, Wiley, 4–9.", "needs its year"),
        ("A. Smith, *A Title*, Wiley, 2001.", "needs its pages"),
        ("A. Smith, *A Title*, 2001, 4–9.", "needs its venue"),
        ("A. Smith, *A Title*, 1998, as cited by Jones, section 2.", "cite the source"),
        ("A Title, a blog post, 2001.", "needs a link"),
    ],
)
def test_a_source_that_cannot_be_found_is_refused(item, said):
    assert any(said in complaint for complaint in listed(item)), listed(item)


def test_a_source_that_nothing_refers_to_is_refused():
    page = "Text.\n\n## Sources\n\n- A. Smith, *Title*, Wiley, 2001, 4–9.\n"
    (said,) = judged(page)
    assert (
        said
        == "5: nothing on the page refers to “A. Smith, *Title*, Wiley, 2001, 4–9.”"
    )


def test_footnotes_are_used_defined_once_and_name_a_source():
    page = (
        "One.[^a] Two.[^b] `[^code]`\n\n[^a]: *A Title*, section 1.\n[^c]: Words.\n"
        "[^a]: [Again](https://example.org), with words.\n"
    )
    assert judged(page) == [
        "1: the footnote [^b] is not defined",
        "4: no text has the footnote [^c]",
        "4: the footnote [^c] names no source",
        "5: the footnote [^a] is defined twice",
    ]


HUB = "https://github.com"


@pytest.mark.parametrize(
    ("line", "silent"),
    [
        (f"[Tool 1]({HUB}/a/tool/issues/1).", 1),
        (f"[Tool 1]({HUB}/a/tool/issues/1), 2019: a gradient of zero.", 0),
        (f"The [gradient was zero]({HUB}/a/tool/issues/1).", 0),
        (f"Issues [1]({HUB}/a/t/issues/1) and [2]({HUB}/a/t/issues/2) (two means).", 0),
        (f"Two means: [1]({HUB}/a/t/issues/1), [2]({HUB}/b/u/pull/2).", 1),
        (f"See [1]({HUB}/a/t/issues/1) and [2]({HUB}/b/u/pull/2).", 2),
    ],
)
def test_a_link_to_an_issue_says_what_it_is_about(line, silent):
    said = [one for one in judged(f"- {line}\n") if "say what" in one]
    noted = [one for one in judged(f"A.[^a]\n\n[^a]: {line}\n") if "say what" in one]
    assert len(noted) == silent
    assert len(said) <= silent


def test_the_links_of_a_sentence_share_its_words():
    links = f"[here]({HUB}/a/t/issues/1), and in [Tool]({HUB}/b/tool/pull/2)"
    assert not judged(f"The factor was forgotten more than once ({links}).")
    assert len(judged(f"See {links}.")) == 2


def test_the_heading_of_a_question_says_what_an_issue_is_about():
    assert not judged(f"Asked at [Tool]({HUB}/a/tool/issues/1).")
