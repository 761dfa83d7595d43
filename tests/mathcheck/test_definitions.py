r"""What the left side of a definition may be, and what its name means from then on."""

import pytest

from tests.mathcheck.pages import bad, check, held, said

PREAMBLE = r"""# Test

Let $K, m, n \in \mathbb{N}$, $k, j \in \{1, \dots, K\}$, $x, x' \in \{1, \dots, m\}$,
$y, y' \in \{1, \dots, n\}$, $W \in \mathbb{R}_{>0}^{m \times n}$,
$p, q \in \Delta^{K-1}$,
$z \in \mathbb{R}^K$, $s, t \in \mathbb{R}_{>0}$, $d \in \{0, 1\}$,
$\alpha \in \mathbb{R}_{>0}$, $w \in \mathbb{R}^D$, $v_i \in \mathbb{R}^D$ and
$g_i \in \{0, 1\}$ for $i \in \{1, \dots, N\}$.

"""
JOINT = r"""
$$P(x, y) := \frac{W_{xy}}{\sum_{x'} \sum_{y'} W_{x'y'}}$$
"""
MARGINALS = (
    JOINT
    + r"""
$$P(x) := \sum_y P(x, y), \qquad P(y) := \sum_x P(x, y)$$
"""
)
BAYES = (
    MARGINALS
    + r"""
$$P(y \mid x) := \frac{P(x, y)}{P(x)}, \qquad
P(x \mid y) := \frac{P(y \mid x) P(x)}{P(y)}$$
"""
)
ENTROPIES = (
    MARGINALS
    + r"""
$$H(X) := -\sum_x P(x) \log P(x), \qquad \mathrm{H}(Y) := -\sum_y P(y) \log P(y)$$

$$H(X, Y) := -\sum_x \sum_y P(x, y) \log P(x, y), \qquad H(Y \mid X) := H(X, Y) - H(X)$$

$$I(X; Y) := H(Y) - H(Y \mid X)$$
"""
)
NOISE = r"""
$$p(d, k) := \begin{cases} \frac12 p(k) & \text{if } d = 1 \\
\frac12 q(k) & \text{if } d = 0 \end{cases}$$
"""
LOGISTIC = r"""
$$\pi(v_i; w) := \frac{1}{1 + e^{-w^\top v_i}}$$
"""
BASELINE = r"""
Let $c \ge 2$, $\theta_r \in \mathbb{R}$ for $r, l \in \{1, \dots, c - 1\}$.

$$\mu_r := \frac{e^{\theta_r}}{1 + \sum_{l=1}^{c-1} e^{\theta_l}}, \qquad
\mu_c := 1 - \sum_{l=1}^{c-1} \mu_l, \qquad \theta_c := 0$$
"""
POWERS = r"""
$$\ln_\alpha(s) := \begin{cases} \ln s & \text{if } \alpha = 1 \\
\frac{s^{1 - \alpha} - 1}{1 - \alpha} & \text{if } \alpha \ne 1 \end{cases}$$
"""
VALUES = r"""
Let $f \in (0, 1)^K$. $$L(f) := \sum_k p(k) \log f(k), \qquad f^*(k) := q(k)$$
"""
ORDINAL = r"$P(Y = k) := p_k$ and $\Pr(Z > t) := e^{-\alpha t}$." "\n\n"
THERMAL = r"""
$$\langle E \rangle := \sum_k p_k z_k, \qquad \langle E^2 \rangle := \sum_k p_k z_k^2$$
"""
LIKELIHOOD = r"""
Let $u \in \mathbb{R}_{>0}^K$ and $\log L(s) := \sum_k (\log s - s u_k)$.
"""
AT_POINTS = r"""
$$\alpha_1(1) := s, \qquad \alpha_1(2) := t, \qquad P(\varnothing) := 1 - t$$
"""
ODDS = r"$$\operatorname{odds} r := \frac{r}{1 - r}$$" "\n\n"
NEIGHBOURS = r"""
Let $c_k \in \{1, 2\}$, $A(k) := \{1, \dots, K\} \setminus \{k\}$ and

$$P(k) := \{j \in A(k) : c_j = c_k\}$$

"""
RIGHT = {
    "conditional and joint": (BAYES, r"P(x, y) = P(x) P(y \mid x)"),
    "Bayes": (BAYES, r"P(x \mid y) = \frac{P(x, y)}{P(y)}"),
    "conditional with a primed letter": (BAYES, r"\sum_{x'} P(x' \mid y) = 1"),
    "conditional at a number": (BAYES, r"P(1 \mid y) P(y) = P(1, y)"),
    "marginals": (MARGINALS, r"\sum_x P(x) = \sum_y P(y)"),
    "a function beside a vector": (NOISE, r"\sum_k (p(0, k) + p(1, k)) = 1"),
    "the vector beside the function": (NOISE, r"\sum_k p(k) = \sum_k p_k = 1"),
    "a semicolon for a comma": (JOINT, r"P(x; y) = P(x, y)"),
    "one function for two letters": (
        r"$H(p) := -\sum_k p_k \log p_k$ and $H(q) := -\sum_j q_j \log q_j$." "\n\n",
        r"H(q) = -\sum_k q_k \log q_k",
    ),
    "entropies": (ENTROPIES, r"I(X; Y) = H(X) + H(Y) - H[X, Y]"),
    "inequality of entropies": (ENTROPIES, r"H(Y \mid X) \le H(Y)"),
    "power of an entropy": (ENTROPIES, r"I(X; Y)^2 \ge 0"),
    "at a member": (LOGISTIC, r"\pi(v_i; w) = 1 - \pi(-v_i; w)"),
    "at any vector": (LOGISTIC, r"\pi(w; w) \ge \frac12"),
    "at a member of each number": (
        r"$\ell(v_i) := g_i w^\top v_i$." "\n\n",
        r"\sum_i \ell(v_i) = w^\top \sum_i g_i v_i",
    ),
    "at all members": (
        r"$G(\{p_k\}) := 1 - \sum_k p_k^2$." "\n\n",
        r"G(\{q_j\}) = 1 - \sum_j q_j^2",
    ),
    "at a value of a function": (
        r"$f(s) := s^2$ and $R[f(s)] := s + 1$." "\n\n", r"R[f(s)]^2 = f(s) + 2 s + 1",
    ),
    "at all components": (
        r"$H(p_1, \dots, p_K) := -\sum_k p_k \log p_k$." "\n\n",
        r"H(q_1, \dots, q_K) = -\sum_j q_j \log q_j",
    ),
    "a divergence of laws": (
        r"$D_{\mathrm{KL}}(P \| Q) := \sum_k p_k \log(p_k + q_k)$." "\n\n",
        r"D_{\mathrm{KL}}(P \,\|\, Q) = \sum_k p_k \log(q_k + p_k)",
    ),
    "at a unit vector": (
        r"$A(p, e_j) := \lVert e_j - p \rVert_1$." "\n\n",
        r"\sum_j A(p, e_j) = 2K - 2",
    ),
    "a last member": (BASELINE, r"\mu_c = \frac{1}{1 + \sum_l e^{\theta_l}}"),
    "a sum to the last member": (BASELINE, r"\sum_{r=1}^c \mu_r = 1"),
    "a derivative with the last member": (
        BASELINE,
        r"\frac{\partial}{\partial \theta_r} \log \sum_{l=1}^c e^{\theta_l} = \mu_r",
    ),
    "an order": (POWERS, r"\ln_\alpha(s t) = \ln_\alpha(s) + \ln_\alpha(t)"
                 r" + (1 - \alpha) \ln_\alpha(s) \ln_\alpha(t)"),
    "an order that is a number": (POWERS, r"\ln_2(s) = 1 - \frac1s"),
    "an order that is an expression": (
        POWERS,
        r"\ln_{1/\alpha}(s) = \frac{s^{1 - 1/\alpha} - 1}{1 - 1/\alpha}"
        r" \qquad \text{if } \alpha \ne 1",
    ),
    "an order of a random variable": (
        r"$H_\alpha(X) := \frac{\log \sum_k p_k^\alpha}{1 - \alpha}$." "\n\n",
        r"H_2(X) = -\log \sum_k p_k^2",
    ),
    "values of a function": (
        VALUES,
        r"L(f^*) = \sum_k p_k \log q_k \qquad \text{if } q_1 > 0",
    ),
    "at most": (ORDINAL, r"P(Y \le j) = \sum_{k=1}^j p_k"),
    "more than": (ORDINAL, r"P(Y > j) = 1 - P(Y \le j)"),
    "other than": (ORDINAL, r"P(Y \ne k) = 1 - p_k"),
    "a continuous event": (ORDINAL, r"\Pr(Z \le t) = 1 - e^{-\alpha t}"),
    "a logarithm": (
        LIKELIHOOD,
        r"\frac{\partial}{\partial s} \log L(s) = \frac{K}{s} - \sum_k u_k",
    ),
    "a likelihood": (LIKELIHOOD, r"L(s) = \prod_k s e^{-s u_k}"),
    "an average": (THERMAL, r"\langle E^2 \rangle - \langle E \rangle^2"
                   r" = \sum_k p_k (z_k - \langle E \rangle)^2"),
    "a size in bars": (
        r"Let $|\mathcal{B}| \in \mathbb{N}$." "\n\n",
        r"\sum_{r=1}^{|\mathcal{B}|} \frac{1}{|\mathcal{B}|} = 1",
    ),
    "values at a point": (AT_POINTS, r"\alpha_1(1) + P(\varnothing) = 1 + s - t"),
    "a probability of what is not declared": (
        r"$P_\theta(X_0) := \sum_k p_k q_k$." "\n\n",
        r"P_\theta(X_0) \le 1",
    ),
    "a map": (r"$\phi : r \mapsto r^2$." "\n\n", r"\phi(s t) = \phi(s) \phi(t)"),
    "a function without brackets": (ODDS, r"2 \operatorname{odds} \tfrac13 = 1"),
    "sets of an index": (
        NEIGHBOURS,
        r"|P(k)| + 1 = \sum_{r=1}^K \mathbf{1}[c_r = c_k]",
    ),
    "entrywise products of products": (
        r"Let $A, B \in \mathbb{R}^{K \times K}$, $v, w \in \mathbb{R}^K$." "\n\n",
        r"v \odot A B w + A v \odot B w = v \odot (A B w) + (A v) \odot (B w)",
    ),
}  # fmt: skip
WRONG = {
    "values at a point": (AT_POINTS, r"\alpha_1(1) = P(\varnothing)"),
    "a map": (r"$\phi : r \mapsto r^2$." "\n\n", r"\phi(s + t) = \phi(s) + \phi(t)"),
    "a function without brackets": (ODDS, r"\operatorname{odds} \tfrac13 = 1"),
    "sets of an index": (NEIGHBOURS, r"|P(k)| \ge 1"),
    "conditional and joint": (BAYES, r"P(y \mid x) = P(x, y)"),
    "one conditional for the other": (BAYES, r"\sum_y P(x \mid y) = 1"),
    "marginals": (MARGINALS, r"P(x, y) = P(x) P(y)"),
    "a function beside a vector": (NOISE, r"\sum_k p(1, k) = 1"),
    "entropies": (ENTROPIES, r"H(Y \mid X) = H(X, Y) - H(Y)"),
    "at a member": (LOGISTIC, r"\log \pi(v_i; w) = w^\top v_i"),
    "at a member of each number": (
        r"$\ell(v_i) := g_i w^\top v_i$." "\n\n",
        r"\ell(v_1) = g_2 w^\top v_1",
    ),
    "at all members": (r"$G(\{p_k\}) := 1 - \sum_k p_k^2$." "\n\n", r"G(\{q_j\}) = 0"),
    "at a value of a function": (
        r"$f(s) := s^2$ and $R[f(s)] := s + 1$." "\n\n", r"R[f(s)] = f(s) + 1",
    ),
    "at all components": (
        r"$H(p_1, \dots, p_K) := -\sum_k p_k \log p_k$." "\n\n",
        r"H(q_1, \dots, q_K) = -\sum_j p_j \log q_j",
    ),
    "a last member": (BASELINE, r"\mu_c = \frac{1}{\sum_l e^{\theta_l}}"),
    "a sum without the last member": (BASELINE, r"\sum_{r=1}^{c-1} \mu_r = 1"),
    "an order": (POWERS, r"\ln_2(s) = 1 - \frac{1}{s^2}"),
    "values of a function": (VALUES, r"L(f^*) = \sum_k q_k \log p_k"),
    "at most": (ORDINAL, r"P(Y \le j) = p_j"),
    "a continuous event": (ORDINAL, r"\Pr(Z \le t) = e^{-\alpha t}"),
    "a likelihood": (LIKELIHOOD, r"L(s) = \prod_k e^{-s u_k}"),
    "an average": (THERMAL, r"\langle E^2 \rangle = \langle E \rangle^2"),
    "a size in bars": (
        r"Let $|\mathcal{B}| \in \mathbb{N}$." "\n\n",
        r"|\mathcal{B}| \ge 2",
    ),
}  # fmt: skip
REFUSED = {
    "a value of what is a function already": (
        r"$f(s) := s^2$." "\n\n",
        r"f(0) := 1",
        "must be symbols",
    ),
    "an entrywise product that fits twice": (
        r"Let $A, B, C \in \mathbb{R}^{K \times K}$." "\n\n",
        r"A \odot B C = A \odot (B C)",
        r"write (A \odot B) C or",
    ),
    "a size that only one of several vectors of ones may have": (
        r"$Q := \frac{1}{K} \mathbf{1} \mathbf{1}^\top$." "\n\n",
        r"Q \mathbf{1} = \mathbf{1}",
        r"as in \mathbf{1}_N",
    ),
    "what is given and ignored": (
        "",
        r"P(k \mid \mathbf{x}) := p_k",
        "leave it out",
    ),
    "a joint law with a bar": (JOINT, r"P(1 \mid y) = P(1, y)", "P(x, y) is another"),
    "a conditional with its letters exchanged": (
        MARGINALS + r"$$P(y \mid x) := \frac{P(x, y)}{P(x)}$$" "\n\n",
        r"P(x \mid y) = P(y \mid x)",
        "P of these arguments is not declared here",
    ),
    "a marginal of another variable": (
        JOINT + r"$$P(x) := \sum_y P(x, y)$$" "\n\n",
        r"\sum_y P(y) = 1",
        "P(x) is of others",
    ),
    "a marginal at a number": (MARGINALS, r"P(1) = 1", "which of P(x) and P(y)"),
    "another entropy": (ENTROPIES, r"H(Z) = 0", "H is not declared here"),
    "a law for another letter": (
        r"$f(s) := s^2$." "\n\n",
        r"f(t) := t^3",
        "f is defined in this section already",
    ),
    "an order outside of its set": (
        r"$p_\alpha := \alpha p$." "\n\n" + POWERS,
        r"\ln_{-1}(s) = 1",
        "-1 is not in it",
    ),
    "of two orders neither": (
        r"$L_s := s^2$ and $L_t := t^3$." "\n\n", r"L_2 = 4", "L is not declared here"
    ),
    "another function than that of the definition": (
        r"Let $f : \mathbb{R} \to \mathbb{R}$. $R(f) := f(1)$, $u(s) := s^2$." "\n\n",
        r"R(u) = 1",
        "define it of u, too",
    ),
    "a logarithm of what is declared": (
        "",
        r"\log s := t",
        "write = for a function of it",
    ),
    "an event that is claimed of nothing": (
        "",
        r"P(Y \le j) = \frac{j}{K}",
        "is not declared here; define it with :=",
    ),
    "an argument that is declared and ignored": (
        r"Let $X \in \mathbb{R}$." "\n\n",
        r"H(X) := -\sum_k p_k \log p_k",
        "ignores its argument X",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_right_statement_of_what_is_defined_holds(tmp_path, name):
    before, formula = RIGHT[name]
    assert not bad(check(tmp_path, before, PREAMBLE))
    found = check(tmp_path, f"$${formula}$$", PREAMBLE + before)
    assert held(found), said(found)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_statement_of_what_is_defined_is_refuted(tmp_path, name):
    before, formula = WRONG[name]
    found = check(tmp_path, f"$${formula}$$", PREAMBLE + before)
    assert {f.status for f in found} == {"refuted"}, said(found)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_defined_so_is_not_passed(tmp_path, name):
    before, formula, reason = REFUSED[name]
    found = check(tmp_path, f"$${formula}$$", PREAMBLE + before)
    assert {f.status for f in found} <= {"refused", "undefined"}, said(found)
    assert any(reason in f.detail for f in found), said(found)


def test_size_in_bars_is_a_claim_of_a_number_that_is_declared(tmp_path):
    (found,) = check(tmp_path, r"Here $|s| \in \mathbb{N}$.", PREAMBLE)
    assert found.status == "refuted"


def test_member_beyond_a_family_ends_where_that_is_declared_anew(tmp_path):
    again = (
        BASELINE + "## Other\n\n" + r"Let $\theta_r \in \mathbb{R}$ for "
        r"$r \in \{1, \dots, c - 1\}$." + "\n\n"
    )
    formula = r"$$\sum_{r=1}^c \theta_r = \sum_{r=1}^{c-1} \theta_r$$"
    (found,) = check(tmp_path, formula, PREAMBLE + again)
    assert found.status == "refused"
