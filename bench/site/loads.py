"""A page and the next one, opened in a real browser at full speed or as on a phone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bench.site.wire import Wire

PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
PAGE, NEXT = "gradient/", "backpropagation/"  # many formulas, and next to each other
PAUSE = (
    3000  # ms; a reader has come to the end before, and what scrolling fetches is there
)


@dataclass(frozen=True)
class Device:
    """What opens a page: a context of the browser, its processor, its network."""

    name: str
    context: dict[str, Any]
    slowdown: int = 1
    network: dict[str, float] | None = None


DESKTOP = Device("full speed", {"viewport": {"width": 1280, "height": 800}})
# What Lighthouse throttles to, and Chrome's developer tools call slow 4G
PHONE = Device(
    "phone",
    {
        "viewport": {"width": 412, "height": 823},
        "device_scale_factor": 1.75,
        "is_mobile": True,
        "has_touch": True,
    },
    slowdown=4,
    network={
        "latency": 562.5,  # ms a request
        "downloadThroughput": 1_474_560 / 8,  # bytes a second
        "uploadThroughput": 675_000 / 8,
    },
)


@dataclass(frozen=True)
class Load:
    """What a reader notices of a page: seconds, layout shift, and bytes."""

    done: float  # from navigation to all formulas
    blocked: float  # the main thread, beyond 50 ms a task
    shift: float
    bytes: float
    scripts: float  # bytes
    unsearched: float  # bytes, but for the search and its index
    next_done: float  # from the click on the next page's link to all its formulas
    formulas: int
    run: float | None = (
        None  # from the click on the first example's "Run" to its output
    )
    run_again: float | None = None  # likewise for the next one


def await_rest(page: Page) -> None:
    """Wait for the page to come to rest; TimeoutError after two minutes.

    Playwright's own waiting evaluates text, which the policy of the site forbids.
    """
    for _ in range(600):
        if page.evaluate("probe.atRest()"):
            return
        page.wait_for_timeout(200)
    raise TimeoutError(f"{page.url} does not come to rest")


RUN = """(which) => new Promise((done) => {
  const block = document.querySelectorAll("pre[data-runs=example]")[which].parentNode;
  const said = block.querySelector(".ran");
  const start = performance.now();
  new MutationObserver(() => {
    if (said.textContent.includes("Run here")) done(performance.now() - start);
  }).observe(said, { childList: true, subtree: true });
  block.querySelector(".runner button").click();
})"""


def load(browser: Browser, wire: Wire, device: Device) -> Load:
    """Open the page with an empty cache, then go to the next one by its link."""
    wire.sent.clear()
    context = browser.new_context(**device.context)
    context.add_init_script(PROBE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": device.slowdown})
    if device.network is not None:
        session.send("Network.enable")
        conditions = {"offline": False, **device.network}
        session.send("Network.emulateNetworkConditions", conditions)
    page.goto(wire.address + PAGE, wait_until="commit")
    await_rest(page)
    first = page.evaluate("probe.read()")
    sent = dict(wire.sent)
    runs = page.locator(".runner").count() > 0
    ran = [page.evaluate(RUN, which) / 1000 for which in (0, 1)] if runs else [None] * 2
    link = page.locator(".md-footer__link--next")
    link.scroll_into_view_if_needed()
    page.wait_for_timeout(PAUSE)
    await_rest(page)
    link.click(no_wait_after=True)
    page.wait_for_url(f"**/{NEXT}", wait_until="commit")
    await_rest(page)
    second = page.evaluate("probe.read()")
    context.close()
    return Load(
        done=first["done"] / 1000,
        blocked=first["blocked"] / 1000,
        shift=first["shift"],
        bytes=sum(sent.values()),
        scripts=sum(size for name, size in sent.items() if name.endswith(".js")),
        unsearched=sum(size for name, size in sent.items() if "search" not in name),
        next_done=(second["done"] - second["clicked"]) / 1000,
        formulas=first["formulas"],
        run=ran[0],
        run_again=ran[1],
    )
