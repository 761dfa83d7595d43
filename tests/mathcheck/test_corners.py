r"""False statements that hold nearly everywhere, and right ones that resemble them.

Each of them fails in a corner only: far out, where a matrix is singular, at one size,
at one round number. What is right there holds in the same corner.
"""

import pytest

from tests.mathcheck.pages import by_formula, check, held, said

PREAMBLE = r"""# Test

$K, n \in \mathbb{N}$, $i, j, k \in \{1, \dots, K\}$, $z, w \in \mathbb{R}^K$,
$x, y, a, b \in \mathbb{R}$, $s, t \in \mathbb{R}_{>0}$, $T \in (0, 1]$,
$r \in (0, 2)$, $c \in (0, 1)$, $A, B, C \in \mathbb{R}^{K \times K}$,
$Q := A + A^\top$, $P \in \mathbb{R}^{K \times K}$ invertible,
$f := \operatorname{softmax}(z)$, $g := \operatorname{softmax}(w)$,
$\sigma(x) := \frac{1}{1+e^{-x}}$, $d := \sum_k f_k \log \frac{f_k}{g_k}$,
$J_{ij} := f_i (\delta_{ij} - f_j)$,
$R, S \in \mathbb{R}^{K \times K}$ with $R \succeq 0$ and $S \succeq 0$.

"""
WRONG = {
    "one minus what saturates": [
        r"1 - \tanh^2(x) \ge 10^{-300}",
        r"1 - \sigma(x) \ge 10^{-30}",
        r"\log(1 - \sigma(x)) \ge -700",
        r"\sigma(x) \le 1 - 10^{-20}",
        r"1 - e^{-s} \le 1 - 10^{-40}",
    ],
    "singular matrices": [
        r"Q (Q^{-1} z) = z",
        r"(2 A) (2 A)^{-1} = I",
        r"A^\top (A^\top)^{-1} = I",
        r"(A + I)^{-1} (A + I) = I",
    ],
    "components that are in a set": [
        r"J_{11} \in [0, \tfrac15]",
        r"f_1 \in [5, 6]",
        r"f_1, f_2 \in [0, \tfrac12]",
        r"Q_{11} \in [0, 1]",
    ],
    "limits at some points": [
        r"\lim_{n \to \infty} r^n = 0",
        r"\lim_{n \to \infty} x^n = 0",
        r"\lim_{n \to \infty} \frac{1}{1 + r^n} = 1",
    ],
    "numbers beyond the declared ones": [
        r"T^2 \le T \quad \text{for every } T > 0",
        r"T \le 1 \quad \forall T > 0",
        r"s \ge 0 \quad \text{for any } |s| \le 2",
        r"c^2 \le 1 \quad \text{for all } c \ge -1 - 10^{-3}",
    ],
    "underflow": [
        r"e^{-e^x} = 0 \quad \text{if } x > 7",
        r"e^{-e^x} \le 0 \quad \text{if } x > 7",
        r"e^{-x^2} \, \mathbf{1}[|x| > 40] = 0",
        r"(e^{-x})^{20} = e^{-20 x} + 10^{-350} x",
    ],
    "overflow": [
        r"\frac{f_i}{f_j} \le 10^{300}",
        r"\frac{f_i}{f_j} \le 10^{400}",
        r"\frac{e^{z_i}}{e^{z_j}} \le 10^{300}",
        r"\left( \frac{f_i}{f_j} \right)^2 \le 10^{600}",
        r"\frac{1 + e^{2 x}}{1 + e^x} \le 10^{350} + |y|",
    ],
    "numbers that are in an interval": [
        r"d \in [0, 10]",
        r"\lVert z \rVert \in [0, 10]",
        r"-\log f_k \in [0, 50]",
    ],
    "borders of conditions": [
        r"f_i > e f_j \quad \text{if } z_i \ge z_j + 1",
        r"\sum_k z_k < 1 \quad \text{if } \sum_k z_k \le 1",
        r"x + y < 2 \quad \text{if } x^2 + y^2 \le 2",
        r"x^2 > x \quad \text{if } x \ge 1",
    ],
    "round numbers far out": [
        r"x^2 + 10^8 > 2 \cdot 10^4 x",
        r"x^2 + 9 \cdot 10^6 > 6000 x",
        r"x^2 + y^2 + 10^6 > 2000 y",
        r"(x^2 - y)^2 + (x - 10^4)^2 > 0",
    ],
    "sides that differ under an equation": [
        r"z^\top w \ne 0 \quad \text{if } \lVert z \rVert = \lVert w \rVert",
        r"x \ne \frac12 \quad \text{if } x + y = 1",
        r"x^2 + y^2 \ne 1 \quad \text{if } x = y",
    ],
    "products of matrices": [
        r"A B = 0 \implies B A = 0",
        r"A^2 = 0 \implies A = 0",
        r"A B A = 0 \implies A B = 0",
        r"R \succeq S \implies R^2 \succeq S^2",
    ],
    "symmetric matrices far out": [
        r"\operatorname{tr} R \le 10^5",
        r"R \preceq 10^{50} I",
        r"z^\top S z \le 10^{40} (1 + z^\top z)",
    ],
    "bends": [
        r"\log(1 + e^x) = \max(x, \log(1 + e^{\min(x, 30)}))",
        r"\tanh(x) = \tanh(\max(-25, \min(x, 25)))",
        r"\sigma(x) = \sigma(\min(x, 50))",
    ],
    "single sizes": [
        r"n^2 + 89.5 \ge 19 n",
        r"\log n \le 0.1 n + 1.29",
        r"\sum_{k=1}^n k \ne 78",
        r"n! \ne 3628800",
    ],
}
RIGHT = {
    "one minus what saturates": [
        r"1 - \tanh^2(x) \ge 0",
        r"\log(1 - \sigma(x)) \le 0",
        r"1 - \tanh^2(x) \le 4 e^{-2 x}",
        r"-\log \sigma(x) \le 0.7 + |x|",
    ],
    "singular matrices": [
        r"P^\top (P^\top)^{-1} = I",
        r"(A^\top A + I)^{-1} (A^\top A + I) = I",
        r"Q Q^{-1} = I \quad \text{if } \det Q \ne 0",
        r"(A^\top A)^{-1} A^\top A = I",
    ],
    "components that are in a set": [
        r"f_1, f_2 \in [0, 1]",
        r"J_{11} \in [0, \tfrac14]",
        r"Q_{11} \in \mathbb{R}",
        r"J_{ij} \in [-\tfrac14, \tfrac14]",
    ],
    "limits at some points": [
        r"\lim_{n \to \infty} \left( \frac{r}{2} \right)^n = 0",
        r"\lim_{n \to \infty} x^n = 0 \quad \text{if } |x| < 1",
    ],
    "numbers beyond the declared ones": [
        r"T^2 \le T \quad \text{for } T > 0",
        r"c^2 \ge \tfrac14 \quad \text{for all } c \ge \tfrac12",
        r"\log s \le s - 1 \quad \text{for all } s > 0",
    ],
    "underflow": [
        r"e^{-e^x} > 0 \quad \text{if } x > 7",
        r"\mathbf{1}[x > 30] \, \mathbf{1}[x < 20] \, e^{x} = 0",
    ],
    "overflow": [
        r"\frac{f_i}{f_j} \le 10^{300} + e^{z_i - z_j}",
        r"\frac{e^{z_i}}{e^{z_j}} \ge -10^{300}",
        r"\frac{1 + e^{2 x}}{1 + e^x} \le 1 + e^x",
    ],
    "numbers that are in an interval": [
        r"d \in [0, \infty)",
        r"\tanh(x) \in (-1, 1)",
        r"c (1 - c) \in (0, \tfrac14]",
    ],
    "borders of conditions": [
        r"f_i \ge e f_j \quad \text{if } z_i \ge z_j + 1",
        r"i \ne j \quad \text{if } z_i \ge z_j + 1",
        r"x + y < 2.001 \quad \text{if } x^2 + y^2 \le 2",
        r"e^x > 1 + x \quad \text{if } x \ge 1",
    ],
    "round numbers far out": [
        r"x^2 + 10^8 + 1 > 2 \cdot 10^4 x",
        r"e^x + 10^8 > 10^8",
        r"x^2 + 10^8 > 2 \cdot 10^4 x \quad \text{if } x \ne 10^4",
    ],
    "sides that differ under an equation": [
        r"x y \ne 1 \quad \text{if } x + y = 1",
        r"x + y \ne 1 \quad \text{if } x y = 1",
        r"x \ne y \quad \text{if } x = y + 1",
    ],
    "products of matrices": [
        r"A B = 0 \implies \operatorname{tr}(B A) = 0",
        r"A^2 = 0 \implies \operatorname{tr} A = 0",
        r"P A = 0 \implies A = 0",
        r"R \succeq S \implies \det R \ge \det S",
        r"A^\top A = I \implies A A^\top = I",
    ],
    "symmetric matrices far out": [
        r"\operatorname{tr} R \ge 0",
        r"R \preceq \operatorname{tr}(R) I",
        r"z^\top S z \ge 0",
    ],
    "bends": [
        r"\log(1 + e^x) = \max(x, 0) + \log(1 + e^{-|x|})",
        r"\max(x, 30) = \frac{x + 30 + |x - 30|}{2}",
        r"\lVert z \rVert_3 = \left( \sum_k |z_k|^3 \right)^{1/3}",
    ],
    "single sizes": [
        r"n^2 + 90.3 \ge 19 n",
        r"\sum_{k=1}^n k \ne 79",
        r"n (33 - n) \le 272",
    ],
}
SENTENCES = {
    r"For every $T > 0$, $T^2 \le T$.": "refuted",
    r"$T^2 \le T$ for every $T > 0$.": "refuted",
    r"$s \ge 0$ for any $|s| \le 2$.": "refuted",
    r"For $T > 0$, $T^2 \le T$.": "holds",
    r"For all $|x| < 1$, $x^2 < 1$.": "holds",
    r"Let $h \in [0, \sqrt{2}]$. Then $h^2 \le 2$.": "holds",
    r"Let $h \in [0, 0.1]$. Then $10 h \le 1$, and $h^2 \le 0.01$.": "holds",
    r"Let $h \in [0, 0.1]$. Then $h < 0.1$.": "refuted",
    r"Here $10 x \le 1$ if $x \le 0.1$.": "holds",
    r"Here $\sum_k f_k \log f_k \in [-\log K, 0]$.": "holds",
}


@pytest.mark.parametrize("subject", WRONG)
def test_statement_that_fails_in_a_corner_is_refuted(tmp_path, subject):
    for found in by_formula(tmp_path, WRONG[subject], PREAMBLE):
        assert "refuted" in {finding.status for finding in found}, said(found)


@pytest.mark.parametrize("subject", RIGHT)
def test_statement_that_is_right_in_a_corner_holds(tmp_path, subject):
    for found in by_formula(tmp_path, RIGHT[subject], PREAMBLE):
        assert held(found), said(found)


@pytest.mark.parametrize(("sentence", "status"), SENTENCES.items())
def test_sentence_speaks_of_the_numbers_that_it_names(tmp_path, sentence, status):
    statuses = {f.status for f in check(tmp_path, sentence, PREAMBLE)}
    assert ("refuted" in statuses) == (status == "refuted")


def test_new_names_with_numbers_are_declared_beside_a_vector(tmp_path):
    declared = r"$h_1, z_1 \in (0, 1)$ and $\theta_{11} \in [0, 1]$."
    found = check(tmp_path, declared, PREAMBLE)
    assert {(f.kind, f.status) for f in found} == {("declaration", "holds")}
