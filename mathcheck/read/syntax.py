"""What the parser makes of LaTeX: expressions, sets, conditions.

Every node knows `at`, where it stands in the element; equality ignores that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property


@dataclass(frozen=True)
class Node:
    """A piece of mathematics."""

    at: int = field(default=-1, compare=False, kw_only=True)

    @cached_property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below."""
        values = (getattr(self, f.name) for f in fields(self) if f.name != "at")
        return tuple(node for value in values for node in nodes_in(value))

    @cached_property
    def parts(self) -> tuple[Node, ...]:
        """This node and all below it: they are asked for often, and never change."""
        return (self, *(part for child in self.children for part in child.parts))


def nodes_in(value: object) -> Iterator[Node]:
    """Yield the nodes of a field, which may be nested in tuples."""
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from nodes_in(item)


@dataclass(frozen=True)
class Number(Node):
    """A number as it is shown: its digits matter to an approximation."""

    text: str


@dataclass(frozen=True)
class Infinity(Node):
    """The end of the real line."""


@dataclass(frozen=True)
class Symbol(Node):
    r"""A variable, by its one name: `z`, `\\hat y`, `p_\\theta`."""

    name: str


@dataclass(frozen=True)
class Constant(Node):
    """A constant that no page needs to define: `e`, `pi`, `ones`, `zeros`, `identity`.

    A vector or a matrix of them has the size that stands as its subscript, or the
    size that its place asks for.
    """

    name: str
    size: Node | None = None


@dataclass(frozen=True)
class Unit(Node):
    """The unit vector e_c."""

    index: Node


@dataclass(frozen=True)
class Delta(Node):
    """Kronecker's delta."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Bracket(Node):
    """An expression in brackets, which the reading of what stands before may need."""

    body: Node


@dataclass(frozen=True)
class Negated(Node):
    """Minus something."""

    body: Node


ZERO, ONE = Number("0"), Number("1")
MINUS_ONE = Negated(ONE)


@dataclass(frozen=True)
class Binary(Node):
    """Two operands: + - * / ^, or dot, times, odot, oslash, kron by name."""

    operation: str
    left: Node
    right: Node

    @cached_property
    def around_product(self) -> Binary | None:
        r"""This as x \odot (A y), if it is x \odot A y without brackets.

        Every factor of a product asks the ones before it.
        """
        left = self.left
        if self.operation != "*" or not isinstance(left, Binary):
            return None
        if left.operation == "odot":
            inner = Binary("*", left.right, self.right, at=self.at)
            return Binary("odot", left.left, inner, at=left.at)
        within = left.around_product
        if within is None:
            return None
        inner = Binary("*", within.right, self.right, at=self.at)
        return Binary("odot", within.left, inner, at=within.at)


@dataclass(frozen=True)
class Transposed(Node):
    """A matrix or vector turned."""

    body: Node


@dataclass(frozen=True)
class Indexed(Node):
    """A component: as many indices as subscripts and sample superscripts."""

    base: Node
    indices: tuple[Node, ...]


@dataclass(frozen=True)
class Whole(Node):
    """In the place of an index: all of them, as in a row of a matrix."""


@dataclass(frozen=True)
class Call(Node):
    """A function of its arguments; `primes` counts derivatives."""

    function: str
    arguments: tuple[Node, ...]
    primes: int = 0
    bare: bool = False  # without brackets: `log x`


@dataclass(frozen=True)
class Composed(Node):
    """The derivative, by as many primes, of functions of one another, at a number."""

    functions: tuple[str, ...]
    argument: Node
    primes: int


@dataclass(frozen=True)
class Inverse(Node):
    """The inverse of a function of one number."""

    function: str
    argument: Node


@dataclass(frozen=True)
class Bound(Node):
    """A bound variable and what it runs over: low to high, a set, or its own set."""

    name: str
    low: Node | None = None
    high: Node | None = None
    domain: Node | None = None
    condition: Node | None = None


@dataclass(frozen=True)
class Big(Node):
    """A sum, prod, max, min, argmax or argmin over bound variables."""

    kind: str
    bound: tuple[Bound, ...]
    body: Node
    condition: Node | None = None


@dataclass(frozen=True)
class Extreme(Node):
    """An extreme, or where it is, over all values that real symbols can take.

    Several symbols have a `Product` as their domain; only one can have none, which then
    is the set that it is declared in.
    """

    kind: str
    names: tuple[str, ...]
    body: Node
    domain: Node | None = None


@dataclass(frozen=True)
class Expectation(Node):
    """An `E`, `Var` or `Cov` under a distribution over finitely many outcomes."""

    kind: str
    variable: str | None
    law: Node
    bodies: tuple[Node, ...]
    first: int = 1  # the number of the first outcome
    numbered: bool = False  # what is drawn is such a number, whatever its name means


@dataclass(frozen=True)
class Derivative(Node):
    """Derivatives with respect to variables, the outermost first.

    `reaches` if it stands before an unbracketed body, as in `∂/∂z f(z)`; `nabla` if
    it is written so, which is a gradient and never a Jacobian.
    """

    body: Node
    variables: tuple[Node, ...]
    reaches: bool = False
    nabla: bool = False


@dataclass(frozen=True)
class Differential(Node):
    """The change of an expression along the changes of the variables."""

    body: Node


@dataclass(frozen=True)
class Integral(Node):
    """A definite integral over one variable."""

    name: str
    low: Node
    high: Node
    body: Node


@dataclass(frozen=True)
class Limit(Node):
    """The limit of the body as a symbol tends to a target, from one side perhaps."""

    name: str
    target: Node
    side: int
    body: Node


@dataclass(frozen=True)
class Substituted(Node):
    """An expression where symbols have these values: what stands at a bar."""

    body: Node
    names: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True)
class Norm(Node):
    """A norm; `order` is None for the Euclidean one, else a number, ``F``, ``inf``.

    An order that is no number stands as the degree.
    """

    body: Node
    order: str | None = None
    degree: Node | None = None


@dataclass(frozen=True)
class Absolute(Node):
    """An absolute value, or that of each entry."""

    body: Node
    each: bool = False  # written abs(A), which is no determinant


@dataclass(frozen=True)
class Indicator(Node):
    """1 where the condition holds, else 0."""

    condition: Node


@dataclass(frozen=True)
class Vector(Node):
    """Components in brackets; a column."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Matrix(Node):
    """A matrix written out, row by row."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True)
class Grid(Node):
    r"""A matrix written out with dots: an entry for each row and column, from 1.

    In the entry stand `row` and `column`, the names of the two counters.
    """

    height: Node
    width: Node
    entry: Node
    row: str
    column: str


@dataclass(frozen=True)
class Cases(Node):
    """Values with their conditions; None is `otherwise`."""

    rows: tuple[tuple[Node, Node | None], ...]


@dataclass(frozen=True)
class Dots(Node):
    """The dots in a sequence: they stand for what is obvious."""


@dataclass(frozen=True)
class Range(Node):
    """The whole numbers from low to high."""

    low: Node
    high: Node


@dataclass(frozen=True)
class Finite(Node):
    """A set of the elements that are written out."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class UnitVectors(Node):
    """The unit vectors of so many components: one-hot labels."""

    size: Node


