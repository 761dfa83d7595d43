r"""Names with their scripts: what belongs to the name, what is an index, what a power.

In `y^{(n)}_k` both scripts are indices, in `p_\theta` the script is a part of the name,
in `X^\top` it turns the matrix, and `e^{z_k}` is a power of Euler's number.
"""

from __future__ import annotations

import re

from mathcheck.read.accents import expression_name, over_expression
from mathcheck.read.bracketed import known_with_brackets, named_with_brackets
from mathcheck.read.calls import BUILT_IN, built_in, call, is_call
from mathcheck.read.components import component_in_brackets
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import ACCENTS, text_of
from mathcheck.read.events import event_follows, labelled, probability
from mathcheck.read.lexer import Token
from mathcheck.read.orders import of_order
from mathcheck.read.parser import Parser
from mathcheck.read.parts import axes_of
from mathcheck.read.primes import has_sides, stands_in_product
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Definition, Meaning, Variable, unbold
from mathcheck.read.scripts import (
    POINTING,
    Scripts,
    indices_of,
    lengthened,
    positive_part,
    powers,
    script_text,
    scripted,
    undefined,
)
from mathcheck.read.subscripts import divided, with_plain_indices
from mathcheck.read.superscripts import in_order
from mathcheck.read.syntax import Call, Indexed, Indicator, Node, Symbol, Transposed


def read_name(parser: Parser) -> str:
    r"""Read a letter, an operator's name, or either in a style or under an accent."""
    token = parser.take()
    if token.kind in ("letter", "name"):
        return token.text
    inner = parser.argument()
    if not inner:
        raise parser.refuse(f"{token.text} has nothing in it", token.at)
    if token.text in (r"\mathcal", r"\mathbb"):
        refuse_relation(inner)
        return f"{token.text}{{{text_of(inner)}}}"
    if token.text == r"\mathbf":
        if [t.kind for t in inner] == ["number"]:
            return rf"\mathbb{{{inner[0].text}}}"  # bold and blackboard one are one
        if len(inner) > 1 and all(t.kind == "letter" for t in inner):
            return rf"\mathbf {text_of(inner)}"  # \mathbf{dP}, where no product is bold
        name = parser.isolated(inner, read_name)
        return name if name.startswith(r"\mathbf ") else rf"\mathbf {name}"
    if over_expression(inner):
        return expression_name(token.text, inner)
    return f"{token.text} " + parser.isolated(inner, read_name)


def read_marked(parser: Parser, *, anew: bool = False) -> str:
    r"""Read the name of what is bound, with its primes, or with its label: a_1."""
    name = read_name(parser)
    if parser.at("_"):
        full = lengthened(name, "_", parser.following())
        if anew or parser.scope.known(full):
            parser.take()
            parser.argument()
            name = full
    while parser.skip("'"):
        name += "'"
    return name


def symbol(parser: Parser, number: Token | None = None) -> Node:
    """Read a symbol with all that is attached to it: scripts and arguments."""
    at = number.at if number else parser.here.at
    name = rf"\mathbb{{{number.text}}}" if number else read_accented(parser)
    scripts = Scripts(parser)
    if not any(parser.scope.known(lengthened(name, "^", a)) for a in scripts.above):
        name = spelling(parser, name, scripts)
    name = with_script(parser, common(parser, name, scripts), scripts)
    if not scripts.primes and not parser.fresh:
        full = lengthened(name, "_", scripts.below) if scripts.below else name
        if whole := named_with_brackets(parser, full):
            node = powers(parser, Symbol(whole, at=at), scripts)
            return scripted(parser, node)
    ordered = None if parser.fresh else of_order(parser, name, scripts, at)
    if ordered is not None:
        return ordered
    known = parser.knows(name)
    if not known:
        constant = built_in(parser, name, scripts, at)
        if constant is not None:
            if isinstance(constant, Indicator):
                return scripted(parser, constant)  # \mathbb{1}\{x > 0\}^2
            return powers(parser, constant, scripts)
    if not parser.fresh and event_follows(parser, name, scripts.below):
        if scripts.above or scripts.primes:
            raise parser.refuse("an event after a script is not read", at)
        if scripts.below:
            name = labelled(parser, name, scripts.below)
        return probability(parser, name, at)
    component = component_in_brackets(parser, name, scripts)
    if component is not None:
        return component
    if is_call(parser, name, scripts, known):
        return call(parser, name, scripts, at)
    word = len(name) > 1 and name.isalpha()  # \operatorname{logit} x
    takes = parser.scope.arities(name) if word else set()
    takes_one = takes == {1} if known else BUILT_IN.get(name) == (1,)
    if takes_one and not (parser.fresh or scripts.below) and parser.starts_factor():
        return Call(name, (parser.factor(),), bare=True, at=at)
    if not known and not parser.fresh:
        raise undefined(name, at)
    return scripted_symbol(parser, name, scripts, at)


