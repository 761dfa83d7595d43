r"""Extremes to their place, and other notation that an attacker missed."""

import pytest

from tests.mathcheck.pages import check, held, said

PREAMBLE = r"""# Test

$K, N \in \mathbb{N}$, $k \in \{1,\dots,K\}$, $n \in \{1,\dots,N\}$,
$z, u, v \in \mathbb{R}^K$, $x, t \in \mathbb{R}$, $y_n \in \Delta^{K-1}$,
$p, q \in \Delta^{K-1}$, $p^\star := \tfrac1K \mathbf{1}_K$, $r \in (0, 1)$,
$H(p) := -\sum_{k=1}^K p_k \log p_k$.

"""
RIGHT = [
    r"\arg\max_p H(p) = \tfrac{1}{K}\mathbf{1}",
    r"\arg\min_u \lVert u - z\rVert^2 = z",
    r"\arg\min_x |x - t| = t",
    r"\arg\min_q \left(-\sum_{k=1}^K p_k \log q_k\right) = p",
    r"\arg\max_r \left(t^2 \log r + x^2 \log (1-r)\right) = \frac{t^2}{t^2+x^2}",
    r"\arg\min_{x \in [1, 2]} x^2 = 1",
    r"\arg\min_{x > 1} (x - 2)^2 = 2",
    r"\arg\min_{x \in [0, 1]} (x - t)^2 = \max(0, \min(1, t))",
    r"\arg\min_{m \in \mathbb{R}} \sum_{k=1}^K (z_k - m)^2 = \frac1K \sum_{k=1}^K z_k",
    r"\arg\max_{w \in \Delta^{K-1}} (w^\top z + H(w)) = \operatorname{softmax}(z)",
    r"\sum_{k=1}^K y_{nk} = 1",
    r"y_{n1} + \sum_{k=2}^K y_{nk} = 1",
    r"y_{n,1} + \sum_{k=2}^K y_{nk} = 1",
    r"\tanh'(x) = 1 - \tanh^2(x)",
    r"\exp''(x) = e^x",
    r"\arg\max_{z} (z_1 - \lVert z\rVert^2) = \arg\min_z (\lVert z\rVert^2 - z_1)",
]
WRONG = [
    r"\arg\min_x (x - t)^2 = t + 0.0003",
    r"\arg\min_x (x - t)^2 = t + 0.000001",
    r"\arg\min_x |x - t| = t + 0.0003",
    r"\arg\min_q \left(-\sum_{k=1}^K p_k \log q_k\right) = 0.9999 p + 0.0001 p^\star",
    r"\arg\min_{x \in [1, 2]} x^2 = 0",
    r"\arg\min_{x > 1} x^2 = 1",
    r"\arg\min_{x \in (0, 1)} (x - t)^2 = t",
    r"\arg\min_{u \in \Delta^{K-1}} \lVert u - z \rVert^2 = z",
    r"\tanh'(x) = \tanh^2(x)",
    r"y_{n1} = y_{n,2}",
]


@pytest.mark.parametrize("formula", RIGHT)
def test_right_formula_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert held(found), said(found)


@pytest.mark.parametrize("formula", WRONG)
def test_wrong_formula_is_refuted(tmp_path, formula):
    (found,) = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert found.status == "refuted"
