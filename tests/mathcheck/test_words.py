r"""What words in a formula and around it say: where, if, for all, and "let".

One statement a line, or one sentence with a statement after it; what holds, and beside
it what is slightly off.
"""

from pathlib import Path

import pytest

from tests.mathcheck.pages import assert_refuted, bad, check, held, said

PREAMBLE = r"""# Test

Let $x, t \in \mathbb{R}$, $p \in (0, 1)$, $y \in \{0, 1\}$, $z, u \in \mathbb{R}^K$,
$q \in \Delta^{K-1}$, $i, j, k \in \{1, \dots, K\}$,
$r := \operatorname{softmax}(z)$.

## Here

"""
RIGHT = r"""
|x| = \begin{cases} x & \text{if $x \ge 0$,} \\ -x & \text{otherwise} \end{cases}
|x| = \begin{cases} x & \text{if } x \ge 0, \text{ and} \\ -x & \text{else} \end{cases}
|x| = \begin{cases} x & \text{for } x > 0; \text{and} \\ -x & \text{else} \end{cases}
x^2 > x \quad \text{if}\quad x > 1
x^2 > x \qquad \text{when}\qquad x > 1
x + t = 3 \quad\text{if}\quad x = 1 \quad\text{and}\quad t = 2
|x| = x \quad\text{unless}\quad x < 0
r_k = e^{z_k - m} \quad\text{where}\quad m := \log \sum_{j=1}^K e^{z_j}
r_k = e^{z_k - m}, \qquad \text{with}\quad m := \log \sum_{j=1}^K e^{z_j}
r_k = e^{z_k} / m \quad\text{where $m := \sum_{j=1}^K e^{z_j}$}
x + t = a - b \quad\text{where $a := x + 1$ and $b := 1 - t$}
x + t = a - b \quad\text{where } a := x + 1 \text{ and } b := 1 - t
x + t = a - b \quad\text{where}\quad a := x + 1 \quad\text{and}\quad b := 1 - t
x = a - 1 \quad\text{for } a := x + 1
q^\top u = \sum_{i=1}^K q_i \log q_i \quad \text{if } u_i = \log q_i \text{ for all } i
\sum_{i=1}^K u_i = 0 \quad \text{if } u_i = 0 \text{ for every } i
\sum_{i=1}^K u_i > 0 \quad \text{if } u_i > 0 \text{ for all } i
z^\top u = 0 \quad \text{if } u_i = 0 \text{ for each } i \in \{1, \dots, K\}
q_i = \frac1K \quad \text{if } q_j = q_1 \text{ for all } j
\delta_{jk} = 0 \quad \text{if } j \ne k \text{ for all } j, k
2^n \ge n + 1 \quad \text{for all } n \in \mathbb{N}
r \in \Delta^{K-1}
\nabla_z \max(0, u^\top z) = \begin{cases} u & \text{if $u^\top z > 0$} \\ 0 & \text{otherwise} \end{cases}
""".strip().splitlines()  # noqa: E501
WRONG = r"""
|x| = \begin{cases} x & \text{if $x \le 0$,} \\ -x & \text{otherwise} \end{cases}
|x| = \begin{cases} -x & \text{if } x > 0, \text{ and} \\ x & \text{else} \end{cases}
x^2 > x \quad \text{if}\quad x > 0
x + t = 3 \quad\text{if}\quad x = 1 \quad\text{and}\quad t = 3
r_k = e^{z_k - m} \quad\text{where}\quad m := \max_j z_j
r_k = e^{z_k} / m \quad\text{where $m := \max_j e^{z_j}$}
x + t = a - b \quad\text{where $a := x + 1$ and $b := t$}
x = a - 2 \quad\text{for } a := x + 1
q^\top u = 1 \quad \text{if } u_i = \log q_i \text{ for all } i
\sum_{i=1}^K u_i = 1 \quad \text{if } u_i = 0 \text{ for every } i
q_i = \frac2K \quad \text{if } q_j = q_1 \text{ for all } j
z^\top u = 0 \quad \text{if } u_i = 0
r \in (0, \tfrac12)^K
r \in \{e_1, \dots, e_K\}
""".strip().splitlines()

