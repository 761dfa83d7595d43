r"""Names with their scripts: what belongs to the name, what is an index, what a power.

In `y^{(n)}_k` both scripts are indices, in `p_\theta` the script is a part of the name,
in `X^\top` it turns the matrix, and `e^{z_k}` is a power of Euler's number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mathcheck.problems import UndefinedError
from mathcheck.read.calls import built_in, call, is_call
from mathcheck.read.lexer import Token
from mathcheck.read.scripts import Scripts, indices_of, powers, sample_index, undefined
from mathcheck.read.syntax import Indexed, Node, Symbol
from mathcheck.scope import Definition, Variable

if TYPE_CHECKING:
    from mathcheck.read.parser import Parser


ACCENTS = (r"\hat", r"\bar", r"\tilde", r"\dot", r"\check", r"\breve", r"\mathring")


def read_name(parser: Parser) -> str:
    r"""Read a letter, an operator's name, or either in a style or under an accent."""
    token = parser.take()
    if token.kind in ("letter", "name"):
        return token.text
    inner = parser.argument()
    if not inner:
        raise parser.refuse(f"{token.text} has nothing in it", token.at)
    if token.text in (r"\mathcal", r"\mathbb"):
        letters = "".join(t.text for t in inner)
        return f"{token.text}{{{letters}}}"
    if token.text == r"\mathbf":
        if all(t.kind == "number" for t in inner):
            return rf"\mathbb{{{inner[0].text}}}"  # bold and blackboard one are one
        name = parser.isolated(inner, lambda: read_name(parser))
        return name if name.startswith(r"\mathbf ") else rf"\mathbf {name}"
    return f"{token.text} " + parser.isolated(inner, lambda: read_name(parser))


def symbol(parser: Parser, number: Token | None = None) -> Node:
    """Read a symbol with all that is attached to it: scripts and arguments."""
    at = number.at if number else parser.here.at
    name = rf"\mathbb{{{number.text}}}" if number else read_accented(parser)
    scripts = Scripts(parser)
    name = with_script(parser, name, scripts)
    known = parser.scope.known(name) or name in parser.bound or name in parser.loose
    if not known:
        constant = built_in(parser, name, scripts, at)
        if constant is not None:
            return powers(parser, constant, scripts)
    if is_call(parser, name, known):
        return call(parser, name, scripts, at)
    if not known and not parser.fresh:
        raise undefined(name, at)
    return scripted_symbol(parser, name, scripts, at)


def read_accented(parser: Parser) -> str:
    r"""Read a name; of \hat{y_k} the subscript is left, as in \hat{y}_k."""
    if parser.at(*ACCENTS) and parser.ahead().text == "{":
        stop = parser.closing(parser.position + 1)
        inner = parser.tokens[parser.position + 2 : stop]
        cut = next((i for i, t in enumerate(inner) if t.text in ("_", "^")), None)
        if cut:
            brace = parser.tokens[stop]
            parser.tokens = [
                *parser.tokens[: parser.position + 2 + cut],
                brace,
                *inner[cut:],
                *parser.tokens[stop + 1 :],
            ]
    return read_name(parser)


def with_script(parser: Parser, name: str, scripts: Scripts) -> str:
    """Return the name, lengthened by the scripts that belong to it."""
    scope = parser.scope
    if scripts.below:
        text = "".join(token.text for token in scripts.below)
        full = f"{name}_{text}" if len(scripts.below) == 1 else f"{name}_{{{text}}}"
        words = any(token.kind in ("words", "name") for token in scripts.below)
        if scope.known(full) or (words and not scope.known(name)):
            name, scripts.below = full, []
        elif words and not is_family(parser, name):
            raise undefined(full, scripts.at)
    for above in list(scripts.above):
        text = "".join(token.text for token in above)
        full = f"{name}^{text}" if len(above) == 1 else f"{name}^{{{text}}}"
        numbered = text[:1] in ("(", "[") and text[1:-1].isdigit()  # W^{(1)}
        layer = numbered and not is_family(parser, name)
        starred = layer or text in ("*", r"\dagger", "+", "-")
        if scope.known(full) or starred:
            if not scope.known(full) and not parser.fresh:
                raise undefined(full, scripts.at)
            name = full
            scripts.above.remove(above)
    while scripts.primes and scope.known(name + "'"):
        name, scripts.primes = name + "'", scripts.primes - 1
    return name


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
    node: Node = Symbol(name, at=at)
    samples = [index for s in scripts.above if (index := sample_index(parser, s))]
    scripts.above = [s for s in scripts.above if not sample_index(parser, s)]
    wanted: set[int | None] = {None}
    if name in parser.loose and not parser.scope.known(name):
        wanted = {None}
    elif name in parser.bound:
        wanted = {0}
    else:
        found = {slots(meaning) for meaning in parser.scope.meanings(name)}
        found |= {
            len(meaning.indices)
            for meaning in parser.scope.meanings(name)
            if isinstance(meaning, Definition) and meaning.indices
        }
        wanted = {n if n is None else n - len(samples) for n in found} or {None}
    below = indices_of(parser, scripts.below, wanted) if scripts.below else []
    if samples or below:
        if wanted and None not in wanted and max(n or 0 for n in wanted) <= 0:
            text = "".join(t.text for t in scripts.below) or "(i)"
            raise UndefinedError(
                f"{name} has no index here, and {name}_{{{text}}} is not declared", at
            )
        node = Indexed(node, (*samples, *below), at=at)
    return powers(parser, node, scripts)
