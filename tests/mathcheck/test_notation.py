r"""Notation as others write it: each form right and wrong, and what is refused.

A body may declare what it needs; what it claims stands in the last formula.
"""

import pytest

from tests.mathcheck.pages import bad, check, held, said

# What holds, and what does not
SETS = {
    "unit vectors by dots": (
        r"$y \in \{e_1, \dots, e_K\}$ has $\sum_k y_k = 1$.",
        r"$y \in \{e_1, \dots, e_K\}$ has $\sum_k y_k = K$.",
    ),
    "bold unit vectors": (
        r"$\mathbf{g} \in \{\mathbf{e}_1, \ldots, \mathbf{e}_K\}$ has $g_k^2 = g_k$.",
        r"$\mathbf{g} \in \{\mathbf{e}_1, \ldots, \mathbf{e}_K\}$ has $g_1 = 1$.",
    ),
    "unit vectors by index": (
        r"$g \in \{e_k : k = 1, \dots, K\}$ has $g_j g_k = \delta_{jk} g_k$.",
        r"$g \in \{e_k : k = 1, \dots, K\}$ has $g_j g_k = g_k$.",
    ),
    "unit vectors, counted": (
        r"$g \in \{e_k\}_{k=1}^K$ has $g^\top g = 1$.",
        r"$g \in \{e_k\}_{k=1}^K$ has $g^\top g = K$.",
    ),
    "three unit vectors": (
        r"$g \in \{e_1, e_2, e_3\}$ has $g_1 + g_2 + g_3 = 1$.",
        r"$g \in \{e_1, e_2, e_3\}$ has $g_3 = 0$.",
    ),
    "a set in a wider one": (
        r"$g \in \{e_1, \dots, e_K\} \subset \{0, 1\}^K$",
        r"$g \in \{e_1, \dots, e_K\} \subset \{1, 2\}^K$",
    ),
    "a set by a condition": (
        r"$g \in \{v \in \{0, 1\}^K : \mathbf{1}^\top v = 1\}$ has $g^\top g = 1$.",
        r"$g \in \{v \in \{0, 1\}^K : \mathbf{1}^\top v = 1\}$ has $g_1 = 0$.",
    ),
    "a condition in words": (
        r"$g \in \{0, 1\}^K$ with $\sum_k g_k = 1$ has $g^\top g = 1$.",
        r"$g \in \{0, 1\}^K$ with $\sum_k g_k = 1$ has $g_K = 1$.",
    ),
    "one of some numbers": (
        r"$g \in \{z_1, \dots, z_K\}$ has $g \le \max_k z_k$.",
        r"$g \in \{z_1, \dots, z_K\}$ has $g \ge z_1$.",
    ),
    "a set with a name": (
        r"$\mathcal{Y} := \{1, \dots, K\}$ has $\sum_{r \in \mathcal{Y}} p_r = 1$.",
        r"$\mathcal{Y} := \{1, \dots, K\}$ has $\sum_{r \in \mathcal{Y}} p_r = K$.",
    ),
    "how many elements": (
        r"$\mathcal{Y} = \{0, 1, \dots, K\}$ has $|\mathcal{Y}| = K + 1$.",
        r"$\mathcal{Y} = \{0, 1, \dots, K\}$ has $|\mathcal{Y}| = K$.",
    ),
    "a subset": (
        r"$B \subseteq \{1, \dots, K\}$ has $\sum_{r \in B} p_r \le 1$.",
        r"$B \subseteq \{1, \dots, K\}$ has $\sum_{r \in B} p_r = 1$.",
    ),
    "what is not in a subset": (
        r"$B \subset \{1, \dots, K\}$: "
        r"$\sum_{r \in B} p_r + \sum_{r \notin B} p_r = 1$.",
        r"$B \subset \{1, \dots, K\}$: $\sum_{r \in B} p_r = \sum_{r \notin B} p_r$.",
    ),
}
LIMITS = {
    "up to another index": (
        r"$$\sum_{j<k} z_j = \sum_{j=1}^{k-1} z_j$$",
        r"$$\sum_{j \le k} z_j = \sum_{j=1}^{k-1} z_j$$",
    ),
    "pairs": (
        r"$$\sum_{j<k} (z_j - z_k)^2 = K z^\top z - \Big(\sum_k z_k\Big)^2$$",
        r"$$\sum_{j \le k} z_j z_k = \Big(\sum_k z_k\Big)^2$$",
    ),
    "pairs in a definition": (
        r"$R := \sum_{i<j} z_i z_j$ has $2 R = (\sum_k z_k)^2 - z^\top z$.",
        r"$R := \sum_{i<j} z_i z_j$ has $R = (\sum_k z_k)^2 - z^\top z$.",
    ),
    "pairs between limits": (
        r"$$\sum_{1 \le j < k \le K} 1 = \frac{K (K - 1)}{2}$$",
        r"$$\sum_{1 \le j \le k \le K} 1 = \frac{K (K - 1)}{2}$$",
    ),
    "pairs that differ": (
        r"$$\sum_{j \ne k} p_j p_k = 1 - \sum_k p_k^2$$",
        r"$$\sum_{j \ne k} p_j p_k = 1 + \sum_k p_k^2$$",
    ),
    "two indices": (
        r"$$\sum_{j,k=1}^K S_{jk} = \mathbf{1}^\top S \mathbf{1}$$",
        r"$$\sum_{j,k=1}^K S_{jk} = \operatorname{tr}(S)$$",
    ),
    "two indices between limits": (
        r"$$\sum_{\substack{1 \le j, k \le K \\ j \ne k}} p_j p_k = 1 - p^\top p$$",
        r"$$\sum_{\substack{1 \le j, k \le K \\ j \ne k}} p_j p_k = 1$$",
    ),
    "a condition": (
        r"$$\sum_{k : z_k > 0} z_k = \sum_k \max(z_k, 0)$$",
        r"$$\sum_{k : z_k > 0} z_k = \sum_k z_k$$",
    ),
    "an index with a prime": (
        r"$$\sum_{k' \ne k} p_{k'} = 1 - p_k$$",
        r"$$\sum_{k' \ne k} p_{k'} = 1$$",
    ),
    "a difference of sets": (
        r"$$\sum_{r \in \{1, \dots, K\} \setminus \{c\}} p_r = 1 - p_c$$",
        r"$$\sum_{r \in \{1, \dots, K\} \setminus \{c\}} p_r = 1$$",
    ),
    "a set of vectors": (
        r"$$\sum_{r \in \{0, 1\}^K} r_1 = 2^{K-1}$$",
        r"$$\sum_{r \in \{0, 1\}^K} r_1 = 2^K$$",
    ),
    "a maximum without one": (
        r"$$\max_{k \ne c} z_k \le \max_k z_k$$",
        r"$$\max_{k \ne c} z_k = \max_k z_k$$",
    ),
    "a geometric series": (
        r"$$\sum_{r=0}^{\infty} a^r = \frac{1}{1 - a}$$",
        r"$$\sum_{r=1}^{\infty} a^r = \frac{1}{1 - a}$$",
    ),
    "an exponential series": (
        r"$$\sum_{r=0}^{\infty} \frac{x^r}{r!} = e^x$$",
        r"$$\sum_{r=0}^{\infty} \frac{x^r}{r!} = e^x - 1$$",
    ),
    "a series of powers": (
        r"$$\sum_{r \ge 1} \frac{1}{r^2} = \frac{\pi^2}{6}$$",
        r"$$\sum_{r \ge 1} \frac{1}{r^2} = \frac{\pi^2}{6.01}$$",
    ),
    "the derivative of a series": (
        r"$$\frac{d}{da} \Big[\sum_{r=0}^{\infty} a^r\Big] = \frac{1}{(1 - a)^2}$$",
        r"$$\frac{d}{da} \Big[\sum_{r=0}^{\infty} a^r\Big] = \frac{1}{1 - a}$$",
    ),
}
FUNCTIONS = {
    "a component by its subscript": (
        r"$$\text{softmax}_k(\mathbf{z} / s) \sum_j e^{z_j / s} = e^{z_k / s}$$",
        r"$$\text{softmax}_k(\mathbf{z} / s) = p_k$$",
    ),
    "an inverse": (
        r"$g(t) := \frac{1}{1 + e^{-t}}$ has $g^{-1}(a) = \log \frac{a}{1 - a}$.",
        r"$g(t) := \frac{1}{1 + e^{-t}}$ has $g^{-1}(a) = \frac{1}{g(a)}$.",
    ),
    "the derivative of an inverse": (
        r"$g(t) := t^3 + t$ has $\frac{d}{dx} g(g^{-1}(x)) = 1$.",
        r"$g(t) := t^3 + t$ has $\frac{d}{dx} g^{-1}(x) = 1$.",
    ),
    "a power of a logarithm": (
        r"$$\log^2 s = (\log s)^2$$",
        r"$$\log^2 s = \log(s^2)$$",
    ),
    "a positive part": (r"$$[x]_+ - [-x]_+ = x$$", r"$$[x]_+ + [-x]_+ = x$$"),
    "a composition": (
        r"$g : \mathbb{R} \to \mathbb{R}$: $(f \circ g)'(x) = f'(g(x)) g'(x)$.",
        r"$g : \mathbb{R} \to \mathbb{R}$: $(f \circ g)(x) = g(f(x))$.",
    ),
    "a derivative with a dot": (
        r"$g(t) := t^2$ has $\dot g(x) = 2 x$.",
        r"$g(t) := t^2$ has $\dot g(x) = x$.",
    ),
    "other names": (
        r"$$\operatorname{LogSumExp}(z) + \mathrm{LogSoftmax}(z)_k = z_k$$",
        r"$$\operatorname{logit}(a) = \operatorname{expit}(a)$$",
    ),
    "a variance": (
        r"$$\mathbb{V}_{k \sim p}[z_k] = \mathbb{E}_{k \sim p}[z_k^2] - (p^\top z)^2$$",
        r"$$\mathbb{V}_{k \sim p}[z_k] = \mathbb{E}_{k \sim p}[z_k^2]$$",
    ),
    "divergences": (
        r"$$D_{KL}(q \Vert y) = KL(q || y) = \mathbb{KL}[q \parallel y]$$",
        r"$$D_{\mathrm{KL}}(q \,\|\, y) = D_{\mathrm{KL}}(y \,\|\, q)$$",
    ),
}
DECLARATIONS = {
    "names with numbers": (
        r"$W_1, W_2, b_1, b_2, v_1, v_2 \in \mathbb{R}$: $W_1 b_1 = b_1 W_1$.",
        r"$W_1, W_2, b_1, b_2, v_1, v_2 \in \mathbb{R}$: $W_1 b_1 = W_2 b_2$.",
    ),
    "a name beside a matrix": (
        r"$R \in \mathbb{R}^{K \times K}$, $r_w \in \mathbb{R}$: $r_w^2 \ge 0$.",
        r"$R \in \mathbb{R}^{K \times K}$, $r_w \in \mathbb{R}$: $r_w \ge 0$.",
    ),
    "members": (
        r"$x_1, \dots, x_N \in \mathbb{R}$: $\sum_n x_n = x_1 + \dots + x_N$.",
        r"$x_1, \dots, x_N \in \mathbb{R}$: $\sum_n x_n = N x_1$.",
    ),
    "bounds": (
        r"Let $0 < \epsilon < 1$. Then $\epsilon^2 < \epsilon$.",
        r"Let $0 < \epsilon < 1$. Then $\epsilon^2 < \frac{1}{2}$.",
    ),
    "a common bound": (
        r"Let $\lambda, \mu > 0$. Then $\lambda \mu > 0$.",
        r"Let $\lambda, \mu > 0$. Then $\lambda > \mu$.",
    ),
    "a counted index": (
        r"$r = 1, \dots, K$ and $g_r \in \mathbb{R}$: $g_r^2 \ge 0$.",
        r"$r = 1, \dots, K$ and $g_r \in \mathbb{R}$: $g_r \ge 0$.",
    ),
    "pairs": (
        r"$(g, r) \in \mathbb{R}^D \times \{0, 1\}$ has $r^2 = r$.",
        r"$(g, r) \in \mathbb{R}^D \times \{0, 1\}$ has $r = 1$.",
    ),
    "a data set": (
        r"$\mathcal{D} = \{(x_n, t_n)\}_{n=1}^N$ with $x_n \in \mathbb{R}^D$ and "
        r"$t_n \in \{0, 1\}$ has $\sum_n t_n \le N$.",
        r"$\mathcal{D} = \{(x_n, t_n)\}_{n=1}^N$ with $x_n \in \mathbb{R}^D$ and "
        r"$t_n \in \{0, 1\}$ has $\sum_n t_n = N$.",
    ),
    "a definite matrix": (
        r"$M \in \mathbb{R}^{K \times K}$ with $M \succ 0$ has $z^\top M z \ge 0$.",
        r"$M \in \mathbb{R}^{K \times K}$ with $M \succ 0$ has $z^\top M z \ge 1$.",
    ),
    "a set of definite matrices": (
        r"$M \in \mathbb{S}_{++}^K$ has $\det M > 0$.",
        r"$M \in \mathbb{S}_{+}^K$ has $\det M > 0$.",
    ),
    "functions": (
        r"$g, r \colon \mathbb{R} \to \mathbb{R}$: $g(x) + r(x) = r(x) + g(x)$.",
        r"$g, r \colon \mathbb{R} \to \mathbb{R}$: $g(x) = r(x)$.",
    ),
}
LAWS = {
    "an event": (
        r"$P(Y = k \mid Z = z) := \operatorname{softmax}(z)_k$ has "
        r"$\sum_k P(Y = k \mid Z = z) = 1$.",
        r"$P(Y = k \mid Z = z) := \operatorname{softmax}(z)_k$ has "
        r"$P(Y = 1 \mid Z = z) = P(Y = 2 \mid Z = z)$.",
    ),
    "events one by one": (
        r"$g(h = 1 \mid x) := e^x$, $g(h = 0 \mid x) := 1 - g(h = 1 \mid x)$: "
        r"$g(h = 0 \mid x) + g(h = 1 \mid x) = 1$.",
        r"$g(h = 1 \mid x) := e^x$, $g(h = 0 \mid x) := 1 - g(h = 1 \mid x)$: "
        r"$g(h = 0 \mid x) = g(h = 1 \mid x)$.",
    ),
    "a categorical law": (
        r"$Y \sim \operatorname{Categorical}(p)$ has $\Pr[Y = k] = p_k$.",
        r"$Y \sim \operatorname{Categorical}(p)$ has $\Pr[Y = k] = q_k$.",
    ),
    "a law": (r"$Y \sim p$", r"$Y \sim u$"),
    "a law of two outcomes": (r"$Y \sim \mathrm{Ber}(a)$", r"$Y \sim \mathrm{Ber}(s)$"),
    "an expectation under it": (
        r"$Y \sim p$ has $\mathbb{E}[z_Y] = p^\top z$.",
        r"$Y \sim p$ has $\mathbb{E}[z_Y] = q^\top z$.",
    ),
    "a law of 0 and 1": (
        r"$Y \sim \operatorname{Bernoulli}(a)$ has $\mathbb{V}[Y] = a (1 - a)$.",
        r"$Y \sim \operatorname{Bernoulli}(a)$ has $\mathbb{E}[Y^2] = a^2$.",
    ),
    "outcomes that nothing declares": (
        r"$$\mathbb{E}_q[\log y(X)] = \sum_r q(r) \log y(r)$$",
        r"$$\mathbb{E}_q[\log y(X)] = \sum_r y(r) \log q(r)$$",
    ),
    "rows": (
        r"$$\operatorname{LSE}(S_{j,:}) = \log \sum_k e^{S_{jk}}$$",
        r"$$\operatorname{LSE}(S_{j \cdot}) = \log \sum_k e^{S_{kj}}$$",
    ),
    "columns": (r"$$S_{:,j} = S e_j$$", r"$$S_{:,j} = S^\top e_j$$"),
}
DOTS = {
    "a sum": (
        r"$$e^{z_1} + \dots + e^{z_K} = \sum_k e^{z_k}$$",
        r"$$e^{z_1} + \dots + e^{z_K} = K$$",
    ),
    "a product": (
        r"$$e^{z_1} e^{z_2} \cdots e^{z_K} = e^{z_1 + z_2 + \dots + z_K}$$",
        r"$$e^{z_1} e^{z_2} \cdots e^{z_K} = e^{z_1} + \dots + e^{z_K}$$",
    ),
    "numbers": (
        r"$$1 + 2 + \dots + N = \frac{N (N + 1)}{2}$$",
        r"$$1 + 2 + \dots + N = \frac{N (N - 1)}{2}$$",
    ),
    "powers": (
        r"$$1 + a + a^2 + \dots + a^N = \frac{1 - a^{N+1}}{1 - a}$$",
        r"$$1 + a + a^2 + \dots + a^N = \frac{1 - a^N}{1 - a}$$",
    ),
    "a row that is turned": (
        r"$$z = (z_1, \dots, z_K)^\top$$",
        r"$$z = (u_1, \dots, u_K)^\top$$",
    ),
    "a matrix by its corners": (
        r"$$\frac{\partial p}{\partial z} = \begin{pmatrix} p_1 (1 - p_1) & \cdots & "
        r"-p_1 p_K \\ \vdots & \ddots & \vdots \\ -p_K p_1 & \cdots & p_K (1 - p_K) "
        r"\end{pmatrix}$$",
        r"$$\frac{\partial p}{\partial z} = \begin{pmatrix} p_1 (1 - p_1) & \cdots & "
        r"p_1 p_K \\ \vdots & \ddots & \vdots \\ p_K p_1 & \cdots & p_K (1 - p_K) "
        r"\end{pmatrix}$$",
    ),
    "a matrix that is turned": (
        r"$$S = \begin{pmatrix} S_{11} & \cdots & S_{1K} \\ \vdots & & \vdots \\ "
        r"S_{K1} & \cdots & S_{KK} \end{pmatrix}$$",
        r"$$S = \begin{pmatrix} S_{11} & \cdots & S_{K1} \\ \vdots & & \vdots \\ "
        r"S_{1K} & \cdots & S_{KK} \end{pmatrix}$$",
    ),
    "a diagonal": (
        r"$$\operatorname{diag}(z) = \begin{pmatrix} z_1 & & 0 \\ & \ddots & \\ "
        r"0 & & z_K \end{pmatrix}$$",
        r"$$\operatorname{diag}(z) = \begin{pmatrix} z_1 & & 1 \\ & \ddots & \\ "
        r"1 & & z_K \end{pmatrix}$$",
    ),
}
FORMS = {**{f"sets: {k}": v for k, v in SETS.items()},
         **{f"limits: {k}": v for k, v in LIMITS.items()},
         **{f"functions: {k}": v for k, v in FUNCTIONS.items()},
         **{f"declarations: {k}": v for k, v in DECLARATIONS.items()},
         **{f"laws: {k}": v for k, v in LAWS.items()},
         **{f"dots: {k}": v for k, v in DOTS.items()}}  # fmt: skip
