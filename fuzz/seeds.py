"""What the fuzzer begins with: the formulas of the site and of the corpus, and TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mathcheck.read.lexer import GREEK, LOOKS, NAMES, SPELLINGS, UNSEEN, WORDS
from mathcheck.source.blocks import Element
from mathcheck.source.reading import read_file

ROOT = Path(__file__).parents[1]
SOURCES = (
    "docs/**/*.md",
    "docs/**/*.py",
    "snippets/*.py",
    "tests/mathcheck/corpus/**/*.md",
)
COMMAND = re.compile(
    r"\\(?:begin|end|operatorname|math[a-z]+|text)\{[^{}]*\}|\\[A-Za-z]+"
)
# Beside the commands in use: sizes and powers that grow, and what opens and closes
OTHERS = r"""
0 1 2 7 -1 0.5 10 100 1000 10^{10} 10^{10^{10}} K^K x^x ! !! ^{-1} ^2 ^n _k _{ij} _{k=1}^K
{ } ( ) [ ] \{ \} \left( \right) \left. \right| | \| ' '' & \\ = < > + - * / , ; : . ~ % #
\sum_{i=1}^{K} \sum_{k=1}^{1000} \prod_{k=1}^{20} \int_0^1 \int_{-\infty}^\infty \lim_{x\to0}
\frac{\partial}{\partial z_j} \frac{\mathrm{d}}{\mathrm{d}x} \mathbb{R}^{K \times K} \mathbb{N}
\in\mathbb{R} \in\{1,\dots,K\} := \text{if} \text{for all} $ $$ \begin{aligned} \end{aligned}
z_k p_j x t a K k j s w X S y q A(z) H(q) f(x) \log \exp \max_k \operatorname{softmax}(z) é 𝒙
""".split()


def formulas() -> Iterator[str]:
    """Yield the LaTeX of all formulas of the site and of the corpus."""
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            for item in read_file(path).reading.items:
                if isinstance(item, Element):
                    yield item.latex


def seeds() -> set[str]:
    """Return what to begin with."""
    return set(formulas())


def commands() -> list[str]:
    """Return the commands that formulas use or the lexer knows, and some others."""
    used = set(COMMAND.findall("\n".join(formulas())))
    known = {*GREEK, *LOOKS, *NAMES, *SPELLINGS, *UNSEEN, *WORDS}
    return sorted(used | known | set(OTHERS))


COMMANDS = commands()
