"""What a membership declares, and what it claims of what is known."""

from pathlib import Path

import pytest

from tests.mathcheck.pages import check

INDICES = r"Let $K, N \in \mathbb{N}$, $i, j, k \in \{1, \dots, K\}$ and "
INDICES += r"$n \in \{1, \dots, N\}$." + "\n\n"


@pytest.mark.parametrize(
    ("whole", "component", "status"),
    [
        (r"\mathbf{q} \in \Delta^{K-1}", r"q_k \in (1, 2]", "refuted"),
        (r"\mathbf{q} \in \Delta^{K-1}", r"q_k \in [0, 1]", "holds"),
        (r"\mathbf{q} \in \Delta^{K-1}", r"q_1 \in (1, 2]", "refuted"),
        (r"\hat{\mathbf{q}} \in \Delta^{K-1}", r"\hat q_k \in (1, 2]", "refuted"),
        (r"\tilde{\mathbf{q}} \in \Delta^{K-1}", r"\tilde q_k \in [0, 1]", "holds"),
        (r"\mathbf{q}^* \in \Delta^{K-1}", r"q^*_k \in (1, 2]", "refuted"),
        (r"\vec{v} \in [0, 1]^K", r"v_k \in (5, 6)", "refuted"),
        (r"\boldsymbol{\mu} \in [0, 1]^K", r"\mu_k \in [0, 2]", "holds"),
        (r"\mathbf{W} \in [0, 1]^{K \times K}", r"W_{ij} \in (5, 6)", "refuted"),
        (r"\mathbf{W} \in [0, 1]^{K \times K}", r"W_{ij}, W_{ji} \in [0, 2]", "holds"),
        (r"\mathbf{x}_n \in [0, 1]^K", r"x_{nk} \in (5, 6)", "refuted"),
        (r"x_n \in [0, 1]^K", r"x_{nk} \in (5, 6)", "refuted"),
        (r"x^{(n)} \in [0, 1]^K", r"x^{(n)}_k \in [0, 2]", "holds"),
    ],
)
def test_a_membership_of_a_component_of_what_is_known_claims(
    tmp_path: Path, whole: str, component: str, status: str
) -> None:
    (found,) = check(tmp_path, f"$${component}$$\n", f"{INDICES}Let ${whole}$.\n\n")
    assert found.kind != "declaration"
    assert found.status == status


def test_what_the_page_defines_in_bold_is_not_declared_by_a_display(
    tmp_path: Path,
) -> None:
    given = INDICES + r"Let $\mathbf{z} \in \mathbb{R}^K$ and "
    given += r"$\mathbf{p} := \operatorname{softmax}(\mathbf{z})$." + "\n\n## Later\n\n"
    (found,) = check(tmp_path, r"$$p_k \in (1, 2]$$", given)
    assert (found.kind, found.status) == ("claim", "refuted")


def test_a_component_is_declared_anew_in_another_section(tmp_path: Path) -> None:
    given = INDICES + r"Let $\mathbf{q} \in \Delta^{K-1}$." + "\n\n## Later\n\n"
    found = check(tmp_path, "Let $q_k \\in (2, 3)$.\n\n$$q_k > 1$$", given)
    assert [f.status for f in found] == ["holds", "holds"]
    assert found[0].kind == "declaration"


