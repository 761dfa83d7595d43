"""All formulas of a page: typeset, numbered, linkable, with one pool of glyphs."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from html import escape, unescape

from typeset.mathjax import Formula, TexError, Typeset

# What pymdownx.arithmatex leaves in the page (generic: true)
ARITHMATEX = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">'
    r"(?:\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\])</(?P=tag)>",
    re.DOTALL,
)
LABEL = re.compile(r"\\label\{(?P<name>[^}]*)\}")
NAME = re.compile(r"eq:[a-z0-9-]+")
REFERENCE = re.compile(
    r'<a\b(?P<before>[^>]*\shref=")(?P<path>[^"#]*)#(?P<anchor>eq-[a-z0-9-]+)"'
    r"(?P<after>[^>]*)>(?P<text>.*?)</a>",
    re.DOTALL,
)


LONG = 20  # ex; an inline formula wider than this may break at the end of a line


class LabelError(Exception):
    """A label stands where it cannot be linked to."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a formula, and its TeX as it stands in the source."""

    message: str
    tex: str


@dataclass(frozen=True)
class TypesetPage:
    """A page with its formulas typeset, the numbers of its equations, its faults."""

    html: str
    numbers: dict[str, int]
    faults: list[Fault]


def typeset_page(html: str, typeset: Callable[[Formula], Typeset]) -> TypesetPage:
    r"""Typeset every formula that arithmatex marked.

    A display formula with ``\label{eq:name}`` gets the page's next number and the
    anchor ``#eq-name``; the number is itself the link to the equation.
    A formula with a fault stays on the page as its TeX and the fault, in words.
    """
    glyphs: dict[str, str] = {}
    numbers: dict[str, int] = {}
    faults: list[Fault] = []

    def replace(match: re.Match[str]) -> str:
        display = match["display"] is not None
        tex = unescape(match["display"] if display else match["inline"])
        tag, labels = match["tag"], LABEL.findall(tex)
        try:
            formula = typeset(Formula(LABEL.sub("", tex).strip(), display))
            anchor = anchor_of(labels, display=display, taken=numbers) if labels else ""
        except (TexError, LabelError) as error:
            faults.append(Fault(str(error), tex))
            return f'<{tag} class="formula-fault">{escape(f"{error}: {tex}")}</{tag}>'
        glyphs.update(formula.glyphs)
        if not labels:
            short = "" if display or width(formula) > LONG else " unbroken"
            return f'<{tag} class="arithmatex{short}">{formula.html}</{tag}>'
        numbers[anchor] = len(numbers) + 1
        return (
            f'<div class="arithmatex equation" id="{anchor}">{formula.html}'
            f'<a class="equation-number" href="#{anchor}" '
            f'title="Link to this equation">({numbers[anchor]})</a></div>'
        )

    content = ARITHMATEX.sub(replace, html)
    return TypesetPage(content + glyph_pool(glyphs), numbers, faults)


def width(formula: Typeset) -> float:
    """Return the width of a formula in ex: MathJax cuts it where it may break."""
    pieces = re.findall(r'<svg [^>]*?\bwidth="([\d.]+)ex"', formula.html)
    return sum(map(float, pieces))


def anchor_of(labels: list[str], *, display: bool, taken: Container[str]) -> str:
    """Return the anchor of a labelled formula; LabelError if it cannot have one."""
    label = labels[0]
    anchor = label.replace(":", "-")
    if len(labels) > 1:
        raise LabelError(f"two labels in one formula ({', '.join(labels)})")
    if not display:
        raise LabelError(f"a label in an inline formula ({label})")
    if not NAME.fullmatch(label):
        raise LabelError(f"a label is eq: and then a-z, 0-9 or -, this is {label!r}")
    if anchor in taken:
        raise LabelError(f"the label {label} stands twice on this page")
    return anchor


def glyph_pool(glyphs: dict[str, str]) -> str:
    """Return one hidden SVG with the outlines that the page's formulas refer to."""
    if not glyphs:
        return ""
    paths = "".join(
        f'<path id="{escape(name)}" d="{outline}"></path>'
        for name, outline in sorted(glyphs.items())
    )
    return f'<svg class="glyphs" aria-hidden="true"><defs>{paths}</defs></svg>'


def number_references(html: str, number_of: Callable[[str, str], int | None]) -> str:
    """Append an equation's number to every link to it: ``log-sum-exp (2)``.

    `number_of` gets the link's path and anchor; where it knows no number (MkDocs warns
    of such a link by itself) the link stays as it is.
    """

    def replace(match: re.Match[str]) -> str:
        number = number_of(match["path"], match["anchor"])
        if number is None or 'class="equation-number"' in match["before"]:
            return match[0]
        text = f"{match['text']}&nbsp;({number})" if match["text"] else f"({number})"
        return (
            f'<a{match["before"]}{match["path"]}#{match["anchor"]}"{match["after"]}>'
            f"{text}</a>"
        )

    return REFERENCE.sub(replace, html)
