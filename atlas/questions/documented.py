"""Calls of functions whose documentation has a formula: see `documented.toml`."""

import tomllib
from pathlib import Path

from atlas.questions.question import Mark, Question, Reading

LIST = Path(__file__).parents[1] / "documented.toml"
# By family and name; and the code of each, by its name
CALLS: dict[str, dict[str, str]] = tomllib.loads(LIST.read_text("utf-8"))
CODES = {name: code for calls in CALLS.values() for name, code in calls.items()}


def documented(name: str, code: str) -> Question:
    """Ask what a function gives whose documentation has a formula."""
    anything = (Reading("", Mark.CONVENTION), Reading("", Mark.RIGHT, raises=True))
    return Question(f"call: {name}", "", code, "call", {"code": code}, anything)
