"""Code to take away: a chapter's as one module, a lab as a script and a notebook.

Each of them carries what it needs of ours (`typeset.bundle`). A notebook holds no
output, because its figures are drawn for the site's pages; its links lead back to the
site, where its address is known, and are plain words elsewhere.
"""

import ast
import re
import sys
import textwrap
from collections.abc import Callable
from html import escape
from pathlib import Path

import jupytext
import nbformat

from mathcheck.source.imports import imported
from typeset.bundle import BundleError, Library
from typeset.citation import Work
from typeset.copying import assigned, taken
from typeset.labs import LabError

LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?!\w+:)(?P<address>[^)\s]+)\)")

# What is installed by another name than it is imported by
PROJECTS = {"sklearn": "scikit-learn"}

# The cell that a lab carries: folded in JupyterLab and in Colab, each in its own way
CELL = """\
# %% jupyter={{"source_hidden": true}} cellView="form"
# @title The functions of {work.title} that this lab uses
# {work.edition}
# {work.copyright}; MIT licence
{code}
"""

HEADER = """\
{said}

{rules}

From {work.title}FROM
{work.edition}
{work.copyright}
SPDX-License-Identifier: MIT

To cite it:

{entry}
Run as a script, it runs the examples in its docstrings.
"""

RUN = """\
if __name__ == "__main__":
    import doctest

    failed, tried = doctest.testmod()
    print(f"{tried - failed} of {tried} examples hold.")
    raise SystemExit(failed > 0)
"""


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
        cell.metadata.pop("lines_to_next_cell", None)  # of the script's layout
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


def carrying(script: str, library: Library, work: Work) -> str:
    """Return a lab's script that carries what it imports of ours, in a first cell.

    BundleError if the lab gives one of the names in it another meaning.
    """
    takes, drops = taken(ast.parse(script), library)
    if not drops:
        return script
    if clash := set(assigned(script)) & library.names(takes):
        raise BundleError(f"it calls something of its own {min(clash)}")
    lines = script.splitlines(keepends=True)
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "# %%"]
    kept = [line for number, line in enumerate(lines, 1) if number not in drops]
    first = marks[0]
    body = "".join(kept[first:])
    imports = r"(?:(?:import|from) .*\n)+"
    body = re.sub(rf"\A(# %%\n{imports}(?:\n{imports})*)\n+", r"\1\n", body)
    body = re.sub(r"\A# %%\n\n+", "# %%\n", body)
    cell = CELL.format(work=work, code=library.code(takes))
    return "".join(kept[:first]) + cell + body


def module(path: Path, library: Library, work: Work, url: str = "") -> str:
    """Return the code of a module, of its exhibits, and of all that they need."""
    exhibits = path.parent / "wrong" / path.name
    names = library.public(path) + library.public(exhibits)
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return written(names, said, library, work, url)


def written(names: list[str], said: str, library: Library, work: Work, url: str) -> str:
    """Return a file of these names, which begins with what it is and whose it is."""
    code = library.code(names)
    package = library.project / "snippets" / "__init__.py"
    about = ast.get_docstring(ast.parse(package.read_text("utf-8"))) or ""
    rules = about.partition("\n\n")[2].strip()
    entry = textwrap.indent(work.bibtex(url=""), "    ")
    docstring = HEADER.format(said=said.strip(), rules=rules, work=work, entry=entry)
    docstring = docstring.replace("FROM", f": {work.at(url)}" if work.address else "")
    raw = "r" if "\\" in docstring else ""
    return f'{raw}"""{docstring}"""\n\n{code}\n\n{RUN}'


def needs(script: str, project: Path) -> str:
    """Say what has to be installed for a lab; nothing if nothing."""
    names = {name.split(".")[0] for name in imported(ast.parse(script))}
    ours = {name for name in names if (project / name).is_dir()}
    theirs = names - ours - sys.stdlib_module_names
    projects = {PROJECTS.get(name, name) for name in theirs}
    return f"It needs {listed(projects)}." if projects else ""


def listed(names: set[str]) -> str:
    """Return names as code, in a list that reads as a sentence."""
    *first, last = [f"`{name}`" for name in sorted(names)]
    return f"{', '.join(first)} and {last}" if first else last


def below_title(html: str, line: str, *, start: bool = False) -> str:
    """Put a line below the title of a page; on the start page, below its first code.

    What is said first on the start page is not where to get code.
    """
    mark = "</code></pre></div>" if start else "</h1>"
    return html.replace(mark, f"{mark}\n{line}", 1)


def line_of_links(words: str) -> str:
    """Return the line that says where to get the code; no result of a search."""
    words = re.sub(r"`([^`]+)`", r"<code>\1</code>", words)
    return f'<div class="downloads" data-search-exclude>{words}</div>'


def link(words: str, address: str, *, download: bool = False) -> str:
    """Return a link, to be followed or to be kept as a file."""
    kept = " download" if download else ""
    return f'<a href="{escape(address)}"{kept}>{words}</a>'
