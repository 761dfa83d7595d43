"""A page before the theme's script is there, and what a reader does meanwhile."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import THEMED, awake
from typeset.theme import UNUSED

THEME = "**/assets/material.js"


@pytest.fixture
def held(browser, address):
    """Open pages whose theme's script does not come until it is let go."""
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    waiting = []
    page.route(THEME, lambda route: waiting.append(route))

    def open_(name):
        page.goto(f"{address}{name}")
        return page

    def let_go():
        while not waiting:
            page.wait_for_timeout(50)
        waiting[0].continue_()

    yield open_, let_go
    context.close()


def asked_for(page):
    """Note what a page asks for from now on."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_the_theme_is_fetched_at_the_first_sign_of_a_reader(browser, address):
    page = browser.new_page()
    asked = asked_for(page)
    page.goto(f"{address}gradient/")
    page.wait_for_load_state("networkidle")
    page.evaluate("""dispatchEvent(new PointerEvent('pointermove', {clientX: 9}))""")
    page.wait_for_timeout(400)  # longer than a sign is waited for
    assert not [url for url in asked if "material" in url or "formulas/" in url]
    awake(page)
    assert [url for url in asked if url.endswith("material.js")]
    page.close()


def test_who_follows_a_link_fetches_nothing_for_the_page_that_is_left(held):
    open_, _ = held
    page = open_("gradient/")
    asked = asked_for(page)
    held_back = []
    page.route("**/softmax/", lambda route: held_back.append(route))
    page.locator("article a[href='../softmax/']:visible").first.click(
        no_wait_after=True
    )
    page.wait_for_timeout(600)  # longer than a sign is waited for
    assert [url for url in asked if "material" in url or "formulas/" in url] == []
    assert asked[-1].endswith("/softmax/")
    held_back[0].continue_()
    page.wait_for_url("**/softmax/")


def test_code_that_is_run_comes_before_the_theme(browser, address):
    page = browser.new_page()
    asked = asked_for(page)
    page.goto(f"{address}softmax/")
    page.get_by_role("button", name=re.compile("^Run")).first.click()
    page.locator(".ran").filter(has_text="Run here").first.wait_for()
    names = [url.rpartition("/")[2] for url in asked]
    assert "micropython.wasm" in names
    assert "material.js" not in names
    page.close()


def test_letters_behind_the_key_of_the_search_are_searched_for(held):
    open_, let_go = held
    page = open_("")
    page.keyboard.press("/")
    page.keyboard.type("gibbs")
    field = page.get_by_role("textbox", name="Search")
    expect(field).to_be_focused()
    expect(field).to_have_value("gibbs")
    let_go()
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    assert "/information/" in result.get_attribute("href")


def test_the_key_for_the_next_page_is_answered_late(held):
    open_, let_go = held
    page = open_("gradient/")
    page.keyboard.press("n")
    let_go()
    page.wait_for_url("**/backpropagation/")


def test_who_has_come_to_the_search_by_tab_stays_there(held):
    open_, let_go = held
    page = open_("gradient/")
    page.set_viewport_size({"width": 375, "height": 800})
    field = page.locator(".md-search__input")
    for _ in range(9):
        page.keyboard.press("Tab")
        if field.evaluate("(field) => field === document.activeElement"):
            break
    let_go()
    page.evaluate(THEMED)
    page.wait_for_timeout(600)  # in which a search that is left would close
    expect(field).to_be_focused()


def test_where_the_pointer_rests_a_tooltip_is_shown_late(held):
    open_, let_go = held
    page = open_("curvature/")
    page.locator("abbr", has_text="convex").first.hover()
    let_go()
    page.locator(".md-tooltip2--active").wait_for()


def test_a_scheme_is_chosen_without_the_theme_and_kept(held, address):
    open_, _ = held
    page = open_("")
    button = "label[for^=__palette]:visible"
    assert page.locator(button).count() == 1
    for _ in ("to the light scheme", "to the dark scheme"):
        page.locator(button).click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{address}softmax/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(button).click()  # and then the system's
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_first_picture_of_a_page_is_in_the_scheme_of_the_system(browser, address):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.add_init_script("""
      requestAnimationFrame(function look() {
        const { body } = document;
        if (!body) return requestAnimationFrame(look);
        window.first ??= body.dataset.mdColorScheme;
      });
    """)
    page.goto(f"{address}softmax/")
    assert page.evaluate("first") == "slate"
    context.close()


def test_the_drawer_opens_and_closes_without_the_theme(held):
    open_, _ = held
    page = open_("softmax/")
    page.set_viewport_size({"width": 375, "height": 700})
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="The gradient")
    page.get_by_role("button", name="Navigation").click()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(link).not_to_be_in_viewport()


def test_a_fold_that_the_address_names_is_opened_without_a_sign(browser, address):
    page = browser.new_page()
    page.goto(f"{address}gradient/#exercise-2")
    expect(page.locator("#exercise-2")).to_have_attribute("open", "")
    awake(page)  # and its formulas answer, though the theme was there before
    page.close()


def test_paper_is_unfolded_without_the_theme(held):
    open_, _ = held
    page = open_("gradient/")
    folded = "document.querySelectorAll('details:not([open])').length"
    before = page.evaluate(folded)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(folded) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded) == before > 0


def test_the_navigation_shows_where_one_is(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 500})
    page.goto(f"{address}labs/shards/")
    here = page.locator(".md-sidebar--primary .md-nav__link--active[href]").first
    expect(here).to_be_in_viewport()
    page.close()


def test_a_page_asks_for_one_style_sheet_behind_the_scripts_of_its_head(site):
    for path in site.rglob("*.html"):
        head, _, body = path.read_text("utf-8").partition("</head>")
        sheets = re.findall(r'<link rel="stylesheet" href="[^"]*assets/(.*?)">', head)
        assert sheets == ["page.css"], path
        assert "<script" not in head.partition('<link rel="stylesheet"')[2], path
        assert '<link rel="stylesheet"' not in body, path
        waiting = re.findall(r'<script src="[^"]*"(?! defer)', head + body)
        assert waiting == [], path


def test_no_page_has_what_the_style_sheet_leaves_out(site):
    classes = {
        name
        for path in site.rglob("*.html")
        for names in re.findall(r'\bclass="([^"]*)"', path.read_text("utf-8"))
        for name in names.split()
    }
    assert "md-typeset" in classes
    assert not [name for name in classes if f".{name}".startswith(UNUSED)]
