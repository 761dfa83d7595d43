"""One statement taken in: what it declares and defines, and the verdict on it."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.claims import Statement
from mathcheck.read.continua import REALS
from mathcheck.read.scope import Definition, Scope, Variable
from mathcheck.read.syntax import (
    SETS,
    Binary,
    Both,
    Call,
    Every,
    Indexed,
    Member,
    Node,
    Number,
    Symbol,
    Vector,
)
from mathcheck.read.tree import all_bound, symbols
from mathcheck.trial.examine import Verdict, examine


def settle(statement: Statement, scope: Scope) -> Verdict:
    """Take a statement in: declare what it declares, and try what it claims."""
    for meaning in statement.declares:
        if isinstance(meaning, Variable) or statement.kind == "declaration":
            scope.add(meaning)
    if statement.problem:
        problem = statement.problem
        return Verdict(problem.status, detail=str(problem), at=problem.at)
    if statement.kind == "zero":
        scope.frames[-1].zero_log_zero = True
        return Verdict("holds")
    if statement.kind == "pending":
        scope.leave(statement.leaves)
        return Verdict("holds")
    if statement.kind == "declaration":
        return Verdict("holds")
    if statement.kind == "definition":
        return define(statement, scope)
    assert statement.node is not None
    if captured := capture(statement):
        return Verdict("refused", detail=captured, at=statement.at)
    return examine(scope, statement.node, [*statement.conditions])


def of_components(statement: Statement, scope: Scope) -> Verdict | None:
    """Try a family that is declared, if it is the components of what is defined."""
    for meaning in statement.declares:
        if not isinstance(meaning, Variable) or not meaning.family:
            continue
        if not isinstance(scope.plain(meaning.name), Definition):
            continue
        inner = scope.nested()
        indices = "ijklmn"[: len(meaning.family)]
        for name, domain in zip(indices, meaning.family, strict=True):
            inner.add(Variable(name, domain))
        component = Indexed(Symbol(meaning.name), tuple(map(Symbol, indices)))
        verdict = examine(inner, Member(component, meaning.space), [])
        if verdict.status in ("holds", "refuted"):
            return verdict
    return None


def left_free(condition: Node) -> set[str]:
    """Return the names in a condition of which it is not said that they run in it."""
    if isinstance(condition, Both):
        return set().union(*map(left_free, condition.conditions))
    if isinstance(condition, Every):
        return left_free(condition.condition) - {*condition.names}
    return {*symbols(condition)}


def capture(statement: Statement) -> str:
    """Say which letter of a condition is bound in the statement, if one is."""
    assert statement.node is not None
    free = set().union(*map(left_free, statement.conditions), set())
    both = sorted(free & all_bound(statement.node))
    if not both:
        return ""
    return (
        f"{both[0]} is bound by a sum and also stands in the condition; "
        "rename one of the two"
    )


def define(statement: Statement, scope: Scope) -> Verdict:
    """Take a definition in, if it can be evaluated and contradicts nothing."""
    meaning, conditions = statement.declares[-1], [*statement.conditions]
    assert isinstance(meaning, Definition)
    here = scope.frames[-1].meanings
    before = here.get(meaning.key)
    if isinstance(before, Definition) and before.body != meaning.body:
        return Verdict(
            "refused",
            detail=f"{meaning.name} is defined in this section already",
            at=statement.at,
        )
    for other in statement.declares[:-1]:
        scope.add(other)
    if isinstance(meaning.body, SETS):
        scope.add(meaning)
        return Verdict("holds")
    tried = examinable(meaning, scope)
    scope.add(meaning)
    if tried is None:
        return Verdict("holds")
    verdict = examine(scope, tried, conditions)
    if verdict.status == "refused" and is_tuple(meaning):
        return Verdict("holds", detail="a tuple")  # what uses its value is refused
    if verdict.status == "refused" and meaning.parameters:  # perhaps it is of numbers
        inner = scope.nested()
        for name in meaning.parameters:
            inner.add(Variable(name, REALS))
        of_numbers = examine(inner, tried, conditions)
        verdict = of_numbers if of_numbers.status == "holds" else verdict
    families = [
        name
        for name in meaning.parameters or ()
        if getattr(scope.plain(name), "family", ())
    ]
    if verdict.status == "refused" and families:  # h(x) beside the samples x^{(i)}
        return Verdict("holds")
    if verdict.status == "holds" and isinstance(before, Variable) and not before.family:
        inside = examine(scope, Member(tried, before.space), conditions)
        if inside.status == "refuted":
            detail = f"{meaning.name} is declared in a set that this is not in: "
            return replace(inside, detail=detail + inside.detail)
    return Verdict(verdict.status, detail=verdict.detail, at=verdict.at)


def is_tuple(meaning: Definition) -> bool:
    """Say whether a name is given to a few symbols, which need not be numbers."""
    body = meaning.body
    symbols = isinstance(body, Vector) and all(
        isinstance(i, Symbol) for i in body.items
    )
    return symbols and meaning.parameters is None and not meaning.indices


def argument(meaning: Definition, name: str) -> Node:
    """Return a parameter as the definition writes it: as a square, perhaps."""
    symbol = Symbol(name)
    return Binary("^", symbol, Number("2")) if name in meaning.squared else symbol


def alone(meaning: Variable | Definition | None) -> bool:
    """Say whether a name has a value here."""
    return isinstance(meaning, Variable) or (
        meaning is not None and not meaning.indices
    )


def examinable(meaning: Definition, scope: Scope) -> Node | None:
    """Return an expression that evaluates a definition, if all it takes is declared."""
    parameters = meaning.parameters or ()
    if not all(alone(scope.plain(name)) for name in parameters):
        return None
    base: Node = Symbol(meaning.name)
    if meaning.parameters is not None:
        base = Call(meaning.name, tuple(argument(meaning, n) for n in parameters))
    if meaning.indices:
        return Indexed(base, tuple(Symbol(name) for name, _ in meaning.indices))
    return base
