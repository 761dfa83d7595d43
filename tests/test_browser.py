"""The site in a real browser, below a path, as a project page is served."""

import re

import pytest

from tests.markdown import DOCS
from typeset.mathjax import MathJax
from typeset.page import typeset_page

# Glyphs, and pictures inside a picture (parts of long arrows), larger than the formula
OVERGROWN = """(formula) => {
  const boxes = [...formula.querySelectorAll('mjx-container > svg')].map(
    (svg) => svg.getBoundingClientRect());
  const [width, height] = ['width', 'height'].map(
    (side) => 1.3 * boxes.reduce((sum, box) => sum + box[side], 0));
  return [...formula.querySelectorAll('svg svg, svg > g use')].filter((part) => {
    const box = part.getBoundingClientRect();
    return !part.closest('svg svg use') && (box.width > width || box.height > height);
  }).length;
}"""

# For every formula: was it typeset, is it seen, and are its glyphs there?
FORMULAS = """() => [...document.querySelectorAll('.arithmatex, .formula-fault')].map(
  (formula) => ({
    text: formula.textContent.slice(0, 80),
    drawn: [...formula.querySelectorAll('svg')].some(
      (svg) => svg.getBoundingClientRect().width > 0),
    missing: [...formula.querySelectorAll('use')].filter(
      (use) => !document.querySelector(use.getAttribute('href'))).length,
    overgrown: OVERGROWN(formula),
    broken: formula.matches('.unbroken') && formula.getClientRects().length > 1,
    scrolls: [formula, ...formula.querySelectorAll('mjx-container[display]')].some(
      (box) => box.clientWidth && box.scrollWidth > box.clientWidth + 1),
    mathml: formula.querySelectorAll(':scope > mjx-container math').length,
  }))""".replace("OVERGROWN", f"({OVERGROWN})")

# Ticks that lie on the number of the equation before them
COVERED = """() => [...document.querySelectorAll('.equation + div.holds')].filter(
  (tick) => {
    const number = tick.previousElementSibling.lastElementChild;
    const [one, two] = [number, tick].map((tag) => tag.getBoundingClientRect());
    return two.left < one.right && two.top < one.bottom && two.bottom > one.top;
  }).map((tick) => tick.previousElementSibling.id)"""

