r"""The mathematics of reStructuredText, as docstrings have it: a role and a directive.

`:math:` before backticks is a formula in a line; `.. math::` displays one, or one
between each two empty lines, as long as lines are indented deeper than it is.
"""

from __future__ import annotations

import re

from mathcheck.source.blocks import Cut, blank

ROLE = re.compile(r"(?<![`\w]):math:`(?P<latex>(?:(?!\n[ \t]*\n)[^`])+)`")
DIRECTIVE = re.compile(
    r"^(?P<indent>[ \t]*)\.\.[ \t]+math::[ \t]*(?P<body>[^\n]*"
    r"(?:\n[ \t]*(?=\n)|\n(?P=indent)[ \t]+\S[^\n]*)*)",
    re.MULTILINE,
)
OPTION = re.compile(r"^[ \t]*:[\w-]+:[^\n]*$", re.MULTILINE)
PART = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
QUOTES = re.compile(r"(?:\"{3}|'{3})\s*\Z")  # that end the docstring


def unfolded(prose: str) -> tuple[str, list[Cut]]:
    r"""Return prose in which roles are in dollars, and the formulas of directives.

    >>> prose, cuts = unfolded("As\n\n.. math:: a = b\n\n    c = d\n\nwith :math:`a`.")
    >>> prose.split(), [cut.latex for cut in cuts]
    (['As', 'with', '$a$.'], ['a = b', '\n    c = d'])
    """
    cuts: list[Cut] = []

    def cut(directive: re.Match[str]) -> str:
        body = OPTION.sub(lambda m: blank(m[0]), directive["body"])
        body = QUOTES.sub("", body)
        for part in PART.finditer(body):
            if part[0].strip():
                at = directive.start("body") + part.start()
                cuts.append(Cut(part[0].rstrip(), at, True, directive.start()))
        return blank(directive[0])

    prose = DIRECTIVE.sub(cut, prose)
    return ROLE.sub(lambda m: f"{' ' * 6}${m['latex']}$", prose), cuts
