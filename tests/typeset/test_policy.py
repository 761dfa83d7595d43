"""The policy of a page: what runs on it is named by its digest, and nothing else is."""

import hashlib
from base64 import b64encode

import pytest

from typeset.policy import PolicyError, inline_scripts, with_policy

HEAD = '<html><head><meta charset="utf-8"><title>A</title></head>'


def digest(code):
    return "sha256-" + b64encode(hashlib.sha256(code.encode()).digest()).decode()


def test_a_script_of_the_page_is_named_by_its_digest():
    assert inline_scripts("<script>a = 1\n</script>") == {digest("a = 1\n")}
    assert inline_scripts('<script type="module">b</script>') == {digest("b")}


def test_what_is_a_file_or_data_needs_no_digest():
    assert not inline_scripts('<script src="a.js"></script>')
    assert not inline_scripts('<script type="application/json">{}</script>')
    assert not inline_scripts('<script type="application/ld+json">{}</script>')


def test_the_policy_stands_behind_the_character_set_and_before_all_else():
    html = with_policy(f"{HEAD}<script>a</script>")
    assert html.index("charset") < html.index("Content-Security") < html.index("<title")
    assert f"script-src 'self' 'wasm-unsafe-eval' '{digest('a')}';" in html


def test_no_script_is_allowed_by_a_word_that_allows_all():
    html = with_policy(f"{HEAD}<script>a</script>")
    scripts = html.split("script-src")[1].split(";")[0]
    assert "unsafe" not in scripts.replace("'wasm-unsafe-eval'", "")  # makes no scripts
    assert "default-src 'none'" in html


def test_a_page_without_a_place_for_its_policy_is_an_error():
    with pytest.raises(PolicyError, match="charset"):
        with_policy("<html><head></head></html>")
