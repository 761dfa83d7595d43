"""A page in a browser, as the tests need it: somebody is there, and all is drawn."""

from playwright.sync_api import Page

# Whether the theme's script has run
THEMED = """() => window.component$ ? null : new Promise((done) =>
  document.addEventListener('themed', () => done(), { once: true }))"""


def awake(page: Page) -> None:
    """Let a page know that somebody is there, and wait for what it fetches then."""
    page.mouse.move(2, 2)
    page.mouse.move(3, 3)
    page.evaluate(THEMED)
    if page.locator("article .arithmatex").count():
        page.locator("#formula-keys").wait_for(state="attached")


def drawn(page: Page) -> None:
    """Wait until a page has been drawn anew, for which its observers are asked."""
    page.evaluate(
        "() => new Promise((done) => "
        "requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
