"""What a symbol means at a place: declarations and definitions, by section."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from mathcheck.read.syntax import (
    Finite,
    Maps,
    Naturals,
    Node,
    Power,
    Range,
    Simplex,
    Such,
    Symbol,
    Symmetric,
    Unit,
    UnitVectors,
    Vector,
    Without,
)
from mathcheck.read.tree import symbols


@dataclass(frozen=True)
class Variable:
    """A declared symbol: the set it is drawn from.

    A family, such as `y_n` or `x^{(i)}`, has one more axis for each index in front.
    """

    name: str
    space: Node
    family: tuple[Node, ...] = ()
    samples: int = 0  # how many of the family's indices are superscripts
    invertible: bool = False  # is said in words

    @property
    def components(self) -> int:
        """How many indices a member takes: 0 for a number, 2 for a matrix."""
        return components(self.space)

    @cached_property
    def key(self) -> Key:
        """Under which it is found."""
        if isinstance(self.space, Maps):
            return "function", self.name, len(self.space.sources)
        return ("family" if self.family else "plain"), self.name, len(self.family)


@dataclass(frozen=True)
class Definition:
    """A symbol with a meaning: a value, a family by indices, or a function.

    The indices carry the sets they run over. `variable` is what the symbol was
    declared as, if it was: then its value must have that shape.
    """

    name: str
    body: Node
    parameters: tuple[str, ...] | None = None
    indices: tuple[tuple[str, Node], ...] = ()
    variable: Variable | None = None
    squared: tuple[str, ...] = ()  # parameters that are written as squares: sigma^2
    samples: int = 0  # how many of the indices are superscripts
    signs: tuple[str, ...] = ()  # between the parameters: a comma, semicolon or bar
    members: tuple[Node | None, ...] = ()  # parameters that are written as members: x_i

    @cached_property
    def key(self) -> Key:
        """Under which it is found."""
        if self.parameters is not None:
            return "function", self.name, len(self.parameters)
        return ("family" if self.indices else "plain"), self.name, len(self.indices)

    def named(self, name: str) -> Definition:
        """Return the same under another name."""
        return replace(self, name=name)


Meaning = Variable | Definition


@dataclass(frozen=True)
class Origin:
    """Where a symbol got its meaning, and in which words; formulas stand in `$…$`."""

    path: str
    line: int
    column: int
    label: str  # of the equation, if it has one
    declaration: str  # the statement, as LaTeX
    meaning: str = ""
    python: str = ""
    shape: str = ""


Key = tuple[str, str, int]  # "plain", "family" or "function"; the name; how many


def components(space: Node) -> int:
    """Return how many indices an element of a set takes."""
    if isinstance(space, Power):
        return min(len(space.sizes), 2)
    if isinstance(space, Without):
        return components(space.base)
    if isinstance(space, Such):
        return components(space.base)
    if isinstance(space, Symmetric):
        return 2
    if isinstance(space, Simplex | UnitVectors):
        return 1
    unit_vectors = isinstance(space, Finite) and isinstance(
        space.items[0], Unit | Vector
    )
    return int(unit_vectors)


def componentwise(family: Definition, others: list[Meaning]) -> bool:
    """Say whether a family defines the components of what its name means besides."""
    if not others or others[0].key[0] == "function":
        return True
    first = others[0]
    many = first.components if isinstance(first, Variable) else 0
    return many == len(family.indices)


def beside(meaning: Meaning) -> bool:
    """Say whether a function is in terms of what its name means besides.

    So p(d, w) := p(w) / 2, where p is a vector.
    """
    if not isinstance(meaning, Definition) or meaning.parameters is None:
        return False
    return meaning.name in symbols(meaning.body) and any(
        isinstance(part, Symbol) and part.name == meaning.name
        for part in meaning.body.parts
    )


def numeric(meaning: Meaning | None) -> bool:
    """Say whether something is declared as a plain number."""
    return (
        isinstance(meaning, Variable)
        and not meaning.family
        and meaning.components == 0
        and not isinstance(meaning.space, Maps)
    )


@lru_cache(maxsize=4096)
def unbold(name: str) -> str:
    r"""Return a name without its boldness: `z` is a component's name of `\mathbf z`."""
    return name.replace(r"\mathbf ", "")