NARROWED = {
    r"Let $n \in \mathbb{N}$ with $n \ge 2$.": (r"n > 1", r"n > 2"),
    r"Let $n \in \mathbb{N}$, $n > 1$, $v \in \mathbb{R}^n$.": (r"n > 1", r"n > 2"),
    r"Let $n \in \mathbb{N}, n \ge 2$.": (r"n > 1", r"n > 2"),
    r"Let $K \ge 2$.": (r"K > 1", r"K > 2"),
    r"Let $n \ge 3$ and $v \in \mathbb{R}^n$.": (r"n > 2", r"n > 3"),
    r"For $K \ge 2$ let $v \in \mathbb{R}^K$.": (r"K > 1", r"K > 2"),
    r"Let $v \in \mathbb{R}^K$, where $K > 1$.": (r"K \ge 2", r"K > 2"),
    r"Assume throughout that $x > 0$.": (r"|x| = x", r"x > 1"),
    r"Let $a, b \in \mathbb{R}_{>0}$ with $a > 1$, $b > 1$.": (r"a b > 1", r"a b > 2"),
    r"Let $a, b \in \mathbb{R}$ with $0 < a < 1$ and $b < 0$.": (r"a > b", r"a < -b"),
    r"Let $a \in \mathbb{R}$ with $a \ne 0$.": (r"a / a = 1", r"|a| = a"),
    r"Let $s \in \Delta^{K-1}$ with $s_k > 0$.": (r"\log s_k < 1", r"\log s_k < -1"),
    r"Let $s \in \Delta^{K-1}$, with $s(k) > 0$.": (r"s_k > 0", r"s_k > 0.01"),
    r"Let $v \in \mathbb{R}^K$ with $v_k > 0$.": (r"|v_k| = v_k", r"v_k > 1"),
}  # fmt: skip

UNNARROWED = {
    r"If $x > 0$, then $|x| = x$.": r"|x| = x",
    r"For $x > 0$ we have $|x| = x$.": r"|x| = x",
    r"Let $s \in \mathbb{R}$. For $s > 0$ we have $|s| = s$.": r"|s| = s",
    r"For $K \ge 2$ classes this is so.": r"K > 1",
    r"We suppose that $x > 0$. Then $x > 0$.": r"x > 0",
}
CLAIMED = (
    r"Let $s \in (0, 1)$, and note that $s > \frac12$.",
    r"Let $s \in (0, 1)$. Here $s > \frac12$.",
    r"Let $s \in (0, 1)$; then $s > \frac12$.",
    r"Let $s \in (0, 1)$ with $s > 2$.",
    r"Let $s := r_1$, $s > \frac12$.",
    r"For all $x \in [0, 1]$, $x < 1$.",
)


@pytest.mark.parametrize("latex", RIGHT)
def test_words_of_a_right_statement_are_read(latex, tmp_path):
    body = f"Let $n \\in \\mathbb{{N}}$.\n\n$$\n{latex}\n$$\n"
    found = check(tmp_path, body, PREAMBLE)
    assert not bad(found), said(found)
    assert held([f for f in found if f.line > 10]), said(found)


@pytest.mark.parametrize("latex", WRONG)
def test_words_of_a_wrong_statement_are_read(latex, tmp_path):
    found = check(tmp_path, f"$$\n{latex}\n$$\n", PREAMBLE)
    assert "refuted" in {f.status for f in bad(found)}, said(found)


@pytest.mark.parametrize("sentence", NARROWED)
def test_sentence_that_declares_narrows_for_its_section(sentence, tmp_path):
    right, wrong = NARROWED[sentence]
    found = check(tmp_path, f"{sentence}\n\n$${right}$$\n", PREAMBLE)
    assert not bad(found), said(found)
    assert_refuted(tmp_path, f"{sentence}\n\n$${wrong}$$\n", PREAMBLE)


@pytest.mark.parametrize("sentence", UNNARROWED)
def test_supposition_ends_with_its_sentence(sentence, tmp_path):
    body = f"{sentence}\n\n$${UNNARROWED[sentence]}$$\n"
    found = check(tmp_path, body, PREAMBLE)
    assert bad(found), said(found)
    assert bad(found)[-1].status == "refuted", said(found)


@pytest.mark.parametrize("sentence", CLAIMED)
def test_claim_beside_a_declaration_narrows_nothing(sentence, tmp_path):
    found = check(tmp_path, sentence + "\n", PREAMBLE)
    assert "refuted" in {f.status for f in bad(found)}, said(found)


def test_whole_real_line_is_more_than_whole_numbers(tmp_path):
    body = (
        r"$n \in \mathbb{N}$ $$2^n \ge n + 1 \quad \text{for all } n \in \mathbb{R}$$"
    )
    assert_refuted(tmp_path, body, PREAMBLE)


def test_sentence_may_still_declare_anew_what_is_defined(tmp_path):
    body = "Let $r \\in \\mathbb{R}^K$.\n\n$$\\sum_k r_k = 1$$\n"
    found = check(tmp_path, body, PREAMBLE)
    assert [f.status for f in found] == ["holds", "refuted"], said(found)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("With ten classes and $s = 2$ it is $s^2 = 4$.", "holds"),
        ("If the classes are balanced and $s = 2$, then $s^2 = 4$.", "holds"),
        ("Given a flat prior and $s = 2$, $\\log s = \\log 2$.", "holds"),
        ("With ten classes and $s = 2$ it is $s^2 = 5$.", "refuted"),
        ("With ten classes the loss is small and $s = 2$.", "refuted"),
        ("We use it for the classes and $s = 2$.", "refuted"),
        ("For ten classes it holds and $s = 2$.", "refuted"),
    ],
)
def test_a_word_at_the_head_of_a_clause_supposes_what_stands_after_and(
    tmp_path: Path, text: str, status: str
) -> None:
    assert check(tmp_path, text)[-1].status == status
