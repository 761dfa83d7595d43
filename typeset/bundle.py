"""Code to take away: functions of the project, with all of ours that they need.

A `Library` reads modules of the project and takes them apart into definitions. What is
taken from it is one piece of Python that needs nothing of the project: the definitions
one after another, each after those it needs, with the imports of what is installed.

    from snippets import _checks as check      ->  (gone)
    z = check.logits(z)                        ->  z = check_logits(z)

A name means one thing in a library. Two modules that give it two meanings cannot be
joined, and the build fails.
"""

import ast
import builtins
import doctest
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from symtable import SymbolTable, symtable

from mathcheck.source.imports import modules
from typeset.embedding import written

COLUMNS = 88


class BundleError(Exception):
    """Code cannot be taken out of the project as it is written."""


@dataclass(frozen=True)
class Import:
    """What a statement imports from elsewhere under one name."""

    module: str
    name: str = ""  # of an object in the module
    known_as: str = ""

    @property
    def bound(self) -> str:
        """Return the name that it gives."""
        return self.known_as or self.name or self.module.partition(".")[0]

    def __str__(self) -> str:
        """Return it behind the word `import`."""
        named = self.name or self.module
        return named + (f" as {self.known_as}" if self.known_as else "")


@dataclass(frozen=True)
class Definition:
    """A statement of a module that gives a name to something."""

    module: Path
    names: tuple[str, ...]
    source: str
    needs: frozenset[str]  # names in the library: of other definitions, of imports
    whole: bool  # a function or a class, and no assignment


class Module:
    """A module as it is written: what its names stand for, and where."""

    def __init__(self, path: Path, project: Path) -> None:
        self.path, self.project = path, project
        self.text = path.read_text("utf-8")
        self.tree = ast.parse(self.text)
        self.summary = first_sentence(ast.get_docstring(self.tree) or "")
        self.imports: dict[str, Import] = {}
        self.borrowed: dict[str, tuple[Path, str]] = {}  # names from modules of ours
        self.aliases: dict[str, Path] = {}  # modules of ours
        self.statements: dict[str, ast.stmt] = {}
        for node in self.tree.body:
            self.read(node)

    def read(self, node: ast.stmt) -> None:
        """Note what a statement at the top of the module binds."""
        if isinstance(node, ast.Import | ast.ImportFrom):
            self.read_import(node)
        elif names := bound_by(node):
            self.statements |= dict.fromkeys(names, node)
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            raise self.error(node, "neither an import nor a definition")

    def read_import(self, node: ast.Import | ast.ImportFrom) -> None:
        """Note what an import binds."""
        source = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        if isinstance(node, ast.ImportFrom) and (node.level or source == "__future__"):
            raise self.error(node, f"an import that only works in {self.path.name}")
        for alias in node.names:
            known_as = alias.asname or ""
            named = known_as or alias.name
            ours = module_file(source or alias.name, self.project)
            inner = module_file(f"{source}.{alias.name}", self.project)
            if alias.name == "*" or (not source and ours and not known_as):
                raise self.error(node, "what this import binds is not named here")
            if source and inner:
                self.aliases[named] = inner
            elif ours and source:
                self.borrowed[named] = (ours, alias.name)
            elif ours:
                self.aliases[named] = ours
            elif source:
                self.imports[named] = Import(source, alias.name, known_as)
            else:
                found = Import(alias.name, known_as=known_as)
                self.imports[found.bound] = found

    def error(self, node: ast.stmt | ast.expr, what: str) -> BundleError:
        """Return an error that says where it is."""
        path = self.path.relative_to(self.project).as_posix()
        return BundleError(f"{path}:{node.lineno}: {what}")


