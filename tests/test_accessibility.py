"""The site for everyone: colours, keyboard, narrow windows, motion."""

import re

import pytest

from tests.axe import AXE, CONTRAST, inaccessible
from tests.colours import contrast
from tests.markdown import ROOT

# What has the focus, and whether one sees that: it is outlined, and nothing covers it
FOCUS = """() => {
  const tag = document.activeElement;
  if (tag === document.body) return null;
  const outlined = (seen) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(seen);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  };
  const uncovered = (seen) => {
    const box = seen.getClientRects()[0] ?? seen.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
    const top = document.elementFromPoint(x, box.top + Math.min(box.height / 2, 12));
    return !!top && (seen.contains(top) || top.contains(seen));
  };
  // A hidden checkbox or radio button is seen by one of its labels
  const hidden = tag.matches('.md-option, .md-nav__toggle');
  const shown = hidden ? [...tag.labels, tag.nextElementSibling] : [tag];
  return {
    html: tag.outerHTML.slice(0, 120),
    name: `${tag.tagName.toLowerCase()}.${tag.classList[0] ?? ''}`,
    seen: shown.some((part) => outlined(part) && uncovered(part)),
  };
}"""


def test_contrast_is_that_of_wcag():
    assert contrast(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]) == pytest.approx(21)
    assert contrast(["rgb(118, 118, 118)", "rgb(255, 255, 255)"]) == pytest.approx(
        4.54, abs=0.005
    )
    half = ["rgba(0, 0, 0, 0.5)", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"]
    assert contrast(half) == pytest.approx(3.98, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_figures_stand_out(address, browser, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.body.append(document.createElement('i'))")
    css = (ROOT / "docs" / "assets" / "site.css").read_text("utf-8")
    names = set(re.findall(r"--figure-(?!font)\w+", css))
    assert len(names) >= 5
    for name in names:
        layers = page.evaluate(
            """(name) => {
              const probe = document.body.lastElementChild;
              probe.style.color = `var(${name})`;
              return [probe, document.body].map((tag, i) =>
                getComputedStyle(tag)[i ? 'backgroundColor' : 'color']);
            }""",
            name,
        )
        assert contrast(layers) >= 4.5, f"{name}: {layers}"
    context.close()


FADED = {
    "one of many that are alike": "article p:nth-of-type(3) {color: #aaa}",
    "one by what lies behind it": "article p:nth-of-type(4) {background: #666}",
    "all of a size": "article h2 {color: #bbb !important}",
    "one that was moved": """article p:nth-of-type(3) {position: relative; left: 0}
      article p:nth-of-type(2) {color: #aaa}""",
}


def test_words_hard_to_read_are_found_though_like_ones_are_judged_once(
    address, browser
):
    page = browser.new_page(reduced_motion="reduce")
    page.add_init_script(AXE.read_text("utf-8"))
    page.goto(f"{address}notation/")
    assert inaccessible(page, CONTRAST) == []
    for which, css in FADED.items():
        faded = page.add_style_tag(content=css)
        assert inaccessible(page, CONTRAST), which
        faded.evaluate("(style) => style.remove()")
    page.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_tab_walks_through_a_page_and_its_place_is_always_seen(address, browser, width):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}gradient/")
    stops, unseen = [], []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        if not stop["seen"] or (stops and "search" in stops[-1]):
            # The search of a phone opens when it is there; and closed, for a while it
            # still keeps the page from scrolling
            page.wait_for_timeout(500)
            stop = page.evaluate(FOCUS)
        stops.append(stop["name"])
        if not stop["seen"]:
            unseen.append(stop["html"])
    context.close()
    assert not unseen
    assert stops[0] == "a.md-skip"
    assert len(set(stops)) < len(stops) < 600
    for part in (
        *("input.md-option", "input.md-search__input", "button.md-code__button"),
        *("summary", "mjx-container", "a.md-footer__link"),
    ):
        assert any(stop.startswith(part) for stop in stops), part


def test_the_button_of_the_navigation_is_there_only_where_it_is_needed(
    address, browser
):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    assert page.locator(".drawer-button").is_hidden()
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.locator(".drawer-button").is_visible()
    page.close()


def test_the_skip_link_leads_to_the_text(address, browser):
    page = browser.new_page()
    page.goto(f"{address}gradient/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gradient/#*")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article')")
    page.close()


def test_the_navigation_of_a_phone_is_operated_by_keyboard(address, browser):
    context = browser.new_context(
        viewport={"width": 375, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}gradient/")
    button = page.get_by_role("button", name="Navigation")
    inside = "!!document.activeElement.closest('.md-sidebar--primary')"
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(inside)
    page.keyboard.press("Escape")
    assert button.evaluate("(button) => button === document.activeElement")
    page.keyboard.press("Tab")
    assert not page.evaluate(inside)
    # To another group: out of the one of this page, and into the next
    button.focus()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert stop is None or stop["seen"], stop["html"]
        here = "document.activeElement.labels?.[0]?.innerText.trim()"
        if page.evaluate(here) in ("First chapters", "Look it up"):
            found = page.evaluate(here)
            page.keyboard.press("Space")
            if found == "Look it up":
                break
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == "Glossary":
            page.keyboard.press("Enter")
            break
    page.wait_for_url("**/glossary/")
    context.close()


def test_nothing_moves_for_who_wants_no_motion(address, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}gradient/")
    moving = """() => [...document.querySelectorAll('*')].filter((tag) =>
      ['', '::before', '::after'].some((part) => {
        const style = getComputedStyle(tag, part || null);
        return parseFloat(style.transitionDuration) || style.animationName !== 'none'
          || style.scrollBehavior === 'smooth';
      })).map((tag) => tag.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) != []
    context.close()


def test_a_formula_is_read_once_as_mathml(site):
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        formulas = re.findall(r"<mjx-container.*?</mjx-container>", html, re.DOTALL)
        for formula in formulas:
            drawn = re.findall(
                r"<svg [^>]*>", re.sub("(?s)(?<=>)<g.*?</g>", "", formula)
            )
            assert all('aria-hidden="true"' in svg for svg in drawn), formula
            assert formula.count("<math") == 1, formula
