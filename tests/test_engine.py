"""The code of a page runs in it as it does here, can be changed, and harms nobody."""

import doctest
import gzip
import importlib
import json
import pkgutil
import re
import zipfile
from types import SimpleNamespace

import pytest

import snippets
from tests.axe import AXE, RULES, inaccessible
from tests.browser import awake
from tests.engine import engine
from tests.markdown import PAGES, ROOT, fences
from typeset import offline, running

WITH_EXAMPLES = [
    page for page in PAGES if any(fence.language == "pycon" for fence in fences(page))
]
EXAMPLES = ".highlight:has(> pre[data-runs=example])"
BLOCK = ".highlight:has(> pre[data-runs])"
RUN_ALL = """() => {
  const buttons = document.querySelectorAll('.runner > button:first-child');
  buttons.forEach((button) => button.click());
  return buttons.length;
}"""
ALL_RAN = """() => [...document.querySelectorAll('.ran')].every(
  ({ textContent }) => textContent && !textContent.endsWith(' …'))"""
SAID = "() => [...document.querySelectorAll('.ran')].map((said) => said.textContent)"
ALL_QUIET = """() => [...document.querySelectorAll('.runner > button:first-child')]
  .every(({ textContent }) => textContent === 'Run')"""
BYTES = 320_000  # compressed, that the first click may cost
FIRST = ("worker.js", "python.json", "micropython.wasm", "examples.json")
LATER = ("editor.js", "random.wasm")  # for a change, and for code that names it


def url_of(address, page):
    return address if page.stem == "index" else f"{address}{page.stem}/"


class Reader:
    """Somebody on a page, who runs its code."""

    def __init__(self, browser, address, **context):
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.asked = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def block(self, text):
        """Return the first block of code with this text."""
        return self.page.locator(BLOCK).filter(has_text=text).first

    def example(self):
        """Return the first block of examples."""
        return self.page.locator(EXAMPLES).first

    def press(self, block, name):
        block.get_by_role("button", name=re.compile(f"^{name}")).click()

    def said(self, block, part):
        """Wait until a block has said something with this part; return all of it."""
        said = block.locator(".ran").filter(has_text=part)
        said.wait_for(timeout=20_000)
        return said.inner_text()

    def run(self, block):
        self.press(block, "Run")
        block.locator(".ran:not([data-old])").wait_for()
        return self.said(block, "Run here")

    def write(self, block, text):
        """Put other code into the editor of a block."""
        if block.locator(".cm-content").count() == 0:
            self.press(block, "Change|Try it")
        block.locator(".cm-content").press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def fetched(self):
        """Return the files of the page's Python that were asked for, in order."""
        names = [url.rpartition("/")[2] for url in self.asked]
        return sorted(name for name in names if name in {*FIRST, *LATER})

    def focused(self):
        return self.page.evaluate("document.activeElement.textContent")

    def try_out(self, code):
        """Run code of the reader's own in the first example of the page."""
        block = self.example()
        self.write(block, code)
        return self.run(block)


@pytest.fixture
def reader(browser, address):
    """Open a page by its name, for somebody who runs its code."""
    opened = []

    def open_(name, **context):
        opened.append(
            Reader(browser, f"{address}{name}/" if name else address, **context)
        )
        return opened[-1]

    yield open_
    for one in opened:
        one.context.close()


# --- the same text -------------------------------------------------------------------


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_every_example_of_a_page_runs_in_it_with_the_same_text(browser, address, page):
    shown = browser.new_page()
    asked = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(url_of(address, page))
    assert shown.evaluate(RUN_ALL) > 0
    shown.wait_for_function(ALL_RAN, timeout=60_000)
    assert [said for said in shown.evaluate(SAID) if said[:10] != "✓ Run here"] == []
    # What the page needs to run its own examples was written when the site was built
    assert not [url for url in asked if url.endswith("editor.js")]
    reasons = running.apart(ROOT).get(page.stem, {})
    for text in shown.locator(".highlight > pre:not([data-runs])").all_inner_texts():
        listed = any(f">>> {line}\n" in text for line in reasons)
        assert listed or not text.startswith(">>> "), (
            f"no buttons, and no reason: {text}"
        )
    shown.close()


