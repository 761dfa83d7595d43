"""The page's Python beside CPython: the same source in both, and what each says."""

import contextlib
import re
import subprocess
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

from tests.markdown import ROOT
from typeset.browser import served

# Defined in both: what a call gives, as text that keeps every digit
TOLD = """
import numpy as np

def _told(value):
    if type(value) in (tuple, list):
        return " & ".join([_told(one) for one in value])
    if type(value) is str:
        return "str " + repr(value)
    kind = "array" if isinstance(value, np.ndarray) else "scalar"
    if kind == "scalar" and not isinstance(value, np.generic):
        kind = type(value).__name__
    array = np.asarray(value)
    numbers = [repr(number) for number in array.ravel().tolist()]
    return f"{kind} {array.dtype} {array.shape}: " + " ".join(numbers)

def told(call):
    try:
        text = _told(call())
    except Exception as error:
        text = f"{type(error).__name__}! {error}"
    print(text)
"""
NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)(?![\w.])")
# MicroPython's own words: "'list' object isn't callable"; and its names have no module
OWN_WORDS = {
    "object isn't": "object is not",
    "function takes 0 positional arguments but 1 were given": "object() takes no "
    "arguments",
}
TYPE = re.compile(r"^TypeError! '[\w.]+' (?=object is not (callable|iterable))")


class Engine:
    """The worker of one page, which is asked to run Python."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)
        page.add_script_tag(url="/engine/editor.js")  # which has the grammar
        ready = page.evaluate(
            """async () => {
              window.worker = new Worker("/engine/worker.js");
              window.answer = () => new Promise((done, failed) => {
                worker.onmessage = ({data}) => done(data);
                worker.onerror = ({message}) => failed(message);
              });
              const ready = answer();
              const content = async (name) =>
                (await fetch(`/engine/${name}`)).arrayBuffer();
              const python = await content("python.json");
              const wasm = await WebAssembly.compile(await content("micropython.wasm"));
              worker.postMessage({python, wasm});
              window.random = await content("random.wasm");
              return ready;
            }"""
        )
        assert ready == {"ready": True}

    def asked(self, blocks: list[list[str]], module: str = "") -> list[dict[str, Any]]:
        """Return the answers of the worker: of the last block, or of a docstring's."""
        answers: list[dict[str, Any]] = self.page.evaluate(
            """async ({blocks, module}) => {
              const next = answer();
              const lower = (source) => pythonEditor.lower(source, {prompt: true});
              const lowered = blocks.map((block) => block.map(lower));
              worker.postMessage({blocks: lowered, changed: [], module, random});
              return (await next).answers;
            }""",
            {"blocks": blocks, "module": module},
        )
        return answers

    def run(self, setup: str, sources: Sequence[str]) -> list[str]:
        """Return what each of these sources writes, after some lines that set it up."""
        answers = self.asked([[setup, *sources]])
        said = [answer.get("error") or answer["written"] for answer in answers]
        assert said[0] == "", said[0]
        return [one.removesuffix("\n") for one in said[1:]]


@contextlib.contextmanager
def engine(browser: Browser, folder: Path) -> Iterator[Engine]:
    """Build the engine into a folder, and start it on an empty page."""
    for name in ("index.html", "404.html"):  # the second is that of an icon
        (folder / name).write_text("<!doctype html><title>Python</title>", "utf-8")
    build = ["node", str(ROOT / "engine/build.mjs"), str(folder / "engine")]
    subprocess.run(build, check=True)
    with served(folder) as address:
        page = browser.new_page()
        try:
            yield Engine(page, address)
        finally:
            page.close()


class CPython:
    """The same, here."""

    def run(self, setup: str, sources: Sequence[str]) -> list[str]:
        """Return what each of these sources writes, after some lines that set it up."""
        written: list[str] = []
        names: dict[str, Any] = {"print": written.append}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of NumPy, which the page's gives none of
            exec(setup, names)
            for source in sources:
                exec(source, names)
        return written


@dataclass
class Value:
    """One value of a call: its kind, dtype and shape, and its numbers."""

    kind: str
    numbers: np.ndarray[Any, np.dtype[Any]]


def values(told: str) -> list[Value] | None:
    """Read what a call gave; None if it was refused."""
    if re.match(r"\w+! ", told):
        return None
    parts = [part.partition(": ") for part in told.split(" & ")]
    return [
        Value(kind, np.array([float(eval_bool(one)) for one in numbers.split()]))
        for kind, _, numbers in parts
    ]


def eval_bool(text: str) -> str:
    """Return the digits of a number or of a truth value."""
    return {"True": "1", "False": "0"}.get(text, text)


def near(
    one: np.ndarray[Any, Any], other: np.ndarray[Any, Any], size: Any, digits: float
) -> bool:
    """Whether numbers agree to some share of their size, infinities and NaN exactly."""
    finite = np.isfinite(one) & np.isfinite(other)
    if not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return False
    one, other = one[finite], other[finite]
    # Here a sum of float32 is kept in double until its end, and underflows there
    zeros = (one == 0) & (other == 0) & (digits < 1e-9)
    if (np.signbit(one) != np.signbit(other))[zeros].any():
        return False
    size = np.broadcast_to(size, finite.shape)[finite]
    with np.errstate(over="ignore"):
        size = np.maximum(size, np.abs(other))
        tiny = 1e-307 if digits < 1e-9 else 1e-37  # below it digits are lost
        return bool((np.abs(one - other) <= digits * (size + tiny)).all())


def differs(ours: str, theirs: str, digits: float, size: Any = 0) -> str:
    """Return in which way the page's answer is another than CPython's, or nothing."""
    mine, other = values(ours), values(theirs)
    if mine is None or other is None:
        return "" if same_words(ours, theirs, digits) else "words"
    if [one.kind for one in mine] != [one.kind for one in other]:
        return "kind"
    sizes = size if isinstance(size, list) else [size] * len(mine)
    for one, two, of in zip(mine, other, sizes, strict=True):
        if not near(one.numbers, two.numbers, of, digits):
            return "numbers"
    return ""


def same_words(ours: str, theirs: str, digits: float) -> bool:
    """Whether two refusals say the same, their numbers to their digits."""
    if ours == theirs:
        return True
    for said, meant in OWN_WORDS.items():
        ours = ours.replace(said, meant)
    if TYPE.search(ours) and TYPE.search(theirs):
        ours, theirs = (TYPE.sub("", told) for told in (ours, theirs))
    if NUMBER.sub("#", ours) != NUMBER.sub("#", theirs):
        return False
    one, other = (
        np.array([float(found) for found in NUMBER.findall(told)])
        for told in (ours, theirs)
    )
    return near(one, other, 0, digits)
