r"""Subscripts and superscripts: indices, transposes, powers."""

from __future__ import annotations

from mathcheck.read.conditions import COMPARING
from mathcheck.read.cursor import ACCENTS, levels, text_of, top_level
from mathcheck.read.implied import only_number
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.primes import turned_in_product
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Definition, Scope, Variable, numeric
from mathcheck.read.signs import in_degrees
from mathcheck.read.syntax import (
    MINUS_ONE,
    Binary,
    Bracket,
    Call,
    Constant,
    Derivative,
    Indexed,
    Interval,
    Naturals,
    Negated,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transposed,
    Whole,
)
from mathcheck.read.tree import symbols

ALL = (":", r"\cdot", "*")  # in the place of an index
POINTING = tuple(
    r"\leftarrow \to \gets \leftrightarrow \uparrow \downarrow \updownarrow".split()
)  # which are a mark above or below a name
NEGATIVE_PART = "negative part"  # the name of [x]_-, once a page defines it
LONGEST = 16  # tokens that an index may have, which are read twice if it is none
MOST_TIMES = 9  # an entrywise power is multiplied out


class Scripts:
    """The subscripts and superscripts after an atom, as tokens."""

    def __init__(self, parser: Parser) -> None:
        self.below: list[Token] = []
        self.above: list[list[Token]] = []
        self.primes = 0
        self.at = parser.here.at
        while True:
            if parser.skip("'"):
                self.primes += 1
            elif parser.at("_"):
                if self.below:
                    raise parser.refuse("two subscripts on one symbol")
                parser.take()
                self.below = readable(parser)
            elif parser.at("^"):
                parser.take()
                above = readable(parser)
                if all(token.text == "'" for token in above):
                    self.primes += len(above)
                else:
                    self.above += split(above)
            else:
                return

    def take_samples(self, parser: Parser, name: str = "") -> list[Node]:
        """Take the superscripts like (i), which count examples; return the indices."""
        counted = [
            sample_index(parser, above) or bare_index(parser, name, above)
            for above in self.above
        ]
        self.above = [
            above for above, index in zip(self.above, counted, strict=True) if not index
        ]
        return [index for index in counted if index]


def readable(parser: Parser) -> list[Token]:
    """Take a script; a formula among the words of a name would not be read."""
    script = parser.argument()
    if not script:
        raise parser.refuse("nothing stands in this script; leave it out")
    for token in script:
        if token.formulas:
            raise RefusedError("a formula in the words of a script", token.at)
    return script


def split(above: list[Token]) -> list[list[Token]]:
    r"""Split (k)\\top, a sample's number and what else stands in the superscript."""
    if len(above) > 3 and above[0].text in ("(", "["):
        end = next((i for i, (depth, _) in enumerate(levels(above), 1) if not depth), 0)
        rest = above[end:]
        if end and rest and all(t.text in (r"\top", "T", "*") for t in rest):
            return [above[:end], rest]
    return [above]


def script_text(tokens: list[Token]) -> str:
    """Return a script as a part of a name, without its boldness."""
    return "".join(t.text for t in tokens if t.text not in (r"\mathbf", "{", "}"))


def lengthened(name: str, mark: str, tokens: list[Token]) -> str:
    """Return a name with a script."""
    text = script_text(tokens)
    return f"{name}{mark}{text}" if len(tokens) == 1 else f"{name}{mark}{{{text}}}"


GROWTH = r"an order of growth is a limit; write it as \lim"
WHATEVER = (
    "a constant that stands for whatever is left can be anything; define it with :=, "
    "or state a difference or a derivative"
)
UNDECLARED = {"o": GROWTH, "O": GROWTH, r"\mathcal{O}": GROWTH,
              "const": WHATEVER, "constant": WHATEVER, "cst": WHATEVER,
              "C": WHATEVER, "D": r"a derivative is written \nabla_z or "
              r"\frac{\partial}{\partial z}",
              "sum": r"write \sum_k, or \mathbf{1}^\top v for the sum of its entries",
              "mean": r"write \frac{1}{K} \sum_k", "prod": r"write \prod_k",
              "grad": r"a gradient is written \nabla_z"}  # fmt: skip


def undefined(name: str, at: int) -> UndefinedError:
    """Return the error for a name that nothing declares."""
    shown = name.replace(r"\mathbb{1}", r"\mathbf{1}")
    hint = UNDECLARED.get(name.removeprefix(r"\mathbf ").split("_")[0], "")
    if hint:
        hint = f" ({hint})"
    elif shown.isalpha() and len(shown) > 1:
        hint = rf" (a function is written \operatorname{{{shown}}} or \{shown})"
    return UndefinedError(f"{shown} is not declared here{hint}", at)


