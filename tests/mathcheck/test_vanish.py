"""Statements that fail at places that drawn points never meet."""

from __future__ import annotations

import pytest

from tests.mathcheck.pages import check

DECLARED = (
    r"Let $x, a, b \in \mathbb{R}$, $s \in \mathbb{R}_{>0}$, $p \in (0, 1)$, "
    r"$n \in \mathbb{N}$, $z \in \mathbb{R}^K$, $j, k \in \{1, \dots, K\}$, "
    r"$M \in \mathbb{R}^{n \times n}$ and $q \in \Delta^{2}$."
)
FALSE = [
    r"\frac{x^2 - 1}{x - 1} = x + 1",
    r"\frac{x^3 - 8}{x - 2} = x^2 + 2 x + 4 \qquad \text{for all } x \in \mathbb{R}",
    r"\frac{a^2 - b^2}{a - b} = a + b",
    r"\frac{s^2 - 9}{s - 3} = s + 3",
    r"\frac{p - \frac13}{3 p - 1} = \frac13",
    r"\tan(x) \cos(x) = \sin(x)",
    r"(a - 5000)^2 + (b + 3000)^2 > 0",
    r"|2 a - 7| + |b - x| > 0",
    r"x^2 - 2000 x + 10^6 > 0",
    r"n^2 + n + 41 \ne 1681",
    r"\int_0^1 e^{-10^{10} (x - 0.77)^2} \, dx = 0",
    r"M M^{-1} = I",
    r"\operatorname{tr}(M)^2 \le 6 \lVert M \rVert_F^2",
    r"\log 0 = 0",
    r"\lim_{n \to \infty} (-1)^n = 1",
    r"\lim_{s \to 0^+} \operatorname{softmax}(z / s)_k = \mathbf{1}[z_k = \max_j z_j]",
    r"\arg\min_x (x^2 + 10^{-7} x) = 0",
    r"\int_0^1 \mathbf{1}[|x - 0.1234567| < 10^{-6}] \, dx = 0",
    r"e^a \ge e^b \implies a \ge b + 10^{-3}",
]
RIGHT = [
    r"\frac{x^2 - 1}{x - 1} = x + 1 \qquad (x \ne 1)",
    r"\frac{1}{x - 1} = -\frac{1}{1 - x}",
    r"\frac{a^2 - b^2}{a - b} = a + b \qquad \text{if } a > b",
    r"\frac{1}{1 - p} > 1",
    r"\tan(x) = \frac{\sin x}{\cos x}",
    r"a \ne b \implies (a - b)^2 > 0",
    r"M M^{-1} = I \qquad \text{if } \det M \ne 0",
    r"(M^{-1})^\top = (M^\top)^{-1}",
    r"\lim_{n \to \infty} \frac{(-1)^n}{n} = 0",
    r"\lim_{s \to 1} \frac{1 - \sum_{k=1}^3 q_k^s}{s - 1} = -\sum_{k=1}^3 q_k \log q_k",
    r"z_j \ge z_k \iff \operatorname{softmax}(z)_j \ge \operatorname{softmax}(z)_k",
    r"a \le b \iff \tanh a \le \tanh b",
    r"\int_{-1}^1 \max(x, 0) \, dx = 0.5",
]
SENTENCES = {
    r"Let $A \in \mathbb{R}^{n \times n}$ be invertible.": r"A^{-1} A = I",
    r"For an invertible matrix $A \in \mathbb{R}^{n \times n}$:": r"A A^{-1} = I",
    r"Let $u, v \in \mathbb{R}$ with $0 < u < 1$ and $v \ge 0$.": r"u \sqrt{v} \ge 0",
}


@pytest.mark.parametrize("formula", FALSE)
def test_false_where_something_vanishes_is_no_pass(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", DECLARED)[-1]
    assert found.status in ("refuted", "refused"), found


@pytest.mark.parametrize("formula", RIGHT)
def test_right_where_it_has_a_value_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", DECLARED)[-1]
    assert found.status == "holds", found


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_a_declaring_sentence_adds_holds_below_it(tmp_path, sentence):
    found = check(tmp_path, f"$${SENTENCES[sentence]}$$", sentence)[-1]
    assert found.status == "holds", found
