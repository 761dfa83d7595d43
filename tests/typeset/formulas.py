"""Formulas on a page, and a stand-in for MathJax: what tests of pages share."""

from typeset.mathjax import Formula, TexError, Typeset


def stand_in(formula: Formula) -> Typeset:
    """Typeset nothing: show the formula in brackets, its letters as glyphs."""
    if "error" in formula.tex:
        raise TexError("TeX error: no")
    letters = {letter: f"M{ord(letter)}" for letter in formula.tex if letter.isalpha()}
    return Typeset(
        f"[{formula.tex}|{'block' if formula.display else 'inline'}]", letters
    )


def inline(tex):
    return rf'<span class="arithmatex">\({tex}\)</span>'


def display(tex):
    return rf'<div class="arithmatex">\[{tex}\]</div>'