def indices_of(
    parser: Parser, tokens: list[Token], wanted: set[int | None]
) -> list[Node]:
    """Read a subscript: one index, or several, with commas or side by side."""
    if 2 in wanted or None in wanted:
        line = row_or_column(parser, tokens)
        if line:
            return line
    mixed = [t.kind for t in tokens] == ["letter", "number"]
    if mixed and 2 in wanted:  # y_{n1}
        return [parser.whole([t]) for t in tokens]
    inner = parser.isolated(tokens, index_list)
    if len(inner) > 1:
        return inner
    side_by_side = factors(parser, tokens)
    if len(side_by_side) > 1 and tokens[0].kind != "number":
        if len(side_by_side) in wanted or None in wanted:
            return side_by_side
    letters = [t for t in tokens if t.kind == "letter"]
    adjacent = len(letters) == len(tokens) > 1
    if adjacent and (len(tokens) in wanted or None in wanted):
        return [parser.whole([t]) for t in tokens]
    digits = text_of(tokens)
    if digits.isdigit() and len(digits) > 1 and len(digits) in wanted:
        return [Number(digit, at=tokens[0].at) for digit in digits]
    if len(tokens) > 1 and all(t.kind in ("letter", "number") for t in tokens):
        if len(tokens) in wanted:
            return [parser.whole([t]) for t in tokens]
        raise RefusedError("put commas between the indices", tokens[0].at)
    return inner


def row_or_column(parser: Parser, tokens: list[Token]) -> list[Node]:
    r"""Read X_{i,:}, X_{i \cdot} or X_{:,j}: a row or a column; nothing else is one."""
    ends = [token.text for token in tokens]
    if len(tokens) < 2 or not {ends[0], ends[-1]} & set(ALL) or ends[-2] == "^":
        return []  # X_{k^*}
    first = ends[0] in ALL
    rest = tokens[1:] if first else tokens[:-1]
    rest = [
        t for i, t in enumerate(rest) if t.text != "," or i not in (0, len(rest) - 1)
    ]
    line, index = Whole(at=tokens[0].at), parser.whole(rest)
    return [line, index] if first else [index, line]


def factors(parser: Parser, tokens: list[Token]) -> list[Node]:
    """Return the indices that stand side by side, as n and c_n in p_{n c_n}."""
    marks = ("_", "{", "}", "'", "^", "*", *ACCENTS)
    if not all(t.kind in ("letter", "number") or t.text in marks for t in tokens):
        return []
    for script, *inside in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if script.text == "^" and not {"'", "*"} & {token.text for token in inside}:
            return []

    def read(parser: Parser) -> list[Node]:
        found = []
        while not parser.done:
            found.append(parser.factor())
        return found

    return parser.isolated(tokens, read)


def index_list(parser: Parser) -> list[Node]:
    """Read expressions with commas between them."""
    found = [parser.expression()]
    while parser.skip(","):
        found.append(parser.expression())
    return found


def sample_index(parser: Parser, above: list[Token]) -> Node | None:
    r"""Return the index in a superscript like (i), which counts examples.

    A quotient counts nothing, nor does what depends on a real number, x^{(1 - q)}, or
    an Iverson bracket, p_k^{[y = k]}.
    """
    if not 3 <= len(above) <= LONGEST or above[0].text not in ("(", "["):
        return None
    ends = [i for i, (depth, _) in enumerate(levels(above)) if not depth]
    if ends[:1] != [len(above) - 1] or top_level(above[1:-1], COMPARING):
        return None
    index = parser.whole(above[1:-1])
    quotient = isinstance(index, Binary) and index.operation == "/"
    return None if quotient or is_real(parser, index) else index


def bare_index(parser: Parser, name: str, above: list[Token]) -> Node | None:
    """Return an index that counts above without brackets, y^t: a family has no powers.

    A number above stays an exponent, so that no square is taken for the second member.
    """
    meanings = list(parser.scope.meanings(name)) if name else []
    if not meanings or not all(meaning.samples for meaning in meanings):
        return None
    if above[0].kind != "letter" or len(above) > LONGEST:
        return None
    index = parser.whole(above)
    return index if all(map(parser.is_index, symbols(index))) else None


def is_real(parser: Parser, index: Node) -> bool:
    """Say whether something depends on a number that is declared as a real one."""
    names = symbols(index) - set(parser.bound)
    spaces = [parser.scope.space(n) for n in names]
    return any(isinstance(space, Interval) for space in spaces)


def powers(parser: Parser, node: Node, scripts: Scripts) -> Node:
    """Apply the superscripts that are left: transposes and exponents."""
    if len(scripts.above) > 1:
        turned = [a for a in scripts.above if script_text(a) in (r"\top", "T")]
        if len(scripts.above) - len(turned) > 1 or len(turned) > 1:
            raise RefusedError("two exponents on one symbol", node.at)
    for above in scripts.above:
        inverse = above[0].text == "-" and len(above) > 1
        sign = above[inverse:]  # what turns, if anything does: \top, or -\top
        letter = script_text(sign) == "T" and not parser.knows(r"\mathbf T")
        letter = letter and not is_power_of_number(parser, node)
        if text_of(sign) == r"\top" or (
            letter and (sign[0].kind != "letter" or turns(parser, node))
        ):
            if inverse:
                node = Binary("^", node, MINUS_ONE, at=node.at)
            node = Transposed(node, at=node.at)
            continue
        if above[0].text in (r"\odot", r"\circ") and len(above) > 1:
            node = entrywise_power(node, above)
            continue
        if above[0].text == r"\circ" and len(above) == 1:
            node = in_degrees(node, node.at)
            continue
        if letter:
            raise RefusedError(
                r"^T is a power here, for T is declared; write ^\top for the transpose",
                node.at,
            )
        exponent = parser.whole(above)
        node = Binary("^", node, exponent, at=node.at)
    return node


