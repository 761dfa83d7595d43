"""Every page, in a wide window, in a narrow one, and on paper."""

import re

import pytest

from tests.axe import AXE, CONTRAST, PREPARED, ROOM_RULES, RULES, inaccessible
from tests.browser import awake
from tests.colours import contrast
from tests.looks import FORMULAS, MISMARKED, PAPER, TABLES
from tests.markdown import DOCS, PAGES
from tests.places import misplaced
from tests.typography import broken_headings, illegible

# Where each page stands below the start, and one that does not exist
SOURCES = [*PAGES, *sorted(DOCS.glob("labs/*.py"))]
NAMES = [
    re.sub(r"^index/", "", f"{path.relative_to(DOCS).with_suffix('').as_posix()}/")
    for path in SOURCES
]
MISSING = "no/such/page/"
WIDE = {"width": 1280, "height": 800}


# Marks of displayed formulas that are no finger's size, that lie on the number before
# them, or stand away from their formula
MISPLACED = """() => [...document.querySelectorAll(
  'div.arithmatex > :is(.holds, .unchecked, .more)')].filter((mark) => {
    if (!mark.checkVisibility()) return false;
    const box = mark.getBoundingClientRect();
    const number = mark.parentElement.querySelector('.equation-number');
    // …after the number; without one, after the formula, or where numbers would stand
    const before = number ?? (mark.parentElement.matches('.beside')
      ? mark.parentElement
      : [...mark.parentElement.querySelectorAll('mjx-container > svg')].findLast(
        (svg) => svg.checkVisibility()));
    const em = parseFloat(getComputedStyle(mark.parentElement).fontSize);
    const {right, bottom} = before.getBoundingClientRect();
    const beside = box.top < bottom;
    const atRight = getComputedStyle(mark).textAlign === 'right';
    const sign = atRight ? box.right - em / 2 : (box.left + box.right) / 2 - em / 4;
    return box.width < 24 || box.height < 24
      || (beside && (sign < right + 1 || box.left > right + 2 * em));
  }).map((mark) => mark.parentElement.textContent.slice(0, 60))"""

# Cells of a table whose words lie on those of another, or stand one below the other
CROWDED = """() => {
  const cross = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const boxes = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return [...range.getClientRects()].filter(({width}) => width > 1);
  };
  const words = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll('mjx-container').forEach((formula) => formula.remove());
    return copy.textContent.trim().split(/\\s+/).length;
  };
  const crowded = (cell, i, cells) =>
    cells.slice(i + 1).some((other) =>
      boxes(cell).some((a) => boxes(other).some((b) => cross(a, b))))
    || words(cell) > 3
      && cell.clientWidth < 3.5 * parseFloat(getComputedStyle(cell).fontSize);
  return [...document.querySelectorAll('article table:not([class]) tr')].flatMap(
    (row) => [...row.children].filter((cell) => cell.checkVisibility()).filter(crowded)
  ).map((cell) => `crowded at ${innerWidth} pixels: ${cell.textContent.slice(0, 60)}`
    + " (shorten the cell, or name its formula above the table and write the name)");
}"""

# Words of a figure that are hard to read: how large they are, in pixels, and what
SMALL = """() => [...document.querySelectorAll('figure svg text')].filter(
  (text) => text.checkVisibility()).map((text) => {
    const { a, b } = text.getScreenCTM();
    const scale = Math.hypot(a, b); // also of what is turned
    return [parseFloat(getComputedStyle(text).fontSize) * scale, text.textContent];
  }).filter(([size]) => size < 11)"""
# Figures without a number, caption or files, or with other than one picture
UNNAMED = """() => [...document.querySelectorAll('figure.plot')].filter((figure) =>
  !figure.id || figure.querySelectorAll('.files a').length !== 2
  || [...figure.querySelectorAll('svg[role=img]')].filter(
    (picture) => picture.checkVisibility()).length !== 1
  || !figure.querySelector(`figcaption > a.figure-number[href="#${figure.id}"]`)
).map((figure) => figure.outerHTML.slice(0, 120))"""

# On paper: what is cut at the right edge, a line of code that goes on in the next, a
# solution still folded, a screen's furniture
UNPRINTABLE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const edge = document.documentElement.clientWidth + 1;
  const cut = all('article :is(mjx-container > svg, p, pre, td, code, figure)').filter(
    (tag) => tag.getBoundingClientRect().right > edge);
  const wrapped = all('pre > code[style*="--lines"]').filter((tag) => {
    const style = getComputedStyle(tag);
    const lines = (tag.clientHeight - parseFloat(style.paddingTop)
      - parseFloat(style.paddingBottom)) / parseFloat(style.lineHeight);
    return lines > Number(style.getPropertyValue('--lines')) + 0.5;
  });
  const folded = all('details:not(.citation, .on-this-page *) > :not(summary)').filter(
    (tag) => !tag.checkVisibility({contentVisibilityAuto: true}));
  const idle = all('header, nav, button, .md-sidebar, .md-footer, .headerlink').filter(
    (tag) => tag.checkVisibility() && !tag.matches('.holds, .unchecked'));
  const doubled = all('mjx-container[display]').filter((formula) =>
    [...formula.children].filter(
      (tag) => tag.localName === 'svg' && tag.checkVisibility()).length !== 1);
  const faults = Object.entries({cut, wrapped, folded, idle, doubled});
  return faults.filter(([, tags]) => tags.length).map(
    ([fault, tags]) => [fault, tags[0].outerHTML.slice(0, 120)]);
}"""
INKS = """(() => {
  document.body.setAttribute('data-md-color-scheme', 'slate');
  const body = getComputedStyle(document.body);
  return [body.color, body.getPropertyValue('--figure-ink').trim()];
})()"""


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
    ...all(':is(.is-predicted, .is-true, .is-gradient)').map(
      (role) => pair(role, 'color')),
  ];
  return [...new Set(pairs.map(JSON.stringify))].map(JSON.parse);
}"""


