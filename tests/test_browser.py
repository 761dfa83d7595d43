"""The site in a real browser, below a path, as a project page is served."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import awake, drawn
from tests.looks import FORMULAS, PAPER
from tests.markdown import DOCS
from typeset.mathjax import MathJax
from typeset.page import typeset_page

AT_THE_END = """() =>
  scrollY + innerHeight >= document.documentElement.scrollHeight - 1"""


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
    expect(page.locator("#eq-jacobian")).to_be_in_viewport()
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
    with page.expect_request_finished(lambda one: "search_index" in one.url):
        page.get_by_role("textbox", name="Search").hover()
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
    awake(page)
    while not page.evaluate(AT_THE_END):
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, 500)
        page.wait_for_function("(before) => scrollY > before", arg=before)
        drawn(page)
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
    assert len(PdfReader(BytesIO(printed)).pages) == 2
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
    # What a listener and a timer of ours, which come after, find to have run
    ran = page.evaluate("""async () => {
      window.ran = [];
      const script = document.createElement('script');
      script.textContent = 'ran.push("script")';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend',
        '<img src="data:," onerror="ran.push(\\'attribute\\')">');
      const image = document.body.lastElementChild;
      await new Promise((failed) => image.addEventListener('error', failed));
      setTimeout('ran.push("text as code")');
      await new Promise((later) => setTimeout(later));
      return window.ran;
    }""")
    assert ran == []
    page.close()


def test_code_can_be_copied(address, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}gradient/")
    awake(page)
    code = page.locator("pre > code").first
    page.locator(".md-code__button").first.click()
    page.get_by_text("Copied to clipboard").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    shown = code.inner_text().strip()  # with what it needs: tests/test_takeaway.py
    assert copied.strip().endswith(shown.replace("check.", "check_"))
    context.close()
