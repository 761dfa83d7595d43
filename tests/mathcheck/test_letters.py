r"""Letters, scripts and spellings: indices in brackets, names above, words, operators.

Each group is a page of its own: what it declares, what holds of it, what does not, and
what is refused because the two sides are not of one shape, or for two readings.
"""

import pytest

from tests.mathcheck.pages import by_formula, held, said

COUNTED = r"$n, m \in \mathbb{N}$, $y, y', j \in \{1, \dots, n\}$"
UPON = (
    r"$n \in \mathbb{N}$, $x, a \in \{1, \dots, n\}$, $P, Q \in \Delta^{n-1}$, "
    r"$r \in \mathbb{R}^n$"
)
ABSOLUTE = [
    rf"|x| = \begin{{cases}} x & \text{{if }} x \ge 0 \\ -x & \text{{{words}}} \end{{cases}}"
    for words in ("if otherwise", "else", "o.w.", "elsewhere", "if not")
]

GROUPS = {
    "indices in the brackets of a vector": (
        rf"{COUNTED}, $r \in \mathbb{{R}}^n$, $\hat a, a_1, y_w, i^* \in \{{1, \dots, n\}}$, "
        r"$s \in \mathbb{R}$, $p \in \Delta^{n-1}$, $W \in \mathbb{R}^{n \times n}$, "
        r"$\hat y := \arg\max_j r_j$, $v_y := r(y) + 1$",
        [
            r"r(y') = r_{y'}",
            r"r(\hat a) - r(a_1) = r_{\hat a} - r_{a_1}",
            r"r(y_w)^2 = r_{y_w}^2",
            r"r(i^*) = r_{i^*}",
            r"r(2) = r_2",
            r"r(\hat y) = \max_j r_j",
            r"v(y') = r(y') + 1",
            r"\sum_{y'=1}^n p(y') = 1",
            r"W(y, y') = W_{y, y'}",
            r"s (1 - s) = s - s^2",
            r"r (s + 1) = s r + r",
        ],
        [
            r"r(y') = r(y)",
            r"\sum_{y'=1}^n p(y') = n",
            r"p(y_w) = 1",
            r"W(y, y') = W(y', y)",
            r"r(\hat y) = \min_j r_j",
        ],
        {
            r"r(y') = y' r": "left side is a number",
            r"r(\hat a) = \hat a r": "left side is a number",
            r"r(a_1) = a_1 r": "left side is a number",
            r"r(y_w) = y_w r": "left side is a number",
            r"r(i^*) = i^* r": "left side is a number",
            r"r[y'] = y' r": "left side is a number",
            r"r(1) = r": "left side is a number",
            r"v(y') = y' v": "left side is a number",
            r"r(y + 1) = y r + r": "as a component or as a product",
        },
    ),
    "indices in the brackets of a family": (
        rf"{COUNTED}, $i \in \{{1, \dots, m\}}$, $p_i \in \Delta^{{n-1}}$, "
        r"$z^{(i)} \in \mathbb{R}^n$, $x_i \in \mathbb{R}$",
        [
            r"p_i(y') = p_{i y'}",
            r"\sum_{y=1}^n p_i(y) = 1",
            r"z^{(i)}(y') = z^{(i)}_{y'}",
            r"x(i) = x_i",
            r"x_i (i + 1) = i x_i + x_i",
        ],
        [r"p_i(y) = p_i(y')", r"z^{(i)}(y') = z^{(1)}(y')"],
        {r"p_i(y') = y' p_i": "left side is a number"},
    ),
    "two indices, one of them marked": (
        rf"{COUNTED}, $k \in \{{1, \dots, m\}}$, $k', \hat c \in \{{1, \dots, m\}}$, "
        r"$W \in \mathbb{R}^{n \times m}$, $f_{jk} \in \mathbb{R}^d$, "
        r"$q_{jk'} := W_{jk'}^2$, $v \in \mathbb{R}^d$",
        [
            r"W_{jk'} = W_{j, k'}",
            r"W_{y'k'} = (W^T)_{k'y'}",
            r"W_{j \hat c} = W_{j, \hat c}",
            r"W_{j k^\prime} = W_{j, k'}",
            r"f_{jk'}^T v = v \cdot f_{j, k'}",
            r"\sum_{k'} q_{jk'} = \sum_k W_{jk}^2",
        ],
        [
            r"W_{jk'} = W_{jk}",
            r"\sum_{k'} W_{jk'} = W_{jk}",
            r"f_{jk'}^T v = f_{jk}^T v",
            r"q_{jk'} = W_{jk'}",
        ],
        {},
    ),
    "labels of letters beside an index": (
        rf"{COUNTED}, $z, z_s, z_t \in \mathbb{{R}}^n$, "
        r"$p_\theta := \text{softmax}(z)$, $\mathbf{x}_{\mathrm{adv}} \in \mathbb{R}^n$",
        [
            r"\sum_j p_{\theta, j} = 1",
            r"p_{\theta, j} = p_\theta(j)",
            r"p_{\theta j} = p_\theta(j)",
            r"z_{s, j} = (z_s)_j",
            r"x_{\mathrm{adv}, j} = (\mathbf{x}_{\mathrm{adv}})_j",
            r"\frac{\partial p_{\theta, j}}{\partial z_y} = p_{\theta, j} (\delta_{jy} - p_{\theta, y})",
        ],
        [r"\sum_j p_{\theta, j} = n", r"z_{s, j} = z_{t, j}", r"z_{s, j} = z_j"],
        {},
    ),
    "powers in brackets, and groups that begin with a sign": (
        r"$c, n \in \mathbb{N}$, $q \in (0, 1)$, $x, x_i \in \mathbb{R}_{>0}$ for "
        r"$i \in \{1, \dots, c\}$",
        [
            r"c^{(1-q)} = c \cdot c^{-q}",
            r"x_i^{(1-q)} = \frac{x_i}{x_i^q}",
            r"x^{(1/2)} = \sqrt{x}",
            r"2^{(n-1)} = \frac{2^n}{2}",
            r"x^{(q+1)(q-1)} = x^{q^2 - 1}",
            r"\exp\{ {-\frac1x} \} = e^{-1/x}",
            r"\exp({-x}) = e^{-x}",
            r"{-x} + 1 = 1 - x",
            r"e^{{-x}} = \frac{1}{e^x}",
        ],
        [r"c^{(1-q)} = c^q", r"\exp({-x}) = e^x", r"{-x} + 1 = -(x + 1)"],
        {r"x_i^{(n)} = x_i^n": "no index"},
    ),
    "letters and words above that name": (
        r"$n \in \mathbb{N}$, $i, y \in \{1, \dots, n\}$, $z, f \in \mathbb{R}^n$, "
        r"$p \in \Delta^{n-1}$, $\alpha \in \mathbb{R}_{\ge 2}$, $u^S, u^T \in \mathbb{R}^n$, "
        r"$z_i^t := \begin{cases} z_i & \text{if } i = y \\ -z_i & \text{otherwise} \end{cases}$, "
        r"$f^{\max} := \max_i f_i$, $f^{\min} := \min_i f_i$, $L^s := 2 z_1$, "
        r"$u^{(\text{new})} := 2 z$, $\mathsf{H}^{\mathsf{T}}_\alpha(p) := \frac{1 - \sum_i p_i^\alpha}{\alpha - 1}$, "
        r"$w^{\max}, w^{\min} \in \mathbb{R}$",
        [
            r"\sum_{i=1}^n z_i^t = 2 z_y - \sum_{i=1}^n z_i",
            r"f^{\min} \le f_i \le f^{\max}",
            r"e^{f^{\max}} = \max_i e^{f_i}",
            r"L^s = z_1 + z_1",
            r"u^{(\text{new})}_i = 2 z_i",
            r"\mathsf{H}^{\mathsf{T}}_\alpha(p) \ge 0",
            r"u^S_i - u^T_i = -(u^T_i - u^S_i)",
        ],
        [
            r"z_i^t = z_i",
            r"f^{\max} = f_1",
            r"L^s = z_1",
            r"\mathsf{H}^{\mathsf{T}}_\alpha(p) \ge 1",
            r"u^S_i = u^T_i",
            r"w^{\max} \ge w^{\min}",
        ],
        {},
    ),
    "words that are names": (
        r"$E_{\text{in}}, E_{\text{out}} \in \mathbb{R}$, $x, y \in \mathbb{R}$, "
        r"$g \in \mathbb{R}_{>0}$, "
        r"$\textbf{OR}_g(x, y) := \frac{x^2 + g}{y^2 + g}$, $\mathrm{OR}(x, y) := x^2 - y^2$, "
        r"$\text{AND} := x y$, $A \in \mathbb{R}^{2 \times 2}$",
        [
            r"E_{\text{in}} - E_{\text{out}} = -(E_{\text{out}} - E_{\text{in}})",
            r"\log \textbf{OR}_g(x, y) = \log(x^2 + g) - \log(y^2 + g)",
            r"\mathrm{OR}(x, y) = -\mathrm{OR}(y, x)",
            r"\text{AND} = y x",
            r"\text{abs}(x - y) = |y - x|",
            r"\text{abs}(A)_{1,2} = |A_{1,2}|",
            r"\operatorname{sqrt}(g)^2 = g",
            r"\text{log1p}(g) \le g",
            r"\operatorname{expm1}(x) = e^x - 1",
        ],
        [
            r"E_{\text{in}} = E_{\text{out}}",
            r"\textbf{OR}_g(x, y) = \textbf{OR}_g(y, x)",
            r"\text{AND} = x",
            r"\text{abs}(x) = x",
        ],
        {},
    ),
    "numbers on one side of an end": (
        r"$a \in \mathbb{R}_{\ge 1}$, $b \in \mathbb{R}_{> -1}$, $d \in \mathbb{Z}_{\ge 2}$, "
        r"$w \in \mathbb{R}_{< 1}$, $t \in \mathbb{R}_{\le -1}$, $s \in \mathbb{R}_{\neq 1}$, "
        r"$h \in \mathbb{R}_{\geq 0.5}^3$, $k \in \mathbb{Z}_{\ge -1}$",
        [
            r"a \ge 1",
            r"b > -1",
            r"\log(1 + b) \le b",
            r"d \ge 2",
            r"w < 1",
            r"t \le -1",
            r"s \ne 1",
            r"h_2 \ge \frac12",
            r"k \ge -1",
        ],
        [r"a > 1", r"b > 0", r"d \ge 3", r"w < 0", r"t < -1", r"s > 1", r"k \ge 0"],
        {},
    ),
    "expectations": (
        UPON,
        [
            r"E_{x \sim P}[r_x] = \sum_x P(x) r_x",
            r"E_P[r] = P^T r",
            r"\mathrm{E}_{x \sim P}[r(x)] = P^T r",
            r"\mathbf{E}_{x \sim P}[r_x] = P^T r",
            r"\mathop{\mathbb{E}}\limits_{x \sim P}[r_x] = P^T r",
            r"\underset{a \sim P}{\mathrm{E}}[r_a] = P^T r",
            r"\underset{a \sim P}{\mathbb{E}}\left[ r_a \right] = P^T r",
            r"V_{x \sim P}[r_x] = E_{x \sim P}[r_x^2] - E_{x \sim P}[r_x]^2",
            r"\underset{x \sim P}{\operatorname{Var}}[r_x] \ge 0",
            r"\underset{i=1}{\overset{n}{\sum}} r_i = \sum_x r_x",
            r"\overset{n}{\underset{i=1}{\sum}} r_i = \sum_x r_x",
            r"\underset{x}{\max} \, r_x \ge r_1",
        ],
        [
            r"E_{x \sim P}[r_x] = \sum_x Q(x) r_x",
            r"\underset{a \sim P}{\mathrm{E}}[r_a] = \underset{a \sim Q}{\mathrm{E}}[r_a]",
            r"V_{x \sim P}[r_x] = E_{x \sim P}[r_x^2]",
            r"\overset{n}{\underset{i=1}{\sum}} r_i = r_1",
        ],
        {r"\overset{*}{r} = r": r"\overset of r is not read"},
    ),
    "marked letters that are bound": (
        r"$n \in \mathbb{N}$, $y, y', a_1, a_2, \hat y \in \{1, \dots, n\}$, "
        r"$r \in \mathbb{R}^n$, $p, q \in \Delta^{n-1}$, $W \in \mathbb{R}^{n \times n}$, "
        r"$w(y \mid y') := W_{yy'}^2$",
        [
            r"\mathbb{E}_{y' \sim p}[r(y')] = p^T r",
            r"\mathbb{E}_{a_1 \sim p}[r(a_1)] = p^T r",
            r"\mathbb{E}_{p(y)}[r_y] = p^T r",
            r"\sum_{\hat y} p(\hat y) = 1",
            r"\sum_{a_1} r(a_1) = \sum_y r_y",
            r"\mathbb{E}_{y \sim p, y' \sim q}[W_{yy'}] = p^T W q",
            r"\mathbb{E}_{y, y' \sim p}[W_{yy'}] = p^T W p",
            r"\mathbb{E}_{a_1, a_2 \sim p, y \sim q}[r(a_1) r(a_2) r_y] = (p^T r)^2 (q^T r)",
        ],
        [
            r"\mathbb{E}_{y' \sim p}[r(y')] = q^T r",
            r"\mathbb{E}_{y \sim p, y' \sim q}[W_{yy'}] = q^T W p",
            r"\mathbb{E}_{y, y' \sim p}[W_{yy'}] = p^T W q",
        ],
        {},
    ),
    "squares that are names": (
        r"$\sigma^2 \in \mathbb{R}_{>0}$, $y, \hat y \in \mathbb{R}^n$, $i \in \{1, \dots, n\}$, "
        r"$R^2 := 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i y_i^2 + 1}$, $t \in \mathbb{R}$",
        [r"R^2 \le 1", r"\sigma^2 > 0", r"t^2 \ge 0"],
        [r"R^2 \ge 0", r"\sigma^2 \ge 1"],
        {r"R \le 1": "R is not declared"},
    ),
    "the mean of what has a law": (
        r"$n \in \mathbb{N}$, $p \in \Delta^{n-1}$, $j \in \{1, \dots, n\}$, "
        r"$X \sim \operatorname{Categorical}(p)$",
        [
            r"E[X] = \sum_j j p_j",
            r"\mathrm{E}(X) = \sum_j j p_j",
            r"V[X] = E[X^2] - E[X]^2",
        ],
        [r"E[X] = \sum_j p_j", r"V[X] = E[X^2]"],
        {},
    ),
    "E and V as other names": (
        r"$E_j \in \mathbb{R}$ for $j \in \{1, \dots, n\}$, $V \in \mathbb{R}^{n \times n}$, "
        r"$v \in \mathbb{R}^n$",
        [r"E_j + E_1 = E_1 + E_j", r"V [2 v] = 2 V v"],
        [r"E_j = E_1"],
        {},
    ),
    "functions of numbers at vectors, and products of entries": (
        r"$x, y, u \in \mathbb{R}^n$, $W \in \mathbb{R}^{m \times n}$, $h \in \mathbb{R}^m$, "
        r"$Q \in \mathbb{R}^{n \times n}$, $f(t) := \tanh(t)$, $g : \mathbb{R} \to \mathbb{R}$, "
        r"$i \in \{1, \dots, n\}$, $t \in \mathbb{R}$, $\delta := (x - y)^T Q \circ u^T$, "
        r"$b := x \circ (1 - x)$, $k := f \circ g$",
        [
            r"f'(x)_i = f'(x_i)",
            r"\frac{\partial f(x)}{\partial x} = \operatorname{diag}(f'(x))",
            r"f''(x)_i = f''(x_i)",
            r"g(x)_i = g(x_i)",
            r"g'(x)_i = g'(x_i)",
            r"\tanh'(x) = 1 - \tanh(x)^2",
            r"\delta_i = u_i ((x - y)^T Q)_i",
            r"b_i = x_i (1 - x_i)",
            r"k(t) = f(g(t))",
            r"(W^T h) \circ f'(x) = \operatorname{diag}(f'(x)) W^T h",
        ],
        [
            r"\frac{\partial f(x)}{\partial x} = \operatorname{diag}(f(x))",
            r"g(x)_i = g(x_1)",
            r"b_i = x_i (1 + x_i)",
            r"\delta_i = ((x - y)^T Q)_i",
        ],
        {},
    ),
    "gradients turned": (
        r"$x, y, u \in \mathbb{R}^n$, $F(x) := x^T x + x_1$",
        [
            r"\nabla F(y)^T (x - y) = \langle \nabla F(y), x - y \rangle",
            r"F(x) - F(y) - \nabla F(y)^T (x - y) = (x - y)^T (x - y)",
            r"\nabla_x F(x)^\top u = u^T \nabla_x F(x)",
            r"\nabla F(x)^T \nabla F(y) = \nabla F(y)^T \nabla F(x)",
        ],
        [
            r"\nabla F(y)^T (x - y) = F(x) - F(y)",
            r"\nabla F(y)^\top u = \nabla F(x)^\top u",
        ],
        {},
    ),
    "primes that turn": (
        r"$x_i \in \mathbb{R}^d$ for $i \in \{1, \dots, n\}$, $\beta_j \in \mathbb{R}^d$ for "
        r"$j, k \in \{1, \dots, m\}$, $X \in \mathbb{R}^{n \times d}$, $v \in \mathbb{R}^n$, "
        r"$a \in \mathbb{R}$, $w, w' \in \mathbb{R}^d$",
        [
            r"\beta_j' x_i = \beta_j^\top x_i",
            r"x_i x_i^\prime = x_i x_i^\top",
            r"X'X = X^\top X",
            r"X'v = X^\top v",
            r"w^\top w' = w'^\top w",
        ],
        [r"\beta_j^\prime x_i = \beta_k^\prime x_i", r"w = w'"],
        {r"a' v = v": "a' is not declared", r"v' = v": "v' is not declared"},
    ),
    "rows of cases, and labels at braces": (
        r"$x, t \in \mathbb{R}$, $z \in \mathbb{R}^n$, $j, y \in \{1, \dots, n\}$, "
        r"$p := \operatorname{softmax}(z)$, $\ell := -\log p_y$",
        [
            *ABSOLUTE,
            r"\frac{\partial \ell}{\partial z_j} = \begin{cases} p_j - 1 \le 0, & j = y \\ p_j \ge 0, & j \ne y \end{cases}",
            r"\overbrace{x t}^{\text{image} \to \text{text}} = t x",
            r"\underbrace{x^2}_{\text{bias}^2} \ge 0",
        ],
        [
            r"|x| = \begin{cases} x & \text{if } x \ge 0 \\ x & \text{if otherwise} \end{cases}",
            r"\frac{\partial \ell}{\partial z_j} = \begin{cases} p_j - 1 \ge 0, & j = y \\ p_j \ge 0, & j \ne y \end{cases}",
            r"\frac{\partial \ell}{\partial z_j} = \begin{cases} p_j \le 1, & j = y \\ p_j \ge 0, & j \ne y \end{cases}",
            r"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x > 1 & \text{otherwise} \end{cases}",
            r"\overbrace{x t}^{\text{image} \to \text{text}} = t",
            r"\underbrace{x t}_{= x} = t x",
        ],
        {r"\underbrace{x t}_{\to 0} = t x": "at a brace"},
    ),
}


def of_group(folder, declared, formulas):
    """Check formulas below what is declared for them; return what is found of each."""
    return by_formula(folder, formulas, f"# Test\n\n{declared}.\n\n")


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_right_of_the_letters_holds(tmp_path, group):
    declared, right, *_ = GROUPS[group]
    each = of_group(tmp_path, declared, right)
    assert not [said(found) for found in each if not held(found)]


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_wrong_of_the_letters_is_refuted(tmp_path, group):
    declared, _, wrong, _ = GROUPS[group]
    for found in of_group(tmp_path, declared, wrong):
        statuses = {finding.status for finding in found}
        assert statuses - {"holds"} == {"refuted"}, said(found)


@pytest.mark.parametrize("group", [g for g, parts in GROUPS.items() if parts[3]])
def test_what_has_no_one_meaning_is_refused(tmp_path, group):
    declared, *_, unclear = GROUPS[group]
    each = of_group(tmp_path, declared, list(unclear))
    for found, repair in zip(each, unclear.values(), strict=True):
        details = [f.detail for f in found if f.status in ("refused", "undefined")]
        assert any(repair in detail for detail in details), said(found)
