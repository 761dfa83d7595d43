r"""The reasons of a derivation, beside its rows: `a &= b && \text{by the chain rule}`.

MathJax never sees them: as text they can stand beside the row where there is room, and
below the formula where there is none.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from mathcheck.read.reasons import FORMULA, reasons, without_reasons
from typeset.annotation import with_source
from typeset.mathjax import Formula, Typeset
from typeset.rows import joined

COLUMN = 75  # ex; what a wide window holds between the edge of formulas and a number
LETTER = 0.85  # ex; how wide a letter of a reason is, on the average


@dataclass(frozen=True)
class Derivation:
    """A formula for MathJax, and the reasons of its rows, by their number."""

    tex: str
    reasons: tuple[tuple[int, str], ...]

    @property
    def reasons_width(self) -> float:
        """The width of the longest reason in ex, or 0."""
        said = [re.sub(r"\\[a-z]+|[{}$]", "", words) for _, words in self.reasons]
        return LETTER * max(map(len, said), default=0)


@dataclass(frozen=True)
class Listed:
    """The reasons of a formula as a list, the classes for its place, its glyphs."""

    html: str = ""
    where: str = ""
    glyphs: dict[str, str] = field(default_factory=dict)


def derivation(tex: str) -> Derivation:
    """Take the reasons out of a formula."""
    return Derivation(without_reasons(tex), tuple(reasons(tex)))


def in_wide_window(tex: str, typeset: Callable[[Formula], Typeset]) -> str:
    """Return a derivation with the rows joined for which a wide window has room.

    Reasons that stand beside their rows shall go on to stand there.
    """

    def width(tex: str) -> float:
        return typeset(Formula(derivation(tex).tex, display=True)).width

    reasons_width = derivation(tex).reasons_width
    beside = width(tex) + reasons_width <= COLUMN
    room = COLUMN - reasons_width if beside else COLUMN
    return joined(tex, lambda one: width(one) <= room)


def reasons_beside(
    formula: Typeset,
    said: Derivation,
    lines: Sequence[int],
    typeset: Callable[[Formula], Typeset],
) -> Listed:
    """Write the reasons of a formula: each at the height of its row, if it has room.

    `lines` are the numbers of these rows where the source's rows are shown.
    """
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
    for (row, words), line in zip(said.reasons, lines, strict=True):
        place = f' style="--row: {formula.rows[row - 1]}ex"' if formula.rows else ""
        text = FORMULA.sub(inline, escape(re.sub(r"\\([%&_#])", r"\1", words)))
        items.append(
            f'<li{place}><span><span class="row">Line {line}: </span>{text}</span></li>'
        )
    beside = formula.rows and formula.width + said.reasons_width <= COLUMN
    return Listed(
        f'<ul class="reasons">{"".join(items)}</ul>',
        " reasoned beside" if beside else " reasoned",
        glyphs,
    )
