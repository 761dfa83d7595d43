r"""Functions at a point, constant ones, and gradients: \nabla M(0), f_0(x) := 1."""

import pytest

from tests.mathcheck.pages import assert_refuted, assert_right, check

PREAMBLE = r"""# Test

$t, p, w \in \mathbb{R}^k$, $i \in \{1, \dots, k\}$, $x \in \mathbb{R}$,
$M(t) := e^{p^\top t}$, $f(x) := x^3$, $\ell(w) := w^\top w$,
$A, B \in \mathbb{R}^{k \times k}$.

"""
RIGHT = [
    r"$$M(0) = 1, \qquad \nabla M(0) = p, \qquad \nabla_t M(\mathbf{0}) = p$$",
    r"$$\nabla^2 M(0) = p p^\top$$",
    r"$$\nabla f(2) = 12, \qquad \nabla_x f(2) = 12$$",
    r"$$\nabla_w \ell(p) = 2 p, \qquad \nabla \ell(p) = 2 p$$",
    r"$$\nabla_x f(2 x) = 24 x^2$$",
    r"$$\nabla \left( \ell(w) + 3 w^\top p \right) = 2 w + 3 p$$",
    r"$$\nabla \log M(t) = p$$",
    r"$$\beta_2(i) := 1, \qquad \beta_1(i) := p_i \beta_2(i)$$ "
    r"$$\sum_{i=1}^k \beta_1(i) = \sum_{i=1}^k p_i$$",
    r"$$T_0(x) := 1, \quad T_1(x) := x, \quad T_2(x) := 2 x T_1(x) - T_0(x)$$ "
    r"$$T_2(x) = 2 x^2 - 1$$",
    r"$$\det A \cdot \det B = \det(A B), \qquad \det A \det B = \det(B A)$$",
    r"$$\operatorname{tr} A \operatorname{tr} B = \operatorname{tr} B \cdot "
    r"\operatorname{tr} A$$",
    r"Let $\mathbf{u}, \mathbf{v} \in \mathbb{R}^n$. "
    r"$$\frac{\mathbf{u}^\top \mathbf{v}}{\|\mathbf{u}\| \|\mathbf{v}\|} \le 1 "
    r"\qquad (\mathbf{u}, \mathbf{v} \ne \mathbf{0})$$",
    r"$$\cos \theta := \frac{w^\top p}{\|w\| \|p\|}, \quad -1 \le \cos \theta \le 1 "
    r"\qquad (w, p \ne 0)$$",
]
REFUTED = [
    r"$$M(0) = 2$$",
    r"$$\nabla M(0) = 2 p$$",
    r"$$\nabla_t M(0) = 0$$",
    r"$$\nabla_x f(2) = 0$$",
    r"$$\nabla_w \ell(p) = p$$",
    r"$$\nabla \left( \ell(w) + 3 w^\top p \right) = 2 w + p$$",
    r"$$\beta_2(i) := 1, \quad \beta_2(i) = 2$$",
    r"$$\det A \cdot \det B = \det(A + B)$$",
]
REFUSED = {
    r"$$\nabla (\ell(w) + \ell(p)) = 2 p$$": r"write what \nabla differentiates by",
    r"$$\det A B = \det(A B)$$": "can be read in two ways",
    r"$$g(x) := p_1$$": "ignores its argument x",
}


@pytest.mark.parametrize("body", RIGHT)
def test_functions_at_a_point_are_read(tmp_path, body):
    assert_right(tmp_path, body, PREAMBLE)


@pytest.mark.parametrize("body", REFUTED)
def test_what_is_false_of_functions_at_a_point_is_refuted(tmp_path, body):
    assert_refuted(tmp_path, body, PREAMBLE)


@pytest.mark.parametrize("body", REFUSED)
def test_what_can_be_read_in_two_ways_is_refused(tmp_path, body):
    (found,) = check(tmp_path, body, PREAMBLE)
    assert found.status == "refused"
    assert REFUSED[body] in found.detail
