"""Where in a file something stands that a rendered page can only quote."""

import re


def line_of(quoted: str, source: str, *, comment: str = "") -> int | None:
    r"""Return the line of the source on which a quotation starts.

    White space may differ, because Markdown unindents what it quotes; so may the
    marks of comment lines, if the source is a notebook whose text stands in comments.
    None if it does not stand there (it came from an included file).

    >>> line_of("a + b = c", "one\ntwo a\n  + b = c\n")
    2
    """
    gap = rf"(?:\s|{re.escape(comment)})+" if comment else r"\s+"
    pattern = gap.join(map(re.escape, quoted.split()))
    found = re.search(pattern, source)
    return source.count("\n", 0, found.start()) + 1 if found else None
