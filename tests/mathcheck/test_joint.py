r"""Extremes over several symbols at once, and over what conditions leave of a set."""

import pytest

from tests.mathcheck.pages import check, held, lines, said

PREAMBLE = r"""# Test

Let $N \in \mathbb{N}_{\ge 2}$, $d \in \mathbb{N}$, $i \in \{1, \dots, N\}$, $y_i \in \mathbb{R}$,
$x_i \in \mathbb{R}$ with $\sum_{i=1}^N x_i^2 > \frac1N (\sum_{i=1}^N x_i)^2 + \frac1{10}$,
$c, w \in \mathbb{R}^d$, $a, b, s, t \in \mathbb{R}$ and $\lambda, \sigma \in \mathbb{R}_{>0}$.
Let $q \in \Delta^{d-1}$.
The slope is $B := \frac{\sum_{i=1}^N x_i y_i - \frac1N \sum_{i=1}^N x_i \sum_{j=1}^N y_j}{\sum_{i=1}^N x_i^2 - \frac1N (\sum_{i=1}^N x_i)^2}$
and the intercept $A := \frac1N \sum_{i=1}^N (y_i - B x_i)$.
Let $\alpha, \beta \in \mathbb{R}$, with $\beta := B$ and $\alpha := A$.

"""  # noqa: E501
RIGHT = r"""
\min_{a, b} \left((a - t)^2 + (b - s)^2\right) = 0
\min_{a, b} \left((a - t)^2 + (b - a)^2\right) = 0
\max_{a, b} \left(3 - (a - t)^2 - (b - a)^2\right) = 3
\min_{a \in \mathbb{R}, b \in \mathbb{R}} \left((a - t)^2 + (b - a)^2 + 1\right) = 1
\min_{a, \sigma} \left((a - t)^2 + \sigma - \log \sigma \right) = 1
\min_{a, b} \sum_{i=1}^N (y_i - a - b x_i)^2 = \sum_{i=1}^N (y_i - A - B x_i)^2
\min_{\alpha, \beta} \sum_{i=1}^N (y_i - \alpha - \beta x_i)^2 = \sum_{i=1}^N (y_i - A - B x_i)^2
(A, B) = \arg\min_{a, b} \sum_{i=1}^N (y_i - a - b x_i)^2
\min_{\alpha, \beta} \sum_{i=1}^N (y_i - \alpha - \beta x_i)^2 = \min_{a, b} \sum_{i=1}^N (a + b x_i - y_i)^2
\arg\min_{a, b} \left((a - t)^2 + (b - s)^2\right) = \arg\min_{a, b} \left(\lambda (a - t)^2 + \lambda (b - s)^2\right)
\min_{w, b} \left(\lVert w - c \rVert^2 + (b - t)^2 + s \right) = s
\min_{w, b} \left(\lVert w - c \rVert^2 + \lambda (b - w^\top c)^2 \right) = 0
\min_{w \in \mathbb{R}^d, b \in \mathbb{R}} \left(\lVert w - c \rVert^2 + (b - t)^2\right) = 0
\inf_{a, b} \sum_{i=1}^N \log(1 + e^{-y_i (a x_i + b)}) \le N \log 2
\min_{s \in \mathbb{R}, s \ge 1} s^2 = 1
\min_{s \in \mathbb{R} : s \ge 1} s^2 = 1
\arg\min_{s \in \mathbb{R} : s \ge 1} s^2 = 1
\min_{s, t, s \ge 1, t \ge 2} (s^2 + t^2) = 5
\min_{s \ge 1, t \ge 2} (s^2 + t^2) = 5
\max_{0 \le s \le 1, t > 0} (1 - (s - t)^2) = 1
\sup_{t > 0, t < 1} t = 1
"""  # noqa: E501
WRONG = r"""
\min_{a, b} \left((a - t)^2 + (b - s)^2\right) = \frac{1}{10}
(s, t) = \arg\min_{a, b} \left((a - t)^2 + (b - s)^2 \right)
(A, B + 10^{-4}) = \arg\min_{a, b} \sum_{i=1}^N (y_i - a - b x_i)^2
\arg\min_{a, b} \left((a - t)^2 + (b - s)^2\right) = \arg\min_{a, b} \left((a - t)^2 + (b - a)^2\right)
\min_{a, \sigma} \left((a - t)^2 + \sigma - \log \sigma \right) = 2
\min_{a, b} \sum_{i=1}^N (y_i - a - b x_i)^2 = \sum_{i=1}^N (y_i - B x_i)^2
\min_{w, b} \left(\lVert w - c \rVert^2 + (b - t)^2 + s \right) = s + 1
\min_{w, b} \left(\lVert w - c \rVert^2 + \lambda (b - w^\top c)^2 \right) = \lambda
\arg\min_{s \in \mathbb{R} : s \ge 1} s^2 = 0
\min_{s \ge 1, t \ge 2} (s^2 + t^2) = 6
\sup_{t > 0, t < 1} t = \frac12
"""  # noqa: E501
# What is below the real least value, or about a set that is not read, is no claim that
# could be tried; above all none of them may hold
REFUSED = r"""
\min_{a, b} \left((a - t)^2 + (b - s)^2\right) = -1
\min_{s \in \mathbb{R}, s > 1} s^2 = 0
\min_{s \in \mathbb{R} : s > 1} s^2 = 0
\min_{s, t, s \ge 1, t \ge 2} (s^2 + t^2) = 0
\min_{a, b : a + b = 1} (a^2 + b^2) = 0
\min_{s \ge 1, t \ge 2} (s^2 + t^2) = 4
\sup_{t > 0, t < 1} t = 2
\min_{0 < s < t, t < 1} s = 0
\min_{a, b, a < b} (a^2 + b^2) = 0
\min_{w : \lVert w \rVert = 1} w^\top c = 0
\min_{w : w_1 > 1} \lVert w \rVert^2 = 0
\arg\min_{w : w_1 > 1} \lVert w \rVert^2 = \mathbf{0}
\max_{q : q_1 > \frac12} q_1 = 1
\min_{q, b} \left(b^2 + \sum_{k=1}^d q_k \log q_k\right) = 0
"""


@pytest.mark.parametrize("formula", lines(RIGHT))
def test_right_extreme_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert held(found), said(found)


@pytest.mark.parametrize("formula", lines(WRONG))
def test_wrong_extreme_is_refuted(tmp_path, formula):
    (found,) = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert found.status == "refuted", said([found])


@pytest.mark.parametrize("formula", lines(REFUSED))
def test_extreme_over_a_set_that_is_not_tried_is_refused(tmp_path, formula):
    (found,) = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert found.status == "refused", said([found])


def test_a_condition_on_two_symbols_says_what_to_write_instead(tmp_path):
    (found,) = check(tmp_path, r"$$\min_{a, b : a + b = 1} a^2 = 0$$", PREAMBLE)
    assert "together with other symbols" in found.detail
    assert r"write \le or \ge" in found.detail
