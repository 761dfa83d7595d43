"""The site's own face, and its start page."""

import base64
import json
import re
from datetime import date
from html import unescape

import pytest
from fontTools.ttLib import TTFont

from tests.looks import FORMULAS
from tests.markdown import ROOT
from typeset import fonts
from typeset.edition import Edition, edition
from typeset.fonts import FAMILY

# What a first visit may fetch of fonts
MOST = 50_000  # bytes
SHIFTS = """
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) moved += value;
  }).observe({ type: 'layout-shift', buffered: true });
"""


@pytest.fixture(scope="module")
def visit(browser, address):
    """Open the start page for the first time; return it and the fonts it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, fonts = context.new_page(), []
    page.on(
        "response",
        lambda answer: answer.url.endswith(".woff2") and fonts.append(answer),
    )
    page.add_init_script(SHIFTS)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    yield page, fonts
    context.close()


def test_the_text_stands_in_a_face_that_the_site_serves(visit, address):
    page, fonts = visit
    assert all(font.url.startswith(address) for font in fonts)
    assert 0 < sum(len(font.body()) for font in fonts) <= MOST
    assert len({font.url for font in fonts}) == len(fonts)  # preloaded, and not twice
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    document = session.send("DOM.getDocument")["root"]["nodeId"]

    def faces(selector):
        query = {"nodeId": document, "selector": selector}
        node = session.send("DOM.querySelector", query)
        found = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})
        return {font["familyName"] for font in found["fonts"]}

    assert faces("article h1") == {FAMILY}
    assert faces("article #the-idea-in-full + p") == {FAMILY}


def test_nothing_moves_when_the_fonts_arrive_and_the_picture_comes_to_life(visit):
    page, _ = visit
    page.locator("figure.alive").wait_for()
    assert page.evaluate("moved") <= 0.01


def test_nothing_moves_on_a_phone_when_the_fonts_arrive(browser, address):
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(f"{address}gradient/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('1em \"STIX Two Text\"')")
    assert page.evaluate("moved") <= 0.01
    context.close()


def test_a_formula_in_the_text_has_the_height_of_its_letters(visit):
    page, _ = visit
    letter, formula = page.evaluate("""() => {
      const text = document.querySelector('.idea > h1 + p');
      const x = document.createElement('span');
      x.style.cssText = 'display: inline-block; height: 1ex';
      text.append(x);
      const p = text.querySelector('mjx-container g use').getBoundingClientRect();
      const high = [x.getBoundingClientRect().height, p.height];
      x.remove();
      return high;
    }""")
    assert 1.3 < formula / letter < 1.75  # p: an x-height, and a descender


def test_the_fonts_come_with_their_licence(tmp_path):
    files = fonts.faces()
    assert b"SIL OPEN FONT LICENSE" in files["assets/fonts/LICENSE.txt"]
    named = re.findall(rb'url\("fonts/([^"]+)"\)', files["assets/fonts.css"])
    fonts.write(tmp_path / "site", tmp_path)
    written = (tmp_path / "site" / fonts.FOLDER).iterdir()
    assert {name.decode() for name in named} == {path.name for path in written}


def letters_of(font):
    return set(map(chr, TTFont(font).getBestCmap()))


def test_a_font_has_every_letter_that_a_page_shows_and_few_others(site):
    shown = set().union(*(page.read_text("utf-8") for page in site.rglob("*.html")))
    for path in sorted((site / fonts.FOLDER).glob("*.woff2")):
        source = re.sub("(normal|italic)", r"wght-\1", path.name)
        whole = letters_of(fonts.PACKAGE / "files" / source)
        assert letters_of(path) == shown & whole < whole, path.name


def prose_of(page):
    """Return the words of a built page that stand in the text's face."""
    html = page.read_text("utf-8")
    html = html[html.index("<article") : html.index("</article>")]
    other = r"<(pre|code|svg|math|mjx-container|script)\b.*?</\1>|<[^>]*>"
    return unescape(re.sub(other, " ", html, flags=re.DOTALL))


