"""How a page shows a result: its seal, and the ways in which it was broken."""

from __future__ import annotations

import re
from html import escape

from mathcheck.page.theorems import Break
from typeset.formulas import Shown, Symbols, inline

# MathJax's own way to put a class on one sign, and the sign itself
SIGNS = {
    "+": "+", "-": "−", r"\le": "≤", r"\ge": "≥", "<": "<", ">": ">", r"\ell": "ℓ",
}  # fmt: skip
ELEMENTS = {"sign": "mo", "number": "mn", "index": "mi", "letter": "mi"}


def sealed(detail: str) -> str:
    """Return the words of the seal of a result that held: where this run tried it.

    >>> sealed("144 points; K = 2, 3, 4; all k")
    'checked at 144 points, K = 2, 3, 4'
    """
    points, *rest = detail.split("; ")
    said = ", ".join([points, *(each for each in rest if "=" in each)])
    return f"checked at {said}"


def sides(words: str) -> list[str]:
    """Return a counter-example in lines: the point, then both sides.

    >>> sides("step 2: left 1, right 0, difference 1 at K=2, p=(0.3, 0.7)")
    ['K = 2', 'p = (0.3, 0.7)', 'step 2', 'left = 1', 'right = 0', 'difference = 1']
    """
    values, _, point = words.partition(" at ")
    apart = re.compile(r", (?![^()]*\))")
    step, _, values = values.rpartition(": ")
    lines = [line.replace("=", " = ", 1) for line in apart.split(point) if line]
    lines += [step] if step else []
    return lines + [re.sub(r"^(\w+) ", r"\1 = ", line) for line in apart.split(values)]


def broken(breaks: list[Break], symbols: Symbols) -> str:
    """Return the refuted changes of a formula, out of sight, for a button to show.

    Their symbols are those of the formula itself, which stands before them.
    """
    if not breaks:
        return ""
    changes = "".join(
        f"<div>{Shown(marked(each), display=True, tag='div', symbols=symbols)}"
        f"<p>{in_a_sentence(each)}</p>"
        f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in sides(each.detail))}</ul>"
        "</div>"
        for each in breaks
    )
    return f'<template class="breaks" data-search-exclude>{changes}</template>'


def marked(change: Break) -> str:
    r"""Return a changed formula in which what was changed can be seen.

    >>> marked(Break("p + y", 2, "-", "+", "sign", ""))
    "p \\mmlToken{mo}[class='changed']{+} y"
    """
    before, after = change.latex[: change.at], change.latex[change.at :]
    after = after.removeprefix(change.new)
    if sign := plain(change.new):
        token = rf"\mmlToken{{{ELEMENTS[change.kind]}}}[class='changed']{{{sign}}}"
        return f"{before}{token}{after}"
    return change.latex


def in_a_sentence(change: Break) -> str:
    """Say what was changed.

    >>> in_a_sentence(Break("p + y", 2, "-", "+", "sign", ""))
    'One sign changed, − to +. This run refuted it:'
    """
    old, new = (plain(side) for side in (change.old, change.new))
    if change.kind in ("index", "letter"):
        old, new = inline(change.old), inline(change.new.strip("{}"))
    return f"One {change.kind} changed, {old} to {new}. This run refuted it:"


def plain(token: str) -> str:
    r"""Return a sign, a number or a letter as it is printed.

    >>> plain("-"), plain("{K-1}"), plain(r"{\lambda}")
    ('−', 'K−1', '')
    """
    token = token.strip("{}")
    if re.fullmatch(r"[A-Za-z](-1)?|\d+", token):
        return token.replace("-", "−")
    return SIGNS.get(token, "")
