"""The copy for a folder, in a real browser, from ``file://``."""

import re
import zipfile
from hashlib import sha256

import pytest

from typeset.offline import ARCHIVE, NAME, OfflineError, bundle, write


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    """Unpack the zip; return the folder in it."""
    target = tmp_path_factory.mktemp("unpacked folder")
    zipfile.ZipFile(site / ARCHIVE).extractall(target)
    return target / NAME


@pytest.fixture
def opened(browser, folder):
    """Open a page of the copy; whatever goes wrong there fails the test."""
    context = browser.new_context()
    page, problems = context.new_page(), []
    page.on("console", lambda m: m.type != "log" and problems.append(m.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((folder.as_uri(), "data:", "blob:"))
            or problems.append(f"a request to {request.url}")
        ),
    )

    def open_(name):
        page.goto(f"{folder.as_uri()}/{name}")
        return page

    yield open_
    context.close()
    assert problems == []


def test_every_link_of_the_copy_names_a_file_of_it(folder):
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 20
    broken = []
    for page in pages:
        for address in re.findall(r'(?:href|src)="([^"#?]+)', page.read_text("utf-8")):
            if re.match(r"[a-z][a-z+.-]*:", address):
                continue
            if not (page.parent / address).is_file():
                broken.append((page.name, address))
    assert broken == []


# One of each kind; those with figures that move are opened below
@pytest.mark.parametrize(
    "name", ["", "softmax/", "labs/digits/", "faq/", "cheatsheet/"]
)
def test_a_page_opens_from_a_folder_and_says_nothing_in_the_console(opened, name):
    page = opened(f"{name}index.html")
    assert page.locator("article h1").first.is_visible()
    assert page.evaluate("document.documentElement.classList.contains('js')")


def test_links_lead_on_in_a_folder(opened, folder):
    page = opened("index.html")
    page.get_by_role("article").get_by_role("link", name="softmax").first.click()
    page.wait_for_url(f"{folder.as_uri()}/softmax/index.html*")
    page.get_by_role("link", name="Next: The gradient").click()
    page.wait_for_url(f"{folder.as_uri()}/gradient/index.html")
    page.locator("a.md-header__button.md-logo").click()
    page.wait_for_url(f"{folder.as_uri()}/index.html")


def test_the_search_works_in_a_folder(opened, folder):
    page = opened("labs/coin/index.html")
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("p - y")
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    assert result.get_attribute("href").startswith(
        f"{folder.as_uri()}/gradient/index.html"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"{folder.as_uri()}/gradient/index.html*")
    page.goto(f"{folder.as_uri()}/information/index.html?h=gibbs")
    page.locator("mark", has_text="Gibbs").first.wait_for()


def test_figures_move_in_a_folder(opened, folder):
    moving = [
        path
        for path in folder.rglob("index.html")
        if "data-living" in path.read_text("utf-8")
    ]
    assert moving
    for path in moving:
        page = opened(path.relative_to(folder).as_posix())
        for figure in page.locator("figure[data-living]").all():
            figure.scroll_into_view_if_needed()
            stage = figure.locator(".stage")
            stage.wait_for()
            before = stage.inner_html()
            control = figure.locator("input").first  # a slider, or one of several
            control.focus()
            # One that begins at an end of its slider moves to the other side alone
            for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"):
                if stage.inner_html() == before:
                    page.keyboard.press(key)
            assert stage.inner_html() != before


def test_the_zip_of_a_site_is_always_the_same(site, tmp_path):
    for path in (site / "assets", site / "search", site / "softmax"):
        (tmp_path / path.name).symlink_to(path)
    first = sha256(write(tmp_path).read_bytes()).digest()
    assert sha256(write(tmp_path).read_bytes()).digest() == first


def test_a_module_that_cannot_be_made_plain_is_refused():
    with pytest.raises(OfflineError, match=r"a\.js: cannot .* import one from"):
        bundle({"a.js": 'import one from "./b.js";'})