def entrywise_power(node: Node, above: list[Token]) -> Node:
    r"""Return h \odot h for h^{\odot 2}."""
    times = text_of(above[1:])
    if not times.isdigit() or not 2 <= int(times) <= MOST_TIMES:
        raise RefusedError(
            "an entrywise power is read with a small whole number; write the "
            "components of any other",
            node.at,
        )
    result = node
    for _ in range(int(times) - 1):
        result = Binary("odot", result, node, at=node.at)
    return Bracket(result, at=node.at)


def positive_part(parser: Parser, node: Node, scripts: Scripts) -> Node:
    r"""Return max(x, 0) for [x]_+, what is defined for [x]_-, and else what it is."""
    sign = text_of(scripts.below)
    if sign == "-" and parser.scope.known(NEGATIVE_PART):
        scripts.below = []
        return Call(NEGATIVE_PART, (node,), at=node.at)
    if sign == "-":
        raise RefusedError(
            r"a part with _- can be read as \max(-x, 0) or \min(x, 0); write this, or "
            r"define (x)_- := \max(-x, 0)",
            node.at,
        )
    if sign != "+":
        return node
    scripts.below = []
    return Call("relu", (node,), at=node.at)


def turns(parser: Parser, node: Node) -> bool:
    """Say whether ^T can only be a transpose: T is no number, or this is a vector.

    A square matrix has powers, too, if T is a whole number.
    """
    known = parser.scope.plain("T")
    if known is None:
        return True
    meaning = parser.scope.plain(node.name) if isinstance(node, Symbol) else None
    space = getattr(meaning, "space", None)
    square = isinstance(space, Power) and len(set(space.sizes)) < len(space.sizes)
    whole = isinstance(getattr(known, "space", None), Naturals)
    return getattr(meaning, "components", 0) > 0 and not (square and whole)


def is_power_of_number(parser: Parser, node: Node) -> bool:
    r"""Say whether ^T is a power: T is declared as a number, and stands at one."""
    known = parser.scope.plain("T")
    return known is not None and numeric(known) and is_number(parser.scope, node)


def is_number(scope: Scope, node: Node) -> bool:
    """Say whether an expression is a number, as far as it shows without its value."""
    if isinstance(node, Symbol):
        meaning = scope.plain(node.name)
        if isinstance(meaning, Definition):
            plain = meaning.parameters is None and not meaning.indices
            return plain and is_number(scope, meaning.body)
        return meaning is not None and numeric(meaning)
    if isinstance(node, Constant):
        return node.name in ("e", "pi")
    if isinstance(node, Norm):
        return True
    if isinstance(node, Indexed) and isinstance(node.base, Symbol):
        known = scope.plain(node.base.name)
        slots = getattr(known, "components", 0) + len(getattr(known, "family", ()))
        return isinstance(known, Variable) and len(node.indices) == slots
    scalar = isinstance(node, Number) or (
        isinstance(node, Binary | Negated | Bracket | Call)
        and not (isinstance(node, Call) and scope.known(node.function))
    )
    inner = node.children
    return scalar and all(is_number(scope, child) for child in inner)


def scripted(parser: Parser, node: Node) -> Node:
    """Apply the scripts after a bracket, a call, a fraction or a number."""
    scripts = Scripts(parser)
    if scripts.primes:
        variable = only_number(parser, node)
        alone = not scripts.above and not scripts.below
        if variable and alone:
            node = Derivative(node, (variable,) * scripts.primes, at=node.at)
        elif alone and scripts.primes == 1 and turned_in_product(parser, node):
            node = Transposed(node, at=node.at)
        else:
            raise parser.refuse(
                "a prime after a bracket; write the derivative, as in "
                r"\frac{\mathrm{d}}{\mathrm{d} x} (x^2), or ^\top for a transpose",
                scripts.at,
            )
    if [text_of(above) for above in scripts.above] == ["+"]:
        if not is_number(parser.scope, node):  # of a matrix it is an inverse
            raise parser.refuse(
                r"what ^+ means after a bracket can be read in two ways; write "
                r"\max(x, 0), or (x)_+",
                scripts.at,
            )
        scripts.below, scripts.above = scripts.above[0], []
    samples = [] if isinstance(node, Number) else scripts.take_samples(parser)
    node = positive_part(parser, node, scripts)
    if scripts.below or samples:
        if isinstance(node, Number):
            raise parser.refuse("a number has no index", scripts.at)
        below = indices_of(parser, scripts.below, {1, 2}) if scripts.below else []
        node = Indexed(node, (*samples, *below), at=node.at)
    return powers(parser, node, scripts)