def test_every_docstring_of_the_snippets_has_the_same_output(browser, tmp_path):
    listed = {line for lines in running.apart(ROOT).values() for line in lines}
    wrong = []
    with engine(browser, tmp_path) as python:
        for module in pkgutil.walk_packages(snippets.__path__, "snippets."):
            for test in docstrings(module.name):
                sources = [example.source for example in test.examples]
                answers = python.asked([sources], module.name)
                for example, answer in zip(test.examples, answers, strict=True):
                    want = re.sub(r"^(Traceback.*\n)(?: .*\n)*", r"\1", example.want)
                    got = printed(answer)
                    if got != want and example.source.strip() not in listed:
                        wrong.append((test.name, example.source, want, got))
    assert wrong == []


def docstrings(module):
    """Return the docstrings of a module that have examples."""
    found = doctest.DocTestFinder().find(importlib.import_module(module))
    return [test for test in found if test.examples]


def printed(answer):
    """Return what an answer of the page's Python looks like at a prompt."""
    error = answer.get("error")
    return answer["written"] + (f"{HEAD}{error}\n" if error else "")


HEAD = "Traceback (most recent call last):\n"


# --- what a reader does --------------------------------------------------------------


def test_nothing_is_fetched_before_the_first_click_and_little_with_it(reader, site):
    someone = reader("softmax")
    awake(someone.page)
    assert not [url for url in someone.asked if "/assets/engine/" in url]
    someone.run(someone.example())
    assert someone.fetched() == sorted(FIRST)
    folders = (site / "assets/engine", site / "softmax")
    files = [folder / name for folder in folders for name in FIRST]
    sizes = [len(gzip.compress(path.read_bytes())) for path in files if path.exists()]
    assert len(sizes) == len(FIRST)
    assert sum(sizes) <= BYTES


def test_random_numbers_come_once_and_to_code_that_names_them_alone(reader):
    someone = reader("softmax")
    block = someone.example()
    someone.run(block)
    draw = "import numpy as np\nnp.random.default_rng(1).random(2).shape"
    assert "(2,)" in someone.try_out(draw)
    assert someone.fetched() == sorted((*FIRST, *LATER))
    assert "(2,)" in someone.try_out(f"{draw}\n")
    someone.write(block, "while True:\n    pass")
    someone.press(block, "Run")
    someone.said(block, "Running")
    someone.press(block, "Stop")
    someone.said(block, "Stopped")
    assert "(2,)" in someone.try_out(draw)
    assert someone.fetched().count("random.wasm") == 1


def test_an_example_of_a_page_that_draws_random_numbers_brings_them(reader):
    someone = reader("scoring")
    someone.run(someone.block("np.random.default_rng"))
    assert someone.fetched() == sorted((*FIRST, "random.wasm"))


def test_random_numbers_that_no_name_asked_for_are_refused_in_words(reader):
    hidden = "import numpy as np\ngetattr(np, 'ran' + 'dom').default_rng(1)"
    assert "code that names them: np.random" in reader("softmax").try_out(hidden)


def test_a_change_may_add_linear_algebra(reader):
    added = "import numpy as np\nnp.linalg.det([[1.0, 2.0], [3.0, 4.0]])"
    assert "-2.0" in reader("softmax").try_out(added)


@pytest.mark.parametrize("name", ["micropython.wasm", "examples.json", "worker.js"])
def test_what_could_not_be_fetched_is_fetched_by_a_second_click(reader, name):
    someone = reader("softmax")
    block = someone.example()
    someone.page.route(f"**/{name}", lambda route: route.abort())
    someone.press(block, "Run")
    assert someone.said(block, "could not") == "Python could not be fetched."
    someone.page.unroute(f"**/{name}")
    assert someone.run(block).startswith("✓")


def test_a_grammar_that_comes_late_lowers_what_was_changed_before(reader):
    someone = reader("softmax")
    block = someone.example()
    someone.page.route("**/editor.js", lambda route: route.abort())
    someone.press(block, "Change")
    block.locator("textarea").fill("1 / 3")
    someone.press(block, "Run")
    assert someone.said(block, "could not") == "Python could not be fetched."
    someone.page.unroute("**/editor.js")
    assert "0.3333333333333333" in someone.run(block)


def test_what_the_build_wrote_of_the_examples_is_what_the_grammar_says(reader, site):
    pages = sorted(site.rglob("examples.json"))
    assert len(pages) >= len(WITH_EXAMPLES)
    tables = [json.loads(page.read_text("utf-8")) for page in pages]
    someone = reader("softmax")
    someone.press(someone.example(), "Change")  # which fetches the grammar
    someone.example().locator(".cm-content").wait_for()
    wrong = someone.page.evaluate(
        """(tables) => {
          const {lower} = pythonEditor;
          const wrong = ([source, said]) => lower(source, {prompt: true}) !== said;
          return tables.flatMap(Object.entries).filter(wrong);
        }""",
        tables,
    )
    assert wrong == []


