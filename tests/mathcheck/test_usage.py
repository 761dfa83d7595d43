r"""How the field writes: both signs at once, suprema, names by their squares, laws.

Of each form several statements that hold, and beside them what is slightly off.
"""

import pytest

from tests.mathcheck.pages import bad, check, held, said

PREAMBLE = r"""# Test

Let $K, n \in \mathbb{N}$, $i, j, k, c \in \{1, \dots, K\}$, $a, b, x, t \in \mathbb{R}$,
$r, s \in \mathbb{R}_{>0}$, $h \in \{0, 1\}$, $z, u, v \in \mathbb{R}^K$, $X \in \mathbb{R}^{n \times K}$,
$A \in \mathbb{R}^{K \times K}$, $S \in \mathbb{S}_{+}^K$, $\Sigma \in \mathbb{S}_{++}^K$,
$p := \operatorname{softmax}(z)$, $q \in \Delta^{K-1}$, $m := \frac1K \mathbf{1}$,
$H(q) := -\sum_{k=1}^K q_k \log q_k$, $H(q, p) := -\sum_{k=1}^K q_k \log p_k$,
$g(x) := \log(1 + e^x)$, $\theta \in (0, 1)$, $Y \sim \mathcal{N}(x, s^2)$.

## Here

"""  # noqa: E501
RIGHT = r"""
(a \pm b)^2 = a^2 \pm 2 a b + b^2
(a \pm b)^3 = a^3 \pm 3 a^2 b + 3 a b^2 \pm b^3
(a \pm b)(a \mp b) = a^2 - b^2
\cos(a \pm b) = \cos(a) \cos(b) \mp \sin(a) \sin(b)
|a \pm b| \le |a| + |b|
x^2 = r \iff x = \pm \sqrt{r}
x^2 = 4 \implies x = \pm 2
a = b \quad \text{or} \quad a \ne b
a < b \quad \text{or} \quad a = b \quad \text{or} \quad a > b
\text{either} \quad x \ge 0 \quad \text{or} \quad x < 0
h = 0 \text{ or } h = 1
\sup_{x \in \mathbb{R}} g''(x) = \frac14
\inf_{a > 0} (a - \log a) = 1
\min_{x \in \mathbb{R}} \left( x^2 - 2 x \right) = -1
\max_x x e^{-x} = e^{-1}
\max_{0 \le t \le 1} t (1 - t) = \frac14 < 1
\sup_x \tanh(x) = 1
\sup_{t > 0} \frac{t}{1 + t} = 1, \qquad \inf_{t > 0} \frac1t = 0
\max_q H(q) = \log K, \qquad \max_q H(q) \le \log K
\max_{q \in \Delta^{K-1}} \sum_k q_k z_k = \max_k z_k
\max_{q \in \Delta^{K-1}} \left( q^\top z + H(q) \right) = \log \sum_k e^{z_k}
\min_{v \in \mathbb{R}^K} \left( \tfrac12 v^\top v - z^\top v \right) = -\tfrac12 z^\top z
-\min_x (x^2 - x) = \max_x (x - x^2) = \frac14
\max_x \frac{x}{1 + x^2} \approx 0.5
\Sigma = \Sigma^\top \succ 0
X^\top X + r I \succ 0, \qquad -\Sigma \prec 0
S \succ 0 \implies \det S > 0
A^0 = I, \qquad A^5 = A^2 A^3, \qquad \Sigma^{-2} = \Sigma^{-1} \Sigma^{-1}
\begin{vmatrix} a & b \\ x & t \end{vmatrix} = a t - b x
\operatorname{diag}(a, b) = \begin{pmatrix} a & 0 \\ 0 & b \end{pmatrix}
(u + v)^{\odot 2} = u^{\odot 2} + 2 u \odot v + v^{\odot 2}
\nabla_{\!z} \left( z^\top u \right)^2 = 2 (z^\top u) u
\nabla_z \tfrac12 (z^\top u - a)^2 = (z^\top u - a) u
\left| \{ k : z_k \ge 0 \} \right| = \sum_{k=1}^K \mathbf{1}[z_k \ge 0]
\# \{ k : z_k \ge 0 \} + \# \{ k : z_k < 0 \} = K
\sum_{i \ne j} q_i q_j = 1 - \sum_{i=1}^K q_i^2
\sum_{i \ne j} q_i = 1 - q_j
\sum_l z_l^2 = z^\top z, \qquad \max_l q_l \le 1
[\![ a = b ]\!] = [\![ b = a ]\!], \qquad \llbracket a = b \rrbracket \le 1
\mathbb{1}\{a > b\}^2 = \mathbb{1}\{a > b\}
\log p[c] = z[c] - \log \sum_{j=1}^K e^{z[j]}
H(q, m) = \log K, \qquad H(m, m) = \log K
\mathbb{E}[Y] = x, \qquad \operatorname{Var}(Y) = s^2, \qquad \mathbb{E}[e^Y] = e^{x + s^2 / 2}
\operatorname{Cov}(Y, 2 Y) = 2 s^2, \qquad \mathbb{E}_{V \sim \mathcal{N}(0, 1)}[V^4] = 3
\begin{aligned} a + b &= b + a & (a - b)^2 &= a^2 - 2 a b + b^2 \end{aligned}
\begin{aligned} \delta_{jk} &= 1 & j &= k \\ \delta_{jk} &= 0 & j &\ne k \end{aligned}
\begin{aligned} & (x - t)^2 \\ ={}& x^2 - 2 x t + t^2 \\ \le{}& 2 x^2 + 2 t^2 \end{aligned}
\begin{aligned} a^2 + b^2 &\ge 2 a b && ((a - b)^2 \ge 0) \\ &\ge 2 a b - 1 && (\text{clear}) \end{aligned}
""".strip().splitlines()  # noqa: E501
WRONG = r"""
(a \pm b)^2 = a^2 \mp 2 a b + b^2
(a \pm b)^3 = a^3 \pm 3 a^2 b \pm 3 a b^2 \pm b^3
(a \pm b)(a \mp b) = a^2 + b^2
\cos(a \pm b) = \cos(a) \cos(b) \pm \sin(a) \sin(b)
\pm x < |x|
x^2 = r \iff x = \sqrt{r}
x^2 = 4 \implies x = \pm 3
a = b \quad \text{or} \quad a = 2 b
a < b \quad \text{or} \quad a > b
\max_{x \in \mathbb{R}} g''(x) = \frac15
\inf_{a > 0} (a - \log a) = 2
\max_x x e^{-x} = e^{-2}
\max_x x = 1
\max_{q \in \Delta^{K-1}} \sum_k q_k z_k = \min_k z_k
\max_{q \in \Delta^{K-1}} \left( q^\top z + H(q) \right) = \max_k z_k
\min_{v \in \mathbb{R}^K} \left( \tfrac12 v^\top v - z^\top v \right) = \tfrac12 z^\top z
S = S^\top \succ 0
X^\top X \succ 0
\Sigma + S \succ \Sigma
A^0 = A
\begin{vmatrix} a & b \\ x & t \end{vmatrix} = a t + b x
\operatorname{diag}(a, b) = \begin{pmatrix} b & 0 \\ 0 & a \end{pmatrix}
u^{\odot 3} = u \odot u
\nabla_z \tfrac12 (z^\top u - a)^2 = (z^\top u - a) z
\left| \{ k : z_k > 0 \} \right| = K
\sum_{i \ne j} q_i q_j = 1 - q_j
\sum_l z_l^2 = 1
[\![ a > b ]\!] + [\![ a < b ]\!] = 1
\log p[c] = z[c] + \log \sum_{j=1}^K e^{z[j]}
H(q, m) = H(q)
\operatorname{Var}(Y) = s
\mathbb{E}[(Y - x)^4] = s^4
\begin{aligned} a + b &= b + a & (a - b)^2 &= a^2 + b^2 \end{aligned}
\begin{aligned} \delta_{jk} &= 1 & j &\ne k \end{aligned}
\begin{aligned} & (x - t)^2 \\ ={}& x^2 - 2 x t + t^2 + 1 \end{aligned}
""".strip().splitlines()  # noqa: E501
REFUSED = {
    r"\sqrt{x^2} = \pm x": "write both",
    r"\max_x \tanh(x) = 1": r"write \sup",
    r"\max_{0 \le t < 1} t^2 = 1": r"write \sup",
    r"\sup_x \tanh(x) = 2": r"write \le or \ge",
    r"\max_{\lVert v \rVert = 1} z^\top v = \lVert z \rVert": "of an extreme over",
    r"2 \max_x (x - x^2) = \frac12": "write it alone on one side",
    r"V \sim \operatorname{Poisson}(s)": r"\mathcal{N}(\mu, \sigma^2)",
    r"u^{\odot x} = u": "entrywise power",
}
# A sentence or two, in which all that is stated holds
SENTENCES = r"""
We write $\log \sum_k e^{z_k} =: F$, so that $F \ge z_c$.
The mean square $w^2 := \frac1K \sum_k z_k^2$ is $w^2 = z^\top z / K$, and $w \ge 0$.
Let $d \in \{ x \in \mathbb{R} : 0 < x < 1 \}$. Then $d (1 - d) \le \frac14$.
Let $p_\theta(y = 1) := \theta$ and $p_\theta(y = 0) := 1 - \theta$; so $p_\theta(y = 0) + p_\theta(y = 1) = 1$.
Nobody would suppose that $a = b$.
We need not assume that $x = 0$.
Without assuming $x = 0$ we get $x^2 \ge 0$.
Is it that $x = 0$?
Does $a = b$ hold?
Assume for a moment that $x = 1$.
Assume, for simplicity, that $a = b$.
With or without $t = 0$, we have $(x + t)^2 = x^2 + 2 x t + t^2$.
This is so not because $x = 1$ but in general.
If all logits are equal, $z = x \mathbf{1}$, the result is uniform: $p_k = 1 / K$.
In the symmetric case, $a = b$, we have $(a + b) / 2 = a$.
If $q_k = 1 / K$ for all $k$, then $\sum_k q_k^2 = 1 / K$.
Suppose that $a = b$. Then $a - b = 0$.
Suppose, without loss of generality, that $a \ge b$. Then $a - b \ge 0$.
""".strip().splitlines()  # noqa: E501
FALSE_SENTENCES = r"""
We write $\log \sum_k e^{z_k} =: F$, so that $F \le z_c$.
The mean square $w^2 := \frac1K \sum_k z_k^2$ is $w^2 = z^\top z$.
Let $d \in \{ x \in \mathbb{R} : 0 < x < 1 \}$. Then $d \le \frac12$.
Why is $a = b$?
Since $a = b$, what is $x$?
It is wrong to suppose $x = 0$, so $e^x = 1$.
If the logits are large, $p_k = 1 / K$, and all is well.
The result, $a = b$, is clear.
If $q_k = 1 / K$, then $\sum_k q_k^2 = 2 / K$.
Suppose that $a = b$. Then $a - b = 1$.
Suppose that $a = b$. That was the first case. In the second, $a - b = 0$.
Suppose that $x > 0$ fails. Then $|x| = x$.
""".strip().splitlines()