class Library:
    """The definitions of some modules, and of the modules of ours that they import."""

    def __init__(self, roots: Iterable[Path], project: Path) -> None:
        self.project = project
        paths: dict[Path, None] = {}
        for root in roots:
            paths |= dict.fromkeys([*needed(root, project), root])
        self.modules = {path: Module(path, project) for path in paths}
        self.by_name = {
            one for module in self.modules.values() for one in module.borrowed.values()
        }
        self.known_as = self.aliases()
        self.imports: dict[str, Import] = {}
        self.definitions: dict[str, Definition] = {}
        origins: dict[str, tuple[Module, ast.stmt]] = {}
        for module in self.modules.values():
            for name in module.statements:
                self.claim(origins, self.name_of(module.path, name), module, name)
        for module in self.modules.values():
            for node in dict.fromkeys(module.statements.values()):
                definition = self.definition(module, node, origins)
                self.definitions |= dict.fromkeys(definition.names, definition)

    def claim(
        self,
        origins: dict[str, tuple[Module, ast.stmt]],
        final: str,
        module: Module,
        name: str,
    ) -> None:
        """Give a name of a module to the library, where nothing else may have it."""
        node = module.statements[name]
        if final in origins and origins[final][1] is not node:
            other = origins[final][0].path.relative_to(self.project).as_posix()
            what = f"{final} is defined in {other} too: rename one of them"
            raise module.error(node, what)
        origins[final] = (module, node)

    def name_of(self, path: Path, name: str) -> str:
        """Return the library's name for that of a module.

        A function that others call `check.logits` becomes `check_logits`, unless it is
        imported by its name as well.
        """
        known_as = self.known_as.get(path)
        function = isinstance(self.modules[path].statements.get(name), ast.FunctionDef)
        if known_as is None or not function or (path, name) in self.by_name:
            return name
        return f"{known_as}_{name}"

    def aliases(self) -> dict[Path, str]:
        """Return the alias of each module that others import as a whole."""
        found: dict[Path, str] = {}
        for module in self.modules.values():
            for alias, path in module.aliases.items():
                if found.setdefault(path, alias) != alias:
                    what = f"{path.name} is known as {found[path]} elsewhere"
                    raise module.error(module.tree.body[0], what)
        return found

    def definition(
        self,
        module: Module,
        node: ast.stmt,
        origins: dict[str, tuple[Module, ast.stmt]],
    ) -> Definition:
        """Return a statement of a module as it stands in the library."""
        own = bound_by(node)
        renamed = {name: self.name_of(module.path, name) for name in module.statements}
        renamed |= {name: self.name_of(*one) for name, one in module.borrowed.items()}
        text = written(module.text, node) + "\n"
        needs: set[str] = set()
        used = globals_of(text)
        for name in sorted(used | examples_of(node, module)):
            if name in renamed:
                needs.add(renamed[name])
                if name not in used and renamed[name] != name:
                    raise module.error(node, f"an example calls {name}")
            elif name in module.imports:
                needs.add(self.imported(module, node, name, origins))
            elif name in module.aliases:
                continue  # what is taken of it is found below
            elif name in used and (name in origins or name not in vars(builtins)):
                raise module.error(node, f"{name} is not what it is in the library")
        changed = {name: new for name, new in renamed.items() if name != new}
        edits, taken = self.edits(module, text, changed)
        needs |= taken
        names = tuple(renamed[name] for name in own)
        whole = isinstance(node, ast.FunctionDef | ast.ClassDef)
        source = edited(text, edits).rstrip()
        return Definition(module.path, names, source, frozenset(needs), whole)

    def imported(
        self,
        module: Module,
        node: ast.stmt,
        name: str,
        origins: dict[str, tuple[Module, ast.stmt]],
    ) -> str:
        """Give the name of an import to the library, and return it."""
        statement = module.imports[name]
        if name in origins or self.imports.setdefault(name, statement) != statement:
            raise module.error(node, f"{name} is another thing elsewhere")
        return name

    def edits(
        self, module: Module, text: str, changed: dict[str, str]
    ) -> tuple[dict[tuple[int, int], str], set[str]]:
        """Return what changes in the text of a statement, and what it takes of ours."""
        tree = ast.parse(text)
        local = locals_of(text)
        starts = line_starts(text)
        found: dict[tuple[int, int], str] = {}
        taken = set()
        whole_aliases = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                path = module.aliases.get(node.value.id)
                if path is None:
                    continue
                if node.attr not in self.modules[path].statements:
                    raise module.error(tree.body[0], f"no {node.attr} in {path.name}")
                whole_aliases.add(node.value)
                taken.add(self.name_of(path, node.attr))
                found[span(node, starts)] = self.name_of(path, node.attr)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Name):
                continue
            if node.id in module.aliases and node not in whole_aliases:
                raise module.error(tree.body[0], f"{node.id} is used as a whole")
            if node.id in {*changed, *module.aliases} & local:
                what = f"{node.id} is the name of a variable and of a global"
                raise module.error(tree.body[0], what)
            if node.id in changed:
                found[span(node, starts)] = changed[node.id]
        top = tree.body[0]
        if isinstance(top, ast.FunctionDef | ast.ClassDef) and top.name in changed:
            place = text.encode().index(top.name.encode(), starts[top.lineno - 1])
            found[place, place + len(top.name.encode())] = changed[top.name]
        return found, taken

    def public(self, path: Path) -> list[str]:
        """Return the names of the public functions of a module."""
        return [
            name
            for name, definition in self.definitions.items()
            if definition.module == path and definition.whole and name[0] != "_"
        ]

    def taken(self, names: Iterable[str]) -> list[Definition]:
        """Return the definitions of these names, and all that those need, in order."""
        wanted = list(names)
        seen: set[str] = set()
        while wanted:
            name = wanted.pop()
            if name not in seen and name in self.definitions:
                seen.add(name)
                wanted += self.definitions[name].needs
        found = dict.fromkeys(
            self.definitions[n] for n in self.definitions if n in seen
        )
        return list(found)

    def names(self, names: Iterable[str]) -> set[str]:
        """Return all names that the code of these names binds: its imports' too."""
        definitions = self.taken(names)
        bound = {name for one in definitions for name in (*one.names, *one.needs)}
        return bound & {*self.definitions, *self.imports}

    def code(self, names: Iterable[str]) -> str:
        """Return these names' definitions, and all that those need, as Python."""
        definitions = self.taken(names)
        needed = {name for one in definitions for name in one.needs}
        text = import_lines(one for name, one in self.imports.items() if name in needed)
        before = None
        for one in definitions:
            if before is None or before.module != one.module:
                gap = "\n\n" if before else "\n"
                heading = self.heading(one.module) + "\n\n"
            else:
                gap, heading = "\n\n" * (before.whole or one.whole), ""
            text += (gap if text else "") + heading + one.source + "\n"
            before = one
        return text

    def heading(self, path: Path) -> str:
        """Return a comment that says what a module is, before its definitions."""
        said = self.modules[path].summary
        lines = textwrap.wrap(f"{said}.", COLUMNS - 2) if said else [path.name]
        return "\n".join(f"# {line}" for line in lines)


