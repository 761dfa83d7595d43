r"""Terms in the notation of the field: laws, powers, brackets, norms, integrals.

One statement a line: those that hold, those that do not, and those to be refused.
"""

import pytest

from tests.mathcheck.pages import check, held, lines, said

PREAMBLE = r"""# Test

Let $n, S \in \mathbb{N}$, $i, j \in \{1, \dots, n\}$, $s \in \{1, \dots, S\}$,
$u, v, r, \theta \in \mathbb{R}^n$, $A \in \mathbb{R}^{n \times n}$,
$W \in \mathbb{R}^{S \times n}$, $x, c, z \in \mathbb{R}$, $a, q \in \mathbb{R}_{>0}$,
$t \in (0, 1)$, $X \in \{0, 1\}$, $k \in \{0, \dots, n\}$, $p \in \Delta^{n-1}$ and
$\mathbf{w} = (w_1, \dots, w_n) \in \mathbb{R}^n$.
Define $\pi_\theta(i) := \operatorname{softmax}(\theta)_i$,
$J(\theta) := \mathbb{E}_{i \sim \pi_\theta}[r_i]$,
$\rho(i \mid s) := \operatorname{softmax}(W_{s,:})_i$, $f(X; t) := t^X (1 - t)^{1 - X}$,
$B(k; n, t) := \binom{n}{k} t^k (1 - t)^{n - k}$, $h(i) := \theta_i^2$,
$N(z) := \frac{1}{\sqrt{2 \pi}} e^{-z^2 / 2}$, $F(v) := \log \sum_{i=1}^n e^{v_i}$.

"""

