"""Equations of other pages that a page refers to, so that a link can show its target.

They stand in the page, once each and out of sight, because nothing can be fetched from
a folder without a server. `docs/assets/formulas/preview.js` shows them.
"""

import re
from collections.abc import Callable
from html import escape

from typeset.page import Equation, glyph_pool

LINK = re.compile(r'<a\b[^>]*?\bhref="(?P<href>(?P<path>[^"#]+)#(?P<anchor>eq-[^"]+))"')
SYMBOL = re.compile(r' data-symbol="\d+"')  # its cards are those of another page


def with_previews(
    html: str,
    glyphs: dict[str, str],
    find: Callable[[str, str], tuple[str, Equation] | None],
) -> str:
    """Append the equations of other pages to which a page refers.

    `find` gets a link's path and anchor, and returns the title of the page and the
    equation; of what it does not know MkDocs warns by itself. `glyphs` are those that
    the page has already.
    """
    entries: dict[str, str] = {}
    missing: dict[str, str] = {}
    for link in LINK.finditer(html):
        found = find(link["path"], link["anchor"])
        if found is None or link["href"] in entries:
            continue
        title, equation = found
        missing |= equation.formula.glyphs
        formula = SYMBOL.sub("", equation.formula.html)
        # With a link of the same address, by which the script finds it
        entries[link["href"]] = (
            f'<div>{formula}<p><a href="{link["href"]}">{escape(title)}</a></p></div>'
        )
    if not entries:
        return html
    own, whole = glyph_pool(glyphs), glyph_pool(glyphs | missing)
    html = html.replace(own, whole) if own else html + whole
    said = "".join(entries.values())
    return f'{html}<template id="equations" data-search-exclude>{said}</template>'
