"""All formulas of a page: typeset, numbered, linkable, with one pool of glyphs."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from html import escape, unescape

from typeset.annotation import with_source
from typeset.formulas import Shown, Symbols, replaced
from typeset.mathjax import Formula, TexError, Typeset
from typeset.reasons import derivation, in_wide_window, reasons_beside
from typeset.roles import WORDS, grouped

GROUP = re.compile(
    r'</g>|<g(?P<before>(?: (?!data-latex)[\w-]+="[^"]*")*)'
    r'(?: data-latex="(?P<tex>[^"]*)")?(?P<after>[^>]*)>'
)
# A group that has lost its TeX, and only moves a glyph
ALONE = re.compile(r'<g( transform="[^"]*")?><use( href="[^"]*")></use></g>')
LABEL = re.compile(r"\\label\s*\{(?P<name>[^}]*)\}")
COMMENT = re.compile(r"(?<!\\)%.*")
FORBIDDEN = re.compile(r"\\(tag\*?|ref|eqref)\b")
NAME = re.compile(r"eq:[a-z0-9-]+")
LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<text>.*?)</a>", re.DOTALL)
HREF = re.compile(r'\bhref="(?P<path>[^"#]*)#(?P<anchor>eq-[a-z0-9-]+)"')

SHRINKING = re.compile(
    r'<svg style="vertical-align: -?(?P<depth>[\d.]+)(?:ex)?; '
    r"width: (?P<width>[\d.]+)ex;"
)

NARROWEST = 25  # ex; what a phone shows in a list within a box
LONG = 20  # ex; an inline formula wider than this may break at the end of a line


class LabelError(Exception):
    """A label, or a reference, is not one that can be linked."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a formula: its TeX, and how often that stood before."""

    message: str
    tex: str
    before: int = 0


@dataclass(frozen=True)
class Equation:
    """A numbered formula, as other pages may show it, and the glyphs that it needs."""

    number: int
    formula: Typeset


@dataclass(frozen=True)
class TypesetPage:
    """A page with its formulas typeset, its equations by their anchors, its faults."""

    html: str
    equations: dict[str, Equation]
    faults: list[Fault]
    glyphs: dict[str, str]


def typeset_page(
    html: str,
    typeset: Callable[[Formula], Typeset],
    roles: Mapping[int, str] | None = None,
) -> TypesetPage:
    r"""Typeset every formula that arithmatex marked.

    A display formula with ``\label{eq:name}`` gets the page's next number and the
    anchor ``#eq-name``; the number is itself the link to the equation.
    A formula with a fault stays on the page as its TeX and the fault, in words.
    A symbol whose number has one of the `roles` is marked with it, as is a gradient.
    """
    roles = roles or {}
    glyphs: dict[str, str] = {}
    equations: dict[str, Equation] = {}
    faults: list[Fault] = []
    seen: Counter[str] = Counter()

    def typeset_one(shown: Shown) -> str:
        tex, display, tag, symbols = shown.tex, shown.display, shown.tag, shown.symbols
        tick = shown.tick + shown.stop
        labels = LABEL.findall(COMMENT.sub("", tex))
        seen[tex] += 1
        try:
            refuse(tex)
            source = LABEL.sub("", tex).strip()

            def explained(formula: Formula) -> Typeset:
                text, groups = grouped(formula.tex, symbols, roles)
                made = typeset(dataclasses.replace(formula, tex=text))
                return with_symbols(made, symbols, roles, groups)

            narrow = derivation(source)
            wide = derivation(in_wide_window(source, typeset) if display else source)
            formula = explained(Formula(wide.tex, display))
            drawn = formula.html
            if not display:
                drawn = SHRINKING.sub(with_depth, drawn)
            if wide.tex != narrow.tex:
                broken = explained(Formula(narrow.tex, display))
                drawn = for_both(formula, broken)
                glyphs.update(broken.glyphs)
            drawn = with_source(drawn, tex.strip())
            lines = [line for line, _ in narrow.reasons]
            listed = reasons_beside(formula, wide, lines, explained)
            anchor = (
                anchor_of(labels, display=display, taken=equations) if labels else ""
            )
        except (TexError, LabelError) as error:
            faults.append(Fault(str(error), tex, seen[tex] - 1))
            said = escape(f"{error}: {tex}")
            return f'<{tag} class="formula-fault">{said}</{tag}>{shown.stop}'
        glyphs.update(formula.glyphs)
        glyphs.update(listed.glyphs)
        # One that is wider than its column shrinks, as far as the style sheet says, and
        # is as high as that leaves it even where it is not yet drawn
        size = f' style="{sides(formula)}"' if display else ""
        if not labels:
            short = "" if display or formula.width > LONG else " unbroken"
            more = (f' id="{shown.anchor}"' if shown.anchor else "") + size
            return (
                f'<{tag} class="arithmatex{short}{listed.where}"{more}>'
                f"{drawn}{listed.html}{tick}</{tag}>"
            )
        number = len(equations) + 1
        whole = with_source(formula.html, tex.strip())
        equations[anchor] = Equation(number, dataclasses.replace(formula, html=whole))
        seal = " sealed" if 'class="holds seal"' in tick else ""
        return (
            f'<div class="arithmatex equation{listed.where}{seal}" id="{anchor}"{size}>'
            f"{drawn}{listed.html}"
            f'<a class="equation-number" href="#{anchor}" '
            f'title="Link to this equation">({number})</a>{tick}</div>'
        )

    content = replaced(html, typeset_one)
    return TypesetPage(content + glyph_pool(glyphs), equations, faults, glyphs)


