"""Tables in the browser: what is seen in a wide window, on a phone, and on paper."""

import re

import pytest

from tests.looks import PAPER

TABLE = "article table"
SHOWN = "[...document.querySelectorAll('.comparison')].map((one) => [...new Set([" \
    "...one.querySelectorAll('td')].filter((cell) => cell.checkVisibility()).map(" \
    "(cell) => cell.dataset.column))])"  # fmt: skip


@pytest.fixture
def opened(browser, address):
    """Open a page in a window of this width, with scripts or without."""
    contexts = []

    def open_(name, width, *, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}{name}")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_column_stays_in_view_on_a_ground_of_its_own(opened, scheme):
    page = opened("families/", 375)
    page.emulate_media(color_scheme=scheme)
    wrap = page.locator(".md-typeset__scrollwrap").first
    assert wrap.evaluate("(wrap) => wrap.scrollWidth > wrap.clientWidth")
    wrap.evaluate("(wrap) => { wrap.scrollLeft = 150; }")
    for row in page.locator(f"{TABLE} >> nth=0 >> tr").all():
        first = row.locator(":scope > *").first
        assert 0 <= first.bounding_box()["x"] < 20
        ground = first.evaluate("(cell) => getComputedStyle(cell).backgroundColor")
        assert re.fullmatch(r"rgb\(.*\)|rgba\(.*, 1\)|color\([^/]*\)|hsl\(.*\)", ground)


def test_the_first_column_stays_in_view_without_scripts(opened):
    page = opened("families/", 375, scripts=False)
    page.locator(TABLE).first.scroll_into_view_if_needed()
    box = page.locator(TABLE).first.bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.wheel(150, 0)
    page.wait_for_timeout(200)
    cells = page.locator(f"{TABLE} >> nth=0 >> tr >> nth=1 >> td")
    assert 0 <= cells.nth(0).bounding_box()["x"] < 20
    assert cells.nth(1).bounding_box()["x"] < cells.nth(0).bounding_box()["x"]


def test_a_wide_window_compares_all_libraries_and_offers_no_choice(opened):
    page = opened("api/", 1280)
    assert page.locator("fieldset").first.is_hidden()
    assert [len(columns) for columns in page.evaluate(SHOWN)] == [6, 6, 5]


def test_a_phone_shows_ours_and_one_library_that_is_chosen_by_keyboard(opened):
    page = opened("api/", 375)
    assert page.evaluate(SHOWN) == [["Here", "PyTorch"]] * 3
    page.locator(".comparison input:checked").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SHOWN) == [["Here", "JAX, Optax"]] * 3
    # The last of the tables has no column of this library, and keeps its own
    page.get_by_label("TensorFlow").first.check()
    shown = [["Here", "TensorFlow"]] * 2 + [["Here", "JAX, Optax"]]
    assert page.evaluate(SHOWN) == shown


def test_without_scripts_each_table_has_its_choice(opened):
    page = opened("api/", 375, scripts=False)
    page.get_by_label("SciPy").nth(1).check()
    cell = page.locator(".comparison >> nth=1 >> td[data-column=SciPy]").first
    assert cell.is_visible()
    other = page.locator(".comparison >> nth=0 >> td[data-column=PyTorch]").first
    assert other.is_visible()


# How far the name of a library, written before its cell, reaches into the cell's words
OVERPRINTED = """() => [...document.querySelectorAll('.comparison td:not(:empty)')]
  .map((cell) => {
    const label = document.createElement('span');
    label.textContent = cell.dataset.column;
    label.style.position = 'absolute';
    cell.append(label);
    const width = label.getBoundingClientRect().width;
    label.remove();
    const room = parseFloat(getComputedStyle(cell).paddingLeft);
    return [cell.dataset.column, width - room];
  }).filter(([, over]) => over > 0)"""


@pytest.mark.parametrize("window", [375, "paper"])
def test_the_name_of_a_library_overprints_no_words(opened, window):
    page = opened("api/", 375)
    if window == "paper":
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
    assert page.evaluate(OVERPRINTED) == []


def test_paper_shows_all_libraries_and_breaks_no_name_within_a_word(opened):
    page = opened("api/", 1280)
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert page.locator("fieldset").first.is_hidden()
    found = page.evaluate("""() => {
      const cells = [...document.querySelectorAll('.comparison td:not(:empty)')];
      const words = cells.flatMap((cell) => {
        const range = document.createRange();
        const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node; node = walk.nextNode();) {
          for (const {0: word, index} of node.data.matchAll(/[A-Za-z]+/g)) {
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            if (range.getClientRects().length > 1) found.push(word);
          }
        }
        return found;
      });
      const code = document.querySelector('.comparison td code');
      return {
        broken: words,
        hidden: cells.filter((cell) => !cell.checkVisibility()).length,
        points: parseFloat(getComputedStyle(code).fontSize) * 0.75,
      };
    }""")
    assert found["broken"] == []
    assert found["hidden"] == 0
    assert found["points"] >= 8
