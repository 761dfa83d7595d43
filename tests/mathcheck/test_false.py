r"""False statements that somebody who attacked the checker once got past it."""

import pytest

from tests.mathcheck.pages import bad, check, said

WORDS = [
    r"For every $j$, $z_j = 0$.",
    r"It starts with $u_1 = z_1$.",
    r"For each $k$, $y_k > p_k$.",
    r"For all $j$ and $k$, $u_j = z_k$.",
    r"If $x = 0$, $t = 5$.",
    r"If $j = c$, $p_j = y_j$.",
    r"There are $N K = N + K$ parameters.",
    r"They add up to $\sum_{k=1}^{K} k = K^2$.",
    r"It is clear that $h^2 = 2 h$.",
    r"It is so because $\delta_{jk} = 1$.",
    r"In this case $x = t$.",
    r"Even $x > t$.",
    r"It holds with $u_k = z_k = 5 x$.",
    r"It is a number $g \in \mathbb{R}$, so that $g \in (0, 1)$.",
    "Let $R := x$.\n\nThen $R := 2 x$.",
    r"It is $g \in (0, 1)$, and $g := 5$.",
    "Under a heading.\n\n## Below\n\nHence $L \\in [0, 1]$, and so $L \\le 1$.",
]
CONDITIONS = [
    r"\begin{aligned} \sum_k p_k &= 1 && \text{for } x > 0 \\ &= t \end{aligned}",
    r"\begin{aligned} \sum_k p_k &= 1 && \text{if } K = 2 \\ &= t \end{aligned}",
    r"H(q) = 0 \qquad \text{if } \max_k q_k \ge \tfrac{1}{2}",
    r"H(q) = \log K + 1 \qquad \text{if } q = p",
    r"L = \log K \qquad \text{if } y = p",
    r"S^2 = \operatorname{tr}(S) S \qquad \text{if } S = S^\top",
    r"\det(S) = 0 \qquad \text{if } S = S^\top",
    r"q_1 = 1 \qquad \text{if } \max_k q_k = 1",
    r"a^2 > 1 \qquad \text{if } a = 5",
    r"\delta_{jc} = \begin{cases} 1 & \text{unless } j=c \\ 0 & \text{else}\end{cases}",
    r"\delta_{jc} = \begin{cases} 0 &\text{only if } j=c \\ 1 & \text{else}\end{cases}",
    r"\forall j \; p_j = j\, p_j",
    r"\sum_{k=1}^{K} 1 = K, \qquad K + K = K K",
    r"p_k = y_k \text{ if } k = 1, \quad -p_k \text{ otherwise}",
]
UNSEEN = [
    r"x = x \text{, and so $\sum_k p_k = 2$}",
    r"\text{Therefore $x = t$.}",
    r"\underbrace{\sum_{k=1}^{K} p_k}_{= 2} = 1",
    r"\begin{aligned} x &= x",
    r"\begin{aligned}\end{aligned}",
    r"-\log 0.5 \approx 0.6931 \text{ bits}",
]
SIZES = [
    r"e_1 + e_2 + e_3 = \mathbf{1}",
    r"\mathbf{1} \mathbf{1}^\top \mathbf{1} = 3\, \mathbf{1}",
    r"(I - \mathbf{1} \mathbf{1}^\top) \mathbf{1} = -2\, \mathbf{1}",
    r"z^\top e_1 + \lVert X^\top z \rVert^2 \ge z_1",
    r"e_{K+1}^\top z = 0",
    r"K \le 4",
    r"(K - 2)(K - 3)(K - 4) = 0",
    r"\sum_{k=1}^{K} k = K + 1",
]
VALUES = [
    r"x \le 100", r"\max(x, -20) = x", r"s \ge 0.01", r"a \ge 0.001", r"-\log a \le 8",
    r"\lVert p - y \rVert \le 1.3", r"y^\top q > 0", r"\lVert y - q \rVert_1 < 2",
    r"q_K < 1", r"q_2 < 1", r"\cos(200 \pi x) = 1", r"f(x) \le 5", r"f(x) \ge -4.6",
    r"f(0) < 0", r"\frac{1}{0} = \frac{2}{0}", r"\log 0 = 2 \log 0", r"x > 0",
    r"p_k > 0.001", r"x^2 > 0", r"y_k > 0", r"L > 0.01", r"x + 10^{-6} = x",
    r"\arg\max_{m \in \{0, \dots, K - 1\}} z_{m+1} = \arg\max_k z_k",
    r"\arg\max_x (-x^2) = \arg\max_x (-(x - 0.01)^2)",
    r"\arg\max_x (-(x - 3)^4) = 3.1",
    r"\lim_{s \to \infty} \frac{\log s}{s} = 0.002",
    r"\lim_{s \to \infty} (1 + 1/s)^s = 2.7182",
    r"1.449 \approx 1.45 \approx 1.5 \approx 2",
    r"\mathbb{E}_{k \sim z}[u_k] = z^\top u",
    r"p_k \propto -e^{z_k}", r"\mathrm{d}(x t) = t\, \mathrm{d}x",
    r"2^{-1074} = 0", r"10^{-300} = 2 \cdot 10^{-300}",
    r"\sum_{k=1}^{K} p_k \log p_k \ge -1", r"A(z) \le \max_k z_k + 1.3",
]  # fmt: skip
AMBIGUOUS = [
    r"\log {x^2} = 2 \log x", r"\log {a b} = \log(a b)", r"a/{b s} = \frac{a}{b s}",
    r"\sum_{k=1}^{K} {z_k + 1} = K + \sum_{k=1}^{K} z_k",
    r"\frac{\partial}{\partial x} (x + 1)(x + 2) = x + 2",
    r"\log a/b = \frac{\log a}{b}", r"\frac{\partial}{\partial x} x / x = \frac{1}{x}",
    r"f^{-1}(x) = 1/f(x)", r"x^2^3 = x^6", r"(e^S)_{jk} = e^{S_{jk}}",
]  # fmt: skip


@pytest.mark.parametrize("sentence", WORDS)
def test_words_do_not_excuse_a_false_claim(tmp_path, sentence):
    found = check(tmp_path, sentence)
    assert bad(found), said(found)


@pytest.mark.parametrize("formula", [*CONDITIONS, *UNSEEN, *SIZES, *VALUES, *AMBIGUOUS])
def test_false_formula_fails(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    assert bad(found), said(found)
