"""One formula: what it declares, defines and claims, and what became of each."""

from __future__ import annotations

from dataclasses import replace

from mathcheck.evaluate.room import metered
from mathcheck.page.finding import BAD, CLAIMS, Finding, Kind
from mathcheck.page.restrict import between_symbols, of_all, smaller
from mathcheck.page.settle import of_components, settle
from mathcheck.page.suppose import (
    Context,
    Sentences,
    relation_after,
    satisfiable,
    supposes,
    widens,
)
from mathcheck.page.words import said_by
from mathcheck.read.claims import Statement
from mathcheck.read.conditions import contrary, for_all_of
from mathcheck.read.formula import Formula
from mathcheck.read.narrowing import about, fewer
from mathcheck.read.problems import Problem, Status
from mathcheck.read.scope import Meaning, Scope, Variable, numeric, trail_of
from mathcheck.read.syntax import Every, Implication, Node, Relation
from mathcheck.read.tree import symbols
from mathcheck.trial.examine import Verdict, examine
from mathcheck.trial.points import in_force

# Of one run: `serve` checks a page again at every edit, and most of it is as it was
MEMORY: dict[str, list[tuple[Finding, int]]] = {}


SEVERAL = 2  # members or components: of one alone nearly anything can be said


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
        mark = (self.mark.kind, self.mark.reason) if self.mark else ()
        declared = self.sentences.declared if context.said.restricts else []
        carried = [token.text for token in self.formula.carried]
        depends = (
            self.scope.trail, carried, item.latex, item.display, mark, context.key,
            repr(declared),
        )  # fmt: skip
        key = trail_of(repr(depends))
        if key in MEMORY:
            return [self.moved(finding, at) for finding, at in MEMORY[key]]
        trail = self.scope.trail
        found = self.run()
        same = trail == self.scope.trail and self.sentences.last is None
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
            cell=self.formula.cell,
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
                cell=formula.cell,
                line=line,
                column=column,
                kind=kind_of(statement),
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
            with metered():
                for statement in self.formula.statements(
                    self.scope, concludes=self.context.said.concludes
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
        if statement.kind == "declaration" and not self.introduced:
            claimed = of_components(statement, self.scope)
            if claimed:
                return replace(statement, kind="claim", declares=()), claimed
        if self.sentences.invertible(self.formula.element):
            declares = (
                replace(meaning, invertible=True)
                if isinstance(meaning, Variable)
                else meaning
                for meaning in statement.declares
            )
            statement = replace(statement, declares=tuple(declares))
        if statement.declares:
            self.taken.append(statement)
            self.sentences.declare(statement.declares, self.formula.offset)
        spoken = statement.said is not None
        if not spoken:
            self.conditions += statement.conditions
        verdict = settle(statement, self.scope)
        if statement.kind == "declaration":
            for condition in statement.conditions:  # K \in \mathbb{N}, K \ge 2
                self.narrow(condition)
        if self.mark and verdict.missing:  # it is shown because it has no value
            verdict = replace(verdict, status="refuted")
        node = statement.node
        converse = self.only_where(statement)
        if converse:
            return statement, converse
        if verdict.status == "refuted" and not self.mark and self.otherwise(statement):
            return statement, Verdict("refused", detail=statement.twofold)
        if node is None or self.mark or statement.kind not in CLAIMS:
            return statement, verdict
        context = self.context
        if statement.said is not None:  # within the sentence that the formula makes
            context = Context(said_by(statement.said), tuple(self.conditions))
        if context.said.universal:
            node = for_all_of(node)
        if verdict.status == "holds":
            return statement, self.beyond(statement, node, context) or verdict
        if verdict.status != "refuted":
            return statement, verdict
        if not spoken and self.narrow(node):
            self.sentences.last = context.said
            restricts = Verdict("holds", detail="it restricts what was just declared")
            return replace(statement, kind="mention"), restricts
        if supposes(self.scope, node, statement.conditions, context):
            if not spoken:
                self.sentences.suppose(node, context)
            supposed = Verdict("holds", detail="a supposition: it can be true")
            return replace(statement, kind="mention"), supposed
        more = self.supposed_of(context)
        if more and not context.said.denied:
            each = of_each_index(self.scope, more, node)
            for given in (more, each) if each != more else (more,):
                under = examine(self.scope, node, [*statement.conditions, *given])
                if under.status == "holds":
                    detail = f"as supposed in words; {under.detail}"
                    return statement, replace(under, detail=detail)
        return statement, verdict

    def supposed_of(self, context: Context) -> list[Node]:
        """Return what is supposed of a claim, before it and after it."""
        after = None
        if context.after in ("if", "unless", "where") and not context.equality:
            after = relation_after(context, self.scope)
        if after and context.after == "unless":
            after = contrary(after)
        if after and context.universal:
            after = for_all_of(after)
        return [*context.supposed, *([after] if after else [])]

    def beyond(
        self, statement: Statement, node: Node, context: Context
    ) -> Verdict | None:
        """Try a claim that holds where its sentence says more than the declarations.

        "For all $s > -5$" is said of an s that was declared to be positive.
        """
        stated = context.said.sense in ("introduces", "supposes")
        if stated and widens(self.scope, [node]) and statement.said is None:
            self.sentences.suppose(node, context)
            return None
        more = self.supposed_of(context)
        if not more or not widens(self.scope, more):
            return None
        return examine(self.scope, node, [*statement.conditions, *more])

    @property
    def introduced(self) -> bool:
        """Whether words before the formula say that it introduces: "let"."""
        return self.context.said.sense in ("introduces", "supposes")

    def only_where(self, statement: Statement) -> Verdict | None:
        """Try what "only if" says after a claim; what "if" says is tried with it.

        After "with equality" it is tried too, of the sides of a bound.
        """
        node, context = statement.node, self.context
        links = ("if", "only if", "iff") if context.equality else ("only if", "iff")
        if context.after not in links or statement.said is not None:
            return None
        after = relation_after(context, self.scope)
        node = equality_in(node) if context.equality else node
        if after is None or node is None or statement.kind not in CLAIMS or self.mark:
            return None
        implied = Implication(node, after, both=context.after == "iff")
        if context.after == "if":
            implied = Implication(after, node)
        given = [*statement.conditions, *context.supposed]
        verdict = examine(self.scope, implied, given)
        if context.equality and verdict.status == "holds":
            return None  # the bound is to be tried as well
        return replace(verdict, detail=f"with the formula after it; {verdict.detail}")

    def otherwise(self, statement: Statement) -> bool:
        """Say whether a statement holds in its other reading, if it has one."""
        other = statement.otherwise
        if other is None:
            return False
        return examine(self.scope, other, [*statement.conditions]).status == "holds"

    def declares(self, variable: Variable) -> bool:
        r"""Say whether this formula has declared a symbol: K \in \mathbb{N}, K > 1."""
        supposing = self.context.said.sense == "supposes"
        if self.formula.element.display or supposing or self.context.said.denied:
            return False
        named = {meaning.name for one in self.taken for meaning in one.declares}
        return variable.name in named

    def restricted(self, variable: Variable) -> bool:
        """Say whether a relation here restricts a variable."""
        return self.context.reach.covers(variable) or self.declares(variable)

    def related(self, variable: Variable, node: Node) -> bool:
        """Say whether a relation of symbols restricts one; without words, an order.

        What stands beside a declaration with = is rather a claim.
        """
        if isinstance(node, Relation) and "=" in node.operators:
            said, within = self.context.said, self.context.reach
            return bool(said.sense or within.equal) and within.covers(variable)
        return self.restricted(variable)

    def narrow(self, node: Node) -> bool:
        """Restrict what the sentence declares; say whether there is such."""
        scope = self.scope
        among = between_symbols(scope, node)
        if len(among) < 2 or not all(map(numeric, among)):
            if found := self.left_by(node):
                for meaning in found:
                    scope.narrow(meaning)
                return True
        if not any(self.related(variable, node) for variable in among):
            return False
        assert isinstance(node, Relation)
        context = self.context
        given = relation_after(context, scope) if context.after == "if" else None
        born, here = self.sentences.born, self.formula.offset
        chosen = {name for name in context.reach.names if born[name] < here}
        for part in (each := of_all(scope, node, given, chosen)):
            if not satisfiable(scope, part, in_force(scope, each), SEVERAL):
                return False
        for part in each:
            scope.restrict(part)
        return True

    def left_by(self, node: Node) -> list[Meaning]:
        """Return what the sentence declares with the sets that a relation leaves."""
        left = smaller(self.scope, node)
        if left and self.restricted(left):
            return [left] if satisfiable(self.scope, node, ()) else []
        if not self.context.said.restricts:
            return []
        declared = about(self.scope, self.sentences.declared, node)
        return [fewer(meaning, node) for meaning in declared]


def kind_of(statement: Statement) -> Kind:
    """Return the kind of a statement, as it is reported."""
    if statement.kind == "zero" or statement.kind == "pending":  # mypy knows these
        return "definition"
    return statement.kind


def equality_in(node: Node | None) -> Relation | None:
    """Return that the sides of a bound are equal; None if it is no single one."""
    if not isinstance(node, Relation) or node.operators not in ((r"\le",), (r"\ge",)):
        return None
    return replace(node, operators=("=",))


def of_each_index(scope: Scope, supposed: list[Node], claimed: Node) -> list[Node]:
    r"""Return what is supposed of all indices that the claim does not speak of.

    So "if $q_k = 1 / K$, then $\sum_k q_k^2 = 1 / K$" supposes it of each k.
    """
    result: list[Node] = []
    for node in supposed:
        free = sorted(symbols(node) - symbols(claimed))
        names = tuple(name for name in free if scope.is_index(name))
        result.append(Every(names, node) if names else node)
    return result


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
