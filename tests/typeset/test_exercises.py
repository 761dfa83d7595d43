"""Exercises: each has an anchor, a number and a link, and a link to one opens it."""

import re

import pytest

from tests.markdown import PAGES
from typeset.exercises import ExerciseError, misnamed, with_exercises

ONE = '<details class="question"><summary>1. One</summary>{}</details>'
TWO = ONE.replace("1. One", "2. Two")
FOLD = '<details class="refuted"><summary>Refuted</summary></details>'


def test_an_exercise_has_an_anchor_and_a_link_outside_of_its_summary():
    html, anchors = with_exercises(f"<p>a</p>{ONE.format(FOLD)}{TWO.format('')}<p>b")
    assert anchors == ["exercise-1", "exercise-2"]
    assert html.startswith(
        '<p>a</p><div class="exercise"><details class="question" id="exercise-1">'
        "<summary>1. One</summary>"
    )
    assert f"{FOLD}</details><a " in html
    link = '<a class="headerlink" href="#exercise-2" title="Link to this exercise">'
    assert html.endswith(f"</details>{link}¶</a></div><p>b")


@pytest.mark.parametrize("title", ["One", "2. Two", "1.One"])
def test_an_exercise_without_its_number_is_refused(title):
    with pytest.raises(ExerciseError, match="begins with its number") as found:
        with_exercises(ONE.replace("1. One", title))
    assert found.value.quoted == title


def test_a_link_names_no_other_number():
    link = '<a href="../a/#exercise-2">{}</a>'
    for words in ("an exercise", "Exercise 2"):
        assert misnamed(link.format(words)) == []
    assert misnamed(link.format("Exercise 3")) == ["Exercise 3"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_exercise_of_the_site_can_be_linked(page, site):
    source = re.findall(r'^\?\?\? question "(\d+)\.', page.read_text("utf-8"), re.M)
    folder = "" if page.stem == "index" else page.stem
    html = (site / folder / "index.html").read_text("utf-8")
    built = re.findall(r'<details class="question" id="exercise-(\d+)"', html)
    assert built == source
    assert html.count('<details class="question"') == len(source)


def test_a_link_to_an_exercise_opens_it(address, browser):
    for scripts in (True, False):
        page = browser.new_page(java_script_enabled=scripts)
        page.goto(f"{address}gradient/#exercise-3")
        page.locator("#exercise-3 > p").first.wait_for(state="visible")
        assert not page.locator("#exercise-2 > p").first.is_visible()
        top = page.locator("#exercise-3").bounding_box()["y"]
        assert 40 < top < 400  # below the header, in sight
        page.close()
