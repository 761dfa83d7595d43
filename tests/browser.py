"""A page in a browser, as the tests need it: somebody is there, and it is at rest."""

from playwright.sync_api import Page

# Called until the place of an element is the same in two frames, one after another
STILL = """(tag) => new Promise((resolve) => {
  let last = '';
  const look = () => {
    const {x, y, width, height} = tag.getBoundingClientRect();
    const place = [x, y, width, height].join();
    if (place === last) resolve();
    last = place;
    requestAnimationFrame(look);
  };
  look();
})"""


def awake(page: Page) -> None:
    """Let a page know that somebody is there, and wait for what it fetches then."""
    page.mouse.move(2, 2)
    page.mouse.move(3, 3)
    if page.locator("article .arithmatex").count():
        page.locator("#formula-keys").wait_for(state="attached")
