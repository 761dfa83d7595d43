r"""Quarto Markdown: the labels behind its displayed formulas are no text of the page.

Its code cells are fences like any other, and its dollars are those of Pandoc: none has
a space inside, and no digit follows the last one. That is what is read anyway.
"""

from __future__ import annotations

import re

from mathcheck.source.delimiters import without_labels

LABEL = re.compile(r"[ \t]*\{#eq-[^{}\n]*\}")


def unlabelled(text: str) -> str:
    r"""Return a page in which the labels of formulas are blank, place for place.

    >>> unlabelled("$$\nx = x\n$$ {#eq-same}")
    '$$\nx = x\n$$           '
    """
    return without_labels(text, LABEL)