def common(parser: Parser, name: str, scripts: Scripts) -> str:
    r"""Return the name of a function that is known by several: \dot f, D_{KL}."""
    if name.startswith(r"\dot ") and not parser.knows(name) and parser.at("("):
        plain = name.removeprefix(r"\dot ")
        if 1 in parser.scope.arities(plain):
            scripts.primes += 1
            return plain
    if name == r"\mathbb{KL}" and not parser.knows(name):
        return "KL"
    found, label = "", text_of(scripts.below).removeprefix("\\")
    if name.strip("{}")[-1:] in ("D", "d") and is_divergence(scripts.below):
        found = "KL"
    elif name == r"\lambda" and label in ("max", "min"):  # of all eigenvalues
        found = rf"\lambda_{label}"
    full = lengthened(name, "_", scripts.below) if found else ""
    if found and parser.at("(", "["):
        if not (parser.scope.known(full) or known_with_brackets(parser, full)):
            scripts.below = []
            return found
    return name


def is_divergence(below: list[Token]) -> bool:
    """Say whether a subscript says KL, in letters or as a word."""
    return text_of(below) == "KL" and all(t.kind != "number" for t in below)


def spelling(parser: Parser, name: str, scripts: Scripts) -> str:
    r"""Return the name that is declared: `z_k` may be a component of `\mathbf z`.

    An entry of a matrix X may be written `x_{ij}`.
    """
    if name in parser.bound or name in parser.loose:
        return name
    for parameter in parser.loose:
        if unbold(parameter) == unbold(name):
            return parameter
    if scripts.below and parser.scope.known(lengthened(name, "_", scripts.below)):
        return name
    found = parser.scope.spelling(name, indexed=bool(scripts.below))
    if parser.scope.known(found) or not scripts.below or not name.islower():
        return found
    whole = parser.scope.spelling(name.upper(), indexed=True)
    matrix = parser.scope.plain(whole)
    entries = isinstance(matrix, Definition) or getattr(matrix, "components", 0) == 2
    return whole if len(name) == 1 and matrix is not None and entries else found


def read_accented(parser: Parser) -> str:
    r"""Read a name; of \hat{y_k} the subscript is left, as in \hat{y}_k."""
    if parser.at(*ACCENTS) and parser.ahead().text == "{":
        with parser.lookahead():
            accent = parser.take()
            opener, *inner, closer = parser.braced()
        cut = next((i for i, t in enumerate(inner) if t.text in ("_", "^", "'")), 0)
        if cut and not over_expression(inner):
            moved = [accent, opener, *inner[:cut], closer, *inner[cut:]]
            parser.rewrite(len(moved), moved)
    return read_name(parser)


def with_script(parser: Parser, name: str, scripts: Scripts) -> str:
    """Return the name, lengthened by the scripts that belong to it."""
    scope = parser.scope
    if scripts.below:
        scripts.below = with_plain_indices(scope, scripts.below)
        full = lengthened(name, "_", scripts.below)
        if not parser.knows(full):
            for labelled, indices in divided(scope, name, scripts.below):
                labelled = scope.spelling(labelled, indexed=True)
                if scope.known(labelled):
                    name, scripts.below = labelled, indices
                    full = lengthened(name, "_", indices)
                    break
        words = has_words(parser, scripts.below)
        euler = unbold(name) == "e" and not scope.known(name)  # e_1, a unit vector
        new = parser.fresh and not is_family(parser, name) and not euler
        new |= bool(known_with_brackets(parser, full))  # D_{KL}(P \| Q), whatever D is
        if parser.knows(full) or (words and not scope.known(name)) or new:
            refuse_relation(scripts.below)
            name, scripts.below = full, []
        elif words:
            raise undefined(full, scripts.at)
    for above in list(scripts.above):
        full = lengthened(name, "^", above)
        if scripts.below:
            both = lengthened(lengthened(name, "_", scripts.below), "^", above)
            if scope.known(both):  # H^S_\alpha, which is H_\alpha^S
                full, scripts.below = both, []
        number = above[0].kind == "number" and parser.knows(name)
        if len(above) == 1 and (number or above[0].text in parser.bound):
            continue
        if scope.known(full) or names_alone(parser, name, above):
            if not scope.known(full) and not parser.fresh:
                raise undefined(full, scripts.at)
            refuse_relation(above)
            name = full
            scripts.above.remove(above)
    while scripts.primes and (parser.knows(name + "'") or primed_index(parser, name)):
        name, scripts.primes = name + "'", scripts.primes - 1
    return name