@pytest.mark.parametrize(
    ("sentence", "right", "false"),
    [
        (r"Let $n, k \in \mathbb{N}$ with $n > k + 1$.", r"n - k \ge 2", "n > 3"),
        (
            r"Let $p \in \Delta^{n-1}$ with $p_i > 0$ for all $i$.",
            r"-\log p_1 \ge 0",
            r"p_1 > \tfrac15",
        ),
        (
            r"Let $u, v \in \mathbb{R}^n$ with $u_i \ge v_i$ for every $i$.",
            r"\sum_{i=1}^n u_i \ge \sum_{i=1}^n v_i",
            r"\sum_{i=1}^n u_i > \sum_{i=1}^n v_i",
        ),
        (
            r"Let $u, v \in \mathbb{R}^n$ with $u_i \ge v_i$ for $i \in \{1, \dots,"
            r" n\}$.",
            r"\max_i u_i \ge \max_i v_i",
            r"\lVert u \rVert \ge \lVert v \rVert",
        ),
        (
            r"Let $A, B \in \mathbb{R}^{m \times n}$ with $A_{ij} \ge B_{ij}$ for all"
            r" $i$ and $j$.",
            r"\sum_{i, j} A_{ij} \ge \sum_{i, j} B_{ij}",
            r"\sum_{i, j} A_{ij} > \sum_{i, j} B_{ij}",
        ),
        (
            r"Let $u \in \mathbb{R}^n$ with $u_1 \ge u_i$ for all $i$.",
            r"u_1 = \max_i u_i",
            r"u_1 > \min_i u_i",
        ),
        (
            r"Let $u \in \mathbb{R}^n$, $i, j \in \{1, \dots, n\}$ with $u_i > u_j$.",
            "e^{u_i} > e^{u_j}",
            r"u_i = \max_k u_k",
        ),
        (
            r"Let $u, v \in \mathbb{R}^n$ with $\lVert u \rVert \le 1$.",
            r"u^\top v \le \lVert v \rVert",
            r"u^\top v \le \tfrac12 \lVert v \rVert",
        ),
        (r"Let $a, b \in \mathbb{R}$ with $a > b$.", "e^a > e^b", "a > b + 1"),
        (r"Let $a, b \in \mathbb{R}, a > b$.", "a - b > 0", "a > 0"),
        (r"Let $a, b > 0$ and $a < b$.", r"\log a < \log b", r"\log a > \log b"),
        (r"Let $x, y \in \mathbb{R}$ with $x \ne y$.", "(x - y)^2 > 0", "x > y"),
        (r"Let $a, b, c \in \mathbb{R}$ with $a < b < c$.", "c - a > b - a", "c > 2 b"),
        (r"Let $p, q \in (0, 1)$ with $p + q = 1$.", "p = 1 - q", "p > q"),
        (r"Let $i, j \in \{1, \dots, m\}$, $i < j$.", "j > 1", "j > 2"),
        (r"Let $a, b \in \mathbb{R}$ with $a > b$, $b > 0$.", "a > 0", "a > 1"),
        (r"Let $a, b \in \mathbb{R}$ such that $a \ge b$.", r"\max(a, b) = a", "a > b"),
        (r"Let $x \in \mathbb{R}$ with $x^2 < 4$.", "x < 2", "x < 1"),
        (
            r"Let $w \in \mathbb{R}^n$ with $w_i \ge 0$ for "
            r"$i \in \{1, \dots, n\}$ and $\sum_i w_i = 1$.",
            r"\sum_i w_i^2 \le 1",
            r"\sum_i w_i^2 < 1",
        ),
        (
            r"Let $p \in [0, 1]^K$ satisfying $\sum_{k=1}^K p_k = 1$, and let "
            r"$x \in \mathbb{R}^K$.",
            r"\sum_{k=1}^K p_k x_k \le \max_k x_k",
            r"\sum_{k=1}^K p_k x_k \le x_1",
        ),
        (
            r"Let $p, q \in (0, 1)^K$ with $\mathbf{1}^\top p = 1$ and "
            r"$\mathbf{1}^\top q = 1$.",
            r"\sum_{k=1}^K p_k \log \frac{p_k}{q_k} \ge 0",
            r"\sum_{k=1}^K p_k q_k \ge \frac{1}{10}",
        ),
        (
            r"Let $u, v \in \mathbb{R}^d$ with "
            r"$\lVert u \rVert = \lVert v \rVert = 1$.",
            r"\lVert u - v \rVert^2 = 2 - 2 u^\top v",
            r"u^\top v < 1",
        ),
        (
            r"Let $a_i, b_i \in (0, 1)$ for $i \in \{1, \dots, n\}$ with $a_i < b_i$.",
            r"\sum_{i=1}^n a_i < \sum_{i=1}^n b_i",
            r"\sum_{i=1}^n a_i < b_1",
        ),
        (
            r"Let $P \in [0, 1]^{m \times n}$ with $\sum_{j=1}^n P_{ij} = 1$ for "
            r"$i \in \{1, \dots, m\}$.",
            r"P \mathbf{1} = \mathbf{1}",
            r"P^\top \mathbf{1} = \mathbf{1}",
        ),
        (
            r"Let $z \in \mathbb{R}^K$ and $c, k \in \{1, \dots, K\}$ with "
            r"$z_c \ge z_k$.",
            "e^{z_c} \\ge e^{z_k}",
            "z_c > z_k",
        ),
        (
            r"Let $x \in \mathbb{R}^n$, $i \in \{1, \dots, n\}$, $n \ge 2$ and "
            r"$t := x_1$.",
            "n > 1",
            "n > 2",
        ),
    ],
)
def test_a_condition_between_symbols_restricts_what_is_drawn_in_the_section(
    tmp_path: Path, sentence: str, right: str, false: str
) -> None:
    page = f"{sentence}\n\n$${right}$$\n\n$${false}$$\n"
    *declared, holds, refuted = check(tmp_path, page, "")
    assert {f.status for f in declared} == {"holds"}
    assert (holds.status, refuted.status) == ("holds", "refuted")
    assert holds.points > 0


