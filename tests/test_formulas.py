"""Formulas in the hands of readers: copied, referred to, checked, reached by keys."""

import re
from collections import Counter

import pytest

from mathcheck.source.blocks import Element
from mathcheck.source.delimiters import FORMULA
from mathcheck.source.reading import read_file
from tests.axe import AXE, RULES, inaccessible
from tests.browser import awake, drawn
from tests.markdown import DOCS, ROOT

LONG = ("curvature/", "errata/", "field_errata/")
UNFOLD = "document.querySelectorAll('details').forEach((fold) => fold.open = true)"


@pytest.fixture(scope="module")
def reader(browser):
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def copied(page, selection):
    """Copy what a script selects, by keyboard; return it as text and as HTML."""
    page.evaluate(selection)
    page.keyboard.press("Control+c")
    return page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      const read = async (type) => (await item.getType(type)).text();
      return [await read('text/plain'), await read('text/html')];
    }""")


def bare(latex):
    """Return LaTeX without the indentation that a list gives it."""
    return "\n".join(line.strip() for line in latex.strip().splitlines())


# A chapter, pages of lists and folds, one of tables, one in columns
@pytest.mark.parametrize(
    "name", ["gradient.md", "errata.md", "faq.md", "notation.md", "cheatsheet.md"]
)
def test_every_formula_is_copied_as_it_was_written(reader, address, name):
    reader.goto(f"{address}{name.replace('.md', '/')}")
    awake(reader)
    reader.evaluate(UNFOLD)
    text, html = copied(
        reader, "getSelection().selectAllChildren(document.querySelector('article'))"
    )
    read = read_file(DOCS / name, ROOT / "mkdocs.yml")
    written, items = read.prose, read.reading.items
    source = Counter(bare(i.latex) for i in items if isinstance(i, Element))
    prose = re.sub(r"(?m)^\s*(>>>|\.\.\.|#).*", "", text)  # code has no formulas
    found = Counter(
        bare(match["display"] or match["inline"]) for match in FORMULA.finditer(prose)
    )
    assert len(source) > 20
    assert source - found == Counter()
    interface = re.compile(r"✓|¶|Line \d:|Copy (?:LaTeX|to)|^\(\d+\)$", re.MULTILINE)
    assert [said for said in interface.findall(text) if said not in written] == []
    assert "<math" not in html
    assert "mjx-" not in html


PART = """() => {
  const formula = document.querySelector('#eq-loss');
  const after = formula.nextElementSibling.firstChild;
  getSelection().setBaseAndExtent(formula.querySelector('svg'), 0, after, 14);
}"""


def test_selection_that_begins_within_a_formula_has_all_of_it(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    text, html = copied(reader, PART)
    loss = "L := -\\sum_{k=1}^{K} y_k \\log p_k\n\\label{eq:loss}"
    assert text == f"$$\n{loss}\n$$\n\nFor a hard lab"
    assert f"<p>$$<br>{loss.replace(chr(10), '<br>')}<br>$$</p>" in html


def test_reasons_alone_are_copied_as_words(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    text, html = copied(
        reader,
        """getSelection().selectAllChildren(
          document.querySelector('#eq-logsumexp-form .reasons'))""",
    )
    assert text.splitlines()[1] == "multiply out; $A(z)$ has no $k$"
    assert html.startswith("<div><ul><li>put in")


def test_without_a_formula_the_browser_copies_by_itself(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    reader.evaluate("""() => {
      window.prevented = null;
      addEventListener('copy', (event) => { prevented = event.defaultPrevented; });
      getSelection().selectAllChildren(document.querySelector('h1'));
    }""")
    reader.keyboard.press("Control+c")
    assert reader.evaluate("prevented") is False


def test_latex_is_copied_from_a_card_and_from_what_a_mark_opens(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    card = reader.locator(".symbol-card")
    for name, mark in (("loss", ".more"), ("gradient-any-labels", ".holds")):
        reader.locator(f"#eq-{name} > {mark}").click()
        source = reader.locator(f"#eq-{name} annotation").text_content()
        assert card.locator("pre").text_content() == source
        reader.evaluate("navigator.clipboard.writeText('')")
        card.get_by_role("button", name="Copy LaTeX").click()
        card.get_by_text("Copied").wait_for()
        assert reader.evaluate("navigator.clipboard.readText()") == source
        reader.keyboard.press("Escape")
    symbol = reader.locator("p [data-symbol]").first
    symbol.scroll_into_view_if_needed()
    box = symbol.bounding_box()
    reader.mouse.move(box["x"] + 2, box["y"] + 2)
    card.get_by_role("button", name="Copy LaTeX").click()
    card.get_by_text("Copied").wait_for()
    formula = symbol.locator("xpath=ancestor::mjx-container").locator("annotation")
    copied_ = reader.evaluate("navigator.clipboard.readText()")
    assert copied_ == formula.text_content()


# For each symbol: does its card lie on its formula, or reach out of the window?
COVERING = """(step) => {
  document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
  const symbols = [...document.querySelectorAll('article [data-symbol]')];
  const wrong = [];
  let tried = 0;
  for (const symbol of symbols.filter((_, i) => i % step === 0)) {
    symbol.scrollIntoView({block: 'center', behavior: 'instant'});
    explainSymbol(symbol);
    tried += 1;
    const card = document.getElementById('symbol-card').getBoundingClientRect();
    const formula = symbol.closest('div.arithmatex') ?? symbol.closest('.arithmatex');
    const lies = (box) => box.left < card.right && box.right > card.left
      && box.top < card.bottom - 0.5 && box.bottom > card.top + 0.5;
    const parts = formula.querySelectorAll('mjx-container > svg, [data-symbol]');
    const lines = formula.matches('span') ? [...formula.getClientRects()] : [];
    const covered = [...parts].map((part) => part.getBoundingClientRect());
    const out = card.left < 0 || card.right > document.documentElement.clientWidth;
    if (out || [...covered, ...lines].some(lies)) {
      wrong.push(formula.textContent.slice(0, 60));
    }
    formulaCard.close();
  }
  return [tried, wrong];
}"""


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("name", ["gradient/", "notation/", "errata/"])
def test_no_card_covers_what_it_explains(reader, address, name, width):
    reader.set_viewport_size({"width": width, "height": 800})
    reader.goto(f"{address}{name}")
    awake(reader)
    tried, wrong = reader.evaluate(COVERING, 3 if name == "errata/" else 2)
    reader.set_viewport_size({"width": 1280, "height": 800})
    assert tried > 20
    assert wrong == []


def rest_on(page, link):
    page.mouse.move(5, 5)
    link.scroll_into_view_if_needed()
    link.hover()
    page.locator(".symbol-card").wait_for()


def test_a_reference_shows_its_equation_from_another_page_too(reader, address):
    reader.clock.install()
    reader.goto(f"{address}gradient/")
    awake(reader)
    card = reader.locator(".symbol-card")
    there = reader.locator('article a[href$="softmax/#eq-jacobian"]').first
    rest_on(reader, there)
    assert card.locator("svg").first.bounding_box()["width"] > 30
    assert card.locator("use").evaluate_all(
        "(all) => all.every((use) => document.querySelector(use.getAttribute('href')))"
    )
    assert re.search(r"Softmax and log-sum-exp.\(\d+\)", card.inner_text())
    assert card.locator("[data-symbol]").count() == 0
    card.locator("a").hover()  # the pointer can go onto it
    reader.clock.run_for(1000)  # the card's patience is over
    assert card.is_visible()
    reader.keyboard.press("Escape")
    assert not card.is_visible()
    here = reader.locator('article p a[href^="#eq-"]').first
    rest_on(reader, here)
    own = reader.locator(here.get_attribute("href")).locator("annotation").first
    assert card.locator("annotation").text_content() == own.text_content()
    reader.mouse.move(5, 5)
    card.wait_for(state="hidden")


def test_a_reference_tells_the_keyboard_its_equation(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    link = reader.locator('article a[href$="softmax/#eq-jacobian"]').first
    reader.keyboard.press("Tab")
    link.focus()
    assert reader.locator(".symbol-card").is_visible()
    said = reader.locator(".symbol-voice").text_content()
    assert "∂" in said
    assert "\\" not in said
    reader.keyboard.press("Shift+Tab")
    assert reader.evaluate("formulaCard.owner?.href ?? ''") != link.get_attribute(
        "href"
    )
    link.focus()
    reader.keyboard.press("Escape")
    assert not reader.locator(".symbol-card").is_visible()


def test_previews_need_no_server(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{site / 'gradient' / 'index.html'}")
    awake(page)
    rest_on(page, page.locator('article a[href*="softmax/"][href*="#eq-"]').first)
    assert page.locator(".symbol-card svg").count() >= 1
    context.close()


def test_nothing_is_fetched_for_formulas_before_somebody_is_there(browser, address):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}gradient/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/formulas/" in url]
    tick = page.locator("#eq-logsumexp-form > .holds")
    assert "tried at" in tick.get_attribute("aria-label")
    tick.dispatch_event("pointerdown")
    tick.dispatch_event("click")  # before there is an answer
    page.get_by_role("dialog", name="Equation (4)").wait_for()
    assert len([url for url in asked if "/formulas/" in url]) == 6
    page.close()


def test_a_tap_on_a_tick_opens_its_statement_and_does_not_go_to_the_equation(
    browser, address
):
    context = browser.new_context(
        viewport={"width": 375, "height": 700}, has_touch=True
    )
    page = context.new_page()
    page.goto(f"{address}gradient/")
    awake(page)
    tick = page.locator("#eq-logsumexp-form > .holds")
    tick.scroll_into_view_if_needed()
    box = tick.bounding_box()
    for x, y in ((5, 12), (12, 2), (15, 22)):
        page.touchscreen.tap(box["x"] + x, box["y"] + y)
        card = page.get_by_role("dialog", name="Equation (4)")
        card.wait_for()
        assert re.search(r"tried at \d+ points; K = 1 to 4", card.inner_text())
        page.touchscreen.tap(10, 690)
        card.wait_for(state="hidden")
    page.locator("#eq-gradient > .seal").tap()
    page.get_by_role("dialog", name="Equation (3)").wait_for()
    page.get_by_role("link", name="What a tick does not say").click()
    page.wait_for_url("**/checked/#what-a-tick-does-not-say")
    assert page.locator("#what-a-tick-does-not-say").is_visible()
    context.close()


def test_a_tick_in_a_sentence_is_found_by_a_finger(browser, address):
    context = browser.new_context(
        viewport={"width": 375, "height": 700}, has_touch=True
    )
    page = context.new_page()
    page.goto(f"{address}gradient/")
    awake(page)
    tick = page.locator("p .holds").first
    tick.scroll_into_view_if_needed()
    box = tick.bounding_box()
    x, y = box["x"] + box["width"] / 2 + 3, box["y"] + box["height"] / 2
    for move in ((0, 0), (11, 0), (-8, 0), (0, 11), (0, -11)):
        hit = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).className",
            (x + move[0], y + move[1]),
        )
        assert hit == "holds", move
    page.touchscreen.tap(x, y)
    page.locator(".symbol-card", has_text="tried at").wait_for()
    context.close()


def test_what_is_not_checked_says_so_and_why(reader, address):
    reader.goto(f"{address}numerics/")
    awake(reader)
    mark = reader.get_by_role("button", name="Not checked")
    assert mark.count() == 1
    mark.click()
    assert "has no complex numbers" in reader.locator(".symbol-card").inner_text()
    reader.keyboard.press("Escape")


def test_a_mark_is_reached_by_keyboard_through_its_formula(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    formula = reader.locator("#eq-gradient-any-labels > mjx-container")
    assert formula.get_attribute("aria-label") == "Equation (2), checked"
    formula.focus()
    reader.keyboard.press("Enter")
    card = reader.get_by_role("dialog", name="Equation (2)")
    focused = "document.activeElement.textContent"
    assert reader.evaluate(focused) == "Copy LaTeX"
    reader.keyboard.press("Tab")
    assert reader.evaluate(focused) == "Link to (2)"
    reader.keyboard.press("Escape")
    assert not card.is_visible()
    here = "(tag) => tag === document.activeElement"
    assert formula.evaluate(here)
    reader.keyboard.press("Enter")
    for _ in range(3):
        reader.keyboard.press("Tab")
    assert not card.is_visible()
    assert not formula.evaluate(here)  # and on from there
    reader.keyboard.press("Shift+Tab")
    assert formula.evaluate(here)


def test_what_opens_is_accessible(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    reader.evaluate(AXE.read_text("utf-8"))
    for place in ("#eq-gradient-any-labels > .holds", 'p a[href*="#eq-"]'):
        reader.keyboard.press("Escape")
        rest_on(reader, reader.locator(f"article {place}").first)
        assert inaccessible(reader, RULES, ".symbol-card") == [], place


# Formulas and terms that Tab comes to, and the sections that these are in
STOPS = """() => {
  const all = (kinds) => [...document.querySelectorAll(`article :is(${kinds})`)].filter(
    (tag) => tag.checkVisibility({visibilityProperty: true}));
  const keys = all('mjx-container, abbr').filter((tag) => tag.hasAttribute('tabindex'));
  return [keys.filter((tag) => tag.tabIndex >= 0).length, keys.length,
    all('h1, h2, h3, h4').length];
}"""


@pytest.mark.parametrize("name", LONG)
def test_tab_comes_to_the_formulas_of_a_section_as_one(reader, address, name):
    reader.goto(f"{address}{name}")
    awake(reader)
    drawn(reader)  # what scrolls is found out
    stops, keys, sections = reader.evaluate(STOPS)
    assert 0 < stops <= sections
    assert keys > 2 * stops


def test_arrow_keys_come_to_every_formula_and_term(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    first = reader.locator("article mjx-container[tabindex='0']").first
    first.focus()
    here = """() => [...document.querySelectorAll(`article :is(div.arithmatex
      > mjx-container, abbr[tabindex], details.refuted > summary)`)].filter(
        (tag) => tag.checkVisibility()).indexOf(document.activeElement)"""
    start = reader.evaluate(here)
    for _ in range(start):
        reader.keyboard.press("ArrowUp")
    assert reader.evaluate(here) == 0
    seen = [0]
    while len(seen) < 200:
        reader.keyboard.press("ArrowDown")
        seen.append(reader.evaluate(here))
        if seen[-1] == seen[-2]:
            break
    assert seen[:-1] == list(range(len(seen) - 1))
    assert len(seen) > 25


def test_assistive_technology_hears_no_source(reader, address):
    reader.goto(f"{address}gradient/")
    awake(reader)
    reader.add_style_tag(content="* {content-visibility: visible !important}")
    session = reader.context.new_cdp_session(reader)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def spoken(node):
        yield node.get("name", {}).get("value", "")
        for child in node.get("childIds", []):
            yield from spoken(by_id[child])

    formulas = [node for node in nodes if node["role"]["value"] == "MathMLMath"]
    assert len(formulas) > 20
    words = " ".join(word for formula in formulas for word in spoken(formula))
    assert "∑" in words
    assert "\\" not in words
    session.detach()
