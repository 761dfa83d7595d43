"""Tokens to expressions: sums, products, and which of them are refused.

What is written can often be read in two ways; the parser then raises, and names both.
An atom is read as the grammar says (`grammar.py`), by the sign that it begins with.
What reads it comes back here for the expressions inside: that is the whole recursion,
and the constructs know this parser, not one another in circles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypedDict, Unpack

from mathcheck.read.cursor import Cursor
from mathcheck.read.dots import dotted_product, dotted_sum
from mathcheck.read.endless import endless_sum
from mathcheck.read.lexer import Kind, Token
from mathcheck.read.parts import axes
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Scope
from mathcheck.read.signs import (
    AROUND_OPERAND,
    FUNCTIONS,
    LATTICE,
    NOT_FACTORS,
    OF_MATRICES,
    PRODUCTS,
    REPAIRS,
    in_degrees,
    percentage,
)
from mathcheck.read.syntax import (
    Big,
    Binary,
    Bracket,
    Call,
    Derivative,
    Dots,
    Limit,
    Member,
    Negated,
    Node,
    Number,
    Relation,
    Substituted,
    Transposed,
)
from mathcheck.read.tree import bound_names, symbols, unbracketed

Rule = Callable[["Parser"], Node]


@dataclass(frozen=True)
class Grammar:
    """What reads an atom: by the sign that it begins with, or by the kind of that."""

    signs: Mapping[str, Rule]
    kinds: Mapping[Kind, Rule]
    condition: Rule  # what reads the condition of a set
    space: Rule  # what reads a set in a set
    bar: Callable[[Parser, Node], Node]  # reads f|_{x = 0}, after f

    def rule(self, token: Token) -> Rule | None:
        """Return what reads what begins with a token, if anything does."""
        if token.is_sign and token.text in self.signs:
            return self.signs[token.text]
        return self.kinds.get(token.kind)


class State(TypedDict, total=False):
    """What holds for a while: which names may stand here, and what a bar would do."""

    bound: tuple[str, ...]  # names bound by the sums around this place
    loose: frozenset[str]  # parameters, which need no declaration
    fresh: bool  # whether an undeclared name may stand here
    running: frozenset[str]  # second indices, as k in j < k, that run too
    bars: int  # open |…| and ‖…‖, whose closing bar begins no factor
    joining: bool  # whether \wedge and \vee stand between conditions


class Parser(Cursor):
    """Reads one element, or a part of it, with what is declared at its place."""

    def __init__(self, tokens: list[Token], scope: Scope, grammar: Grammar) -> None:
        super().__init__(tokens)
        self.scope = scope
        self.grammar = grammar
        self.bound: tuple[str, ...] = ()
        self.loose: frozenset[str] = frozenset()
        self.fresh = False
        self.running: frozenset[str] = frozenset()
        self.bars = 0
        self.joining = False
        self.shared: dict[str, str] = {}  # second indices that may run, with the sign
        # What braces and alternatives say of a part, with its conditions, by place
        self.aside: dict[int, tuple[Relation | Member, tuple[Node, ...]]] = {}

    @contextmanager
    def having(self, **state: Unpack[State]) -> Iterator[None]:
        """Read in another state for a while."""
        outer = {name: getattr(self, name) for name in state}
        vars(self).update(state)
        try:
            yield
        finally:
            vars(self).update(outer)

    def is_index(self, name: str) -> bool:
        """Say whether a name is that of an index, of a sum or declared."""
        return name in self.bound or self.scope.is_index(name)

    def other(self, tokens: list[Token]) -> Parser:
        """Return a parser of other tokens at the same place."""
        return Parser(tokens, self.scope, self.grammar)

    # --- sums --------------------------------------------------------------------

    def expression(self) -> Node:
        """Read a sum of products."""
        left = self.term()
        while self.at("+", "-") or self.dots_before_sign():
            dotted = self.skip(r"\dots")  # x_1 + x_2 \cdots + x_n
            operator = self.take()
            if dotted:
                left = dotted_sum(left, operator, self.term())
                continue
            if self.skip(r"\dots"):
                if self.at(operator.text):
                    self.take()
                    left = dotted_sum(left, operator, self.term())
                else:
                    left = endless_sum(left, operator)
                continue
            captured = trailing(left)
            start = self.position
            right = self.term()
            self.check_capture(captured, right, start)
            if isinstance(right, Substituted):
                self.check_reach(left, right)
            left = Binary(operator.text, left, right, at=operator.at)
        if self.at(r"\pm", r"\mp"):
            raise self.refuse(f"{self.here.text} is two statements; write both")
        return left

    def dots_before_sign(self) -> bool:
        """Say whether dots stand between terms, and the sign behind them only."""
        return self.at(r"\dots") and self.ahead().text in ("+", "-")

    def check_reach(self, left: Node, last: Substituted) -> None:
        """Refuse a sum of which a bar may mean the last term, or all of it."""
        if symbols(left) & set(last.names):
            raise self.refuse(
                "whether the bar belongs to the last term or to the sum can be read in "
                r"two ways; write \left. ... \right| around what is meant",
                last.at,
            )

    def check_capture(self, captured: set[str], right: Node, start: int) -> None:
        """Refuse a sum whose index is used after it has ended."""
        used = captured & symbols(right)
        if used:
            index = sorted(used)[0]
            raise self.refuse(
                f"{index} is used after the sum over {index} has ended; put the sum's "
                "terms in brackets, or rename the index",
                self.tokens[start].at,
            )

    def term(self) -> Node:
        """Read a product, perhaps with a minus before it."""
        while self.at("{") and self.enclosed and self.enclosed[0].text in "-+{":
            self.unwrap()
        if self.at("-", "+"):
            sign = self.take()
            body = self.term()
            return Negated(body, at=sign.at) if sign.text == "-" else body
        return self.product()

    # --- products ----------------------------------------------------------------

    def product(self) -> Node:
        """Read factors, with or without a sign between them."""
        left = self.factor()
        slashed: Token | None = None
        while True:
            sign = self.here
            if not isinstance(left, Number) and self.dotted():
                self.one_slash(slashed)
                left = dotted_product(left, sign, self.factor())
                continue
            if self.at("/"):
                self.one_slash(slashed)
                self.refuse_two_readings(left, sign)
                slashed = self.take()
                left = Binary("/", left, self.factor(), at=sign.at)
                continue
            if self.at(*PRODUCTS):
                operation = PRODUCTS[self.take().text]
                if self.at("-", "+"):
                    raise self.refuse(f"put brackets around what follows {sign.text}")
            elif self.starts_factor():
                operation = "*"
            elif self.at(*LATTICE) and not self.joining:
                kind = LATTICE[self.take().text]
                return Call(kind, (left, self.product()), at=sign.at)
            elif self.at_bar:
                return self.grammar.bar(self, left)
            else:
                return left
            self.one_slash(slashed)
            self.refuse_two_readings(left, sign)
            start = self.position
            right = self.factor()
            if self.reaches(operation, left, right):
                self.position = start
                right = self.juxtaposed()
            if operation == "*" and isinstance(right, Number):
                raise self.refuse(
                    r"a number after a factor; write \cdot between them", right.at
                )
            left = Binary(operation, left, right, at=sign.at)

    def reaches(self, operation: str, left: Node, right: Node) -> bool:
        r"""Say whether a sign is of a product: A \otimes x x^\top, u \odot W x."""
        if operation == "odot":  # of vectors, one of which is a product with a matrix
            return (len(axes(self.scope, left)), len(axes(self.scope, right))) == (1, 2)
        return operation == "kron"

    def dotted(self) -> bool:
        r"""Take the dots between factors: \cdots, or \cdot \ldots \cdot."""
        start = self.position
        self.skip(r"\cdot", r"\times", "*")
        if self.skip(r"\dots"):
            self.skip(r"\cdot", r"\times", "*")
            if self.starts_factor():
                return True
        self.position = start
        return False

    def juxtaposed(self) -> Node:
        """Read factors without a sign between them, as an operator takes them."""
        bracketed = self.at("(", "[", r"\{")
        left = self.factor()
        while self.starts_factor():
            sign = self.here
            if bracketed and isinstance(left, Bracket):  # d/dx [f] g
                raise self.refuse(AROUND_OPERAND, sign.at)
            self.refuse_two_readings(left, sign)
            right = self.factor()
            if isinstance(unbracketed(right), Derivative):
                raise self.refuse(AROUND_OPERAND, sign.at)
            if isinstance(right, Number):
                raise self.refuse(
                    r"a number after a factor; write \cdot between them", right.at
                )
            left = Binary("*", left, right, at=sign.at)
        return left

    def one_slash(self, slashed: Token | None) -> None:
        """Refuse a product after a slash, which may be in the denominator or not."""
        if slashed:
            raise self.refuse(
                r"a/b c can be read in two ways; write \frac{a}{b} c or a/(b c)",
                slashed.at,
            )

    def refuse_two_readings(self, left: Node, sign: Token) -> None:
        """Refuse what may or may not reach over the next factor."""
        last = left
        while isinstance(last, Binary):
            base = last.left if last.operation == "^" else None
            if base is None:
                last = last.right
            elif isinstance(base, Bracket) and base.at == base.body.at:  # \log^2 a b
                last = base.body
            else:
                break
        if isinstance(last, Call) and last.bare and not goes_apart(last, self.here):
            name = "\\" + last.function
            if name not in (*FUNCTIONS, r"\det"):
                name = rf"\operatorname{{{last.function}}}"
            raise self.refuse(
                f"{name} a b can be read in two ways; "
                f"write {name}(a b) or ({name} a) b",
                sign.at,
            )
        if isinstance(last, Derivative) and last.reaches:
            raise self.refuse(AROUND_OPERAND, sign.at)

    def starts_factor(self) -> bool:
        """Say whether a factor begins here."""
        token = self.here
        if token.kind in ("number", "letter", "name"):
            return True
        if token.text in ("|", r"\|"):
            return (
                not self.bars and not self.at_bar
            )  # else it closes, or stands between arguments
        if token.kind == "mark":
            return token.text in ("(", "[", "{")
        return (
            token.kind == "command"
            and token.text not in NOT_FACTORS
            and not (token.text.startswith((r"\end{", r"\right")))
        )

    @property
    def at_bar(self) -> bool:
        """Whether a bar with a subscript stands here, which opens nothing."""
        return self.at("|") and self.ahead().text == "_" and not self.bars

    def factor(self) -> Node:
        r"""Read an atom with its scripts, and a mark after it: x!, 5\%, 90°."""
        node = self.atom()
        if self.at("\\%"):
            node = percentage(node, self.take().at)
        elif self.at("\\degree"):
            node = in_degrees(node, self.take().at)
        if self.at("!"):
            node = Call("factorial", (node,), at=self.take().at)
            if self.at("!"):
                raise self.refuse("x!! can be read in two ways; write (x!)!")
        return node

    def atom(self) -> Node:
        """Read an atom with its subscripts and superscripts."""
        while self.at("{"):  # the reader does not see it
            if not self.enclosed:
                return self.turned_before()
            self.unwrap()
        read = self.grammar.rule(self.here)
        if read is None:
            raise self.unreadable()
        return read(self)

    def unwrap(self) -> None:
        """Take the braces from the group that stands here."""
        inside = self.enclosed
        self.rewrite(len(inside) + 2, inside)

    def turned_before(self) -> Node:
        r"""Read {}^t A, whose sign for the transpose stands before it."""
        at = self.here.at
        self.bracketed()
        script = [t.text for t in self.argument()] if self.skip("^") else []
        if script not in (["t"], ["T"], [r"\top"]):
            raise self.refuse("empty braces", at)
        return Transposed(self.atom(), at=at)

    def unreadable(self) -> RefusedError:
        """Say what stands where a factor should."""
        token = self.here
        if token.kind == "end":
            return self.refuse("the formula breaks off; something is missing")
        if token.kind == "words":
            return self.refuse(rf"cannot read \text{{{token.text}}} inside a formula")
        if token.kind == "command" and token.text[1:].isalpha():
            repair = f"; {REPAIRS[token.text]}" if token.text in REPAIRS else ""
            return self.refuse(
                f"{token.text} is not something that is read here{repair}"
            )
        return self.refuse(f"something is missing before {token.text}")

    # --- lists and arguments -------------------------------------------------------

    def sequence(self) -> list[Node]:
        """Read expressions with commas between them; dots may stand for some."""
        found = [self.item()]
        while self.skip(",", ";"):
            found.append(self.item())
        return found

    def item(self) -> Node:
        """Read an expression of a sequence, or dots."""
        if self.at(r"\dots"):
            return Dots(at=self.take().at)
        return self.expression()

    def whole(self, tokens: list[Token]) -> Node:
        """Read tokens as one expression."""
        return self.isolated(tokens, Parser.expression)

    def group(self) -> Node:
        """Read an argument in braces as one expression."""
        return self.whole(self.argument())

    # --- names ---------------------------------------------------------------------

    def knows(self, name: str) -> bool:
        """Say whether a name stands for something here."""
        return self.scope.known(name) or name in self.bound or name in self.loose

    def require(self, name: str, at: int) -> None:
        """Raise unless a name is declared."""
        if not (self.scope.known(name) or name in self.bound or self.fresh):
            raise UndefinedError(f"{name} is not declared here", at)


def goes_apart(call: Call, sign: Token) -> bool:
    r"""Say whether a sign begins another factor: \sin x \cos x, \det A \det B."""
    matrices = call.function in OF_MATRICES and sign.text in (r"\det", *OF_MATRICES)
    return sign.text in FUNCTIONS or matrices


def trailing(node: Node) -> set[str]:
    """Return the names bound by what may reach to the end of a term."""
    if isinstance(node, Big | Limit):
        return bound_names(node) | trailing(node.body)
    if isinstance(node, Binary):
        return trailing(node.right)
    if isinstance(node, Negated):
        return trailing(node.body)
    if isinstance(node, Derivative) and node.reaches:
        return trailing(node.body)
    if isinstance(node, Call) and node.bare:
        return trailing(node.arguments[0])
    return set()