def test_a_restriction_of_each_member_outlasts_its_index(tmp_path: Path) -> None:
    page = (
        "Let $a_i, b_i \\in (0, 1)$ for $i \\in \\{1, \\dots, n\\}$ "
        "with $a_i < b_i$.\n\n"
        "Let $i, j \\in \\{1, \\dots, n\\}$.\n\n$$a_j < b_j$$\n\n"
        "## Inner\n\nLet $i \\in \\{1, \\dots, n\\}$.\n\n$$a_i < b_i$$\n\n"
        "## Other\n\nLet $a_i \\in (0, 1)$ for $i \\in \\{1, \\dots, n\\}$.\n\n"
        "$$a_i < b_i$$\n"
    )
    claims = [f.status for f in check(tmp_path, page, "") if f.kind == "inequality"]
    assert claims == ["holds", "holds", "refuted"]


@pytest.mark.parametrize(
    "page",
    [
        "Let $a, b \\in \\mathbb{R}$ with $a > b$.\n\n"
        "Let $b \\in \\mathbb{R}$.\n\n$$a > b$$\n",
        "Let $a, b \\in \\mathbb{R}$ with $a > b$.\n\n"
        "## Later\n\nLet $a \\in \\mathbb{R}$.\n\n$$a > b$$\n",
        "## Earlier\n\nLet $a, b \\in \\mathbb{R}$ with $a > b$.\n\n"
        "## Later\n\nLet $a, b \\in \\mathbb{R}$.\n\n$$a > b$$\n",
        "Let $a, b \\in (0, 1)$ with $a > b + 2$.\n\n$$a > b$$\n",
        "Let $a, b \\in \\mathbb{R}$. Then $a > b$.\n",
        "For $a, b \\in \\mathbb{R}$, $a > b$.\n",
        "We have $a, b \\in \\mathbb{R}, (a + b)^2 = a^2 + b^2$.\n",
        "Consider $a, b \\in \\mathbb{R}$; here $a b = b a$ and $a b = a + b$.\n",
        "Let $a \\in \\mathbb{R}$ and let $b := a^2$, with $b > a$.\n",
    ],
)
def test_a_relation_that_restricts_nothing_is_refuted(
    tmp_path: Path, page: str
) -> None:
    assert check(tmp_path, page, "")[-1].status == "refuted"


@pytest.mark.parametrize(
    "declaration",
    [
        r"Let $u \in \mathbb{R}^n \setminus \{0\}$.",
        r"Let $u \in \mathbb{R}^n \setminus \{\mathbf{0}\}$.",
        r"Let $u \in \mathbb{R}^n$ with $u \ne \mathbf{0}$.",
    ],
)
@pytest.mark.parametrize(
    ("formula", "status"),
    [
        (r"u^\top u > 0", "holds"),
        (r"\lVert u \rVert \ne 0", "holds"),
        (r"u \ne 0", "holds"),
        (r"\frac{u^\top u}{\lVert u \rVert^2} = 1", "holds"),
        (r"\lVert u \rVert > 1", "refuted"),
        (r"u_1 \ne 0", "refuted"),
        (r"\sum_{i=1}^n u_i \ne 0", "refuted"),
    ],
)
def test_of_all_vectors_but_zero_single_components_may_be_zero(
    tmp_path: Path, declaration: str, formula: str, status: str
) -> None:
    found = check(tmp_path, f"$${formula}$$\n", declaration + "\n\n")
    assert [f.status for f in found] == [status]


@pytest.mark.parametrize(
    ("formula", "status"),
    [
        (r"x \le n", "holds"),
        (r"x < n", "refuted"),
        (r"x \le 8", "refuted"),
        (r"\binom{n}{x} = \binom{n}{n - x}", "holds"),
        (r"\binom{n}{x} = \binom{n}{x + 1}", "refuted"),
        (r"k \le j \le n", "holds"),
        (r"k < j", "refuted"),
    ],
)
def test_an_index_may_end_at_another_index(
    tmp_path: Path, formula: str, status: str
) -> None:
    given = r"Let $n \in \{1, \dots, 9\}$, $x \in \{0, \dots, n\}$, "
    given += r"$k \in \{1, \dots, n\}$ and $j \in \{k, \dots, n\}$." + "\n\n"
    found = check(tmp_path, f"$${formula}$$\n", given)
    assert [f.status for f in found] == [status]


