r"""Functions of one name: p(x, y) and p(x \mid y), or p(x) and p(y), are not the same.

The first that a page defines goes by the name alone, a further one by its left side.
A call means the one that has its signs, and an index if it has one; of several such,
the one that has its letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from mathcheck.read.laws import PROBABILITY
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Definition, Meaning, Scope
from mathcheck.read.syntax import Bracket, Indexed, Naturals, Node, Symbol
from mathcheck.read.tree import all_bound

SCRIPTS = re.compile(r"(?:'|[_^].*)+$")


def version(name: str, parameters: Sequence[str], signs: Sequence[str]) -> str:
    """Return the name by which a further function of a name goes."""
    shown = {"|": r" \mid ", ",": ", ", ";": "; "}
    between = [shown[sign] for sign in signs] + [""]
    inner = "".join(p + s for p, s in zip(parameters, between, strict=True))
    return f"{name} of ({inner})"


def agree(first: Sequence[str], second: Sequence[str]) -> bool:
    """Say whether signs between arguments can mean the same; a comma is no bar."""
    known = bool(first) and bool(second)
    return not known or all(
        a == b or ";" in (a, b) for a, b in zip(first, second, strict=True)
    )


def signs_of(meaning: Meaning) -> tuple[str, ...]:
    """Return the signs between the parameters of a function, if they are known."""
    return meaning.signs if isinstance(meaning, Definition) else ()


def defined_name(
    scope: Scope, name: str, parameters: Sequence[str], signs: tuple[str, ...]
) -> str:
    """Return the name of what is defined with these signs between its parameters."""
    found = scope.versions(name, len(parameters))
    for meaning in found:
        if signs_of(meaning) in ((), signs):
            return meaning.name
    return version(name, parameters, signs) if found else name


def called_name(
    scope: Scope, name: str, given: Sequence[Node], signs: tuple[str, ...], at: int,
    *, indexed: bool = False,
) -> str:  # fmt: skip
    """Return the name of the function that a call means, with an index or without."""
    known = scope.versions(name, len(given))
    known = [m for m in known if counts_members(m) == indexed] or known
    found = [m for m in known if agree(signs_of(m), signs)]
    if known and not found:
        shown = written(name, known[0])
        raise UndefinedError(
            f"{name} with these signs between its arguments is not declared here; "
            f"{shown} is another function",
            at,
        )
    if len(found) == 1 and of_others(scope, name, found[0], given):
        raise UndefinedError(
            f"{name} of these arguments is not declared here; {written(name, found[0])}"
            " is of others",
            at,
        )
    found = [m for m in found if signs_of(m) == signs] or found
    several = [m for m in found if isinstance(m, Definition)]
    if len(found) < 2 or len(several) < len(found):
        return found[0].name if found else name
    best = by_letters(several, [*map(letter, given)])
    if len(best) != 1:
        shown = " and ".join(written(name, meaning) for meaning in several)
        raise RefusedError(
            f"which of {shown} is meant here cannot be told from the arguments; give "
            f"each a name of its own, as in {name}_X and {name}_Y",
            at,
        )
    return best[0].name


def counts_members(meaning: Meaning) -> bool:
    """Say whether a function is one of a family, as L_i(w) is."""
    return isinstance(meaning, Definition) and bool(meaning.indices)


def written(name: str, meaning: Meaning) -> str:
    """Write a function with its parameters, for a message."""
    parameters = getattr(meaning, "parameters", None) or ()
    return version(name, parameters, signs_of(meaning)).replace(" of ", "")


def of_others(scope: Scope, name: str, meaning: Meaning, given: Sequence[Node]) -> bool:
    r"""Say whether a probability is of other letters: p(x \mid y), by p(y \mid x).

    And p(y) is no value of p(x), where there is p(x, y).
    """
    probability = name.split("_")[0] in (*PROBABILITY, "q", "Q")
    if not probability or not isinstance(meaning, Definition):
        return False
    letters = {
        plain_letter(p)
        for one in scope.versions(name)
        for p in getattr(one, "parameters", None) or ()
    }
    return any(
        letter(argument) in letters and letter(argument) != plain_letter(parameter)
        for parameter, argument in zip(meaning.parameters or (), given, strict=True)
    )


def by_letters(found: list[Definition], given: list[str]) -> list[Definition]:
    """Return the functions whose parameters have the letters of the arguments."""
    lists = [[plain_letter(p) for p in m.parameters or ()] for m in found]
    all_letters = {one for letters in lists for one in letters}
    scores: dict[tuple[str, ...], tuple[int, Definition]] = {}
    for meaning, letters in zip(found, lists, strict=True):
        pairs = list(zip(letters, given, strict=True))
        if all(own == other or other not in all_letters for own, other in pairs):
            score = sum(own == other for own, other in pairs)
            scores.setdefault(tuple(letters), (score, meaning))
    most = max((score for score, _ in scores.values()), default=0)
    return [meaning for score, meaning in scores.values() if score == most]


def letter(node: Node) -> str:
    """Return the letter that an argument goes by, without scripts, if it has one."""
    if isinstance(node, Bracket):
        return letter(node.body)
    if isinstance(node, Indexed):
        return letter(node.base)
    return plain_letter(node.name) if isinstance(node, Symbol) else ""


def plain_letter(name: str) -> str:
    """Return a name without its scripts."""
    return SCRIPTS.sub("", name.removeprefix("any "))


def further(
    scope: Scope, name: str, meaning: Definition, before: Definition
) -> Definition | None:
    """Return what is defined a second time, for other arguments; None if it is not.

    S(A) and S(B) are one function if they say the same; p(x) and p(y) are two, and so
    are L_i(w) and L(w), which may be the sum of those.
    """
    mine, other = meaning.parameters or (), before.parameters or ()
    if counts_members(meaning) != counts_members(before):
        counted = [index for index, _ in meaning.indices]
        signs = (*["," for _ in counted], *meaning.signs)
        return meaning.named(version(name, [*counted, *mine], signs))
    if mine == other:
        return None
    spaces = [[scope.space(one) for one in names] for names in (mine, other)]
    pairing = Pairing(scope, {*all_bound(meaning.body)}, {*all_bound(before.body)})
    same = all(map(pairing.pair, mine, other)) and pairing.alike(*spaces)
    if same and pairing.alike(meaning.body, before.body):
        return before
    if spaces[0] == spaces[1] and name not in PROBABILITY:
        return None
    return meaning.named(version(name, mine, meaning.signs))


class Pairing:
    """Which names of one expression stand where which of another one stand."""

    def __init__(self, scope: Scope, first: set[str], second: set[str]) -> None:
        self.scope = scope
        self.bound = first, second
        self.names: dict[str, str] = {}

    def pair(self, first: str, second: str) -> bool:
        """Say whether two names may be each other's, and keep them so."""
        if first in self.names or second in self.names.values():
            return self.names.get(first) == second
        self.names[first] = second
        return True

    def alike(self, first: Any, second: Any) -> bool:
        """Say whether two expressions differ in their letters only."""
        if isinstance(first, str) and isinstance(second, str):
            return self.same(first, second)
        if isinstance(first, list | tuple) and isinstance(second, list | tuple):
            return len(first) == len(second) and all(map(self.alike, first, second))
        if type(first) is not type(second) or not isinstance(first, Node):
            return bool(first == second)
        return all(
            self.alike(getattr(first, f.name), getattr(second, f.name))
            for f in fields(first)
            if f.name != "at"
        )

    def same(self, first: str, second: str) -> bool:
        """Say whether a name stands where another one may: an index, or a size."""
        if first in self.names:
            return self.names[first] == second
        runs = first in self.bound[0] and second in self.bound[1]
        spaces = self.scope.space(first), self.scope.space(second)
        sizes = all(isinstance(space, Naturals) for space in spaces)
        if not runs and not sizes:
            return first == second and second not in self.names.values()
        return self.pair(first, second) and (not runs or self.alike(*spaces))
