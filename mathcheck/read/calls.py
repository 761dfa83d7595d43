"""Functions with their arguments, and the names that no page needs to define."""

from __future__ import annotations

from mathcheck.read.conditions import condition
from mathcheck.read.cursor import text_of
from mathcheck.read.lexer import Token
from mathcheck.read.members import given_members
from mathcheck.read.parser import Parser
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Definition, Variable, components
from mathcheck.read.scripts import Scripts, indices_of, script_text, scripted
from mathcheck.read.syntax import (
    ZERO,
    Binary,
    Call,
    Constant,
    Delta,
    Indexed,
    Indicator,
    Inverse,
    Maps,
    Node,
    Symbol,
    Unit,
    Vector,
)
from mathcheck.read.versions import called_name

# Functions that a page need not define, by the number of their arguments
BUILT_IN = {
    "softmax": (1,), "logsumexp": (1,), "LSE": (1,), "sigmoid": (1,), "softplus": (1,),
    "diag": (1,), "tr": (1,), "trace": (1,), "Tr": (1,), "sign": (1,), "sgn": (1,),
    "KL": (2,), "relu": (1,), "ReLU": (1,), "vec": (1,), "rank": (1,), "Diag": (1,),
    "logit": (1,), "logsoftmax": (1,), "argmax": (1,), "argmin": (1,), "erf": (1,),
    "erfc": (1,), "floor": (1,), "ceil": (1,), r"\Gamma": (1,),
    r"\lambda_max": (1,), r"\lambda_min": (1,),
}  # fmt: skip
SPELLINGS = {
    "Softmax": "softmax", "SoftMax": "softmax", "Sigmoid": "sigmoid",
    "expit": "sigmoid", "logistic": "sigmoid", "Softplus": "softplus",
    "LogSumExp": "logsumexp", "Logsumexp": "logsumexp", "lse": "logsumexp",
    "LogSoftmax": "logsoftmax", "logSoftmax": "logsoftmax",
    "LogSoftMax": "logsoftmax", "log_softmax": "logsoftmax", "RELU": "relu",
    "Logit": "logit",
    **{f"D_{name}": "KL" for name in ("KL", "{KL}")},
}  # fmt: skip


OF_VECTORS = ("softmax", "logsumexp", "LSE", "logsoftmax")
BRACKET_CALLS = ("(", "[", r"\{")


ARGUMENT_ENDS = (",", ";", r"\mid", "|", r"\|", ":")


def is_call(parser: Parser, name: str, scripts: Scripts, known: bool) -> bool:
    """Say whether a bracket after a name holds its arguments."""
    if not parser.at(*BRACKET_CALLS) or name in parser.bound:
        return False
    scope = parser.scope
    nearest = {meaning.key[0] for meaning in scope.nearest(name)}
    if scripts.below and nearest and "function" not in nearest:
        return False  # P_k (...): a component, though P is a function elsewhere
    if not known:
        return name in BUILT_IN
    if not scope.arities(name):
        inner = parser.enclosed
        if parser.at("(") and len(inner) == 1 and inner[0].kind == "letter":
            raise parser.refuse(
                f"{name} is not declared as a function; write "
                rf"{name} \cdot {inner[0].text} if a product is meant"
            )
        return False
    return True


def separator(parser: Parser) -> str:
    """Read what stands between two arguments, if anything does: `,`, `;` or `|`."""
    end = parser.here.text
    if not parser.skip(*ARGUMENT_ENDS):
        return ""
    if end in ("|", r"\mid"):
        return "," if parser.skip(end) else "|"  # P || Q is P, Q
    return ";" if end in (";", ":") else ","


def arguments(parser: Parser) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """Read arguments in brackets, and the signs between them."""
    inner = parser.bracketed()

    def read(parser: Parser) -> tuple[tuple[Node, ...], tuple[str, ...]]:
        found, signs = [parser.item()], []
        while sign := separator(parser):
            signs.append(sign)
            found.append(parser.item())
        return tuple(found), tuple(signs)

    with parser.having(bars=1):  # a bar ends an argument here
        return parser.isolated(inner, read)


