"""One formula: what it declares, defines and claims, and what became of each."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.page.finding import BAD, CLAIMS, Finding
from mathcheck.page.suppose import (
    Sentences,
    after_words,
    condition_after,
    supposes,
)
from mathcheck.read.claims import Statement
from mathcheck.read.formula import Formula
from mathcheck.read.problems import Problem, Status
from mathcheck.read.scope import Definition, Scope, Variable, key_of, trail_of
from mathcheck.read.syntax import (
    Binary,
    Call,
    Indexed,
    Infinity,
    Interval,
    Member,
    Negated,
    Node,
    Number,
    Symbol,
)
from mathcheck.read.tree import all_bound, symbols
from mathcheck.trial.examine import Verdict, examine

# Of one run: `serve` checks a page again at every edit, and most of it is as it was
MEMORY: dict[str, list[tuple[Finding, int]]] = {}


class ElementCheck:
    """Checks the statements of one formula after the other."""

    def __init__(
        self, formula: Formula, path: str, scope: Scope, sentences: Sentences
    ) -> None:
        self.formula = formula
        self.mark = formula.element.mark
        if self.mark and self.mark.asks:
            self.mark = None  # it is checked like any other
        self.path = path
        self.scope = scope
        self.sentences = sentences
        self.context = sentences.context(formula)
        self.found: list[Finding] = []
        self.places: list[int] = []  # where in the formula the findings stand
        self.taken: list[Statement] = []  # those that declare
        self.conditions: list[Node] = []  # under which its statements hold

    def remembered(self) -> list[Finding]:
        """Return what was found in this formula, perhaps when it was met before.

        Only what declares and supposes nothing may be passed over the second time.
        """
        context, item = self.context, self.formula.element
        after = context.condition.latex if context.condition else ""
        words = (context.strength, context.concludes, repr(context.supposed), after)
        mark = (self.mark.kind, self.mark.reason) if self.mark else ()
        key = trail_of(repr((self.scope.trail, item.latex, item.display, mark, words)))
        if key in MEMORY:
            return [self.moved(finding, at) for finding, at in MEMORY[key]]
        trail, supposed = self.scope.trail, len(self.sentences.supposed)
        found = self.run()
        same = trail == self.scope.trail and supposed == len(self.sentences.supposed)
        if same and len(found) == len(self.places):
            if len(MEMORY) > 20_000:
                MEMORY.clear()
            MEMORY[key] = list(zip(found, self.places, strict=True))
        return found

    def moved(self, finding: Finding, at: int) -> Finding:
        """Return a finding at the place where its formula stands now."""
        line, column = self.formula.place(at)
        return replace(
            finding,
            path=self.path,
            line=line,
            column=column,
            offset=self.formula.offset,
        )

    def report(self, statement: Statement, verdict: Verdict) -> None:
        """Keep a verdict as a finding."""
        at = statement.at
        if verdict.status in BAD and verdict.at >= 0:
            at = verdict.at
        formula = self.formula
        self.places.append(min(max(at, 0), len(formula.latex)))
        line, column = formula.place(self.places[-1])
        shown = formula.on_one_line(statement.at, statement.end)
        self.found.append(
            Finding(
                path=self.path,
                line=line,
                column=column,
                kind="definition" if statement.kind == "zero" else statement.kind,
                status=verdict.status,
                latex=shown or formula.on_one_line(),
                steps=verdict.steps,
                points=verdict.points,
                detail=verdict.detail,
                offset=formula.offset,
            )
        )

    def whole(self, status: Status, detail: str, at: int = -1) -> None:
        """Report something about the formula as one."""
        latex = self.formula.latex
        start = len(latex) - len(latex.lstrip())
        statement = Statement("claim", start, len(latex))
        self.report(statement, Verdict(status, detail=detail, at=at))

    def run(self) -> list[Finding]:
        """Check all statements; return what was found."""
        mark = self.mark
        if mark and mark.kind == "unchecked":
            if mark.reason:
                self.whole("unchecked", mark.reason)
            else:
                self.whole("refused", "give a reason: <!-- math: unchecked: REASON -->")
            return self.found
        if mark and mark.kind != "refuted":
            self.whole("refused", f"unknown comment <!-- math: {mark.kind} -->")
            return self.found
        try:
            for statement in self.formula.statements(
                self.scope, concludes=self.context.concludes
            ):
                self.report(*self.tried(statement))
        except Problem as problem:
            self.whole(problem.status, str(problem), problem.at)
        except RecursionError:
            self.whole("refused", "too deeply nested")
        except Exception as error:  # a defect of the checker is no verdict, nor its end
            self.whole(
                "refused",
                f"the checker fails on this formula ({type(error).__name__}: {error})",
            )
        if not self.found:
            self.whole("refused", "nothing can be read here")
        return shown_false(self.found) if mark else self.found

    def tried(self, statement: Statement) -> tuple[Statement, Verdict]:
        """Try a statement; if it fails, with what the sentence supposes."""
        if statement.declares:
            self.taken.append(statement)
        spoken = statement.said is not None
        if not spoken:
            self.conditions += statement.conditions
        verdict = settle(statement, self.scope)
        if self.mark and verdict.missing:  # it is shown because it has no value
            verdict = replace(verdict, status="refuted")
        node = statement.node
        if verdict.status != "refuted" or node is None or self.mark:
            return statement, verdict
        if statement.kind not in CLAIMS:
            return statement, verdict
        context = self.context
        if statement.said is not None:  # within the sentence that the formula makes
            context = replace(after_words(statement.said), supposed=self.conditions)
        if supposes(self.scope, node, statement.conditions, context):
            if not spoken:
                self.sentences.suppose(node, context)
            supposed = Verdict("holds", detail="a supposition: it can be true")
            return replace(statement, kind="mention"), supposed
        after = condition_after(context, self.scope)
        more = [*context.supposed, *([after] if after else [])]
        if more:
            under = examine(self.scope, node, [*statement.conditions, *more])
            if under.status == "holds":
                detail = f"as supposed in words; {under.detail}"
                return statement, replace(under, detail=detail)
        return statement, verdict


def shown_false(found: list[Finding]) -> list[Finding]:
    """Turn the verdicts of a formula that is shown because it is false."""
    refuted = [f for f in found if f.kind in CLAIMS and f.status == "refuted"]
    if refuted:
        return [
            replace(f, status="refuted-on-purpose") if f in refuted else f
            for f in found
        ]
    if any(f.status in BAD for f in found):
        return found
    claims = [f for f in found if f.kind in CLAIMS] or found
    why = (
        f"it holds ({claims[0].detail})"
        if claims[0].kind in CLAIMS
        else "it claims nothing"
    )
    false = replace(claims[0], status="refuted", detail=f"marked as refuted, but {why}")
    return [false if f is claims[0] else f for f in found]


# --- statements ------------------------------------------------------------------


def settle(statement: Statement, scope: Scope) -> Verdict:
    """Take a statement in: declare what it declares, and try what it claims."""
    for meaning in statement.declares:
        if isinstance(meaning, Variable):
            scope.add(meaning)
    if statement.problem:
        problem = statement.problem
        return Verdict(problem.status, detail=str(problem), at=problem.at)
    if statement.kind == "zero":
        scope.frames[-1].zero_log_zero = True
        return Verdict("holds")
    if statement.kind == "declaration":
        return Verdict("holds")
    if statement.kind == "definition":
        return define(statement, scope)
    assert statement.node is not None
    if captured := capture(statement):
        return Verdict("refused", detail=captured, at=statement.at)
    return examine(scope, statement.node, [*statement.conditions])


def capture(statement: Statement) -> str:
    """Say which letter of a condition is bound in the statement, if one is."""
    assert statement.node is not None
    free = set().union(*map(symbols, statement.conditions), set())
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
    before = here.get(key_of(meaning))
    if isinstance(before, Definition) and before.body != meaning.body:
        return Verdict(
            "refused",
            detail=f"{meaning.name} is defined in this section already",
            at=statement.at,
        )
    tried = examinable(meaning, scope)
    scope.add(meaning)
    if tried is None:
        return Verdict("holds")
    verdict = examine(scope, tried, conditions)
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


REALS = Interval(Negated(Infinity()), Infinity(), True, True)


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
