"""Questions, the guess written down before each, and what was seen."""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


class Record:
    """Asks questions and keeps the answers in a file, rewritten after each of them."""

    def __init__(self, part: str, packages: str) -> None:
        self.path = Path(sys.argv[1])
        self.answers: dict[str, object] = {}
        self.kept = {
            "part": part,
            "versions": {name: installed(name) for name in packages.split()},
            "answers": self.answers,
        }

    def ask(self, question: str, guess: str, answer: Callable[[], object]) -> None:
        """Keep what the function returns, or the error that it raises."""
        begun = time.perf_counter()
        try:
            seen = answer()
        except Exception as error:  # an error is an answer, too
            seen = f"{type(error).__name__}: {str(error).strip()[:300]}"
        self.answers[question] = {"guess": guess, "seen": seen}
        self.path.write_text(json.dumps(self.kept, indent=1))
        took = time.perf_counter() - begun
        print(f"{took:6.1f} s  {question}: {json.dumps(seen)[:400]}", flush=True)


def installed(package: str) -> str:
    """Return the version of a package, or that it is missing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