def test_code_runs_and_changes_in_a_folder(browser, site, tmp_path):
    zipfile.ZipFile(site / offline.ARCHIVE).extractall(tmp_path)
    page = (tmp_path / offline.NAME / "softmax/index.html").as_uri()
    someone = Reader(browser, page)
    assert someone.run(someone.example()).startswith("✓")
    draw = "import numpy as np\nnp.random.default_rng(1).random(2).shape"
    assert "(2,)" in someone.try_out(draw)
    someone.context.close()


def test_a_changed_function_holds_for_the_examples_below_until_it_is_as_it_was(reader):
    someone = reader("softmax")
    function = someone.block("def softmax(")
    below = someone.block("softmax(huge).round(4)")
    assert someone.run(below).startswith("✓")

    text = function.locator("pre > code").text_content()
    someone.write(function, text.replace("z - z.max(axis=-1, keepdims=True)", "z"))
    assert "with your softmax" in someone.run(function)
    said = someone.run(below)
    assert "array([nan, nan, nan])" in said
    assert "array([0.09  , 0.2447, 0.6652])" in said  # as the page has it

    someone.press(function, "As it was")
    assert function.locator("pre").is_visible()
    assert someone.run(below).startswith("✓")


def test_a_changed_example_shows_what_it_gives_beside_what_the_page_shows(reader):
    someone = reader("")
    block = someone.example()
    assert block.get_by_role("button", name="Try it with your own numbers").is_visible()
    code = "import numpy as np\nfrom snippets.softmax import softmax\n"
    someone.write(block, f"{code}softmax(np.log([0.6, 0.4])).round(4)")
    said = someone.run(block)
    assert "array([0.6, 0.4])" in said
    assert "on the page" in said


def test_an_error_comes_in_the_words_of_the_exception_with_its_lines(reader):
    someone = reader("softmax")
    said = someone.try_out("x = 1\n\nx.missing\n")
    assert "AttributeError" in said
    assert "In line 3." in said
    function = someone.block("def softmax(")
    text = function.locator("pre > code").text_content()
    someone.write(function, text.replace("z - z.max(", "z - missing.max("))
    said = someone.run(function)
    assert "NameError: name 'missing' isn't defined" in said
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "z - z.max(" in row)
    assert f"line {line} of your softmax" in said


def test_what_does_not_end_is_stopped_and_what_comes_after_it_runs(reader):
    someone = reader("softmax")
    block = someone.example()
    someone.write(block, "while True:\n    pass")
    someone.press(block, "Run")
    someone.said(block, "Running")
    someone.press(block, "Stop")
    assert "Stopped." in someone.said(block, "Stopped")
    someone.press(block, "As it was")
    assert someone.run(block).startswith("✓")


def test_the_button_that_runs_stops_and_keeps_the_focus(reader):
    someone = reader("softmax")
    block = someone.example()
    someone.write(block, "while True:\n    pass")
    block.get_by_role("button", name="Run example 1").focus()
    someone.page.keyboard.press("Enter")
    someone.said(block, "Running")
    assert someone.focused() == "Stop"
    someone.page.keyboard.press("Enter")
    someone.said(block, "Stopped")
    assert someone.focused() == "Run"


def test_what_waits_says_so_and_can_be_stopped_by_itself(reader):
    someone = reader("softmax")
    first, second = (someone.page.locator(EXAMPLES).nth(place) for place in (0, 1))
    someone.write(first, "while True:\n    pass")
    someone.press(first, "Run")
    someone.said(first, "Running")
    someone.press(second, "Run")
    someone.said(second, "Waiting")
    someone.press(second, "Stop")
    someone.said(second, "Stopped")
    assert "Running" in first.locator(".ran").inner_text()
    someone.press(first, "As it was")
    someone.page.wait_for_function(ALL_QUIET)
    assert first.locator(".ran").inner_text() == ""
    assert someone.run(second).startswith("✓")


def test_a_change_above_is_named_and_what_was_said_before_it_is_gone(reader):
    someone = reader("softmax")
    first, second = (someone.page.locator(EXAMPLES).nth(place) for place in (0, 1))
    assert someone.run(second).startswith("✓")
    code = first.locator("pre > code").text_content()
    lines = [line[4:] for line in code.splitlines() if line.startswith(">>> ")]
    someone.write(first, "\n".join([*lines, "z = z + 1"]))
    assert "with your change above" in someone.run(second)
    someone.press(first, "As it was")
    assert second.locator(".ran").inner_text() == ""


