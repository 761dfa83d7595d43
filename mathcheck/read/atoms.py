"""Atoms that begin with a number, a letter or a name, and what each turns out to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mathcheck.read.binders import AVERAGES, expectation, extreme
from mathcheck.read.bracketed import named_with_brackets
from mathcheck.read.calls import BUILT_IN, SPELLINGS, unit_indicator
from mathcheck.read.constructs import FUNCTIONS, function, maximum
from mathcheck.read.cursor import text_of, top_level
from mathcheck.read.derivatives import italic_derivative
from mathcheck.read.events import is_event, probability
from mathcheck.read.italic import join_defined
from mathcheck.read.limits import big
from mathcheck.read.names import read_name, symbol
from mathcheck.read.parser import Parser, Rule
from mathcheck.read.scripts import lengthened, scripted
from mathcheck.read.syntax import ONE, Absolute, Binary, Bracket, Call, Node, Number

WITHOUT_BACKSLASH = frozenset(
    "log ln exp sin cos tan tanh max min argmax argmin softmax sigmoid lim det".split()
)
EXTREMES = ("max", "min", "sup", "inf")
OPERATORS: dict[str, Rule] = {
    "argmax": extreme, "argmin": extreme, "argMax": extreme, "E": expectation,
    "Var": expectation, "Cov": expectation, "var": expectation, "cov": expectation,
}  # fmt: skip


def logarithm(x: Node, base: Node) -> Node:
    """Return the logarithm to a base."""
    numerator = Call("log", (x,), at=x.at)
    return Bracket(Binary("/", numerator, Call("log", (base,)), at=x.at), at=x.at)


# Functions by their names in code: \text{abs}(x), \operatorname{log1p}(x)
CODED: dict[str, Callable[[Node], Node]] = {
    "abs": lambda x: Absolute(x, each=True, at=x.at),
    "sqrt": lambda x: Call("sqrt", (x,), at=x.at),
    "square": lambda x: Binary("^", Bracket(x, at=x.at), Number("2"), at=x.at),
    "log1p": lambda x: Call("log", (Binary("+", ONE, x, at=x.at),), at=x.at),
    "expm1": lambda x: Bracket(Binary("-", Call("exp", (x,)), ONE), at=x.at),
    "log2": lambda x: logarithm(x, Number("2")),
    "log10": lambda x: logarithm(x, Number("10")),
}


def number(parser: Parser) -> Node:
    r"""Read a number, or what a 1 means besides: 1\{y = k\}, 1_K."""
    indicator = parser.attempt(unit_indicator)
    if indicator is not None:
        return scripted(parser, indicator)
    token = parser.take()
    if len(token.text) > 1 and token.text[0] == "0" and token.text[1].isdigit():
        raise parser.refuse(
            f"{token.text} is no number by itself; write 1{{,}}000 for a thousand",
            token.at,
        )
    if parser.at("_"):
        return symbol(parser, token)
    return scripted(parser, Number(token.text, at=token.at))


def letter(parser: Parser) -> Node:
    """Read what begins with a letter: a symbol, if nothing else is meant."""
    token = parser.here
    if token.text == r"\Sigma" and not parser.knows(r"\Sigma") and has_limits(parser):
        return big(parser, "sum")
    refuse_bare_word(parser)
    if join_divergence(parser) or join_defined(parser):
        return symbol(parser)
    if averages(parser):
        return expectation(parser)
    italic = token.text == "d" and parser.ahead().text != "_"
    if italic and not parser.knows("d") and not parser.fresh:
        return italic_derivative(parser)
    return symbol(parser)


def word(parser: Parser) -> Node:
    r"""Read what begins with a word, such as \operatorname{argmax}."""
    name, subscript = parser.here.text, parser.ahead().text == "_"
    if parser.scope.known(name) or stands_with_brackets(parser):
        return symbol(parser)
    if (found := coded(parser)) is not None:
        return found
    if name in SPELLINGS:
        name = SPELLINGS[name]
        parser.rewrite(1, [replace(parser.here, text=name)])
    if name in BUILT_IN and name not in OPERATORS and bare_argument(parser):
        return function(parser)
    if name == "arg" and parser.ahead().text in (r"\max", r"\min"):
        return extreme(parser)
    if name in FUNCTIONS:
        return function(parser)
    if name in EXTREMES:
        parser.rewrite(1, [replace(parser.here, kind="command", text=f"\\{name}")])
        return maximum(parser)
    if name in OPERATORS and (name != "E" or subscript or averages(parser)):
        return OPERATORS[name](parser)
    if name == "V" and averages(parser):
        return expectation(parser)
    return symbol(parser)


def coded(parser: Parser) -> Node | None:
    """Read such a function with its brackets, if it stands here and is not declared."""
    name = parser.here.text
    if name not in CODED or parser.knows(name) or parser.ahead().text not in ("(", "["):
        return None
    parser.take()
    argument = parser.whole(parser.bracketed())
    return scripted(parser, CODED[name](argument))


def stands_with_brackets(parser: Parser) -> bool:
    r"""Say whether what stands here is known with its brackets: \mathrm{H}(X)."""
    with parser.lookahead():
        return bool(named_with_brackets(parser, read_name(parser)))


def stands_with_script(parser: Parser) -> bool:
    r"""Say whether what stands here is known with its subscript: \mathbb{E}_\#."""
    with parser.lookahead():
        name = read_name(parser)
        if not parser.at("_"):
            return False
        return parser.scope.known(lengthened(name, "_", parser.following()))


