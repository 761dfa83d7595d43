"""The faults that mutmut plants in a module: an operator, a number, an argument."""

from __future__ import annotations

import ast
import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import MutationVisitor, deep_replace
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: where it is, what it says there, and the whole source.

    Lines that say the same are told apart by `turn`, so that a name lasts as long as
    its line does, wherever this stands.
    """

    function: str
    before: str
    after: str
    turn: int
    source: str

    @property
    def name(self) -> str:
        """Name it, for a file of reviews."""
        again = f" ({self.turn})" if self.turn > 1 else ""
        return f"{self.function}: {self.before} → {self.after}{again}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield all mutants of a module, each with another source and each once."""
    source = path.read_text("utf-8")
    whole = MetadataWrapper(cst.parse_module(source))
    none = IgnoredCode(set(), set(), set())
    visitor = MutationVisitor(mutation_operators, none)
    module = whole.visit(visitor)
    seen, turns = {source}, Counter[tuple[str, str, str]]()
    for mutation in visitor.mutations:
        changed = deep_replace(module, mutation.original_node, mutation.mutated_node)
        assert isinstance(changed, cst.Module)
        if changed.code in seen or not compiles(changed.code):
            continue
        seen.add(changed.code)
        function = mutation.contained_by_top_level_function
        named = function.name.value if isinstance(function, cst.FunctionDef) else ""
        before, after = difference(source, changed.code)
        turns[named, before, after] += 1
        yield Mutant(named, before, after, turns[named, before, after], changed.code)


def compiles(source: str) -> bool:
    """Say whether a source is Python: `mutmut` may leave out what must be there."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def difference(old: str, new: str) -> tuple[str, str]:
    """Return the lines that differ, as they were and as they are, on one line."""
    a, b = old.splitlines(), new.splitlines()
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    differ = [block for block in blocks if block[0] != "equal"]
    start, end = differ[0], differ[-1]
    before, after = a[start[1] : end[2]], b[start[3] : end[4]]
    return tuple(" ".join(" ".join(lines).split()) for lines in (before, after))  # type: ignore[return-value]