def test_examples_of_a_changed_function_are_those_that_it_has_now(reader):
    someone = reader("softmax")
    function = someone.block("def softmax(")
    text = function.locator("pre > code").text_content()
    someone.write(function, text.replace("array([0.2, 0.3, 0.5])", "array([0.5])"))
    said = someone.run(function)
    assert "in the example" in said
    assert "array([0.2, 0.3, 0.5])" in said


def test_a_function_that_cannot_be_read_or_is_gone_is_told_by_its_name(reader):
    someone = reader("softmax")
    function = someone.block("def softmax(")
    text = function.locator("pre > code").text_content()
    someone.write(function, text.rstrip() + " +")
    lines = len(text.rstrip().splitlines())
    assert f"In line {lines} of your softmax" in someone.run(function)
    someone.write(function, text.replace("def softmax", "def hardmax"))
    someone.press(function, "Run")
    someone.said(function, "Your code no longer defines softmax.")


def test_an_output_of_any_length_takes_little_room(reader):
    someone = reader("softmax")
    someone.try_out("for i in range(10_000):\n    print(i)\nprint('x' * 20_000)")
    block = someone.example()
    assert block.locator(".ran").bounding_box()["height"] < 800
    assert len(block.get_by_role("status").inner_text()) < 500
    assert "letters more" in block.locator(".ran").inner_text()


def test_code_that_asks_the_reader_is_told_that_it_cannot(reader):
    assert "RuntimeError" in reader("softmax").try_out("input('a number')")


def test_an_empty_text_gives_nothing(reader):
    someone = reader("softmax")
    assert "7" in someone.try_out("7")
    assert "(nothing)" in someone.try_out("")


def test_computing_ends_after_ten_seconds(reader):
    someone = reader("softmax")
    block = someone.example()
    someone.run(block)
    someone.page.clock.install()
    someone.write(block, "while True:\n    pass")
    someone.press(block, "Run")
    someone.said(block, "Running")
    someone.page.clock.fast_forward(5_000)
    assert "Running" in block.locator(".ran").inner_text()
    someone.page.clock.fast_forward(5_000)
    assert "Ended after 10 seconds" in someone.said(block, "Ended")


def test_memory_has_a_bound(reader):
    someone = reader("softmax")
    start = "import numpy as np\n"
    assert "MemoryError" in someone.try_out(f"{start}np.ones(10 ** 9)")
    held = "kept = [np.ones(2 ** 20) for _ in range(100)]"
    assert "more than 512 MiB" in someone.try_out(f"{start}{held}")
    assert "MemoryError" in someone.try_out("x = [0] * 10 ** 8")


def test_the_keyboard_changes_and_runs_code(reader):
    someone = reader("softmax")
    block = someone.example()
    block.get_by_role("button", name="Change example 1").focus()
    someone.page.keyboard.press("Enter")
    editor = block.locator(".cm-content")
    editor.wait_for()
    someone.page.wait_for_function("document.activeElement.matches('.cm-content')")
    assert "example 1" in editor.get_attribute("aria-label")
    someone.page.keyboard.press("Control+a")
    someone.page.keyboard.type("1 + 1")
    someone.page.keyboard.press("Control+Enter")
    assert "2" in someone.said(block, "Run here")
    assert "2" in block.get_by_role("status").inner_text()
    someone.page.keyboard.press("Tab")  # leaves the editor, for its buttons
    assert someone.focused() == "Run"
    someone.page.keyboard.press("Enter")
    someone.page.wait_for_function(ALL_QUIET)
    assert someone.focused() == "Run"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_editor_and_what_code_gives_are_for_every_reader(reader, scheme):
    phone = {"width": 375, "height": 800}
    someone = reader("softmax", color_scheme=scheme, viewport=phone, bypass_csp=True)
    someone.try_out("import math\n# a word\nprint('one', 2.5, True)\n1 / 0")
    someone.page.add_script_tag(path=AXE)
    part = {"include": [[".highlight:has(.changing)"]]}
    assert inaccessible(someone.page, RULES, part) == []
    assert someone.page.evaluate("document.documentElement.scrollWidth") <= 375


def test_on_paper_and_without_scripts_there_are_no_buttons(reader):
    someone = reader("softmax")
    someone.page.emulate_media(media="print")
    assert not someone.page.locator(".runner").first.is_visible()
    without = reader("softmax", java_script_enabled=False)
    assert without.page.locator(".runner").count() == 0


