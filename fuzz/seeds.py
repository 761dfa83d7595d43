"""What the fuzzer begins with: the formulas of the site and of the corpus, and TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mathcheck.read.lexer import GREEK, LOOKS, NAMES, SPELLINGS, UNSEEN, WORDS
from mathcheck.source.blocks import Element
from mathcheck.source.reading import read_file

ROOT = Path(__file__).parents[1]
SOURCES = (
    "docs/**/*.md", "docs/**/*.py", "snippets/*.py", "tests/mathcheck/corpus/**/*.md",
)  # fmt: skip
COMMAND = re.compile(
    r"\\(?:begin|end|operatorname|math[a-z]+|text)\{[^{}]*\}|\\[A-Za-z]+"
)
# In force for every input: the letters that formulas of this site are about
DECLARATIONS = r"""
$K, N, D \in \mathbb{N}$, $i, j, k, m, c, \ell \in \{1, \dots, K\}$,
$n \in \{1, \dots, N\}$, $z, u, v \in \mathbb{R}^K$, $y, q \in \Delta^{K-1}$,
$p := \operatorname{softmax}(z)$, $x, t, \eta \in \mathbb{R}$, $a, b \in (0, 1)$,
$s, T \in \mathbb{R}_{>0}$, $h \in \{0, 1\}$, $S \in \mathbb{R}^{K \times K}$,
$X \in \mathbb{R}^{N \times D}$, $w \in \mathbb{R}^D$,
$A(z) := \log \sum_{k=1}^{K} e^{z_k}$, $L := -\sum_{k=1}^{K} y_k \log p_k$,
$H(q) := -\sum_{k=1}^{K} q_k \log q_k$, $f : \mathbb{R} \to \mathbb{R}$.
"""
# Beside the commands in use: sizes and powers that grow, and what opens and closes
OTHERS = r"""
0 1 2 7 -1 0.5 10 100 1000 10^{10} 10^{10^{10}} K^K x^x ! !! ^{-1} ^2 ^n _k _{ij}
_{k=1}^K { } ( ) [ ] \{ \} \left( \right) \left. \right| | \| ' '' & \\ = < > + - * /
, ; : . ~ % # \sum_{i=1}^{K} \sum_{k=1}^{1000} \prod_{k=1}^{20} \int_0^1 := \text{if}
\int_{-\infty}^\infty \lim_{x\to0} \frac{\partial}{\partial z_j} \mathbb{N}
\in\mathbb{R}^K \frac{\mathrm{d}}{\mathrm{d}x} \mathbb{R}^{K \times K} \in\{1,\dots,K\}
\mathbf{1}_{1000} \text{for all} $ $$ \begin{aligned} \end{aligned} z_k p_j x t a K k j
s w X S y q A(z)
H(q) f(x) \log \exp \max_k \operatorname{softmax}(z) \nabla_z \otimes I_{100} é 𝒙
""".split()


def formulas() -> Iterator[str]:
    """Yield the LaTeX of all formulas of the site and of the corpus, to begin with."""
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            for item in read_file(path).reading.items:
                if isinstance(item, Element):
                    yield item.latex


@cache
def commands() -> list[str]:
    """Return the commands that formulas use or the lexer knows, and some others."""
    used = set(COMMAND.findall("\n".join(formulas())))
    known = {*GREEK, *LOOKS, *NAMES, *SPELLINGS, *UNSEEN, *WORDS}
    return sorted(used | known | set(OTHERS))
