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
    mathml: formula.querySelectorAll('math').length,
    folded: !!formula.closest('details:not([open])'),
  }))""".replace("OVERGROWN", f"({OVERGROWN})")


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
        # What would load late would do so in any scheme: wait for it once
        page.wait_for_load_state("networkidle" if scheme == "light" else "load")
        # The browser looks into a formula out of sight only when it comes near
        page.add_style_tag(
            content="mjx-container > *{content-visibility:visible !important}"
        )
        for formula in page.evaluate(FORMULAS):
            good = formula["drawn"] or formula["folded"]
            wrong = formula["missing"] or formula["overgrown"] or formula["broken"]
            if not good or wrong or formula["mathml"] != 1:
                problems.append((url, formula))
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


def test_nothing_moves_while_a_page_is_read(address, browser):
    page = browser.new_page()
    page.goto(f"{address}gradient/")
    height = "document.documentElement.scrollHeight"
    before = page.evaluate(height)
    for _ in range(before // 700):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
    assert page.evaluate(height) == before
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


def test_the_cheat_sheet_prints_whole_on_two_pages(address, browser):
    page = browser.new_page()
    page.goto(address + "cheatsheet/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 less its margins
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
