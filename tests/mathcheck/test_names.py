r"""Names as authors write them: which letters are a name, an index, a power, a class.

Each group is a page of its own: what it declares, what holds of it and what does not.
"""

import pytest

from tests.mathcheck.pages import by_formula, held, said

INDEX = r"$k, j, y \in \{1, \dots, K\}$"

GROUPS = {
    "the smaller and the larger of two": (
        r"$x, y \in \mathbb{R}$, $p, q \in \Delta^{K-1}$, $k \in \{1, \dots, K\}$",
        [
            r"x \wedge y + x \vee y = x + y",
            r"1 - \sum_k p_k \wedge q_k = \sum_k (p_k - q_k)^+",
            r"(x \vee y) - (x \wedge y) = |x - y|",
            r"x^2 \ge 0 \wedge y^2 \ge 0",
        ],
        [r"x \wedge y = \max(x, y)", r"x \vee y \le x", r"x^2 \ge 0 \wedge y \ge 0"],
    ),
    "functions that are counted by a size": (
        r"$x \in \mathbb{R}^n$, $t \in \mathbb{R}$, $m \in \mathbb{N}$, "
        r"$f_n(t) := \frac1n \sum_{i=1}^n e^{t x_i}$, $g_m(t) := t^m$",
        [
            r"f_n'(0) = \frac1n \sum_{i=1}^n x_i",
            r"f_n''(t) \ge 0",
            r"\frac{d f_n}{d t} = \frac1n \sum_{i=1}^n x_i e^{t x_i}",
            r"g_m'(t) = m t^{m - 1} \qquad \text{if } t \ne 0",
            r"g_2'(t) = 2 t",
        ],
        [r"f_n'(t) \ge 0", r"g_m'(t) = m t^m", r"\frac{d f_n}{d t} = f_n(t)"],
    ),
    "margins, and an index that is given": (
        r"$n_{ij} \in \mathbb{R}_{>0}$ for $i \in \{1, \dots, r\}$ and "
        r"$j \in \{1, \dots, c\}$, $n_{i+} := \sum_j n_{ij}$, $n_{+j} := \sum_i n_{ij}$, "
        r"$n_{++} := \sum_{i,j} n_{ij}$, $p_{j|i} := n_{ij} / n_{i+}$, "
        r"$\bar{n}_{i\cdot} := n_{i+} / c$, $\bar{n}_{\cdot j} := n_{+j} / r$, "
        r"$w_+, x \in \mathbb{R}^r$, $s_{+,i} := x_i + 1$, $s_{i,+} := x_i + 2$",
        [
            r"\sum_i n_{i+} = \sum_j n_{+j} = n_{++}",
            r"\sum_{j=1}^c p_{j|i} = 1",
            r"\sum_j p_{j \mid i} \, n_{i+} = n_{i+}",
            r"n_{1+} = \sum_j n_{1j}",
            r"c \sum_i \bar{n}_{i\cdot} = r \sum_j \bar{n}_{\cdot j}",
            r"w_{+,i} = (w_+)_i",
            r"s_{i,+} - s_{+,i} = 1",
            r"\sum_{i=1}^{r-1} (x_{i+1} - x_i) = x_r - x_1",
        ],
        [
            r"\sum_{i=1}^r p_{j|i} = 1",
            r"n_{i+} = n_{+j}",
            r"\bar{n}_{1\cdot} = \bar{n}_{\cdot1}",
            r"s_{i,+} = s_{+,i}",
        ],
    ),
    "primes that turn": (
        r"$X \in \mathbb{R}^{n \times d}$, $y, u \in \mathbb{R}^n$, $t \in \mathbb{R}$, "
        r"$b, c \in \mathbb{R}^d$, $r := y - X b$",
        [
            r"(y - X b)' (y - X b) = y' y - 2 b' X' y + b' X' X b",
            r"r' r = \lVert y - X b \rVert^2",
            r"(b - c)' b = b' b - c' b",
            r"(t^2)' = 2 t",
        ],
        [r"(y - X b)' (y - X b) = y' y", r"(b - c)' b = c' b", r"r' r = y' y"],
    ),
    "conditions that tell what runs": (
        r"$p, q \in \Delta^{K-1}$, $k \in \{1, \dots, K\}$, $i \in \{1, \dots, n\}$, "
        r"$c_i \in \{1, \dots, K\}$, $x_i \in \mathbb{R}$, $s > 0$",
        [
            r"\sum_{p_k > 0} p_k = 1",
            r"\sum_{k=1}^K \sum_{c_i = k} x_i = \sum_i x_i",
            r"\sum_{p_k > q_k} (p_k - q_k) = \sum_k (p_k - q_k)^+",
            r"\int_0^s dx \, x^2 = \frac{s^3}{3}",
            r"\int_0^s dx = s",
            r"\int_0^1 x_1^2 \, dx_1 = \frac13",
            r"\prod_i e^{x_i} \prod_i 2 = \prod_i 2 e^{x_i}",
            r"\prod_{c_i = 1} 2 \prod_{c_i > 1} 2 = 2^n",
            r"\prod_i 2 \prod_k 3 = 2^n 3^K",
            r"\log t \le t - 1 \qquad \forall t > 0",
            r"-\ln s \ge 1 - \ln t - \frac{s}{t} \quad \text{for all } s, t > 0",
            r"\forall t \in (0, 1) : t^2 < t",
        ],
        [
            r"\sum_{p_k > q_k} p_k = 1",
            r"\sum_{c_i = k} x_i = \sum_i x_i",
            r"\int_0^s dx \, x^2 = s^3",
            r"\prod_i 2 \prod_i 3 = 2^n 3^{n^2}",
            r"\log t \le t - 2 \qquad \forall t > 0",
            r"\forall t \in (0, 1) : t^2 < t^3",
        ],
    ),
    "a sum that has the name of its terms": (
        r"$w, x_i \in \mathbb{R}^d$, $y_i \in \mathbb{R}$, $i \in \{1, \dots, n\}$, "
        r"$L_i(w) := (w^\top x_i - y_i)^2$, $L(w) := \frac1n \sum_{i=1}^n L_i(w)$, "
        r"$s_i := e^{y_i}$, $s := \sum_i s_i$, $g(w) := \lVert w \rVert^2$, "
        r"$g_i(w) := w^\top x_i$",
        [
            r"\nabla L(w) = \frac2n \sum_{i=1}^n (w^\top x_i - y_i) x_i",
            r"\frac{\partial L}{\partial w} = \frac1n \sum_i \nabla L_i(w)",
            r"L(w) \le \max_i L_i(w)",
            r"\sum_i \frac{s_i}{s} = 1",
            r"g(w) \ge 0",
            r"\nabla g_i(w) = x_i",
        ],
        [
            r"L(w) \le L_i(w)",
            r"L(w) = \sum_{i=1}^n L_i(w)",
            r"s \le s_i",
            r"g(w) = g_i(w)",
        ],
    ),
    "a size that is called I": (
        r"$x \in \mathbb{R}^I$, $i \in \{1, \dots, I\}$, $p \in \Delta^{I-1}$, "
        r"$w_{ij} \in \mathbb{R}$ for $i = 1, \dots, I$ and $j = 1, \dots, J$",
        [
            r"\sum_{i=1}^I x_i \le I \max_i x_i",
            r"\sum_{i=1}^I \sum_{j=1}^J (w_{ij} + 1) = I J + \sum_{i,j} w_{ij}",
            r"-\sum_{i=1}^I p_i \log p_i \le \log I",
        ],
        [r"\sum_{i=1}^I x_i \le \max_i x_i", r"\sum_i p_i = I"],
    ),
    "sets with bold letters": (
        r"$x \in \mathbf{R}^n$, $A \in \mathbf{R}^{m \times n}$, "
        r"$P \in \mathbf{S}_{++}^n$, $u \in \mathbf{R}_+^n$, $k \in \mathbf{N}$",
        [r"x^\top P x \ge 0", r"\mathbf{1}^\top u \ge 0", r"x^\top A^\top A x \ge 0"],
        [r"\mathbf{1}^\top x \ge 0", r"k = 1", r"x^\top P x > 0"],
    ),
    "labels below, in a list": (
        r"$\pi_{\text{ref}}, \pi_{\text{old}} \in \Delta^{n-1}$, "
        r"$\lambda_{\max}, \lambda_{\min} \in \mathbb{R}_{>0}$, "
        r"$H_\text{in}, H_\text{out} \in \mathbb{R}$",
        [
            r"\sum_{i=1}^n \pi_{\text{ref},i} = 1",
            r"\lVert \pi_{\text{ref}} - \pi_{\text{old}} \rVert_1 \le 2",
            r"\frac{\lambda_{\max}}{\lambda_{\min}} \cdot \frac{\lambda_{\min}}{\lambda_{\max}} = 1",
            r"H_\text{in} - H_\text{out} = -(H_{\text{out}} - H_{\text{in}})",
        ],
        [
            r"\sum_{i=1}^n \pi_{\text{ref},i} = 2",
            r"\lambda_{\max} \ge \lambda_{\min}",
            r"\sum_{i=1}^n \pi_{i,\text{old}} = n",
        ],
    ),
    "a number beside an index": (
        rf"{INDEX}, $x \in \mathbb{{R}}^d$, $\beta_{{0k}} \in \mathbb{{R}}$, "
        r"$\beta_k \in \mathbb{R}^d$, $\mu_{k0}, \mu_{k1} \in \mathbb{R}$",
        [
            r"(\beta_{0k} + x^\top \beta_k) - (\beta_{0j} + x^\top \beta_j) = \beta_{0k} - \beta_{0j} + x^\top (\beta_k - \beta_j)",
            r"\frac{\partial}{\partial x} (\beta_{0k} + \beta_k^\top x) = \beta_k",
            r"\sum_k (\mu_{k1} - \mu_{k0}) = \sum_{j=1}^K \mu_{j1} - \sum_{j=1}^K \mu_{j0}",
            r"\mu_{11} - \mu_{10} = -(\mu_{10} - \mu_{11})",
        ],
        [r"\mu_{k0} = \mu_{k1}", r"\beta_{0k} = \beta_{0K}", r"\mu_{11} = \mu_{10}"],
    ),
    "bold and upright letters as indices": (
        rf"{INDEX}, $\bar{{\mathbf{{o}}}}_{{\mathbf{{k}}}} \in [0, 1]$, "
        r"$c_{\mathrm{k}} \in \mathbb{R}$, $p \in \Delta^{K-1}$",
        [
            r"\sum_{k} \bar{\mathbf{o}}_{\mathbf{k}} = \sum_{j=1}^K \bar{\mathbf{o}}_{j}",
            r"c_{\mathrm{k}} = c_k",
            r"\sum_k p_{\mathbf{k}} = 1",
        ],
        [
            r"\sum_{k} \bar{\mathbf{o}}_{\mathbf{k}} = K \bar{\mathbf{o}}_1",
            r"\sum_{k=1}^K c_{\mathrm{k}} = K c_{\mathrm{j}}",
        ],
    ),
    "italic names": (
        r"$t \in \{1, \dots, N\}$, $f_t \in [0, 1]$, $o_t \in \{0, 1\}$, "
        r"$BS := \frac{1}{N} \sum_{t=1}^N (f_t - o_t)^2$",
        [r"0 \le BS \le 1", r"\frac{\partial BS}{\partial f_t} = \frac{2}{N} (f_t - o_t)"],
        [r"BS \le \frac12", r"\frac{\partial BS}{\partial f_t} = 2 (f_t - o_t)"],
    ),
    "members counted above without brackets": (
        r"$g^t \in \Delta^{K-1}$ for $t \in \{1, \dots, T\}$, "
        rf"{INDEX}, $h^t := \lVert g^t \rVert^2$",
        [
            r"\prod_{t=1}^T \sum_{k=1}^K g^t_k = 1",
            r"\sum_{t=2}^T (h^t - h^{t-1}) = h^{(T)} - h^{(1)}",
            r"\sum_{k=1}^K (g_k^t)^2 = h^t",
        ],
        [r"\prod_{t=1}^T g^t_k = 1", r"h^t = h^{(1)}", r"\sum_{t=1}^T g^t_k = 1"],
    ),
    "labels above, in a style or by number": (
        r"$\theta^{\mathcal{S}}, \theta^{\mathcal{T}} \in \mathbb{R}^K$, "
        rf"$u^1, u^2 \in \mathbb{{R}}^K$, {INDEX}, "
        r"$g_{\setminus j}^{\mathcal{S}} := \sum_{k \ne j} \theta_k^{\mathcal{S}}$",
        [
            r"\theta_j^{\mathcal{S}} + g_{\setminus j}^{\mathcal{S}} = \sum_{k=1}^K \theta_k^{\mathcal{S}}",
            r"(u^1 + u^2)_k = u^1_k + u_k^2",
        ],
        [r"\theta^{\mathcal{S}}_k = \theta^{\mathcal{T}}_k", r"u^2_k = (u^1_k)^2"],
    ),
    "superscripts that name": (
        r"$T \in \mathbb{R}_{>0}$, $\alpha \in (0, 1)$, $\mathbf{x}, z \in \mathbb{R}^K$, "
        r"$y \in \Delta^{K-1}$, $k, j \in \{1, \dots, K\}$, "
        r"$q^{(T)} := \operatorname{softmax}(z / T)$, $x^* := \max_j x_j$, "
        r"$y^{LS} := y (1 - \alpha) + \frac{\alpha}{K} \mathbf{1}$",
        [
            r"q^{(T)}_k = \frac{e^{z_k / T}}{\sum_{j=1}^K e^{z_j / T}}",
            r"y_k^{LS} = y_k (1 - \alpha) + \alpha / K",
            r"x^* \ge x_k",
        ],
        [
            r"q^{(T)}_k = \operatorname{softmax}(z)_k",
            r"y_k^{LS} = y_k (1 - \alpha) + \alpha / (K + 1)",
            r"x^* > x_k",
        ],
    ),
    "a component above, a member below": (
        r"$i \in \{1, \dots, n\}$, $k, j \in \{1, \dots, K\}$, "
        r"$\mathbf{z}_i \in \mathbb{R}^K$, $\mathbf{v}^{(i)} \in \mathbb{R}^K$, "
        r"$q_i^{(k)} := \frac{e^{z_i^{(k)}}}{\sum_{j=1}^K e^{z_i^{(j)}}}$, "
        r"$\sigma_{\text{SM}}(\mathbf{u})^{(k)} := \frac{e^{u^{(k)}}}{\sum_{j=1}^K e^{u^{(j)}}}$, "
        r"$\mathbf{u} \in \mathbb{R}^K$",
        [
            r"\sum_{k=1}^K q_i^{(k)} = 1",
            r"\sum_{k=1}^K \mathbf{v}^{(i)}_k = \mathbf{1}^\top \mathbf{v}^{(i)}",
            r"\sum_{k=1}^K z^{(i)}_k = \mathbf{1}^\top \mathbf{z}_i",
            r"\sigma_{\text{SM}}(\mathbf{z}_i)^{(k)} = q_i^{(k)}",
        ],
        [r"\sum_{i=1}^n q_i^{(k)} = 1", r"\sum_{k=1}^K z_i^{(k)} = 1"],
    ),
    "sets": (
        r"$y \in \{\pm 1\}$, $q \in ]0, 1[$, $r \in [0, 1[$, $s \in \left]0, 1\right]$, "
        r"$v \in \{0, \pm 1, \pm 2\}$, $t \in \mathbb{R} \setminus \{\pm 1\}$, $\theta = (w, b) \in \mathbb{R}^d \times \mathbb{R}$, "
        r"$x \in \mathbb{R}^d$",
        [r"y^2 = 1", r"q^2 < q", r"r \ge 0", r"v^2 \le 4", r"t^2 \ne 1", r"\nabla_w (w^\top x + b) = x"],
        [r"y = 1", r"r > 0", r"s < 1", r"v^2 > 0", r"t^2 \ne 4", r"\nabla_w (w^\top x + b) = w"],
    ),
    "powers of numbers": (
        r"$T \in \mathbb{R}_{>0}$, $\gamma \in (0, 1)$, $z \in \mathbb{R}^n$, "
        r"$A \in \mathbb{R}^{n \times n}$",
        [
            r"\gamma^T < 1", r"e^{-T} < 1", r"(1 - \gamma)^T < 1",
            r"z^T A z = z^T A^T z",
        ],
        [r"e^{-T} > 1", r"\gamma^T > \gamma"],
    ),
    "classes": (
        rf"{INDEX}, $x, w_k \in \mathbb{{R}}^d$, "
        r"$p(\mathcal{C}_k \mid x) := \frac{e^{w_k^\top x}}{\sum_{j=1}^K e^{w_j^\top x}}$, "
        r"$\Pr(C_1 | x) := \frac{1}{1 + e^{-w_1^\top x}}$, "
        r"$\Pr(C_2 | x) := 1 - \Pr(C_1 | x)$",
        [
            r"\ln \frac{p(\mathcal{C}_k | x)}{p(\mathcal{C}_j | x)} = (w_k - w_j)^\top x",
            r"\sum_{k=1}^K p(\mathcal{C}_k | x) = 1",
            r"\log \frac{\Pr(C_1 | x)}{\Pr(C_2 | x)} = w_1^\top x",
        ],
        [
            r"\ln \frac{p(\mathcal{C}_k | x)}{p(\mathcal{C}_j | x)} = (w_j - w_k)^\top x",
            r"\Pr(C_1 | x) = \Pr(C_2 | x)",
        ],
    ),
    "the last class apart": (
        r"$j \in \{1, \dots, K-1\}$, $b_j \in \mathbb{R}$, "
        r"$\Pr(Y = K) := \frac{1}{1 + \sum_{j=1}^{K-1} e^{b_j}}$, "
        r"$\Pr(Y = j) := \frac{e^{b_j}}{1 + \sum_{m=1}^{K-1} e^{b_m}}$",
        [
            r"\ln \frac{\Pr(Y = j)}{\Pr(Y = K)} = b_j",
            r"\Pr(Y = K) = 1 - \sum_{j=1}^{K-1} \Pr(Y = j)",
        ],
        [r"\ln \frac{\Pr(Y = K)}{\Pr(Y = j)} = b_j"],
    ),
    "definitions": (
        rf"{INDEX}, $P, Q \in \mathring{{\Delta}}^{{K-1}}$, $n_k \in \{{1, 2, 3\}}$, "
        r"$n := \sum_{k=1}^K n_k$, $u(k) := 1/K$, $a_k, b_k \in [0, 1]$, "
        r"$KL(P||Q) := \sum_{k=1}^K P_k \log \frac{P_k}{Q_k}$",
        [
            r"KL(Q||Q) = 0", r"\sum_{j=1}^K u(j) = 1", r"n \ge n_k",
            r"I(y = k) = \delta_{yk}", r"\max_k |a_k - b_k| \le 1",
        ],
        [
            r"KL(P||Q) = KL(Q||P)", r"\sum_{j=1}^K u(j) = 2", r"n = n_k",
            r"I(y = k) = 1",
        ],
    ),
}  # fmt: skip

