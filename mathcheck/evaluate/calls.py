"""Functions of their arguments, and the components of what they give.

A defined function is its body with the parameters bound; of one that is only declared,
f : R → R, the page says nothing else, so that a smooth one is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.axes import trimmed
from mathcheck.evaluate.beyond import among
from mathcheck.evaluate.components import (
    component,
    component_of_symbol,
    gather,
    member,
)
from mathcheck.evaluate.componentwise import of_numbers
from mathcheck.evaluate.dual import Value
from mathcheck.evaluate.entries import entry_by_entry
from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.functions import FUNCTIONS, sigmoid, softmax, square_root
from mathcheck.evaluate.quantity import Pending, Quantity, Rank, Thing, known, number
from mathcheck.evaluate.symbols import tabulated
from mathcheck.evaluate.written import sequence
from mathcheck.read.problems import RefusedError, ShapeError, UndefinedError
from mathcheck.read.scope import Definition, Key, Meaning, Variable, components
from mathcheck.read.syntax import (
    Call,
    Indexed,
    Interval,
    Maps,
    Node,
    Power,
    Range,
    Simplex,
    Symbol,
    UnitVectors,
    Whole,
)


def primed(evaluator: Evaluator, node: Call, member: list[Quantity]) -> Thing:
    """Evaluate f'(x), f''(x): the derivative of a function of one number."""
    if node.primes > 4:
        raise RefusedError("a derivative of an order above 4", node.at)
    if len(node.arguments) != 1:
        raise RefusedError("a prime on a function of several arguments", node.at)
    argument = known(evaluator(node.arguments[0]), "an argument")
    if argument.rank != "number":
        if not of_numbers(evaluator, node):
            raise ShapeError("a prime on a function of a vector; write a derivative")
        return entry_by_entry(
            evaluator,
            argument,
            lambda x: derivative(evaluator, node, x, member),
            node.function,
        )
    return derivative(evaluator, node, argument, member)


def derivative(
    evaluator: Evaluator, node: Call, argument: Quantity, member: list[Quantity]
) -> Thing:
    """Evaluate a derivative of a function, which its primes count, at a number.

    Of a family it is that of a member, f_n'(x), of which the index may have no end.
    """
    x = argument.array
    seeds = [next(dual.tags) for _ in range(node.primes)]
    for tag in seeds:
        x = dual.Dual(tag, x, np.ones((1, 1)))
    definition = evaluator.scope.function(node.function, 1)
    moved = Quantity(x)
    if definition is None or isinstance(definition, Variable):
        found = (
            drawn_function(evaluator, definition, [moved])
            if definition
            else FUNCTIONS[node.function](evaluator, moved)
        )
    else:
        found = apply(evaluator, definition, [moved], member)
    result = known(found, "a derivative").array
    for tag in reversed(seeds):
        result = dual.change(result, tag)
    return Quantity(trimmed(result), found.rank)


def drawn(evaluator: Evaluator, meaning: Variable, arguments: list[Thing]) -> Thing:
    """Evaluate a declared function; one of a number takes a vector entry by entry."""
    assert isinstance(meaning.space, Maps)
    of_number = [components(source) for source in meaning.space.sources] == [0]
    argument = arguments[0]
    if of_number and isinstance(argument, Quantity) and argument.rank != "number":
        return entry_by_entry(
            evaluator,
            argument,
            lambda x: drawn_function(evaluator, meaning, [x]),
            meaning.name,
        )
    return drawn_function(evaluator, meaning, arguments)