def averages(parser: Parser) -> bool:
    r"""Say whether E or V, which nothing declares, is an operator: E_{x \sim p}[x].

    Of a subscript it takes what is drawn, or a distribution before square brackets.
    """
    if parser.here.text not in ("E", "V", r"\mathbf") or parser.fresh:
        return False
    with parser.lookahead():
        name = read_name(parser)
        if parser.knows(name) or name not in ("E", *AVERAGES):
            return False
        below = parser.argument() if parser.skip("_") else []
        drawn = top_level(below, (r"\sim",))
        brackets = ("[", "(", r"\{") if drawn or not below else ("[",)
        return drawn or parser.at(*brackets)


def bare_argument(parser: Parser) -> bool:
    r"""Say whether a function's argument has no brackets: \operatorname{tr} A."""
    with parser.lookahead():
        parser.take()
        sign = parser.at("(", "[", r"\{", "|", r"\|")
        return parser.starts_factor() and not sign and not parser.fresh


def blackboard(parser: Parser) -> Node:
    r"""Read \mathbb{E}_{y \sim p}, or a name in this style."""
    with parser.lookahead():
        parser.take()
        letters = [token.text for token in parser.argument()]
    if stands_with_brackets(parser) or stands_with_script(parser):
        return symbol(parser)
    if letters == ["V"] and not parser.knows(r"\mathbb{V}"):
        return expectation(parser)
    return expectation(parser) if letters == ["E"] else symbol(parser)


def bold(parser: Parser) -> Node:
    r"""Read \mathbf{E}_{x \sim p}[x], or a name in this style."""
    return expectation(parser) if averages(parser) else symbol(parser)


def join_divergence(parser: Parser) -> bool:
    r"""Make one name of the letters of KL(P \| Q); say whether they stand here."""
    found = divergence_in_letters(parser)
    if found:
        parser.rewrite(2, [replace(parser.here, kind="name", text="KL")])
    return found


def divergence_in_letters(parser: Parser) -> bool:
    r"""Say whether KL(P \| Q) stands here, which is no product."""
    first, second, opener = parser.here, parser.ahead(), parser.ahead(2)
    if (first.text, second.text) != ("K", "L") or opener.text not in ("(", "["):
        return False
    with parser.lookahead():
        parser.position += 2
        inner = parser.enclosed
    bars = top_level(inner, (r"\|",)) or "||" in text_of(inner)
    return bars or (top_level(inner, (",",)) and not parser.knows("L"))


def chance(parser: Parser) -> Node:
    r"""Read \Pr[Y = k]."""
    token = parser.take()
    if not parser.at("(", "[") or not is_event(parser.enclosed, "Pr"):
        raise parser.refuse(r"\Pr is read with an event, as in \Pr[Y = k]", token.at)
    return probability(parser, "Pr", token.at)


def refuse_bare_word(parser: Parser) -> None:
    """Refuse log without its backslash, which TeX sets as a product of letters."""
    word, position = "", parser.position
    while parser.tokens[position].kind == "letter":
        token = parser.tokens[position]
        if (word and token.at != parser.here.at + len(word)) or len(token.text) > 1:
            break
        word, position = word + token.text, position + 1
    if word in WITHOUT_BACKSLASH:
        raise parser.refuse(f"{word} without its backslash; write \\{word}")


def has_limits(parser: Parser) -> bool:
    """Say whether a capital sigma has limits, and so is meant as a sum."""
    with parser.lookahead():
        parser.take()
        while parser.skip("_", "^"):
            if any(token.text == "=" for token in parser.argument()):
                return True
    return False
