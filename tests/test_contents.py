"""The table of contents marks the section that is read, however one came there."""

import pytest
from playwright.sync_api import expect

from tests.looks import MISMARKED

AT_THE_END = """() =>
  scrollY + innerHeight >= document.documentElement.scrollHeight - 1"""
MARKED = ".md-sidebar--secondary [aria-current=location]"


@pytest.fixture
def opened(browser, address):
    """Open a page in a window of this size, scaled as a browser's zoom does it."""
    contexts = []

    def open_(name, width=1280, height=800, zoom=1):
        context = browser.new_context(
            viewport={"width": width // zoom, "height": height // zoom},
            device_scale_factor=zoom,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}{name}")
        page.wait_for_load_state()
        return page

    yield open_
    for context in contexts:
        context.close()


def marked(page):
    """Return the section that is marked beside the page, when it has come there."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    return page.locator(MARKED).evaluate_all("all => all.map((link) => link.hash)")


@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(1280, 800, 2), (375, 812, 1), (1920, 2400, 1)]
)
def test_every_entry_marks_its_own_section(opened, width, height, zoom):
    # In the high window half the page is its end, and cannot be scrolled to the top
    page = opened("softmax/", width, height, zoom)
    assert page.evaluate(MISMARKED) == []


def test_an_entry_that_is_clicked_is_marked_and_back_marks_the_one_before(opened):
    page = opened("softmax/")
    assert marked(page) == []
    for name in ("The Jacobian", "Sources"):
        page.locator(".md-sidebar--secondary").get_by_role("link", name=name).click()
    assert marked(page) == ["#sources"]
    page.go_back()
    assert marked(page) == ["#the-jacobian-of-softmax"]
    page.go_back()
    assert marked(page) == []


@pytest.mark.parametrize("target", ["the-jacobian-of-softmax", "eq-jacobian"])
def test_an_address_marks_the_section_that_it_leads_to_or_into(opened, target):
    page = opened(f"softmax/#{target}")
    assert marked(page) == ["#the-jacobian-of-softmax"]
    page.set_viewport_size({"width": 1280, "height": 30000})  # all of it is in sight
    assert page.evaluate("scrollY") == 0
    assert marked(page) == ["#the-jacobian-of-softmax"]


def test_who_reads_to_the_end_has_the_last_section_marked(opened):
    page = opened("softmax/#the-jacobian-of-softmax")
    page.keyboard.press("End")
    page.wait_for_function(AT_THE_END)
    assert marked(page) == ["#sources"]


def test_what_is_marked_is_in_sight(opened):
    page = opened("errata/")
    page.keyboard.press("End")
    assert len(marked(page)) == 1
    entry = page.locator(MARKED).bounding_box()
    assert 0 < entry["y"] < 800


def test_the_drawer_of_a_phone_shows_where_the_reader_is(opened):
    page = opened("errata/", 375, 812)
    page.keyboard.press("End")
    page.get_by_role("button", name="Navigation").click()
    page.locator("label[for=__toc]:visible").first.click()
    last = page.locator(".md-sidebar--primary [aria-current=location]")
    last.wait_for()
    expect(last).to_be_in_viewport()  # once the list has slid in
    last.click()
    page.wait_for_url("**/errata/#*")
