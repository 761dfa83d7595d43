r"""Slips of a careless author that change more than one sign or letter of a formula.

A factor, a sum or a square is left out, a fraction stands upside down, a bracket closes
too early. Each slip is a formula that differs from the right one in one place.

>>> from mathcheck.read.lexer import tokens
>>> [slip.latex for slip in structural(r"a \frac{b}{c}", tokens(r"a \frac{b}{c}"))]
['\\frac{b}{c}', 'a', 'a \\frac {c}{b}']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mathcheck.read.lexer import Token

BRACKETS = {"{": "}", "(": ")", "[": "]", r"\{": r"\}"}
ONE_ARGUMENT = frozenset(
    r"\sqrt \mathbf \mathbb \mathcal \hat \tilde \bar \dot \boxed".split()
)
TIMES = (r"\cdot", r"\times", r"\odot")
SUMS = (r"\sum", r"\prod")
FUNCTIONS = (r"\log", r"\exp", r"\ln")
STRICT = {r"\le": "<", r"\ge": ">"}
DERIVING = (r"\partial", r"\mathrm{d}", r"\nabla")
SIZED = re.compile(r"\\(?:left|right)(?![A-Za-z])\s*\.?")


@dataclass(frozen=True)
class Slip:
    """A changed formula, and what sort of slip it is."""

    family: str
    latex: str


@dataclass(frozen=True)
class Atom:
    """What can be a factor: a letter, number, fraction or bracket, with its scripts."""

    start: int  # among the tokens
    base: int  # where the base ends, and the scripts begin
    stop: int


def plain(latex: str) -> str:
    r"""Return LaTeX without \left and \right, which no slip has to keep in pairs."""
    return SIZED.sub("", latex)


def structural(latex: str, found: list[Token]) -> Iterator[Slip]:
    r"""Yield the slips of a formula, without \left and \right, and with its tokens."""
    return Slips(latex, found).all()


class Slips:
    """The tokens of a formula, seen as factors and what binds them."""

    def __init__(self, latex: str, found: list[Token]) -> None:
        self.latex = latex
        self.tokens = found
        self.closing = pairs(found)
        self.atoms = [a for i in range(len(found)) if (a := self.atom(i))]
        self.starts = {atom.start: atom for atom in self.atoms}

    def text(self, position: int) -> str:
        """Return the spelling of a token, or nothing beyond the last."""
        within = 0 <= position < len(self.tokens)
        return self.tokens[position].text if within else ""

    def argument(self, position: int) -> int:
        """Return where the argument that begins here ends."""
        return self.closing.get(position, position) + 1

    def atom(self, position: int) -> Atom | None:
        """Return the factor that begins here, if one does."""
        token = self.tokens[position]
        if self.text(position - 1) in ("_", "^"):
            return None
        if token.kind in ("letter", "number"):
            end = position + 1
        elif token.kind == "name":
            end = position + 1
            if self.text(end) == "(":
                end = self.argument(end)
        elif token.text == r"\frac":
            end = self.argument(self.argument(position + 1))
        elif token.text in ONE_ARGUMENT:
            end = self.argument(position + 1)
        elif token.text in ("(", "[") and position in self.closing:
            end = self.argument(position)
        else:
            return None
        return Atom(position, end, self.after_scripts(end))

    def after_scripts(self, position: int) -> int:
        """Return where the scripts and primes that begin here end."""
        while self.text(position) in ("_", "^", "'"):
            prime = self.text(position) == "'"
            position = position + 1 if prime else self.argument(position + 1)
        return position

    def source(self, start: int, stop: int) -> str:
        """Return the LaTeX of some tokens."""
        if start >= stop:
            return ""
        return self.latex[self.tokens[start].at : self.tokens[stop - 1].end]

    def replaced(self, start: int, stop: int, new: str) -> str:
        """Return the formula with other LaTeX in the place of some tokens."""
        before = self.latex[: self.tokens[start].at]
        after = self.latex[self.tokens[stop - 1].end :]
        return " ".join(f"{before} {new} {after}".split())

    def all(self) -> Iterator[Slip]:
        """Yield all slips, family by family."""
        for family, made in (
            ("a factor left out", self.without_factor()),
            ("1/N left out", self.without_mean()),
            ("a sum left out", self.without(SUMS)),
            ("a function left out", self.without(FUNCTIONS)),
            ("a square left out", self.without_script(("2",))),
            ("a transpose left out", self.without_script((r"\top",))),
            ("the sign of an exponent", self.exponent()),
            ("a fraction upside down", self.upside_down()),
            ("arguments in the other order", self.other_order()),
            ("a bracket that closes too early", self.early_bracket()),
            ("strict for not strict", self.strict()),
        ):
            yield from (Slip(family, latex) for latex in made)

    def without_factor(self) -> Iterator[str]:
        """Yield the formula without one of two factors that stand side by side."""
        for first in self.atoms:
            apart = self.text(first.stop) in TIMES
            second = self.starts.get(first.stop + apart)
            if second is None:
                continue
            if any(self.is_argument(atom) for atom in (first, second)):
                continue
            if not self.is_one_over(first):
                yield self.replaced(first.start, second.start, "")
            yield self.replaced(first.stop, second.stop, "")

    def is_argument(self, atom: Atom) -> bool:
        """Say whether a bracket is perhaps the argument of a function before it."""
        before = self.tokens[max(atom.start - 1, 0)]
        named = before.kind == "letter" or before.text in ("}", "'")
        return self.text(atom.start) in ("(", "[") and named

    def is_one_over(self, atom: Atom) -> bool:
        """Say whether a factor is a fraction with 1 above."""
        if self.text(atom.start) != r"\frac":
            return False
        above = self.source(atom.start + 1, self.argument(atom.start + 1))
        return above.strip("{} ") == "1"

    def without_mean(self) -> Iterator[str]:
        """Yield the formula without a 1/N before what follows."""
        for atom in self.atoms:
            follows = atom.stop in self.starts or self.text(atom.stop) in SUMS
            if self.is_one_over(atom) and follows:
                yield self.replaced(atom.start, atom.stop, "")

    def without(self, commands: tuple[str, ...]) -> Iterator[str]:
        """Yield the formula without one of these commands and its scripts."""
        for position, token in enumerate(self.tokens):
            if token.text in commands:
                end = self.after_scripts(position + 1)
                yield self.replaced(position, end, "")

    def without_script(self, scripts: tuple[str, ...]) -> Iterator[str]:
        """Yield the formula without an exponent that is one of these."""
        for position, token in enumerate(self.tokens):
            if token.text == "^":
                end = self.argument(position + 1)
                if self.source(position + 1, end).strip("{} ") in scripts:
                    yield self.replaced(position, end, "")

    def exponent(self) -> Iterator[str]:
        """Yield the formula with an exponent of the other sign."""
        for position, token in enumerate(self.tokens):
            if token.text != "^" or self.text(position + 1) != "{":
                continue
            inner, end = position + 2, self.argument(position + 1)
            if self.text(inner) == "-":
                yield self.replaced(inner, inner + 1, "")
            elif self.text(position - 1) == "e":
                negative = f"-({self.source(inner, end - 1)})"
                yield self.replaced(inner, end - 1, negative)

    def upside_down(self) -> Iterator[str]:
        """Yield the formula with a fraction upside down, unless it is a derivative."""
        for position, token in enumerate(self.tokens):
            if token.text != r"\frac":
                continue
            below = self.argument(position + 1)
            end = self.argument(below)
            parts = self.source(position + 1, below), self.source(below, end)
            deriving = any(sign in part for sign in DERIVING for part in parts)
            if not deriving and parts[0] != parts[1]:
                yield self.replaced(position + 1, end, parts[1] + parts[0])

    def other_order(self) -> Iterator[str]:
        """Yield the formula with the two arguments of a call exchanged."""
        for start, token in enumerate(self.tokens):
            if token.text != "(" or start not in self.closing or start == 0:
                continue
            end = self.closing[start]
            marks = [i for i in self.level(start) if self.text(i) in (",", r"\|")]
            calls = self.tokens[start - 1].kind in ("letter", "name")
            if calls and len(marks) == 1:
                [middle] = marks
                one = self.source(start + 1, middle)
                two = self.source(middle + 1, end)
                if one != two:
                    between = self.source(middle, middle + 1)
                    exchanged = f"{two} {between} {one}"
                    yield self.replaced(start + 1, end, exchanged)

    def level(self, start: int) -> Iterator[int]:
        """Yield the places within a bracket, but not those in brackets within it."""
        position = start + 1
        while position < self.closing[start]:
            yield position
            position = self.argument(position)

    def early_bracket(self) -> Iterator[str]:
        """Yield the formula with a bracket that closes before its last summand."""
        for start, end in self.closing.items():
            signs = [i for i in self.level(start) if self.text(i) in ("+", "-")]
            if self.text(start) not in ("(", "[") or signs[-1:] <= [start + 1]:
                continue
            last = signs[-1]
            shut = self.source(end, end + 1)
            moved = f"{shut} {self.source(last, end)}"
            yield self.replaced(last, end + 1, moved)

    def strict(self) -> Iterator[str]:
        """Yield the formula with a strict relation; the other way it stays true."""
        for position, token in enumerate(self.tokens):
            if token.text in STRICT:
                yield self.replaced(position, position + 1, STRICT[token.text])


def pairs(found: list[Token]) -> dict[int, int]:
    """Return where each bracket and brace among tokens is closed."""
    closed, opened = {}, []
    for position, token in enumerate(found):
        if token.text in BRACKETS:
            opened.append(position)
        elif token.text in BRACKETS.values() and opened:
            if BRACKETS[found[opened[-1]].text] == token.text:
                closed[opened.pop()] = position
    return closed
