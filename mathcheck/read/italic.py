r"""Names of several italic letters: BS := ..., which TeX sets as a product.

They are read where they are defined so, and some of their letters mean nothing by
themselves; else the page has to tell the name from a product.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.parser import Parser

# What stands after a name that is declared
LISTED = (",", "_", r"\in", "<", ">", r"\le", r"\ge")


def word_here(parser: Parser) -> str:
    """Return the letters that stand here side by side, if they are several."""
    word, position, end = "", parser.position, parser.here.at
    while (token := parser.tokens[position]).kind == "letter" and token.at == end:
        if len(token.text) > 1:
            break
        word, position, end = word + token.text, position + 1, token.end
    return word if len(word) > 1 else ""


def join_defined(parser: Parser) -> bool:
    """Make one name of letters that are defined as one; say whether they stand here."""
    word = word_here(parser)
    name = parser.scope.spelling(word)
    if not word or not parser.scope.known(name):
        return False
    if all(map(parser.knows, word)) and not is_no_product(word):
        if parser.scope.arities(name):
            return False
        raise parser.refuse(
            f"{word} can be read as a name and as a product; "
            rf"write \mathrm{{{word}}} or {word[0]} \cdot {word[1:]}"
        )
    join(parser, word)
    return True


def is_no_product(word: str) -> bool:
    """Say whether nobody writes a product so: RR would be R^2, and dP a differential.

    Where the page gives such a word a meaning, it is a name.
    """
    return len(set(word)) == 1 or (word[0] == "d" and len(word) == 2)


def join_new(parser: Parser) -> None:
    """Make one name of letters on the left of a definition, where it is no product."""
    word = word_here(parser)
    after = parser.ahead(len(word)).text if word else ""
    if after not in (":=", "(", "_"):
        return
    product = all(map(parser.knows, word)) or not word.isupper()
    if product and not is_no_product(word):
        raise parser.refuse(
            f"{word} in italic letters is a product; "
            rf"write \mathrm{{{word}}} for one name"
        )
    join(parser, word)


def join_declared(parser: Parser) -> bool:
    r"""Make one name of new capitals, TP \in \mathbb{N}; say whether it is one."""
    word = word_here(parser)
    after = parser.ahead(len(word)).text if word else ""
    if not word.isupper() or after not in LISTED or all(map(parser.knows, word)):
        return False
    join(parser, word)
    return True


def join(parser: Parser, word: str) -> None:
    """Read the letters here as one name."""
    last = parser.ahead(len(word) - 1)
    name = replace(parser.here, kind="name", text=word, end=last.end)
    parser.rewrite(len(word), [name])
