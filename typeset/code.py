"""Code on a finished page: how high it is, and where it may go on in the next line."""

import re

CELL = re.compile(r"<td\b.*?</td>", re.DOTALL)
CODE = re.compile(r"(?<=<code>)[^<]{25,}(?=</code>)")  # shorter ones read better whole
PART = re.compile(r"(?<=[._(])(?=[a-z])")  # of a dotted name, of a_long_name, of a call
BLOCK = re.compile(
    r"(?P<start><pre\b[^>]*>(?:<span></span>)?<code)>(?P<code>.*?)(?=</code></pre>)",
    re.DOTALL,
)


def measured(html: str) -> str:
    r"""Write the number of its lines on each block of code.

    So a browser knows its height without a look into it, which it then takes when a
    reader comes near; a third of all elements of a page stand in its code.

    >>> measured("<pre><code>a = <b>1</b>\nb = 2\n</code></pre>")
    '<pre><code style="--lines: 2">a = <b>1</b>\nb = 2\n</code></pre>'
    """

    def lines(block: re.Match[str]) -> str:
        text = re.sub("<[^>]*>", "", block["code"]).removesuffix("\n")
        count = text.count("\n") + 1
        return f'{block["start"]} style="--lines: {count}">{block["code"]}'

    return BLOCK.sub(lines, html)


def breakable(html: str) -> str:
    """Let code in the cells of tables break between the parts of its names.

    A browser breaks nowhere in `optax.softmax_cross_entropy(z, q)`, or anywhere.
    Whether it may, and in which tables, is said in the style sheet.
    The page is a finished one because the search reads the whole name.

    >>> breakable("<td><code>special.logsumexp(z, axis=-1)</code></td>")
    '<td><code>special.<wbr>logsumexp(<wbr>z, axis=-1)</code></td>'
    """
    return CELL.sub(
        lambda cell: CODE.sub(lambda code: PART.sub("<wbr>", code[0]), cell[0]), html
    )