def needed(script: Path, project: Path) -> list[Path]:
    """Return the modules of ours that a script needs, each after those it needs."""
    try:
        found = modules(script, project)
    except SyntaxError as error:
        path = Path(error.filename or script).relative_to(project).as_posix()
        raise BundleError(f"{path}:{error.lineno}: {error.msg}") from error
    return [path for path in found if path.name != "__init__.py"]


def first_sentence(docstring: str) -> str:
    """Return the first sentence of a docstring, in one line."""
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".")


def bound_by(node: ast.stmt) -> list[str]:
    """Return the names that a definition at the top of a module binds."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        targets = [node.target]
    names = [part for target in targets for part in ast.walk(target)]
    if not all(isinstance(n, ast.Name | ast.Tuple | ast.expr_context) for n in names):
        return []
    return [part.id for part in names if isinstance(part, ast.Name)]


@cache
def module_file(name: str, project: Path) -> Path | None:
    """Return the file of a module of the project; None if it is from elsewhere."""
    path = project.joinpath(*name.split(".")).with_suffix(".py")
    return path if path.is_file() else None


def tables(table: SymbolTable) -> Iterator[SymbolTable]:
    """Yield the scopes of a piece of code, the outermost first."""
    yield table
    for child in table.get_children():
        yield from tables(child)


def globals_of(text: str) -> set[str]:
    """Return the names that a statement takes from its module, or from Python."""
    top, *inner = tables(symtable(text, "<code>", "exec"))
    free = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    for table in inner:
        for symbol in table.get_symbols():
            if symbol.is_referenced() and symbol.is_global():
                free.add(symbol.get_name())
    return free


def locals_of(text: str) -> set[str]:
    """Return the names of variables and parameters inside of a statement."""
    _, *inner = tables(symtable(text, "<code>", "exec"))
    return {
        symbol.get_name()
        for table in inner
        for symbol in table.get_symbols()
        if symbol.is_local() or symbol.is_parameter()
    }


def examples_of(node: ast.stmt, module: Module) -> set[str]:
    """Return the names that the examples of a docstring use, and do not bind."""
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return set()
    docstring = ast.get_docstring(node) or ""
    source = "".join(e.source for e in doctest.DocTestParser().get_examples(docstring))
    bound = {s.get_name() for s in symtable(source, "", "exec").get_symbols()}
    bound -= globals_of(source)
    for name in ast.walk(ast.parse(source)):
        if isinstance(name, ast.ImportFrom) and module_file(
            name.module or "", module.project
        ):
            raise module.error(node, "an example imports what the file will define")
    return globals_of(source) - bound


def line_starts(text: str) -> list[int]:
    """Return at which byte each line starts."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def span(node: ast.expr, starts: list[int]) -> tuple[int, int]:
    """Return the first byte of an expression, and the one after its last."""
    last = (node.end_lineno or node.lineno) - 1
    return (
        starts[node.lineno - 1] + node.col_offset,
        starts[last] + (node.end_col_offset or 0),
    )


