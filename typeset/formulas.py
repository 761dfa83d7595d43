r"""A formula in the HTML of a page, from arithmatex to MathJax: written and read here.

pymdownx.arithmatex (generic: true) leaves its TeX in ``\(…\)`` or ``\[…\]``; what the
checker knows of it goes with it as an anchor, the numbers of its symbols, and a tick
behind it. `mathcheck.source.site` writes those of labs as arithmatex would; nobody
else writes or reads this form.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

Symbols = Mapping[str, int | list[int]]  # the numbers of their cards, by their LaTeX

FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex"(?: id="(?P<anchor>[^"]*)")?'
    r'(?: data-symbols="(?P<symbols>[^"]*)")?>'
    r"(?:\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\])</(?P=tag)>"
    # …and what goes with it: the tick that the checker writes after it, at the height
    # of its number, and the comma after one in a sentence, at the start of no line
    r'(?P<tick><button class="(?:holds|holds seal|unchecked)"[^>]*>[^<]*</button>)?'
    r"(?(inline)(?P<stop>[,.;:?!)]+)?)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Shown:
    """A formula where a page shows it, as TeX, with what is known of it."""

    tex: str
    display: bool = False
    tag: str = "span"
    anchor: str = ""
    symbols: Symbols = field(default_factory=dict)
    tick: str = ""
    stop: str = ""  # the punctuation behind it

    def __str__(self) -> str:
        r"""Return it as HTML.

        >>> print(Shown("a < b", symbols={"a": 3}))
        <span class="arithmatex" data-symbols="{&quot;a&quot;: 3}">\(a &lt; b\)</span>
        """
        attributes = f' id="{self.anchor}"' if self.anchor else ""
        if self.symbols:
            attributes += f' data-symbols="{escape(json.dumps(self.symbols))}"'
        opening, closing = (r"\[", r"\]") if self.display else (r"\(", r"\)")
        tex = escape(self.tex, quote=False)
        return (
            f'<{self.tag} class="arithmatex"{attributes}>{opening}{tex}{closing}'
            f"</{self.tag}>{self.tick}{self.stop}"
        )


def inline(tex: str, symbols: Symbols | None = None) -> str:
    """Return the HTML of a formula in a line."""
    return str(Shown(tex, symbols=symbols or {}))


def button(mark: str, said: str, shown: str = "") -> str:
    """Return the tick of a formula: a button, for `docs/assets/formulas/marks.js`.

    That of a theorem is a seal, with words to be seen. It is no stop of its own for
    Tab: the keyboard comes to it through its formula.
    """
    title = escape(said, quote=True)
    kind = f"{mark} seal" if shown else mark
    return (
        f'<button class="{kind}" type="button" tabindex="-1" title="{title}">'
        f"{escape(shown)}</button>"
    )


def replaced(html: str, new: Callable[[Shown], str]) -> str:
    r"""Put something new in the place of each formula, its tick and its stop.

    >>> replaced(r'Is <span class="arithmatex">\(a &lt; b\)</span>?',
    ...          lambda formula: f"[{formula.tex}]{formula.stop}")
    'Is [a < b]?'
    """

    def read(match: re.Match[str]) -> Shown:
        display = match["display"] is not None
        return Shown(
            tex=unescape(match["display"] if display else match["inline"]),
            display=display,
            tag=match["tag"],
            anchor=match["anchor"] or "",
            symbols=json.loads(unescape(match["symbols"] or "{}")),
            tick=match["tick"] or "",
            stop=match["stop"] or "",
        )

    return FORMULA.sub(lambda match: new(read(match)), html)
