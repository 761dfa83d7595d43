"""Long code in a table: where it may go on in the next line."""

import re

CELL = re.compile(r"<td\b.*?</td>", re.DOTALL)
CODE = re.compile(r"(?<=<code>)[^<]{25,}(?=</code>)")  # shorter ones read better whole
PART = re.compile(r"(?<=[._(])(?=[a-z])")  # of a dotted name, of a_long_name, of a call


def breakable(html: str) -> str:
    """Let code in the cells of tables break between the parts of its names.

    A browser breaks nowhere in `optax.softmax_cross_entropy(z, q)`, or anywhere.
    Whether it may, and in which tables, is said in the style sheet.
    This is for a finished page: the search reads the whole name.

    >>> breakable("<td><code>special.logsumexp(z, axis=-1)</code></td>")
    '<td><code>special.<wbr>logsumexp(<wbr>z, axis=-1)</code></td>'
    """
    return CELL.sub(
        lambda cell: CODE.sub(lambda code: PART.sub("<wbr>", code[0]), cell[0]), html
    )
