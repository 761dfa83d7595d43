r"""The reasons of a derivation, beside its rows: `a &= b && \text{by the chain rule}`.

MathJax never sees them: as text they can stand beside the row where there is room, and
below the formula where there is none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape

from mathcheck.read.reasons import FORMULA, reasons, without_reasons
from typeset.annotation import with_source
from typeset.mathjax import Formula, Typeset

COLUMN = 78  # ex; what the text column of a wide window holds
LETTER = 0.85  # ex; how wide a letter of a reason is, on the average


@dataclass(frozen=True)
class Derivation:
    """A formula for MathJax, and the reasons of its rows, by their number."""

    tex: str
    reasons: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Listed:
    """The reasons of a formula as a list, the classes for its place, its glyphs."""

    html: str = ""
    where: str = ""
    glyphs: dict[str, str] = field(default_factory=dict)


def derivation(tex: str) -> Derivation:
    """Take the reasons out of a formula."""
    return Derivation(without_reasons(tex)[0], tuple(reasons(tex)))


def reasons_beside(
    formula: Typeset, said: Derivation, typeset: Callable[[Formula], Typeset]
) -> Listed:
    """Write the reasons of a formula: each at the height of its row, if it has room."""
    if not said.reasons:
        return Listed()
    glyphs: dict[str, str] = {}

    def inline(match: re.Match[str]) -> str:
        tex = unescape(match[1])
        inner = typeset(Formula(tex, display=False))
        glyphs.update(inner.glyphs)
        html = with_source(inner.html, tex)
        return f'<span class="arithmatex unbroken">{html}</span>'

    items = []
    for row, words in said.reasons:
        place = f' style="--row: {formula.rows[row - 1]}ex"' if formula.rows else ""
        text = FORMULA.sub(inline, escape(re.sub(r"\\([%&_#])", r"\1", words)))
        items.append(
            f'<li{place}><span><span class="row">Line {row}: </span>{text}</span></li>'
        )
    longest = max(len(re.sub(r"\\[a-z]+|[{}$]", "", w)) for _, w in said.reasons)
    beside = formula.rows and formula.width + longest * LETTER <= COLUMN
    return Listed(
        f'<ul class="reasons">{"".join(items)}</ul>',
        " reasoned beside" if beside else " reasoned",
        glyphs,
    )