def edited(text: str, edits: dict[tuple[int, int], str]) -> str:
    """Return a text with pieces of it, told by their bytes, exchanged."""
    raw = text.encode()
    for (start, end), new in sorted(edits.items(), reverse=True):
        raw = raw[:start] + new.encode() + raw[end:]
    return raw.decode()


def import_lines(imports: Iterable[Import]) -> str:
    """Return import statements, sorted as isort sorts them: Python's own first."""
    whole: dict[bool, list[str]] = {True: [], False: []}
    parts: dict[bool, dict[str, list[Import]]] = {True: {}, False: {}}
    for one in imports:
        python = one.module.partition(".")[0] in sys.stdlib_module_names
        if one.name:
            parts[python].setdefault(one.module, []).append(one)
        else:
            whole[python].append(f"import {one}\n")
    blocks = []
    for python in (True, False):
        lines = sorted(whole[python])
        lines += [from_line(*part) for part in sorted(parts[python].items())]
        if lines:
            blocks.append("".join(lines))
    return "\n".join(blocks)


def from_line(module: str, names: list[Import]) -> str:
    """Return one statement that imports names from a module."""
    listed = [str(one) for one in sorted(names, key=by_kind)]
    line = f"from {module} import {', '.join(listed)}\n"
    if len(line) <= COLUMNS + 1:
        return line
    return f"from {module} import (\n" + "".join(f"    {n},\n" for n in listed) + ")\n"


def by_kind(one: Import) -> tuple[int, str]:
    """Return where an imported name belongs: constants, classes, and then the rest."""
    constant = one.name.isupper() and len(one.name) > 1
    return (0 if constant else 1 if one.name[:1].isupper() else 2), one.name
