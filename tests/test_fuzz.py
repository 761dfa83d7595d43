"""`make fuzz` counts what fails, takes too long or too much; the fuzzer runs apart."""

import numpy as np
import pytest

from fuzz import measure
from fuzz.measure import DEFECT, FORGET, Measure
from fuzz.seeds import commands, formulas
from mathcheck.evaluate.evaluator import RULES
from mathcheck.read.syntax import Binary

pytestmark = pytest.mark.skipif(not FORGET.exists(), reason="memory is read from /proc")


@pytest.fixture
def measured(tmp_path):
    return Measure(tmp_path)


def test_a_formula_and_a_page_that_are_answered_are_right(measured):
    for text in ("x + t = t + x", "x = t", r"\foo", "the $x$ is $x = x$", "", "}"):
        assert not measured(text).wrong, text


def test_a_defect_that_the_checker_reports_is_wrong(measured, monkeypatch):
    monkeypatch.setitem(RULES, Binary, lambda evaluator, node: 1 / 0)
    assert DEFECT in measured("x + t = t + x + 1").wrong


def test_an_exception_that_gets_out_is_wrong(measured, monkeypatch):
    def fail(*_):
        raise KeyError("x")

    monkeypatch.setattr(measure, "check_file", fail)
    assert measured("x").wrong == "KeyError: 'x'"


def test_what_holds_too_much_at_once_is_wrong(measured, monkeypatch):
    def grow(*_):
        held = np.ones(300 * 2**17)  # MiB
        raise KeyError(held.size)

    monkeypatch.setattr(measure, "check_file", grow)
    assert measured("x").mebibytes > measure.MEBIBYTES


def test_the_fuzzer_begins_with_formulas_of_the_site_and_their_commands():
    assert r"\operatorname{softmax}" in commands()
    assert any(r"\operatorname{softmax}" in latex for latex in formulas())