def call(parser: Parser, name: str, scripts: Scripts, at: int) -> Node:
    """Read a function's arguments, and the component or power after them."""
    given, signs = arguments(parser)
    if name in ("diag", "Diag") and given[1:] and not parser.knows(name):
        given = (Vector(given, at=at),)  # diag(a, b) is diag of the vector
    indexed = bool(scripts.below)
    name = called_name(parser.scope, name, given, signs, at, indexed=indexed)
    meaning = parser.scope.function(name, len(given))
    given = given_members(meaning, given, parser.bound, at)
    if scripts.below:  # a family of functions: f_n(x)
        found = parser.scope.function(name, len(given))
        many = len(getattr(found, "indices", ()))
        if not many and not is_counted(parser, scripts.below):
            raise undefined_member(name, scripts.below, at)
        below = indices_of(parser, scripts.below, {many or 1})
        member: Node = Call(name, given, primes=scripts.primes, at=at)
        return scripted(parser, Indexed(member, tuple(below), at=at))
    arities = parser.scope.arities(name) or set(BUILT_IN.get(name, ()))
    if len(given) > 1 and of_vector(parser, name, given):
        given = (Vector(given, at=at),)  # of a vector that is written out
    if len(given) not in arities:
        if parser.scope.variable(name) and len(given) == 1:  # p (1 - p), p(y \mid x)
            return Binary("*", Symbol(name, at=at), given[0], at=at)
        counts = " or ".join(map(str, sorted(arities)))
        raise RefusedError(
            f"{name} takes {counts} arguments here, not {len(given)}", at
        )
    nearest = {meaning.key[0] for meaning in parser.scope.nearest(name)}
    if len(given) == 1 and "function" not in nearest and name not in BUILT_IN:
        return Binary("*", Symbol(name, at=at), given[0], at=at)
    if len(given) == 1 and len(nearest) > 1:
        raise RefusedError(
            f"{name} is a function and a quantity here; {name}(...) could be either", at
        )
    given = with_zero_vectors(parser, name, given)
    node: Node = Call(name, given, primes=scripts.primes, at=at)
    for above in scripts.above:  # \sigma^2(x): the square of the value
        if script_text(above) == "-1":
            if len(given) > 1 or scripts.primes or not invertible(parser, name):
                raise RefusedError(
                    f"{name}^{{-1}} can be read as an inverse function or as a "
                    rf"reciprocal; write \frac{{1}}{{{name}(...)}} for this",
                    at,
                )
            node = Inverse(name, given[0], at=at)
            continue
        if above[0].text in ("(", "["):
            text = text_of(above)
            raise RefusedError(
                f"{name}^{{{text}}}(...) can be read as a derivative or as a function "
                rf"of that name; write {name}'(...), or define {name}^{{{text}}}",
                at,
            )
        node = Binary("^", node, parser.whole(above), at=at)
    return scripted(parser, node)


def with_zero_vectors(
    parser: Parser, name: str, given: tuple[Node, ...]
) -> tuple[Node, ...]:
    """Return arguments in which 0 is the zero vector where a vector is declared."""
    meaning = parser.scope.function(name, len(given))
    parameters = meaning.parameters if isinstance(meaning, Definition) else None
    known = [parser.scope.plain(parameter) for parameter in parameters or ()]
    if len(known) != len(given):
        return given
    return tuple(
        Constant("zeros", at=node.at)
        if node == ZERO and getattr(variable, "components", 0) == 1
        else node
        for node, variable in zip(given, known, strict=True)
    )