def drawn_function(
    evaluator: Evaluator, meaning: Variable, arguments: list[Thing]
) -> Thing:
    """Evaluate a function of which the page says only from where to where it maps.

    It is a smooth one, drawn by its name: sums of sines of the arguments, squeezed into
    the set that it maps to.
    """
    assert isinstance(meaning.space, Maps)
    rng = np.random.default_rng(list(meaning.name.encode()))
    pre: Value = np.zeros((1, 1))
    draw = evaluator.draw
    here = slice(None) if draw is None else slice(draw, draw + 1)
    spread = np.resize([1.0, 1.0, 8.0], evaluator.points).reshape(-1, 1, 1)
    target = meaning.space.target
    rows = 1
    if isinstance(target, Power | Simplex):
        sizes = target.sizes if isinstance(target, Power) else (target.size,)
        if len(sizes) != 1:
            raise RefusedError(f"{meaning.name} maps to matrices")
        rows = evaluator.whole(sizes[0])
    many = evaluator.points
    for argument in arguments:
        x = known(argument, "an argument")
        if x.rank not in ("number", "column"):
            raise ShapeError(f"{meaning.name} of {x.words}")
        length = x.shape[0]
        for _ in range(2):
            weights = rng.normal(size=(many, rows, max(8, length)))[here, :, :length]
            phase = rng.normal(size=(many, rows, 1))[here]
            size = (rng.uniform(0.5, 1.5, size=(many, rows, 1)) * spread)[here]
            pre = pre + dual.sine(weights @ x.array + phase) * size
        slope = rng.normal(size=(many, rows, max(8, length)))[here, :, :length]
        pre = pre + slope @ x.array
        pre = pre + (rng.normal(size=(many, rows, 1)) * spread)[here]
    rank: Rank = "column" if isinstance(target, Power | Simplex) else "number"
    return into(evaluator, Quantity(pre, rank), target)


def into(evaluator: Evaluator, x: Quantity, target: object) -> Thing:
    """Map a real value into a set, smoothly."""
    base = target.base if isinstance(target, Power) else target
    if isinstance(base, Simplex):
        return softmax(evaluator, x)
    if not isinstance(base, Interval):
        raise RefusedError("a function into this set is not read")
    low, high = (
        float(dual.primal(known(evaluator(end), "an end").array).flat[0])
        for end in (base.low, base.high)
    )
    if np.isinf(low) and np.isinf(high):
        return x
    if np.isinf(high):
        return Quantity(low + dual.exp(x.array), x.rank)
    if np.isinf(low):
        return Quantity(high - dual.exp(x.array), x.rank)
    return Quantity(low + (high - low) * sigmoid(x.array), x.rank)


@rule(Indexed)
def evaluate_indexed(evaluator: Evaluator, node: Indexed) -> Thing:
    """Evaluate a component, or a member of a family."""
    if any(isinstance(index, Whole) for index in node.indices):
        return row_or_column(evaluator, node)
    given = [known(evaluator(index), "an index") for index in node.indices]
    for quantity in given:
        if quantity.rank != "number":
            raise ShapeError("an index must be a number", node.at)
    if isinstance(node.base, Symbol):
        return component_of_symbol(evaluator, node.base, node.indices, given)
    if isinstance(node.base, Call):
        return called(evaluator, node.base, given)
    return component(evaluator, evaluator(node.base), given)


def row_or_column(evaluator: Evaluator, node: Indexed) -> Thing:
    """Evaluate a row or a column of a matrix."""
    matrix = known(evaluator(node.base), "a matrix")
    if matrix.rank != "matrix":
        raise ShapeError(f"a row or a column of {matrix.words}", node.at)
    column = isinstance(node.indices[0], Whole)
    index = known(evaluator(node.indices[1 if column else 0]), "an index")
    found = gather(evaluator, matrix.array, index.array, -1 if column else -2)
    return Quantity(found, "column" if column else "row")


@rule(Call)
def evaluate_call(evaluator: Evaluator, node: Call) -> Thing:
    """Evaluate a function of its arguments."""
    return called(evaluator, node, [])


