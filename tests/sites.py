"""Sites that the tests build: how MkDocs is run, and how a small site is laid out."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tests.markdown import ROOT

# Where the tested site is to lie, and where its pages are edited. A project page lies
# in a folder of its host, and the site has to work in any. The workflow builds the site
# for the place where it is published, and has that very site tested: BUILT_SITE
ADDRESS = os.environ.get("SITE_URL", "http://127.0.0.1/x/y/")
EDIT = os.environ.get("EDIT_URI", "https://example.org/edit/main/docs/")
PREFIX = urlsplit(ADDRESS).path

# What our hook needs of a site, which is all that a small one has
CONFIG = f"""\
site_name: small
theme: {{name: material, font: false}}
plugins:
  - mkdocs-jupyter:
      {{include: ["labs/*.py"], execute: true, allow_errors: false, cache: false}}
hooks: [{ROOT / "typeset" / "hook.py"}]
markdown_extensions:
  - attr_list
  - admonition
  - def_list
  - tables
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.details
  - pymdownx.superfences
  - typeset.embedding: {{project: {ROOT}}}
validation: {{anchors: warn}}
"""
HEADER = """\
# ---
# jupyter:
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

"""


def mkdocs(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs as the Makefile does; its messages come back as one text."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        check=False,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lay_out(folder: Path, sources: Mapping[str, str]) -> None:
    """Write the sources of a small site: pages by name, and labs by ``labs/name``."""
    (folder / "requirements.txt").touch()
    (folder / "mkdocs.yml").write_text(CONFIG)
    (folder / "docs" / "labs").mkdir(parents=True, exist_ok=True)
    for name, text in {"index": "# Start\n", "checked": "# How\n", **sources}.items():
        lab = name.startswith("labs/")
        text = (HEADER if lab else "") + textwrap.dedent(text)
        path = folder / "docs" / f"{name}{'.py' if lab else '.md'}"
        path.write_text(text, "utf-8")


def build(folder: Path, *options: str) -> tuple[int, str]:
    """Build a small site, strictly; return MkDocs' exit code and its messages."""
    config = str(folder / "mkdocs.yml")
    built = mkdocs("build", "--strict", *options, "-f", config)
    return built.returncode, built.stdout


def html_of(folder: Path, name: str) -> str:
    """Return the HTML of a page of a small site."""
    place = folder / "site" / ("" if name == "index" else name) / "index.html"
    return place.read_text("utf-8")
