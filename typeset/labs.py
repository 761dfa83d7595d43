"""Labs: an executed notebook's HTML, turned into a page like the others.

mkdocs-jupyter brings a notebook's own style sheet (590 kB), scripts, and addresses of
servers elsewhere. None of that is needed: what a reader wants of a notebook is its
prose, its code and its output, in the theme's own clothes.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from mathcheck.source.site import mark_formulas

# What Matplotlib's functions return, shown where a cell ends with one of them, and the
# place in memory of anything else, which no two runs share
DRAWN = re.compile(r"^\[?(?:Text\(|<matplotlib\.|<.* at 0x[0-9a-f]+>).*", re.MULTILINE)


HERE = "<!-- lab -->"  # on a page that another builder renders: where its lab belongs
TITLE = re.compile(r"^# # (.+)$", re.MULTILINE)


class LabError(Exception):
    """A lab's page cannot be shown as it is, because of what is `quoted`."""

    def __init__(self, message: str, quoted: str = "") -> None:
        super().__init__(message)
        self.quoted = quoted


@contextmanager
def quiet_kernels() -> Iterator[None]:
    """Let kernels talk over sockets of this build alone, not over TCP with a warning.

    A folder of its own keeps two builds from answering each other's kernels.
    The font list is made beforehand: Matplotlib announces it on the error stream.
    """
    import matplotlib.font_manager  # noqa: F401

    if os.name != "posix":
        yield
        return
    before = os.environ.get("JUPYTER_CONFIG_DIR")
    with TemporaryDirectory(prefix="lab") as folder:
        sockets = {"transport": "ipc", "ip": f"{folder}/kernel"}
        config = Path(folder) / "jupyter_nbconvert_config.json"
        config.write_text(json.dumps({"KernelManager": sockets}))
        os.environ["JUPYTER_CONFIG_DIR"] = folder
        try:
            yield
        finally:
            del os.environ["JUPYTER_CONFIG_DIR"]
            if before is not None:
                os.environ["JUPYTER_CONFIG_DIR"] = before


def lab_page(notebook: str, resolve: Callable[[str], str]) -> str:
    """Turn the HTML of an executed notebook into the HTML of a page.

    `resolve` turns a link to a source file (``../softmax.md#shift``) into one of the
    site, and raises `LabError` if there is no such file.
    """
    soup = BeautifulSoup(notebook, "html.parser")
    cells = soup.select(".jp-Notebook-cell[id]")
    return "\n".join(part for cell in cells for part in parts(cell, resolve))


def parts(cell: Tag, resolve: Callable[[str], str]) -> list[str]:
    """Return what a cell shows: its prose, or its code and the code's output."""
    prose = cell.select_one(".jp-MarkdownOutput")
    if prose is not None:
        for link in prose.select("a[href]"):
            address = str(link["href"])
            if "anchor-link" in (link.get("class") or []):
                link["class"] = "headerlink"
                link["title"] = "Permanent link"
            elif not urlsplit(address).scheme and not address.startswith(("#", "/")):
                link["href"] = resolve(address)
        for picture in prose.select("img[src]"):
            if not urlsplit(str(picture["src"])).scheme:
                picture["src"] = resolve(str(picture["src"]))
        mark_formulas(prose)
        return [prose.decode_contents()]
    code = cell.select_one(".highlight-ipynb pre")
    shown = []
    if code is not None:
        body = code.decode_contents().removeprefix("<span></span>").rstrip()
        shown.append(f'<div class="highlight"><pre><code>{body}</code></pre></div>')
    for text, group in groupby(cell.select(".jp-OutputArea-output"), is_text):
        tags = list(group)
        shown += [printed(tags)] if text else [output(tag) for tag in tags]
    return shown


def is_text(tag: Tag) -> bool:
    """Say whether an output of a code cell is what it printed, or its last value."""
    return tag.get("data-mime-type") == "text/plain"


def printed(tags: list[Tag]) -> str:
    """Return text outputs in one piece, as they would stand in a terminal.

    They come in as many as the kernel had ready at a time.
    """
    text = "".join((tag.pre or tag).get_text() for tag in tags).strip("\n")
    if match := DRAWN.search(text):
        raise LabError(f"a cell shows {match[0]}, which says nothing to a reader")
    return f'<div class="output"><pre>{escape(text)}</pre></div>'


def output(tag: Tag) -> str:
    """Return another output of a code cell."""
    mime, text = str(tag.get("data-mime-type")), tag.get_text().strip("\n")
    if mime == "text/html":
        return tag.decode_contents().strip()
    if mime == "application/vnd.jupyter.stderr":
        raise LabError(f"a cell wrote to its error stream: {text}")
    raise LabError(f"output of type {mime}; a picture goes through typeset.figure")
