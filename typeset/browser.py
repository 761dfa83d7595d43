"""A real browser and a web server for the built site: to print, measure and test it.

``python -m typeset.browser PICTURE`` takes the README's picture of ``site/``.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]

# Nothing that Chromium does on its own account: every request is then the page's
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nor, for every new page, two more that draw the list below an address bar
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "MediaRouter,OptimizationHints,PaintHolding,Translate",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")


def executable() -> str | None:
    """Return the browser: the one that CHROMIUM names, else the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, with a new profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=QUIET, headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


class Handler(SimpleHTTPRequestHandler):
    """Serves a site as a project page is served: below a path, with its own 404."""

    def __init__(self, *args: object, site: Path, prefix: str, **kwargs: object):
        self.site, self.prefix = site, prefix
        super().__init__(*args, directory=str(site), **kwargs)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Map what stands below the prefix to the site, and all else to nothing."""
        if not path.startswith(self.prefix):
            return str(self.site / "no such path")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, *args: object, **kwargs: object) -> None:
        """Answer a missing page with the site's own."""
        if code != 404:
            super().send_error(code, *args, **kwargs)  # type: ignore[arg-type]
            return
        body = (self.site / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def served(site: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a built site on this machine; the address is that of its start page."""
    handler = partial(Handler, site=site, prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


def picture(path: Path) -> None:
    """Take the README's picture: the start page, as a reader first sees it."""
    with served(ROOT / "site") as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.locator("figure.alive .said:not(:empty)").wait_for()
        page.screenshot(path=path)


if __name__ == "__main__":
    picture(Path(sys.argv[1]))
