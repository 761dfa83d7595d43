"""The commands that texts, workflows and docstrings name are there."""

import re
from itertools import chain
from pathlib import Path

import pytest

from tests.markdown import ROOT
from tests.prose import PAGES
from typeset.architecture import modules

MAKEFILE = Path(ROOT, "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
VARIABLES = set(re.findall(r"\$\((\w+)[):]", MAKEFILE))
TEXTS = [
    *PAGES,
    ".github/**/*.md",
    ".github/**/*.yml",
    "action.yml",
    ".ci/run",
    "Makefile",
]
# Their tests also name commands that are not there
SOURCES = [
    file for name, file in modules(ROOT).items() if not name.startswith("tests.")
]
# In a line, as a line of code, and as the step of a workflow
WHERE = r"(?:`|^ {4,}|run: |^)"
WORD = r"(?:-\S+|\d+|[A-Z]+=(?:\"[^\"]*\"|[^\s`]+)|[a-z-]+)"
MAKE = re.compile(rf"{WHERE}make ({WORD}(?: {WORD})*)", re.MULTILINE)
MODULE = re.compile(r"\bpython3? -m ([a-z_]+(?:\.[a-z_]+)*)")
OTHERS = {"compileall", "pip", "properdocs", "pytest", "venv"}  # that are not ours


def is_there(module: str) -> bool:
    """Say whether a module of ours can be run by its name."""
    place = ROOT.joinpath(*module.split("."))
    alone = place.with_suffix(".py")
    return (place / "__main__.py").is_file() or (
        alone.is_file() and 'if __name__ == "__main__":' in alone.read_text("utf-8")
    )


def missing(text: str) -> list[str]:
    """Return what a text tells somebody to type and is not there."""
    words = [word for made in MAKE.findall(text) for word in re.findall(WORD, made)]
    named = [word.partition("=") for word in words if re.match("[A-Za-z]", word)]
    return [
        *(name for name, equals, _ in named if not equals and name not in TARGETS),
        *(name for name, equals, _ in named if equals and name not in VARIABLES),
        *(m for m in MODULE.findall(text) if m not in OTHERS and not is_there(m)),
    ]


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("run `make drfit` or `make test`", "drfit"),
        ("```\n    make --jobs 2 setup nothing\n```", "nothing"),
        ("- run: make fuzz MINUTS=3", "MINUTS"),
        ("`.venv/bin/python -m drift.nothing NAME`", "drift.nothing"),
        ("`python -m typeset.exercises`", "typeset.exercises"),  # is only imported
    ],
)
def test_a_command_that_is_not_there_is_found(text, which):
    assert missing(text) == [which]


def test_every_command_that_is_named_is_there():
    paths = chain(SOURCES, *map(ROOT.glob, TEXTS))
    wrong = {path: missing(path.read_text("utf-8")) for path in paths}
    assert {path: which for path, which in wrong.items() if which} == {}