# --- nothing gets out ----------------------------------------------------------------

# Each reaches for something through JavaScript, of which a worker has it before
WAYS_OUT = {
    "a request": "js.fetch",
    "an older request": "js.XMLHttpRequest",
    "a socket": "js.WebSocket",
    "scripts from elsewhere": "js.importScripts",
    "another worker": "js.Worker",
    "the page": "js.postMessage",
    "other pages": "js.BroadcastChannel",
    "what is stored": "js.indexedDB",
    "the browser": "js.navigator",
    "text as code": "js.eval",
    "a function of text": "js.Function",
    "a function of text, by another": "js.Math.sqrt.constructor",
    "by the arrays": "_arrays.make.constructor",
    "by what comes later": "js.setTimeout",
}

NOTHING = (" None", "<undefined>")


def test_code_reaches_neither_the_network_nor_the_page(reader):
    someone = reader("softmax")
    lines = ["import js, _arrays", "js.Math.sqrt(4)"]
    for way in WAYS_OUT.values():
        lines += [
            "try:",
            f"    print({way!r}, {way})",
            "except AttributeError:",
            "    pass",
        ]
    said = someone.try_out("\n".join([*lines, "print('all were tried')"]))
    assert "all were tried" in said
    found = [line for line in said.splitlines() if line.startswith(("js.", "_arrays."))]
    assert [line for line in found if not line.endswith(NOTHING)] == []
    assert {url.split("/")[2] for url in someone.asked if "://" in url} == {
        someone.page.url.split("/")[2]
    }


def test_files_are_in_the_memory_of_a_worker_and_end_with_it(browser, tmp_path):
    there = "print('mine' in os.listdir('.'))"
    for _ in range(2):
        with engine(browser, tmp_path) as python:
            written = "file = open('mine', 'w'); file.close()"
            said = python.run("import os", [there, written, there])
            assert said == ["False", "", "True"]


def test_a_worker_has_what_is_taken_away(browser, address):
    names = [
        way.removeprefix("js.") for way in WAYS_OUT.values() if way.count(".") == 1
    ]
    elsewhere = browser.new_page()
    elsewhere.goto(f"{address}LICENSE.txt")  # which has no policy
    had = elsewhere.evaluate(
        """(names) => new Promise((done) => {
          const code = `postMessage(${JSON.stringify(names)}.filter((n) => n in self))`;
          const worker = new Worker(URL.createObjectURL(new Blob([code])));
          worker.onmessage = ({ data }) => done(data);
        })""",
        [name for name in names if name != "make.constructor"],
    )
    assert set(had) == set(names) - {"_arrays.make.constructor"}
    elsewhere.close()


# --- what is built -------------------------------------------------------------------


def test_every_licence_of_the_bundle_goes_with_it(site):
    text = (site / "assets/engine/LICENSES.txt").read_text("utf-8")
    lock = json.loads((ROOT / "engine/package-lock.json").read_text("utf-8"))
    for name in ("numpy-ts", "@lezer/python", "@codemirror/view"):
        version = lock["packages"][f"node_modules/{name}"]["version"]
        assert f"{name} {version}, MIT" in text
    assert text.count("Permission is hereby granted") == text.count(", MIT\n")


def test_a_reason_for_what_is_not_on_a_page_is_a_fault(tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / running.LIST).write_text('[softmax]\n"1 + 1" = "a"\n"gone()" = "b"\n')
    faults = []
    known = SimpleNamespace(
        build=SimpleNamespace(
            examples={},
            library=SimpleNamespace(definitions={}),
            project=tmp_path,
        ),
        file=SimpleNamespace(name="softmax"),
        url="softmax",
        fault=faults.append,
    )
    block = "<pre><code>&gt;&gt;&gt; {}\n2\n</code></pre>"
    html = running.with_runnable(block.format("1 + 1") + block.format("2"), known)
    assert html.count('data-runs="example"') == 1
    assert len(faults) == 1
    assert "gone()" in faults[0]


def test_the_list_of_what_does_not_run_stands_on_the_page(site):
    text = (site / "checked/index.html").read_text("utf-8")
    every, run = re.search(r"Of the (\d+) examples, (\d+) run in a page", text).groups()
    assert int(run) / int(every) >= 0.97
    for lines in running.apart(ROOT).values():
        for line, why in lines.items():
            assert why in text, line