def called(evaluator: Evaluator, node: Call, given: list[Quantity]) -> Thing:
    """Evaluate a call, and the component of it that is asked for."""
    definition = evaluator.scope.function(node.function, len(node.arguments))
    if node.primes:
        many = len(getattr(definition, "indices", ()))
        member, rest = (
            (given[:many], given[many:]) if len(given) >= many else ([], given)
        )
        return component(evaluator, primed(evaluator, node, member), rest)
    arguments = arguments_of(evaluator, node, definition)
    if definition is None:
        function = FUNCTIONS.get(node.function)
        if function is None:
            raise UndefinedError(f"{node.function} is not declared here", node.at)
        return component(evaluator, function(evaluator, *alike(arguments)), given)
    if isinstance(definition, Variable):
        return component(evaluator, drawn(evaluator, definition, arguments), given)

    def members(index: list[Quantity]) -> Thing:
        return apply(evaluator, definition, arguments, index)

    def called_by(name: str) -> Node:
        return replace(node, function=name)

    return among(evaluator, node.function, given, members, called_by)


def arguments_of(
    evaluator: Evaluator, node: Call, definition: Meaning | None
) -> list[Thing]:
    """Evaluate arguments; a family, which has no value of its own, stays."""
    names = getattr(definition, "parameters", None)
    if names is None:
        return sequence(evaluator, node.arguments)
    pairs = list(zip(node.arguments, names, strict=True))
    own = [own_family(evaluator, argument, name) for argument, name in pairs]
    values = [values_of(evaluator, argument, name) for argument, name in pairs]
    for passed, (argument, name) in zip(own, pairs, strict=True):
        if not passed and is_called(definition, name):
            other = argument.name if isinstance(argument, Symbol) else "this"
            raise RefusedError(
                f"{node.function} is read of {name} only, of which it takes values; "
                f"define it of {other}, too",
                node.at,
            )
    if not any(own) and not any(values):
        return sequence(evaluator, node.arguments)
    return [
        FAMILY if passed else table or evaluator(argument)
        for (argument, _), passed, table in zip(pairs, own, values, strict=True)
    ]


def is_called(definition: Meaning | None, name: str) -> bool:
    """Say whether a definition takes values of a parameter, which is a function."""
    return isinstance(definition, Definition) and any(
        isinstance(part, Call) and part.function == name
        for part in definition.body.parts
    )


def values_of(evaluator: Evaluator, argument: Node, name: str) -> Quantity | None:
    """Return the values of a function of an index, if a vector is asked for.

    So of D^*(x) := ..., where L(D) is a function of the vector D in L(D^*).
    """
    wanted = evaluator.plain(name)
    if not isinstance(argument, Symbol) or getattr(wanted, "components", 0) != 1:
        return None
    if evaluator.bound(argument.name) is not None:
        return None
    function = evaluator.plain(argument.name)
    if not isinstance(function, Definition) or len(function.parameters or ()) != 1:
        return None
    (index,) = function.parameters or ()
    domain = evaluator.scope.space(index)
    if not isinstance(domain, Range) or function.indices:
        return None
    return known(
        tabulated(evaluator, replace(function, indices=((index, domain),))), name
    )


FAMILY = number(0)  # stands for what has no value of its own, under its own name


def own_family(evaluator: Evaluator, argument: Node, name: str) -> bool:
    """Say whether an argument is a family or a function, passed under its own name."""
    if not isinstance(argument, Symbol) or argument.name != name:
        return False
    meaning = evaluator.plain(name)
    if isinstance(meaning, Definition):
        return meaning.parameters is not None
    return isinstance(meaning, Variable) and (
        bool(meaning.family) or isinstance(meaning.space, Maps)
    )