def test_the_prose_takes_only_signs_from_other_fonts(site):
    """Digits of two fonts in one number would look like an accident."""
    letters = set().union(*map(prose_of, site.rglob("index.html")))
    served = set().union(*(letters_of(font) for font in site.rglob("*-normal.woff2")))
    signs = set("↩∎∞ℓ‖≤≥↑↓←→∓⪯")
    assert {sign for sign in letters - served - signs if not sign.isspace()} == set()


def test_a_font_is_cut_once_and_anew_for_another_letter(tmp_path, monkeypatch):
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("some words")
    fonts.write(page.parent, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "cut", None)  # it would be a fault to call it
        fonts.write(page.parent, tmp_path)
    font = page.parent / fonts.FOLDER / fonts.NAME.format("latin", "normal")
    assert letters_of(font) == set(page.read_text())
    source = fonts.PACKAGE / "files" / fonts.SOURCE.format("latin", "normal")
    assert TTFont(font)["head"].modified == TTFont(source)["head"].modified
    page.write_text("quite other letters")
    fonts.write(page.parent, tmp_path)
    assert letters_of(font) == set(page.read_text())


WIDTHS = """async (fonts) => {
  const widths = [];
  for (const font of fonts) {
    const face = new FontFace('tried', `url(data:font/woff2;base64,${font})`);
    document.fonts.add(await face.load());
    const words = document.createElement('span');
    words.style.font = '17px tried';
    words.textContent = 'If the label sums to a number other than 1, it fits: AV, fi.';
    document.body.append(words);
    widths.push(words.getBoundingClientRect().width);
    words.remove();
    document.fonts.delete(face);
  }
  return widths;
}"""


def test_words_are_as_wide_as_in_the_whole_font(site, browser):
    page = browser.new_page(device_scale_factor=1.5)
    for style in fonts.STYLES:
        source = fonts.SOURCE.format("latin", style)
        whole = (fonts.PACKAGE / "files" / source).read_bytes()
        ours = (site / fonts.FOLDER / fonts.NAME.format("latin", style)).read_bytes()
        given = [base64.b64encode(font).decode() for font in (whole, ours)]
        one, other = page.evaluate(WIDTHS, given)
        assert one == other > 300
    page.close()


def test_the_fonts_are_pinned_by_a_hash():
    lock = json.loads((ROOT / "typeset" / "package-lock.json").read_text("utf-8"))
    pinned = lock["packages"]["node_modules/@fontsource-variable/stix-two-text"]
    assert pinned["integrity"].startswith("sha512-")
    assert pinned["license"] == "OFL-1.1"


def test_the_start_page_says_what_this_build_checked(site):
    start = (site / "index.html").read_text("utf-8")
    checked = (site / "checked" / "index.html").read_text("utf-8")
    said = re.search(
        r'<a class="checked-now" href="checked/">(.*?)</a>(.*?)</p>', start
    )
    held = r"<strong>([\d\u202f]+)</strong></th><td>statements hold"
    statements = re.search(held, checked)
    assert said[1] == f"{statements[1]} statements checked in this build"
    day = edition(ROOT).date.replace(" ", "&nbsp;")
    assert said[2] == (f", {day}" if day else "")


def test_the_day_of_an_edition_is_written_as_in_a_sentence():
    assert Edition("1.0", "2026-03-05", "abc").date == "5 March 2026"
    assert Edition("1.0").date == ""
    assert date.fromisoformat("2026-03-05").day == 5


def test_the_idea_is_seen_before_anything_is_scrolled(visit):
    page, _ = visit
    for part in ("h1", ".idea mjx-container[display]", ".stage", ".checked-now"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] < 900, part
    assert page.evaluate(FORMULAS)[0]["drawn"]


def test_on_a_phone_the_picture_and_its_step_are_seen_too(browser, address):
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.goto(address)
    step = page.get_by_role("button", name="take a step")
    box = step.bounding_box()
    assert box["y"] + box["height"] < 800
    page.close()


def test_the_contents_of_a_chapter_are_at_hand_on_a_phone(browser, address):
    page = browser.new_page(
        viewport={"width": 375, "height": 800}, java_script_enabled=False
    )
    page.goto(f"{address}gradient/")
    page.get_by_text("On this page").click()
    page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="Exercises"
    ).click()
    assert page.url.endswith("/gradient/#exercises")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not page.locator(".on-this-page").is_visible()
    page.close()
