r"""Letters below a name: of c_n that was declared as one value, n can be no index.

Where n is an index, c_n is a member of a family; so the index has to be declared first.
"""

from __future__ import annotations

import re

from mathcheck.read.problems import RefusedError
from mathcheck.read.scope import Scope, Variable, is_size
from mathcheck.read.syntax import Node
from mathcheck.read.tree import all_bound, symbols

LETTER = r"(?:[A-Za-z]|\\[a-z]+ ?)"
BELOW = re.compile(rf"_(?:({LETTER})|{{({LETTER}(?:,? ?{LETTER})?)}})\Z")
WORDS = (r"\text", r"\mathrm", r"\max", r"\min")  # which are no letters


def letters_below(name: str) -> set[str]:
    r"""Return the letters in a subscript, if these are all of it: x_i, w_{ij}."""
    found = BELOW.search(name)
    if found is None or any(word in name for word in WORDS):
        return set()
    inner = found[1] or found[2]
    return {letter.strip() for letter in re.findall(LETTER, inner)}


def refuse_late_index(scope: Scope, index: str, at: int) -> None:
    """Refuse an index that stands below a name which is declared as one value."""
    for frame in scope.frames:
        for kind, name, _ in frame.meanings:
            meaning = scope.plain(name) if kind == "plain" else None
            if is_size(meaning):  # N_c, of which c is no index
                continue
            if isinstance(meaning, Variable) and index in letters_below(name):
                raise RefusedError(
                    f"{name} is declared as one value already, so that {index} is no "
                    f"index of it; declare {index} before {name}",
                    at,
                )


def refuse_bound_letter(scope: Scope, nodes: list[Node], at: int) -> None:
    """Refuse a sum over a letter that stands below the name of one value."""
    bound = set().union(*map(all_bound, nodes))
    for name in sorted(set().union(*map(symbols, nodes))):
        captured = sorted(letters_below(name) & bound)
        meaning = scope.plain(name)
        if captured and isinstance(meaning, Variable) and not is_size(meaning):
            raise RefusedError(
                f"{name} is declared as one value, and {captured[0]} runs here; "
                f"declare {captured[0]} before {name}, as its index",
                at,
            )
