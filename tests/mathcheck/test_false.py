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
    r"It is $g \in (0, 1)$, and $g := 5$.",
    "Under a heading.\n\n## Below\n\nHence $L \\in [0, 1]$, and so $L \\le 1$.",
]
CONDITIONS = [
    r"\begin{aligned} \sum_k p_k &= 1 && \text{for } x > 0 \\ &= t \end{aligned}",
    r"\begin{aligned} \sum_k p_k &= 1 && \text{if } K = 2 \\ &= t \end{aligned}",
    r"H(q) = 0 \qquad \text{if } \max_k q_k \ge \tfrac{1}{2}",
    r"H(q) = \log K + 1 \qquad \text{if } q = p",
    r"L = \log K \qquad \text{if } y = p",
    r"q_1 = 1 \qquad \text{if } \max_k q_k = 1",
    r"S^2 = \operatorname{tr}(S) S \qquad \text{if } S = S^\top",
    r"\det(S) = 0 \qquad \text{if } S = S^\top",
    r"\sum_{k=1}^{K} 1 = K, \qquad K + K = K K",
]
SIZES = [
    r"\mathbf{1} \mathbf{1}^\top \mathbf{1} = 3\, \mathbf{1}",
    r"(I - \mathbf{1} \mathbf{1}^\top) \mathbf{1} = -2\, \mathbf{1}",
    r"K \le 4",
    r"(K - 2)(K - 3)(K - 4) = 0",
    r"\sum_{k=1}^{K} k = K + 1",
]
VALUES = [
    r"x \le 100", r"\max(x, -20) = x", r"s \ge 0.01", r"a \ge 0.001", r"-\log a \le 8",
    r"\lVert p - y \rVert \le 1.3", r"y^\top q > 0", r"\lVert y - q \rVert_1 < 2",
    r"q_K < 1", r"q_2 < 1", r"\cos(200 \pi x) = 1", r"f(x) \le 5", r"f(x) \ge -4.6",
    r"f(0) < 0", r"x > 0",
    r"p_k > 0.001", r"x^2 > 0", r"y_k > 0", r"L > 0.01", r"x + 10^{-6} = x",
    r"\arg\max_{m \in \{0, \dots, K - 1\}} z_{m+1} = \arg\max_k z_k",
    r"\arg\max_x (-x^2) = \arg\max_x (-(x - 0.01)^2)",
    r"\arg\max_x (-(x - 3)^4) = 3.1",
    r"\lim_{s \to \infty} \frac{\log s}{s} = 0.002",
    r"\lim_{s \to \infty} (1 + 1/s)^s = 2.7182",
    r"1.449 \approx 1.45 \approx 1.5 \approx 2",
    r"p_k \propto -e^{z_k}", r"\mathrm{d}(x t) = t\, \mathrm{d}x",
    r"2^{-1074} = 0", r"10^{-300} = 2 \cdot 10^{-300}",
    r"\sum_{k=1}^{K} {z_k + 1} = K + \sum_{k=1}^{K} z_k",
    r"\sum_{k=1}^{K} p_k \log p_k \ge -1", r"A(z) \le \max_k z_k + 1.3",
    r"x = x \text{, and so $\sum_k p_k = 2$}", r"\text{Therefore $x = t$.}",
    r"\underbrace{\sum_{k=1}^{K} p_k}_{= 2} = 1",
]  # fmt: skip
UNREADABLE = [
    r"\begin{aligned} x &= x",
    r"\begin{aligned}\end{aligned}",
    r"\delta_{jc} = \begin{cases} 1 & \text{unless } j=c \\ 0 & \text{else}\end{cases}",
    r"\delta_{jc} = \begin{cases} 0 &\text{only if } j=c \\ 1 & \text{else}\end{cases}",
    r"\forall j \; p_j = j\, p_j",
    r"p_k = y_k \text{ if } k = 1, \quad -p_k \text{ otherwise}",
    r"\log {x^2} = 2 \log x", r"\log {a b} = \log(a b)", r"a/{b s} = \frac{a}{b s}",
    r"\frac{\partial}{\partial x} (x + 1)(x + 2) = x + 2",
    r"\log a/b = \frac{\log a}{b}", r"\frac{\partial}{\partial x} x / x = \frac{1}{x}",
    r"f^{-1}(x) = 1/f(x)", r"x^2^3 = x^6", r"(e^S)_{jk} = e^{S_{jk}}",
]  # fmt: skip
# What has no value, or no point at which to try it, and what is said of that
REFUSED = {
    r"q_1 = 1 \qquad \text{if } q = \mathbf{1}": "for sizes of 1 only",
    r"a^2 > 1 \qquad \text{if } a = 5": "no point that was tried satisfies",
    r"e_1 + e_2 + e_3 = \mathbf{1}": "not a finite number: left nan",
    r"e_{K+1}^\top z = 0": "not a finite number: left nan",
    r"z^\top e_1 + \lVert X^\top z \rVert^2 \ge z_1": "cannot be multiplied",
    r"\frac{1}{0} = \frac{2}{0}": "not a finite number: left inf",
    r"\log 0 = 2 \log 0": "not a finite number: left -inf",
    r"\mathbb{E}_{k \sim z}[u_k] = z^\top u": "under what is no distribution",
}  # fmt: skip


@pytest.mark.parametrize("sentence", WORDS)
def test_words_do_not_excuse_a_false_claim(tmp_path, sentence):
    found = check(tmp_path, sentence)
    assert {finding.status for finding in bad(found)} == {"refuted"}, said(found)


@pytest.mark.parametrize("formula", [*CONDITIONS, *SIZES, *VALUES])
def test_false_formula_is_refuted(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    assert {finding.status for finding in bad(found)} == {"refuted"}, said(found)


@pytest.mark.parametrize("formula", UNREADABLE)
def test_what_cannot_be_read_in_one_way_is_refused(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    assert "refused" in {finding.status for finding in found}, said(found)


@pytest.mark.parametrize(("formula", "words"), REFUSED.items())
def test_what_might_be_false_is_refused_with_the_reason(tmp_path, formula, words):
    found = check(tmp_path, f"$${formula}$$")
    refused = [f.detail for f in found if f.status == "refused"]
    assert any(words in detail for detail in refused), said(found)


def test_second_definition_is_refused_and_does_not_replace_the_first(tmp_path):
    _, second = check(tmp_path, "Let $R := x$.\n\nThen $R := 2 x$.")
    assert (second.status, second.kind) == ("refused", "definition")
    assert "R is defined in this section already" in second.detail
