"""Python expressions on a page: they compute numbers, and can do nothing else.

An expression is read before any of it runs, into steps that are ours: what no table
below allows is refused with its place. It has no loop of its own, and each step is
small, since what it begins with is: no value has more than a thousand numbers, and what
could make a large one from small ones (a power, a list that is repeated) is measured
before it is made. Only the functions of the project may take long: they are given less,
and they are timed.
"""

from __future__ import annotations

import ast
import math
import operator
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

LENGTH = 1_000  # characters of an expression
DEPTH = 40  # brackets, calls and operations within one another
ENTRIES = 1_000  # numbers in a value
WHOLE = 2**63  # whole numbers stay below, as in arrays

# For a call of the project's functions, which may make cubes of what they are given
HANDED = 250  # numbers in all arguments together
COUNT = 10**6  # the largest whole number: they may count to it
AXES = 2  # of an argument beside a lambda
SECONDS = 30  # of one processor, for an expression at all its points

Values = Mapping[str, Any]
Step = Callable[[Values], Any]


class ForbiddenError(Exception):
    """What may not stand in an expression on a page; `at` is its place there."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


class _LargeError(Exception):
    """A value that is too large, or that is not made of numbers."""


def entries(value: Any) -> int:
    """Count the numbers that a value is made of; an empty list inside counts too."""
    if isinstance(value, list | tuple):
        return sum(max(1, entries(member)) for member in value)
    return value.size if isinstance(value, np.ndarray) else 1


def bounded(value: Any) -> Any:
    """Return a value, if it is made of numbers and small."""
    if isinstance(value, list | tuple):
        for member in value:
            bounded(member)
    elif isinstance(value, int):
        if abs(value) >= WHOLE:
            raise _LargeError("is a whole number of more than 63 bits")
    elif isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in "biufc":
            raise _LargeError("is not made of numbers")
    elif not isinstance(value, float | complex | type) and not (
        hasattr(value, "__array_ufunc__")  # an array of the project's own
    ):
        raise _LargeError(f"is of type {type(value).__name__}, and not a number")
    if (size := entries(value)) > ENTRIES:
        raise _LargeError(f"has {size} numbers, and {ENTRIES} are the most")
    return value


def power(base: Any, exponent: Any) -> Any:
    """Raise to a power; of whole numbers it is measured first."""
    whole = isinstance(base, int) and isinstance(exponent, int)
    if whole and abs(base) > 1 and exponent > WHOLE.bit_length():
        raise _LargeError("is a whole number of more than 63 bits")
    return base**exponent


def times(a: Any, b: Any) -> Any:
    """Multiply, or repeat a list; of a list it is measured first."""
    for members, number in ((a, b), (b, a)):
        if isinstance(members, list | tuple) and isinstance(number, int | np.integer):
            if (size := entries(members) * int(number)) > ENTRIES:
                raise _LargeError(f"has {size} numbers, and {ENTRIES} are the most")
    return a * b


def total(members: Iterable[Any]) -> Any:
    """Sum what a list or an array has as its members, as Python's `sum` does."""
    result: Any = 0
    for member in members:
        result = bounded(result + member)
    return result


def combinations(n: int, k: int) -> int:
    """Count the subsets of a size; of a large set it would take long."""
    if n > ENTRIES:
        raise _LargeError(f"counts the subsets of more than {ENTRIES} things")
    return math.comb(n, k)


def handed(arguments: list[Any]) -> list[Any]:
    """Return what a function of the project is given, if it is little.

    One that calls a lambda may hand it arrays that cannot be measured; it is given few
    axes, so that these stay small too.
    """
    if (size := entries(arguments)) > HANDED:
        raise _LargeError(f"is given {size} numbers, and {HANDED} are the most")
    if largest(arguments) > COUNT:
        raise _LargeError(f"is given a whole number beyond {COUNT}")
    if any(map(callable, arguments)) and max(map(axes, arguments)) > AXES:
        raise _LargeError(f"is given more than {AXES} axes together with a lambda")
    return arguments


