"""Formulas that explain themselves: operated by mouse, by keyboard and by finger."""

import pytest

from tests.browser import awake

PAGE = "gradient/"
FORMULA = "#eq-logsumexp-form"
# The letters of displayed formulas that no card explains, with their formula's text
UNEXPLAINED = """() => [...document.querySelectorAll('div.arithmatex')].flatMap(
  (formula) => [...formula.querySelectorAll('svg use')]
    .filter((use) => /-I-1D4/.test(use.getAttribute('href')))
    .filter((use) => !use.closest('[data-symbol]'))
    .map((use) => [use.getAttribute('href'), formula.textContent.slice(0, 60)]))"""


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{PAGE}{FORMULA}")
    awake(page)
    yield page
    context.close()


def symbol(page, text, formula=FORMULA):
    """Return the first symbol of a formula whose card says this."""
    number = page.evaluate(
        """(text) => [...document.getElementById('symbols').content.children].findIndex(
             (card) => card.textContent.includes(text))""",
        text,
    )
    assert number >= 0, text
    return page.locator(f'{formula} [data-symbol="{number}"]').first


def point_at(page, place):
    box = place.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_pointing_at_a_symbol_shows_what_is_in_force_there(page):
    card = page.locator(".symbol-card")
    assert not card.is_visible()
    point_at(page, symbol(page, "says what is true"))
    card.wait_for()
    assert "The label" in card.inner_text()
    assert card.locator("svg").count() >= 1  # its formula is typeset
    assert card.locator("q").count() == 0
    assert "\\" not in card.inner_text()


def test_card_can_be_pointed_at_and_leads_to_the_declaration(page):
    page.clock.install()
    point_at(page, symbol(page, "log-sum-exp, the logarithm"))
    link = page.locator(".symbol-card a")
    link.wait_for()
    point_at(page, link)
    page.clock.run_for(1000)  # the card's patience is over
    assert link.is_visible()
    link.click()
    page.wait_for_url("**/notation/#at-*")
    anchor = page.url.partition("#")[2]
    assert page.locator(f"#{anchor}").is_visible()


def test_card_goes_when_the_pointer_leaves_and_on_escape(page):
    card = page.locator(".symbol-card")
    place = symbol(page, "says what is true")
    point_at(page, place)
    card.wait_for()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.mouse.move(5, 400)
    point_at(page, place)
    card.wait_for()
    page.mouse.move(5, 400)
    card.wait_for(state="hidden")


def test_keyboard_goes_from_symbol_to_symbol_and_each_is_read_out(page):
    page.locator(f"{FORMULA} > mjx-container").focus()
    count = page.locator(f"{FORMULA} [data-symbol]").count()
    said = []
    for _ in range(count):
        page.keyboard.press("ArrowRight")
        assert page.locator(".symbol-card").is_visible()
        said.append(page.locator(".symbol-voice").text_content())
    assert "softmax cross-entropy of one example" in said[0]
    assert "logits" in "".join(said)
    assert "declared" not in "".join(said)  # what can be done is not what is explained
    page.keyboard.press("ArrowRight")  # and on, to the next formula, in a sentence
    inline = page.locator(f"{FORMULA} ~ p mjx-container").first
    assert inline.evaluate("(box) => box === document.activeElement")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".symbol-voice").text_content() == said[-1]
    page.keyboard.press("Escape")
    assert not page.locator(".symbol-card").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator(".symbol-shown").count() == 1
    page.keyboard.press("Tab")
    assert page.locator(".symbol-shown").count() == 0


def test_enter_goes_into_the_card_of_a_symbol_and_escape_back(page):
    formula = page.locator(f"{FORMULA} > mjx-container")
    here = "(tag) => tag === document.activeElement"
    formula.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator(".symbol-card a").evaluate(here)
    page.keyboard.press("Escape")
    assert formula.evaluate(here)


def test_nothing_moves_when_a_card_opens(page):
    bottom = "document.documentElement.scrollHeight"
    place = page.locator(f"{FORMULA} [data-symbol]").last
    before = page.evaluate(bottom), place.bounding_box()
    point_at(page, place)
    page.locator(".symbol-card").wait_for()
    assert (page.evaluate(bottom), place.bounding_box()) == before


