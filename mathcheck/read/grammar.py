r"""The grammar: what reads an atom, by the sign that it begins with."""

from __future__ import annotations

from mathcheck.read.atoms import blackboard, bold, chance, letter, number, word
from mathcheck.read.bars import evaluated, opened_left
from mathcheck.read.binders import extreme, integral, limit
from mathcheck.read.conditions import condition
from mathcheck.read.constructs import (
    FUNCTIONS,
    binomial,
    bracket,
    function,
    infinity,
    maximum,
    root,
    underset,
)
from mathcheck.read.cursor import ACCENTS
from mathcheck.read.delimiters import angles, bars, number_of_elements, rounded
from mathcheck.read.derivatives import differential, fraction, gradient, partial
from mathcheck.read.layouts import cases, matrix
from mathcheck.read.lexer import Token
from mathcheck.read.limits import product, total
from mathcheck.read.names import symbol
from mathcheck.read.notes import decorated
from mathcheck.read.parser import Grammar, Parser
from mathcheck.read.scope import Scope
from mathcheck.read.sets import space

MATRICES = ("", "p", "b", "B", "v", "small")
GRAMMAR = Grammar(
    bar=evaluated,
    kinds={"number": number, "letter": letter, "name": word},
    condition=condition,
    space=space,
    signs={
        "(": bracket, "[": bracket, r"\{": bracket, r"\langle": angles,
        "|": bars, r"\|": bars, r"\lfloor": rounded, r"\lceil": rounded,
        r"\#": number_of_elements,
        r"\frac": fraction, r"\sqrt": root, r"\binom": binomial, r"\infty": infinity,
        r"\sum": total, r"\prod": product,
        r"\max": maximum, r"\min": maximum, r"\sup": maximum, r"\inf": maximum,
        r"\arg": extreme, r"\argmax": extreme, r"\argmin": extreme,
        r"\underset": underset, r"\overset": underset, r"\stackrel": underset,
        r"\Pr": chance,
        r"\partial": partial, r"\nabla": gradient, r"\mathrm{d}": differential,
        r"\int": integral, r"\iint": integral, r"\lim": limit,
        r"\underbrace": decorated, r"\overbrace": decorated, r"\boxed": decorated,
        r"\mathop": decorated,
        **{rf"\begin{{{kind}matrix}}": matrix for kind in MATRICES},
        r"\begin{array}": matrix, r"\left.": opened_left,
        **{rf"\begin{{{kind}cases}}": cases for kind in ("", "d", "r", "dr")},
        r"\mathbf": bold, r"\mathcal": symbol, r"\mathbb": blackboard,
        **dict.fromkeys(ACCENTS, symbol),
        **{f"\\{name}": function for name in FUNCTIONS},
    },
)  # fmt: skip


def parser_of(tokens: list[Token], scope: Scope) -> Parser:
    """Return a parser that knows the grammar and what is declared at a place."""
    return Parser(tokens, scope, GRAMMAR)