REFUSED = {
    r"$g \in \{g_1, \dots, g_K\}$": "g_1 is not declared here",
    r"$g \in \{a, \dots, e_K\}$": "what the dots stand for",
    r"$g \in \{e_1, e_3\}$": r"write \{e_1, \dots, e_K\}",
    r"$g \in \{2, 4, \dots, 2 K\}$": "a step other than 1",
    r"$g \in \mathcal{Q}$": r"define it, as in \mathcal{Y} := ",
    r"$g \in \mathbb{R}^K$ and $r \in \{v \in \mathbb{R}^K : v_1 = 0\}$, so $r = r$.":
        "only a finite set is read with a condition",
    r"$g \in \Delta^K$": r"write \Delta^{K-1} for",
    r"$$\sum_{j \ne k \ne m} p_j = 1$$": r"as in \substack{j \ne i \\ k \ne i}",
    r"$$\sum_{n \ge 1} a^n = 1$$": "write n=1 below the sign and the end above it",
    r"$$\sum_{r=1}^{\infty} (-1)^r = 0$$": "do not settle",
    r"$$\sum_{r=1}^{\infty} \frac{1}{r} = 8$$": "do not settle",
    r"$$\operatorname{softmax}_\tau(z) = p$$": "define it, as in",
    r"$$f^{-1}(x) = x$$": "an inverse function or as a reciprocal",
    r"$g(t) := t^2$ has $g^{-1}(x) = x$.": "is not monotone",
    r"$$[x]_- = x$$": r"\max(-x, 0) or \min(x, 0)",
    r"$$\exp^x = e^x$$": "put brackets around what has the exponent",
    r"$$\lg s = 1$$": r"write \log_{10} or \log_2",
    r"Let $M \ge 2$.": r"write M \in \mathbb{N} first",
    r"Hence $g > 0$.": "g is not declared here",
    r"$$\operatorname{softmax}(S)_{jk} = 1$$": "write its rows, as in X_{i,:}",
    r"$$\mathbb{E}[g(Y)] = 0$$": r"Y \sim \operatorname{Categorical}(p)",
    r"$Y \sim \operatorname{Poisson}(s)$": "not a law that is read",
    r"$$\Pr[Y = k] \ge 0$$": "the law of Pr(Y) is not declared here",
    r"$$\log_2 s / N = 1$$": r"write \log(a b) or (\log a) b",
    r"$$\log^2 s \; x = 1$$": r"write \log(a b) or (\log a) b",
    r"$$x = x \wedge |x| = x$$": r"write \min(x, y) or \max(x, y)",
    r"$$(S^\top S)^+ = S$$": r"write \max(x, 0), or (x)_+",
    r"$$\sum_{S_{jk} > 0} S_{jk} = 1$$": r"as in \sum_{i : y_i = k}",
    r"$$\sum_{j \ne k} \frac{p_j}{1 - p_k} = 1 \text{ if } K > 1$$": r"with a colon",
    r"$$\int_0^1 dx \, x^2 + 1 = 1$$": "where the integral ends",
    r"$$2 + 4 + \dots + 2 N = 1$$": "what the dots stand for",
    r"$$z_1 + z_3 + \dots + z_K = 0$$": "what the dots stand for",
    r"$$S = \begin{pmatrix} x & \cdots & t \\ \vdots & & \vdots \\ s & \cdots & a "
    r"\end{pmatrix}$$": r"what \ddots stands for",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_form_that_is_right_holds(tmp_path, form):
    found = check(tmp_path, FORMS[form][0])
    assert not bad(found), said(found)
    assert held([f for f in found if f.points or f.steps]), said(found)


@pytest.mark.parametrize("form", FORMS)
def test_form_that_is_wrong_is_refuted(tmp_path, form):
    found = check(tmp_path, FORMS[form][1])
    assert {f.status for f in bad(found)} == {"refuted"}, said(found)


@pytest.mark.parametrize("body", REFUSED)
def test_refused_form_is_repaired(tmp_path, body):
    details = [f.detail for f in bad(check(tmp_path, body))]
    assert any(REFUSED[body] in detail for detail in details), details