UNKNOWN = {
    r"p_{\text{ref}}(y) = p(y)": "p_ref is not declared",
    r"p_{\mathrm{r}}(y) = p(y)": "p_r is not declared",
    r"p_{\text{new},k} = p_k": "p_{new,k} is not declared",
    r"p_{k\text{new}} = p_k": "is not declared",
    r"p'(y) = p(y)": "not declared as a function",
    r"\hat p_{\text{m}}(y) = p(y)": r"\hat p_m is not declared",
    r"p_{\max} = \max_k p_k": r"p_\max is not declared",
    r"g^{(2)}(t) = g(t)^2": "write g'(...)",
    r"AB := 3": r"\mathrm{AB}",
    r"\operatorname{sum}(p) = 1": r"\sum_k",
    r"\operatorname{grad} t = 1": r"\nabla",
    r"z_i^{(j)} = z_{ij}": "write both below",
}
KNOWN = rf"""# Test

{INDEX}, $p \in \Delta^{{K-1}}$, $A, B, t \in \mathbb{{R}}$, $g(t) := t^2$.
$i \in \{{1, \dots, K\}}$, $z_i \in \mathbb{{R}}^K$.

"""


def of_group(folder, declared, formulas):
    """Check formulas below what is declared for them; return what is found of each."""
    preamble = f"# Test\n\n{declared}.\n\n" if declared != KNOWN else KNOWN
    return by_formula(folder, formulas, preamble)


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_right_of_the_names_holds(tmp_path, group):
    declared, right, _ = GROUPS[group]
    each = of_group(tmp_path, declared, right)
    assert not [said(found) for found in each if not held(found)]


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_wrong_of_the_names_is_refuted(tmp_path, group):
    declared, _, wrong = GROUPS[group]
    for found in of_group(tmp_path, declared, wrong):
        statuses = {finding.status for finding in found}
        assert statuses - {"holds"} == {"refuted"}, said(found)


def test_a_name_that_may_be_another_is_not_taken_for_it(tmp_path):
    each = of_group(tmp_path, KNOWN, list(UNKNOWN))
    for found, repair in zip(each, UNKNOWN.values(), strict=True):
        details = [f.detail for f in found if f.status in ("refused", "undefined")]
        assert any(repair in detail for detail in details), said(found)
