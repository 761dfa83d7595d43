"""Code on a finished page: how high it is, and where it may go on in the next line."""

import re

CELL = re.compile(r"<(?P<tag>t[dh])\b.*?</(?P=tag)>", re.DOTALL)
CODE = re.compile(r"(?<=<code>)[^<]{16,}(?=</code>)")  # shorter ones read better whole
# Of a dotted name, of a_long_name, of a call
PART = re.compile(r"(?<=[._(])(?=[A-Za-z])")
INDEXED = re.compile(r"[^\s>(]+\)\[[^\]<]*\]$")  # the end of a call, and what is taken
OPTION = re.compile(r"(?<![^\s(>])--?[A-Za-z][\w-]*")  # also the -z of a call
INLINE = re.compile(r"(?<=<code>)[^<]*(?=</code>)")
LATEX = re.compile(r"(?<=<code>)[^<]*\\[A-Za-z][^<]*(?=</code>)")
LONG = 20  # characters; shorter LaTeX is one term
TERM = re.compile(r"[\\{}_^]")  # what is more than a sign between terms
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

    def apart(code: re.Match[str]) -> str:
        parts = PART.sub("<wbr>", code[0])
        return INDEXED.sub(r'<span class="term">\g<0></span>', parts)

    return CELL.sub(lambda cell: CODE.sub(apart, cell[0]), html)


def with_whole_options(html: str) -> str:
    """Keep each option of a command on one line with its dashes.

    To come after `measured`, which tells blocks of code from inline code.

    >>> with_whole_options("<code>mathcheck --format json</code>")
    '<code>mathcheck <span class="whole">--format</span> json</code>'
    """
    return INLINE.sub(
        lambda code: OPTION.sub(r'<span class="whole">\g<0></span>', code[0]), html
    )


def by_terms(html: str) -> str:
    r"""Let inline code that is LaTeX go on in the next line between its terms only.

    A browser would break it after any brace, and where it has no other way anywhere.
    What is in braces, its spaces too, belongs to one term.
    To come after `measured`, which tells blocks of code from inline code.

    >>> by_terms(r"<code>first + \hat{second one}</code>")
    '<code>first + <span class="term">\\hat{second one}</span></code>'
    """

    def apart(code: re.Match[str]) -> str:
        parts, depth = [""], 0
        for sign in code[0]:
            depth += (sign == "{") - (sign == "}")
            if sign == " " and depth == 0 and len(code[0]) >= LONG:
                parts.append("")
            else:
                parts[-1] += sign
        return " ".join(
            f'<span class="term">{part}</span>' if TERM.search(part) else part
            for part in parts
        )

    return LATEX.sub(apart, html)
