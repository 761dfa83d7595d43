"""The atlas: what is kept was asked so, is understood, runs again, and is shown."""

import importlib.util
import os
import re
import shutil
import sys
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from atlas import maximum
from atlas.ask import ROOT, ask
from atlas.catalogue import FAMILIES, FOLDER
from atlas.environment import NotHadError
from atlas.questions import QUESTIONS
from atlas.questions.documented import CALLS
from atlas.questions.question import DIGITS, Mark, Question, Reading, same
from atlas.record import Library, asked, key, read
from typeset import documented, libraries
from typeset.answers import AtlasError

RECORD = read()
RECORDED = [
    (name, question)
    for name, one in RECORD.items()
    if not one.missing
    for question in FAMILIES[one.family].questions
]
# What `make frameworks` installs: what a family imports
HERE = {"pytorch": "torch", "optax": "optax"}


# --- what is kept ---------------------------------------------------------------------


def test_every_library_is_recorded_as_it_is_asked_today():
    assert RECORD
    for family in FAMILIES.values():
        for name in family.libraries:
            assert RECORD[name].key == key(family.way), (
                f"{name} is asked in another way than it was: make atlas"
            )
    named = {name for one in FAMILIES.values() for name in one.libraries}
    assert set(RECORD) == named


def test_every_question_was_asked_as_it_stands():
    for name, question in RECORDED:
        answer = RECORD[name].answers[question.name]
        assert answer["asked"] == asked(question), (
            f"{name}, {question.name}: make atlas"
        )


def test_every_answer_is_understood():
    meanings = [
        libraries.meaning(question, name, RECORD[name].answers[question.name])
        for name, question in RECORDED
    ]
    assert {one.mark for one in meanings if one} == set(Mark)


def test_no_reading_is_there_for_nobody():
    for question in QUESTIONS:
        found = [
            libraries.meaning(question, name, RECORD[name].answers[question.name])
            for name, one in RECORDED
            if one is question
        ]
        assert any(found), f"nobody answers {question.name}"


def test_what_a_library_has_no_form_for_is_neither_asked_nor_kept():
    for name, one in RECORD.items():
        family = FAMILIES[one.family]
        asks = {question.name for question in family.questions}
        assert one.missing or one.answers.keys() == asks, name
        assert {question.form for question in family.questions} <= family.forms


def test_the_code_that_families_share_belongs_to_each():
    shared = (FOLDER / "rscript.py").read_text("utf-8")
    assert "def in_r(" in shared
    assert "def in_r(" in FAMILIES["r_stats"].way
    assert "def in_r(" not in FAMILIES["optax"].way


def test_names_of_questions_are_addresses():
    names = [question.name for question in QUESTIONS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)


@pytest.mark.parametrize("family", HERE)
def test_a_library_that_is_here_answers_as_it_is_kept(family):
    if not importlib.util.find_spec(HERE[family]):
        if os.environ.get("REQUIRE_FRAMEWORKS"):
            pytest.fail(f"{family} is not installed: make frameworks")
        pytest.skip(f"{family}: make frameworks")
    for name, surroundings in FAMILIES[family].libraries.items():
        kept = RECORD[name]
        questions = FAMILIES[family].questions
        head, answers = ask(Path(sys.executable), family, questions, surroundings)
        wrong = [
            f"{question.title} {kept.versions} answered {old}, {head['versions']} {new}"
            for question in questions
            for old, new in [(kept.answers[question.name], answers[question.name])]
            if not alike(old, new)
        ]
        assert wrong == []


def alike(old, new):
    """Say whether two answers are the same, but for their last digits and for words."""
    if old.get("raises", old.get("absent")) != new.get("raises", new.get("absent")):
        return False
    digits = DIGITS.get(old.get("dtype"), 0)
    return old.get("dtype") == new.get("dtype") and all(
        same(old.get(part), new.get(part), digits) for part in ("value", "gradient")
    )


# --- how libraries are asked ----------------------------------------------------------

FAMILY = """
import os, signal, time
from atlas.families.asking import form, told
PINS = ["numpy"]
LIBRARIES = {"Fake": {}}

@form("fake.softmax(z)")
def softmax(z):
    if z[0] == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if z[0] == 2:
        raise ValueError("two\\nlines")
    return told(z * 2, z.sum())
"""


