"""What the copy button of a block of code gives: code that runs where it is pasted.

The page says of each block which names of ours it takes; `docs/assets/copying.js` puts
their definitions before the code, from one file of all definitions, which it fetches
when a reader comes near. Nothing of it is in the page.
"""

import ast
import doctest
import json
import re
from collections.abc import Iterable
from html import escape, unescape
from symtable import symtable

from typeset.bundle import BundleError, Library, module_file
from typeset.citation import Work

BLOCK = re.compile(
    r"<pre(?P<attributes>[^>]*)>(?P<start>(?:<span></span>)?<code\b[^>]*>)"
    r"(?P<code>.*?)(?=</code></pre>)",
    re.DOTALL,
)


def marked(html: str, library: Library) -> str:
    """Write on each block of code what of ours it takes, and which lines that replaces.

    BundleError if the page's examples give one of those names another meaning.
    """
    takers: set[str] = set()
    bound: set[str] = set()

    def mark(block: re.Match[str]) -> str:
        code = code_of(unescape(re.sub("<[^>]*>", "", block["code"])))
        try:
            tree = ast.parse(code)
        except SyntaxError:  # no Python: an output, a formula's source
            return block[0]
        takes, drops = taken(tree, library)
        if len(tree.body) == 1 and shown(tree.body[0], library):
            said = f' data-takes="{shown(tree.body[0], library)}"'
        else:
            bound.update(assigned(code))
            takers.update(takes)
            lines = " ".join(map(str, drops))
            said = f' data-takes="{" ".join(takes)}" data-drops="{lines}"'
            said = said if takes else ""
        return f"<pre{block['attributes']}{escape(said, quote=False)}>" + (
            block["start"] + block["code"]
        )

    html = BLOCK.sub(mark, html)
    if clash := bound & library.names(takers):
        raise BundleError(f"an example calls something of its own {min(clash)}")
    return html


def code_of(text: str) -> str:
    r"""Return the code of a block: all of it, or what stands behind prompts.

    >>> code_of(">>> for i in (1, 2):\n...     i\n1\n2\n>>> 3\n3\n")
    'for i in (1, 2):\n    i\n3\n'
    """
    if not text.startswith(">>>"):
        return text
    return "".join(e.source for e in doctest.DocTestParser().get_examples(text))


def shown(node: ast.stmt, library: Library) -> str:
    """Return the name of the function of ours that a block shows; nothing if none."""
    ours = isinstance(node, ast.FunctionDef) and node.name in library.definitions
    return node.name if ours and isinstance(node, ast.FunctionDef) else ""


def taken(tree: ast.Module, library: Library) -> tuple[list[str], list[int]]:
    """Return the names of ours that code imports, and the lines that import them.

    The other imports that the definitions make as well go with them, to the top.
    """
    takes: list[str] = []
    drops: list[int] = []
    same = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and is_ours(node, library):
            takes += [alias.name for alias in node.names]
            drops += lines_of(node)
        elif isinstance(node, ast.Import) and len(node.names) == 1:
            bound = node.names[0].asname or node.names[0].name
            if ast.unparse(node) == f"import {library.imports.get(bound)}":
                same.append((bound, lines_of(node)))
    for name in takes:
        if name not in library.definitions:
            raise BundleError(f"nothing of ours is called {name}")
    if takes:
        for name, lines in same:
            takes.append(name)
            drops += lines
    return takes, sorted(drops)


def is_ours(node: ast.ImportFrom, library: Library) -> bool:
    """Say whether an import is of names of ours; BundleError if it renames one."""
    ours = module_file(node.module or "", library.project) is not None
    if ours and any(alias.asname for alias in node.names):
        raise BundleError(f"import names of ours as they are: {ast.unparse(node)}")
    return ours


def lines_of(node: ast.stmt) -> list[int]:
    """Return the lines of a statement."""
    return list(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def assigned(code: str) -> Iterable[str]:
    """Return the names that code binds at its top, other than by imports."""
    symbols = symtable(code, "<code>", "exec").get_symbols()
    return [s.get_name() for s in symbols if s.is_assigned() and not s.is_imported()]


def definitions_script(library: Library, work: Work) -> str:
    """Return the script that tells the browser all definitions and what they need."""
    imports = {
        name: [one.module, str(one)] if one.name else [f"import {one}"]
        for name, one in library.imports.items()
    }
    definitions = [
        {"names": one.names, "needs": sorted(one.needs), "source": one.source}
        for one in dict.fromkeys(library.definitions.values())
    ]
    head = f"# From {work.title}, version {work.edition.version}, MIT licence"
    data = {"head": head, "imports": imports, "definitions": definitions}
    return f"globalThis.takeaway = {json.dumps(data, ensure_ascii=False)};\n"
