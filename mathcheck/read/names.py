r"""Names with their scripts: what belongs to the name, what is an index, what a power.

In `y^{(n)}_k` both scripts are indices, in `p_\theta` the script is a part of the name,
in `X^\top` it turns the matrix, and `e^{z_k}` is a power of Euler's number.
"""

from __future__ import annotations

import re

from mathcheck.read.calls import BUILT_IN, built_in, call, is_call
from mathcheck.read.conditions import RELATIONS
from mathcheck.read.cursor import ACCENTS, text_of
from mathcheck.read.events import is_event, probability
from mathcheck.read.lexer import Token
from mathcheck.read.parser import Parser
from mathcheck.read.parts import axes_of
from mathcheck.read.problems import RefusedError, UndefinedError
from mathcheck.read.scope import Definition, Variable, unbold
from mathcheck.read.scripts import (
    Scripts,
    indices_of,
    positive_part,
    powers,
    script_text,
    undefined,
)
from mathcheck.read.subscripts import divided, with_plain_indices
from mathcheck.read.superscripts import in_order
from mathcheck.read.syntax import Call, Indexed, Node, Range, Symbol


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
        name = parser.isolated(inner, read_name)
        return name if name.startswith(r"\mathbf ") else rf"\mathbf {name}"
    return f"{token.text} " + parser.isolated(inner, read_name)


def symbol(parser: Parser, number: Token | None = None) -> Node:
    """Read a symbol with all that is attached to it: scripts and arguments."""
    at = number.at if number else parser.here.at
    name = rf"\mathbb{{{number.text}}}" if number else read_accented(parser)
    scripts = Scripts(parser)
    if not any(parser.scope.known(lengthened(name, "^", a)) for a in scripts.above):
        name = spelling(parser, name, scripts)
    name = with_script(parser, common(parser, name, scripts), scripts)
    known = parser.knows(name)
    if not known:
        constant = built_in(parser, name, scripts, at)
        if constant is not None:
            return powers(parser, constant, scripts)
    if parser.at("(", "[") and is_event(parser.enclosed) and not parser.fresh:
        if scripts.below or scripts.above or scripts.primes:
            raise parser.refuse("an event after a script is not read", at)
        return probability(parser, name, at)
    plain = not (scripts.below or scripts.primes)
    index = component_in_brackets(parser, name) if plain else None
    if index is not None:
        return powers(parser, Indexed(Symbol(name, at=at), (index,), at=at), scripts)
    if is_call(parser, name, scripts, known):
        return call(parser, name, scripts, at)
    if not known and not parser.fresh:
        if BUILT_IN.get(name) == (1,) and not scripts.below and parser.starts_factor():
            return Call(name, (parser.factor(),), bare=True, at=at)
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
    divergence = name.strip("{}")[-1:] in ("D", "d") and is_divergence(scripts.below)
    full = lengthened(name, "_", scripts.below) if divergence else ""
    if divergence and not parser.scope.known(full) and parser.at("(", "["):
        scripts.below = []
        return "KL"
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


def component_in_brackets(parser: Parser, name: str) -> Node | None:
    """Read P(k), where P is a vector and k an index: it is the component k."""
    if not parser.at("(") or parser.scope.arities(name) or name in parser.bound:
        return None
    inner = parser.enclosed
    meaning = parser.scope.plain(name)
    if len(inner) != 1 or inner[0].kind != "letter" or meaning is None:
        return None
    vector = isinstance(meaning, Definition) or meaning.components == 1
    space = getattr(parser.scope.plain(inner[0].text), "space", None)
    if not vector or not (inner[0].text in parser.bound or isinstance(space, Range)):
        return None
    return parser.whole(parser.bracketed())


def read_accented(parser: Parser) -> str:
    r"""Read a name; of \hat{y_k} the subscript is left, as in \hat{y}_k."""
    if parser.at(*ACCENTS) and parser.ahead().text == "{":
        with parser.lookahead():
            accent = parser.take()
            opener, *inner, closer = parser.braced()
        cut = next((i for i, t in enumerate(inner) if t.text in ("_", "^")), 0)
        if cut:
            moved = [accent, opener, *inner[:cut], closer, *inner[cut:]]
            parser.rewrite(len(moved), moved)
    return read_name(parser)


