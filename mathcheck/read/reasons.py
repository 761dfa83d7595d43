r"""Reasons: a last cell of words, as in `a &= b && \text{by the chain rule}`.

The words of a reason claim nothing; the formulas in them (`\text{since $y = e_c$}`) are
read like any in a sentence. What begins like a condition is one, and stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CONDITIONS = "if|for|when|whenever|where|provided|given|assuming|unless|otherwise|else"
FORMULA = re.compile(r"\$([^$]+)\$")
REASON = re.compile(
    rf"""&\s*(?:\\q?quad\s*)?&\s*\\text\s*\{{\s*(?!(?:{CONDITIONS})\b)
    (?P<words>(?:[^{{}}$\\]|\\[%&_\#]|\$[^$]+\$)+?)
    \s*\}}\s*(?=\\\\|\\end\s*\{{|\\label\b)""",
    re.VERBOSE,
)


def without_reasons(latex: str) -> str:
    """Return a formula with its reasons blank."""
    return REASON.sub(lambda match: " " * len(match[0]), latex)


def reasons(latex: str) -> Iterator[tuple[int, str]]:
    """Yield the reasons of a formula, each with the number of its row, from 1."""
    for reason in REASON.finditer(latex):
        yield 1 + row_breaks(latex[: reason.start()]), reason["words"].strip()


def row_breaks(latex: str) -> int:
    """Count the rows that end, those of matrices and cases inside left out."""
    depth = count = 0
    for match in re.finditer(r"\\(begin|end)\s*\{|\\\\|\\.|[{}]", latex):
        if match[1] or match[0] in "{}":
            depth += (match[1] == "begin") - (match[1] == "end")
            depth += (match[0] == "{") - (match[0] == "}")
            depth += bool(match[1])  # the brace of the environment's name
        elif match[0] == r"\\" and depth == 1:
            count += 1
    return count
