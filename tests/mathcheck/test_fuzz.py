"""Whatever is written, the checker answers, and soon: no crash, no hang, no free pass."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathcheck.page.finding import BAD
from mathcheck.source.blocks import Element
from mathcheck.source.reading import read_file
from tests.markdown import PAGES, ROOT
from tests.mathcheck.pages import check

PIECES = r"""
z_k p_j z p y x t a K k j c \sum_{k=1}^{K} \sum_k \prod \max_k \log \exp \frac \frac{x}{t}
{ } ( ) [ ] \left( \right) \left. \right| + - = < > \le \ge \ne \approx \in := \cdot \times
^ _ ^\top ^2 ^{-1} _{k} \partial \nabla_z \frac{\partial L}{\partial z_j} \mathrm{d} \int_0^1
\lim_{x\to0} \mathbb{E}_{k\sim p} \mathbb{R} \mathbf{1} \mathbf \hat \text{if} \text{and}
\begin{cases} \end{cases} \begin{aligned} \end{aligned} \begin{bmatrix} \end{bmatrix} \\ & ,
; . | \| \| \{ \} \dots \quad \qquad 0 1 0.5 10 \infty \operatorname{softmax} \operatorname{
\sqrt \binom \underset \substack \Sigma \pi e_k \delta_{kj} ' \forall \text{ % # é 𝒙 \ \foo
""".split()


def formulas():
    for page in PAGES:
        for item in read_file(page).reading.items:
            if isinstance(item, Element):
                yield f"{page.relative_to(ROOT)}:{item.offset}", item.latex


LONGEST = sorted((latex for _, latex in formulas()), key=len)[-12:]


def answers(folder, latex):
    """Check a formula; return what was found, which must come soon."""
    start = time.process_time()
    found = check(folder, f"$${latex}$$")
    # With the preamble's own checks, on a machine that does other things too; what is
    # not refused would take hours
    assert time.process_time() - start < 6
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_random_latex_gets_an_answer(tmp_path_factory, pieces):
    latex = " ".join(pieces).replace("$", "")
    found = answers(tmp_path_factory.mktemp("fuzz"), latex)
    internal = [f.detail for f in found if "the checker fails" in f.detail]
    assert not internal, latex


@pytest.mark.parametrize(
    "latex",
    [  # what a fuzzer found, in small
        "10^{}",
        r"\frac{1}{x!} e^{} e^{x}",
        r"\sum_\substack1=",
        r"\mathbb{E}_{c \sim }\left[ x \right]",
        r"\operatorname{KL}H(p)",
        "M(p, " + "|" * 60 + "x) := x",
        r"\frac.9 = x",
        r"\text{ or }",
        r"x \cdot 10^{10^{10}} x = a",
        r"|\mathbf|",
        r"\text{or} \Longleftrightarrow x = x",
        r"x \ne k \text{ for } j \ne k",
    ],
)
def test_what_a_fuzzer_found_is_refused(tmp_path, latex):
    found = answers(tmp_path, latex)
    assert found[-1].status in BAD
    assert "the checker fails" not in found[-1].detail


@pytest.mark.parametrize("latex", LONGEST)
def test_truncated_formula_gets_an_answer(tmp_path, latex):
    for end in range(1, len(latex), 19):
        found = answers(tmp_path, latex[:end])
        assert not [f.detail for f in found if "the checker fails" in f.detail]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_chain_with_one_false_side_never_holds(tmp_path_factory, data):
    """Whatever stands around it, x = x + 1 is found."""
    rights = [r"\sum_k p_k = 1", r"x = x", r"A(z) = \log \sum_k e^{z_k}", r"p_k > 0"]
    before = data.draw(st.lists(st.sampled_from(rights), max_size=2))
    after = data.draw(st.lists(st.sampled_from(rights), max_size=2))
    joint = data.draw(
        st.sampled_from([r", \quad ", r" \qquad ", r" \\ ", r" \text{ and } "])
    )
    latex = joint.join([*before, "x = x + 1", *after])
    found = check(
        tmp_path_factory.mktemp("fuzz"),
        f"$$\\begin{{gathered}}{latex}\\end{{gathered}}$$",
    )
    assert any(f.status in BAD for f in found), latex


@pytest.mark.parametrize(
    "latex",
    [
        "(" * 500 + "x" + ")" * 500,
        "x" + "'" * 40,
        r"\sum_{k=1}^{2000} \sum_{j=1}^{2000} \sum_{m=1}^{2000} k j m = 1",
        r"g \in \{1, \dots, 10^{12}\}, \quad g = 1",
        r"g \in \mathbb{R}^{10^9}, \quad g = g",
        r"\frac{\partial^{16}}{\partial x^{16}} e^x = e^x",
        r"f''''''''''''''''(x) = f(x)",
        r"z = (1, \dots, 100000)",
        r"\binom{1000000}{500000} > 1",
        " + ".join(["x"] * 3000) + " = 3000 x",
        r"\det X = 1",
    ],
)
def test_what_would_take_for_ever_is_refused(tmp_path, latex):
    answers(tmp_path, latex)
