"""What the checker found, written into a page: marks, faults, cards, a foot line.

It knows no more of the page than what was found in its source and the formulas in its
HTML, and asks for the address of another page: whoever builds the site can call it.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

from mathcheck.command.account import anchor, anchor_of
from mathcheck.command.report import counted, failed
from mathcheck.page.check import Page as Checked
from mathcheck.page.explain import Explained, Explanation, without_label
from mathcheck.page.finding import BAD, CLAIMS, Finding
from typeset.breaks import broken, sealed, sides
from typeset.formulas import Shown, button, inline, replaced

EXPLAINED = "checked.md"  # the page that says how it works

# The link from a page to another, by the path of its source among the pages: empty to
# itself, and None if there is no such page
LinkTo = Callable[[str], str | None]


def with_verdicts(html: str, checked: Checked, pages: Path, link_to: LinkTo) -> str:
    """Return a page with what was found in it, and its symbols' cards at the end.

    `pages` is the folder of the sources of all pages.
    """
    marked, placed = with_marks(html, checked)
    bad = failed(checked.findings)
    elsewhere = [finding for finding in bad if finding.offset not in placed]
    parts = [*map(fault, elsewhere), marked, foot(checked, link_to(EXPLAINED))]
    return "".join([*parts, cards(checked, pages, link_to)])


def with_marks(html: str, checked: Checked) -> tuple[str, set[int]]:
    """Add a mark after each formula that claims; return where the formulas stand."""
    findings: dict[int, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        findings[finding.offset].append(finding)
    waiting: dict[str, list[int]] = defaultdict(list)
    for offset, latex in checked.formulas.items():
        waiting[" ".join(latex.split())].append(offset)
    placed: set[int] = set()
    explained = {formula.offset: formula for formula in checked.symbols}
    declaring = {
        (said.line, said.column)
        for said in checked.explanations
        if said.path == checked.path and not said.label
    }

    def mark(shown: Shown) -> str:
        offsets = waiting[" ".join(shown.tex.split())]
        if not offsets:  # which fails a strict build: see border.py
            return f'{shown}<div class="formula-fault">this was not read</div>'
        offset = offsets.pop(0)
        placed.add(offset)
        formula = tagged(shown, explained.get(offset), declaring)
        for finding in findings[offset]:  # a link leads to what is not checked
            if finding.status == "unchecked" and not formula.anchor:
                formula = replace(formula, anchor=anchor_of(checked, finding))
        seal = offset in checked.theorems
        said = "".join(marks(findings[offset], block=shown.display, seal=seal))
        changed = [
            replace(change, detail=in_words(change.detail))
            for change in checked.breaks.get(offset, ())
        ]
        breaks = broken(changed, formula.symbols)
        return f"{replace(formula, stop='')}{said}{breaks}{formula.stop}"

    return replaced(html, mark), placed


def marks(found: list[Finding], *, block: bool, seal: bool = False) -> Iterator[str]:
    """Yield what is written after a formula: a tick or seal, a cross, or a fault."""
    for finding in found:
        if finding.status in BAD:
            yield fault(finding)
    held = [f for f in found if f.status == "holds" and f.kind in CLAIMS]
    refuted = [f for f in found if f.status == "refuted-on-purpose"]
    if refuted and block:
        yield counter_example(in_words(refuted[0].detail))
    elif refuted:  # within a sentence nothing can be folded
        words = f"Refuted by this run: {in_words(refuted[0].detail)}"
        yield f'<span class="refuted">{escape(words)}</span>'
    elif held and len(held) == len([f for f in found if f.kind in CLAIMS]):
        where = in_words(held[0].detail)
        yield button("holds", tried(where), sealed(where) if seal else "")
    elif unchecked := [f for f in found if f.status == "unchecked"]:
        yield button("unchecked", f"Not checked: {unchecked[0].detail}")


def tried(detail: str) -> str:
    """Say where a formula was tried: the points, and the sizes and indices of them.

    >>> tried("144 points; K = 2, 3, 4; all j")
    'Checked: tried at 144 points; K = 2, 3, 4; all j'
    >>> tried("as supposed in words; 12 points")
    'Checked, as supposed in words: tried at 12 points'
    """
    *supposed, where = re.split(r"(?<=^as supposed in words); ", detail, maxsplit=1)
    return ", ".join(["Checked", *supposed]) + f": tried at {where}"


def counter_example(words: str) -> str:
    """Return a fold with the point at which a formula fails, and its sides there."""
    items = "".join(f"<li>{escape(line)}</li>" for line in sides(words))
    return (
        '<details class="refuted"><summary>Refuted by this run'
        '<span class="unfolds">: show the <span>counter-example</span></span></summary>'
        f"<ul>{items}</ul></details>"
    )


def tagged(
    shown: Shown, formula: Explained | None, declaring: set[tuple[int, int]]
) -> Shown:
    """Return a formula with an anchor if it declares, and with its symbols.

    These are the numbers of the cards, by the LaTeX of each symbol; of one that does
    not mean the same throughout, the numbers in its order.
    """
    if formula is None:
        return shown
    place = formula.line, formula.column
    declares = place in declaring
    declaring.discard(place)  # it may be shown twice
    numbers: dict[str, list[int]] = defaultdict(list)
    for text, number in formula.symbols:
        numbers[text].append(number)
    symbols = {t: n if len(set(n)) > 1 else n[0] for t, n in numbers.items()}
    return replace(shown, anchor=anchor(*place) if declares else "", symbols=symbols)


def fault(finding: Finding) -> str:
    """Return what is wrong, in words, for the author who looks at the page."""
    words = f"line {finding.line}: {finding.status}: {in_words(finding.detail)}"
    return f'<div class="formula-fault">{escape(words)}</div>'


def foot(checked: Checked, how: str | None) -> str:
    """Return the line at the foot of a page that has anything to check.

    `how` is the link to the page that says how it is checked, without which a site has
    no such line.
    """
    statements = [f for f in checked.findings if f.kind in CLAIMS]
    numbers = [f for f in checked.findings if f.kind == "number"]
    parts = [
        counted(len(found), noun)
        for found, noun in ((statements, "statement"), (numbers, "number"),
                            (checked.called, "function"))
        if found
    ]  # fmt: skip
    if not parts or how is None:
        return ""
    return (
        f'<p class="checked-foot">{", ".join(parts)}: '
        f'<a href="{how or "./"}">checked</a> when this page was built</p>'
    )


# --- what the page says of its symbols ------------------------------------------------


def cards(checked: Checked, pages: Path, link_to: LinkTo) -> str:
    """Return a card for each thing that the page's symbols mean, out of sight.

    Their formulas are typeset with the page's; a script shows the card of a symbol.
    """
    here = {
        (formula.line, formula.column): checked.formulas[formula.offset]
        for formula in checked.symbols
    }
    said = []
    for explanation in checked.explanations:
        link = address(explanation, pages, link_to)
        formula = here.get((explanation.line, explanation.column), "")
        shown = (
            link.startswith("#") and without_label(formula) == explanation.declaration
        )
        said.append(card(explanation, link, shown=shown))
    if not said:
        return ""
    return f'<template id="symbols" data-search-exclude>{"".join(said)}</template>'


def card(said: Explanation, link: str, *, shown: bool) -> str:
    """Return what is said of a symbol; a formula that the page shows is taken there."""
    declared = f"${said.declaration}$"
    declaration, meaning = in_html(declared), in_html(said.meaning)
    if shown:
        meaning = meaning.replace(declaration, copy := f'<q cite="{link}"></q>')
        declaration = copy
    parts = [] if declaration in meaning else [declaration]
    parts += [meaning] if meaning else []
    code = [f"Python: {in_html(said.python)}"] if said.python else []
    code += [f"shape <code>{escape(said.shape)}</code>"] if said.shape else []
    if code:
        parts.append(", ".join(code))
    if link:
        parts.append(f'<a href="{escape(link)}">where it is declared</a>')
    return "<div>" + "".join(f"<p>{part}</p>" for part in parts) + "</div>"


def address(said: Explanation, pages: Path, link_to: LinkTo) -> str:
    """Return the link from a page to the formula that declares; none to itself."""
    link = link_to(posixpath.relpath(said.path, pages))
    if link is None:
        return ""
    place = said.label.replace(":", "-") or anchor(said.line, said.column)
    return f"{link}#{place}"


def in_html(text: str) -> str:
    """Return words with `code` and with formulas as arithmatex would leave them."""
    text = escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    formula = re.compile(r"(?<!\\)\$([^$]+)(?<!\\)\$")
    text = formula.sub(lambda found: inline(unescape(found[1])), text)
    return text.replace(r"\$", "$")


# LaTeX in messages, as plain text can show it
LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "ell": "ℓ",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307"}


def in_words(detail: str) -> str:
    """Return a message without its LaTeX."""
    text = re.sub(r"\\mathbf ", "", detail)
    text = re.sub(r"\\mathcal\{(\w)\}", r"\1", text)
    text = re.sub(r"\\(hat|bar|tilde|dot) (\w)", lambda m: m[2] + ACCENTS[m[1]], text)
    text = re.sub(r"\\([A-Za-z]+)", lambda m: LETTERS.get(m[1], m[0]), text)
    return text.replace("=-", "=−").replace(" -", " −").replace("(-", "(−")
