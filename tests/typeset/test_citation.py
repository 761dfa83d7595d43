"""Whose the site is, and how to cite it."""

import re

import pytest

from tests.markdown import ROOT
from typeset.citation import LicenceError, Work, source_address, work
from typeset.edition import Edition

WORK = Work("Loss & Gain", "The authors", "2024", Edition("2.1", "2026-03-01", "abc"))


def test_an_entry_cites_a_page_of_a_site_at_its_address():
    made = Work(**{**vars(WORK), "address": "https://x.example/y/"})
    assert (
        made.bibtex("What 5 % is", "a/b/")
        == r"""@misc{loss-gain:a/b,
  author = {{The authors}},
  title = {{What 5 \% is}},
  howpublished = {Loss \& Gain, version 2.1},
  year = {2026},
  month = mar,
  note = {1 March 2026, commit abc},
  url = {https://x.example/y/a/b/},
}
"""
    )


def test_an_entry_says_no_more_than_is_known():
    made = Work("Loss", "The authors", "2024", Edition("2.1"))
    assert (
        made.bibtex()
        == """@misc{loss,
  author = {{The authors}},
  title = {{Loss}},
  howpublished = {Version 2.1},
  year = {2024},
}
"""
    )


def test_the_holder_is_the_one_of_the_licence():
    said = (ROOT / "LICENSE").read_text("utf-8")
    assert work(ROOT, "T").copyright in said
    assert "MIT License" in said
    assert "documentation files" in said, "then text and figures are not covered"
    assert re.search('^license = "MIT"$', (ROOT / "pyproject.toml").read_text(), re.M)


def test_a_licence_of_nobody_is_refused(tmp_path):
    (tmp_path / "LICENSE").write_text("All rights reserved\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1"\n')
    with pytest.raises(LicenceError, match="Copyright"):
        work(tmp_path, "T")


def test_an_address_that_edits_nothing_shows_nothing():
    assert source_address("https://x.example/wiki/", "a.py") == ""