def of_vector(parser: Parser, name: str, given: tuple[Node, ...]) -> bool:
    """Say whether a function of one vector is given that component by component."""
    if not parser.scope.known(name):
        return name in OF_VECTORS
    meanings = [parser.scope.plain(g.name) for g in given if isinstance(g, Symbol)]
    vectors = any(getattr(meaning, "components", 0) for meaning in meanings)
    if vectors or len(given) in parser.scope.arities(name):
        return False
    meaning = parser.scope.function(name, 1)
    if isinstance(meaning, Definition) and meaning.parameters:
        space = parser.scope.space(meaning.parameters[0])
    elif isinstance(meaning, Variable) and isinstance(meaning.space, Maps):
        (space,) = meaning.space.sources
    else:
        return False
    return space is not None and components(space) == 1


def is_counted(parser: Parser, below: list[Token]) -> bool:
    """Say whether a subscript is an index: f_k(x) is the component k of f(x)."""
    if len(below) != 1 or below[0].kind not in ("letter", "number"):
        return False
    return below[0].kind == "number" or parser.is_index(below[0].text)


def undefined_member(name: str, below: list[Token], at: int) -> UndefinedError:
    """Say that nothing tells what a function with a subscript is."""
    text = text_of(below)
    shown = rf"\operatorname{{{name}}}" if name.isalpha() and len(name) > 1 else name
    return UndefinedError(
        f"{name}_{{{text}}} is not declared here; define it, as in "
        rf"{shown}_{text}(x) := {shown}(x / {text})",
        at,
    )


def invertible(parser: Parser, name: str) -> bool:
    """Say whether a function of one number may have an inverse."""
    meaning = parser.scope.function(name, 1)
    if isinstance(meaning, Variable):
        return False  # all that is known is from where to where it maps
    if isinstance(meaning, Definition):
        parameter = parser.scope.plain((meaning.parameters or ("",))[0])
        return not (isinstance(parameter, Variable) and parameter.components)
    return name in ("sigmoid", "logit", "softplus")


def unit_indicator(parser: Parser) -> Node | None:
    r"""Read 1\{y = k\}, an indicator with a plain 1."""
    if not (parser.here.text == "1" and parser.ahead().text == r"\{"):
        return None
    at = parser.take().at
    found = indicated(parser, Scripts(parser))
    return None if found is None else Indicator(found, at=at)


def built_in(parser: Parser, name: str, scripts: Scripts, at: int) -> Node | None:
    """Return the constant that an undeclared name stands for, if it does."""
    plain = name.removeprefix(r"\mathbf ")
    below = scripts.below
    if plain == "e":
        if not below:
            return Constant("e", at=at)
        scripts.below = []
        return Unit(parser.whole(below), at=at)
    if plain == r"\delta" and below:
        found = indices_of(parser, below, {2})
        if len(found) == 2:
            scripts.below = []
            return Delta(*found, at=at)
    if plain == "I" and below:
        found = indices_of(parser, below, {2})
        if len(found) == 2:  # an entry of the identity matrix
            scripts.below = []
            return Delta(*found, at=at)
    if plain == r"\pi" and not below:
        return Constant("pi", at=at)
    if name in (r"\mathbb{1}", r"\mathbb{I}", "I", r"\mathbf I"):
        condition = indicated(parser, scripts)
        if condition is not None:
            return Indicator(condition, at=at)
    kind = {r"\mathbb{1}": "ones", r"\mathbb{0}": "zeros", "I": "identity"}.get(plain)
    if kind is None or (plain == "I" and parser.fresh):  # in sets I is a number
        return None
    scripts.below = []
    size = parser.whole(below) if below else None
    return Constant(kind, size, at=at)


def indicated(parser: Parser, scripts: Scripts) -> Node | None:
    r"""Read the condition of an indicator: \mathbf 1[...], \mathbb 1_{...}."""
    below = scripts.below
    if below and below[0].text in BRACKET_CALLS:
        below = below[1:-1]
    relations = {"=", "<", ">", r"\ne", r"\le", r"\ge", r"\in", r"\notin"}
    if any(token.text in relations for token in below):
        scripts.below = []
        return parser.isolated(below, condition)
    if below or not parser.at(*BRACKET_CALLS):
        return None
    if not any(token.text in relations for token in parser.enclosed):
        return None
    return parser.isolated(parser.bracketed(), condition)