def apply(
    evaluator: Evaluator, definition: Definition, arguments: list[Thing],
    given: list[Quantity],
) -> Thing:  # fmt: skip
    """Evaluate a definition's body with these arguments."""
    assert definition.parameters is not None
    evaluator.calls += 1
    if evaluator.calls > 3000:
        raise RefusedError(f"{definition.name} is defined in a circle")
    values: dict[Key, Thing] = {}
    arguments = alike(
        [
            as_declared(evaluator, name, x) if isinstance(x, Pending) else x
            for name, x in zip(definition.parameters, arguments, strict=True)
        ]
    )
    for name, argument in zip(definition.parameters, arguments, strict=True):
        if argument is FAMILY:
            continue
        if name in definition.squared:
            value = known(argument, "an argument")
            argument = Quantity(square_root(value.array), value.rank)
        values["plain", name, 0] = argument
        values |= sizes_of(evaluator, name, argument)
    if not definition.indices or len(given) < len(definition.indices):
        with evaluator.layer(values):
            if definition.indices:
                found = tabulated(evaluator, definition)
            else:
                found = of_each(evaluator, definition, arguments)
            found = trim_thing(found)
        return component(evaluator, found, given)
    for (name, _), index in zip(definition.indices, given, strict=False):
        values["plain", name, 0] = index
    with evaluator.layer(values, dict(definition.indices)):
        found = trim_thing(member(evaluator, definition, given))
    return component(evaluator, found, given[len(definition.indices) :])


def alike(arguments: list[Thing]) -> list[Thing]:
    """Return arguments with those of open size in that of a vector beside them."""
    known = [x for x in arguments if isinstance(x, Quantity) and x.rank == "column"]
    if len({x.shape[0] for x in known}) != 1:
        return arguments
    return [
        x.like(known[0]) if isinstance(x, Pending) and x.rank == "column" else x
        for x in arguments
    ]


def as_declared(evaluator: Evaluator, name: str, argument: Pending) -> Thing:
    """Return an argument of open size in that of the parameter that it is given for."""
    meaning = evaluator.plain(name)
    if isinstance(meaning, Definition):
        meaning = meaning.variable
    space = meaning.space if meaning else None
    if isinstance(space, Simplex | UnitVectors):
        return argument.sized(evaluator.whole(space.size))
    if isinstance(space, Power):
        return argument.sized(evaluator.whole(space.sizes[0]))
    return argument


def of_each(
    evaluator: Evaluator, definition: Definition, arguments: list[Thing]
) -> Thing:
    """Evaluate a body; a function of a number takes a vector component by component.

    It does so before anything in its body is added or multiplied by components.
    """
    try:
        with strictly(evaluator):
            return evaluator(definition.body)
    except ShapeError:
        name = (definition.parameters or ("",))[0]
        argument = arguments[0]
        declared = evaluator.plain(name)
        of_vectors = isinstance(declared, Variable) and declared.components > 0
        one = len(arguments) == 1 and isinstance(argument, Quantity)
        if not one or of_vectors or argument.rank not in ("column", "matrix"):
            if evaluator.componentwise:
                return evaluator(definition.body)
            raise

    def body(entries: Quantity) -> Thing:
        with evaluator.layer({("plain", name, 0): entries}):
            return evaluator(definition.body)

    argument = known(argument, "an argument")
    return entry_by_entry(evaluator, argument, body, definition.name)


@contextmanager
def strictly(evaluator: Evaluator) -> Iterator[None]:
    """Let numbers and vectors be of different kinds for a while."""
    before, evaluator.componentwise = evaluator.componentwise, False
    try:
        yield
    finally:
        evaluator.componentwise = before


def trim_thing(thing: Thing) -> Thing:
    """Drop axes that are no longer in use."""
    return (
        Quantity(trimmed(thing.array), thing.rank)
        if isinstance(thing, Quantity)
        else thing
    )


def sizes_of(evaluator: Evaluator, name: str, argument: Thing) -> dict[Key, Thing]:
    """Return the sizes that an argument gives to its parameter's set.

    A function of z in R^K, called with a vector of another length, has that K.
    """
    meaning = evaluator.plain(name)
    space = meaning.space if isinstance(meaning, Variable) else None
    if isinstance(meaning, Definition) and meaning.variable:
        space = meaning.variable.space
    sizes: tuple[Node, ...] = ()
    if isinstance(space, Power | Simplex):
        sizes = space.sizes if isinstance(space, Power) else (space.size,)
    if not isinstance(argument, Quantity):
        return {}
    return {
        ("plain", size.name, 0): number(length)
        for size, length in zip(sizes, argument.shape, strict=False)
        if isinstance(size, Symbol) and argument.rank != "number"
    }
