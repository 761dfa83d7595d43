r"""Names of several italic letters: BS := ..., which TeX sets as a product.

They are read where they are defined so, and some of their letters mean nothing by
themselves; else the page has to tell the name from a product.
"""

from __future__ import annotations

from dataclasses import replace

from mathcheck.read.parser import Parser


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
    if not word or not parser.scope.known(word) or all(map(parser.knows, word)):
        return False
    join(parser, word)
    return True


def join_new(parser: Parser) -> None:
    """Make one name of letters on the left of a definition, if each alone is none."""
    word = word_here(parser)
    after = parser.ahead(len(word)).text if word else ""
    if after not in (":=", "(", "_"):
        return
    if all(map(parser.knows, word)) or not word.isupper():
        raise parser.refuse(
            f"{word} in italic letters is a product; "
            rf"write \mathrm{{{word}}} for one name"
        )
    join(parser, word)


def join(parser: Parser, word: str) -> None:
    """Read the letters here as one name."""
    last = parser.ahead(len(word) - 1)
    name = replace(parser.here, kind="name", text=word, end=last.end)
    parser.rewrite(len(word), [name])