@pytest.mark.parametrize(
    ("formula", "status"),
    [
        (r"a + b = 2 c \qquad \text{if } a = b = c", "holds"),
        (r"a + b = c \qquad \text{if } a = b = c", "refuted"),
        (r"a b = 1 \qquad \text{if } 1 = a = b", "holds"),
        (r"s t = \frac{n}{4} \qquad \text{if } s = t = \sqrt{n / 4}", "holds"),
        (r"a = b = c \implies a = 2 c", "refuted"),
        (r"\sum_{i,j} e^{h_{ij}} = n^2 \quad \text{if } h_{ij} = 0 \text{ for all } "
         "i, j", "holds"),
        (r"\sum_{i,j} e^{h_{ij}} = 2 n \quad \text{if } h_{ij} = 0 \text{ for all } "
         "i, j", "refuted"),
        (r"\sum_{j=1}^n h_{ij} = n c \quad \text{if } h_{ij} = c \text{ for all } j",
         "holds"),
    ],
)  # fmt: skip
def test_a_chain_of_equations_and_members_by_several_indices_are_supposed(
    tmp_path: Path, formula: str, status: str
) -> None:
    given = r"Let $n \in \mathbb{N}$, $i, j \in \{1, \dots, n\}$, "
    given += r"$a, b, c, h_{ij} \in \mathbb{R}$ and $s, t \in \mathbb{R}_{>0}$."
    found = check(tmp_path, f"$${formula}$$\n", given + "\n\n")
    assert [f.status for f in found] == [status]
    assert status == "refuted" or found[0].points > 0


@pytest.mark.parametrize(
    ("definition", "right", "false"),
    [
        ("P(e) := q", r"P(e) \le 1", "P(e) < q"),
        ("P(e) := q, \\qquad P(c) := 1 - q", "P(e) + P(c) = 1", "P(e) = P(c)"),
        (
            r"H(Y | X = x) := -\log p_x, \qquad H(Y | X) := \sum_x p_x H(Y | X = x)",
            r"H(Y | X) \ge 0",
            r"H(Y | X) = H(Y | X = x)",
        ),
    ],
)
def test_an_event_or_a_random_variable_may_be_part_of_a_name(
    tmp_path: Path, definition: str, right: str, false: str
) -> None:
    given = r"Let $q \in [0, 1]$, $p \in \Delta^{n-1}$ with $p_x > 0$ for "
    given += r"$x \in \{1, \dots, n\}$." + "\n\n"
    found = check(tmp_path, f"$${definition}$$\n\n$${right}$$\n\n$${false}$$\n", given)
    assert {f.status for f in found[:-1]} == {"holds"}
    assert found[-1].status == "refuted"


@pytest.mark.parametrize(
    ("formula", "statuses"),
    [
        (r"s = 1 - \frac{1}{1 + e^x} \in [0, 1]", ["holds", "holds"]),
        (r"s = 1 - \frac{1}{1 + e^x} \in [0, \frac12]", ["holds", "refuted"]),
        (r"s = \frac{1}{1 + e^x} \in [0, 1]", ["refuted", "holds"]),
        (r"y := x^2 \in [0, \infty)", ["holds", "holds"]),
        (r"y := x^2 \in [1, \infty)", ["holds", "refuted"]),
        (r"\frac{d s}{d x} = s (1 - s) \in (0, \tfrac14]", ["holds", "holds"]),
    ],
)
def test_a_chain_may_end_in_the_set_of_its_last_side(
    tmp_path: Path, formula: str, statuses: list[str]
) -> None:
    given = r"Let $x \in \mathbb{R}$ and $s := \frac{1}{1 + e^{-x}}$." + "\n\n"
    found = check(tmp_path, f"$${formula}$$\n", given)
    assert [f.status for f in found] == statuses


@pytest.mark.parametrize(
    ("formula", "status"),
    [
        (r"\text{If } q_i = \frac1n \text{ for all } i, \text{ then } "
         r"\sum_i q_i^2 = \frac1n.", "holds"),
        (r"\text{If } h_i = 0 \text{ for all } i, \text{ then } \sum_i e^{h_i} = n",
         "holds"),
        (r"\text{If } h_i = 0 \text{ for all } i, \text{ then } \sum_i e^{h_i} = 2 n",
         "refuted"),
        (r"\text{If } h_i > 0 \text{ for all } i, \text{ then } \sum_i h_i > 0",
         "holds"),
        (r"\sum_{i, j} F_{ij} = n^2 c \quad \text{if } F_{ij} = c \text{ for all } "
         "i, j", "holds"),
        (r"\sum_{i, j} F_{ij} = n c \quad \text{if } F_{ij} = c \text{ for all } "
         "i, j", "refuted"),
    ],
)  # fmt: skip
def test_a_condition_is_supposed_of_all_indices_that_words_name(
    tmp_path: Path, formula: str, status: str
) -> None:
    given = r"Let $n \in \mathbb{N}$, $i, j \in \{1, \dots, n\}$, $c \in \mathbb{R}$, "
    given += r"$q \in \Delta^{n-1}$, $h \in \mathbb{R}^n$, "
    given += r"$F \in \mathbb{R}^{n \times n}$." + "\n\n"
    found = check(tmp_path, f"$${formula}$$\n", given)
    assert [f.status for f in found] == [status]