def with_script(parser: Parser, name: str, scripts: Scripts) -> str:
    """Return the name, lengthened by the scripts that belong to it."""
    scope = parser.scope
    if scripts.below:
        scripts.below = with_plain_indices(scope, scripts.below)
        full = lengthened(name, "_", scripts.below)
        if not scope.known(full):
            for labelled, indices in divided(name, scripts.below):
                if scope.known(labelled):
                    name, scripts.below = labelled, indices
                    full = lengthened(name, "_", indices)
                    break
        words = has_words(parser, scripts.below)
        euler = unbold(name) == "e" and not scope.known(name)  # e_1, a unit vector
        new = parser.fresh and not is_family(parser, name) and not euler
        if scope.known(full) or (words and not scope.known(name)) or new:
            refuse_relation(scripts.below)
            name, scripts.below = full, []
        elif words:
            raise undefined(full, scripts.at)
    for above in list(scripts.above):
        full = lengthened(name, "^", above)
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


def lengthened(name: str, mark: str, tokens: list[Token]) -> str:
    """Return a name with a script."""
    text = script_text(tokens)
    return f"{name}{mark}{text}" if len(tokens) == 1 else f"{name}{mark}{{{text}}}"


def names_alone(parser: Parser, name: str, above: list[Token]) -> bool:
    r"""Say whether a superscript can only be a part of the name: p^*, W^{(1)}, z^L."""
    text = script_text(above)
    if text in ("*", r"\dagger", "+", "-"):
        return True
    if len(above) == 1 and above[0].kind in ("name", "words") and text != "T":
        return True
    if is_family(parser, name) or (parser.scope.known(name) and not parser.fresh):
        return False
    if text[:1] in ("(", "[") and len(above) >= 3:
        inner = above[1:-1]
        layer = text[0] == "[" and not parser.scope.known(inner[0].text)
        return text[1:-1].isdigit() or (layer and len(inner) == 1)
    plain = all(t.kind in ("letter", "name", "words", "number") for t in above)
    layer = plain or re.fullmatch(r"\\?[A-Za-z]+[-+]\d+", text) is not None
    return (
        parser.fresh
        and not parser.scope.known(name)
        and layer
        and text != "T"
        and not text.isdigit()
    )


def primed_index(parser: Parser, name: str) -> bool:
    """Say whether a prime makes a new index here: c' beside c."""
    return parser.fresh and not parser.scope.arities(name)


def is_family(parser: Parser, name: str) -> bool:
    """Say whether a name takes indices, as far as is known."""
    return any(slots(meaning) != 0 for meaning in parser.scope.meanings(name))


def slots(meaning: Variable | Definition) -> int | None:
    """Return how many indices a meaning takes; None if its value has to say."""
    if isinstance(meaning, Variable):
        return len(meaning.family) + meaning.components
    return None


def scripted_symbol(parser: Parser, name: str, scripts: Scripts, at: int) -> Node:
    """Return a symbol with its indices and its powers."""
    if scripts.primes:
        raise undefined(name + "'" * scripts.primes, at)
    samples = scripts.take_samples(parser)
    if text_of(scripts.below) == "+":
        return powers(parser, positive_part(Symbol(name, at=at), scripts), scripts)
    wanted = wanted_indices(parser, name, len(samples))
    below = indices_of(parser, scripts.below, wanted) if scripts.below else []
    node: Node = Symbol(name, at=at)
    if samples or below:
        takes_none = None not in wanted and max(n or 0 for n in wanted) < bool(below)
        if takes_none:
            text = text_of(scripts.below)
            raise UndefinedError(
                f"{name} has no index here, and {name}_{{{text}}} is not declared", at
            )
        node = Indexed(node, in_order(parser.scope, name, samples, below, at), at=at)
    return powers(parser, node, scripts)


def wanted_indices(parser: Parser, name: str, samples: int) -> set[int | None]:
    """Return how many subscripts a name may take; None if its value has to say."""
    if not parser.scope.known(name):
        return {0} if name in parser.bound and name not in parser.loose else {None}
    meanings = list(parser.scope.meanings(name))
    found = {slots(meaning) for meaning in meanings}
    if found == {None} and axes_of(parser.scope, meanings[0]) == 2:
        found = {2}
    found |= {
        len(meaning.indices)
        for meaning in meanings
        if isinstance(meaning, Definition) and meaning.indices
    }
    return {None if n is None else n - samples for n in found}
