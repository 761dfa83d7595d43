"""Questions, the guess written down before each, and what was seen.

A part is run by ``python -m bench.gpu.PART OUT.json [WORD ...]``: all its questions, or
those that contain one of the words.
"""

import json
import math
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


class Record:
    """Asks questions and keeps the answers in a file, rewritten after each of them."""

    def __init__(self, part: str, packages: str) -> None:
        self.path = Path(sys.argv[1])
        self.words = sys.argv[2:]
        self.answers: dict[str, object] = {}
        self.kept = {
            "part": part,
            "versions": {name: installed(name) for name in packages.split()},
            "answers": self.answers,
        }

    def ask(self, question: str, guess: str, answer: Callable[[], object]) -> None:
        """Keep what the function returns, or the error that it raises."""
        if self.words and not any(word in question for word in self.words):
            return
        begun = time.perf_counter()
        try:
            seen = answer()
        except Exception as error:  # an error is an answer, too
            seen = f"{type(error).__name__}: {str(error).strip()[:300]}"
        seen = in_json(seen)
        self.answers[question] = {"guess": guess, "seen": seen}
        self.path.write_text(json.dumps(self.kept, indent=1, allow_nan=False))
        took = time.perf_counter() - begun
        print(f"{took:6.1f} s  {question}: {json.dumps(seen)[:400]}", flush=True)


def in_json(seen: object) -> object:
    """Write what JSON has no number for, NaN and the infinities, as text."""
    if isinstance(seen, dict):
        return {str(name): in_json(value) for name, value in seen.items()}
    if isinstance(seen, list | tuple):
        return [in_json(value) for value in seen]
    if isinstance(seen, float) and not math.isfinite(seen):
        return str(seen)
    return seen


def installed(package: str) -> str:
    """Return the version of a package, or that it is missing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