def questions(*firsts):
    return [
        Question(f"q{first}", "", "", "softmax", {"z": [float(first)]}, ())
        for first in firsts
    ]


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Make a project whose only family is one of our own."""
    folder = tmp_path / "atlas" / "families"
    folder.mkdir(parents=True)
    families = ("families/__init__.py", "families/asking.py")
    for name in ("__init__.py", *families):
        shutil.copy(ROOT / "atlas" / name, tmp_path / "atlas" / name)
    (folder / "fake.py").write_text(FAMILY, "utf-8")
    monkeypatch.setattr("atlas.ask.ROOT", tmp_path)
    return lambda *asked: ask(Path(sys.executable), "fake", list(asked), {})


def test_a_library_is_asked_in_its_own_process(fake):
    lacks = Question("lacks", "", "", "softmax", {"z": [3.0], "axis": 1}, ())
    other = Question("other", "", "", "focal", {}, ())
    head, answers = fake(*questions(3), lacks, other)
    assert head["calls"] == {"softmax": "fake.softmax(z)"}
    assert head["versions"] == {"numpy": np.__version__}
    assert answers == {
        "q3": {"value": [6.0], "dtype": "float64", "gradient": 3.0},
        "lacks": {"absent": "axis"},
        "other": {"absent": "focal"},
    }


def test_what_ends_the_process_takes_one_answer_with_it(fake):
    _, answers = fake(*questions(0, 1, 2, 3))
    assert answers["q1"] == {"ended": "the process ended by signal 9"}
    assert answers["q2"] == {"raises": "ValueError", "says": "two lines"}
    assert answers["q3"]["value"] == [6.0]


def test_a_family_that_cannot_be_imported_is_an_error(fake, tmp_path):
    (tmp_path / "atlas/families/fake.py").write_text(f"{FAMILY}import nothing_here")
    with pytest.raises(NotHadError, match="nothing_here"):
        fake(*questions(3))


# --- what an answer means -------------------------------------------------------------


def test_the_first_reading_that_fits_is_the_meaning():
    question = Question("", "", "", "", {}, (
        Reading("half", Mark.RIGHT, 0.5, [0.25]),
        Reading("error", Mark.RIGHT, raises=True),
        Reading("single", Mark.CONVENTION, dtype="float32"),
        Reading("below", Mark.WRONG, lambda loss: loss < 0.5),
    ))  # fmt: skip

    def means(**answer):
        found = question.reading({"dtype": "float64", **answer})
        return found and found.words

    assert means(value=0.5 + 1e-12, gradient=[0.25]) == "half"
    assert means(value=[0.5], gradient=[0.25]) == "half"  # a batch of one
    assert means(value=0.5) is None  # no gradient
    assert means(value=0.5 + 1e-6, gradient=[0.25]) is None
    assert means(value=0.5 + 1e-6, gradient=[0.25], dtype="float32") == "half"
    assert means(value=7.0, dtype="float32") == "single"
    assert means(value=0.4) == "below"
    assert means(raises="ValueError") == "error"


def test_an_answer_without_a_meaning_fails_the_build():
    question = Question("q", "", "", "", {}, (Reading("", Mark.RIGHT, 1.0),))
    with pytest.raises(AtlasError, match="no reading of q fits Fake"):
        libraries.meaning(question, "Fake", {"value": 2.0, "dtype": "float64"})


# --- documented formulas --------------------------------------------------------------

PAGE = """## Fake

### `one`: a claim { #one }

$f(1) \\approx 2.50$ <!-- atlas: call a -->

$f(2) \\approx 2.50$ <!-- atlas: call b -->

$g(2) \\approx -3.00$ <!-- atlas: instead b -->

### `two`: another { #two }

$h(1) \\approx 7.0$ <!-- atlas: call c -->

### What holds { #rest }

