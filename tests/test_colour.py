"""Colour as a language, seals, and formulas that a reader breaks, in a browser."""

import re

import pytest

from tests.markdown import DOCS

EQUATION = "#eq-gradient-any-labels"
SHIFT = """() => new Promise((done) => new PerformanceObserver((list) => done(
  list.getEntries().filter((e) => !e.hadRecentInput)
    .reduce((sum, { value }) => sum + value, 0)))
  .observe({ type: "layout-shift", buffered: true }) || setTimeout(done, 400, 0))"""


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}gradient/{EQUATION}")
    yield page
    context.close()


def seen(page, selector):
    """Return the texts of what is visible."""
    return [t.inner_text() for t in page.locator(selector).all() if t.is_visible()]


def colour(page, selector):
    return page.locator(selector).first.evaluate("(e) => getComputedStyle(e).color")


def test_formulas_code_and_legend_agree_and_each_has_a_line_of_its_own(page):
    lines = set()
    for role in ("predicted", "true", "gradient"):
        inks = {
            colour(page, f"{place} .is-{role}")
            for place in (".legend >", f"{EQUATION} svg", ".highlight")
        }
        assert len(inks) == 1, role
        name = page.locator(f".highlight .is-{role}").first
        lines.add(name.evaluate("(e) => getComputedStyle(e).textDecorationStyle"))
    assert len(lines) == 3
    assert colour(page, f"{EQUATION} svg > g") != colour(page, f"{EQUATION} .is-true")


def test_colours_a_reader_has_chosen_stay(browser, address):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}gradient/")
    ink = colour(page, "article p")
    assert colour(page, "article svg .is-gradient") == ink
    assert colour(page, ".highlight .is-true") == ink
    context.close()


def test_a_page_on_which_one_role_plays_has_no_colours(site):
    html = (site / "api" / "index.html").read_text("utf-8")
    assert "is-predicted" not in html
    assert 'class="legend"' not in html


def test_formula_is_broken_differently_and_put_back_by_keyboard(page):
    true = page.locator(f"{EQUATION} > mjx-container").first
    above = page.locator("h1").bounding_box()
    button = page.locator(f"{EQUATION} .breaker button").first
    assert page.locator(".breaker button:visible", has_text="Put it back").count() == 0
    button.focus()
    said = page.locator(f"{EQUATION} ~ .broken-at").first
    assert said.get_attribute("aria-live") == "polite"
    told = set()
    for _ in range(4):
        page.keyboard.press("Enter")
        assert not true.is_visible()
        assert page.locator(f"{EQUATION} > .broken .changed").count() >= 1
        text = said.inner_text()
        assert "This run refuted it" in text
        left, right, difference = (
            float(re.search(rf"{side} = (−?[\d.]+)", text)[1].replace("−", "-"))
            for side in ("left", "right", "difference")
        )
        assert abs(left - right) > 1e-3
        assert difference == pytest.approx(left - right, abs=2e-4)
        told.add(page.locator(f"{EQUATION} > .broken").inner_html())
    assert len(told) == 4
    assert page.locator("h1").bounding_box() == above  # nothing moves but what is below
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert true.is_visible()
    assert said.inner_text() == ""
    assert page.locator(f"{EQUATION} > .broken").count() == 0
    assert button.evaluate("(b) => b === document.activeElement")


def test_a_broken_formula_prints_whole(page):
    page.locator(f"{EQUATION} .breaker button").first.click()
    page.emulate_media(media="print")
    assert page.locator(f"{EQUATION} > mjx-container").first.is_visible()
    assert page.locator(f"{EQUATION} > .broken").is_hidden()
    assert seen(page, ".breaker button, .broken-at, template") == []
    assert page.locator(f"{EQUATION} > .seal").is_visible()


def test_without_scripts_there_is_no_button_and_no_room_is_made_for_it(
    browser, address, page
):
    shift = page.evaluate(SHIFT)
    assert shift <= 0.01
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    plain = context.new_page()
    plain.goto(f"{address}gradient/{EQUATION}")
    assert plain.locator(".breaker, .broken-at").count() == 0
    assert plain.locator(f"{EQUATION} > .seal").is_visible()
    heights = [p.locator(EQUATION).bounding_box()["height"] for p in (page, plain)]
    assert heights[0] == heights[1]
    context.close()


def test_every_change_on_the_site_is_typeset_and_marked(site):
    found = 0
    for source in DOCS.glob("*.md"):
        if "break -->" not in source.read_text("utf-8"):
            continue
        html = (site / source.stem / "index.html").read_text("utf-8")
        for template in re.findall(r'<template class="breaks".*?</template>', html):
            for change in template.split('<div><div class="arithmatex')[1:]:
                assert 'class="changed"' in change
                assert "left = " in change
                found += 1
    assert found >= 15