def has_words(parser: Parser, below: list[Token]) -> bool:
    r"""Say whether a subscript has words that are neither an index nor a call."""
    for token, after in zip(below, [*below[1:], None], strict=True):
        called = after is not None and after.text not in (",", "}")
        word = token.kind == "words" or token.text[1:] in ("log", "max", "min")
        if token.kind == "name" and not parser.knows(token.text):
            word = True
        if word and not called:
            return True
    return False


def refuse_relation(tokens: list[Token]) -> None:
    """Refuse a relation within a name, where nothing would check it."""
    for token in tokens:
        if token.is_sign and token.text in (*RELATIONS, r"\in", r"\notin"):
            raise RefusedError(f"{token.text} in a name is not checked", token.at)


def names_alone(parser: Parser, name: str, above: list[Token]) -> bool:
    r"""Say whether a superscript can only be a part of the name: p^*, W^{(1)}, z^L."""
    text = script_text(above)
    if text in ("*", r"\dagger", "+", "-", *POINTING):
        return True
    if len(above) == 1 and is_word(above[0]) and text != "T":
        return True
    if is_family(parser, name) or (parser.scope.known(name) and not parser.fresh):
        return False
    if text[:1] in ("(", "[") and len(above) >= 3:
        inner = above[1:-1]
        layer = text[0] == "[" and not parser.scope.known(inner[0].text)
        alone = len(inner) == 1
        return text[1:-1].isdigit() or (alone and (layer or is_word(inner[0])))
    plain = all(t.kind in ("letter", "name", "words", "number") for t in above)
    layer = plain or re.fullmatch(r"\\?[A-Za-z]+[-+]\d+", text) is not None
    return (
        parser.fresh
        and not parser.scope.known(name)
        and layer
        and text != "T"
        and not text.isdigit()
    )


def is_word(token: Token) -> bool:
    r"""Say whether a word stands in a script, where \max is one too."""
    return token.kind in ("name", "words") or token.text in (r"\max", r"\min")


def primed_index(parser: Parser, name: str) -> bool:
    """Say whether a prime makes a new index here: c' beside c."""
    return parser.fresh and not parser.scope.arities(name)


def is_family(parser: Parser, name: str) -> bool:
    """Say whether a name takes indices, as far as is known."""
    return any(slots(meaning) != 0 for meaning in parser.scope.meanings(name))


def slots(meaning: Meaning) -> int | None:
    """Return how many indices a meaning takes; None if its value has to say."""
    if isinstance(meaning, Variable):
        return len(meaning.family) + meaning.components
    return None


def scripted_symbol(parser: Parser, name: str, scripts: Scripts, at: int) -> Node:
    """Return a symbol with its indices and its powers."""
    turned = scripts.primes == 1 and stands_in_product(parser, at)
    if scripts.primes and not turned:
        raise undefined(name + "'" * scripts.primes, at)
    samples = scripts.take_samples(parser, name)
    if text_of(scripts.below) == "+":
        return powers(
            parser, positive_part(parser, Symbol(name, at=at), scripts), scripts
        )
    wanted = wanted_indices(parser, name, len(samples))
    below = indices_of(parser, scripts.below, wanted) if scripts.below else []
    node: Node = Symbol(name, at=at)
    if samples or below:
        takes_none = None not in wanted and max(n or 0 for n in wanted) < bool(below)
        if takes_none:
            if not below:
                raise UndefinedError(
                    f"{name} has no index above it here, and no name of its own with "
                    "it; without the brackets it is a power",
                    at,
                )
            text = text_of(scripts.below)
            raise UndefinedError(
                f"{name} has no index here, and {name}_{{{text}}} is not declared", at
            )
        node = Indexed(node, in_order(parser.scope, name, samples, below, at), at=at)
    if turned:
        if not has_sides(parser, name, len(samples) + len(below)):
            raise undefined(name + "'", at)
        node = Transposed(node, at=node.at)
    return powers(parser, node, scripts)


def wanted_indices(parser: Parser, name: str, samples: int) -> set[int | None]:
    """Return how many subscripts a name may take; None if its value has to say."""
    if not parser.scope.known(name):
        return {0} if name in parser.bound and name not in parser.loose else {None}
    meanings = list(parser.scope.meanings(name))
    found = {slots(meaning) for meaning in meanings}
    if found == {None} and len(axes_of(parser.scope, meanings[0])) == 2:
        found = {2}
    found |= {
        len(meaning.family)
        for meaning in meanings
        if isinstance(meaning, Variable) and meaning.family
    }
    found |= {
        len(meaning.indices)
        for meaning in meanings
        if isinstance(meaning, Definition) and meaning.indices
    }
    return {None if n is None else n - samples for n in found}