@dataclass(frozen=True)
class Symmetric(Node):
    """Symmetric matrices; with `+` positive semidefinite ones, with `++` definite."""

    size: Node
    sign: str = ""


@dataclass(frozen=True)
class Such(Node):
    """Those elements of a set for which a condition holds, which names them."""

    name: str
    base: Node
    condition: Node


@dataclass(frozen=True)
class Subsets(Node):
    """All sets of some whole numbers out of these, but the empty one."""

    whole: Node


@dataclass(frozen=True)
class Chosen(Node):
    """One such set, by its name."""

    name: str
    whole: Range


@dataclass(frozen=True)
class Interval(Node):
    """Real numbers between two ends, each open or closed."""

    low: Node
    high: Node
    low_open: bool
    high_open: bool


@dataclass(frozen=True)
class Naturals(Node):
    """1, 2, 3, ... or, from 0, 0, 1, 2, ...; `integers` for all whole numbers."""

    start: int | None = 1


@dataclass(frozen=True)
class Simplex(Node):
    """All distributions over `size` outcomes."""

    size: Node
    open: bool = False


@dataclass(frozen=True)
class Power(Node):
    """Vectors or matrices with entries in a set."""

    base: Node
    sizes: tuple[Node, ...]


@dataclass(frozen=True)
class Without(Node):
    """A set without some of its elements."""

    base: Node
    removed: Node


@dataclass(frozen=True)
class Product(Node):
    """Several sets at once: of each an element, as one column below the other."""

    factors: tuple[Node, ...]


SETS = (
    Range, Finite, UnitVectors, Symmetric, Such, Chosen, Interval, Naturals, Simplex,
    Power, Without, Product,
)  # fmt: skip


@dataclass(frozen=True)
class Maps(Node):
    """Functions from a set to a set."""

    sources: tuple[Node, ...]
    target: Node


@dataclass(frozen=True)
class Relation(Node):
    r"""A chain: as many operators as there are sides, less one."""

    operators: tuple[str, ...]
    sides: tuple[Node, ...]
    given: frozenset[str] = (
        frozenset()
    )  # names behind a bar, which \propto leaves alone


@dataclass(frozen=True)
class Quantified(Relation):
    r"""A relation of numbers for all of which something is said: \forall T > 0."""


@dataclass(frozen=True)
class Member(Node):
    """An element and a set; `inside` is False for ∉."""

    element: Node
    space: Node
    inside: bool = True


@dataclass(frozen=True)
class Implication(Node):
    """A conclusion that holds wherever its premise does; `both`, and the other way."""

    premise: Node
    conclusion: Node
    both: bool = False


@dataclass(frozen=True)
class Every(Node):
    """A condition that holds for all values of some indices."""

    names: tuple[str, ...]
    condition: Node


@dataclass(frozen=True)
class Both(Node):
    """Conditions that hold together, or, with `any`, at least one of them."""

    conditions: tuple[Node, ...]
    any: bool = False