def trail_of(*parts: str) -> str:
    """Return a short text that stands for these."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass
class Frame:
    """What one section declares."""

    level: int
    page: str
    meanings: dict[Key, Meaning] = field(default_factory=dict)
    zero_log_zero: bool = False
    pending: frozenset[str] = frozenset()  # names that get their meaning on a page
    trail: str = ""  # of all that was ever added: equal ones mean the same
    origins: dict[Key, Origin | None] = field(default_factory=dict)
    signs: dict[str, Origin] = field(default_factory=dict)  # of what needs no meaning
    conditions: tuple[Node, ...] = ()  # between symbols, on what is drawn
    by_name: dict[str, list[Meaning]] = field(init=False, default_factory=dict)

    def give(self, meaning: Meaning) -> None:
        """Give a symbol a meaning; the latest stands last, under no condition."""
        if not self.has_index(meaning):
            self.conditions = tuple(
                c for c in self.conditions if meaning.name not in symbols(c)
            )
        self.meanings.pop(meaning.key, None)
        self.meanings[meaning.key] = meaning
        self.by_name.clear()

    def has_index(self, meaning: Meaning) -> bool:
        """Say whether this is an index that is declared here, of the same set."""
        index = isinstance(meaning, Variable) and isinstance(meaning.space, Range)
        return index and self.meanings.get(meaning.key) == meaning

    def named(self, name: str) -> list[Meaning]:
        """Return the meanings of a name, the latest first."""
        if not self.by_name:  # asked for often, and seldom changed
            for key, meaning in reversed(self.meanings.items()):
                self.by_name.setdefault(key[1], []).append(meaning)
                base, of, _ = key[1].partition(" of ")
                if of:  # one of several that go by a name: see `versions.py`
                    self.by_name.setdefault(base + of, []).append(meaning)
        return self.by_name.get(name, [])


class Scope:
    """The sections that are open at a place, outermost first."""

    def __init__(self, frames: list[Frame] | None = None) -> None:
        self.frames = frames or [Frame(0, "")]

    def open_section(self, level: int) -> None:
        """Close the sections of this level and below, and open one."""
        while self.frames[-1].level >= level:
            self.frames.pop()
        self.frames.append(Frame(level, self.frames[0].page))

    def add(self, meaning: Meaning) -> None:
        """Give a symbol a meaning, from here to the end of the section."""
        self.frames[-1].give(meaning)
        self.frames[-1].trail = trail_of(self.frames[-1].trail, repr(meaning))

    def narrow(self, meaning: Meaning) -> None:
        """Give a symbol a smaller set, under the conditions that there are."""
        before = self.frames[-1].conditions
        self.add(meaning)
        self.frames[-1].conditions = before

    def leave(self, name: str) -> None:
        """Leave it to the pages to give a name its meaning."""
        last = self.frames[-1]
        last.pending |= {name}
        last.trail = trail_of(last.trail, "pending", name)

    def leaves(self, name: str) -> bool:
        """Say whether a name gets its meaning on this page."""
        return any(name in frame.pending for frame in self.frames)

    def restrict(self, condition: Node) -> None:
        """Let symbols be drawn under a condition, from here to the section's end."""
        last = self.frames[-1]
        last.conditions = (*last.conditions, condition)
        last.trail = trail_of(last.trail, repr(condition))

    def conditions(self) -> list[Node]:
        """Return the conditions of which no symbol has got another meaning since."""
        return [
            condition
            for position, frame in enumerate(self.frames)
            for condition in frame.conditions
            if all(
                frame.has_index(meaning)
                for inner in self.frames[position + 1 :]
                for name in symbols(condition)
                for meaning in inner.named(name)
            )
        ]

    @property
    def trail(self) -> tuple[tuple[str, bool], ...]:
        """What tells this scope from another one."""
        return tuple((frame.trail, frame.zero_log_zero) for frame in self.frames)

    def inherited(self) -> Scope:
        """Return a scope for another page, with all that stands here in force."""
        outer = Frame(-1, "")
        for frame in self.frames:
            outer.meanings.update(frame.meanings)
            outer.origins.update(frame.origins)
            outer.signs.update(frame.signs)
            outer.conditions += frame.conditions
            outer.zero_log_zero |= frame.zero_log_zero
            outer.pending |= frame.pending
            outer.trail = trail_of(outer.trail, frame.trail)
        return Scope([outer, Frame(0, "")])

    def explain(self, meaning: Meaning, origin: Origin) -> None:
        """Say where a meaning that this section gives comes from."""
        if self.frames[-1].meanings.get(meaning.key) is meaning:
            self.frames[-1].origins[meaning.key] = origin

    def origin(self, meaning: Meaning) -> Origin | None:
        """Return where a meaning was given, if that is known."""
        key = meaning.key
        for frame in reversed(self.frames):
            if frame.meanings.get(key) is meaning:
                return frame.origins.get(key)
        return None

    def sign(self, name: str) -> Origin | None:
        """Return what the page says of a sign that means the same everywhere."""
        found = (frame.signs.get(name) for frame in reversed(self.frames))
        return next(filter(None, found), None)

    def draft(self) -> Draft:
        """Return a scope to read in, which leaves this one as it is."""
        return Draft(self)

    def nested(self) -> Scope:
        """Return a scope for one statement, in which more may be declared."""
        return Scope([*self.frames, Frame(99, "")])

    def meanings(self, name: str) -> Iterator[Meaning]:
        """Yield the meanings of a name, the innermost first."""
        for frame in reversed(self.frames):
            if frame.meanings:  # most of the frames of one statement have none
                yield from frame.named(name)

    def meant_by(self, key: Key) -> Meaning | None:
        """Return the innermost meaning that is found under a key."""
        frames = reversed(self.frames)
        return next((f.meanings[key] for f in frames if key in f.meanings), None)

    def spelling(self, name: str, *, indexed: bool = False) -> str:
        """Return the declared name that a name stands for, bold or not.

        The innermost section that knows one of them decides; of two there, the one
        that takes an index is meant where an index stands.
        """
        for frame in reversed(self.frames):
            found = [
                meaning
                for key, meaning in frame.meanings.items()
                if unbold(key[1]) == unbold(name)
            ]
            exact = [m for m in found if m.name == name]
            if indexed and exact and all(numeric(m) for m in exact):
                exact = [m for m in found if not numeric(m)] or exact
            if exact or found:
                return (exact or found)[-1].name
        return name

    def plain(self, name: str) -> Meaning | None:
        """Return what a name means when it stands alone.

        A function that stands alone is meant at its own parameters: L is L(z). A family
        that is defined by components is the vector or matrix of its components.
        """
        found = list(self.meanings(name))
        if len(found) > 1:
            found = [meaning for meaning in found if not beside(meaning)] or found
        alone = [meaning for meaning in found if meaning.key[0] != "family"]
        for meaning in found:
            if meaning in alone or (
                isinstance(meaning, Definition) and componentwise(meaning, alone)
            ):
                return self.total(meaning) or meaning
        return next(iter(found), None)

    def total(self, meaning: Meaning) -> Meaning | None:
        """Return the function that has the name of a family of functions besides."""
        if not isinstance(meaning, Definition) or meaning.parameters is None:
            return None
        others = self.versions(meaning.name) if meaning.indices else []
        return next((m for m in others if not getattr(m, "indices", ())), None)

    def space(self, name: str) -> Node | None:
        """Return the set that a name is declared in, if it stands for a variable."""
        meaning = self.plain(name)
        return meaning.space if isinstance(meaning, Variable) else None

    def is_index(self, name: str) -> bool:
        """Say whether a name is declared as an index."""
        return isinstance(self.space(name), Range)

    def counts(self, name: str) -> bool:
        """Say whether a name is declared as a whole number, with an end or without."""
        return isinstance(self.space(name), Range | Naturals)

    def function(self, name: str, count: int) -> Meaning | None:
        """Return the function of this name with so many arguments."""
        for meaning in self.meanings(name):
            if meaning.key[0] == "function" and meaning.key[2] == count:
                return meaning
        return None

    def versions(self, name: str, count: int | None = None) -> list[Meaning]:
        """Return the functions of a name, with so many arguments: see `versions.py`."""
        found: dict[Key, Meaning] = {}
        for meaning in (*self.meanings(name), *self.meanings(f"{name} of ")):
            kind, own, many = key = meaning.key
            if kind == "function" and count in (many, None):
                if own == name or own.startswith(f"{name} of ("):
                    found.setdefault(key, meaning)
        return list(found.values())

    def arities(self, name: str) -> set[int]:
        """Return the numbers of arguments with which a name is a function."""
        keys = (meaning.key for meaning in self.meanings(name))
        return {count for kind, _, count in keys if kind == "function"}

    def nearest(self, name: str) -> list[Meaning]:
        """Return what the innermost section that knows a name says of it."""
        for frame in reversed(self.frames):
            if found := frame.named(name):
                return found[::-1]
        return []

    def variable(self, name: str) -> bool:
        """Say whether a name stands for something other than a function."""
        return any(meaning.key[0] != "function" for meaning in self.meanings(name))

    def known(self, name: str) -> bool:
        """Say whether a name has any meaning here."""
        return next(self.meanings(name), None) is not None

    def in_section(self, name: str) -> Meaning | None:
        """Return what the section itself, not one around it, says of a name."""
        return next(reversed(self.frames[-1].named(name)), None)

    def on_page(self, name: str) -> Meaning | None:
        """Return what the page itself, and none around it, says of a name."""
        page = [frame for frame in self.frames if frame.level >= 0]
        return Scope(page).plain(name)

    @property
    def zero_log_zero(self) -> bool:
        """Say whether 0 log 0 counts as 0 here."""
        return any(frame.zero_log_zero for frame in self.frames)


class Draft(Scope):
    """What is in force while a formula is read, and what that has declared so far."""

    def __init__(self, scope: Scope) -> None:
        *outer, last = scope.frames
        super().__init__([*outer, replace(last, meanings=dict(last.meanings))])
        self.declared: list[Meaning] = []

    def add(self, meaning: Meaning) -> None:
        """Give a symbol a meaning, which whoever takes the statement in will keep."""
        self.frames[-1].give(meaning)
        self.declared.append(meaning)

    def taken(self) -> tuple[Meaning, ...]:
        """Return what was declared since this was last asked."""
        found, self.declared = self.declared, []
        return tuple(found)


def is_size(meaning: Meaning | None) -> bool:
    """Say whether a symbol is a whole number that other shapes may depend on."""
    return (
        isinstance(meaning, Variable)
        and isinstance(meaning.space, Naturals)
        and meaning.space.start is not None
        and meaning.space.start >= 0
        and not meaning.family
    )
