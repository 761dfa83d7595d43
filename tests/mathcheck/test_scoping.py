r"""Names that mean several things, and sizes that stand elsewhere or nowhere."""

import pytest

from tests.mathcheck.pages import bad, check, said

PREAMBLE = r"""# Test

$K, N \in \mathbb{N}$, $k, j\in \{1,\dots,K\}$, $n \in \{1,\dots,N\}$,
$Z \in \mathbb{R}^{N\times K}$, $y, p, q \in \Delta^{K-1}$, $x, \mu \in \mathbb{R}$,
$f : \mathbb{R} \to \mathbb{R}$, $S \in \mathbb{R}^{K \times K}$,
$H(q, p) := -\sum_{k=1}^K q_k \log p_k$.

## Inner

"""
MATRIX = (
    r"Let $P \in \mathbb{R}^{N \times K}$ "
    r"and $P_{nk} := \frac{e^{Z_{nk}}}{\sum_{j=1}^K e^{Z_{nj}}}$."
)
INVERSE = r"$E_{nk} := e^{Z_{nk}}$ and $Q := \operatorname{diag}(E \mathbf{1})^{-1} E$."
RIGHT = {
    "components define the matrix": MATRIX + r" $$P \mathbf{1} = \mathbf{1}$$",
    "components define the vector": (
        r"$y_k := \frac{k}{\sum_{j=1}^K j}$, so $y^\top \mathbf{1} = 1$."
    ),
    "a family beside a vector": (
        r"Let $y_n \in \Delta^{K-1}$; then $\mathbf{1}^\top y = 1$ and $y_{nk} \le 1$."
    ),
    "ones as an argument": r"$$H\left(\tfrac1K \mathbf{1}, p\right) \ge \log K$$",
    "a size by number": r"For $K = 12$, $\sum_{k=1}^{K} 1 = 12$.",
    "a number between two": r"$$x^2 \le 16 \qquad \text{if } 2 \le x \le 4$$",
    "an inverse of what overflows": INVERSE + r" $$Q \mathbf{1} = \mathbf{1}$$",
    "a constant beside the index": r"$$(q_1 - 1, \dots, q_K - 1)_k = q_k - 1$$",
    "entries beside the index": r"$$(1 q_1, 2 q_2, \dots, K q_K)_k = k q_k$$",
    "a list by itself": r"$v := (q_1^2, \dots, q_K^2)$, so $v_k = q_k^2$.",
    "a component before a bracket": (
        r"$f_k := e^{-k}$, $$\sum_{k=1}^K f_k (k - \mu) = "
        r"\sum_{k=1}^K k e^{-k} - \mu \sum_{k=1}^K e^{-k}$$"
    ),
}
WRONG = {
    "a constant beside the index": r"$$(q_1 - 1, \dots, q_K - 1)_k = q_k - k$$",
    "components define the matrix": MATRIX + r" $$P \mathbf{1} = 2 \cdot \mathbf{1}$$",
    "ones as an argument": r"$$H\left(\tfrac1K \mathbf{1}, p\right) \le \log K$$",
    "a size by number": r"For $K = 12$, $\sum_{k=1}^{K} 1 = 11$.",
    "a number between two": r"$$x^2 \le 9 \qquad \text{if } 2 \le x \le 4$$",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_statement_holds(tmp_path, name):
    found = check(tmp_path, RIGHT[name], PREAMBLE)
    assert not bad(found), said(found)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_statement_is_refuted(tmp_path, name):
    found = check(tmp_path, WRONG[name], PREAMBLE)
    assert "refuted" in {finding.status for finding in found}, said(found)


def test_what_a_section_has_declared_is_said_to_have_ended_with_it(tmp_path):
    body = (
        r"Let $r \in \mathbb{R}$ and $\operatorname{PPL}(x) := e^x$." "\n\n## Next\n\n"
        r"$$\operatorname{PPL}(x) > 0$$" "\n\n"
        "| Math | Code |\n|---|---|\n| $r$ | `r` |\n\n$$t = t$$\n"
    )  # fmt: skip
    ppl, r, t = bad(check(tmp_path, body, PREAMBLE))
    for name, found in {"PPL": ppl, "r": r}.items():
        assert found.detail == (
            f"{name} is not declared here: its declaration in line 10 ended with that "
            "section; repeat it, or move it before the heading of that section"
        )
    assert t.detail == "t is not declared here"
