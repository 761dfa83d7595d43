"""Expressions at given values of their symbols: what stands at a bar of evaluation."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate.evaluator import Evaluator, rule
from mathcheck.evaluate.quantity import Pending, Quantity, Thing, known
from mathcheck.read.problems import RefusedError, ShapeError, SizeError, UndefinedError
from mathcheck.read.scope import Key, Variable
from mathcheck.read.syntax import ZERO, Node, Substituted, Symbol
from mathcheck.read.tree import unbracketed


@rule(Substituted)
def evaluate_substituted(evaluator: Evaluator, node: Substituted) -> Thing:
    """Evaluate where symbols have these values, and all that depends on them."""
    values: dict[Key, Thing] = {}
    for name, value in zip(node.names, node.values, strict=True):
        key = key_in(evaluator, name, node)
        values[key] = fitted(evaluator, Symbol(name, at=node.at), value)
    with evaluator.layer(values):
        found = evaluator(node.body)
    if isinstance(found, Pending):
        raise ShapeError("the size of what is evaluated cannot be read", node.at)
    return found


def key_in(evaluator: Evaluator, name: str, node: Node) -> Key:
    """Return under which key a symbol has its value here."""
    plain: Key = ("plain", name, 0)
    if evaluator.bound(name) is not None:
        return plain
    meaning = evaluator.plain(name)
    if meaning is None:
        raise UndefinedError(f"{name} is not declared here", node.at)
    if isinstance(meaning, Variable) and meaning.family:
        raise RefusedError(f"{name} has indices; it cannot be set as a whole", node.at)
    return meaning.key if isinstance(meaning, Variable) else plain


def fitted(evaluator: Evaluator, symbol: Symbol, value: Node) -> Quantity:
    """Evaluate what a symbol is set to, in its shape; 0 is the zero vector, too."""
    current = known(evaluator(symbol), symbol.name)
    found = evaluator(value)
    if current.rank != "number" and unbracketed(value) == ZERO:
        return Quantity(np.zeros(current.shape), current.rank)
    if found.rank != current.rank:
        raise ShapeError(
            f"{symbol.name} is {current.words}, and is set to another kind"
        )
    if isinstance(found, Pending):
        found = found.like(current)
    if found.shape != current.shape:
        raise SizeError(
            f"{symbol.name} is {current.words}, and is set to {found.words}"
        )
    return found