def sides(formula: Typeset) -> str:
    """Return the width and height of a formula, in ex, for the style sheet."""
    return f"--width: {formula.width:.4g}; --height: {formula.height:.4g}"


def with_depth(picture: re.Match[str]) -> str:
    """Give an inline picture that may have to shrink its depth and width, in ex."""
    depth, width = map(float, picture.groups())
    if width < NARROWEST:
        return picture[0]
    size = f"--depth: {depth:.4g}; --width: {width:.4g}"
    return picture[0].replace('"', f'"{size}; ', 1)


def for_both(wide: Typeset, narrow: Typeset) -> str:
    """Return the HTML of a formula that is broken in narrow windows only.

    It has a picture for each, the narrow one with a size of its own; it is heard once,
    as the source has it.
    """
    _, svg, rest = wide.html.partition("<svg ")
    picture = f'{svg}class="wide" {rest.partition("<mjx-assistive-mml")[0]}'
    other = f'<svg class="narrow" style="{sides(narrow)}; '
    return narrow.html.replace('<svg style="', picture + other, 1)


def with_symbols(
    formula: Typeset,
    numbers: Symbols,
    roles: Mapping[int, str],
    groups: Mapping[str, str],
) -> Typeset:
    r"""Give the symbols that the page explains their number, and no others.

    MathJax leaves the TeX of each piece; `\hat y` is one symbol, and its y none.
    A group that is left with nothing to say is left out. What has a role, as a symbol
    by its number or as a group by its TeX, is of a class that the style sheet colours.
    """
    waiting = {t: n if isinstance(n, list) else [n] for t, n in numbers.items()}
    open_: list[tuple[bool, str]] = []  # groups: explained? and their end

    def number(match: re.Match[str]) -> str:
        if match[0] == "</g>":
            return open_.pop()[1]
        tex = re.sub(r"\s+", "", unescape(match["tex"] or ""))
        attributes = match["before"] + match["after"]
        inside = any(explained for explained, _ in open_)
        explained = tex in waiting and not inside
        if explained:
            first, *rest = waiting[tex]
            waiting[tex] = rest or [first]
            attributes += f' data-symbol="{first}"'
        role = roles.get(first, "") if explained else groups.get(tex, "")
        if role in WORDS:
            attributes += f' class="is-{role}"'
        open_.append((explained, "</g>" if attributes else ""))
        return f"<g{attributes}>" if attributes else ""

    html = GROUP.sub(number, formula.html)
    return dataclasses.replace(formula, html=ALONE.sub(r"<use\1\2></use>", html))


def refuse(tex: str) -> None:
    """Refuse what would number or refer past the numbers of the page."""
    if found := FORBIDDEN.search(tex):
        raise LabelError(
            f"\\{found[1]} in a formula: label equations with \\label{{eq:name}} "
            "and refer to them with [words](#eq-name)"
        )


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
        href = HREF.search(match["attributes"])
        if href is None or "equation-number" in match["attributes"]:
            return match[0]
        number = number_of(href["path"], href["anchor"])
        if number is None:
            return match[0]
        text = f"{match['text']}&nbsp;({number})" if match["text"] else f"({number})"
        return f"<a{match['attributes']}>{text}</a>"

    return LINK.sub(replace, html)