@pytest.mark.parametrize("formula", RIGHT)
def test_right_formula_in_usual_notation_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert held(found), said(found)


@pytest.mark.parametrize("formula", WRONG)
def test_wrong_formula_in_usual_notation_is_refuted(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert {f.status for f in found} - {"holds"} == {"refuted"}, said(found)


@pytest.mark.parametrize("formula", REFUSED)
def test_refusal_says_what_to_write(tmp_path, formula):
    found = bad(check(tmp_path, f"$${formula}$$", PREAMBLE))
    assert [f.status for f in found] == ["refused"], said(found)
    assert REFUSED[formula] in found[0].detail


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_a_sentence_leaves_open_is_not_claimed(tmp_path, sentence):
    found = check(tmp_path, sentence, PREAMBLE)
    assert not bad(found), said(found)


@pytest.mark.parametrize("sentence", FALSE_SENTENCES)
def test_what_a_sentence_claims_falsely_is_refuted(tmp_path, sentence):
    found = bad(check(tmp_path, sentence, PREAMBLE))
    assert {f.status for f in found} == {"refuted"}, said(found)


def test_repair_for_an_extreme_works(tmp_path):
    found = check(tmp_path, r"$$\tanh(x) \le 2$$ $$\tanh(0) = 0$$", PREAMBLE)
    assert held(found), said(found)


def test_positive_definite_matrix_can_be_declared_by_a_chain(tmp_path):
    sentence = r"Let $B \in \mathbb{R}^{K \times K}$ with $B = B^\top \succ 0$."
    found = check(tmp_path, sentence + r" Then $u^\top B u \ge 0$.", PREAMBLE)
    assert not bad(found), said(found)
