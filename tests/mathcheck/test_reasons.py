r"""Reasons of steps, `&& \text{by the chain rule}`: they claim nothing."""

import pytest

from mathcheck.read.reasons import reasons
from tests.mathcheck.pages import PREAMBLE, bad, check, said

FIRST = r"(x + 1)^2 &= (x + 1)(x + 1)"


def derivation(first, second=r"x^2 + 2 x + 1"):
    return (
        f"$$\n\\begin{{aligned}}\n{FIRST} {first} \\\\\n&= {second}\n"
        "\\end{aligned}\n\\label{eq:square}\n$$\n"
    )


@pytest.mark.parametrize(
    "reason",
    [
        r"&& \text{multiply}",
        r"&& \text{by the definition of a square}",
        r"&& \text{as $x^2 = x x$, with 5\% more words}",
        r"& &\text{ since $y$ sums to one }",
    ],
)
def test_the_words_of_a_reason_claim_nothing(tmp_path, reason):
    found = check(tmp_path, derivation(reason))
    assert not bad(found), said(found)
    claim, *in_reason = [f for f in found if f.kind == "claim"]
    assert claim.steps == 3 - 1
    assert len(in_reason) == ("=" in reason)


def test_a_reason_does_not_save_a_wrong_step(tmp_path):
    wrong = derivation(r"&& \text{multiply}", r"x^2 + 2 x && \text{multiply out}")
    (found,) = bad(check(tmp_path, wrong))
    assert found.status == "refuted"
    assert found.detail.startswith("step 2: ")


def test_relation_in_a_reason_is_a_claim(tmp_path):
    held = derivation(r"&& \text{since $x + x = 2 x$, and so on}")
    found = check(tmp_path, held)
    assert [f.kind for f in found if f.latex == "x + x = 2 x"] == ["claim"]
    assert not bad(found), said(found)
    (found,) = bad(check(tmp_path, derivation(r"&& \text{since $x = 1$, and so on}")))
    assert (found.status, found.line) == ("refuted", PREAMBLE.count("\n") + 3)
    assert found.column == len(rf"{FIRST} && \text{{since $") + 1


def test_relation_in_a_reason_may_be_supposed(tmp_path):
    found = check(tmp_path, derivation(r"&& \text{both sides are 4 where $x = 1$}"))
    assert not bad(found), said(found)


def test_relation_in_a_reason_holds_where_its_formula_does(tmp_path):
    step = r"2 && \text{since $2 x = 2$} \\ &\qquad \text{if } x = 1 && \text{put in}"
    latex = rf"$$\begin{{aligned}} x + 1 &= {step} \end{{aligned}}$$"
    found = check(tmp_path, latex)
    assert not bad(found), said(found)
    assert any("as supposed in words" in f.detail for f in found)


def test_unknown_symbol_in_a_reason_is_an_error_at_its_place(tmp_path):
    (found,) = bad(check(tmp_path, derivation(r"&& \text{by $\tau$}")))
    assert (found.status, found.line) == ("undefined", PREAMBLE.count("\n") + 3)
    assert found.column == len(rf"{FIRST} && \text{{by $") + 1


def test_condition_in_the_last_cell_stays_a_condition(tmp_path):
    held = derivation("", r"0 && \text{if } x = -1")
    assert not bad(check(tmp_path, held))
    assert bad(check(tmp_path, derivation("", r"0 && \text{since $x = -1$}")))


def test_reasons_know_their_rows_beside_matrices_and_cases():
    latex = (
        r"\begin{aligned} a &= b && \text{first} \\[2pt]"
        r"&= \begin{cases} 1 & \text{if } j = c \\ 0 & \text{else} \end{cases} \\"
        r"&= {c \over d} && \text{third, $\frac{a}{b}$} \end{aligned}"
    )
    assert list(reasons(latex)) == [(1, "first"), (3, r"third, $\frac{a}{b}$")]
    first = r"\begin{aligned} a &= b \\ &= c && \text{if $j = c$} \end{aligned}"
    assert list(reasons(first)) == []
