"""Where in a file something stands that a rendered page can only quote."""

import re


def line_of(
    quoted: str,
    source: str,
    *,
    formula: bool = False,
    before: int = 0,
    comment: str = "",
) -> int | None:
    r"""Return the line of the source on which a quotation starts.

    White space may differ, because Markdown unindents what it quotes; so may the
    marks of comment lines, if the source is a notebook whose text stands in comments.
    A formula is looked for between its dollars, so that it is not found as a part of
    another one; `before` says how many of the same to pass over.
    None if it does not stand there (it came from an included file).

    >>> line_of("a + b = c", "one\ntwo a\n  + b = c\n")
    2
    >>> line_of("a", "$a + b$ and\n$a$\n", formula=True)
    2
    """
    gap = rf"[\s{re.escape(comment)}]"
    pattern = "(" + f"{gap}+".join(map(re.escape, quoted.split())) + ")"
    if formula:
        pattern = rf"(?:\$|\\[(\[]){gap}*{pattern}{gap}*(?:\$|\\[)\]])"
    found = list(re.finditer(pattern, source))[before : before + 1]
    return source.count("\n", 0, found[0].start(1)) + 1 if found else None
