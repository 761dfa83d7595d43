"""Tokens to expressions: sums, products, and which of them are refused.

What is written can often be read in two ways; the parser then raises, and names both.
"""

from __future__ import annotations

from mathcheck.read.calls import unit_indicator
from mathcheck.read.constructs import construct, named_operator
from mathcheck.read.cursor import Cursor
from mathcheck.read.derivatives import italic_derivative
from mathcheck.read.lexer import Token, tokens
from mathcheck.read.limits import big
from mathcheck.read.names import ACCENTS, symbol
from mathcheck.read.problems import UndefinedError
from mathcheck.read.scope import Scope
from mathcheck.read.scripts import scripted
from mathcheck.read.syntax import (
    Big,
    Binary,
    Call,
    Derivative,
    Limit,
    Negated,
    Node,
    Number,
)
from mathcheck.read.tree import bound_names, symbols

PRODUCTS = {
    r"\cdot": "dot",
    r"\times": "times",
    r"\odot": "odot",
    r"\otimes": "kron",
    r"\oslash": "oslash",
    "*": "times",
}


WORDS_OF_FUNCTIONS = frozenset(
    "log ln exp sin cos tan tanh max min argmax argmin softmax sigmoid lim det".split()
)
STYLES = (r"\mathbf", r"\mathbb", r"\mathcal")


# Commands that cannot begin a factor
NOT_FACTORS = frozenset(
    r"""\le \ge \ne \in \notin \approx \propto \preceq \succeq \to \mapsto \sim \simeq
    \cdot \times \odot \otimes \oslash \mid \| \} \rangle \Rightarrow \Leftrightarrow
    \wedge \vee \lor \setminus \pm \mp \dots \forall \exists \, \subset
    \prec \succ \ll \gg \circ \cup \cap \bmod \mod \cong \perp \doteq \asymp
    \therefore \because \blacksquare \square \top \dagger \star""".split()
)


class Parser(Cursor):
    """Reads one element, or a part of it, with what is declared at its place."""

    def __init__(self, latex: str | list[Token], scope: Scope) -> None:
        super().__init__(tokens(latex) if isinstance(latex, str) else latex)
        self.scope = scope
        self.bound: list[str] = []  # by the sums around this place
        self.bars = 0  # open |…| and ‖…‖, whose closing bar begins no factor
        self.loose: set[str] = set()  # parameters, which need no declaration
        self.fresh = False  # whether an undeclared name may stand here

    # --- sums --------------------------------------------------------------------

    def expression(self) -> Node:
        """Read a sum of products."""
        left = self.term()
        while self.at("+", "-"):
            operator = self.take()
            captured = trailing(left)
            start = self.position
            right = self.term()
            self.check_capture(captured, right, start)
            left = Binary(operator.text, left, right, at=operator.at)
        if self.at(r"\pm", r"\mp"):
            raise self.refuse(f"{self.here.text} is two statements; write both")
        return left

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
            else:
                return left
            self.one_slash(slashed)
            self.refuse_two_readings(left, sign)
            right = self.factor()
            if operation == "*" and isinstance(right, Number):
                raise self.refuse(
                    r"a number after a factor; write \cdot between them", right.at
                )
            left = Binary(operation, left, right, at=sign.at)

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
        while isinstance(last, Binary) and last.operation != "^":
            last = last.right
        if isinstance(last, Call) and last.bare:
            name = "\\" + last.function
            raise self.refuse(
                f"{name} a b can be read in two ways; "
                f"write {name}(a b) or ({name} a) b",
                sign.at,
            )
        if isinstance(last, Derivative) and last.reaches:
            raise self.refuse(
                "a derivative before a product can be read in two ways; "
                "put brackets around what is differentiated",
                sign.at,
            )

    def starts_factor(self) -> bool:
        """Say whether a factor begins here."""
        token = self.here
        if token.kind in ("number", "letter", "name"):
            return True
        if token.text in ("|", r"\|"):
            return not self.bars  # else it closes, or stands between arguments
        if token.kind == "mark":
            return token.text in ("(", "[", "{")
        return (
            token.kind == "command"
            and token.text not in NOT_FACTORS
            and not (token.text.startswith((r"\end{", r"\right")))
        )

    def factor(self) -> Node:
        """Read an atom with its subscripts and superscripts, and a factorial's mark."""
        node = self.atom()
        while self.at("!"):
            node = Call("factorial", (node,), at=self.take().at)
        return node

    def atom(self) -> Node:
        """Read an atom with its subscripts and superscripts."""
        while self.at("{"):  # the reader does not see it
            stop = self.closing(self.position)
            inside = self.tokens[self.position + 1 : stop]
            if not inside:
                raise self.refuse("empty braces")
            self.tokens = [
                *self.tokens[: self.position], *inside, *self.tokens[stop + 1 :],
            ]  # fmt: skip
        token = self.here
        if token.kind == "number":
            indicator = unit_indicator(self)
            if indicator is not None:
                return scripted(self, indicator)
            self.take()
            if self.at("_"):
                return symbol(self, token)
            return scripted(self, Number(token.text, at=token.at))
        if self.at(r"\Sigma") and not self.names(r"\Sigma") and self.sums_here():
            return big(self, "sum")
        read = named_operator(self)
        if read:
            return read(self)
        self.refuse_bare_word()
        italic = token.text == "d" and token.kind == "letter"
        if italic and not self.names("d") and not self.fresh:
            return italic_derivative(self)
        if token.kind in ("letter", "name") or self.at(*STYLES, *ACCENTS):
            return symbol(self)
        return construct(self)

    def factors_without_times(self) -> Node:
        r"""Read a size such as K or 2 K + 1, up to the next \times."""
        stop = self.position
        while self.tokens[stop].kind != "end" and self.tokens[stop].text != r"\times":
            stop += 1
        inner = self.tokens[self.position : stop]
        self.position = stop
        return self.isolated(inner, self.expression)

    # --- arguments -----------------------------------------------------------------

    def group(self) -> Node:
        """Read an argument in braces as one expression."""
        return self.isolated(self.argument(), self.expression)

    def refuse_bare_word(self) -> None:
        """Refuse log without its backslash, which TeX sets as a product of letters."""
        word, position = "", self.position
        while self.tokens[position].kind == "letter":
            token = self.tokens[position]
            if (word and token.at != self.here.at + len(word)) or len(token.text) > 1:
                break
            word, position = word + token.text, position + 1
        if word in WORDS_OF_FUNCTIONS:
            raise self.refuse(f"{word} without its backslash; write \\{word}")

    def sums_here(self) -> bool:
        r"""Say whether a capital sigma has limits, and so is meant as a sum."""
        position = self.position + 1
        while self.tokens[position].text in ("_", "^"):
            length = 1
            if self.tokens[position + 1].text == "{":
                length = self.closing(position + 1) - position
            inner = self.tokens[position + 1 : position + 1 + length]
            if any(t.text == "=" for t in inner):
                return True
            position += 1 + length
        return False

    def names(self, name: str) -> bool:
        """Say whether a name stands for something here."""
        return self.scope.known(name) or name in self.bound or name in self.loose

    def require(self, name: str, at: int) -> None:
        """Raise unless a name is declared."""
        if not (self.scope.known(name) or name in self.bound or self.fresh):
            raise UndefinedError(f"{name} is not declared here", at)


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
