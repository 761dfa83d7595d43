"""Raised and lowered digits of the prose, of which the text's face has only ¹, ² and ³.

Of 10⁻¹⁵ a browser would take the 1 from the face, and the rest from whatever other font
the system has, lighter and of another size.
"""

import re

UP, DOWN = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "₀₁₂₃₄₅₆₇₈₉"
DIGITS = {
    **str.maketrans(UP, "0123456789−"),
    **str.maketrans(DOWN, "0123456789"),
}
RUN = re.compile("(?P<up>[¹²³]*[⁰⁴-⁹⁻][⁰¹²³⁴-⁹⁻]*)|[₀-₉]+")
TAG = re.compile(
    r"<(?P<tag>head|pre|code|svg|math|script|style)\b.*?</(?P=tag)>|<[^>]*>", re.DOTALL
)


def with_scripts(html: str) -> str:
    """Return a finished page whose raised and lowered digits are `<sup>` and `<sub>`.

    Those of attributes and of code stay as they are.

    >>> with_scripts('<p title="10⁻⁷">10⁻¹⁵ of 10²⁰, q₂, R²</p> <code>10⁵</code>')
    '<p title="10⁻⁷">10<sup>−15</sup> of 10<sup>20</sup>, q<sub>2</sub>, R²</p> <code>10⁵</code>'
    """  # noqa: E501
    if not RUN.search(html):
        return html
    parts, start = [], 0
    for tag in TAG.finditer(html):
        parts += [RUN.sub(script, html[start : tag.start()]), tag[0]]
        start = tag.end()
    return "".join([*parts, RUN.sub(script, html[start:])])


def script(run: re.Match[str]) -> str:
    """Return raised digits as a superscript, or lowered ones as a subscript."""
    name = "sup" if run["up"] else "sub"
    return f"<{name}>{run[0].translate(DIGITS)}</{name}>"