def largest(value: Any) -> int:
    """Return the size of the largest whole number in a value."""
    if isinstance(value, list | tuple):
        return max(map(largest, value), default=0)
    if isinstance(value, int | np.integer):
        return abs(int(value))
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu" and value.size:
        return max(abs(int(value.min())), abs(int(value.max())))
    return 0


def axes(value: Any) -> int:
    """Count the axes of a value, as an array."""
    if isinstance(value, list | tuple):
        return 1 + max(map(axes, value), default=0)
    return value.ndim if isinstance(value, np.ndarray) else 0


def method(name: str) -> Callable[..., Any]:
    """Return a method as a function of its array."""

    def run(owner: Any, *arguments: Any) -> Any:
        return getattr(owner, name)(*arguments)

    return run


# --- all that an expression may name ------------------------------------------------

ARITHMETIC: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: times,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: power,
    ast.MatMult: operator.matmul,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


@dataclass(frozen=True)
class Function:
    """A function, and how many arguments it may have."""

    run: Callable[..., Any]
    most: int = 1


FUNCTIONS = {
    **{f.__name__: Function(f) for f in (abs, float, int, len)},
    **{f.__name__: Function(f, ENTRIES) for f in (max, min)},
    "sum": Function(total),
    **{
        f.__name__: Function(f)
        for f in (math.exp, math.expm1, math.log1p, math.log2, math.log10, math.sqrt)
    },
    "log": Function(math.log, 2),
    "comb": Function(combinations, 2),
    "np.array": Function(np.array),
    **{
        f"np.{f.__name__}": Function(f, f.nin)
        for f in (
            np.exp, np.expm1, np.log, np.log1p, np.log2, np.log10, np.sqrt, np.tanh,
            np.maximum, np.minimum,
        )
    },
    "np.abs": Function(np.abs),
    "np.sum": Function(np.sum, 2),  # the second is an axis
    "np.mean": Function(np.mean, 2),
    "np.max": Function(np.max, 2),
    "np.min": Function(np.min, 2),
}  # fmt: skip
METHODS = {
    **{name: Function(method(name), 2) for name in ("sum", "mean", "max", "min")},
    "ravel": Function(method("ravel")),
    "astype": Function(method("astype"), 2),
}  # the array is the first argument
PROPERTIES = ("T",)
CONSTANTS = {"pi": math.pi, "e": math.e, "int": int, "float": float}  # of `astype`, too
NAMES = frozenset({name.partition(".")[0] for name in FUNCTIONS} | set(CONSTANTS))


# --- reading ------------------------------------------------------------------------


@dataclass(frozen=True)
class Expression:
    """An expression that was read: it computes a number, or an array of them."""

    source: str
    names: frozenset[str]  # of the project's functions, and of what it was given
    step: Step

    def value(self, given: Values | None = None) -> np.ndarray:
        """Compute it, with values for the names that were known when it was read.

        ForbiddenError: something in it is too large, or takes too long.
        """
        with np.errstate(all="ignore"):
            found = np.asarray(self.step(given or {}))
        if found.dtype.kind not in "biuf":
            raise ForbiddenError(f"{shortened(self.source)} is not a real number")
        return found.astype(float)


def read(
    source: str,
    functions: Mapping[str, Callable[..., Any]],
    names: Iterable[str] = (),
    unknown: str = "is not known here",
) -> Expression:
    """Read an expression of the project's functions, and of names for its values.

    ForbiddenError: it is no expression, or something in it is not allowed; of a name
    it says that it is `unknown`.
    """
    reader = _Reader(source, functions, frozenset(names), unknown)
    step = reader.read(parsed(source), frozenset(), 0)
    return Expression(source, frozenset(reader.used), step)


