"""Labs to take away: the script as it is, and a notebook made of it.

The notebook carries no output, because its figures are drawn for the site's pages; its
links lead back to the site, where its address is known, and are plain words elsewhere.
"""

import ast
import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path

import jupytext
import nbformat

from typeset.labs import LabError

LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?!\w+:)(?P<address>[^)\s]+)\)")


def notebook(script: str, needs: str, address_of: Callable[[str], str]) -> str:
    """Return a lab's script as a notebook, its first cell followed by what it needs.

    `address_of` turns a link to a source file (``../softmax.md#shift``) into an address
    of the site, or into nothing if the site has none.
    """

    def link(match: re.Match[str]) -> str:
        address = address_of(match["address"])
        return f"[{match['words']}]({address})" if address else match["words"]

    made = jupytext.reads(script, fmt="py:percent")
    refuse_changes(made, script)
    if needs:
        made.cells.insert(1, nbformat.v4.new_markdown_cell(needs))
    del made.metadata["jupytext"]  # it would tie the notebook to a script of its name
    for number, cell in enumerate(made.cells, start=1):
        cell.id = f"cell-{number}"  # at random otherwise, and two builds would differ
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(link, cell.source)
    nbformat.validate(made)
    return nbformat.writes(made)


def refuse_changes(made: nbformat.NotebookNode, script: str) -> None:
    """Refuse a notebook in which a line of code is not what it is in the script.

    jupytext takes ``# why?`` and ``# copy the logits`` for commands that were commented
    out, and takes away their signs, unless the script's header forbids it.
    """
    lines = set(script.splitlines())
    for cell in made.cells:
        changed = set(cell.source.splitlines()) - lines
        if cell.cell_type == "code" and changed:
            raise LabError(
                f"as a notebook it would hold the line {min(changed)!r}; set "
                "`comment_magics: false` below `jupytext:` in the header",
                min(changed),
            )


def needs(script: str, project: Path) -> str:
    """Say what a lab imports, and where to find what is ours; nothing if nothing."""
    names = {
        module.split(".")[0]
        for node in ast.walk(ast.parse(script))
        for module in imported(node)
    }
    ours = {name for name in names if (project / name).is_dir()}
    theirs = names - ours - sys.stdlib_module_names
    sentences = [f"It needs {listed(theirs)}."] if theirs else []
    if ours:
        sentences.append(
            f"It imports {listed(ours)} from this site's repository: run it there."
        )
    return " ".join(sentences)


def imported(node: ast.AST) -> list[str]:
    """Return the modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def listed(names: set[str]) -> str:
    """Return names as code, in a list that reads as a sentence."""
    *first, last = [f"`{name}`" for name in sorted(names)]
    return f"{', '.join(first)} and {last}" if first else last


def with_downloads(html: str, stem: str, needs: str) -> str:
    """Put the links to a lab's notebook and script below the title of its page."""
    words = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(needs))
    links = (
        f'<p class="downloads">Take this lab with you: '
        f'<a href="{stem}.ipynb" download>notebook</a>, '
        f'<a href="{stem}.py" download>script</a>. {words}</p>'
    )
    return html.replace("</h1>", f"</h1>\n{links}", 1)
