"""The site for everyone: what axe finds, contrast, keyboard, narrow windows, motion."""

import re

import pytest

from tests.markdown import ROOT
from tests.test_browser import addresses

AXE = ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A formula's MathML is heard, and has no colour
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SEEN = {"exclude": [["mjx-assistive-mml"]]}
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
# What depends on the room that there is
OF_ROOM = "target-size scrollable-region-focusable region bypass skip-link"
OF_ROOM += " aria-hidden-focus nested-interactive button-name link-name label"
ROOM_RULES = {"runOnly": {"type": "rule", "values": OF_ROOM.split()}}

# Folded solutions are read too, and figures that move. The outlines of a formula are
# hidden from readers, whom its MathML serves, and the parts of that are words to axe.
PREPARED = """async () => {
  document.querySelectorAll('details').forEach((folded) => { folded.open = true; });
  document.querySelectorAll('mjx-container > svg[aria-hidden=true]').forEach(
    (svg) => svg.replaceChildren());
  document.querySelectorAll('mjx-assistive-mml').forEach(
    (math) => { math.textContent = math.textContent; });
  const near = document.querySelector('script[src$="living/near.js"]')?.src;
  for (const {dataset} of document.querySelectorAll('figure[data-living]'))
    await import(new URL(`${dataset.living}.js`, near));
}"""
VIOLATIONS = """async ([options, context]) => {
  const found = await axe.run(context ?? document, {...options,
    resultTypes: ['violations']});
  return found.violations.flatMap(({id, nodes}) => nodes.map(
    (node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""

# Colours that axe cannot judge: each with those that lie behind it, the nearest first
COLOURS = """() => {
  const behind = (tag) => {
    const layers = [];
    for (; tag; tag = tag.parentElement) {
      layers.push(getComputedStyle(tag).backgroundColor);
    }
    return layers;
  };
  const pair = (tag, property) => [getComputedStyle(tag)[property], ...behind(tag)];
  const all = (selector) => [...document.querySelectorAll(`article ${selector}`)];
  const pairs = [
    ...all('mjx-container').map((formula) => pair(formula, 'color')),
    ...all('figure svg text').map((words) => pair(words, 'fill')),
  ];
  return [...new Set(pairs.map(JSON.stringify))].map(JSON.parse);
}"""

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


def luminance(colour: list[float]) -> float:
    """Return the relative luminance that WCAG defines."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(layers: list[str]) -> float:
    """Return the contrast of a colour with what lies behind it, the nearest first."""
    values = [[float(part) for part in re.findall(r"[\d.]+", one)] for one in layers]
    mixed, shades = [1.0, 1.0, 1.0], []  # a browser's page is white
    for *colour, alpha in [[*v, 1.0][:4] for v in reversed(values)]:
        mixed = [
            alpha * c / 255 + (1 - alpha) * m
            for c, m in zip(colour, mixed, strict=True)
        ]
        shades.append(luminance(mixed))
    dark, light = sorted(shades[-2:])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag():
    assert contrast(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]) == pytest.approx(21)
    assert contrast(["rgb(118, 118, 118)", "rgb(255, 255, 255)"]) == pytest.approx(
        4.54, abs=0.005
    )
    half = ["rgba(0, 0, 0, 0.5)", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"]
    assert contrast(half) == pytest.approx(3.98, abs=0.01)


@pytest.fixture
def judged(browser):
    """Open pages with axe in them, in windows of a width."""
    contexts = []

    def open_(width):
        contexts.append(
            browser.new_context(
                viewport={"width": width, "height": 800},
                reduced_motion="reduce",  # colours change at once
            )
        )
        contexts[-1].add_init_script(AXE.read_text("utf-8"))
        return contexts[-1].new_page()

    yield open_
    for context in contexts:
        context.close()


def darkened(page):
    """Look at a page in the dark scheme."""
    page.emulate_media(color_scheme="dark")
    page.locator("body[data-md-color-scheme=slate]").wait_for()


def test_axe_finds_nothing_on_any_page_and_all_is_read_easily(site, address, judged):
    page, problems = judged(1280), []
    for url in [*addresses(site, address), f"{address}no/such/page/"]:
        page.emulate_media(color_scheme="light")
        page.goto(url)
        page.evaluate(PREPARED)
        found = page.evaluate(VIOLATIONS, (RULES, None))
        colours = page.evaluate(COLOURS)
        darkened(page)
        found += page.evaluate(VIOLATIONS, (CONTRAST, SEEN))
        colours += page.evaluate(COLOURS)
        found += [f"low contrast: {c}" for c in colours if contrast(c) < 4.5]
        problems += [(url, one) for one in found]
    assert not problems


def test_a_narrow_window_has_room_for_every_page(site, address, judged):
    page, problems = judged(375), []
    for url in [*addresses(site, address), f"{address}no/such/page/"]:
        page.goto(url)
        page.evaluate(PREPARED)
        found = page.evaluate(VIOLATIONS, (ROOM_RULES, None))
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append("scrolls sideways at 320 px")
        page.set_viewport_size({"width": 375, "height": 800})
        problems += [(url, one) for one in found]
    assert not problems


@pytest.mark.parametrize("name", ["gradient/", "faq/", "labs/digits/", "cheatsheet/"])
def test_axe_finds_nothing_in_a_narrow_window_in_either_scheme(address, judged, name):
    page = judged(375)
    page.goto(f"{address}{name}")
    page.evaluate(PREPARED)
    assert page.evaluate(VIOLATIONS, (RULES, None)) == []
    darkened(page)
    assert page.evaluate(VIOLATIONS, (RULES, SEEN)) == []


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
        if not stop["seen"]:
            page.wait_for_timeout(500)  # the search of a phone opens when it is there
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
        *("summary", "abbr", "a.equation-number", "a.md-footer__link"),
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