| Function | Number | The call gives, and there the formula |
|---|---|---|
| `three` | $f(1) \\approx 2.50$ <!-- atlas: call a --> |
"""


@pytest.fixture
def fakes(monkeypatch):
    """Make two libraries that were asked for the calls of the page above."""
    monkeypatch.setattr(documented, "CODES", dict.fromkeys("abcd", "call()"))

    def library(**calls):
        answers = {f"call: {name}": answer for name, answer in calls.items()}
        return Library("", "", "", "", {"fake": "1.2"}, answers=answers)

    both = {"a": {"value": [2.501]}, "b": {"value": -3.0}}
    return {
        "Fake": library(**both, c={"value": 7.0}, d={"value": [1.0, 2.0]}),
        "Other": library(**both, c={"raises": "TypeError"}),
    }


def compared(page, fakes):
    return documented.CALL.sub(lambda match: documented.compared(match, fakes), page)


def test_a_documented_formula_is_compared_with_each_library(fakes):
    said = compared(PAGE, fakes)
    assert "$f(1) \\approx 2.50$ `call()` gives 2.501: the formula **holds**" in said
    assert "$f(2) \\approx 2.50$ `call()` gives −3: the formula **does not" in said
    assert "$g(2) \\approx -3.00$ This is what the function gave: −3." in said
    assert "7 (Fake), `TypeError` (Other): the formula **holds** in Fake alone" in said
    assert "| `three` | $f(1) \\approx 2.50$ | `call()`: 2.501, holds |" in said


def test_the_verdicts_are_made_from_the_numbers(fakes):
    assert documented.verdicts(PAGE, fakes).splitlines()[2:] == [
        "| Fake 1.2 | holds | [`three`](#rest) |",
        "| Fake 1.2 | holds under conditions | [`one`](#one), [`two`](#two) |",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("$1.5$ <!-- atlas: instead a -->", "a does not give 1.5"),
        ("$1.5$ <!-- atlas: call none -->", "no library was asked for none"),
        ("$1.5$ <!-- atlas: call d -->", "d gives more than a number"),
    ],
)
def test_a_comparison_that_cannot_be_made_fails_the_build(fakes, line, fault):
    with pytest.raises(AtlasError, match=fault):
        compared(line, fakes)


def test_a_verdict_needs_the_name_of_a_function(fakes):
    with pytest.raises(AtlasError, match="no function is named where a"):
        documented.verdicts("## Fake\n\n$2.50$ <!-- atlas: call a -->", fakes)


def test_every_call_is_on_the_page_and_no_verdict_is_typed_there():
    page = (ROOT / "docs" / "documented.md").read_text("utf-8")
    shown = {match["name"] for match in documented.CALL.finditer(page)}
    assert shown == {name for calls in CALLS.values() for name in calls}
    typed = re.findall(r"\bdoes not hold\b|\*\*holds\b|\| *holds *\|", page)
    assert not typed


# --- the pages ------------------------------------------------------------------------


def test_each_answer_stands_on_the_page_behind_its_library(site):
    html = (site / "libraries/index.html").read_text("utf-8")
    for question in QUESTIONS:
        part = html.partition(f'id="{question.name}"')[2].partition("</ul>")[0]
        shown = {
            unescape(name): unescape(re.sub("<[^>]*>", "", told))
            for name, told in re.findall(
                r'<span data-library="([^"]*)">(.*?)</span>', part, re.DOTALL
            )
        }
        for name, one in RECORD.items():
            answer = one.answers.get(question.name, {"absent": ""})
            if "absent" in answer:
                assert name not in shown
            elif "raises" in answer:
                assert shown[name] == f"{name} {answer['raises']}"
            elif np.size(answer["value"]) == 1 and not any(
                reading.dtype for reading in question.readings
            ):
                number = re.search(r"(?<= )\[?([^],]+)", shown[name].removeprefix(name))
                value = float(number[1].replace("−", "-"))
                wanted = np.asarray(answer["value"]).item()
                assert value == pytest.approx(wanted, rel=1e-4, nan_ok=True)


def test_one_library_is_shown_alone(browser, address):
    page = browser.new_page()
    page.goto(f"{address}libraries/")
    shown = page.locator(".answers [data-library]:visible")
    every = shown.count()
    page.get_by_role("combobox", name="Library").select_option("PyTorch")
    assert set(shown.evaluate_all("all => all.map((one) => one.dataset.library)")) == {
        "PyTorch"
    }
    page.get_by_role("combobox", name="Mark").select_option("wrong")
    rows = page.locator(".answers > li:visible")
    assert rows.count() == shown.count() > 0
    marks = rows.evaluate_all("all => all.map((one) => one.dataset.mark)")
    assert set(marks) == {"wrong"}
    assert page.locator(".asked:visible").count() == rows.count()
    said = page.locator(".choosing output").inner_text()
    assert said == f"{rows.count()} of {len(QUESTIONS)} questions"
    themes = page.get_by_role("combobox", name="Questions")
    themes.select_option("Label smoothing")
    assert rows.count() == 0  # there PyTorch does nothing wrong
    page.get_by_role("combobox", name="Mark").select_option("")
    assert page.locator("h2[data-theme]:visible").count() == 1
    assert page.locator(".asked:visible").count() == rows.count() > 0
    themes.select_option("")
    page.get_by_role("combobox", name="Library").select_option("")
    assert shown.count() == every
    page.close()


# --- the maximum ----------------------------------------------------------------------


def test_at_the_estimate_the_gradient_is_zero():
    rows = maximum.design()
    slopes = np.vstack([np.zeros(3), maximum.estimate().astype(float)])
    logits = rows @ slopes.T
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    gradient = rows.T @ (p - np.eye(3)[maximum.CLASSES])
    assert abs(gradient).max() < 1e-12


def test_digits_are_counted_from_the_worst_coefficient_in_any_gauge():
    best = np.vstack([np.zeros(3), maximum.estimate().astype(float)])
    moved = best + np.array([1.0, 2.0, 3.0])
    exact = maximum.judged("", "", {"value": moved.tolist()})
    assert exact.digits > 14
    assert abs(exact.excess) < 1e-15
    best[2, 1] *= 1 + 1e-4
    way = maximum.judged("", "", {"value": best.tolist()})
    assert way.digits == pytest.approx(4, abs=1e-6)
    assert 0 < way.excess < 1e-8
    assert maximum.judged("", "", {"raises": "ValueError"}).raises == "ValueError"


def test_the_table_of_the_maximum_has_every_way(site):
    html = (site / "maximum/index.html").read_text("utf-8")
    rows = [
        [unescape(re.sub("<[^>]*>", "", cell)) for cell in row]
        for row in re.findall(
            r"<tr[^>]*><t[dh][^>]*>(.*?)</t[dh]>" + 2 * "<td[^>]*>(.*?)</td>", html
        )
    ]
    found = {(library, name): digits for library, name, digits in rows}
    for way in maximum.ways(RECORD):
        told = found[way.library, way.name]
        if not way.raises:
            assert float(told.replace("−", "-")) == pytest.approx(way.digits, abs=0.051)