@pytest.fixture(scope="module")
def opened(browser, address):
    """Open a page in a wide, light window; return it and its faults."""
    context = browser.new_context(
        viewport=WIDE,
        color_scheme="light",
        reduced_motion="reduce",  # colours change at once
    )
    context.add_init_script(AXE.read_text("utf-8"))
    page, problems = context.new_page(), []
    page.on("console", lambda m: m.type == "error" and problems.append(m.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((address, "data:"))
            or problems.append(f"a request to {request.url}")
        ),
    )

    def open_(name):
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        problems.clear()
        answer = page.goto(f"{address}{name}")
        assert answer.status == (404 if name == MISSING else 200)
        awake(page)
        if name == MISSING:
            problems.clear()  # the browser says in its console that this is a 404
        return page, problems

    yield open_
    context.close()


@pytest.fixture(scope="module")
def unscripted(browser):
    """Open a sheet of paper, and run nothing: a style sheet has to unfold all."""
    context = browser.new_context(viewport=PAPER, java_script_enabled=False)
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def untypeset(page):
    """Return what is wrong with the formulas of a page, all of it unfolded."""
    # The browser looks into a formula only when it comes near, or is unfolded
    page.add_style_tag(
        content="mjx-container > *, code, svg {content-visibility: visible !important}"
    )
    page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    faults = ("missing", "overgrown", "broken", "scrolls")
    wrong = [
        formula
        for formula in page.evaluate(FORMULAS)
        if not formula["drawn"]
        or formula["mathml"] != 1
        or any(formula[fault] for fault in faults)
    ]
    return wrong + [f"a mark is misplaced: {x}" for x in page.evaluate(MISPLACED)]


def unlabelled(page):
    """Return the words of figures that are too small, and figures without a name."""
    return page.evaluate(SMALL) + page.evaluate(UNNAMED)


def too_wide(page, width):
    """Say so if a page scrolls sideways in a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    sideways = page.evaluate("document.documentElement.scrollWidth") - width
    return [f"scrolls {sideways} px sideways at {width} px"] if sideways > 0 else []


def test_the_pages_that_are_visited_are_those_of_the_site(site):
    built = {path.parent.relative_to(site) for path in site.rglob("index.html")}
    assert {f"{path.as_posix()}/".removeprefix("./") for path in built} == set(NAMES)


def in_scheme(page, scheme):
    """Change the scheme of the system, and wait until the page has followed."""
    page.emulate_media(color_scheme=scheme)
    body = {"light": "default", "dark": "slate"}[scheme]
    page.locator(f"body[data-md-color-scheme={body}]").wait_for()


# A page is loaded once, and its window made narrow as when a phone is turned: loading
# takes longer than looking. What looks at formulas comes before axe, for which their
# outlines are taken out.
@pytest.mark.parametrize("name", [*NAMES, MISSING])
def test_a_page_is_whole_quiet_and_accessible(opened, name):
    page, problems = opened(name)
    found = page.evaluate(MISMARKED)
    found += untypeset(page) + misplaced(page, wide=True) + too_wide(page, 1280)
    found += illegible(page) + unlabelled(page) + page.evaluate(CROWDED)
    found += page.evaluate(TABLES, False)

    found += too_wide(page, 320) + misplaced(page, wide=False)
    found += too_wide(page, 375) + misplaced(page, wide=False)
    found += untypeset(page) + unlabelled(page) + broken_headings(page)
    found += page.evaluate(CROWDED) + page.evaluate(TABLES, True)

    page.evaluate(PREPARED)
    found += unlabelled(page)  # the figures that move, too
    in_scheme(page, "dark")
    # Of pages of each kind axe asks all in a narrow window as well, and in both
    # schemes; of the others, what depends on the room
    if name in ("gradient/", "faq/", "labs/digits/", "cheatsheet/"):
        found += inaccessible(page, RULES)
        in_scheme(page, "light")
        found += inaccessible(page, RULES)
    else:
        found += inaccessible(page, ROOM_RULES)

    page.set_viewport_size(WIDE)
    found += unlabelled(page)
    in_scheme(page, "dark")
    found += inaccessible(page, CONTRAST)
    colours = page.evaluate(COLOURS)
    in_scheme(page, "light")
    found += inaccessible(page, RULES)
    colours += page.evaluate(COLOURS)
    found += [f"low contrast: {pair}" for pair in colours if contrast(pair) < 4.5]
    assert found + problems == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_prints_whole_unfolded_and_light(address, unscripted, name):
    unscripted.goto(f"{address}{name}")
    assert unscripted.evaluate(UNPRINTABLE) + unscripted.evaluate(CROWDED) == []
    assert unscripted.evaluate(INKS) == ["rgba(0, 0, 0, 0.87)", "#24292f"]
