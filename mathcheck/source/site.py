"""The HTML of a page or a lab, made as its site makes it.

Only this module knows of MkDocs, Python-Markdown, Jupytext and nbconvert, and imports
them when a project names the settings of its site; where they are not installed there
is no such reading, and the cautious one stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path, PurePath
from types import SimpleNamespace
from typing import Any

from mathcheck.source.blocks import MARKER, without_remarks

PACKAGES = {  # by their modules
    "markdown": "Markdown",
    "pymdownx": "pymdown-extensions",
    "mkdocs": "mkdocs",
    "jupytext": "jupytext",
    "nbconvert": "nbconvert",
    "mistune": "mistune",
    "bs4": "beautifulsoup4",
}
BUILT_IN = ("toc", "tables", "fenced_code")  # that MkDocs adds to the extensions
LABS = "mkdocs-jupyter"
# A formula in a lab, not a price: no space inside the dollars, no digit after them
DOLLARS = re.compile(
    rf"(?<!\\)\$\$(?P<display>.+?)\$\$"
    rf"|(?<!\\)\$(?!{MARKER}?\s)(?P<inline>[^$]+?)(?<!\s)\$(?!{MARKER}?\d)",
    re.DOTALL,
)


class NotInstalledError(Exception):
    """A package with which a site is built is not here."""


@dataclass
class Site:
    """The parser of a site, and which of its Python files are labs."""

    parser: Any  # markdown.Markdown
    labs: tuple[str, ...]

    def is_lab(self, path: Path) -> bool:
        """Say whether a Python file is shown as a notebook."""
        return any(PurePath(path).match(pattern) for pattern in self.labs)

    def body(self, source: str) -> int:
        """Return where the text of a page begins, after its front matter."""
        from mkdocs.utils.meta import get_data

        return len(source) - len(get_data(source)[0])

    def page(self, markdown: str) -> str:
        """Return the HTML of a page without its front matter."""
        self.parser.reset()
        return self.parser.convert(without_remarks(markdown))

    def lab(self, source: str) -> str:
        """Return the HTML of the text cells of a lab, its formulas marked."""
        try:
            import jupytext
            from nbconvert.filters.markdown_mistune import markdown2html_mistune
        except ImportError as error:
            raise NotInstalledError(str(error)) from error
        cells = jupytext.reads(source, {"extension": ".py"}).cells
        return "\n".join(
            with_formulas(markdown2html_mistune(cell.source))
            for cell in cells
            if cell.cell_type == "markdown"
        )


def site_of(settings: Path | None) -> Site | None:
    """Return the site of a `mkdocs.yml`; None if it cannot be rendered here."""
    if settings is None:
        return None
    try:
        return site_as(settings, settings.read_bytes())
    except ImportError:
        return None


@lru_cache(maxsize=1)
def versions() -> tuple[str, ...]:
    """Return the versions of what renders a site; what cannot be imported has none."""
    return tuple(
        version(package) if find_spec(module) else ""
        for module, package in PACKAGES.items()
    )


@lru_cache(maxsize=4)
def site_as(settings: Path, content: bytes) -> Site:
    """Return the site that these settings describe."""
    from markdown import Markdown
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    # All that a path in the settings is relative to; MkDocs' own takes long to import
    config: Any = SimpleNamespace(
        config_file_path=str(settings), docs_dir=str(settings.parent / "docs")
    )
    said = yaml_load(content.decode(), get_yaml_loader(config=config))
    options: dict[str, dict[str, Any]] = {}
    for extension in said.get("markdown_extensions", ()):
        named = extension if isinstance(extension, dict) else {extension: None}
        options |= {name: dict(given or {}) for name, given in named.items()}
    # Colours change no formula, and take the longest
    options.setdefault("pymdownx.highlight", {})["use_pygments"] = False
    names = list(dict.fromkeys([*BUILT_IN, *options]))
    parser = Markdown(extensions=names, extension_configs=options)
    if "arithmatex-block" in parser.parser.blockprocessors:
        block = parser.parser.blockprocessors["arithmatex-block"]
        ending = block.pattern.pattern.replace("[ ]*$", f"(?:[ ]|{MARKER})*$")
        block.pattern = re.compile(ending)
    return Site(parser, labs_of(said.get("plugins", ())))


def labs_of(plugins: list[Any]) -> tuple[str, ...]:
    """Return the patterns of the Python files that are shown as notebooks."""
    for plugin in plugins:
        if plugin == LABS:
            return ("*.py",)
        if isinstance(plugin, dict) and LABS in plugin:
            return tuple((plugin[LABS] or {}).get("include", ["*.py"]))
    return ()


def with_formulas(html: str) -> str:
    """Mark the formulas of a lab's text as arithmatex marks those of a page."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    mark_formulas(soup)
    return soup.decode_contents()


def mark_formulas(prose: Any) -> None:
    """Mark the formulas of a cell, an element of Beautiful Soup."""
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString

    def marked(match: re.Match[str]) -> str:
        display, inline = match["display"], match["inline"]
        tex = f"\\({inline}\\)" if display is None else f"\\[{display}\\]"
        return f'<span class="arithmatex">{tex}</span>'

    for text in prose.find_all(string=DOLLARS):
        words = type(text) is NavigableString  # and no comment, which is a kind of it
        if words and not text.find_parent(["code", "pre"]):
            pieces = DOLLARS.sub(marked, escape(text, quote=False))
            text.replace_with(BeautifulSoup(pieces, "html.parser"))
