r"""Inequalities: where they fail, and where a strict one is an equality."""

import pytest

from tests.mathcheck.pages import check, held, said

PREAMBLE = r"""# Test

$K \in \mathbb{N}_{\ge 2}$, $k, j \in \{1,\dots,K\}$, $z, u, v \in \mathbb{R}^K$,
$T \in [1, \infty)$, $r \in (2, \infty)$, $g \in [-2, \infty)$, $x, t \in \mathbb{R}$,
$a, b \in \mathbb{R}_{>0}$, $p, q \in \Delta^{K-1}$, $X \in \mathbb{R}^{2\times 3}$,
$w \in \mathbb{R}^3$, $s \in (0,1)$, $c_k \in (0, 1)$, $d_k \in (0, 1)^3$,
$m := \operatorname{softmax}(z)$, $\sigma(x) := \frac{1}{1+e^{-x}}$, $f_k \in (0, 1)$,
$y_k \in (0, 1]$.
Let $h_k \in \mathbb{R}^3$ with $h_k \ne 0$.
Let $C, D \in \mathbb{R}^{2 \times 2}$ with $C \ne 0$ and $D \ne 0$.
Let $x_0, x_1 \in \mathbb{R}$ with $x_0 \ne 0$ and $x_1 \ne 0$.

"""
RIGHT = [
    r"T \ge 1",
    r"r^2 > 4",
    r"g + 2 \ge 0",
    r"\sqrt{T - 1} \ge 0",
    r"m_k < 1",
    r"\sigma(x) > 0",
    r"(x - t)^2 > 0 \qquad\text{if } x \ne t",
    r"\log\sum_{k=1}^K e^{z_k} > \max_k z_k",
    r"\log\sum_{k=1}^K e^{z_k} > z_j",
    r"e^{-x^2} > 0",
    r"x^2 + t^2 + 1 > 2 t x",
    r"x^2 + 0.001 > 0",
    r"\log a < a - 1 \qquad \text{if } a \ne 1",
    r"\sigma(x)(1-\sigma(x)) < 0.2501",
    r"e^x > x",
    r"a + b > \sqrt{a b}",
    r"\sum_{k=1}^K c_k < K",
    r"\sum_{k=1}^K \sum_{i=1}^3 d_{ki} < 3 K",
    r"\prod_{l=1}^k (1 - f_l) > 0",
    r"\lVert h_k \rVert > 0",
    r"\frac{h_k^\top h_j}{\lVert h_k \rVert \lVert h_j \rVert} \le 1",
    r"x_0 x_1 \ne 0",
    r"x_0^3 \sinh x_1 \ne 0",
    r"-\sum_{k=1}^K \log c_k > 0",
    r"\prod_{k=1}^K c_k < 1",
    r"\sum_{k=1}^K y_k > 0",
]
WRONG = {
    r"x_0 (x - 1) (x + 3) \ne 0": "the sides meet",
    r"x_0 \ne x_1^3 - 1": "the sides meet",
    r"\sum_{k=1}^K f_k < K - \frac12": "left",
    r"\lVert h_k - h_j \rVert > 0": "left 0",
    r"\lVert C + D \rVert_F > 0": "the sides meet",
    r"\lVert C - 3 D \rVert_F > 0": "the sides meet",
    r"r^2 > 5": "left 4.",
    r"g \ge -1": "left -1.",
    r"(x - 1.234)^2 > 0": "the sides meet",
    r"\frac{a}{b} + \frac{4 b}{a} > 4": "the sides meet",
    r"(u^\top v)^2 < u^\top u \; v^\top v \text{ if } u \ne v": "sides meet",
    r"\lVert X w\rVert > 0 \qquad \text{if } w \ne 0": "the sides meet",
    r"\sum_k p_k \log p_k > \sum_k p_k \log q_k \text{ if } p_1 \ne q_2": "left 0",
    r"x t - e^t < x \log 3": "left",
    r"3 t - e^t < 3 \log 3 - 3": "the sides meet",
    r"\sigma(x)(1-\sigma(x)) < \frac{1}{4}": "0.2500",
    r"s (1-s)^2 < \frac{4}{27}": "the sides meet",
    r"w_1 < 1 \text{ if } \lVert w \rVert = 1": "left 1",
    r"x + t > 2 \text{ if } x t = 1 \text{ and } x > 0": "the sides meet",
    r"\sum_{k=1}^K z_k \le 1.99 \text{ if } \lVert z \rVert = 1, K = 4": "left",
    r"\sum_{k=1}^K (c_k - 0.5)^2 > 0": "left 0",
    r"\sum_{k=1}^K c_k \le K - 10^{-3}": "left",
    r"-\sum_{k=1}^K \log y_k > 0": "left 0",
    r"\sum_{k=1}^K (c_k - \frac12)^2 > 0": "left 0",
}


@pytest.mark.parametrize("formula", RIGHT)
def test_right_inequality_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert held(found), said(found)


@pytest.mark.parametrize(("formula", "told"), WRONG.items())
def test_wrong_inequality_is_refuted_at_a_point_that_is_shown(tmp_path, formula, told):
    (found,) = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert (found.status, found.kind) == ("refuted", "inequality")
    assert told in found.detail
