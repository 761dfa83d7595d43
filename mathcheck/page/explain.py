"""What a reader may ask of a symbol: where it is declared, as what, how in Python.

Each symbol of each formula is looked up in the scope that is in force at its place, so
that what a section declares anew is explained as that section means it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from mathcheck.page.occurrences import Occurrence, occurrences, signs, written
from mathcheck.read.claims import Statement
from mathcheck.read.formula import Formula
from mathcheck.read.scope import Frame, Meaning, Origin, Scope, Variable
from mathcheck.read.syntax import Binary, Node, Number, Power, Simplex, Symbol
from mathcheck.source.blocks import Text
from mathcheck.source.prose import cells, sentence

DECLARING = (r"\in", ":", r"\to", r"\coloneq", r"\triangleq", r"\equiv")
LABEL = re.compile(r"\\label\s*\{([^}]*)\}")


@dataclass(frozen=True)
class Explanation(Origin):
    """All that is known of a symbol; what is not known is empty."""

    domain: str = ""


@dataclass(frozen=True)
class Explained:
    """The symbols of one formula, as they are written, in their order."""

    offset: int
    line: int
    column: int
    symbols: tuple[tuple[str, int], ...]  # each with the number of its explanation


@dataclass(frozen=True)
class Named:
    """What a row of a dictionary says of a symbol: its name in Python, its shape."""

    meaning: Meaning
    section: Frame
    text: str
    python: str
    shape: str


@dataclass(frozen=True)
class Seen:
    """A symbol where it stands, and the sections that are open there."""

    symbol: Occurrence
    sections: tuple[Frame, ...]


@dataclass
class Guide:
    """Follows a page from formula to formula, and explains their symbols at its end."""

    path: str
    text: Text
    everywhere: bool = False
    formulas: dict[int, Formula] = field(default_factory=dict)  # by where they start
    seen: dict[int, list[Seen]] = field(default_factory=dict)
    rows: list[Named] = field(default_factory=list)

    @cached_property
    def known(self) -> frozenset[int]:
        """Where the formulas of the page stand."""
        return frozenset(self.text.reading.order)

    def origin(self, formula: Formula, row: dict[str, str]) -> Origin:
        """Return the place of a formula, and the words around it."""
        latex = formula.latex
        label = LABEL.search(latex)
        said = row.get("meaning", "")
        if not row and (self.everywhere or any(s in latex for s in DECLARING)):
            said = sentence(self.text.prose, formula.element, self.known)
        return Origin(
            self.path,
            *formula.place(),
            label[1] if label else "",
            without_label(latex),
            said,
            row.get("python", ""),
            row.get("shape", "").strip("`"),
        )

    def note(
        self, formula: Formula, scope: Scope, taken: list[Statement], *, mention: bool
    ) -> None:
        """Take up what a checked formula declares, and the symbols that it shows.

        What it only mentions, in a table of symbols, is explained by that.
        """
        row = cells(self.text.prose, formula.element, self.known)
        here = self.origin(formula, row)
        for statement in taken:
            said = one_line(formula, statement)
            for meaning in statement.declares:
                scope.explain(meaning, replace(here, declaration=said))
        if mention and here.meaning and (row or self.everywhere):
            for sign in signs(formula, scope, letters=not row):
                scope.frames[-1].signs.setdefault(sign, here)
        found = list(occurrences(formula, scope, here))
        alone = found[0] if len(found) == 1 else None
        if alone and alone.meaning and alone.text == written(formula.latex):
            if "code" in row:
                shown = row["code"], row.get("shape", "").strip("`")
                self.rows.append(
                    Named(alone.meaning, scope.frames[-1], alone.text, *shown)
                )
        self.formulas[formula.offset] = formula
        self.seen[formula.offset] = [
            Seen(replace(o, origin=as_in_notation(o, scope)), tuple(scope.frames))
            for o in found
        ]

    def explained(self) -> tuple[list[Explanation], list[Explained]]:
        """Return what is to be said, each thing once, and which symbols it explains."""
        known: dict[Explanation, int] = {}
        formulas = []
        for offset, found in sorted(self.seen.items()):
            symbols = tuple(
                (o.symbol.text, known.setdefault(self.explanation(o), len(known)))
                for o in found
                if o.symbol.origin
            )
            at = self.formulas[offset].place()
            formulas.append(Explained(offset, *at, symbols))
        return list(known), formulas

    def explanation(self, seen: Seen) -> Explanation:
        """Put together what is known of a symbol."""
        origin, meaning = seen.symbol.origin, seen.symbol.meaning
        assert origin is not None
        python, its_shape = self.named(seen)
        return Explanation(
            origin.path,
            origin.line,
            origin.column,
            origin.label,
            origin.declaration,
            origin.meaning,
            python or origin.python,
            its_shape or origin.shape or shape(meaning),
            domain(origin, meaning),
        )

    def named(self, seen: Seen) -> tuple[str, str]:
        """Return the name in Python that is in force for a symbol, and its shape.

        A dictionary speaks for its own section. Beyond it, it does so where the page
        has no other name for that symbol: the labels of one section are not the
        `any_labels` of another one, though they are declared by the same formula.
        """
        mine = [row for row in self.rows if row.meaning is seen.symbol.meaning]
        here = [r for r in mine if any(r.section is open_ for open_ in seen.sections)]
        names = {row.python for row in self.rows if row.text == seen.symbol.text}
        said = here or (mine if len(names) == 1 else [])
        return (said[0].python, said[0].shape) if said else ("", "")


def as_in_notation(found: Occurrence, scope: Scope) -> Origin | None:
    """Return the origin of a symbol, in the words of the notation if it says the same.

    A chapter that writes `p := softmax(z)` once more declares nothing new.
    """
    if found.meaning is None or found.origin is None:
        return found.origin
    key, notation = found.meaning.key, scope.frames[0]
    first = notation.origins.get(key)
    if first is None or notation.meanings[key] != found.meaning:
        return found.origin
    said = first.meaning or found.origin.meaning
    return replace(found.origin, meaning=said, python=first.python, shape=first.shape)


def one_line(formula: Formula, statement: Statement) -> str:
    r"""Return a statement on one line, also if it stood in rows: a &:= b \\\\ &= c."""
    depth, parts = 0, []
    for token, following in pairwise(formula.tokens):
        if statement.at <= token.at < statement.end:
            depth += token.text.startswith(r"\begin{") - token.text.startswith(r"\end{")
            row = depth == 0 and token.text in ("&", r"\\")
            beside = row or token in formula.reasons
            if beside:
                parts.append(" ")
            end = min(following.at, statement.end)
            parts.append(formula.latex[token.end if beside else token.at : end])
    return without_label("".join(parts))


def without_label(latex: str) -> str:
    """Return a formula on one line, as a reader knows it."""
    return " ".join(LABEL.sub("", latex).split())


def domain(origin: Origin, meaning: Meaning | None) -> str:
    r"""Return the set that a symbol is declared in, as LaTeX."""
    if not isinstance(meaning, Variable):
        return ""
    _, sign, after = origin.declaration.partition(r"\in ")
    if not sign:
        _, sign, after = origin.declaration.partition(":")
    return after.strip()


def shape(meaning: Meaning | None) -> str:
    """Return the shape of the array that a declared symbol is in Python."""
    if not isinstance(meaning, Variable):
        return ""
    sizes = [getattr(index, "high", None) for index in meaning.family]
    if isinstance(meaning.space, Power):
        sizes += meaning.space.sizes
    elif isinstance(meaning.space, Simplex):
        sizes.append(meaning.space.size)
    texts = [in_python(size) for size in sizes]
    if not texts or not all(texts):
        return ""
    return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"


def in_python(size: Node | None) -> str:
    """Write a size as Python would; nothing if that is not plain."""
    if isinstance(size, Symbol) and size.name.isalpha():
        return size.name
    if isinstance(size, Number):
        return size.text
    if isinstance(size, Binary) and size.operation in ("+", "-"):
        parts = in_python(size.left), in_python(size.right)
        return f" {size.operation} ".join(parts) if all(parts) else ""
    return ""
