"""Code on a page: a function that the page names, as it is written.

    --8<-- "snippets/softmax.py:softmax"

This is an extension of Python-Markdown, so that whatever renders a page embeds the
same. A line that begins with the mark and is no such include is an error: nothing else
gets into a page from elsewhere.
"""

import ast
import re
from functools import lru_cache
from pathlib import Path
from textwrap import indent
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

MARK = re.compile(r"\s*-+8<-+")
INCLUDE = re.compile(
    r"(?P<indent> *)"
    r'--8<-- "(?P<path>\w[\w/]*\.py):(?P<name>\w+)"[ \r]*'
)
FORM = '--8<-- "folder/module.py:function"'
BEFORE_NORMALISATION = 32  # Markdown's own priorities: that one is 30, fences are 25


class EmbeddingError(Exception):
    """An include line cannot be replaced by code; `quoted` is the line."""

    def __init__(self, quoted: str, message: str) -> None:
        super().__init__(message)
        self.quoted = quoted.strip()


def function(text: str, name: str) -> str:
    """Return the source of a module's function of this name.

    ValueError if the module has no such function, or more than one.
    """
    found = [node for node in functions(text) if node.name == name]
    if len(found) != 1:
        lines = " and ".join(str(node.lineno) for node in found)
        twice = f"the function {name} stands there twice, in lines {lines}"
        raise ValueError(twice if found else f"there is no function {name}")
    return written(text, found[0])


@lru_cache(maxsize=64)  # a page takes several of one module
def functions(text: str) -> list[ast.FunctionDef]:
    """Return the functions of a module, at its top."""
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]


def written(text: str, node: ast.stmt) -> str:
    """Return a statement as it is written, with decorators and the comment above."""
    lines = text.splitlines()
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    while first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    return "\n".join(lines[first - 1 : node.end_lineno])


class Includes(Preprocessor):  # type: ignore[misc]  # the library has no types
    """Replaces include lines by the functions that they name."""

    def __init__(self, md: Markdown, project: Path) -> None:
        super().__init__(md)
        self.project = project

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a page with the code in its place."""
        return [new for line in lines for new in self.embedded(line)]

    def embedded(self, line: str) -> list[str]:
        """Return what stands on the page for one line of its source."""
        if not MARK.match(line):
            return [line]
        include = INCLUDE.fullmatch(line)
        if include is None:
            raise EmbeddingError(line, f'an include is {FORM}, not "{line.strip()}"')
        path = include["path"]
        try:
            code = function((self.project / path).read_text("utf-8"), include["name"])
        except (OSError, SyntaxError, ValueError) as error:
            raise EmbeddingError(line, f"{path}: {error}") from error
        return indent(code, include["indent"]).split("\n")


class Embedding(Extension):  # type: ignore[misc]
    """The extension, whose `project` is the folder that include lines start from."""

    def __init__(self, **options: Any) -> None:
        self.config = {"project": [".", "the folder that include lines start from"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Replace the include lines of a page before anything else is done to it."""
        includes = Includes(md, Path(self.getConfig("project")))
        md.preprocessors.register(includes, "embedding", BEFORE_NORMALISATION)


def makeExtension(**options: Any) -> Embedding:
    """Return the extension to Python-Markdown, which asks for it by this name."""
    return Embedding(**options)