RIGHT = r"""
\mathbb{E}_{i \sim \pi_\theta}[r_i] = \sum_i \pi_\theta(i) r_i
\mathbb{E}_{i \sim \pi_\theta}[\nabla_\theta \log \pi_\theta(i)] = 0
\nabla_\theta J = \mathbb{E}_{i \sim \pi_\theta}[r_i \nabla_\theta \log \pi_\theta(i)]
\mathbb{E}_{i \sim \rho(\cdot \mid s)}[r_i] = \sum_i \rho(i \mid s) r_i
\operatorname{E}_{X \sim f(\cdot; t)}[X] = t
\operatorname{Var}_{X \sim f(\cdot; t)}(X) = t (1 - t)
\mathbb{E}_{k \sim B(\cdot; n, t)}[k] = n t
\mathbb{E}_{i \sim p(i)}[r_i] = p^\top r
\operatorname{tr}(u^\top A v) = \operatorname{tr}(A v u^\top)
1 - \tanh(x)^2 > 0
\exp(x)^2 = \exp(2 x)
\log(a)^2 = \log(a) \log(a)
\left( x^3 \right)' = 3 x^2
\left( e^{-x} \right)'' = e^{-x}
\left[ \frac{x^2}{2} \right]_0^1 = \frac12
\int_0^1 2 x \, dx = \left[ x^2 \right]_0^1
\operatorname{diag}(v) = \begin{pmatrix} v_1 & & \\ & \ddots & \\ & & v_n \end{pmatrix}
\det \begin{pmatrix} x & \\ & c \end{pmatrix} = x c
\sum_{j > i} A_{ij} + \sum_{j < i} A_{ij} + \sum_{j = i} A_{ij} = \sum_j A_{ij}
\sum_{s = \pm 1} \frac{1}{1 + e^{-s x}} = 1
\mathop{\mathrm{max}}\{x, -x\} = |x|
\max{\{v_1, \dots, v_n\}} = \operatorname{max}_i v_i
{}^t\! u \, v = u^\top v
{}^{\top} A u = A^\top u
\|u\|_{\ell_2}^2 = \sum_i u_i^2
\lVert u \rVert_{L^1} = \sum_i |u_i|
\lVert u \rVert_a = \Bigl( \sum_i |u_i|^a \Bigr)^{1/a}
\int N(z) \, dz = 1
\int N(z) \log N(z) \, dz = -\frac12 \log(2 \pi e)
\int_{-\infty}^{\infty} e^{-z} e^{-e^{-z}} \, dz = 1
F(w_1 + c, \dots, w_n + c) = F(\mathbf{w}) + c
\operatorname{softmax}(v + c)_i = \operatorname{softmax}(v)_i
A = [A_{ij}]
\lim_{x \to -\infty} e^{-e^{-(x - c) / a}} = 0
\left[ z^2 \right]_c^x = x^2 - c^2
"""
WRONG = r"""
\mathbb{E}_{i \sim \pi_\theta}[r_i] = \sum_i r_i
\nabla_\theta J = \mathbb{E}_{i \sim \pi_\theta}[\nabla_\theta \log \pi_\theta(i)]
\operatorname{E}_{X \sim f(\cdot; t)}[X] = 1 - t
\mathbb{E}_{k \sim B(\cdot; n, t)}[k] = n (1 - t)
1 - \tanh(x)^2 > \frac12
\log(a)^2 = 3 \log(a)
\left( x^3 \right)' = 2 x
\left[ \frac{x^2}{2} \right]_0^1 = 1
\det \begin{pmatrix} x & \\ & c \end{pmatrix} = x + c
\sum_{j = i} A_{ij} = \sum_j A_{ij}
\sum_{s = \pm 1} s = 1
\mathop{\mathrm{max}}\{x, -x\} = x
{}^t A u = A u
\|u\|_{\ell_2}^2 = \sum_i |u_i|
\lVert u \rVert_a = \sum_i |u_i|^a
\int e^{-z^2/2} \, dz = 1
\int_{-\infty}^{\infty} e^{-z} e^{-e^{-z}} \, dz = 2
F(w_1 + c, \dots, w_n + c) = F(\mathbf{w}) + n c
A^\top = [A_{ij}]
\lim_{x \to -\infty} e^{-e^{-(x - c) / a}} = 1
"""
REFUSED = {
    r"\mathbb{E}_{i \sim h}[r_i] = \sum_i h(i) r_i": "under what is no distribution",
    r"\mathbb{E}_{\pi_\theta}[r_i] = 0": r"E_{a \sim p}[f(a)]",
    r"\mathbb{E}_{z \sim N}[z] = 0": r"as an integral, \int N(z)",
    r"\log(a)^2 = 2 \log a": r"it holds if it does; write \log(x^y)",
    r"\left( c x^2 \right)' = 2 c x": r"\frac{\mathrm{d}}{\mathrm{d} x}",
    r"\left[ c x \right]_0^1 = c": "write its name",
    r"\sum_{j = 1} v_j = v_1": "can be read in two ways",
    r"{}^t x = x": "the transpose of a number",
    r"\lim_{x \to \infty} (e^{-e^x} + 10^{-60} x) = 0": "does not settle",
    r"\int z \, dz = 0": "does not settle",
    r"\int u \, du = 0": "not declared as a real number",
    r"\int z \, dz = \frac{z^2}{2}": "bound",
    r"A_{ij} = [A_{ij}]": "bound",
    r"A^\top = [A_{ji}]": "counts the rows",
    r"H(U, S) := -\sum_i p_i \log p_i": "ignores its argument S",
}


@pytest.mark.parametrize("formula", lines(RIGHT))
def test_what_is_right_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$\n", PREAMBLE)
    assert held(found), said(found)


@pytest.mark.parametrize("formula", lines(WRONG))
def test_what_is_wrong_is_refuted(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$\n", PREAMBLE)
    assert {f.status for f in found} == {"refuted"}, said(found)


@pytest.mark.parametrize("formula", REFUSED)
def test_what_can_be_read_in_two_ways_or_not_at_all_is_refused(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$\n", PREAMBLE)
    assert {f.status for f in found} == {"refused"}, said(found)
    assert REFUSED[formula] in found[0].detail


def test_components_are_as_many_as_the_set_says(tmp_path):
    right = check(tmp_path, r"$g = (g_1, \dots, g_n)^\top \in \mathbb{R}^n$", PREAMBLE)
    wrong = check(tmp_path, r"$g = (g_1, \dots, g_S) \in \mathbb{R}^n$", PREAMBLE)
    assert [f.status for f in right] == ["holds"]
    assert "not those of the set" in wrong[0].detail


def test_integral_of_rounding_errors_at_one_class_does_not_forbid_the_others(tmp_path):
    along = r"$\varphi(t) := F(u + t (v - u))$"
    rest = r"\int_0^1 (1 - t) \varphi''(t) \, dt"
    formula = rf"$$F(v) = \varphi(0) + \varphi'(0) + {rest}$$"
    assert held([check(tmp_path, f"{along}\n\n{formula}\n", PREAMBLE)[-1]])