def test_formula_out_of_sight_is_as_high_as_in_sight(page):
    page.set_viewport_size({"width": 320, "height": 600})
    heights = """() => [...document.querySelectorAll('[display] > svg')].map(
      (svg) => Math.round(svg.getBoundingClientRect().height))"""
    before = page.evaluate(heights)
    page.add_style_tag(
        content="mjx-container > *{content-visibility:visible !important}"
    )
    assert page.evaluate(heights) == before


def test_tap_shows_the_card_and_a_tap_elsewhere_closes_it(browser, address):
    context = browser.new_context(
        viewport={"width": 375, "height": 700}, has_touch=True, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(f"{address}{PAGE}{FORMULA}")
    awake(page)
    card = page.locator(".symbol-card")
    box = symbol(page, "says what is true").bounding_box()
    page.touchscreen.tap(box["x"] + 3, box["y"] + 3)
    card.wait_for()
    edges = card.bounding_box()
    assert edges["x"] >= 0
    assert edges["x"] + edges["width"] <= 375
    page.touchscreen.tap(5, 690)
    assert not card.is_visible()
    context.close()


@pytest.mark.parametrize("touch", [True, False])
def test_the_first_tap_or_move_on_a_page_is_answered(browser, address, touch):
    context = browser.new_context(
        viewport={"width": 375, "height": 700}, has_touch=touch
    )
    page = context.new_page()
    page.goto(f"{address}{PAGE}{FORMULA}")
    box = symbol(page, "says what is true").bounding_box()
    point = box["x"] + 3, box["y"] + 3
    (page.touchscreen.tap if touch else page.mouse.move)(*point)
    page.locator(".symbol-card").wait_for()
    context.close()


@pytest.mark.parametrize("chapter", ["softmax/", "gradient/"])
def test_every_letter_of_a_displayed_formula_is_explained(page, address, chapter):
    page.goto(f"{address}{chapter}")
    letters = page.evaluate(UNEXPLAINED)
    # e alone is Euler's number, which no page declares
    assert [found for found in letters if found[0] != "#NCM-I-1D452"] == []


# For each reason: is it beside the picture, and at the height of its row's signs?
REASONS = """() => [...document.querySelectorAll('.reasoned')].flatMap((formula) => {
  const picture = formula.querySelector('svg').getBoundingClientRect();
  return [...formula.querySelectorAll('.reasons > li')].map((item) => {
    const box = item.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    return {
      text: item.textContent,
      beside: box.left >= picture.right && picture.top < middle
        && middle < picture.bottom,
      below: box.top >= picture.bottom,
      level: [...formula.querySelectorAll('svg use')].some((sign) => {
        const glyph = sign.getBoundingClientRect();
        return Math.abs((glyph.top + glyph.bottom) / 2 - middle) < 4;
      }),
      shown: box.width > 50 && item.scrollWidth <= item.clientWidth + 1,
    };
  });
})"""


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (688, "print")])
def test_reasons_stand_at_their_rows_where_there_is_room(page, width, media):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=media)
    page.add_style_tag(
        content="mjx-container > *{content-visibility:visible !important}"
    )
    page.locator("details").evaluate_all(
        "(folds) => folds.forEach((f) => f.open = true)"
    )
    reasons = page.evaluate(REASONS)
    assert len(reasons) >= 10
    assert [r for r in reasons if not (r["beside"] and r["level"] and r["shown"])] == []


def test_reasons_stand_below_where_it_is_narrow_and_name_their_row(page):
    page.set_viewport_size({"width": 375, "height": 800})
    page.add_style_tag(
        content="mjx-container > *{content-visibility:visible !important}"
    )
    page.locator("details").evaluate_all(
        "(folds) => folds.forEach((f) => f.open = true)"
    )
    reasons = page.evaluate(REASONS)
    assert [r for r in reasons if not (r["below"] and r["shown"])] == []
    assert all(r["text"].startswith("Line ") for r in reasons)
    assert page.locator(".reasoned .row").first.is_visible()


def test_counter_example_is_folded_and_opens_by_keyboard(page):
    fold = page.locator("details.refuted").first
    values = fold.get_by_text("difference")
    assert not values.is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    values.wait_for()
    assert fold.locator("li").first.inner_text() == "K = 3"