# On paper: what is cut at the right edge, a solution still folded, a screen's furniture
UNPRINTABLE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const edge = document.documentElement.clientWidth + 1;
  const cut = all('article :is(mjx-container > svg, p, pre, td, code, figure)').filter(
    (tag) => tag.getBoundingClientRect().right > edge);
  const folded = all('details > :not(summary)').filter(
    (tag) => !tag.checkVisibility({contentVisibilityAuto: true}));
  const idle = all('header, nav, button, .md-sidebar, .md-footer, .headerlink').filter(
    (tag) => tag.checkVisibility());
  return Object.entries({cut, folded, idle}).filter(([, tags]) => tags.length).map(
    ([fault, tags]) => [fault, tags[0].outerHTML.slice(0, 120)]);
}"""
INKS = """(() => {
  document.body.setAttribute('data-md-color-scheme', 'slate');
  const body = getComputedStyle(document.body);
  return [body.color, body.getPropertyValue('--figure-ink').trim()];
})()"""
PAPER = {"width": 688, "height": 1000}  # A4 less its margins


def addresses(site, start):
    """Return the address of every page of the site."""
    return [
        f"{start}{path.parent.relative_to(site).as_posix()}/".replace("/./", "/")
        for path in sorted(site.rglob("index.html"))
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_every_page_loads_typeset_and_quietly(site, address, browser, scheme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    problems, here = [], [""]
    page.on(
        "console", lambda m: m.type == "error" and problems.append((here[0], m.text))
    )
    page.on("pageerror", lambda error: problems.append((here[0], str(error))))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((address, "data:"))
            or problems.append((here[0], f"a request to {request.url}"))
        ),
    )
    for url in addresses(site, address):
        here[0] = url
        answer = page.goto(url)
        assert answer.ok, f"{url}: {answer.status}"
        # What loads late would do so on the pages that have most: wait for it there
        late = scheme == "light" and url.endswith(("/y/", "/gradient/", "/digits/"))
        page.wait_for_load_state("networkidle" if late else "load")
        # The browser looks into a formula only when it comes near, or is unfolded
        page.add_style_tag(
            content="mjx-container > *{content-visibility:visible !important}"
        )
        page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
        faults = ("missing", "overgrown", "broken", "scrolls")
        for formula in page.evaluate(FORMULAS):
            wrong = any(formula[fault] for fault in faults)
            if not formula["drawn"] or wrong or formula["mathml"] != 1:
                problems.append((url, formula))
        problems += [(url, f"a tick covers {name}") for name in page.evaluate(COVERED)]
        sideways = page.evaluate("document.documentElement.scrollWidth") - width
        if sideways > 0:
            problems.append((url, f"scrolls {sideways} px sideways"))
    context.close()
    assert not problems


def test_formulas_are_there_without_scripts(address, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}gradient/")
    formula = page.locator("#eq-gradient mjx-container > svg")
    assert formula.bounding_box()["width"] > 50
    context.close()


def test_a_link_to_an_equation_leads_to_it(address, browser):
    page = browser.new_page()
    page.goto(f"{address}gradient/")
    page.get_by_role("link", name="the Jacobian of softmax").first.click()
    page.wait_for_url("**/softmax/#eq-jacobian")
    page.wait_for_timeout(300)
    assert 0 <= page.locator("#eq-jacobian").bounding_box()["y"] < 720
    page.close()


def test_search_finds_a_word_of_a_chapter(address, browser):
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("Gibbs")
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    assert "/information/" in result.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url("**/information/**")
    page.close()


def test_the_search_is_fetched_when_somebody_comes_near_it(address, browser):
    page = browser.new_page()
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}gradient/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "search_index" in url or "workers/" in url]
    page.get_by_role("textbox", name="Search").hover()
    page.wait_for_event("requestfinished", lambda one: "search_index" in one.url)
    page.close()


def test_words_that_were_searched_for_are_marked(address, browser):
    page = browser.new_page()
    page.goto(f"{address}information/?h=gibbs")
    page.locator("mark", has_text="Gibbs").first.wait_for()
    page.close()


def test_nothing_that_is_seen_moves_while_a_page_is_read(address, browser):
    page = browser.new_page()
    page.add_init_script("""
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) moved += value;
      }).observe({ type: 'layout-shift', buffered: true });
    """)
    page.goto(f"{address}gradient/")
    for _ in range(page.evaluate("document.documentElement.scrollHeight") // 500):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(50)
    assert page.evaluate("document.querySelector('figure.alive') !== null")
    assert page.evaluate("moved") < 0.01
    page.close()


def test_the_scheme_switch_changes_the_colours(address, browser):
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    for _ in ("to the light scheme", "to the dark scheme"):
        page.locator("label[for^=__palette]:visible").click()
    assert page.evaluate(colour) != before
    context.close()


def test_a_missing_page_is_answered_with_ours(address, browser):
    page = browser.new_page()
    assert page.goto(f"{address}no/such/page/").status == 404
    assert page.get_by_role("heading", name="This page does not exist").is_visible()
    page.get_by_role("article").get_by_role("link", name="The gradient").click()
    page.wait_for_url(f"{address}gradient/")
    page.close()


def test_arrows_and_braces_have_the_size_of_their_formula(browser, tmp_path):
    tex = [
        r"\iff",
        r"\underbrace{a + b + c + d + e + f}_{x}",
        r"\xrightarrow{\text{long}}",
    ]
    tex += [r"\left( \begin{matrix} a \\ b \\ c \\ d \\ e \\ f \end{matrix} \right)"]
    formulas = [rf'<span class="arithmatex">\({one}\)</span><br>' for one in tex]
    typesetter = MathJax(tmp_path)
    html = typeset_page("".join(formulas), typesetter).html
    theme = ".md-typeset svg { height: auto; max-width: 100%; }"
    ours = (DOCS / "assets" / "site.css").read_text("utf-8")
    page = browser.new_page()
    page.set_content(
        f"<style>{theme}{typesetter.stylesheet}{ours}</style>"
        f'<div class="md-typeset">{html}</div>'
    )
    typesetter.close()
    seen = page.evaluate(FORMULAS)
    assert len(seen) == len(tex)
    assert [formula for formula in seen if formula["overgrown"]] == []
    page.close()


def test_every_page_prints_whole_unfolded_and_light(site, address, browser):
    # The theme's script would open the solutions; the style sheet does so without it
    context = browser.new_context(viewport=PAPER, java_script_enabled=False)
    page = context.new_page()
    page.emulate_media(media="print")
    problems = []
    for url in addresses(site, address):
        page.goto(url)
        problems += [(url, *fault) for fault in page.evaluate(UNPRINTABLE)]
        inks = page.evaluate(INKS)
        if inks != ["rgba(0, 0, 0, 0.87)", "#24292f"]:
            problems.append((url, f"dark on paper: {inks}"))
    context.close()
    assert not problems


def test_a_link_to_elsewhere_prints_its_address(address, browser):
    page = browser.new_page()
    page.goto(address + "softmax/")
    page.emulate_media(media="print")
    links = page.eval_on_selector_all(
        "article p a, article li a",
        """(links) => links.map((link) => [link.getAttribute('href'),
             getComputedStyle(link, '::after').content])""",
    )
    elsewhere = [href.startswith("http") for href, _ in links]
    assert True in elsewhere
    assert False in elsewhere
    for href, printed in links:
        told = f'" ({href})"' if href.startswith("http") else "none"
        assert printed == told
    page.close()


def test_the_cheat_sheet_prints_whole_on_two_pages(address, browser):
    page = browser.new_page()
    page.goto(address + "cheatsheet/")
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    cut = page.evaluate("""() => [...document.querySelectorAll('.sheet mjx-container')]
        .filter((formula) => formula.scrollWidth > formula.clientWidth + 1)
        .map((formula) => formula.textContent.slice(0, 60))""")
    assert not cut
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
    page.close()


def test_a_term_shows_what_the_glossary_says(address, browser):
    page = browser.new_page()
    page.goto(address + "curvature/")
    term = page.locator("abbr", has_text="convex").first
    term.hover()
    page.get_by_text("whose every chord lies on or above its graph").first.wait_for()
    page.close()


def test_a_script_that_somebody_else_put_into_a_page_does_not_run(address, browser):
    page = browser.new_page()
    page.goto(f"{address}gradient/")
    page.evaluate("""() => {
      window.ran = [];
      const script = document.createElement('script');
      script.textContent = 'ran.push("script")';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend',
        '<img src="data:," onerror="ran.push(\\'attribute\\')">');
      setTimeout('ran.push("text as code")');
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") == []
    page.close()


def test_code_can_be_copied(address, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}gradient/")
    code = page.locator("pre > code").first
    page.locator(".md-code__button").first.click()
    page.get_by_text("Copied to clipboard").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == code.inner_text().strip()
    context.close()
