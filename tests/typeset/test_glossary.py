"""Tooltips: one list, plain words, one a term and page, none where it would disturb."""

import re

import pytest

from tests.markdown import DOCS
from typeset.glossary import ENTRY, first_of_each, tooltips, with_terms

TEXT = (DOCS / "glossary.md").read_text("utf-8")
ENTRIES = [(entry["term"], entry["sentence"]) for entry in ENTRY.finditer(TEXT)]


def test_every_entry_is_read():
    assert len(ENTRIES) == len(re.findall(r"^:   ", TEXT, re.MULTILINE)) > 40
    assert len({term for term, _ in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize(("term", "sentence"), ENTRIES)
def test_a_tooltip_is_one_plain_sentence(term, sentence):
    assert re.fullmatch(r"[A-Z][^$\[\]<>\"`*]*\.", sentence)
    assert len(sentence) < 160
    assert not term.endswith("s") or term == "Bias"


def test_forms_of_a_term():
    said = tooltips("Logit\n:   A number.\n\nKL\n:   A divergence.\n")
    assert set(said) == {"logit", "Logit", "logits", "Logits", "KL", "KLs"}
    assert "entropies" in tooltips("Entropy\n:   It.\n")


def test_terms_are_appended_as_abbreviations():
    text = with_terms("A logit.", "Logit\n:   A number.\n    More of it.\n")
    assert "\n*[logits]: A number.\n" in text


def test_only_the_first_place_on_a_page_has_a_tooltip():
    mark = '<abbr title="A.">{}</abbr>'
    html = f"<h2>{mark.format('x')}</h2><p>{mark.format('x')} {mark.format('xs')}</p>"
    kept = '<abbr tabindex="0" title="A.">x</abbr>'
    assert first_of_each(html) == f"<h2>x</h2><p>{kept} xs</p>"


@pytest.mark.parametrize("words", ["On the {} of x", "{}", "{} scores"])
def test_titles_have_no_tooltip_inside(words):
    html = words.format('<abbr title="A.">Entropy</abbr>')
    assert first_of_each(f"<em>{html}</em>") == f"<em>{words.format('Entropy')}</em>"
    term = '<em>the <abbr title="A.">entropy</abbr></em>'
    assert "<abbr" in first_of_each(term)


def test_links_have_no_tooltip_inside():
    html = '<a href="b"><abbr title="A.">x</abbr></a>'
    assert first_of_each(html) == '<a href="b">x</a>'