def parsed(source: str) -> ast.expr:
    """Return the syntax tree of an expression."""
    if len(source) > LENGTH:
        raise ForbiddenError(f"an expression has at most {LENGTH} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # as 1or 2, which Python is to give up
            return ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        message = f"{shortened(source)} is not a Python expression"
        raise ForbiddenError(message) from None


def shortened(source: str) -> str:
    """Return a piece of an expression, on one line and not too long."""
    line = " ".join(source.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


class _Reader:
    """Turns the nodes of a syntax tree into steps, or refuses them."""

    def __init__(
        self,
        source: str,
        functions: Mapping[str, Callable[..., Any]],
        names: frozenset[str],
        unknown: str,
    ) -> None:
        self.source = source
        self.functions = functions
        self.names = names
        self.unknown = unknown
        self.used: set[str] = set()
        self.end = time.thread_time() + SECONDS
        self.earliest = time.monotonic() + SECONDS  # by a clock that is quick to read

    def read(self, node: ast.AST, bound: frozenset[str], depth: int) -> Step:
        """Return the step that computes a node; `bound` are the lambdas' arguments."""
        if depth > DEPTH:
            raise self.refusal(node, "is nested too deeply")
        step = self.unchecked(node, bound, depth)

        def checked(values: Values) -> Any:
            try:
                return bounded(step(values))
            except _LargeError as error:
                raise self.refusal(node, str(error)) from None

        return checked

    def unchecked(self, node: ast.AST, bound: frozenset[str], depth: int) -> Step:
        """Return the step that computes a node, whatever it gives."""

        def inner(node: ast.AST) -> Step:
            return self.read(node, bound, depth + 1)

        match node:
            case ast.Constant(value=value) if type(value) in (int, float):
                return lambda values: value
            case ast.Name(id=name) if name in bound or name in self.names:
                self.used |= {name} - bound
                return operator.itemgetter(name)
            case ast.Name(id=name) if name in CONSTANTS:
                return lambda values: CONSTANTS[name]
            case ast.List(elts=members):
                return gathered(list, map(inner, members))
            case ast.Tuple(elts=members):
                return gathered(tuple, map(inner, members))
            case ast.UnaryOp(op=sign, operand=operand) if type(sign) in ARITHMETIC:
                return applied(ARITHMETIC[type(sign)], [operand], inner)
            case (
                ast.BinOp(left=left, op=sign, right=right)
                | ast.Compare(left=left, ops=[sign], comparators=[right])
            ) if type(sign) in ARITHMETIC:
                return applied(ARITHMETIC[type(sign)], [left, right], inner)
            case ast.Subscript(value=array, slice=index):
                place = self.index(index, inner)
                whole = inner(array)
                return lambda values: whole(values)[place(values)]
            case ast.Attribute(value=array, attr=name) if name in PROPERTIES:
                return applied(operator.attrgetter(name), [array], inner)
            case ast.Call(keywords=[_, *_]):
                raise self.refusal(
                    node, "has an argument by name; give it by its place"
                )
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                self.used.add(name)
                return self.call(node, self.functions[name], bound, depth)
            case ast.Call():
                return self.builtin(node, inner)
        raise self.refusal(node)

    def index(self, node: ast.AST, inner: Callable[[ast.AST], Step]) -> Step:
        """Return the step that computes an index: whole numbers and ranges of them."""
        match node:
            case ast.Slice():
                ends = [node.lower, node.upper, node.step]
                steps = [inner(end) if end else nothing for end in ends]
                return lambda values: slice(*[end(values) for end in steps])
            case ast.Tuple(elts=members):
                return gathered(tuple, [self.index(m, inner) for m in members])
        return applied(operator.index, [node], inner)

    def call(
        self, node: ast.Call, run: Callable[..., Any], bound: frozenset[str], depth: int
    ) -> Step:
        """Return the step that calls a function of the project, for which time runs."""

        def argument(node: ast.AST) -> Step:
            if isinstance(node, ast.Lambda):
                return self.function(node, bound, depth + 1)
            return self.read(node, bound, depth + 1)

        steps = [argument(one) for one in node.args]

        def step(values: Values) -> Any:
            self.check_time(node)
            return run(*handed([argument(values) for argument in steps]))

        return step

    def function(self, node: ast.Lambda, bound: frozenset[str], depth: int) -> Step:
        """Return the step that makes a function, for one of the project to call."""
        names = [argument.arg for argument in node.args.args]
        if ast.unparse(node.args) != ", ".join(names):
            raise self.refusal(node, "may take plain arguments only")
        taken = sorted({*names} & {*self.functions, *NAMES})
        if taken:
            raise self.refusal(node, f"takes {taken[0]}, which is a name already")
        body = self.read(node.body, bound.union(names), depth + 1)

        def step(values: Values) -> Callable[..., Any]:
            def run(*arguments: Any) -> Any:
                self.check_time(node)
                return body({**values, **dict(zip(names, arguments, strict=True))})

            return run

        return step

    def builtin(self, node: ast.Call, inner: Callable[[ast.AST], Step]) -> Step:
        """Return the step that calls a function or a method of the tables."""
        arguments = node.args
        match node.func:
            case ast.Name(id=name) if name in FUNCTIONS:
                function = FUNCTIONS[name]
            case ast.Attribute(value=ast.Name(id="np"), attr=name):
                if f"np.{name}" not in FUNCTIONS:
                    raise self.refusal(node.func)
                function = FUNCTIONS[f"np.{name}"]
            case ast.Attribute(value=owner, attr=name) if name in METHODS:
                function = METHODS[name]
                arguments = [owner, *arguments]
            case _:
                raise self.refusal(node.func)
        if len(arguments) > function.most:
            raise self.refusal(node, "has too many arguments")
        return applied(function.run, arguments, inner)

    def check_time(self, node: ast.AST) -> None:
        """Refuse to go on where the time is up."""
        if time.monotonic() > self.earliest and time.thread_time() > self.end:
            raise self.refusal(node, f"takes more than {SECONDS} seconds")

    def refusal(self, node: ast.AST, why: str = "") -> ForbiddenError:
        """Return what to raise at a node."""
        piece = shortened(ast.get_source_segment(self.source, node) or "")
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        *before, here = self.source.split("\n")[:line]
        at = sum(len(one) + 1 for one in before)
        at += len(here.encode()[:column].decode())
        return ForbiddenError(f"{piece} {why or self.reason(node)}", at)

    def reason(self, node: ast.AST) -> str:
        """Say why a node is not allowed, and what is."""
        match node:
            case ast.Name(id=name):
                if name in {*self.functions, *FUNCTIONS}:
                    return "is a function, and may only be called"
                return self.unknown
            case ast.Attribute(value=ast.Name(id="np")):
                there = sorted(f for f in FUNCTIONS if f.startswith("np."))
                return f"may not be used on a page; there are {', '.join(there)}"
            case ast.Attribute():
                there = [*PROPERTIES, *METHODS]
                return f"may not be used on a page; there are .{', .'.join(there)}"
        return (
            "may not stand on a page; an expression is made of numbers, names, lists, "
            "arithmetic, one comparison, indices, and calls of functions by their name"
        )


def nothing(values: Values) -> None:
    """Do the step of an index that is left open."""


def gathered(kind: Callable[[Iterable[Any]], Any], steps: Iterable[Step]) -> Step:
    """Return the step that makes a list or a tuple of the results of others."""
    members = list(steps)
    return lambda values: kind(member(values) for member in members)


def applied(
    run: Callable[..., Any], nodes: Iterable[ast.AST], read: Callable[[ast.AST], Step]
) -> Step:
    """Return the step that applies a function to the results of others."""
    steps = [read(node) for node in nodes]
    return lambda values: run(*[step(values) for step in steps])
